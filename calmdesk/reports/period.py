"""The days that a report covers: local ones, and the instants at which they begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from calmdesk.clock import midnight
from calmdesk.errors import CalmdeskError
from calmdesk.guide import periods
from calmdesk.guide.english.days import full_date

MOST_YEARS = 10
"""Years of one report."""
MOST_BARS = 40
"""Stretches of one report; a chart with more of them cannot be read."""


@dataclass(frozen=True)
class Period:
    """From one local day to another, both of them in it. Raises CalmdeskError for what is none."""

    first: date
    last: date
    zone: tzinfo | None = None
    """None is the machine's own."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CalmdeskError(
                f"The last day ({self.last}) is before the first ({self.first}); turn them round."
            )
        _check_years(self.first, self.last)
        if self.last.year - self.first.year > MOST_YEARS:
            raise CalmdeskError(
                f"A report covers {MOST_YEARS} years at most; name a later first day."
            )

    @property
    def step(self) -> str:
        """The stretches in which calls are counted: hour, day, week, month or year."""
        days = (self.last - self.first).days + 1
        if days == 1:
            return "hour"
        steps = {"day": 1, "week": 7, "month": 30}
        return next((name for name, of in steps.items() if days <= of * MOST_BARS), "year")

    def edges(self) -> tuple[datetime, ...]:
        """The instants, in UTC, at which the stretches begin, and at last the one at which the
        period ends. A day on which the clocks change has 23 or 25 hours."""
        end = midnight(self.last + timedelta(days=1), self.zone)
        begins = list(self._hours(end) if self.step == "hour" else self._days())
        return (*begins, end)

    def _hours(self, end: datetime) -> Iterator[datetime]:
        at = midnight(self.first, self.zone)
        while at < end:
            yield at
            at += timedelta(hours=1)

    def _days(self) -> Iterator[datetime]:
        day = self.first
        while day <= self.last:
            yield midnight(day, self.zone)
            day = _next(day, self.step)

    @property
    def words(self) -> str:
        """`Saturday 21 November 2026`, or from which day to which."""
        if self.first == self.last:
            return spoken_day(self.first)
        year = "" if self.first.year == self.last.year else f" {self.first.year}"
        return f"{self.first:%A} {self.first.day} {self.first:%B}{year} to {spoken_day(self.last)}"


def _check_years(first: date, last: date) -> None:
    if first.year < periods.FIRST_YEAR or last.year > periods.LAST_YEAR:
        raise CalmdeskError(f"A report covers days from {periods.FIRST_YEAR} on; name others.")


def _next(day: date, step: str) -> date:
    """The day on which the next stretch begins: weeks on Monday, months and years on the first."""
    if step == "day":
        return day + timedelta(days=1)
    return periods.Period.around(periods.Length(step), day).step(1).first


def week(day: date, today: date, zone: tzinfo | None = None) -> Period:
    """The week of a day, from its Monday to its Sunday or today."""
    return _around(periods.Length.WEEK, day, today, zone)


def month(day: date, today: date, zone: tzinfo | None = None) -> Period:
    """The month of a day, from its first day to its last or today."""
    return _around(periods.Length.MONTH, day, today, zone)


def _around(length: periods.Length, day: date, today: date, zone: tzinfo | None) -> Period:
    _check_years(day, day)
    of = periods.Period.around(length, day)
    return Period(of.first, today if of.first <= today < of.last else of.last, zone)


def spoken_day(day: date) -> str:
    """`Saturday 21 November 2026`."""
    return f"{day:%A} {full_date(day)}"
