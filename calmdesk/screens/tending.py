"""What is done while nobody waits: the search is brought up to what was written, and days are counted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.records import rolling, tending
from calmdesk.screens.beside import run_beside

if TYPE_CHECKING:
    from calmdesk.screens.keeping import Keeper
    from calmdesk.screens.workplace import Workplace

EVERY = 0.5
"""Seconds between two looks whether there is something to do."""
REST = 0.02
"""Seconds between two pieces."""
ROLLED_EVERY = 60
"""Seconds between two looks for days whose counts do not stand."""


class Tending:
    """Looks after the index of the search and the counts of days, in the calmdesk that has the
    database."""

    def __init__(self, app: App[Any], place: Workplace, keeper: Keeper) -> None:
        self._app = app
        self._desk = place.desk
        self._keeper = keeper
        self._busy = False

    def begin(self) -> None:
        """Begin to look, as soon as the store is open."""
        self._app.set_interval(EVERY, self._look)
        self._app.set_interval(ROLLED_EVERY, self._look_at_days)
        self._look_at_days()

    def _look_at_days(self) -> None:
        run_beside(self._app, self._roll, group="rolling", exclusive=True)

    async def _roll(self) -> None:
        """Count days until all stand that can; a call that is written goes first."""
        try:
            await self._desk.ask(rolling.look_after)
            while left := await self._desk.look(rolling.to_count):
                while left:
                    if not self._keeper.state.waiting:
                        left = await self._desk.ask(rolling.count, left)
                    await asyncio.sleep(REST)
        except StoreError:
            return  # the next look tries again

    def _look(self) -> None:
        if not self._busy:
            self._busy = True
            run_beside(self._app, self._tend, group="tending")

    async def _tend(self) -> None:
        """Work until nothing is left; what a call keeps goes first."""
        try:
            left = await self._desk.look(tending.due)
            while left:
                if not self._keeper.state.waiting:
                    left = await self._desk.ask(tending.tend)
                await asyncio.sleep(REST)
        except StoreError:
            return  # whoever writes says what is wrong with the store; the next look tries again
        finally:
            self._busy = False
