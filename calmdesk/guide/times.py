"""Times as agents type them: `fri 9`, `by four`, `tmrw 9`, `eod`, `24 nov`, `+2h`, `half past 4`.

A small grammar of our own, because a promise read a day wrong is a promise broken. Everything here
is in naive local wall time; the caller turns it into an instant (`clock.instant`).

* A bare hour is the next such hour within working hours: `at 4` is 16:00.
* A day without an hour means the end of that working day.
* More than 60 days ahead needs a date written with its year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from calmdesk.settings import WEEKDAYS, WorkingHours

EVENING = time(20)
"""What `tonight` means when no hour is named."""
FARTHEST = timedelta(days=60)
"""How far ahead a time may lie when no year is written."""


@dataclass(frozen=True)
class Reading:
    """A time found in a text."""

    wall: datetime
    """Naive local time."""
    start: int
    end: int
    """Where in the text its words stand."""


_NUMBERS = {
    **{
        w: n
        for n, w in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
        )
    },
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
}
_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}

_WORD = "|".join(w for w in _NUMBERS if len(w) > 2)
_DAY = (
    r"(?P<near>today|tonight|tomorrow|tomorow|tommorow|tmrw|tmr)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{4})?)"
    r"|(?P<dom>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>MON)[a-z]*\.?(?:,?\s+(?P<year>\d{4})\b)?"
    r"|(?P<month2>MON)[a-z]*\.?\s+(?P<dom2>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>\d{4})\b)?"
    r"|(?:(?P<next>next)\s+|this\s+)?(?P<weekday>mon|tue|wed|thu|fri|sat|sun)"
    r"(?:day|s|sday|nesday|rs|rsday|urday)?(?!\w)"
).replace("MON", "|".join(_MONTHS))
_EXACT = (
    r"(?P<named>noon|midday|eod|cob|end of (?:the )?day|close of business)"
    r"|(?P<part>half|quarter)\s+(?P<side>past|to)\s+(?P<parth>\d{1,2}|WORD)"
    r"|(?P<h>\d{1,2})(?::(?P<m>\d\d))?\s?(?P<half>am|pm|a\.m\.|p\.m\.)"
    r"|(?P<h24>\d{1,2})[:h](?P<m24>\d\d)"
).replace("WORD", _WORD)
_LOOSE = (
    r"|(?P<hhmm>[0-2]\d[0-5]\d)|(?P<dot>\d{1,2})\.(?P<dotm>\d\d)|(?P<bare>\d{1,2}|WORD)".replace(
        "WORD", _WORD
    )
)
_END = r"(?![\w:/%]|\.\d)"
_BY = r"(?:at|by|before|until|till|around|on|for)\s+"
_UNIT = r"(?P<unit>h|hrs?|hours?|m|mins?|minutes?|d|days?|w|weeks?|wks?)"

_FLAGS = re.IGNORECASE
_AHEAD = re.compile(
    rf"(?<!\w)(?:\+\s?(?P<plus>\d{{1,3}})\s*{_UNIT}(?!\w)"
    rf"|(?:in|within)\s+(?P<count>half an|\d{{1,3}}|{_WORD}|an?)\s+"
    rf"(?P<work>working\s+|business\s+)?{_UNIT.replace('unit', 'unit2')}(?!\w)"
    rf"|(?P<wd>\d{{1,2}}|{_WORD})\s+(?:working|business)\s+days?(?!\w))",
    _FLAGS,
)
_DAY_HOUR = re.compile(rf"(?<!\w)(?:{_DAY}),?(?:\s+(?:{_BY})?(?:{_EXACT}{_LOOSE}){_END})?", _FLAGS)
_HOUR_DAY = re.compile(
    rf"(?<![\w.])(?:(?:{_EXACT})|{_BY}(?:{_LOOSE[1:]})){_END},?\s+(?:on\s+)?(?:{_DAY})", _FLAGS
)
_HOUR = re.compile(
    rf"(?<![\w.])(?:(?:{_EXACT})|(?:at|by|before|until|till|around)\s+(?:{_LOOSE[1:]})){_END}",
    _FLAGS,
)
_ALONE = re.compile(rf"^\s*(?:{_LOOSE[1:]})\s*$", _FLAGS)


def read(text: str, now: datetime, hours: WorkingHours) -> Reading | None:
    """The last time named in `text`, or None when there is none that can be relied on.

    `now` is naive local time.
    """
    found = list(_readings(text, now, hours))
    return max(found, key=lambda r: (r.end, r.end - r.start), default=None)


_DANGLING = re.compile(
    r"[\s,;:-]*\b(?:at|by|before|until|till|around|on|for|in)?[\s,;:-]*$", _FLAGS
)


def without_time(text: str, when: Reading) -> str:
    """What is left of a text when its time is taken out: `ring them by thu 12` is `ring them`."""
    before, after = _DANGLING.sub("", text[: when.start]), text[when.end :].strip(" ,;:-")
    return f"{before} {after}".strip() or text.strip()


def _readings(text: str, now: datetime, hours: WorkingHours) -> Iterator[Reading]:
    for match in _AHEAD.finditer(text):
        yield Reading(_ahead(match, now, hours), *match.span())
    for pattern in (_HOUR_DAY, _DAY_HOUR, _HOUR, _ALONE):
        for match in pattern.finditer(text):
            wall = _wall(match.groupdict(), now, hours)
            if wall is not None:
                yield Reading(wall, *match.span())


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _ahead(match: re.Match[str], now: datetime, hours: WorkingHours) -> datetime:
    start = now.replace(second=0, microsecond=0)
    if match["wd"] or match["work"]:
        days = _number(match["wd"] or match["count"])
        return datetime.combine(working_day(now.date(), days, hours), hours.closes)
    if match["count"] and match["count"].lower() == "half an":
        return start + timedelta(minutes=30)
    count = _number(match["plus"] or match["count"])
    unit = (match["unit"] or match["unit2"])[0].lower()
    return (
        start
        + {
            "h": timedelta(hours=count),
            "m": timedelta(minutes=count),
            "d": timedelta(days=count),
            "w": timedelta(weeks=count),
        }[unit]
    )


def working_day(day: date, count: int, hours: WorkingHours) -> date:
    """The working day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() in hours.days
    return day


