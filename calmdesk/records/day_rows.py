"""What a supervisor's day hands out: its figures, and what needs somebody. Plain values, detached
from every session. No agent is counted, compared or ranked by any of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from calmdesk.guide.needing import Step, Why
from calmdesk.guide.risk import HOT


@dataclass(frozen=True)
class Share:
    """So many of so many; a share of nothing is not known."""

    part: int = 0
    of: int = 0


@dataclass(frozen=True)
class Figures:
    """The cases of some days, counted."""

    cases: int = 0
    agreed: Share = field(default_factory=Share)
    """Cases that ended agreed, of all that have an outcome but those of information only."""
    kept: Share = field(default_factory=Share)
    """Promises on them that were kept in time, of all whose time has come."""
    first_contact: Share = field(default_factory=Share)
    """Cases closed after the first and only call of theirs, of all that are closed; the agent
    judges, not the customer. However often they were rung: a report's `in_one_talk` counts that."""
    hot: int = 0
    """Cases that were left hot."""
    repeats: int = 0
    """Cases for which they had to ring again."""
    cost: int = 0
    """Accepted remedies, in minor units."""
    heat_before: tuple[int, ...] = (0,) * 5
    """How many began at heat 1 to 5."""
    heat_after: tuple[int, ...] = (0,) * 5
    """How many were left at heat 1 to 5."""

    @property
    def came_hot(self) -> int:
        """Cases that began hot."""
        return sum(self.heat_before[HOT - 1 :])


@dataclass(frozen=True)
class DayFigures:
    """The figures of a period, and the same of those before it."""

    now: Figures
    before: tuple[Figures, ...] = ()
    """Of a day: the last four such weekdays; of a period: the four before it; of one that is not over
    as much of each as has gone of it. Days from before the record began are left out."""
    hours: tuple[int, ...] = ()
    """Calls that began in each local hour, 0 to 23; of all its days."""
    calls_before: tuple[int, ...] = ()
    """How many calls each of the periods before had; not said of more than a month."""


@dataclass(frozen=True)
class Need:
    """One case that needs somebody."""

    case_id: str
    why: Why
    who: str
    """The customer as they are called."""
    words: str
    """Why, in six words at most: `promise late, Sam in a call`."""
    since: datetime
    """How old it is."""
    contact_id: str = ""
    """The call in which it was raised."""
    line_id: str = ""
    """The promise that is late."""
    value: int = 0
    """Account value of the customer in minor units; 0 is not known."""

    @property
    def step(self) -> Step:
        """What its line proposes."""
        return self.why.step

    @property
    def key(self) -> tuple[str, str]:
        """Case and reason, by which it is known again."""
        return self.case_id, str(self.why)


@dataclass(frozen=True)
class NamedFilter:
    """A filter that an agent keeps."""

    name: str
    words: str
    """The filter as it would be typed."""
