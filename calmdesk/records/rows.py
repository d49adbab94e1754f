"""What the record hands out to be shown: plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.guide.happenings import CallerNamed

PAGE = 64
"""Rows of one page of a list."""


@dataclass(frozen=True)
class Me:
    """The agent at this desk."""

    id: str
    name: str = ""
    direct_line: str = ""
    email: str = ""
    own_line: str = field(default="", repr=False)
    """Theirs alone: shown on their own Desk and nowhere else (S37, S48)."""


Choice = Literal["pinned", "muted"]
"""What an agent made of a phrase, for themselves."""


@dataclass(frozen=True)
class KnownIssue:
    """What is wrong just now, in one honest sentence (S38)."""

    id: str
    category: str
    """Id in the playbook, or as it was typed."""
    sentence: str
    until_at: datetime
    agent: str = ""
    """Name of who announced it."""

    def stands(self, now: datetime, category: str) -> bool:
        """Whether it belongs on a call about `category` now."""
        return now < self.until_at and self.category.casefold() == category.casefold()


@dataclass(frozen=True)
class DueLine:
    """A promise or follow-up that comes due."""

    id: str
    case_id: str
    ref: str
    customer: str
    what: str
    due_at: datetime
    follow_up: bool = False
    mine: bool = True


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


@dataclass(frozen=True)
class Filter:
    """Which cases a list shows; empty fields let everything through."""

    since: datetime | None = None
    until: datetime | None = None
    """The instant before which they were opened."""
    agent: str = ""
    """Name of the agent, or how it begins."""
    status: str = ""


@dataclass(frozen=True)
class Board:
    """What the Desk shows between calls."""

    due: tuple[DueLine, ...] = ()
    due_later: int = 0
    """How many more are due after those."""
    open: tuple[CaseLine, ...] = ()
    to_finish: tuple[tuple[str, str, str], ...] = ()
    """Parked wrap-ups: contact id, reference, customer."""
    calls_today: int = 0
    agreed_today: int = 0


@dataclass(frozen=True)
class Story:
    """The story so far, in three lines: what they asked, what was promised, what was last said."""

    case_id: str
    ref: str
    asked: str
    promised: str = ""
    due_at: datetime | None = None
    missed: bool = False
    last_told: str = ""
    last_at: datetime | None = None
    status: str = ""


@dataclass(frozen=True)
class Match:
    """A customer who may be the caller."""

    customer_id: str
    caller: CallerNamed
    sure: bool
    """The number is theirs; a name alone is only a maybe."""
    calls: int = 0
    had: tuple[str, ...] = ()
    """What they were given in earlier cases."""
    story: Story | None = None
    cases: tuple[CaseLine, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether our own record shows a promise to them as missed."""
        return self.story is not None and self.story.missed

    def at(self, now: datetime) -> Match:
        """The same later in the call: a promise that has come due since is missed."""
        story = self.story
        if story is None or story.missed or story.due_at is None or story.due_at > now:
            return self
        return replace(self, story=replace(story, missed=True))


@dataclass(frozen=True)
class KeptDraft:
    """Half-typed text of one field."""

    field: str
    text: str
    cursor: int = 0
    focused: bool = False


@dataclass
class OpenCall:
    """A call that a restart takes up again."""

    call: Call
    drafts: tuple[KeptDraft, ...] = ()
    last_sign: datetime | None = None
    """The last instant at which something of it reached the disk."""
    said_before: frozenset[str] = frozenset()
    """Phrases said in earlier calls of the case."""
    pause_after: bool = False
    """Whether the agent asked for the private pause."""


@dataclass(frozen=True)
class JournalLine:
    """One entry of a case's journal, as it is read."""

    at: datetime
    kind: str
    agent: str
    fields: dict[str, Any]
    """The happening's fields."""
    clock: float | None = None
    """Seconds since the call was answered."""


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
    contacts: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    offers: tuple[dict[str, Any], ...] = ()
    promises: tuple[dict[str, Any], ...] = ()
    follow_ups: tuple[dict[str, Any], ...] = ()
    journal: tuple[JournalLine, ...] = field(default=())
