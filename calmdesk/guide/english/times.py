"""Times as agents type them: `fri 9`, `by four`, `tmrw 9`, `eod`, `24 nov`, `+2h`, `half past 4`.

A small grammar of our own, because a promise read a day wrong is a promise broken. Everything here
is in naive local wall time; the caller turns it into an instant (`clock.instant`).

* A bare hour is the next such hour within working hours: `at 4` is 16:00.
* A day without an hour means the end of that working day.
* More than 60 days ahead needs a date written with its year.
* `theirs` or `their time` behind it puts it on the customer's own wall.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from calmdesk.guide.english.days import with_year, without_year
from calmdesk.guide.english.their_time import end_of_theirs, says_theirs, without_theirs
from calmdesk.working_hours import WEEKDAYS, WorkingHours, working_day

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
    ahead: timedelta | None = None
    """Hours and minutes counted from now, which no change of the clocks makes longer."""
    theirs: bool = False
    """Whether it stands on the customer's wall and not on the agent's: `tue 15:00 theirs`."""
    day: bool = False
    """Whether its words name a day, and not only an hour or a distance from now."""


_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        1,
    )
} | {"a": 1, "an": 1, "twenty": 20, "twenty-five": 25}
_MONTHS = {
    month: number
    for number, month in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905
        1,
    )
}

_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?(?!\w)\.?"
_DATE = (
    r"(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{4})?)"
    rf"|(?P<dom>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|(?P<month2>{MONTH})\s+(?P<dom2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>\d{{4}})\b)?"
    r"|the\s+(?P<nth>\d{1,2})(?:st|nd|rd|th)\b"
)
DAY = (
    r"(?P<near>(?:the\s+)?day\s+after\s+tomorrow|today|tonight|tomorrow|tomorow|tommorow|tmrw|tmr"
    r"|this(?=\s+(?:morning|afternoon|evening)))"
    rf"|(?:(?P<of>{_WEEKDAY}),?\s+)?(?:{_DATE})"
    rf"|(?P<week>(?:a\s+)?week\s+on\s+)?(?:(?P<next>next)\s+|this\s+)?(?P<weekday>{_WEEKDAY})"
    r"(?P<week2>\s+week\b)?"
)
_EXACT = (
    r"(?P<named>noon|midday|eod|cob|end of (?:the )?day|close of business)"
    r"|(?P<minutes>half|quarter|5|10|20|25|five|ten|twenty|twenty-five)"
    rf"(?:\s+min(?:ute)?s?)?\s+(?P<side>past|to)\s+(?P<parth>\d{{1,2}}|{_WORD})"
    rf"|(?P<h>\d{{1,2}}|{_WORD})(?::(?P<m>\d\d))?\s?(?P<half>am|pm|a\.m\.|p\.m\.)"
    r"|(?P<h24>\d{1,2})[:h](?P<m24>\d\d)"
)
_LOOSE = (
    r"(?P<hhmm>[0-2]\d[0-5]\d)|(?P<dot>\d{1,2})\.(?P<dotm>\d\d)"
    rf"|(?P<bare>\d{{1,2}}|{_WORD})"
)
_PART = r"(?P<part>morning|afternoon|evening)"
_END = r"(?![\w:/%]|\.\d|\s%)"
_BY = r"(?:at|by|before|until|till|around)\s+"
_COUNT = rf"half an|\d{{1,3}}|{_WORD}|an?"
_UNIT = r"h|hrs?|hours?|m|mins?|minutes?|d|days?|w|weeks?|wks?"

FLAGS = re.IGNORECASE | re.ASCII
_AHEAD = re.compile(
    rf"(?<!\w)(?:\+\s?(?P<plus>\d{{1,3}})\s*(?P<unit>{_UNIT})(?!\w)"
    rf"|(?:in|within)\s+(?P<count>{_COUNT})\s+(?P<work>(?:working|business)\s+)?(?P<unit2>{_UNIT})(?!\w)"
    rf"(?:\s+and\s+(?P<count2>{_COUNT})\s+(?P<unit3>{_UNIT})(?!\w))?"
    rf"|(?P<from>{_COUNT})\s+(?P<unit4>{_UNIT})\s+from\s+now(?!\w)"
    rf"|(?P<wd>\d{{1,2}}|{_WORD})\s+(?:working|business)\s+days?(?!\w))",
    FLAGS,
)
_DAY_HOUR = re.compile(
    rf"(?<![\w/])(?:{DAY}),?(?:\s+(?:(?:{_BY}|on\s+|for\s+)?(?:{_EXACT}|{_LOOSE}){_END}|{_PART}(?!\w)))?",
    FLAGS,
)
_HOUR_DAY = re.compile(
    rf"(?<![\w.])(?:(?:{_BY})?(?:{_EXACT})|{_BY}(?:{_LOOSE})){_END},?\s+(?:on\s+)?(?:{DAY})",
    FLAGS,
)
_ON_DAY = re.compile(rf"(?<![\w.,$€£¥])(?:{_LOOSE})\s+on\s+(?:{DAY})", FLAGS)
_WITH_DAY = (_HOUR_DAY, _ON_DAY, _DAY_HOUR)
_HOUR = re.compile(rf"(?<![\w.])(?:(?:{_BY})?(?:{_EXACT})|{_BY}(?:{_LOOSE})){_END}", FLAGS)
_ALONE = re.compile(rf"^\s*(?:{_LOOSE})\s*$", FLAGS)


def read(text: str, now: datetime, hours: WorkingHours) -> Reading | None:
    """The last time named in `text`, or None when there is none that can be relied on: an hour
    beside a day that was refused is no time either.

    `now` is naive local time; of a reading that is `theirs`, it has to be the customer's.
    """
    if says_theirs(text):
        plain = without_theirs(text)
        reading = _read(plain, now, hours)
        last = len(plain[: reading.end].rstrip()) if reading else 0
        if reading is not None and (end := end_of_theirs(text, last)):
            return replace(reading, end=end, theirs=True)
    return _read(text, now, hours)


def _read(text: str, now: datetime, hours: WorkingHours) -> Reading | None:
    found: list[Reading] = []
    refused: list[tuple[int, int]] = []
    for match, wall in _walls(text, now, hours):
        if wall is None and match.re is not _HOUR:
            refused.append(match.span())
        elif wall is None:
            continue
        else:
            ahead, day = _counted(match, wall, now), match.re in _WITH_DAY
            found.append(Reading(wall, *match.span(), ahead=ahead, day=day))
    sure = [
        reading
        for reading in found
        if not any(start < reading.end and reading.start < end for start, end in refused)
    ]
    return max(sure, key=lambda r: (r.end, r.end - r.start), default=None)


_DANGLING = re.compile(r"[\s,;:-]*\b(?:at|by|before|until|till|around|on|for|in)?[\s,;:-]*$", FLAGS)


def without_time(text: str, when: Reading) -> str:
    """What is left of a text when its time is taken out: `ring them by thu 12` is `ring them`."""
    before, after = _DANGLING.sub("", text[: when.start]), text[when.end :].strip(" ,;:-")
    return f"{before} {after}".strip() or text.strip()


Found = dict[str, str | None]


def _walls(
    text: str, now: datetime, hours: WorkingHours
) -> Iterator[tuple[re.Match[str], datetime | None]]:
    """Everything that looks like a time, with the local time it names; None for one refused."""
    for match in _AHEAD.finditer(text):
        yield match, _near(_ahead(match.groupdict(), now, hours), now)
    for pattern in (_HOUR_DAY, _ON_DAY, _DAY_HOUR, _HOUR, _ALONE):
        for match in pattern.finditer(text):
            if _is_a_word(match, text):
                continue
            try:
                unsure = is_unsure(text, *match.span())
                yield match, None if unsure else _wall(match.groupdict(), now, hours)
            except ValueError:
                yield match, None


_ZONE = r"[ecmp][sd]?t|gmt|utc|bst|ist|ces?t|ees?t|a[ecw][sd]t|jst|hkt|sgt|nz[sd]t"
_BESIDE_BEFORE = re.compile(
    r"\b(?:first thing|weeks? from|half|late|early|yesterday|last(?: night)?|previous|ago|earlier"
    rf"|or(?:\s+(?:\d{{1,2}}|{_WORD}))?)[\s,]*$",
    FLAGS,
)
_BESIDE_AFTER = re.compile(
    r"[\s,]*(?:(?:am|pm|thirty|fifteen|forty|fifty|twenty|o'?clock|ish|first thing|or so|yesterday"
    rf"|last (?:night|week|month|{_WEEKDAY})|(?:{_COUNT})\s+(?:{_UNIT})\s+ago|{_ZONE})\b"
    rf"|or\s+(?:(?:at|by|on)\s+)?(?:\d|(?:{_WORD})\b|{_WEEKDAY}))",
    FLAGS,
)


def is_unsure(text: str, start: int, end: int) -> bool:
    """Whether words beside a time say more about it than the grammar reads, or that it is over, one
    of two, or of a third place: then it is not read at all."""
    before, after = text[:start], text[end:]
    return bool(_BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(after))


def _is_a_word(match: re.Match[str], text: str) -> bool:
    """Whether a short day name is only a word: `the sun will shine` is no Sunday."""
    if match[0].lower() not in ("sun", "sat", "wed"):
        return False
    alone = not text[match.end() :].strip(" ,.;")
    return not alone and not re.search(
        r"\b(?:by|on|until|till|before|for|this)\s$", text[: match.start()]
    )


def _counted(match: re.Match[str], wall: datetime, now: datetime) -> timedelta | None:
    """How far ahead a time lies that was counted in hours or minutes; None for all others."""
    if match.re is not _AHEAD:
        return None
    unit = match["unit"] or match["unit2"] or match["unit4"] or "days"
    exact = now.replace(second=0, microsecond=0)
    return wall - exact if unit[0].lower() in "hm" and not match["work"] else None


def _near(wall: datetime | None, now: datetime) -> datetime | None:
    return wall if wall is not None and wall - now <= FARTHEST else None


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _ahead(found: Found, now: datetime, hours: WorkingHours) -> datetime | None:
    """A time counted from now; None for what cannot be counted, such as working hours."""
    start = now.replace(second=0, microsecond=0)
    count, unit = found["plus"] or found["count"] or found["from"], ""
    unit = found["unit"] or found["unit2"] or found["unit4"] or "days"
    if found["wd"] or found["work"]:
        if not unit.lower().startswith("d"):
            return None
        days = _number(found["wd"] or count or "")
        return datetime.combine(working_day(now.date(), days, hours), hours.closes)
    ahead = start + _length(count or "", unit)
    if not found["plus"] and unit[0].lower() in "dw":
        return datetime.combine(ahead.date(), hours.closes)
    if found["count2"] and found["unit3"]:
        ahead += _length(found["count2"], found["unit3"])
    return ahead


def _length(count: str, unit: str) -> timedelta:
    one = {
        "h": timedelta(hours=1),
        "m": timedelta(minutes=1),
        "d": timedelta(days=1),
        "w": timedelta(weeks=1),
    }[unit[0].lower()]
    return one / 2 if count.lower() == "half an" else one * _number(count)


def _wall(found: Found, now: datetime, hours: WorkingHours) -> datetime | None:
    """One day-and-hour match as a local time; None when it is too far to be meant. Raises
    ValueError when it names no real time."""
    hour = _hour(found, hours)
    day = day_named(found, now, hour)
    if day is None:
        if hour is None:
            raise ValueError("neither day nor hour")
        wall = datetime.combine(now.date(), hour)
        if wall <= now:
            wall = datetime.combine(working_day(now.date(), 1, hours), hour)
        return wall
    evening = (found.get("near") or "").lower() == "tonight"
    wall = datetime.combine(day, hour or (EVENING if evening else hours.closes))
    year = found.get("iso") or found.get("year") or found.get("year2")
    dated = year is not None or (found.get("slash") or "").count("/") == 2
    if not dated and wall <= now:
        raise ValueError("that is over")
    return wall if dated else _near(wall, now)


def _hour(found: Found, hours: WorkingHours) -> time | None:
    """The hour that was named; None when none was. Raises ValueError for 25:00."""
    if named := found.get("named"):
        return time(12) if named.lower() in ("noon", "midday") else hours.closes
    if part := found.get("part"):
        return {"morning": time(12), "afternoon": hours.closes, "evening": EVENING}[part.lower()]
    if minutes := found.get("minutes"):
        return _beside(minutes, found.get("side") or "", found.get("parth") or "", hours)
    if half := found.get("half"):
        twelve = _number(found.get("h") or "")
        if not 1 <= twelve <= 12:
            raise ValueError("no such hour")
        hour = twelve % 12 + (12 if half.lower().startswith("p") else 0)
        return time(hour, int(found.get("m") or 0))
    if h24 := found.get("h24"):
        return time(int(h24), int(found.get("m24") or 0))
    if hhmm := found.get("hhmm"):
        return time(int(hhmm[:2]), int(hhmm[2:]))
    if dot := found.get("dot"):
        return _in_hours(int(dot), hours).replace(minute=int(found.get("dotm") or 0))
    if bare := found.get("bare"):
        return _in_hours(_number(bare), hours)
    return None


def _beside(minutes: str, side: str, hour: str, hours: WorkingHours) -> time:
    """`half past four`, `ten to five`."""
    count = {"half": 30, "quarter": 15}.get(minutes.lower()) or _number(minutes)
    whole = datetime.combine(date.min + timedelta(1), _in_hours(_number(hour), hours))
    return (whole + timedelta(minutes=-count if side.lower() == "to" else count)).time()


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


def day_named(found: Found, now: datetime, hour: time | None) -> date | None:
    """The day that was named by the groups of `DAY`, the next such one from `now` on; None when none
    was. A weekday is that of today only while `hour` is still to come. Raises ValueError for 31 feb,
    and for a weekday that its date does not have."""
    today = now.date()
    if near := found.get("near"):
        words = near.lower().split()
        ahead = 2 if "after" in words else 0 if words[0] in ("today", "tonight", "this") else 1
        return today + timedelta(days=ahead)
    if weekday := found.get("weekday"):
        return _weekday(found, weekday, now, hour)
    day = _date(found, today)
    if day is not None and (of := found.get("of")) and WEEKDAYS[day.weekday()] != of[:3].lower():
        raise ValueError("that day is another weekday")
    return day


def _weekday(found: Found, weekday: str, now: datetime, hour: time | None) -> date:
    today = now.date()
    ahead = (WEEKDAYS.index(weekday[:3].lower()) - today.weekday()) % 7
    if found.get("next"):
        return today + timedelta(days=ahead + (0 if ahead > 6 - today.weekday() else 7))
    past = ahead == 0 and (hour is None or datetime.combine(today, hour) <= now)
    weeks = bool(found.get("week") or found.get("week2"))
    return today + timedelta(days=(7 if past else ahead) + 7 * weeks)


def _date(found: Found, today: date) -> date | None:
    if iso := found.get("iso"):
        return date.fromisoformat(iso)
    if slash := found.get("slash"):
        return _slashed([int(part) for part in slash.split("/")], today)
    if nth := found.get("nth"):
        this = today.replace(day=int(nth))
        if this >= today:
            return this
        return _dated(today.year + today.month // 12, today.month % 12 + 1, int(nth), today)
    month = found.get("month") or found.get("month2")
    if month is None:
        return None
    day = int(found.get("dom") or found.get("dom2") or 0)
    year = found.get("year") or found.get("year2")
    return _dated(int(year) if year else None, _MONTHS[month[:3].lower()], day, today)


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
    return f"{dated(wall, now)}, {distance(wall, now)}"


def dated(wall: datetime, now: datetime) -> str:
    """A time in words that stay true: `Fri 27 Nov 09:00`. One that is still to come is read back
    as the same time: its year stands there where `read` asks for it."""
    plain = wall.year == now.year and wall - now <= FARTHEST
    return without_year(wall) if plain else with_year(wall)


def distance(wall: datetime, now: datetime) -> str:
    """`in 58 min`, `in 5 days`, `32 min late`. It is counted from minute to minute, as the clock shows
    them: two hours are not one a second after they were typed."""
    late = wall < now
    ahead = wall.replace(second=0, microsecond=0) - now.replace(second=0, microsecond=0)
    minutes = abs(int(ahead.total_seconds())) // 60
    if late:
        minutes = max(1, minutes)
    if minutes < 60:
        amount = f"{minutes} min"
    elif minutes < 24 * 60:
        amount = f"{minutes // 60} h"
    else:
        days = minutes // (24 * 60)
        amount = f"{days} day" if days == 1 else f"{days} days"
    return f"{amount} late" if late else f"in {amount}"
