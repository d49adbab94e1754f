"""How days and times are spelled in a column: found once from a sample, then read quickly."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial

from calmdesk.errors import CalmdeskError
from calmdesk.exchange.headers import named

Read = Callable[[str], datetime | None]
"""A text as a time: aware where it says its zone, else as a wall shows it. None when it is none."""

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day-first", "month-first", "year-first"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
"""`year-first` is of years of two digits; those of four cannot be mistaken."""


class Unclear(CalmdeskError):
    """Days, months and years of a column cannot be told apart."""


@dataclass(frozen=True)
class Spelling:
    """How a column spells its times."""

    name: str
    read: Read
    order: str = ""
    """One of `ORDERS`; '' where nothing can be mistaken."""


_TIME = (
    r"(?:(?:\s*[T,]\s*|\s+)(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*([AaPp]\.?[Mm]\.?)?)?(?:\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
_NUMERIC = re.compile(rf"{_WEEKDAY}(\d{{1,2}})[/.\- ](\d{{1,2}})[/.\- ](\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.\- ](\d{{1,2}})[/.\- ](\d{{1,2}}){_TIME}")
_DAY_NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?[\s\-/.,]*([A-Za-z]{{3,9}})\.?"
    rf"[\s\-/.,']*(\d{{4}}|\d{{2}}){_TIME}"
)
_MONTH_NAMED = re.compile(
    rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})[T ]?(?:(\d{2})(\d{2})(\d{2})?)?()()")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november"),
            "dec december",
        ),
        1,
    )
    for name in names.split()
}


def _built(year: str, month: str | int, day: str, *rest: str | None) -> datetime | None:
    """A time out of its parts; None where there is no such day or hour."""
    hour, minute, second, half, zone = rest
    if hour is not None and minute is None and not half:
        return None
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    years = int(year)
    if len(year) == 2:
        years += 2000 if years < 70 else 1900
    try:
        wall = datetime(  # noqa: DTZ001  (a wall: it may not say its zone)
            years, int(month), int(day), hours, int(minute or 0), int(second or 0)
        )
        return wall if not zone else wall.replace(tzinfo=_zone(zone))
    except ValueError:
        return None


_CLOCK = re.compile(
    r"(?:\S+T)?(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
)


def clock_time(text: str) -> time | None:
    """A time of day by itself, `14:05` or `2.05 pm`; None when it is none."""
    found = _CLOCK.fullmatch(text.strip())
    built = _built("2000", 1, "1", *found.groups(), None) if found else None
    return built.time() if built is not None else None


def _zone(words: str) -> timezone:
    """Raises ValueError for a day or more: no wall is so far from UTC."""
    if words[0] not in "+-":
        return UTC
    away = timedelta(hours=int(words[1:3]), minutes=int(words[-2:]))
    return timezone(-away if words[0] == "-" else away)


def _day_first(text: str) -> datetime | None:
    found = _NUMERIC.fullmatch(text)
    return _built(found[3], found[2], found[1], *found.groups()[3:]) if found else None


def _month_first(text: str) -> datetime | None:
    found = _NUMERIC.fullmatch(text)
    return _built(found[3], found[1], found[2], *found.groups()[3:]) if found else None


def _year_first(text: str) -> datetime | None:
    """`26-11-02`, where the year has two digits."""
    found = _NUMERIC.fullmatch(text)
    if found is None or len(found[1]) != 2 or len(found[3]) != 2:
        return None
    return _built(found[1], found[2], found[3], *found.groups()[3:])


def _named(text: str) -> datetime | None:
    if found := _DAY_NAMED.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif found := _MONTH_NAMED.fullmatch(text):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    month = _MONTHS.get(name.lower())
    return _built(year, month, day, *found.groups()[3:]) if month else None


def iso(text: str) -> datetime | None:
    """A time in ISO 8601, or year first in another way."""
    if text[4:5] == "-":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    return _built(*found.groups()) if found else None


_FIRST_DAY = datetime.combine(date(1899, 12, 30), time())


def _serial(text: str) -> datetime | None:
    """Excel's count of days, `45982.5847`."""
    try:
        days = float(text.replace(",", "."))
    except ValueError:
        return None
    if not 20_000 <= days < 80_000:
        return None
    whole = _FIRST_DAY + timedelta(days=days, microseconds=500_000)
    return whole.replace(microsecond=0)


