"""Whether somebody saw that help was asked in a live call (flow.md, The supervisor)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.records import browse, needs
from calmdesk.screens.beside import run_beside

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen

ASKED = "Help asked; it stands on your supervisor's Day."


class HelpWatch:
    """Looks for the answer to one call screen's call for help, once a second; it can be taken back."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self._asked_at: datetime | None = None
        """When the help was asked that is waited for."""
        self._version = 0
        """The state of the file in which it was looked for last."""

    def tick(self) -> None:
        """Once a second."""
        call, header = self.screen.call, self.screen.header
        if call.help_at != self._asked_at:
            self._asked_at, self._version, header.helped = call.help_at, 0, ""
        if call.help_at is not None and call.ended_at is None:
            run_beside(self.screen, self._look, exclusive=True, group="help")

    async def _look(self) -> None:
        screen, place = self.screen, self.screen.place
        try:
            version = await place.desk.look(browse.version)
            if version == self._version:
                return
            seen = await place.desk.look(needs.seen_by, screen.call.contact_id)
        except StoreError:
            return  # the keeper says what is wrong with the store
        self._version = version
        helped = ""
        if seen is not None and self._asked_at is not None and seen[1] >= self._asked_at:
            helped = f"seen by {seen[0]} {place.wall(seen[1]):%H:%M}"
        if helped != screen.header.helped:
            if screen.note_line.hint in ("", ASKED, screen.header.helped):
                screen.note_line.hint = helped or ASKED
            screen.header.helped = helped
