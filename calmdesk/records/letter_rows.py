"""What the record hands out of letters: plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class LetterRow:
    """One letter, as it now stands."""

    id: str
    case_id: str
    ref: str
    customer: str
    kind: str
    subject: str
    text: str
    state: str
    """draft, released, dropped."""
    made_at: datetime
    updated_at: datetime
    writer: str
    """Name of who writes it."""
    mine: bool = True
    held_until: datetime | None = field(default=None, repr=False)
    """The end of the hour in which it waits (S80): told to its writer alone, kept nowhere."""
    promised: tuple[datetime, ...] = ()
    """Told instants of the case that are still to come."""
    reader: str = ""
    """Name of the colleague who is to read it first, or has (S81)."""
    read_at: datetime | None = None
    released_at: datetime | None = None
    released_to: str = ""
    """Where it went: a file's name, the clipboard."""
    sent_at: datetime | None = None
    """When it was sent, as its writer says."""


@dataclass(frozen=True)
class Post:
    """The letters of one desk."""

    drafts: tuple[LetterRow, ...] = ()
    to_read: tuple[LetterRow, ...] = ()
    """Letters of colleagues that this agent is asked to read first."""
    released: tuple[LetterRow, ...] = ()
    """The latest that left the house, not sent ones first."""


@dataclass(frozen=True)
class PromisedThen:
    """What they were told, and when."""

    what: str
    due_at: datetime | None = None
    kind: str = "promise"


@dataclass(frozen=True)
class LetterCase:
    """What a letter can say of a case; its instants are still instants."""

    ref: str
    customer: str = ""
    """The customer's name; '' when it is not known, and never their number."""
    company: str = ""
    zone: str = ""
    """Their time zone by its IANA name; '' is not known."""
    agent: str = ""
    direct_line: str = ""
    email: str = ""
    ask: str = ""
    said_back: str = ""
    """What happened, as it was said back to them and they agreed (S3)."""
    ours: bool = False
    read_back: str = ""
    """The deal, when they said yes to it."""
    agreed_at: datetime | None = None
    given: tuple[tuple[str, int, str], ...] = ()
    """What they took: its words, amount in minor units, and id of the remedy."""
    promises: tuple[PromisedThen, ...] = ()
    """Those that are open and not late, the soonest first."""
    follow_up_at: datetime | None = None
    waits_for: tuple[str, ...] = ()
    """Questions to colleagues that are not answered yet."""
    investigating: bool = False
    """Whether they still wait for our answer."""
    facts: tuple[str, ...] = ()
    """What is verified, each with a source in the record."""