def _epoch(text: str, digits: int, scale: int) -> datetime | None:
    if len(text) != digits or not text.isdecimal():
        return None
    return datetime.fromtimestamp(int(text) / scale, UTC)


_CLEAR: tuple[tuple[str, Read], ...] = (
    ("year first", iso),
    ("names of months", _named),
    ("Excel's count of days", _serial),
    ("seconds since 1970", partial(_epoch, digits=10, scale=1)),
    ("milliseconds since 1970", partial(_epoch, digits=13, scale=1000)),
)
_ORDERED: dict[str, Spelling] = {
    DAY_FIRST: Spelling("day, month, year", _day_first, DAY_FIRST),
    MONTH_FIRST: Spelling("month, day, year", _month_first, MONTH_FIRST),
    YEAR_FIRST: Spelling("year, month, day", _year_first, YEAR_FIRST),
}


def spelling(column: str, sample: Sequence[str], order: str = "") -> Spelling:
    """How the times of a column are spelled, told from some of them; `order` decides what stands
    first where nothing else does. Raises Unclear when nothing does, and CalmdeskError when they are
    no times."""
    texts = [text.strip() for text in sample if text.strip()]
    if not texts:
        return Spelling("nothing in it", iso)
    clear = max((_count(read, texts), -at) for at, (_, read) in enumerate(_CLEAR))
    days, months, years = (_count(it.read, texts) for it in _ORDERED.values())
    if max(clear[0], days, months, years) * 2 < len(texts):
        raise CalmdeskError(
            f"The column {named(column)} holds no dates that calmdesk can read, such as {named(texts[0])!r}; "
            "name another one for it in the mapping."
        )
    if clear[0] >= max(days, months, years):
        return Spelling(*_CLEAR[-clear[1]])
    if order == YEAR_FIRST and not years:
        order = ""  # said of another column
    if not order and years >= max(days, months):
        _check_years(column, texts)
    found = _ORDERED[order or _order(column, texts)]
    return Spelling(found.name, partial(_either, found.read), found.order)


def _either(first: Read, text: str) -> datetime | None:
    """A sheet may hold some of its days as days, and others as text."""
    return first(text) or iso(text)


def _count(read: Read, texts: Sequence[str]) -> int:
    return sum(read(text) is not None for text in texts)


def _check_years(column: str, texts: Sequence[str]) -> None:
    """Raises Unclear where the year may stand first: a log has more days than years, so the year is
    not the number of which there are more."""
    found = [it for it in map(_NUMERIC.fullmatch, texts) if it and _year_first(it[0])]
    firsts, lasts = {it[1] for it in found}, {it[3] for it in found}
    dots = all("." in it[0][:3] for it in found)
    ends = sum(bool(_day_first(it[0]) or _month_first(it[0])) for it in found)
    if ends * 2 > len(found) and (len(firsts) > len(lasts) or (dots and len(firsts) == len(lasts))):
        return
    raise Unclear(
        f"In the column {named(column)}, {found[0][0]} may begin with its year; say what stands first, "
        "with --dates year-first, --dates day-first or --dates month-first."
    )


def _order(column: str, texts: Sequence[str]) -> str:
    """Whether the day stands first: where one number is no month, or dots stand between."""
    only_day = only_month = dots = 0
    both = ""
    for text in texts:
        day, month = _day_first(text), _month_first(text)
        only_day += month is None and day is not None
        only_month += day is None and month is not None
        if day is not None and month is not None and day != month:
            both = both or text
        dots += bool(re.match(r"\d{1,2}\.\d{1,2}\.", text))
    if only_day and not only_month:
        return DAY_FIRST
    if only_month and not only_day:
        return MONTH_FIRST
    if dots == len(texts):
        return DAY_FIRST
    if not both and not only_day and not only_month:
        return DAY_FIRST  # every one of them is the same both ways
    raise Unclear(
        f"In the column {named(column)}, {named(both or texts[0])} may be a day of either month; say which number "
        "is the day, with --dates day-first or --dates month-first."
    )
