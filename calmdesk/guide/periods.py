"""Periods: a week, a month, a quarter, a year of the calendar, or any days in a row; from local
midnight to midnight."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

BEFORE = 4
"""Periods before one, against whose mean it is held."""
WEEKDAYS = 7
FIRST_YEAR, LAST_YEAR = 1970, 9000
"""Years that a period may lie in."""


class Length(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Months of it; 0 for a week."""
        return {"week": 0, "month": 1, "quarter": 3, "year": 12}[self.value]


class Stretch(ABC):
    """Whole days in a row, and those of the same kind before and after them."""

    first: date
    """Its first day."""

    @abstractmethod
    def step(self, count: int) -> Self:
        """The one `count` further on; before it, when negative."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name on a screen."""

    @property
    def last(self) -> date:
        """Its last day."""
        return self.step(1).first - timedelta(days=1)

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """Naive local midnights: its own first, and that of the one after it."""
        return datetime.combine(self.first, time()), datetime.combine(self.step(1).first, time())

    @property
    def in_reach(self) -> bool:
        """Whether its days lie in years that are counted."""
        return FIRST_YEAR <= self.first.year <= LAST_YEAR


@dataclass(frozen=True)
class Period(Stretch):
    """One period of the calendar, by its first day."""

    length: Length
    first: date

    @classmethod
    def around(cls, length: Length, day: date) -> "Period":
        """The period that a day lies in; weeks begin on Monday."""
        if length is Length.WEEK:
            return cls(length, day - timedelta(days=day.weekday()))
        return cls(
            length, day.replace(month=(day.month - 1) // length.months * length.months + 1, day=1)
        )

    def step(self, count: int) -> "Period":
        if self.length is Length.WEEK:
            return replace(self, first=self.first + timedelta(weeks=count))
        months = self.first.year * 12 + self.first.month - 1 + count * self.length.months
        return replace(self, first=date(months // 12, months % 12 + 1, 1))

    @property
    def name(self) -> str:
        """`16-22 Nov 2026`, `Nov 2026`, `Oct-Dec 2026`, `2026`."""
        first, last = self.first, self.last
        match self.length:
            case Length.WEEK:
                return _from_to(first, last)
            case Length.MONTH:
                return f"{first:%b} {first.year}"
            case Length.QUARTER:
                return f"{first:%b}-{last:%b} {last.year}"
            case Length.YEAR:
                return f"{first.year}"


@dataclass(frozen=True)
class Days(Stretch):
    """Any days in a row. Those before and after them are as many."""

    first: date
    count: int

    @classmethod
    def between(cls, first: date, last: date) -> "Days":
        """From one day to another, both of them in it."""
        return cls(first, (last - first).days + 1)

    def step(self, count: int) -> "Days":
        return replace(self, first=self.first + timedelta(days=count * self.count))

    @property
    def name(self) -> str:
        """`1 Oct-20 Nov 2026`, `1 Oct 2026`."""
        first = self.first
        return _from_to(first, self.last) if self.count > 1 else f"{first.day} {first:%b %Y}"


def _from_to(first: date, last: date) -> str:
    same = (first.year, first.month) == (last.year, last.month)
    begin = f"{first.day}" if same else f"{first.day} {first:%b}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{begin}{year}-{last.day} {last:%b} {last.year}"


def usual_for(period: Stretch) -> tuple[Stretch, ...]:
    """The periods against which one is held, the latest first: for a day the last four such
    weekdays, for all others the four before it."""
    apart = WEEKDAYS if period.first == period.last else 1
    return tuple(period.step(-back * apart) for back in range(1, BEFORE + 1))


def usual_walls(period: Stretch, now: datetime) -> list[tuple[datetime, datetime]]:
    """The naive local times between which the periods lie against which one is held. One that is
    not over at `now`, a naive local time too, is held against as much of each as has gone of it:
    else the busiest month would read as a quiet one until its last day."""
    began, over = period.walls
    held = [it.walls for it in usual_for(period) if it.in_reach]
    if not began <= now < over:
        return held
    return [(since, min(until, since + (now - began))) for since, until in held]


def longer(period: Stretch, today: date) -> Period:
    """The next longer period of the calendar around the same days, and around today where that is
    one of them; after a year a week again, after days in a row a month."""
    lengths = list(Length)
    length = Length.MONTH
    if isinstance(period, Period):
        length = lengths[(lengths.index(period.length) + 1) % len(lengths)]
    inside = period.first <= today <= period.last
    return Period.around(length, today if inside else period.first)
