"""What the record hands out of reviews, and takes of them: plain values, detached from every session.
A private note is in no `repr`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from calmdesk.guide.reviewing import Judged, Justice


@dataclass(frozen=True)
class ReviewWords:
    """What a reviewer writes about somebody's work on a case."""

    of_id: str
    of_name: str
    """Whose work it was."""
    went_well: str = ""
    judged: dict[Justice, Judged] = field(default_factory=dict)
    try_next: str = ""
    """One thing to try."""
    note: str = field(default="", repr=False)
    """For the agent alone."""


@dataclass(frozen=True)
class ReviewForMe:
    """A review of the work of whoever reads it."""

    id: str
    case_id: str
    ref: str
    customer: str
    reviewer: str
    at: datetime
    words: ReviewWords
