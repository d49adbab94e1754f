"""Calls from wherever one begins: taken, rung, taken up again; shown, made room for, closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import CalmdeskError
from calmdesk.records import calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.keeping import Keeper, untold
from calmdesk.screens.workplace import Workplace

if TYPE_CHECKING:
    from calmdesk.records.call_rows import OpenCall
    from calmdesk.screens.call import CallScreen
    from calmdesk.screens.desk_news import DeskNews


class CallRoom:
    """Holds the one call that is on the screen, or in Wrap-up behind another screen."""

    def __init__(
        self,
        app: App[Any],
        place: Workplace,
        keeper: Keeper,
        screen_of: Callable[[OpenCall], CallScreen],
        news: DeskNews,
    ) -> None:
        """`screen_of` makes the screen of a call."""
        self._app = app
        self.place = place
        self.keeper = keeper
        self._screen_of = screen_of
        self._news = news
        self.screen: CallScreen | None = None
        """The screen of the call; None between calls."""
        self._beginning = False
        """Whether a call is being begun."""
        self.ours = True
        """Whether calls are taken here, and not in another calmdesk on the same database."""

    @property
    def talking(self) -> bool:
        """Whether somebody is on the line."""
        return self.screen is not None and self.screen.call.ended_at is None

    # -- begun ------------------------------------------------------------------------------

    async def take(self, number: str) -> None:
        """Take a call at once, whatever is on the screen; its instant is this key press."""
        await self._begin(partial(self._answer, number, self.place.now()))

    async def take_up(self, contact_id: str) -> None:
        """Take a parked wrap-up up again."""
        now = self.place.now()
        await self._begin(partial(self.place.desk.ask, calls.take_up, contact_id, now))

    async def ring(self, case_id: str, line_id: str) -> None:
        """Ring them, for a promise or follow-up."""
        at = self.place.now()
        contact_id = self.place.ids(at)
        ask = self.place.desk.ask
        await self._begin(partial(ask, calls.ring, contact_id, case_id, line_id, at))

    async def unfinished(self) -> OpenCall | None:
        """The call that was live when calmdesk last ended, if there is one and none was taken
        since. Raises StoreError."""
        return None if self.screen else await self.place.desk.ask(calls.unfinished)

    async def _begin(self, opening: Callable[[], Awaitable[OpenCall | None]]) -> None:
        """Begin a call of whichever kind, unless one is live; a second key press while it begins
        is no second call."""
        if self._beginning:
            return
        self._beginning = True
        try:
            if not await self._free():
                return
            opened = await opening()
            if opened is not None:
                await self.show(opened)
            else:
                self._app.notify("It is finished elsewhere.", markup=False)
        except CalmdeskError as error:
            self._app.notify(str(error), severity="warning", markup=False)
        finally:
            self._beginning = False

    async def _answer(self, number: str, at: datetime) -> OpenCall:
        from calmdesk.guide.call import Call
        from calmdesk.guide.happenings import Answered
        from calmdesk.records.call_rows import OpenCall
        from calmdesk.records.ids import reference

        place = self.place
        contact_id, case_id = place.ids(at), place.ids(at)
        answered = Answered(number)
        call = Call(contact_id, case_id, reference(case_id, place.wall(at)), at)
        call.add(answered, at)
        self.keeper.keep(calls.answer, contact_id, case_id, answered, at)
        return OpenCall(call)

    # -- room for it ------------------------------------------------------------------------

    async def claim(self) -> None:
        """Take the calls over, unless another calmdesk has them. Raises StoreError."""
        self.ours = await self.place.desk.ask(calls.claim)
        self._news.trouble("elsewhere", "" if self.ours else self._elsewhere)

    @property
    def _elsewhere(self) -> str:
        """What is said of the calmdesk that takes the calls, and of who sits at this one."""
        said = f"Another calmdesk is open on {self.place.places.database}: calls are there."
        name = self.place.me.name
        return f"{said} Not {name}? ctrl+p: Who is at this desk." if name else said

    async def _free(self) -> bool:
        """Whether a call can begin here now; one in Wrap-up makes room for it."""
        if not await self._make_room():
            return False
        if not self.ours:
            await self.claim()
        if not self.ours:
            self._app.notify(self._elsewhere, severity="warning", markup=False)
        return self.ours

    async def _make_room(self) -> bool:
        """A call in Wrap-up is parked, to be finished later; a live one is not pushed aside."""
        if self.screen is None:
            return True
        if self.talking:
            await self._app.switch_mode("call")
            self._app.notify(
                "This call is still live. /wrap ends it; then ctrl+n takes the next.", markup=False
            )
            return False
        await self.screen.saving.park()
        await self.close()
        return True

    # -- shown, closed ----------------------------------------------------------------------

    async def show(self, opened: OpenCall) -> None:
        """Show a call, in front of everything."""
        app, screen = self._app, self._screen_of(opened)
        self.screen = screen
        self.place.live = opened.call
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        app.add_mode("call", lambda: screen)
        await app.switch_mode("call")

    async def close(self) -> None:
        """Leave the call for the Desk; what it did is still being kept."""
        if self.screen is not None:
            self.screen = self.place.live = None
            self.keeper.tell = untold
            await self._app.switch_mode("desk")
            await self._app.remove_mode("call")
            self._news.refresh()

    def after(self, contact_id: str, pause: int, look_back: bool) -> None:
        """The private minutes, then the look back on the call; each only if it is wanted."""
        run_beside(self._app, partial(self._after, contact_id, pause, look_back), group="box")

    async def _after(self, contact_id: str, pause: int, look_back: bool) -> None:
        from calmdesk.screens.pause import Pause

        if pause:
            await self._app.push_screen_wait(Pause(self.place, pause))
        if look_back:
            await self._news.look_back(contact_id)

    def keep_typing(self) -> None:
        """On the way out: hand over what is half typed."""
        if self.screen is not None and self.screen.is_mounted:
            self.screen.saving.flush()