def _wall(found: dict[str, str | None], now: datetime, hours: WorkingHours) -> datetime | None:
    """One day-and-hour match as a local time; None when it names no real or no near time."""
    try:
        hour = _hour(found, hours)
        day = _day(found, now, hour)
    except ValueError:
        return None
    if day is None:
        if hour is None:
            return None
        wall = datetime.combine(now.date(), hour)
        if wall <= now:
            wall = datetime.combine(working_day(now.date(), 1, hours), hour)
    else:
        evening = (found.get("near") or "").lower() == "tonight"
        wall = datetime.combine(day, hour or (EVENING if evening else hours.closes))
    year = found.get("iso") or found.get("year") or found.get("year2")
    dated = year is not None or (found.get("slash") or "").count("/") == 2
    return wall if dated or wall - now <= FARTHEST else None


def _hour(found: dict[str, str | None], hours: WorkingHours) -> time | None:
    """The hour that was named; None when none was. Raises ValueError for 25:00."""
    if named := found.get("named"):
        return time(12) if named.lower() in ("noon", "midday") else hours.closes
    if part := found.get("part"):
        hour = _in_hours(_number(found["parth"] or ""), hours)
        minutes = 30 if part.lower() == "half" else 15
        shift = -minutes if (found["side"] or "").lower() == "to" else minutes
        return (datetime.combine(date.min + timedelta(1), hour) + timedelta(minutes=shift)).time()
    if half := found.get("half"):
        twelve = int(found["h"] or 0)
        if not 1 <= twelve <= 12:
            raise ValueError("no such hour")
        hour12 = twelve % 12 + (12 if half.lower().startswith("p") else 0)
        return time(hour12, int(found["m"] or 0))
    if h24 := found.get("h24"):
        return time(int(h24), int(found["m24"] or 0))
    if hhmm := found.get("hhmm"):
        return time(int(hhmm[:2]), int(hhmm[2:]))
    if dot := found.get("dot"):
        return _in_hours(int(dot), hours).replace(minute=int(found["dotm"] or 0))
    if bare := found.get("bare"):
        return _in_hours(_number(bare), hours)
    return None


def _in_hours(hour: int, hours: WorkingHours) -> time:
    """A bare hour, morning or afternoon by which lies nearer to working hours."""
    if hour > 12:
        return time(hour)
    opens = hours.opens.hour * 60 + hours.opens.minute
    closes = hours.closes.hour * 60 + hours.closes.minute

    def outside(minutes: int) -> int:
        return max(opens - minutes, minutes - closes, 0)

    morning, afternoon = hour % 12 * 60, (hour % 12 + 12) * 60
    nearest = min((outside(morning), morning), (outside(afternoon), afternoon))[1]
    return time(nearest // 60)


def _day(found: dict[str, str | None], now: datetime, hour: time | None) -> date | None:
    """The day that was named; None when none was. Raises ValueError for 31 feb."""
    today = now.date()
    if near := found.get("near"):
        return today + timedelta(days=0 if near.lower() in ("today", "tonight") else 1)
    if weekday := found.get("weekday"):
        ahead = (WEEKDAYS.index(weekday.lower()) - today.weekday()) % 7
        if found.get("next"):
            return today + timedelta(days=ahead + (0 if ahead > 6 - today.weekday() else 7))
        past = ahead == 0 and (hour is None or datetime.combine(today, hour) <= now)
        return today + timedelta(days=7 if past else ahead)
    if iso := found.get("iso"):
        return date.fromisoformat(iso)
    if slash := found.get("slash"):
        return _slashed([int(part) for part in slash.split("/")], today)
    month = found.get("month") or found.get("month2")
    if month is None:
        return None
    day = int(found.get("dom") or found.get("dom2") or 0)
    year = found.get("year") or found.get("year2")
    return _dated(int(year) if year else None, _MONTHS[month.lower()], day, today)


def _slashed(parts: list[int], today: date) -> date | None:
    """24/11 and 11/24 are clear; 4/11 could be either, and is not guessed."""
    first, second, *year = parts
    if first > 12 >= second:
        day, month = first, second
    elif second > 12 >= first:
        day, month = second, first
    else:
        raise ValueError("day or month")
    return _dated(year[0] if year else None, month, day, today)


def _dated(year: int | None, month: int, day: int, today: date) -> date:
    if year is not None:
        return date(year, month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def spell(wall: datetime, now: datetime) -> str:
    """A time shown back in full: `Fri 27 Nov 09:00, in 5 days`."""
    year = f" {wall.year}" if wall.year != now.year else ""
    return f"{wall:%a} {wall.day} {wall:%b}{year} {wall:%H:%M}, {distance(wall, now)}"


def distance(wall: datetime, now: datetime) -> str:
    """`in 58 min`, `in 5 days`, `32 min late`."""
    seconds = (wall - now).total_seconds()
    minutes = abs(int(seconds // 60)) if seconds < 0 else int(seconds // 60)
    if minutes < 60:
        amount = f"{minutes} min"
    elif minutes < 24 * 60:
        amount = f"{minutes // 60} h"
    else:
        days = minutes // (24 * 60)
        amount = f"{days} day" if days == 1 else f"{days} days"
    return f"{amount} late" if seconds < 0 else f"in {amount}"
