"""Where time comes from. Nothing else in calmdesk asks the machine what time it is.

Instants are aware and in UTC; only what is painted or typed is in the agent's own zone.
"""

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """The two clocks of a machine: the wall, and one that only ever goes forward."""

    zone: tzinfo | None
    """The agent's time zone; None means the machine's own."""

    def now(self) -> datetime:
        """The instant on the wall clock, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that stand still while the machine sleeps."""
        ...


class SystemClock:
    """The machine's clocks."""

    zone: tzinfo | None = None

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class HandClock:
    """A clock that is wound by hand, for pictures, stories and tests."""

    def __init__(self, now: datetime, zone: tzinfo | None = UTC) -> None:
        self._now = now.astimezone(UTC)
        self._monotonic = 1000.0
        self.zone = zone

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def wind(self, seconds: float) -> None:
        """Let time pass, on both clocks."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: only the wall goes on."""
        self._now += timedelta(seconds=seconds)


def local(instant: datetime, zone: tzinfo | None) -> datetime:
    """The same instant on the agent's wall; a zone of None is the machine's."""
    return instant.astimezone(zone)


def local_iso(instant: datetime, zone: tzinfo | None) -> str:
    """An instant to the second in ISO 8601, with the offset that the agent's wall had then."""
    return local(instant, zone).isoformat(timespec="seconds")


def instant(wall: datetime, zone: tzinfo | None) -> datetime:
    """The UTC instant of a naive local time; in a repeated hour the earlier one."""
    aware = wall.replace(tzinfo=zone) if zone is not None else wall.astimezone()
    return aware.astimezone(UTC)


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """The UTC instant at which a local day begins."""
    return instant(datetime.combine(day, datetime.min.time()), zone)
