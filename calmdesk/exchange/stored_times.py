"""Instants as the tables hold them, on the agent's wall: many at once, and quickly."""

from datetime import UTC, datetime, timedelta, tzinfo

from calmdesk.clock import local, local_iso

_HOUR = timedelta(hours=1)
_MOST = 50_000
"""Hours that are known by heart; more than five years of them."""


class Wall:
    """Turns `2026-11-21 13:02:03.000000`, which is UTC, into `2026-11-21T14:02:03+01:00`."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._hours: dict[str, tuple[str, str] | None] = {}
        """Begin and end of what an hour's instants become; None where minutes change as well."""

    def iso(self, stored: str | None) -> str:
        """Local time to the second in ISO 8601; '' for what has no time."""
        if not stored or stored[0] == "9":
            return ""
        hour = stored[:13]
        try:
            ends = self._hours[hour]
        except KeyError:
            ends = self._hour(hour)
        if ends is None:
            return local_iso(instant_of(stored), self._zone)
        return f"{ends[0]}{stored[13:19]}{ends[1]}"

    def _hour(self, hour: str) -> tuple[str, str] | None:
        if len(self._hours) >= _MOST:
            self._hours.clear()
        begin = local(instant_of(f"{hour}:00:00"), self._zone)
        offset = begin.utcoffset()
        same = local(begin + _HOUR - timedelta(seconds=1), self._zone).utcoffset() == offset
        ends = None
        if same and offset is not None and not offset % _HOUR:
            text = begin.isoformat(timespec="seconds")
            ends = (text[:13], text[19:])
        self._hours[hour] = ends
        return ends


def instant_of(stored: str) -> datetime:
    """The instant that the tables hold, aware."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def stored(instant: datetime) -> str:
    """An aware instant as the tables hold it."""
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return instant.isoformat(" ", "microseconds")[:26]
