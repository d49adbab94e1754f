"""What is the agent's own, from wherever it is wanted: who they are, quiet minutes, looking back."""

from __future__ import annotations

from typing import Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.records import people
from calmdesk.screens.beside import run_beside
from calmdesk.screens.call_room import CallRoom
from calmdesk.screens.desk_news import DeskNews
from calmdesk.screens.workplace import Workplace


class OwnRoom:
    """Opens the boxes that are nobody else's."""

    def __init__(
        self, app: App[Any], place: Workplace, call_room: CallRoom, news: DeskNews
    ) -> None:
        self._app = app
        self.place = place
        self._call_room = call_room
        self._news = news

    def introduce(self) -> None:
        """Ask who is at this desk; at the first run with a minute to read why."""
        run_beside(self._app, self._introduce, group="box")

    async def _introduce(self) -> None:
        try:
            await introduced(self._app, self.place, first=not self.place.me.name)
        except StoreError as error:
            self._app.notify(str(error), severity="warning", markup=False)
        self._news.show()

    def take_break(self) -> None:
        """Quiet minutes, as many as are wanted; in a call they come after it."""
        run_beside(self._app, self._take_break, group="box")

    async def _take_break(self) -> None:
        from calmdesk.screens.break_time import BreakTime
        from calmdesk.screens.pause import Pause

        if self._call_room.screen is not None:
            self._app.notify("In a call, /break 5: the minutes come after Save.", markup=False)
            return
        minutes = await self._app.push_screen_wait(BreakTime())
        if minutes is not None:
            await self._app.push_screen_wait(Pause(self.place, minutes))

    def show_debriefs(self) -> None:
        """The agent's own debriefs, and those that others share."""
        run_beside(self._app, self._show_debriefs, group="box")

    async def _show_debriefs(self) -> None:
        from calmdesk.screens.own_debriefs import OwnDebriefs

        await self._app.push_screen_wait(OwnDebriefs(self.place))

    async def look_back(self) -> None:
        """Look back on the last call of today."""
        await self._app.switch_mode("desk")
        self._news.look_back_on_last()


async def introduced(app: App[Any], place: Workplace, first: bool = False) -> None:
    """Ask who is at this desk, in a worker, and keep what they say. Raises StoreError."""
    from calmdesk.screens.welcome import Welcome

    answer = await app.push_screen_wait(Welcome(place.me, first))
    if answer is not None:
        place.me = await place.desk.ask(people.introduce, *answer)
