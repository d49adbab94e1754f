"""A bell or a notification when something that one keeps comes due, whatever is on the screen."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.records import register
from calmdesk.records.reminding import Reminding, reminder
from calmdesk.screens.beside import run_beside
from calmdesk.screens.call_room import CallRoom
from calmdesk.screens.due_screen import EVERY
from calmdesk.screens.workplace import Workplace
from calmdesk.terminal import notification


class Reminders:
    """Tells each once. What comes due while nobody may be disturbed is told when that is over."""

    def __init__(self, app: App[Any], place: Workplace, call_room: CallRoom) -> None:
        self._app = app
        self._place = place
        self._call_room = call_room
        self._how = place.settings.phone.remind
        self._reminding = Reminding()
        self._looked_at: datetime | None = None

    def begin(self) -> None:
        """Begin to look, as soon as the store is open; what is made up reminds nobody."""
        if self._how != "off" and not self._place.demo:
            self._app.set_interval(1.0, self._look)

    def _look(self) -> None:
        """Once a second; now and then the record is read."""
        now = self._place.now()
        if not self._quiet and (self._looked_at is None or now - self._looked_at >= EVERY):
            self._looked_at = now
            run_beside(self._app, self.look, group="reminders", exclusive=True)

    @property
    def _quiet(self) -> bool:
        """Whether this is no moment: somebody is on the line, the wrap-up is in front, or a private
        pause."""
        from calmdesk.screens.pause import Pause

        in_front = self._app.screen_stack
        return (
            self._call_room.talking
            or self._call_room.screen in in_front
            or any(isinstance(screen, Pause) for screen in in_front)
        )

    async def look(self) -> None:
        """Read what is near, and tell what of it was not told yet."""
        place = self._place
        try:
            near = await place.desk.look(register.near, place.now())
        except StoreError:
            return  # the next look tries again; whoever writes says what is wrong with the store
        if not self._quiet and (fresh := self._reminding.fresh(near, place.now())):
            self._tell(reminder(fresh, place.now(), place.wall))

    def _tell(self, sentence: str) -> None:
        driver = self._app._driver  # Textual has no other door for what it does not know itself
        if self._how == "bell":
            self._app.bell()
        elif self._how == "desktop" and driver is not None:
            driver.write(notification(sentence, os.environ))
            driver.flush()
