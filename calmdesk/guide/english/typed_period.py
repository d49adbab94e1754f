"""Periods as they are typed: `1 oct - 20 nov`, `last 30 days`, `oct 2026`, `2026-10-01 2026-11-20`.

Their days are named as in the grammar of times, but they are days to look back on: without a year,
the first day is the last such one up to today, and the last day the next such one after the first.
Where that leads far into the year after, to days still to come, they are taken for turned ones.
"""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from calmdesk.guide.english.days import day_with_year
from calmdesk.guide.english.times import DAY, FLAGS, MONTH, day_named
from calmdesk.guide.periods import FIRST_YEAR, LAST_YEAR, Days, Length, Period, Stretch

MOST_YEARS = 10
"""Years of one typed period."""
FOR_EXAMPLE = "1 oct - 20 nov, last 30 days, oct 2026"
WHICH = f"Which days? e.g. {FOR_EXAMPLE}"
UNSURE = "That is no day, or could be two; write the days as 1 oct - 20 nov."
TURNED = "The last day comes before the first; turn them round."
TOO_FAR = f"Name days from {FIRST_YEAR} on, {MOST_YEARS} years of them at most."

SHORT = timedelta(days=31)
"""A period so short is believed to lead into the next year: `20 dec - 5 jan`."""
LONGEST_APART = 8 * 365 + 1
"""Days from one 29 Feb to the next, over a year such as 1900."""

_TO = r"(?:-|to|until|till|through|and|\.\.)"
_NTH = r"(?:st|nd|rd|th)?"
_NAMED = re.compile(rf"(?<![\w/])(?:(?P<past>yesterday)|{DAY})(?![\w/])", FLAGS)
_ONE = re.compile(r"(?P<since>from |since )?#", FLAGS)
_TWO = re.compile(rf"(?:from |between |since )?#(?: ?{_TO} ?| )#", FLAGS)
_DAYS_OF_MONTH = re.compile(
    rf"(?P<from>from |between )?(?P<first>\d{{1,2}}){_NTH} ?{_TO} ?"
    rf"(?P<last>\d{{1,2}}{_NTH} (?P<month>{MONTH})(?:,? \d{{4}})?)",
    FLAGS,
)
_MONTH_OF_DAYS = re.compile(
    rf"(?P<first>(?:from |between )?(?P<month>{MONTH}) \d{{1,2}}{_NTH}) ?{_TO} ?"
    rf"(?P<last>\d{{1,2}}{_NTH}(?:,? \d{{4}})?)",
    FLAGS,
)
_COUNTED = re.compile(
    r"(?:the )?(?:last|past) (?P<count>\d{1,4}) (?P<unit>day|week|month|year)s?", FLAGS
)
_NEAR = re.compile(r"(?P<which>this|last) (?P<length>week|month|quarter|year)", FLAGS)
_YEAR = re.compile(r"\d{4}")
_NUMBERED = re.compile(r"\d{4}-\d\d")
_QUARTER = re.compile(r"q(?P<number>[1-4])(?: (?P<year>\d{4}))?", FLAGS)
_MONTH_ALONE = re.compile(rf"{MONTH}(?:,? \d{{4}})?", FLAGS)


def read_period(text: str, today: date) -> Stretch | str:
    """The period that was typed; one clear sentence when none is read."""
    words = " ".join(re.sub("[–—−]", "-", text).split())
    if not words:
        return WHICH
    try:
        found = _counted(words, today) or _of_calendar(words, today) or _named(words, today)
        if found is None:
            return _unread(words)
        if isinstance(found, Days) and found.count < 1:
            return TURNED
        first, last = found.first.year, found.last.year
    except (ValueError, OverflowError):
        return next(filter(None, (_amiss(it, today) for it in _NAMED.finditer(words))), UNSURE)
    fits = first >= FIRST_YEAR and last <= LAST_YEAR and last - first <= MOST_YEARS
    return found if fits else TOO_FAR


def show_back(text: str, today: date) -> str:
    """What stands under a period while it is typed: its days in full, or why it is none; what is asked
    for, while nothing can be made of it yet."""
    period = read_period(text, today)
    if not isinstance(period, str):
        return spell_period(period)
    return WHICH if period.endswith(_UNREAD) else period


def spell_period(period: Stretch) -> str:
    """A period shown back in full: `Thu 1 Oct 2026 to Fri 20 Nov 2026, 51 days`."""
    count = (period.last - period.first).days + 1
    if count == 1:
        return f"{day_with_year(period.first)}, 1 day"
    return f"{day_with_year(period.first)} to {day_with_year(period.last)}, {count} days"


