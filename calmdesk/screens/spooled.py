"""What lies in the spool: acted on once, and let go of when what it brought about is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.phone.events import PhoneEvent, event_of
from calmdesk.phone.machine import Machine, Taken
from calmdesk.phone.phone_call import PhoneCall, State
from calmdesk.phone.spool import LogLine, Row
from calmdesk.phone.spool_watch import SpoolWatch
from calmdesk.records import phone_calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.phone_acts import line_of

if TYPE_CHECKING:
    from calmdesk.screens.keeping import Keeper
    from calmdesk.screens.workplace import Workplace

AGAIN = 2.0
"""Seconds between two tries while the store does not answer."""


class Spooled:
    """The events that a softphone's hook left, in the order in which they happened."""

    def __init__(
        self,
        app: App[Any],
        place: Workplace,
        keeper: Keeper,
        hear: Callable[[Sequence[PhoneEvent]], Awaitable[Sequence[Taken]]],
        trouble: Callable[[str], None],
    ) -> None:
        """`hear` acts on events, `trouble` says what is wrong, '' when nothing is."""
        self._app = app
        self._place = place
        self._keeper = keeper
        self._hear = hear
        self._trouble = trouble
        self._watch: SpoolWatch | None = None
        self._uid = ""
        self._first = True
        """Whether nothing has come from it yet: what was left there may be known."""
        self._live: list[PhoneCall] = []
        """Calls that go on since before calmdesk was started."""
        self._kept: list[tuple[int, PhoneCall | None]] = []
        """Events that lie in it still, with their calls."""

    def begin(
        self,
        live: Sequence[PhoneCall],
        then: Callable[[Callable[[], Awaitable[object]]], None],
        broken: Callable[[str], None],
    ) -> None:
        """Watch it from now on, with these calls going on. `then` does something after everything
        that was heard before, `broken` says what is wrong with the file."""
        self._live = [*live]
        loop, context = asyncio.get_running_loop(), copy_context()

        def on_loop(what: Callable[..., object], *args: object) -> None:
            with suppress(RuntimeError):  # calmdesk is on its way out; the next one hears it
                loop.call_soon_threadsafe(what, *args, context=context)

        self._watch = SpoolWatch(
            str(self._place.places.spool),
            lambda uid, rows: on_loop(then, partial(self.heard, uid, rows)),
            lambda sentence: on_loop(broken, sentence),
        )
        self._watch.begin()

    def close(self) -> None:
        """Watch it no more. What was not dealt with waits for the next calmdesk."""
        if self._watch is not None:
            self._let_go()
            self._watch.close()

    def key(self, event: PhoneEvent) -> str:
        """The key of a call whose phone gives none: the same for the same event, also after a
        restart."""
        return f"{self._uid}-{event.place}"

    async def heard(self, uid: str, rows: Sequence[Row]) -> None:
        """Act on what has come, once the store could say what of it is known."""
        if uid != self._uid:  # of another file the ids are others
            self._uid, self._kept = uid, []
        events = [event for row in rows if (event := event_of(row)) is not None]
        events.sort(key=lambda it: (it.at, it.place))
        while self._first:
            try:
                events = await self._not_known(events)
            except StoreError as error:
                self._trouble(str(error))
                await asyncio.sleep(AGAIN)
            else:
                self._trouble("")
                self._first = False
        taken = await self._hear(events)
        calls = {event.place: it.call for event, it in zip(events, taken, strict=True)}
        self._kept += [(row[0], calls.get(row[0])) for row in rows]
        self.settle()

    async def _not_known(self, events: Sequence[PhoneEvent]) -> list[PhoneEvent]:
        """Those on which no earlier calmdesk acted, that was ended before it could let go of them:
        events of a call that is in the record, and not live."""
        trial = Machine(self.key)
        heard = [(event, trial.take(event).call) for event in events]
        live = {*(call.key for call in self._live), *(call.began_at for call in self._live)}
        others = {
            call.key: line_of(call)
            for _, call in heard
            if call is not None and live.isdisjoint((call.key, call.began_at))
        }
        known = await self._place.desk.look(phone_calls.known, [*others.values()])
        return [event for event, call in heard if call is None or call.key not in known]

    def settle(self) -> None:
        """Let go of what is on disk, as soon as it is."""
        if self._kept:
            run_beside(self._app, self._settle, group="phone-let-go")

    async def _settle(self) -> None:
        await self._keeper.settle()
        self._let_go()

    def _let_go(self) -> None:
        """What still rings stays in the spool: a restart shows it again."""
        if self._keeper.state.waiting or self._watch is None:
            return
        ringing = {
            id for id, call in self._kept if call is not None and call.state is State.RINGING
        }
        done = [id for id, _ in self._kept if id not in ringing]
        self._kept = [it for it in self._kept if it[0] in ringing]
        if done:
            self._watch.done(self._uid, done, [])

    def log(self, lines: list[tuple[int, *LogLine]]) -> None:
        """Keep lines of the log."""
        if self._watch is not None:
            self._watch.done(self._uid, [], lines)
