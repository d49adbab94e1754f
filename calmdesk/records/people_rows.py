"""What the record hands out of the people at the desks: who they are, what is theirs alone, and what
they announce. Plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Me:
    """The agent at this desk."""

    id: str
    name: str = ""
    direct_line: str = ""
    email: str = ""
    own_line: str = field(default="", repr=False)
    """Theirs alone: shown on their own Desk and nowhere else (S37, S48)."""


@dataclass(frozen=True)
class Colleague:
    """Somebody to whom things can be handed."""

    id: str
    name: str
    left_at: datetime | None = None
    """When they left the firm."""
    me: bool = False


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
class LookedBack:
    """Three lines after a call (S89), and who may read them."""

    escalated: str = ""
    """How it went up."""
    better: str = ""
    """What I could do better."""
    process: str = ""
    """What in our process is wrong."""
    with_whom: str = ""
    """The colleague with whom; naming them lets them read nothing."""
    shared: bool = False
    """Whether others may read it."""

    def __bool__(self) -> bool:
        return bool(self.escalated or self.better or self.process or self.with_whom)


@dataclass(frozen=True)
class EndedCall:
    """A call to look back on."""

    contact_id: str
    customer: str
    hard: bool = False
    """Whether looking back is offered: it shook the agent, was ended, or began hot."""
    looked_back: LookedBack | None = None
    """What the agent kept of it; None while nothing is."""


@dataclass(frozen=True)
class Debriefed:
    """A look back in a list: one's own, or one that another agent shares."""

    id: str
    at: datetime
    words: LookedBack
    agent: str = ""
    """Who wrote it; '' for one's own."""
    customer: str = ""
    """Whom the call was with; '' for another's."""


@dataclass(frozen=True)
class AsOf:
    """Somebody at another desk, and as of when their cases are known here."""

    agent: str
    at: datetime
