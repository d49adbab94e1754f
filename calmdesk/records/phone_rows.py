"""What the record hands out of the telephone's calls. Plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OnTheLine:
    """A call of the telephone, as it is kept."""

    key: str
    source: str
    own_id: bool
    """Whether the key is the telephone's own."""
    number: str
    name: str
    at: datetime
    """When it was first heard of."""


@dataclass(frozen=True)
class RangInVain:
    """Who rang, and no case has it: nobody answered, or calmdesk was closed."""

    keys: tuple[str, ...]
    """Their calls, the latest first; all else is of the latest."""
    number: str
    """'' when it was withheld."""
    name: str
    """The customer whose number it is; else as their telephone shows it."""
    at: datetime
    rang: int
    """Seconds that it rang."""
    talked: int
    """Seconds of the talk while calmdesk was closed; 0 when nobody answered."""
    unclear: bool
    """Whether nobody knows if it was answered."""
    case_id: str = ""
    """The case of theirs to go on with; '' when none is open, or who rang is a maybe."""
    line_id: str = ""
    """The promise on it that is due first; '' when none is open."""
