"""When nobody looked: a laptop that slept, a calmdesk that was closed while the call went on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.clock import Clock
from calmdesk.guide import happenings as h
from calmdesk.guide.listening import SLEPT, minutes
from calmdesk.screens.question import Question

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class SleepWatch:
    """Notices that the wall went on while the machine stood still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = (clock.now(), clock.monotonic())

    def look(self) -> tuple[datetime, datetime] | None:
        """From when to when the machine slept since the last look; None when it did not."""
        seen, seen_monotonic = self._seen
        now, monotonic = self._clock.now(), self._clock.monotonic()
        self._seen = (now, monotonic)
        gap = (now - seen).total_seconds() - (monotonic - seen_monotonic)
        return (seen, now) if gap > SLEPT else None


async def ask_about(screen: CallScreen, since: datetime, until: datetime) -> None:
    """Ask what became of the call while nobody looked; escape counts the time as call."""
    place = screen.place
    away = minutes((until - since).total_seconds())
    answer = await screen.app.push_screen_wait(
        Question(
            f"calmdesk was away for {away}, from {place.wall(since):%H:%M:%S}. "
            "What about the call?",
            [
                ("on", "It went on: count the time"),
                ("out", "Leave that time out"),
                ("ended", f"It ended then, at {place.wall(since):%H:%M}"),
            ],
        )
    )
    if answer == "ended":
        await screen.end_at(since)
    else:
        screen.did(h.Slept(since, until, counted=answer != "out"))
