"""Calls from wherever one begins: taken, rung, taken up again; shown, made room for, closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.widget import AwaitMount

from calmdesk.errors import CalmdeskError
from calmdesk.records import calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.keeping import Keeper, untold
from calmdesk.screens.waiting_calls import WaitingCalls
from calmdesk.screens.workplace import Workplace

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.records.call_rows import OpenCall
    from calmdesk.screens.call import CallScreen
    from calmdesk.screens.desk_news import DeskNews


STAYS = timedelta(seconds=2)
"""For so long a call that came on the screen stays there: a key that was meant for its ringing, or
was pressed twice, brings no other one back."""


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
        self._shown_at = place.now()
        self.waiting = WaitingCalls(place, keeper)
        self._beginning = asyncio.Lock()
        """Held while a call is begun, brought back or closed."""
        self.ours = True
        """Whether calls are taken here, and not in another calmdesk on the same database."""

    @property
    def talking(self) -> bool:
        """Whether somebody is on the line."""
        on_screen = self.screen is not None and self.screen.call.ended_at is None
        return on_screen or bool(self.waiting)

    def call_of(self, contact_id: str) -> Call | None:
        """A call that is on the screen or waits on hold; None when it is neither."""
        if self.screen is not None and self.screen.call.contact_id == contact_id:
            return self.screen.call
        return next((it for it in self.waiting.calls if it.contact_id == contact_id), None)

    async def settled(self) -> None:
        """Wait until a call that is being begun, or closed, is shown, or gone."""
        async with self._beginning:
            pass

    # -- begun ------------------------------------------------------------------------------

    async def take(self, number: str) -> None:
        """Take a call at once, whatever is on the screen; its instant is this key press."""
        await self.begin_call(number, "in", self.place.now())

    async def answered(self, number: str, at: datetime, others: Container[str]) -> str:
        """The telephone was answered: the call is on, whatever is on the screen. One that is live
        waits on hold behind it, a wrap-up is parked. Returns its contact id; '' when the calls are
        taken in another calmdesk.

        A key that was pressed at the same moment began this very call, unless it is one of `others`:
        ids of contacts that are other calls of the telephone.
        """
        from calmdesk.phone.which_call import AT_ONCE

        async with self._beginning:
            if not self.ours:
                return ""
            call = self.screen.call if self.screen is not None else None
            by_key = call is not None and call.contact_id not in others
            if call is not None and by_key and abs(call.answered_at - at) < AT_ONCE:
                return call.contact_id
            await self._leave()
            opened = await self._answer(number, "in", at)
            await self.show(opened)
            return opened.call.contact_id

    async def begin_call(self, number: str, direction: str, at: datetime) -> str:
        """Begin a call of which no case is known. Returns its contact id; '' while one is live."""
        before = self.screen
        await self._begin(partial(self._answer, number, direction, at))
        return self._begun(before)

    async def take_up(self, contact_id: str) -> None:
        """Take a parked wrap-up up again."""
        now = self.place.now()
        await self._begin(partial(self.place.desk.ask, calls.take_up, contact_id, now))

    async def ring(self, case_id: str, line_id: str) -> str:
        """Ring them, for a promise or follow-up. Returns the contact id; '' while a call is live."""
        at, before = self.place.now(), self.screen
        contact_id = self.place.ids(at)
        ask = self.place.desk.ask
        await self._begin(partial(ask, calls.ring, contact_id, case_id, line_id, at))
        return self._begun(before)

    def _begun(self, before: CallScreen | None) -> str:
        """The contact id of the call that is on the screen since `before`, '' when none is. Whom we
        ring is handed to the softphone."""
        from calmdesk.screens.call_back import call_back

        screen = self.screen
        if screen is None or screen is before:
            return ""
        if screen.call.back is not None:
            run_beside(screen, partial(call_back, screen))
        return screen.call.contact_id

    async def unfinished(self) -> OpenCall | None:
        """The call that was live when calmdesk last ended, if there is one and none was taken
        since. Raises StoreError."""
        return None if self.screen else await self.place.desk.ask(calls.unfinished)

    async def _begin(self, opening: Callable[[], Awaitable[OpenCall | None]]) -> None:
        """Begin a call of whichever kind, unless one is live; a second key press while it begins
        is no second call."""
        if self._beginning.locked():
            return
        async with self._beginning:
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

    async def _answer(self, number: str, direction: str, at: datetime) -> OpenCall:
        from calmdesk.guide.call import Call
        from calmdesk.guide.happenings import Answered
        from calmdesk.records.call_rows import Errand, OpenCall
        from calmdesk.records.ids import reference

        place = self.place
        answered = Answered(number, direction)
        contact_id, case_id = place.ids(at), place.ids(at)
        call = Call(contact_id, case_id, reference(case_id, place.wall(at)), at)
        call.add(answered, at)
        self.keeper.keep(calls.answer, contact_id, case_id, answered, at)
        return OpenCall(call, errand=Errand(None) if direction == "out" else None)

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
        if self.screen.call.ended_at is None:
            await self._app.switch_mode("call")
            self._app.notify(
                "This call is still live. /wrap ends it; then ctrl+n takes the next.", markup=False
            )
            return False
        await self._leave()
        return True

    async def _leave(self) -> None:
        """The call on the screen makes room: a live one waits on hold, a wrap-up is parked."""
        if self.screen is None:
            return
        if self.screen.call.ended_at is None:
            self.waiting.put(self.screen.put_aside())
        elif not self.screen.call.finished:
            await self.screen.saving.park()
        await self._take_down()

    async def bring_back(self, contact_id: str) -> None:
        """Show a call that waits on hold; the one on the screen makes room."""
        async with self._beginning:
            await self._bring_back(contact_id)

    async def _bring_back(self, contact_id: str) -> None:
        if contact_id not in self.waiting:
            return
        await self._leave()
        opened = self.waiting.take(contact_id)
        if opened is not None:  # else they hung up meanwhile
            await self.show(opened)

    async def back_to_waiting(self) -> bool:
        """Show the call that was left last and waits on hold; False when none does. The one on the
        screen stays when it has only just come there."""
        async with self._beginning:
            if not self.waiting:
                return False
            if self._just_shown:
                return True
            await self._bring_back(self.waiting.calls[0].contact_id)
            return True

    @property
    def _just_shown(self) -> bool:
        """Whether the call on the screen is live, and has only just come there."""
        live = self.screen is not None and self.screen.call.ended_at is None
        return live and self.place.now() - self._shown_at < STAYS

    def hung_up(self, contact_id: str, at: datetime) -> None:
        """A call that waited on hold is over."""
        self.waiting.hung_up(contact_id, at)
        self._news.refresh()

    async def gather(self) -> None:
        """After a start: the calls that waited on hold. Raises StoreError."""
        await self.waiting.gather(self.screen.call.contact_id if self.screen is not None else "")

    # -- shown, closed ----------------------------------------------------------------------

    async def show(self, opened: OpenCall) -> None:
        """Show a call, in front of everything."""
        app, screen = self._app, self._screen_of(opened)
        self.screen, self._shown_at = screen, self.place.now()
        self.place.live = opened.call
        await self._leave_boxes()
        app.add_mode("call", lambda: screen)
        await app.switch_mode("call")

    async def close(self, contact_id: str) -> None:
        """Leave a call that is saved for one that waits on hold, else for the Desk; what it did is
        still being kept. Another one that came on the screen meanwhile stays there."""
        async with self._beginning:
            if self.screen is None or self.screen.call.contact_id != contact_id:
                return
            await self._take_down()
            if self.waiting:
                await self._bring_back(self.waiting.calls[0].contact_id)

    async def _take_down(self) -> None:
        if self.screen is not None:
            self.screen = self.place.live = None
            self.keeper.tell = untold
            await self._leave_boxes()  # of wherever one is
            await self._app.switch_mode("desk")
            await self._app.remove_mode("call")
            await self._leave_boxes()
            self._news.refresh()

    async def _leave_boxes(self) -> None:
        """What is half typed in a box stands there the next time. One that is only just opening is
        taken down once it is there: without its parts it would fail, and end the app."""
        while len(self._app.screen_stack) > 1:
            box = self._app.screen
            await AwaitMount(box, [box])
            if box is self._app.screen:
                await self._app.pop_screen()

    def keep_typing(self) -> None:
        """On the way out: hand over what is half typed."""
        if self.screen is not None and self.screen.is_mounted:
            self.screen.saving.flush()
