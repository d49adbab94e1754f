"""Who rings just now, on a banner over whichever screen is shown; it takes no focus from any."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.screen import Screen

from calmdesk.errors import StoreError
from calmdesk.guide.listening import running
from calmdesk.phone.events import TEST
from calmdesk.records import people
from calmdesk.screens.beside import run_beside
from calmdesk.screens.workplace import Workplace
from calmdesk.words import called

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.phone.phone_call import PhoneCall
    from calmdesk.records.call_rows import Match
    from calmdesk.screens.waiting_calls import WaitingCalls
    from calmdesk.widgets.ring_banner import OnHold, RingBanner, Ringing


AT_ONCE = 0.04
"""Seconds that a ring waits for the record before it is shown without it."""


class Rings:
    """The banner of the calls that ring, with what the record knows of each as soon as it is there."""

    def __init__(self, app: App[Any], place: Workplace, waiting: WaitingCalls) -> None:
        self._app = app
        self._place = place
        self._waiting = waiting
        self._ringing: dict[PhoneCall, tuple[Match, ...]] = {}
        """Calls that ring, and who that may be."""
        self._said = ""

    def begin(self) -> None:
        """Follow the screen that is shown."""
        self._app.screen_change_signal.subscribe(self._app, self._moved)
        self._app.set_interval(1.0, self.tick)
        self.tick()

    @property
    def first(self) -> PhoneCall | None:
        """Whom the key takes: who began to ring last, since the end of older ones may not have been
        told. A made-up caller is nobody."""
        return next((it for it in reversed(self._ringing) if it.source != TEST), None)

    async def show(self, call: PhoneCall) -> None:
        """Somebody rings. Returns when that is on the screen; who it is follows if the record takes
        its time."""
        self._ringing[call] = ()
        if call.number:
            looked = asyncio.Event()
            run_beside(self._app, partial(self._look_up, call, looked), group="ring")
            with suppress(TimeoutError):  # then it is painted twice
                await asyncio.wait_for(looked.wait(), AT_ONCE)
        await self._show()

    def end(self, call: PhoneCall) -> tuple[Match, ...]:
        """It rings no more. Returns who it may have been."""
        matches = self._ringing.pop(call, ())
        self._fill()
        return matches

    def say(self, sentence: str) -> None:
        """A sentence about the telephone that is to be seen in a call; '' when it is over."""
        if sentence != self._said:
            self._said = sentence
            run_beside(self._app, self._show, group="ring-show")

    async def who(self, call: PhoneCall) -> tuple[Match, ...]:
        """Who that may be; nobody for a number that is withheld."""
        if not call.number:
            return ()
        place = self._place
        look = place.desk.look(people.who_calls, call.number, call.name, "", place.now())
        with suppress(StoreError):  # what is wrong with the store, others say
            return tuple(await look)
        return ()

    async def _look_up(self, call: PhoneCall, looked: asyncio.Event) -> None:
        """Who that may be. A caller who is not in the record stays as the telephone shows them."""
        matches = await self.who(call)
        if call in self._ringing:
            self._ringing[call] = matches
            self._fill()
        looked.set()

    # -- the banner -------------------------------------------------------------------------

    @property
    def _something(self) -> bool:
        return bool(self._ringing or self._said or self._waiting)

    @property
    def _banner(self) -> RingBanner | None:
        """The banner of the screen that is shown; None before it has one."""
        if not self._app.screen_stack:  # on the way out no screen is left
            return None
        found = self._app.screen.query("RingBanner")
        return cast("RingBanner", found.first()) if found else None

    async def _show(self) -> None:
        """Fill the banner of the screen that is shown. It stays there unseen afterwards: to put one
        on takes longer than somebody who picks up at once may have to wait."""
        from calmdesk.widgets.ring_banner import RingBanner

        if self._app.screen_stack and self._banner is None:
            await self._app.screen.mount(RingBanner(self._place.wall))
        self._fill()

    def _fill(self) -> None:
        banner, live = self._banner, self._place.live
        if banner is None:
            return
        banner.now = self._place.now()
        banner.take_key = self._take_key
        banner.in_call = live is not None and live.ended_at is None
        banner.said = self._said
        banner.on_hold = tuple(_on_hold(call) for call in self._waiting.calls)
        made_up_first = sorted(self._ringing.items(), key=lambda it: it[0].source != TEST)
        banner.ringing = tuple(_ringing(*it) for it in made_up_first)
        banner.show()

    @property
    def _take_key(self) -> str:
        """The key that takes a call, as the agent has it."""
        from calmdesk.widgets.ring_banner import RingBanner

        return self._app._keymap.get("app.call", RingBanner.take_key).split(",")[0].strip()

    def _moved(self, screen: Screen[Any]) -> None:
        if self._something:
            run_beside(self._app, self._show, group="ring-show")

    def tick(self) -> None:
        """Once a second: the time goes on; and the screen has its banner before it is needed, but for
        a box, which is not there for long."""
        if not self._app.screen_stack:
            return
        if self._banner is not None:
            self._fill()
        elif self._something or not self._app.screen.is_modal:
            run_beside(self._app, self._show, group="ring-show")


def _ringing(call: PhoneCall, matches: tuple[Match, ...]) -> Ringing:
    from calmdesk.widgets.ring_banner import Ringing

    return Ringing(call.number, call.name, call.since, matches, made_up=call.source == TEST)


def _on_hold(call: Call) -> OnHold:
    from calmdesk.widgets.ring_banner import OnHold

    last = running(call.spans)
    since = last.began if last is not None else call.answered_at
    return OnHold(called(call.caller.name, call.caller.number), since)
