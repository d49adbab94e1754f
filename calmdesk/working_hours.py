"""When the firm works: its weekdays and hours, public holidays, and days of its own.

The one question is `works(day)`. The library of public holidays takes a quarter of a second when it
is first asked, so nothing asks before the first paint, and nobody who names no country ever does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from calmdesk.errors import SettingsError

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class WorkingHours:
    """When promises can be kept; a bare hour is read within these (flow.md, Times)."""

    days: frozenset[int] = frozenset(range(5))
    """Working weekdays, Monday is 0."""
    opens: time = time(9, 0)
    """Local time at which work begins."""
    closes: time = time(17, 30)
    """Local time at which work ends; also what `eod` means."""
    holidays: str = ""
    """Country, or country and part of it, whose public holidays are days off: GB, GB-ENG."""
    closed: frozenset[date] = frozenset()
    """The firm's own days off."""
    open: frozenset[date] = frozenset()
    """Days that are worked whatever the others say."""

    def works(self, day: date) -> bool:
        """Whether a local day is worked. Holidays of a place that is not known are none; that it is
        not known, `check_holidays` tells."""
        if day in self.open:
            return True
        if day in self.closed or day.weekday() not in self.days:
            return False
        return not self.holidays or day not in _public(self.holidays, day.year)


def working_day(day: date, count: int, hours: WorkingHours) -> date:
    """The working day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= hours.works(day)
    return day


def working_day_before(day: date, hours: WorkingHours) -> date:
    """The last working day before `day`; where there is none within a week, the day before it."""
    week = (day - timedelta(days=ago) for ago in range(1, 8))
    return next(filter(hours.works, week), day - timedelta(days=1))


def check_holidays(hours: WorkingHours) -> None:
    """Look the public holidays up. Raises SettingsError, with the nearest code, for a place that is
    not known. Slow the first time: asked on a thread."""
    if hours.holidays:
        _calendar(hours.holidays)


@lru_cache(maxsize=64)
def _public(place: str, year: int) -> frozenset[date]:
    """The public holidays of one year."""
    try:
        calendar = _calendar(place, year)
    except SettingsError:
        return frozenset()
    return frozenset(calendar)


def _calendar(place: str, year: int | None = None) -> "HolidayBase":
    from holidays import country_holidays

    country, _, part = place.upper().partition("-")
    try:
        parts = country_holidays(country).subdivisions
    except NotImplementedError:
        raise _unknown(place, _nearest_country(country)) from None
    named = next((known for known in parts if known.upper() == part), None)
    if part and named is None:
        near = _nearest(part, parts)
        raise _unknown(place, f"{country}-{near}" if near else country)
    return country_holidays(country, subdiv=named, years=year)


def _nearest_country(typed: str) -> str:
    """The nearest code of a country; '' when none is near."""
    from holidays.registry import COUNTRIES

    return _nearest(typed, [code for _, *codes in COUNTRIES.values() for code in codes])


def _nearest(typed: str, known: Collection[str]) -> str:
    """The nearest spelling; of two letters, one that is right is enough."""
    near = get_close_matches(typed.casefold(), [k.casefold() for k in known], n=1, cutoff=0.5)
    return next((k for k in known if near and k.casefold() == near[0]), "")


def _unknown(place: str, near: str) -> SettingsError:
    hint = f"did you mean {near}?" if near else "it is a country's code, such as GB-ENG, US or DE."
    return SettingsError(f"In the settings, [hours] holidays {place!r} is not known; {hint}")
