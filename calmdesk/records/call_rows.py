"""What the record hands out to a call: who rings, what they are rung for, and where it was left.
Plain values, detached from every session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.records.case_rows import CaseLine
from calmdesk.records.line_rows import DueLine

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.guide.happenings import CallerNamed


@dataclass(frozen=True)
class Given:
    """A remedy that they were given, and whether it arrived."""

    offer_id: str
    text: str
    amount: int = 0
    received: str = ""


@dataclass(frozen=True)
class Rang:
    """A call of theirs that nobody took."""

    at: datetime
    unclear: bool = False
    """Whether nobody knows if it was answered."""


@dataclass(frozen=True)
class Errand:
    """What an outgoing call is for, and what to convey in it (S17)."""

    line: DueLine | None
    """The promise or follow-up; None when they are rung for neither."""
    given: tuple[Given, ...] = ()
    missed: bool = False
    """Whether a promise on the case was ever missed: then sorry is said once more."""
    changed: str = ""
    """What has changed since, as far as the record knows: facts found, answers of colleagues."""
    brief: str = ""
    """The last hand-over's brief."""
    closed: bool = False
    """Whether the case was closed when they were rung."""
    rang: Rang | None = None
    """The call of theirs that this one returns; None when we ring of our own accord."""


@dataclass(frozen=True)
class Story:
    """The story so far, in three lines: what they asked, what was promised, what was last said."""

    case_id: str
    ref: str
    asked: str
    promised: str = ""
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    """The instant they were told first, where they agreed to another since; else None."""
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
    names: tuple[str, ...] = ()
    """Other names of theirs."""

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


@dataclass(frozen=True)
class Earlier:
    """What the calls before this one left on its case."""

    said: frozenset[str] = frozenset()
    """Phrases that were said."""
    awaited: Mapping[str, datetime] = field(default_factory=dict)
    """What they were told and still wait for: the instants by the promises' ids."""
    case_id: str = ""
    """The case; '' when it began with this call."""
    ref: str = ""


@dataclass
class OpenCall:
    """A call that a restart takes up again."""

    call: Call
    drafts: tuple[KeptDraft, ...] = ()
    last_sign: datetime | None = None
    """The last instant at which something of it reached the disk."""
    earlier: Earlier = Earlier()
    """What the calls before it left on its case."""
    errand: Errand | None = None
    """What an outgoing call is for; None when they rang us."""
    pause_after: int = 0
    """Minutes of private pause that follow Save; 0 for none."""
    gone: bool = False
    """Whether nobody is on the line any more: the telephone said so, or it is taken up again in its
    wrap-up."""
    look_back: bool = False
    """Whether the agent wants to look back on it after Save."""
