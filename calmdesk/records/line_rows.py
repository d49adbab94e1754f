"""One promise or follow-up with its past, as it is read in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calmdesk.records.rows import JournalLine


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
