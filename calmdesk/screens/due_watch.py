"""A quiet sign in a live call that something else is due; it never asks for a look."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.records import register
from calmdesk.screens.beside import run_beside
from calmdesk.screens.due_screen import EVERY

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class DueWatch:
    """Counts what is late or at risk beside the matter of one call."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self._read_at: datetime | None = None

    def tick(self) -> None:
        """Once a second: now and then the record is read anew."""
        now = self.screen.place.now()
        if self._read_at is None or now - self._read_at >= EVERY:
            self._read_at = now
            run_beside(self.screen, self._bring, exclusive=True, group="dues")

    async def _bring(self) -> None:
        place, call = self.screen.place, self.screen.call
        try:
            lines = await place.desk.look(register.near, place.now())
        except StoreError:
            return  # the keeper says what is wrong with the store
        others = (line for line in lines if line.case_id != call.case_id)
        self.screen.header.due = sum(not line.rests(place.now()) for line in others)
