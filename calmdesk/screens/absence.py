"""When nobody looked: a laptop that slept, a calmdesk that was closed while the call went on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from calmdesk.clock import Clock
from calmdesk.guide import happenings as h
from calmdesk.guide.listening import SLEPT, minutes
from calmdesk.screens.beside import run_beside
from calmdesk.screens.question import Question

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen

PULSE = 20
"""Seconds between two signs of life on disk."""


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


class Absence:
    """Asks what became of one call while nobody looked."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self._sleep = SleepWatch(screen.place.clock)
        self._asking = False

    def begin(self, last_sign: datetime | None) -> None:
        """After a restart: was the call going on while calmdesk was away?"""
        now = self.screen.place.now()
        if last_sign is not None and now - last_sign > timedelta(seconds=3 * PULSE):
            self._wonder(last_sign, now)

    def tick(self) -> None:
        """Once a second: a machine that slept is noticed."""
        slept = self._sleep.look()
        if slept is not None:
            self._wonder(*slept)

    def _wonder(self, since: datetime, until: datetime) -> None:
        run_beside(self.screen, partial(self._ask_once, since, until), group="box")

    async def _ask_once(self, since: datetime, until: datetime) -> None:
        """Once is enough, and in Wrap-up nothing need be asked."""
        if self._asking or self.screen.call.ended_at is not None:
            return
        self._asking = True
        await self._ask(since, until)
        self._asking = False

    async def _ask(self, since: datetime, until: datetime) -> None:
        """Ask what became of the call; escape counts the time as call."""
        screen = self.screen
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
