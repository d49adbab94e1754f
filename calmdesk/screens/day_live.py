"""The Day follows the record and the clock: whoever writes, in this calmdesk or another one on the
same file, it stands on the screen within a second; and after midnight today is another day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide.filters import Sort
from calmdesk.records import browse
from calmdesk.screens.day_range import DayRange

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen

EVERY = 0.5
"""Seconds between two looks whether anybody has written."""


class DayLive:
    """Looks only while the Day is in sight, and reads nothing unless somebody has written."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self._version: int | None = None
        """That of the record when it was last read."""
        self._looking = False
        self._today = screen.place.wall().date()

    async def begin(self) -> None:
        """The record is about to be read for the first time: what is written from now on counts.
        Raises StoreError."""
        if self._version is None:
            self._version = await self.screen.place.desk.look(browse.version)

    def clock_went_on(self) -> None:
        """Where cases come, go or change places by the hour alone, the next look reads them again."""
        chosen, sort = self.screen.listed_as
        if sort is Sort.RISK or chosen.by_the_clock:
            self._version = None

    def turn_over(self) -> None:
        """After midnight today is another day: a list of today goes on to it, as soon as nobody
        reads a case or types a filter."""
        screen, today = self.screen, self.screen.place.wall().date()
        if today == self._today or not screen.is_current:
            return
        if screen.shown.one_day != self._today:
            self._today = today
        elif not (screen.has_class("-reading") or screen.filter_line.typing):
            self._today = today
            screen.show(replace(screen.shown, days=DayRange.of(today).days))

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self.screen.is_current and not self._looking:
            self._looking = True
            self.screen.follow()

    async def follow(self) -> None:
        """Read again what is in sight if anybody has written."""
        try:
            version = await self.screen.place.desk.look(browse.version)
            if version == self._version or await self.screen.read_again():
                self._version = version
        except StoreError as error:
            self.screen.title_line.warning = str(error)
        finally:
            self._looking = False
