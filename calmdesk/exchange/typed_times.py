"""Naive local times as instants: many at once, and quickly."""

from datetime import UTC, datetime, timedelta, tzinfo

from calmdesk.clock import instant

_HOUR = timedelta(hours=1)
_YEARS = range(1970, 9000)


def sound(time: datetime) -> datetime:
    """The same time. Raises ValueError where it lies in years that no case has: ids count from
    1970, and in years from 9000 nobody said when."""
    if time.year not in _YEARS:
        raise ValueError(f"no case has the year {time.year}")
    return time


class Instants:
    """Turns times as a wall shows them into instants in UTC; each hour's offset is asked once."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._offsets: dict[tuple[int, int], timedelta | None] = {}

    def of(self, time: datetime) -> datetime:
        """The instant of a time; one that says its zone is taken by its word."""
        if time.tzinfo is not None:
            return time.astimezone(UTC)
        hour = (time.toordinal(), time.hour)
        try:
            offset = self._offsets[hour]
        except KeyError:
            offset = self._offsets[hour] = self._offset(time)
        if offset is None:
            return instant(time, self._zone)
        return (time - offset).replace(tzinfo=UTC)

    def _offset(self, time: datetime) -> timedelta | None:
        """How far the wall is ahead in all of an hour; None where it changes in it."""
        begin = time.replace(minute=0, second=0, microsecond=0)
        ends = (begin, begin + _HOUR - timedelta(seconds=1))
        first, last = (end - instant(end, self._zone).replace(tzinfo=None) for end in ends)
        return first if first == last else None
