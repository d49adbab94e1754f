"""How a call ends: the one required outcome, what it makes of the case, and the words of the deal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """Would that settle it? (S60)"""

    YES = "yes"
    NOT_YET = "not yet"
    NO = "no"


class Status(StrEnum):
    """Where a case stands."""

    LIVE = "live"
    TO_FINISH = "to finish"
    OPEN = "open"
    INVESTIGATING = "investigating"
    CLOSED = "closed"


class CallState(StrEnum):
    """Where a call stands."""

    LIVE = "live"
    TO_FINISH = "to finish"
    FINISHED = "finished"
    NOT_RUNG = "not rung"
    """It was begun and is none: they were not rung after all."""


class Outcome(StrEnum):
    """The agent's coded outcome of the call (D12: not everyone can be won, and that is no fault)."""

    AGREED = "agreed"
    PARTLY_AGREED = "partly agreed"
    EXPLAINED = "explained"
    INVESTIGATING = "investigating"
    HANDED_OVER = "handed over"
    DECLINED = "declined, reason given"
    FINAL_ANSWER = "closed, final answer given"
    ENDED_AFTER_WARNING = "ended after warning"
    INFORMATION = "information only"
    CUT_OFF = "cut off"
    HELD = "it held"
    SPEAKS_FOR_US = "speaks for us"
    NOT_REACHED = "not reached"

    @property
    def help(self) -> str:
        """What it means, in a few words."""
        return _MEANING[self]

    def status(self, open_promises: bool) -> Status:
        """What the case becomes: closed only when nobody waits for anything."""
        if self is Outcome.INVESTIGATING:
            return Status.INVESTIGATING
        if self in _STAYS_OPEN or open_promises:
            return Status.OPEN
        return Status.CLOSED


_MEANING = {
    Outcome.AGREED: "they said that settles it",
    Outcome.PARTLY_AGREED: "part of it is settled",
    Outcome.EXPLAINED: "nothing was due, and they accept why",
    Outcome.INVESTIGATING: "you find out and ring back",
    Outcome.HANDED_OVER: "somebody else goes on with it",
    Outcome.DECLINED: "a no, with its reason; they do not agree",
    Outcome.FINAL_ANSWER: "all was said; nothing more will be offered",
    Outcome.ENDED_AFTER_WARNING: "you ended it; a supervisor rings within a day",
    Outcome.INFORMATION: "a question, no complaint",
    Outcome.CUT_OFF: "the line went; ring them back",
    Outcome.HELD: "you rang them: it is as agreed",
    Outcome.SPEAKS_FOR_US: "it held, and they recommend us",
    Outcome.NOT_REACHED: "you rang them in vain, and try again",
}
OF_CALLBACKS = (Outcome.HELD, Outcome.SPEAKS_FOR_US, Outcome.NOT_REACHED)
"""Outcomes of a call that went out, beside all others. That somebody speaks for us is good to
know (S1); it is proposed by nothing and no target (D12)."""
TELLS = (
    Outcome.AGREED,
    Outcome.EXPLAINED,
    Outcome.DECLINED,
    Outcome.FINAL_ANSWER,
    Outcome.INFORMATION,
    Outcome.HELD,
    Outcome.SPEAKS_FOR_US,
)
"""Outcomes in which the customer was told the answer in the call itself (S83)."""

_STAYS_OPEN = (
    Outcome.PARTLY_AGREED,
    Outcome.HANDED_OVER,
    Outcome.ENDED_AFTER_WARNING,
    Outcome.CUT_OFF,
    Outcome.NOT_REACHED,
)

TRY_AGAIN = "+1h"
"""When the next try after a call in vain is proposed, as it would be typed."""
NEXT_STEP = {
    Outcome.PARTLY_AGREED: "ring about what is still open",
    Outcome.ENDED_AFTER_WARNING: "a supervisor rings them",
    Outcome.CUT_OFF: "ring them back",
}
"""The next action that a wrap-up offers when the case stays open without one (S103)."""
DAY_BEGINS = 7
"""The hour from which a spoken time is understood as it is."""
RING_BACK = "ring back with what I found"
"""What an investigating case promises; they are told it, and when (S50, S51)."""


def outcomes(callback: bool) -> tuple[Outcome, ...]:
    """The outcomes that a call can have, those of a callback first."""
    others = tuple(outcome for outcome in Outcome if outcome not in OF_CALLBACKS)
    return (*OF_CALLBACKS, *others) if callback else others


@dataclass(frozen=True)
class Told:
    """One thing in the deal, with its time in local words; '' when it has none."""

    what: str
    when: str = ""


def read_back(
    offers: Sequence[str], told: Sequence[Told], follow_up: str, who_rings: str = ""
) -> str:
    """The deal to say back, built from what is written down (S64); '' when nothing is. `who_rings`
    names a colleague who makes the follow-up; '' is the speaker."""
    lines = [_sentence(offer) for offer in offers]
    lines += [_sentence(f"{it.what}: {it.when}" if it.when else it.what) for it in told]
    if follow_up:
        rings = f"{who_rings} rings" if who_rings else "I ring"
        lines.append(f"{rings} you {follow_up} to see that it held.")
    return " ".join([*lines, "Is that right?"]) if lines else ""


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def spoken_time(wall: datetime) -> str:
    """A local time as it is said aloud in a read-back: `Friday 27 November at 9:00`. Before the
    day it says which half of it: nobody is to wait at one for what was told for the night."""
    half = " in the morning" if wall.hour < DAY_BEGINS else ""
    return f"{wall:%A} {wall.day} {wall:%B} at {wall.hour}:{wall:%M}{half}"


def said_to(mine: datetime, theirs: datetime | None) -> str:
    """A due time as it is told to the customer: on their own wall when that is another; None when
    their zone is not known."""
    if theirs is None or theirs == mine:
        return spoken_time(mine)
    return f"{spoken_time(theirs)} your time"
