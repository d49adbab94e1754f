"""What can happen in a call, each as one small fact in the past tense; what can happen to a case
between its calls is in `guide.afterwards`.

The journal of a case is a list of these with their instants; the live call (`guide.call`) is what
they add up to, and so is every table of the record. One vocabulary for screen, journal and rows.
"""

import json
import re
import types
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import FollowUpKind, PromiseKind
from calmdesk.guide.stages import Fault, Stage


class Happening:
    """Base of everything that can happen; its kind in the journal is its name, as words."""

    @classmethod
    def kind(cls) -> str:
        """`HeatMarked` is `heat marked`."""
        return re.sub(r"(?<!^)(?=[A-Z])", " ", cls.__name__).lower()


@dataclass(frozen=True)
class Answered(Happening):
    """A call was taken; nothing else need be known yet (S40). Or they were rung."""

    number: str = ""
    direction: str = "in"
    about: str = ""
    """The promise or follow-up for which they were rung; '' when they rang us."""


@dataclass(frozen=True)
class CallerNamed(Happening):
    """Who is calling was filled in (S41). Empty fields are not known."""

    name: str = ""
    company: str = ""
    number: str = ""
    since: int = 0
    value: int = 0
    """Account value in minor units."""
    zone: str = ""
    """Their time zone by its IANA name."""


@dataclass(frozen=True)
class CaseJoined(Happening):
    """This call was made part of an earlier case."""

    case_id: str
    ref: str


@dataclass(frozen=True)
class Noted(Happening):
    """A line was entered."""

    note_id: str
    sign: Sign
    text: str
    source: str = ""


@dataclass(frozen=True)
class NoteMended(Happening):
    """The last note was written anew; the journal keeps both."""

    note_id: str
    text: str
    was: str
    sign: Sign = Sign.SAYS
    source: str = ""


@dataclass(frozen=True)
class QuestionAsked(Happening):
    """A parked question was asked (D7)."""

    note_id: str


@dataclass(frozen=True)
class QuestionDropped(Happening):
    """A parked question is no longer needed."""

    note_id: str


@dataclass(frozen=True)
class StoryTold(Happening):
    """They told their story to its end (S25)."""


@dataclass(frozen=True)
class Heard(Happening):
    """They said yes: that is what happened (S3, S96)."""


@dataclass(frozen=True)
class StageEntered(Happening):
    """The agent moved to a stage."""

    stage: Stage


@dataclass(frozen=True)
class Held(Happening):
    """The caller was put on hold."""


@dataclass(frozen=True)
class Resumed(Happening):
    """The caller was taken off hold."""


@dataclass(frozen=True)
class Slept(Happening):
    """The machine slept, or calmdesk was closed, while the call was open."""

    since: datetime
    until: datetime
    counted: bool
    """Whether the agent said that the call went on meanwhile."""


@dataclass(frozen=True)
class HeatMarked(Happening):
    """The agent's estimate of the caller's distance from settled."""

    level: int
    cold: bool = False


@dataclass(frozen=True)
class PhraseSaid(Happening):
    """A suggested phrase was said aloud."""

    phrase: str
    group: str
    line: str


@dataclass(frozen=True)
class Apologised(Happening):
    """An apology in the agent's own words (D1)."""

    ownership: bool = False


@dataclass(frozen=True)
class BackSaid(Happening):
    """The line that said their story back, as the agent left it."""

    line: str


@dataclass(frozen=True)
class IdentityTicked(Happening):
    """The caller is who they say; only the tick is kept, never the secret."""

    verified: bool


@dataclass(frozen=True)
class FaultSettled(Happening):
    """Whose it was, as far as is known."""

    fault: Fault


@dataclass(frozen=True)
class CategoryChosen(Happening):
    """What it is about."""

    category: str


@dataclass(frozen=True)
class AskPut(Happening):
    """What would put it right, in the customer's words (S98)."""

    ask: str


@dataclass(frozen=True)
class Offered(Happening):
    """One remedy was put on the table in this round (S60)."""

    offer_id: str
    text: str
    amount: int = 0
    """Minor units; 0 costs nothing."""
    remedy: str = ""
    """Id in the playbook; '' for one in the agent's own words."""


@dataclass(frozen=True)
class OfferWithdrawn(Happening):
    """An offer was taken off the table before it was answered."""

    offer_id: str


@dataclass(frozen=True)
class VerdictGiven(Happening):
    """Their answer to: would that settle it? (S60-S63)"""

    verdict: Verdict


@dataclass(frozen=True)
class ReadBack(Happening):
    """The deal was said back, in these words, and agreed or not (S64, S100)."""

    text: str
    agreed: bool


