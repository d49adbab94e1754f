"""What the Day lists: which days, which of their cases, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from calmdesk.guide.english.days import day_with_year
from calmdesk.guide.filters import Filter, Sort
from calmdesk.guide.periods import Days, Length, Period, Stretch, usual_walls

SORTED_DAYS = 31
"""Days of which a list is sorted at most; a longer one stands in the order of time."""
TOO_LONG = f"More than {SORTED_DAYS} days stand in the order of time; fewer days can be sorted."
NO_DAYS = "A list of no certain days stands in the order of time; t leads back to today."

Instant = Callable[[datetime], datetime]
"""The UTC instant of a naive local time."""


@dataclass(frozen=True)
class DayRange:
    """One list of cases. It changes by being replaced."""

    days: Stretch
    typed: Filter = field(default_factory=Filter)
    """What is chosen of these days."""
    words: str = ""
    """The same as it would be typed; '' while everything is shown."""
    sort: Sort = Sort.RISK
    """The order that is wanted."""
    listed: Filter | None = None
    """Cases that another screen had listed, in place of those of the days; None while none are."""
    listed_words: str = ""
    """Which those are."""

    @classmethod
    def of(cls, day: date) -> DayRange:
        """All cases of one day."""
        return cls(Days(day, 1))

    @property
    def one_day(self) -> date | None:
        """The day, when it is a single one."""
        days = self.days
        return days.first if self.listed is None and days.first == days.last else None

    @property
    def title(self) -> str:
        """Which days, in a few words."""
        if self.listed is not None:
            return f"Cases  {self.listed_words}"
        day = self.one_day
        return f"Day  ◂ {day_with_year(day) if day else self.days.name} ▸"

    @property
    def filtered(self) -> bool:
        """Whether not all of them are shown."""
        return self.typed != Filter()

    def whole(self, instant: Instant, now: datetime) -> Filter:
        """Every case of these days, whatever is chosen of them; a promise is late at `now`."""
        if self.listed is not None:
            return replace(self.listed, seen_at=now)
        since, until = self.between(self.days, instant)
        return Filter(since, until, seen_at=now)

    def chosen(self, instant: Instant, now: datetime) -> Filter:
        """The cases that are listed; a promise is late at `now`."""
        whole = self.whole(instant, now)
        if not self.filtered:
            return whole
        return replace(self.typed, seen_at=now).chosen_of(whole)

    @staticmethod
    def between(days: Stretch, instant: Instant) -> tuple[datetime, datetime]:
        """The instants between which some days lie."""
        began, over = days.walls
        return instant(began), instant(over)

    def before(self, instant: Instant, wall: datetime) -> list[tuple[datetime, datetime]]:
        """What the days are held against: the last four such weekdays of one day, else the four
        periods before; as far as these days have gone at `wall`, the local time."""
        held = usual_walls(self.days, wall)
        return [(instant(since), instant(until)) for since, until in held]

    # -- the order ------------------------------------------------------------------------------

    @property
    def order(self) -> Sort:
        """The order it stands in."""
        return Sort.TIME if self.unsorted else self.sort

    @property
    def unsorted(self) -> str:
        """Why it can stand in the order of time alone; '' when any order can be had."""
        if self.listed is not None:
            since, until = self.listed.since, self.listed.until
            if since is None or until is None:
                return NO_DAYS
            return TOO_LONG if (until - since).days > SORTED_DAYS else ""
        return TOO_LONG if (self.days.last - self.days.first).days >= SORTED_DAYS else ""

    # -- other days -----------------------------------------------------------------------------

    def step(self, count: int) -> DayRange:
        """The days `count` further on; from what another screen listed, back to the days."""
        if self.listed is not None:
            return replace(self, listed=None)
        days = self.days.step(count)
        return replace(self, days=days) if days.in_reach else self

    def longer(self, today: date) -> DayRange:
        """From a day to its week, to its month, and to a day again: today where it is one of them."""
        first, last = self.days.first, self.days.last
        day = today if first <= today <= last else first
        length = self.days.length if isinstance(self.days, Period) else None
        days: Stretch = Days(day, 1)
        if self.listed is None and length is None and self.one_day:
            days = Period.around(Length.WEEK, day)
        elif self.listed is None and length is Length.WEEK:
            days = Period.around(Length.MONTH, day)
        return replace(self, days=days, listed=None)
