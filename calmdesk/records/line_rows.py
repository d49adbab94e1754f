"""One promise or follow-up, as it stands and with its past: plain values, detached from every
session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calmdesk.guide.promises import has_time


@dataclass(frozen=True)
class DueLine:
    """A promise or follow-up that comes due."""

    id: str
    case_id: str
    ref: str
    customer: str
    what: str
    due_at: datetime
    """The told instant, or when the follow-up is to be made."""
    follow_up: bool = False
    kind: str = "promise"
    """promise, return call, progress report; of a follow-up: held, handed over, review."""
    owner: str = ""
    """Name of who keeps it."""
    owner_id: str = ""
    owner_left: bool = False
    """Whether they have left: then it is nobody's, and anybody's."""
    mine: bool = True
    number: str = ""
    zone: str = ""
    """The customer's time zone by its IANA name; '' is not known."""
    missed_once: bool = False
    """Whether a told instant passed before."""
    deferred_until: datetime | None = None
    """Until when the reminder is put off."""
    tries: int = 0
    """How often they were rung for it in vain."""
    last_try: str = ""
    """What came of the last: voicemail, no answer, wrong number."""
    may_go_public: bool = False
    """Whether they may tell it in public: a review, the press, a post (S18)."""
    giver: str = ""
    """Name of who told them; '' of a follow-up."""
    told_at: datetime | None = None
    """When they were told; None of a follow-up."""
    first_due_at: datetime | None = None
    """The instant they were told first, where they agreed to another since; else None."""
    feasible: bool = False
    asked: str = ""
    """Whom it needs, and their answer (S58)."""
    state: str = "open"
    """open, kept, late, missed, withdrawn."""
    settled_at: datetime | None = None
    reason: str = ""
    """Why it was missed or withdrawn."""

    @property
    def timed(self) -> bool:
        """Whether it has a time; what has none is due behind everything."""
        return has_time(self.due_at)

    def rests(self, now: datetime) -> bool:
        """Whether its reminder is put off just now."""
        return self.deferred_until is not None and now < self.deferred_until


@dataclass(frozen=True)
class JournalLine:
    """One entry of a case's journal, as it is read."""

    at: datetime | None
    """None where it would tell how long a colleague listened."""
    kind: str
    agent: str
    fields: dict[str, Any]
    """The happening's fields."""
    clock: float | None = None
    """Seconds since the call was answered; None between calls, and where `at` is."""


@dataclass(frozen=True)
class Try:
    """One try to ring them for it (S16)."""

    at: datetime
    result: str
    """reached, voicemail, no answer, wrong number."""
    agent: str = ""
    note: str = ""


@dataclass(frozen=True)
class History:
    """What happened to a promise or follow-up since it was set."""

    tries: tuple[Try, ...] = ()
    journal: tuple[JournalLine, ...] = ()
    """The entries of the journal that name it, the oldest first."""