@dataclass(frozen=True)
class Promised(Happening):
    """The customer was told what will happen, by when (S57, S58)."""

    promise_id: str
    what: str
    due: datetime | None = None
    """None while its time could not be read; asked for at wrap-up."""
    feasible: bool = False
    asked: str = ""
    """Whom the agent asked, and the answer; '' when it needs nobody."""
    of_kind: PromiseKind = PromiseKind.PROMISE
    how: str = ""
    """How they were told between calls: by letter, by e-mail; '' in a call."""


@dataclass(frozen=True)
class PromiseChanged(Happening):
    """A promise of this call was written anew before the call ended."""

    promise_id: str
    what: str
    due: datetime | None = None
    feasible: bool = False
    asked: str = ""


@dataclass(frozen=True)
class PromiseTakenBack(Happening):
    """A promise was struck out in the call in which it was noted."""

    promise_id: str


@dataclass(frozen=True)
class CardGiven(Happening):
    """The agent's own direct line and e-mail were given (S8, S9)."""

    line: bool
    mail: bool


@dataclass(frozen=True)
class FollowUpSet(Happening):
    """When somebody looks whether it held (S15, S102)."""

    follow_up_id: str
    due: datetime
    what: str = FollowUpKind.HELD.words
    of_kind: FollowUpKind = FollowUpKind.HELD
    owner_id: str = ""
    """Who looks; '' is the agent of the call."""
    owner: str = ""
    """Their name."""


@dataclass(frozen=True)
class FollowUpDropped(Happening):
    """No follow-up after all."""

    follow_up_id: str


@dataclass(frozen=True)
class Escalated(Happening):
    """Somebody named was called in (S12, S13)."""

    name: str
    number: str = ""


@dataclass(frozen=True)
class BoundarySet(Happening):
    """A step of the boundary ladder, as the observed act (D10)."""

    step: int
    act: str = ""


@dataclass(frozen=True)
class SafetyRaised(Happening):
    """Somebody may be in danger; the emergency card was shown."""


@dataclass(frozen=True)
class HelpAsked(Happening):
    """The agent asked for a supervisor."""


@dataclass(frozen=True)
class NotRung(Happening):
    """They were not rung after all: the call is none."""


@dataclass(frozen=True)
class CallEnded(Happening):
    """The line is closed; the wrap-up begins."""


@dataclass(frozen=True)
class CallWentOn(Happening):
    """The call was not over after all."""


@dataclass(frozen=True)
class DeadlineNamed(Happening):
    """When it is too late for them (S42)."""

    due: datetime | None
    """None when the note that named it was mended, and names none."""


@dataclass(frozen=True)
class BehaviourSeen(Happening):
    """What the caller was seen to do, recorded at wrap-up: acts, never a label (S74, D10)."""

    acts: tuple[str, ...]


@dataclass(frozen=True)
class SelfChecked(Happening):
    """The agent's three questions to themselves: cared for, helped, solved (S21)."""

    ticks: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeChosen(Happening):
    """The one thing that a wrap-up needs."""

    outcome: Outcome


@dataclass(frozen=True)
class Summed(Happening):
    """The agent's summary of the call."""

    text: str


@dataclass(frozen=True)
class Parked(Happening):
    """The wrap-up was put aside, to finish later."""


@dataclass(frozen=True)
class Reopened(Happening):
    """A parked wrap-up was taken up again."""


@dataclass(frozen=True)
class Finished(Happening):
    """The case was saved."""

    outcome: Outcome


@cache
def _all() -> dict[str, type[Happening]]:
    """Every kind of happening by its words."""
    import calmdesk.guide.afterwards  # noqa: F401  (the other half of the vocabulary)

    return {kind.kind(): kind for kind in Happening.__subclasses__()}


_JSON = json.JSONEncoder(
    default=lambda value: value.astimezone(UTC).isoformat(),
    ensure_ascii=False,
    separators=(",", ":"),
    sort_keys=True,
)


def payload(happening: Happening) -> str:
    """The happening's fields as canonical JSON: sorted keys, no spaces, instants in UTC."""
    return _JSON.encode(vars(happening))


def restore(kind: str, text: str) -> Happening | None:
    """The happening that was written as `payload`; None for a kind this calmdesk does not know.

    Fields that a newer or older calmdesk wrote and this one does not know are left out.
    """
    found = _all().get(kind)
    if found is None:
        return None
    stored: dict[str, Any] = json.loads(text)
    hints = _hints(kind)
    return found(**{n: _typed(hints[n], v) for n, v in stored.items() if n in hints})


@cache
def _hints(kind: str) -> dict[str, Any]:
    """Names and types of a happening's fields; read once, since a long journal has many of them."""
    return get_type_hints(_all()[kind])


def _typed(hint: Any, value: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        if value is None:
            return None
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint is datetime:
        return datetime.fromisoformat(value)
    if get_origin(hint) is tuple:
        return tuple(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value
