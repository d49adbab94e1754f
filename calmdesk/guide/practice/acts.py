"""What an agent can do to a caller, each as one small fact."""

from dataclasses import dataclass


class Act:
    """Base of everything that a caller answers to."""


@dataclass(frozen=True)
class Said(Act):
    """A line was said: a phrase of the playbook with its group, or words of one's own."""

    text: str
    group: str = ""
    """Class of the phrase; '' for words of one's own."""
    feeling: bool = False
    step: int = 0
    """Step of the boundary ladder; 0 for everything else."""


@dataclass(frozen=True)
class TookAsTold(Act):
    """The agent took the story for told."""


@dataclass(frozen=True)
class SaidBack(Act):
    """The story was said back in one line."""

    line: str


@dataclass(frozen=True)
class Apologised(Act):
    """An apology whose words are not known."""

    ownership: bool = False


@dataclass(frozen=True)
class OfferMade(Act):
    """One remedy was put on the table."""

    text: str
    remedy: str = ""


@dataclass(frozen=True)
class PromiseMade(Act):
    """The caller was told what will happen."""

    what: str
    timed: bool
    """Whether it was told by when."""


@dataclass(frozen=True)
class HandedOver(Act):
    """Somebody else is to decide or to go on."""


@dataclass(frozen=True)
class DealRead(Act):
    """The deal was said back."""


@dataclass(frozen=True)
class ContactGiven(Act):
    """The agent's own line or e-mail was given."""


@dataclass(frozen=True)
class HoldBegan(Act):
    """The caller was put on hold."""


@dataclass(frozen=True)
class HoldEnded(Act):
    """The caller was taken off hold."""


@dataclass(frozen=True)
class Ended(Act):
    """The agent ended the call."""


@dataclass(frozen=True)
class WentOn(Act):
    """The call was not over after all."""
