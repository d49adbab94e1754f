"""Promises: what the customer was told, its time, and what became of it (S66)."""

from datetime import datetime, timedelta
from enum import StrEnum

AT_RISK = timedelta(minutes=15)
"""How long before its time a promise counts as at risk."""


class PromiseKind(StrEnum):
    """What was promised. All are promises; a task that no customer was told of is none."""

    PROMISE = "promise"
    RETURN_CALL = "return call"
    """What an investigating case must carry (S50, S82)."""
    PROGRESS = "progress report"
    """A word in between, before they have to ask (S67)."""


TOLD_BY = ("by phone", "by letter", "by e-mail", "in person")
"""How a customer is told something; a voicemail is only a try (S16)."""
PROGRESS = "a word on how far it is"
"""What a progress report promises when nothing else was said."""


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    """Kept, after its time."""
    MISSED = "missed"
    """Not kept, and no longer to be."""
    WITHDRAWN = "withdrawn"


def has_time(due: datetime) -> bool:
    """Whether a due instant was told; what has no time yet lies at the end of the calendar."""
    return due.year < 9000


class Reached(StrEnum):
    """What came of one try to ring them. Only `reached` is contact (S16)."""

    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"


class Received(StrEnum):
    """Whether a remedy arrived, as the customer says (S17)."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not yet"


class FollowUpKind(StrEnum):
    """What a follow-up looks after."""

    HELD = "held"
    HANDED_OVER = "handed over"
    """Whoever handed a case on sees that it went on (S63, S102)."""
    REVIEW = "review"
    """Whether they wrote about it in public (S87)."""

    @property
    def words(self) -> str:
        """What is to be done."""
        return {
            "held": "see that it held",
            "handed over": "check that they were rung",
            "review": "look whether they wrote a review",
        }[self.value]


class FollowUpResult(StrEnum):
    """What a follow-up found."""

    HELD = "held"
    NOT_YET = "not yet"
    NOT_HELD = "not held"


def next_report(told: datetime, due: datetime, now: datetime) -> datetime:
    """When the progress report after one is due: as far on again as that one was, in whole hours
    from an hour on (S67)."""
    whole = timedelta(hours=1) if due - told >= timedelta(hours=1) else timedelta(minutes=1)
    apart = max(1, round((due - told) / whole)) * whole
    return max(due, now) + apart if due + apart <= now else due + apart


class Standing(StrEnum):
    """How an open promise stands against the clock; never told by colour alone."""

    FINE = ""
    AT_RISK = "soon"
    LATE = "late"

    @property
    def sign(self) -> str:
        """The mark before the line."""
        return {"": " ", "soon": "·", "late": "!"}[self.value]


def standing(due: datetime, now: datetime) -> Standing:
    """How a promise due at an instant stands now."""
    if due <= now:
        return Standing.LATE
    return Standing.AT_RISK if due - now <= AT_RISK else Standing.FINE
