"""The agent's wall in SQL: local hours and weeks of places in the order of time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlmodel import case, col

from calmdesk.clock import local
from calmdesk.records.derived import PLACES, Glance, place_of

HOUR, WEEK = 3600, 604_800
_MONDAY = date(1969, 12, 29)
"""The Monday of the week in which instants begin to be counted."""
_BEFORE_EPOCH = 3 * 86_400
"""Seconds of that week before."""
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def hour(since: datetime, until: datetime, zone: tzinfo | None) -> Any:
    """The local hour (0-23) of a glance's place, as a column; places lie between two instants."""
    return _seconds(offsets(since, until, zone)) // HOUR % 24


def week(since: datetime, until: datetime, zone: tzinfo | None) -> Any:
    """The local week of a glance's place, as a column: a number that `monday_of` reads."""
    return (_seconds(offsets(since, until, zone)) + _BEFORE_EPOCH) // WEEK


def monday_of(week: int) -> date:
    """The Monday of a numbered week."""
    return _MONDAY + timedelta(weeks=week)


def _seconds(steps: Sequence[tuple[datetime, int]]) -> Any:
    """Seconds on the wall at a glance's place."""
    *earlier, (_, last) = steps
    ends = [place_of(end) for end, _ in steps[1:]]
    whens = [
        (col(Glance.place) < end, offset) for end, (_, offset) in zip(ends, earlier, strict=True)
    ]
    return col(Glance.place) // PLACES + (case(*whens, else_=last) if whens else last)


def offsets(since: datetime, until: datetime, zone: tzinfo | None) -> list[tuple[datetime, int]]:
    """From which instant on the wall is how many seconds ahead of UTC: one step at the beginning,
    and one for each time that the clocks are changed before the end."""
    at = since.astimezone(UTC).replace(microsecond=0)
    steps = [(at, _offset(at, zone))]
    while at < until:
        after = min(at + _DAY, max(until, at + _SECOND))
        if _offset(after, zone) != steps[-1][1]:
            changed = _change(at, after, zone)
            steps.append((changed, _offset(changed, zone)))
        at = after
    return steps


def _change(before: datetime, after: datetime, zone: tzinfo | None) -> datetime:
    """The second at which the clocks are changed between two instants."""
    old = _offset(before, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if _offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(at: datetime, zone: tzinfo | None) -> int:
    ahead = local(at, zone).utcoffset()
    return round(ahead.total_seconds()) if ahead is not None else 0
