"""The telephone beside calmdesk: what it says, from wherever, in order; and what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.errors import StoreError
from calmdesk.phone.baresip_link import BaresipLink
from calmdesk.phone.events import KEYS, LINKED, TEST, Kind, Listed, PhoneEvent
from calmdesk.phone.machine import Machine, Taken
from calmdesk.phone.spool import LogLine
from calmdesk.records import phone_calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.made_up_caller import MadeUpCaller
from calmdesk.screens.phone_acts import PhoneActs, not_followed
from calmdesk.screens.rings import Rings
from calmdesk.screens.spooled import Spooled

if TYPE_CHECKING:
    from calmdesk.screens.call_room import CallRoom
    from calmdesk.screens.desk_news import DeskNews
    from calmdesk.screens.keeping import Keeper
    from calmdesk.screens.workplace import Workplace


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
        self.machine = Machine(self._key_for)
        self.rings = Rings(app, place, call_room.waiting)
        self.acts = PhoneActs(app, place, keeper, call_room, news, self.rings, self.machine)
        self.made_up_caller = MadeUpCaller(self.rings)
        self.spooled = Spooled(app, place, keeper, self.take, partial(news.trouble, "followed"))
        self._call_room = call_room
        self._news = news
        self._made = 0
        self._steps: deque[Callable[[], Awaitable[object]]] = deque()
        self._working = self._listens = False
        self.link: BaresipLink | None = None
        """The line to baresip; None where it is not listened to."""
        self._linked: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Follow the telephone from now on, or as soon as the calls are taken here."""
        self.rings.begin()
        self.then(self.a_second)
        self._app.set_interval(1.0, partial(self.then, self.a_second))

    async def _listen(self) -> None:
        """Take up what was live when calmdesk last ended, then listen to whatever says something."""
        for line, contact_id in await self.place.desk.look(phone_calls.live):
            call = self.machine.begun(
                line.key, line.number, line.source, line.at, own_id=line.own_id
            )
            self.acts.taken_up(contact_id, call)
        self.acts.follow_keys()  # one of them may be in its wrap-up
        self._listens = True
        self.spooled.begin(self.machine.live, self.then, partial(self._news.trouble, "phone"))
        if self.place.settings.phone.baresip is not None:
            self._link(*self.place.settings.phone.baresip)

    def _link(self, host: str, port: int) -> None:
        """Listen to baresip, too."""
        self.link = link = BaresipLink(
            host,
            port,
            self.place.clock,
            heard=lambda events: self.then(partial(self.take, events)),
            listed=lambda listed: self.then(partial(self._reconcile, listed)),
            up=lambda: self._tell_link(""),
            down=self._link_down,
            trouble=self._tell_link,
        )
        self._tell_link(f"baresip is not at {link.place} yet; calmdesk goes on trying.")
        self._linked = asyncio.create_task(link.run())

    def _link_down(self) -> None:
        self._tell_link("The link to baresip is lost; calmdesk goes on trying.")
        self.then(self._lost)

    def _tell_link(self, sentence: str) -> None:
        self._news.trouble("link", sentence)

    def close(self) -> None:
        """Listen no more; what was not dealt with waits for the next calmdesk."""
        if self._linked is not None:
            self._linked.cancel()
        self.spooled.close()

    def take_ringing(self) -> bool:
        """The agent says with a key that they took the call that rings. False when none does."""
        first = self.rings.first
        if first is None:
            return self.made_up_caller.end()
        event = PhoneEvent(Kind.ANSWER, self.place.now(), first.key, first.number, source=KEYS)
        self.then(partial(self.take, [event]))
        return True

    # -- one after the other ----------------------------------------------------------------

    def then(self, step: Callable[[], Awaitable[object]]) -> None:
        """Do this after everything that was heard before."""
        self._steps.append(step)
        if not self._working:
            self._working = True
            run_beside(self._app, self._work, group="phone")

    async def _work(self) -> None:
        while self._steps:
            step = self._steps.popleft()
            try:
                await self._call_room.settled()
                if self._listens:
                    self.acts.follow_keys()
                await step()
                if self._listens:
                    self.acts.follow_numbers()
            except StoreError as error:
                self._news.trouble("followed", str(error))
            except Exception as error:  # a fault of ours here must not end somebody's call
                self._news.trouble("followed", not_followed(error))
        self._working = False

    async def take(self, events: Sequence[PhoneEvent]) -> list[Taken]:
        """Let events have happened, and do what follows."""
        now = self.place.now()
        taken = []
        for event in events:
            if event.source == TEST:
                taken.append(await self.made_up_caller.hear(event, now))
            else:
                taken.append(self.machine.take(replace(event, at=min(event.at, now))))
        await self.acts.act([change for it in taken for change in it.changes])
        self.spooled.log([self._line(*it) for it in zip(events, taken, strict=True)])
        return taken

    def _line(self, event: PhoneEvent, taken: Taken) -> tuple[int, *LogLine]:
        took = (self.place.now() - event.at).total_seconds()
        unknown = "withheld" if event.kind is Kind.RING else ""  # others may carry an id alone
        who = f"…{event.number[-3:]}" if event.number else unknown
        at = event.at.timestamp()
        return event.place, at, took, event.source, event.kind, who, taken.became

    async def _reconcile(self, listed: Sequence[Listed]) -> None:
        """baresip is there, with these calls."""
        await self.acts.act(self.machine.found(LINKED, listed, self.place.now()))

    async def _lost(self) -> None:
        """baresip is gone; its calls may go on."""
        await self.acts.act(self.machine.lost(LINKED, self.place.now()))

    async def a_second(self) -> None:
        """A second has passed: the calls may be taken here by now, and a call that rang for long is
        unclear."""
        if not self._listens:
            if not self._call_room.ours:
                await self._call_room.claim()  # the calmdesk that had them may be closed by now
            if not self._call_room.ours:
                return
            await self._listen()
            self._news.trouble("followed", "")
        now = self.place.now()
        await self.acts.act(self.machine.tick(now))
        self.made_up_caller.tick(now)
        self.spooled.settle()
        if not any(call.source == LINKED for call in self.machine.live):
            self.rings.say("")

    def _key_for(self, event: PhoneEvent) -> str:
        """A key for a call whose phone gives none."""
        if event.place:
            return self.spooled.key(event)
        self._made += 1
        return f"{event.source} {event.at.timestamp():.3f} {self._made}"
