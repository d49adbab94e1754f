"""As of when others' cases are known here, kept up to date by itself: `yield AsOfStrip(place)`."""

from __future__ import annotations

from textual import work

from calmdesk.errors import StoreError
from calmdesk.records import following
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.as_of_line import AsOfLine

EVERY = 20.0
"""Seconds between two looks at the record."""


class AsOfStrip(AsOfLine):
    """Looks by itself for what others said."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.wall)
        self._place = place

    def on_mount(self) -> None:
        self.look()
        self.set_interval(EVERY, self.look)

    @work(exclusive=True, group="as of")
    async def look(self) -> None:
        """Read who else is here, and since when nothing came from them."""
        try:
            self.sources = await self._place.desk.look(following.sources)
        except StoreError:
            return  # the screen around says what is wrong with the store; what is known stays
        self.now = self._place.now()
