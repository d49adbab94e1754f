"""What the record hands out of cases: the Desk's board, a list, one case whole. Plain values,
detached from every session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from calmdesk.guide.outcome import Status
from calmdesk.guide.risk import Risk
from calmdesk.records.line_rows import DueLine, JournalLine
from calmdesk.records.phone_rows import RangInVain
from calmdesk.records.review_rows import ReviewForMe

CALM = Risk(0)
PAGE = 64
"""Rows of one page of a list."""


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    id: str
    ref: str
    opened_at: datetime
    agent: str
    customer: str
    company: str
    category: str
    status: str
    outcome: str
    heat_start: int
    heat_end: int
    next_at: datetime | None = None
    """When the next thing is due on it; None when nothing is."""
    missed: bool = False
    """Whether a promise on it is past its time and open, or was missed."""
    promised_at: datetime | None = None
    """When the soonest open promise on it is due; None when none with a time is open."""
    waits: bool = False
    """Whether it waits for the customer."""
    place: int = 0
    """Where it stands in the order of time."""
    risk: Risk = CALM
    """Its signs at this instant."""
    repeat: bool = False
    """Whether they had to ring again."""
    cost: int = 0
    """Accepted remedies, in minor units."""
    reviewed: bool = False

    @property
    def stands(self) -> str:
        """Its status in words for a list."""
        return "waits for them" if self.waits and self.status != Status.CLOSED else self.status


@dataclass(frozen=True)
class HandedOver:
    """A case in an inbox, with its brief (S63)."""

    id: str
    case_id: str
    ref: str
    customer: str
    of: str
    """Who handed it over."""
    brief: str
    at: datetime


@dataclass(frozen=True)
class Board:
    """What the Desk shows between calls."""

    due: tuple[DueLine, ...] = ()
    due_later: int = 0
    """How many more are due after those."""
    open: tuple[CaseLine, ...] = ()
    inbox: tuple[HandedOver, ...] = ()
    """Cases handed to this agent that they have not taken yet."""
    handed_on: tuple[DueLine, ...] = ()
    """Promises of this agent that somebody else keeps (S102)."""
    to_finish: tuple[tuple[str, str, str], ...] = ()
    """Parked wrap-ups: contact id, reference, customer."""
    rang: tuple[RangInVain, ...] = ()
    """Calls of the telephone that no case has: missed, or taken while calmdesk was closed."""
    rang_more: int = 0
    """How many more such lines there are."""
    reviews: tuple[ReviewForMe, ...] = ()
    """What colleagues saw in this agent's work and they have not read yet."""
    calls_today: int = 0
    agreed_today: int = 0


@dataclass(frozen=True)
class CaseWhole:
    """A case with everything on it, to read."""

    line: CaseLine
    number: str
    since: int
    value: int
    ask: str
    stake: str
    fault: str
    cold: bool
    read_back: str
    agreed_at: datetime | None
    summary: str
    deadline_at: datetime | None = None
    """When it is too late for them (S42)."""
    may_go_public: bool = False
    """Whether they may tell it in public: a review, the press, a post (S18)."""
    zone: str = ""
    """The customer's time zone by its IANA name; '' is not known."""
    customer_id: str = ""
    """'' while nobody knows who they are."""
    closed_at: datetime | None = None
    told_at: datetime | None = None
    """When they were told the answer (S83)."""
    told_how: str = ""
    cause: str = ""
    factors: tuple[str, ...] = ()
    """What made it worse, beside its cause."""
    example: bool = False
    contacts: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    offers: tuple[dict[str, Any], ...] = ()
    promises: tuple[dict[str, Any], ...] = ()
    follow_ups: tuple[dict[str, Any], ...] = ()
    attempts: tuple[dict[str, Any], ...] = ()
    consults: tuple[dict[str, Any], ...] = ()
    handovers: tuple[dict[str, Any], ...] = ()
    waitings: tuple[dict[str, Any], ...] = ()
    letters: tuple[dict[str, Any], ...] = ()
    """Those that left the house, in their exact words."""
    reviews: tuple[dict[str, Any], ...] = ()
    """Without what was written to the agent alone."""
    others: tuple[CaseLine, ...] = ()
    """The latest other cases of the same customer."""
    others_count: int = 0
    """How many there are of them."""
    read_by: str = ""
    """Id of the agent at whose desk it is read; a colleague's listening times are not in it."""
    journal: tuple[JournalLine, ...] = field(default=())
