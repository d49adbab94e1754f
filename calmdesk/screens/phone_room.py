"""The telephone beside calmdesk: what it says, from wherever, in order; and what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.phone.baresip_link import BaresipLink
from calmdesk.phone.events import LINKED, Kind, Listed, PhoneEvent, event_of
from calmdesk.phone.machine import KEYS, Machine, PhoneCall, State, Taken
from calmdesk.phone.spool import Line, Row
from calmdesk.phone.spool_watch import SpoolWatch
from calmdesk.records import phone_calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.phone_acts import TEST, PhoneActs
from calmdesk.screens.rings import Rings

if TYPE_CHECKING:
    from calmdesk.screens.call_room import CallRoom
    from calmdesk.screens.desk_news import DeskNews
    from calmdesk.screens.keeping import Keeper
    from calmdesk.screens.workplace import Workplace


AGAIN = 2.0
"""Seconds between two tries while the store does not answer."""


class PhoneRoom:
    """Follows the telephone of this desk, once the calls are taken here."""

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
        self.machine = Machine(self._made_up)
        self.rings = Rings(app, place, call_room.waiting)
        self.acts = PhoneActs(app, place, keeper, call_room, news, self.rings, self.machine)
        self._call_room = call_room
        self._news = news
        self._uid = ""
        self._made = 0
        self._steps: deque[Callable[[], Awaitable[None]]] = deque()
        self._working = False
        self._watch: SpoolWatch | None = None
        self.link: BaresipLink | None = None
        """The line to baresip; None where it is not listened to."""
        self._linked: asyncio.Task[None] | None = None
        self._kept: list[tuple[int, PhoneCall | None]] = []
        """Events that lie in the spool still, with their calls."""
        self._first = True
        """Whether nothing has come from the spool yet: what was left there may be known."""

    def begin(self) -> None:
        """Follow the telephone from now on, or as soon as the calls are taken here."""
        self.rings.begin()
        self._then(self._pass)
        self._app.set_interval(1.0, partial(self._then, self._pass))

    async def _listen(self) -> None:
        """Take up what was live when calmdesk last ended, then ask the spool all the time."""
        for line, contact_id in await self.place.desk.look(phone_calls.live):
            call = self.machine.begun(
                line.key, line.number, line.source, line.at, own_id=line.own_id
            )
            self.acts.taken_up(contact_id, call)
        loop, context = asyncio.get_running_loop(), copy_context()

        def on_loop(what: Callable[..., object], *args: object) -> None:
            with suppress(RuntimeError):  # calmdesk is on its way out; the next one hears it
                loop.call_soon_threadsafe(what, *args, context=context)

        self._watch = SpoolWatch(
            str(self.place.places.spool),
            lambda uid, rows: on_loop(self._then, partial(self._hear, uid, rows)),
            lambda sentence: on_loop(self._news.trouble, "phone", sentence),
        )
        self._watch.begin()
        if self.place.settings.phone.baresip is not None:
            self._link(*self.place.settings.phone.baresip)

    def _link(self, host: str, port: int) -> None:
        """Listen to baresip, too."""
        self.link = link = BaresipLink(
            host,
            port,
            self.place.clock,
            heard=lambda events: self._then(partial(self._hear_link, events)),
            listed=lambda listed: self._then(partial(self._reconcile, listed)),
            up=lambda: self._tell_link(""),
            down=self._link_down,
            trouble=self._tell_link,
        )
        self._tell_link(f"baresip is not at {link.place} yet; calmdesk goes on trying.")
        self._linked = asyncio.create_task(link.run())

    def _link_down(self) -> None:
        self._tell_link("The link to baresip is lost; calmdesk goes on trying.")
        self._then(self._lost)

    def _tell_link(self, sentence: str) -> None:
        self._news.trouble("link", sentence)

    def close(self) -> None:
        """Listen no more; what was not dealt with waits for the next calmdesk."""
        if self._linked is not None:
            self._linked.cancel()
        if self._watch is not None:
            self._watch.close()

    def take_ringing(self) -> bool:
        """The agent says with a key that they took the call that rings. False when none does."""
        ringing = self.machine.ringing
        if not ringing:
            return False
        first = ringing[-1]  # of a phone that tells no end, older ones may have given up
        event = PhoneEvent(Kind.ANSWER, self.place.now(), first.key, first.number, source=KEYS)
        self._then(partial(self._take_one, event))
        return True

    # -- one after the other ----------------------------------------------------------------

    def _then(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do this after everything that was heard before."""
        self._steps.append(step)
        if not self._working:
            self._working = True
            run_beside(self._app, self._work, group="phone")

    async def _work(self) -> None:
        while self._steps:
            try:
                await self._steps.popleft()()
            except StoreError as error:
                self._news.trouble("phone", str(error))
        self._working = False

    async def _hear(self, uid: str, rows: Sequence[Row]) -> None:
        """What lay in the spool: act on it, then let go of it."""
        self._uid = uid
        heard = [event for row in rows if (event := event_of(row)) is not None]
        events = sorted(heard, key=lambda it: (it.at, it.place))
        while self._first:
            await self._pass_over_known(events)
        taken = await self._take(events)
        pairs = list(zip(events, taken, strict=True))
        calls = {event.place: it.call for event, it in pairs}
        self._kept += [(row[0], calls.get(row[0])) for row in rows]
        self._log([self._line(event, it) for event, it in pairs])
        run_beside(self._app, self._let_go, group="phone-let-go")

    async def _pass_over_known(self, events: Sequence[PhoneEvent]) -> None:
        """What an earlier calmdesk acted on, and was ended before it could let go of it. While the
        store does not answer, nothing is acted on."""
        keys = [event.key or self._made_up(event) for event in events]
        try:
            known = await self.place.desk.look(phone_calls.known, keys)
        except StoreError as error:
            self._news.trouble("phone", str(error))
            await asyncio.sleep(AGAIN)
            return
        self._first = False
        for key in known:
            if key not in self.machine.calls:
                self.machine.over(key, self.place.now())

    async def _hear_link(self, events: Sequence[PhoneEvent]) -> None:
        """What baresip said. Nothing of it is said twice, so nothing is let go of."""
        taken = await self._take(events)
        self._log([self._line(event, it) for event, it in zip(events, taken, strict=True)])

    async def _reconcile(self, listed: Sequence[Listed]) -> None:
        """baresip is there, with these calls."""
        self.acts.follow_keys()
        await self.acts.act(self.machine.found(LINKED, listed, self.place.now()))

    async def _lost(self) -> None:
        """baresip is gone; its calls may go on."""
        self.acts.follow_keys()
        await self.acts.act(self.machine.lost(LINKED, self.place.now()))

    async def _take_one(self, event: PhoneEvent) -> None:
        await self._take([event])

    async def _take(self, events: Sequence[PhoneEvent]) -> list[Taken]:
        """Let events have happened, and do what follows."""
        self.acts.follow_keys()
        now = self.place.now()
        taken = []
        for event in events:
            if event.source == TEST:
                taken.append(await self.acts.test(event))
            else:
                taken.append(self.machine.take(replace(event, at=min(event.at, now))))
        await self.acts.act([change for it in taken for change in it.changes])
        self.acts.follow_numbers()
        return taken

    async def _let_go(self) -> None:
        """Let go of what is on disk by now. What still rings stays in the spool: a restart shows it
        again."""
        await self.keeper.settle()
        if self.keeper.state.waiting or self._watch is None:
            return
        ringing = [it for it in self._kept if it[1] is not None and it[1].state is State.RINGING]
        done = [it[0] for it in self._kept if it not in ringing]
        self._kept = ringing
        if done:
            self._watch.done(done, [])

    def _log(self, lines: list[tuple[int, *Line]]) -> None:
        if self._watch is not None:
            self._watch.done([], lines)

    def _line(self, event: PhoneEvent, taken: Taken) -> tuple[int, *Line]:
        took = (self.place.now() - event.at).total_seconds()
        who = f"…{event.number[-3:]}" if event.number else "withheld"
        at = event.at.timestamp()
        return event.place, at, took, event.source, event.kind, who, taken.became

    async def _pass(self) -> None:
        """Once a second: the calls may be taken here by now, and a call that rang for long is
        unclear."""
        if self._watch is None:
            if not self._call_room.ours:
                await self._call_room.claim()  # the calmdesk that had them may be closed by now
            if not self._call_room.ours:
                return
            await self._listen()
        self.acts.follow_keys()
        changes = self.machine.tick(self.place.now())
        if changes:
            await self.acts.act(changes)
            run_beside(self._app, self._let_go, group="phone-let-go")
        if not any(call.source == LINKED for call in self.machine.live):
            self.rings.say("")

    def _made_up(self, event: PhoneEvent) -> str:
        """A key for a call whose phone gives none: the same for the same event, also after a
        restart."""
        if event.place:
            return f"{self._uid}-{event.place}"
        self._made += 1
        return f"{event.source} {event.at.timestamp():.3f} {self._made}"
