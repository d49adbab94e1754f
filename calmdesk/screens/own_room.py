"""What is the agent's own, from wherever it is wanted: who they are, quiet minutes, looking back."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.records import debriefs, people
from calmdesk.records.people_rows import EndedCall
from calmdesk.screens.beside import run_beside
from calmdesk.screens.call_room import CallRoom
from calmdesk.screens.desk_news import DeskNews
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.workplace import Workplace
from calmdesk.words import shorten


class OwnRoom:
    """Opens the boxes that are nobody else's."""

    def __init__(
        self,
        app: App[Any],
        place: Workplace,
        keeper: Keeper,
        call_room: CallRoom,
        news: DeskNews,
    ) -> None:
        self._app = app
        self.place = place
        self.keeper = keeper
        self._call_room = call_room
        self._news = news
        self._to_look_back: list[tuple[str, str]] = []
        """The calls on which is still to be looked back: who wished for it, and the contact."""

    def introduce(self) -> None:
        """Ask who is at this desk; at the first run with a minute to read why."""
        run_beside(self._app, self._introduce, group="box")

    async def _introduce(self) -> None:
        from calmdesk.screens.coach import read_choices

        try:
            await introduced(self._app, self.place, first=not self.place.me.name)
            await read_choices(self.place)
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

    def after(self, contact_id: str, pause: int, look_back: bool) -> None:
        """After a call the private minutes, then the look back on it; each only if it is wanted, and
        neither over another call: a look back that one prevents or ends comes after it."""
        if look_back:
            self._to_look_back.append((self.place.me.id, contact_id))
        if self._call_room.screen is None:
            run_beside(self._app, partial(self._after, pause), group="after", exclusive=True)

    async def _after(self, pause: int) -> None:
        from calmdesk.screens.pause import Pause

        if pause and await self._between_calls():
            await self._app.push_screen_wait(Pause(self.place, pause))
        while self._to_look_back:
            wish = agent_id, contact_id = self._to_look_back[0]
            if agent_id == self.place.me.id:  # else somebody else sits here now
                ended = await self._ended(contact_id)
                if ended is None or not await self._between_calls():
                    return
                if ended.looked_back is None:  # else that was done since
                    await self._news.look_back(ended)
            self._to_look_back.remove(wish)

    async def _between_calls(self) -> bool:
        await self._call_room.settled()
        return self._call_room.screen is None

    async def _ended(self, contact_id: str) -> EndedCall | None:
        """A call to look back on, once everything of it is on disk; None while it is not."""
        await self.keeper.settle()
        if self.keeper.state.waiting:
            return None  # the disk takes nothing just now
        try:
            return await self.place.desk.look(debriefs.of_call, contact_id)
        except StoreError as error:
            self._app.notify(str(error), severity="warning", markup=False)
            return None

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

    before = place.me
    answer = await app.push_screen_wait(Welcome(before, first))
    if answer is None:
        return
    name = answer[0] or before.name
    another = before.name != "" and name.casefold() != before.name.casefold()
    somebody_else = await _is_somebody_else(app, place, name) if another else False
    if somebody_else is None:
        return
    if not somebody_else:
        place.me = await place.desk.ask(people.introduce, name, *answer[1:])
    elif place.live is not None:
        app.notify(f"This call is {before.name}'s; finish it first.", markup=False)
    else:
        await _sit_down(place, name, answer)


async def _sit_down(place: Workplace, name: str, answer: tuple[str, ...]) -> None:
    """Somebody else is here; of what the form said theirs is what was not there before them."""
    before = place.me
    me = await place.desk.ask(people.sit_down, name, place.now())
    was = (before.direct_line, before.email, before.own_line)
    has = (me.direct_line, me.email, me.own_line)
    said = (new if new != old else own for new, old, own in zip(answer[1:], was, has, strict=True))
    place.me = await place.desk.ask(people.introduce, me.name, *said)
    place.team = await place.desk.look(people.team)


async def _is_somebody_else(app: App[Any], place: Workplace, name: str) -> bool | None:
    """Whether another name at this desk is that of another person; None when nobody says."""
    from calmdesk.screens.question import Question

    if any(name.casefold() == it.name.casefold() and not it.me for it in place.team):
        return True
    before = shorten(place.me.name, 30)
    answers = (
        ("else", f"somebody else; {before} keeps what is theirs"),
        ("same", f"{before}, who is called that from now on"),
    )
    answer = await app.push_screen_wait(Question(f"{shorten(name, 30)} is", answers))
    return None if answer is None else answer == "else"
