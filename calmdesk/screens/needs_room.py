"""What needs somebody today: read for the strip on top of the Day, and dealt with, a key each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from calmdesk.errors import CalmdeskError
from calmdesk.guide.needing import Step, Why
from calmdesk.records import follow_through, needs, register
from calmdesk.records.day_rows import Need
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.ways_back import WayBack

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen

SEEN = "Seen. u brings it back."
GLANCE = 0.6
"""Seconds after a change in which a number still means the line that was being read."""


class NeedsRoom:
    """Each public coroutine does one thing about a line; what the record refuses is said."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self.place = screen.place
        self._read: Sequence[Need] = ()
        """The lines that stood there before the last change."""
        self._changed_at = float("-inf")

    def show(self, needed: Sequence[Need] | None) -> None:
        """What was read just now."""
        strip = self.screen.needs
        before = strip.shown
        strip.needs = needed
        if [need.key for need in before] != [need.key for need in strip.shown]:
            self._read, self._changed_at = before, self.place.clock.monotonic()

    def meant(self, number: int) -> Need | None:
        """The need that was read on a line, from 0, when its key was reached for; None when nothing
        stood there, or what did has only just been dealt with."""
        strip = self.screen.needs
        just = self.place.clock.monotonic() - self._changed_at < GLANCE
        if not just or number >= len(self._read):
            return strip.need(number)
        meant = self._read[number].key
        return next((need for need in strip.needs or () if need.key == meant), None)

    async def act(self, need: Need) -> None:
        """Do what its line proposes."""
        try:
            await self._steps(need)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)

    async def _steps(self, need: Need) -> None:
        if need.step is Step.RING:
            self.screen.post_message(DueScreen.RingWanted(need.case_id, need.line_id))
        elif need.step is Step.REASSIGN:
            await self._reassign(need)
        elif need.step is Step.TAKE:
            await self._take(need)
        else:
            self.screen.open_case(need.case_id)
        if need.why is Why.HELP:  # whoever asked sees at once that somebody comes
            await self._mark_seen(need)

    async def _reassign(self, need: Need) -> None:
        """Somebody else keeps the promise."""
        line = await self.place.desk.look(register.line, need.line_id)
        if line is None:
            self._say(register.GONE, wrong=True)
        else:
            self.screen.keeping.hand_on(line)

    async def _take(self, need: Need) -> None:
        """The case is this agent's from now on, and is read."""
        place = self.place
        handed = await place.desk.look(follow_through.handed, need.case_id)
        if handed is not None:
            await self.screen.keeping.take_over(handed)
        self.screen.open_case(need.case_id)

    # -- seen -----------------------------------------------------------------------------------

    async def see(self, need: Need) -> None:
        """Somebody took note of it: it leaves the strip."""
        try:
            await self._mark_seen(need)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)

    async def _mark_seen(self, need: Need) -> None:
        place = self.place
        mark = partial(place.desk.ask, needs.seen, need.case_id, need.why, place.now())
        way_back = WayBack(partial(self._unmark, need), "No longer marked as seen.")
        await self.screen.ways_back.make(mark, lambda _: way_back)
        self._say(SEEN)
        self.screen.top.show()

    async def _unmark(self, need: Need) -> None:
        await self.place.desk.ask(needs.unseen, need.case_id, need.why, self.place.now())

    def _say(self, words: str, wrong: bool = False) -> None:
        self.screen.notify(words, severity="warning" if wrong else "information", markup=False)
