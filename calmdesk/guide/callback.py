"""An outgoing call: what it is for, whether they were reached, and what it found (S15-S17)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch

from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import Happening
from calmdesk.guide.promises import FollowUpResult, Reached, Received


@dataclass(frozen=True)
class Callback:
    """What everything that happened in an outgoing call adds up to, beside the call itself."""

    about: str = ""
    """The promise or follow-up that it is for; '' when it is for none."""
    reached: Reached | None = None
    """None while it rings."""
    kept: bool = False
    """Whether the promise was kept by this call."""
    due: datetime | None = None
    """The instant to which they agreed anew; None while the told one stands."""
    received: dict[str, Received] = field(default_factory=dict)
    """Whether each remedy arrived, by the id of its offer."""
    change: str = ""
    """What has changed since, as they were told."""
    held: FollowUpResult | None = None
    """Whether the solution held; None while it is not asked."""

    @property
    def in_vain(self) -> bool:
        """Whether they were tried and not reached."""
        return self.reached is not None and self.reached is not Reached.REACHED

    @property
    def reopens(self) -> bool:
        """Whether what they say opens the matter again."""
        return self.held is FollowUpResult.NOT_HELD or Received.NO in self.received.values()


@singledispatch
def after(happening: Happening, back: Callback) -> Callback:
    """The callback after something more has happened; most changes nothing."""
    return back


@after.register
def _(it: f.Attempted, back: Callback) -> Callback:
    return replace(back, reached=it.result)


@after.register
def _(it: f.PromiseKept, back: Callback) -> Callback:
    return replace(back, kept=True)


@after.register
def _(it: f.PromiseReagreed, back: Callback) -> Callback:
    return replace(back, due=it.due)


@after.register
def _(it: f.RemedyChecked, back: Callback) -> Callback:
    return replace(back, received={**back.received, it.offer_id: it.received})


@after.register
def _(it: f.ChangeTold, back: Callback) -> Callback:
    return replace(back, change=it.text)


@after.register
def _(it: f.FollowedUp, back: Callback) -> Callback:
    return replace(back, held=it.result)