def _counted(words: str, today: date) -> Days | None:
    """So many days up to today, which is one of them."""
    match = _COUNTED.fullmatch(words)
    if match is None or int(match["count"]) == 0:
        return None
    count, unit = int(match["count"]), match["unit"].lower()
    if unit in ("day", "week"):
        return Days.between(today - timedelta(days=count * (7 if unit == "week" else 1) - 1), today)
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = max(1, months // 12), months % 12 + 1
    before = date(year, month, min(today.day, monthrange(year, month)[1]))
    return Days.between(before + timedelta(days=1), today)


def _of_calendar(words: str, today: date) -> Period | None:
    """`last month`, `2026`, `q3`, `oct`, `2026-10`: it steps as the calendar does."""
    if match := _NEAR.fullmatch(words):
        near = Period.around(Length(match["length"].lower()), today)
        return near.step(-1) if match["which"].lower() == "last" else near
    if _YEAR.fullmatch(words):
        return Period(Length.YEAR, date(int(words), 1, 1))
    if _NUMBERED.fullmatch(words):
        return Period(Length.MONTH, date.fromisoformat(f"{words}-01"))
    if match := _QUARTER.fullmatch(words):
        first = date(int(match["year"] or today.year), int(match["number"]) * 3 - 2, 1)
        late = match["year"] is None and first > today
        return Period(Length.QUARTER, first).step(-4 if late else 0)
    if _MONTH_ALONE.fullmatch(words):
        day = _NAMED.fullmatch(f"1 {words}")
        return Period.around(Length.MONTH, _latest(day, today)) if day else None
    return None


Named = re.Match[str]
_UNREAD = f" is no period calmdesk can read; e.g. {FOR_EXAMPLE}"


def _unread(words: str) -> str:
    return f"“{words}”{_UNREAD}"


def _amiss(named: Named, today: date) -> str:
    """What is wrong with a day that is named: it could be two, or is in no year; '' for nothing."""
    groups = {**named.groupdict(), "of": None}
    if slash := groups["slash"]:
        first, second, *_ = map(int, slash.split("/"))
        if 1 <= first <= 12 and 1 <= second <= 12:
            months = ((first, second), (second, first))
            meant = dict.fromkeys(f"{day} {date(1, month, 1):%b}".lower() for day, month in months)
            return f"“{slash}”: which is the month? Write {' or '.join(meant)}."
    for back in range(LONGEST_APART // 365 + 1):
        with suppress(ValueError):
            day_named(groups, datetime(today.year - back, 1, 1), time.max)  # noqa: DTZ001
            return ""
    return f"There is no {named[0]}."


def _named(words: str, today: date) -> Days | None:
    """One day that is named, two of them, or one from which on it goes."""
    if match := _DAYS_OF_MONTH.fullmatch(words):
        words = f"{match['from'] or ''}{match['first']} {match['month']} - {match['last']}"
    elif match := _MONTH_OF_DAYS.fullmatch(words):
        words = f"{match['first']} - {match['month']} {match['last']}"
    days, shape = list(_NAMED.finditer(words)), _NAMED.sub("#", words)
    if one := _ONE.fullmatch(shape):
        first = _latest(days[0], today)
        return Days.between(first, today if one["since"] else first)
    if not _TWO.fullmatch(shape):
        return None
    over = _fixed(days[1], today)
    first = _fixed(days[0], today) or _latest(days[0], over or today)
    return Days.between(first, over or _last(days[1], first, today))


def _last(named: Named, first: date, today: date) -> date:
    """The next such day from the first on; the one before it where the days look turned: the next
    lies ahead in another year, not soon after the first, and turned round they are fewer."""
    found = _next(named, first)
    if found <= today or found.year == first.year or found - first < SHORT:
        return found
    before = _latest(named, first)
    return before if first - before < found - first else found


def _fixed(named: Named, today: date) -> date | None:
    """The one day that is meant whatever else is said; None for one that comes again."""
    if named["past"]:
        return today - timedelta(days=1)
    dated = named["iso"] or named["year"] or named["year2"] or (named["slash"] or "").count("/") > 1
    return _next(named, today) if dated or named["near"] else None


def _next(named: Named, day: date) -> date:
    """The first such day from `day` on. Raises ValueError where there is none."""
    found = day_named(named.groupdict(), datetime.combine(day, time()), time.max)
    if found is None:
        raise ValueError("no such day")
    return found


def _latest(named: Named, day: date) -> date:
    """The last such day up to `day`, and one with its year as it is; a weekday beside its date only
    confirms it. Raises ValueError where there is none."""
    if fixed := _fixed(named, day):
        return fixed
    if named["next"] or named["week"] or named["week2"]:
        raise ValueError("that day is still to come")
    groups = {**named.groupdict(), "of": None}
    for back in range(LONGEST_APART):
        found, before = None, day - timedelta(days=back)
        with suppress(ValueError):  # the month or the year of that day has no such one
            found = day_named(groups, datetime.combine(before, time()), time.max)
        if found == before:
            return _next(named, found)
    raise ValueError("no such day")
