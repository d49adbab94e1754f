"""Periods of the calendar: a week, a month, a quarter, a year, from local midnight to midnight."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

BEFORE = 4
"""Periods before one, against whose mean it is held."""


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


@dataclass(frozen=True)
class Period:
    """One period, by its first day."""

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
        """The period `count` periods later; before it, when negative."""
        if self.length is Length.WEEK:
            return replace(self, first=self.first + timedelta(weeks=count))
        months = self.first.year * 12 + self.first.month - 1 + count * self.length.months
        return replace(self, first=date(months // 12, months % 12 + 1, 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.step(1).first - timedelta(days=1)

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """Naive local midnights: its own first, and that of the period after it."""
        return datetime.combine(self.first, time()), datetime.combine(self.step(1).first, time())

    @property
    def name(self) -> str:
        """`16-22 Nov 2026`, `Nov 2026`, `Oct-Dec 2026`, `2026`."""
        first, last = self.first, self.last
        match self.length:
            case Length.WEEK:
                begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
                year = f" {first.year}" if first.year != last.year else ""
                return f"{begin}{year}-{last.day} {last:%b} {last.year}"
            case Length.MONTH:
                return f"{first:%b} {first.year}"
            case Length.QUARTER:
                return f"{first:%b}-{last:%b} {last.year}"
            case Length.YEAR:
                return f"{first.year}"
