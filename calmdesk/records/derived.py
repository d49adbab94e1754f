"""Tables that say nothing new: each row can be counted again from the record (models.py), and is
kept beside it so that lists, totals and the search answer at once however long the record grows."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel

from calmdesk.records.models import NOWHEN

PLACE = BigInteger().with_variant(Integer(), "sqlite")
"""A place as a column: to SQLite it is the row's own number, by which a table is laid down."""
PLACES = 4096
"""Cases that can begin in the same second, before they are counted into the next."""


def place_of(at: datetime) -> int:
    """The first place of an instant's second in the order of time."""
    return int(at.timestamp()) * PLACES


class Glance(SQLModel, table=True):
    """One case as lists choose, sort and count it; a case that was joined to another has none."""

    place: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    """Where it stands in the order of time (`place_of`, and a count within the second). All lists
    are ordered and paged by it, and a search finds it."""
    case_id: str = Field(foreign_key="case.id", unique=True)
    opened_at: datetime
    agent_id: str = Field(index=True)
    """The owner."""
    customer_id: str = Field(default="", index=True)
    status: str = Field(index=True)
    outcome: str = Field(default="", index=True)
    category: str = Field(default="", index=True)
    cause: str = Field(default="", index=True)
    complaint: bool = True
    """Whether it has a cause, or should have one."""
    heat_start: int = 0
    heat_end: int = Field(default=0, index=True)
    hot: bool = Field(default=False, index=True)
    """Whether they were left hot."""
    calls: int = 0
    """Calls that they made."""
    repeat: bool = Field(default=False, index=True)
    """Whether they had to ring again: a second call on it, or a case of theirs of the last month."""
    first_contact: bool = False
    """Whether it was closed after their first and only call."""
    seconds: int = 0
    """Handle time of its calls so far as it has ended."""
    listened: int = 0
    """Of these, the seconds of listening."""
    running: bool = Field(default=False, index=True)
    """Whether a call of it goes on."""
    promises_open: int = Field(default=0, index=True)
    promises_kept: int = 0
    """In time."""
    promises_late: int = 0
    """Kept, after their time."""
    promises_missed: int = 0
    broken: bool = Field(default=False, index=True)
    """Whether one was kept late, or missed."""
    worsened: bool = False
    """Whether our service made it worse: a time told that passed, or they rang again (S36)."""
    promise_due_at: datetime = Field(default=NOWHEN, index=True)
    """When the soonest open promise is due."""
    next_at: datetime = NOWHEN
    """When the next thing is due: a promise or a follow-up."""
    cost: int = Field(default=0, index=True)
    """Accepted remedies, in minor units."""
    reviewed: bool = Field(default=False, index=True)
    risk: int = Field(default=0, index=True)
    """Its signs (`guide.risk`), but for a promise that has only grown late with the hour."""


class RolledDay(SQLModel, table=True):
    """A local day whose counts stand, or the days on which nothing began between two such days. A
    change to one of its cases deletes it, and so does a case that begins there."""

    __tablename__ = "rolled_day"

    since: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    """Place of its first instant."""
    until: int = Field(sa_column=Column(PLACE, nullable=False))
    """Place of the first instant after it."""


class DayCause(SQLModel, table=True):
    """The complaints of a day by their cause."""

    __tablename__ = "day_cause"

    since: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    cause: str = Field(primary_key=True)
    cases: int
    seconds: int
    cost: int
    repeats: int
    """Calls of theirs beyond the first of each case."""


class DayFactor(SQLModel, table=True):
    """The complaints of a day by what made them worse."""

    __tablename__ = "day_factor"

    since: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    cause: str = Field(primary_key=True)
    cases: int


class DayFigure(SQLModel, table=True):
    """One figure of a day: a count by its name."""

    __tablename__ = "day_figure"

    since: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    figure: str = Field(primary_key=True)
    count: int


class SearchTodo(SQLModel, table=True):
    """A case whose words have changed since they were indexed."""

    __tablename__ = "search_todo"

    case_id: str = Field(primary_key=True)
