"""The columns of our own sheets: what a supervisor takes elsewhere.

Nothing of the agents' own is in them, and no seconds of listening: those are shown to their own
agent, and in sums (S99).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LINES = "lines"
    """Several things, a line each."""
    INSTANT = "instant"
    """Local time in ISO 8601, with its offset."""
    NUMBER = "number"
    MONEY = "money"
    """An amount in units of the currency."""
    FLAG = "flag"
    """yes or no."""
    JSON = "json"


@dataclass(frozen=True)
class Column:
    """One column: its name and what it holds."""

    name: str
    kind: Kind = Kind.TEXT
    width: int = 14
    """In a workbook, in characters."""


CASES = (
    Column("ref", width=16),
    Column("opened_at", Kind.INSTANT, 19),
    Column("agent", width=18),
    Column("customer", width=22),
    Column("company", width=22),
    Column("numbers", Kind.LINES, 18),
    Column("category"),
    Column("category_name", width=18),
    Column("cause"),
    Column("cause_name", width=20),
    Column("fault"),
    Column("ask", width=40),
    Column("stake", width=30),
    Column("heat_before", Kind.NUMBER, 6),
    Column("heat_after", Kind.NUMBER, 6),
    Column("outcome", width=16),
    Column("status"),
    Column("agreed_at", Kind.INSTANT, 19),
    Column("read_back", width=40),
    Column("summary", width=40),
    Column("promises", Kind.LINES, 50),
    Column("promises_open", Kind.NUMBER, 8),
    Column("promises_kept", Kind.NUMBER, 8),
    Column("promises_late", Kind.NUMBER, 8),
    Column("promises_missed", Kind.NUMBER, 8),
    Column("follow_ups", Kind.LINES, 40),
    Column("next_due", Kind.INSTANT, 19),
    Column("offers", Kind.LINES, 40),
    Column("cost", Kind.MONEY, 10),
    Column("currency", width=8),
    Column("calls", Kind.NUMBER, 6),
    Column("call_times", Kind.LINES, 36),
    Column("handle_minutes", Kind.NUMBER, 10),
    Column("repeat", Kind.FLAG, 7),
    Column("reviewed", Kind.FLAG, 9),
    Column("reviewed_at", Kind.INSTANT, 19),
    Column("reviewed_by", width=18),
    Column("example", Kind.FLAG, 8),
    Column("told_at", Kind.INSTANT, 19),
    Column("told_how"),
    Column("closed_at", Kind.INSTANT, 19),
    Column("case_id", width=38),
    Column("customer_id", width=38),
)
"""A row a case. The last two tell our own import which case and which customer it is."""

JOURNAL = (
    Column("ref", width=16),
    Column("at", Kind.INSTANT, 19),
    Column("agent", width=18),
    Column("call_clock", width=10),
    Column("kind", width=18),
    Column("words", width=60),
    Column("details", Kind.JSON, 60),
    Column("case_id", width=38),
    Column("event_id", width=38),
)
"""A row an entry of the journal. `details` are the entry's own fields, as JSON."""

OFFSETS = Column("offsets", width=30)
"""Of a workbook alone, whose dates say no offset: that of each instant, `opened_at-05:00`."""

OURS = ("case_id", "ref", "opened_at", "call_times")
"""Columns by which a file is known as one of our own sheets of cases."""
