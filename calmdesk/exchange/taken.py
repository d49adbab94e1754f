"""One row of another's log, understood; or why it cannot be taken."""

from dataclasses import dataclass, field
from datetime import datetime

from calmdesk.exchange.lines import CallSaid, FollowUpSaid, OfferSaid, PromiseSaid


class Unfit(ValueError):
    """A row that cannot become a case; its words say why."""


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken."""

    line: int
    why: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Taken:
    """A case as a row tells it. Instants are aware and in UTC; '' and 0 are not said."""

    line: int
    key: bytes
    """What tells this row from all others: 16 bytes of its reference, or of all its cells."""
    opened: datetime
    case_id: str = ""
    """Its id, where the file is one of our own."""
    customer_id: str = ""
    ref: str = ""
    agent: str = ""
    customer: str = ""
    company: str = ""
    numbers: tuple[str, ...] = ()
    category: str = ""
    cause: str = ""
    fault: str = "unknown"
    ask: str = ""
    said: str = ""
    stake: str = ""
    heat_before: int = 0
    heat_after: int = 0
    outcome: str = ""
    status: str = "open"
    summary: str = ""
    read_back: str = ""
    agreed: datetime | None = None
    told: datetime | None = None
    told_how: str = ""
    closed: datetime | None = None
    example: bool = False
    calls: tuple[CallSaid, ...] = ()
    promises: tuple[PromiseSaid, ...] = ()
    follow_ups: tuple[FollowUpSaid, ...] = ()
    offers: tuple[OfferSaid, ...] = ()
    currency: str = ""
    """Of the offers."""
    reviewed: datetime | None = None
    reviewed_by: str = ""
    rest: dict[str, str] = field(default_factory=dict)
    """What has no place of its own, by the name of its column, as it was written."""
