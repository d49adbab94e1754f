"""Where a customer's clock stands: their time zone by its name or their number, and both walls.

A zone is its IANA key, such as Europe/London; '' is not known. Telephone numbers are read by the
phonenumbers library, imported late; without it no number tells a zone.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from calmdesk.clock import local

AREAS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()  # noqa: SIM905
)
"""What the key of a place begins with; others are old names, and EST is no place's clock in July."""
SPELT = 5
"""Letters from which a place may be misspelt: shorter ones are too near to others."""
NIGHT, MORNING, EVENING = 4, 8, 21
"""Hours on their wall: before the first it is still late, then early until the second; from the
third on it is late."""
_SAMPLES = tuple(
    datetime(year, month, 1, tzinfo=UTC) for year in range(2024, 2031) for month in range(1, 13)
)


@lru_cache(maxsize=256)
def zone_of_number(number: str) -> str:
    """The zone of an international telephone number; '' when it has none, or several with clocks
    that differ. A number that is taken along when somebody moves tells where it came from."""
    plain = number.strip()
    if not plain.startswith(("+", "00")):
        return ""
    try:
        from phonenumbers import NumberParseException, parse
        from phonenumbers.timezone import time_zones_for_number
    except ImportError:
        return ""
    try:
        parsed = parse(f"+{plain[2:]}" if plain.startswith("00") else plain)
    except NumberParseException:
        return ""
    zones = [zone for zone in time_zones_for_number(parsed) if place(zone) is not None]
    clocks = {tuple(at.astimezone(place(zone)).utcoffset() for at in _SAMPLES) for zone in zones}
    return zones[-1] if len(clocks) == 1 else ""


def zone_named(typed: str) -> str:
    """The zone of a city or a key as typed, else of the nearest spelling; '' when none is near."""
    wanted = " ".join(typed.replace("_", " ").casefold().split())
    names = _names()
    if wanted in names:
        return names[wanted]
    if len(wanted) < SPELT:
        return ""
    near = get_close_matches(wanted, names, n=1, cutoff=0.8)
    return names[near[0]] if near else ""


def place(zone: str) -> tzinfo | None:
    """The clock of a key; None when this machine does not know it."""
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def beside(mine: datetime, theirs: datetime | None) -> str:
    """One instant on the customer's wall, `12:00 theirs`, with its day where that differs, and in
    words that it is early or late for them; '' when both walls agree, or theirs is not known. Both
    walls are naive."""
    if theirs is None or mine == theirs:
        return ""
    day = "" if mine.date() == theirs.date() else f"{theirs:%a} "
    return f"{day}{theirs:%H:%M} theirs{_unusual(theirs.hour)}"


def _unusual(hour: int) -> str:
    """What to think of before ringing somebody at an hour of their own."""
    if NIGHT <= hour < MORNING:
        return ", early for them"
    return "" if MORNING <= hour < EVENING else ", late for them"


def wall_there(at: datetime, zone: str) -> datetime | None:
    """An instant on the customer's wall, naive; None when their zone is not known."""
    there = place(zone)
    return local(at, there).replace(tzinfo=None) if there is not None else None


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Cities and whole keys, in small letters, to the key; of two, the shorter one has the city."""
    keys = [key for key in available_timezones() if key.split("/")[0] in AREAS]
    cities = {_plain(key.rpartition("/")[2]): key for key in sorted(keys, key=len, reverse=True)}
    return cities | {_plain(key): key for key in keys} | {"utc": "UTC"}


def _plain(key: str) -> str:
    return key.replace("_", " ").casefold()
