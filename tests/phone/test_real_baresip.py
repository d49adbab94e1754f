"""The whole line with a real baresip, called by a real sipp."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from calmdesk.clock import SystemClock
from calmdesk.phone.baresip_link import BaresipLink
from calmdesk.phone.events import LINKED, PhoneEvent
from calmdesk.phone.machine import Machine
from calmdesk.phone.phone_call import State
from calmdesk.phone.turns import Change
from tests.phone.real import LOOPBACK, PATIENCE, SECOND, WITHHELD, Baresip, Caller, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


class Desk:
    """Follows a baresip, and knows how its calls stand."""

    def __init__(self, phone: Baresip) -> None:
        self.clock, self._news = SystemClock(), asyncio.Event()
        self.machine = Machine(lambda event: f"of {event.number}")
        self.changes: list[Change] = []
        self.link = BaresipLink(
            LOOPBACK,
            phone.ctrl,
            self.clock,
            heard=self._heard,
            listed=lambda listed: self._note(
                self.machine.found(LINKED, listed, self.clock.now()), up=True
            ),
            up=lambda: None,
            down=lambda: self._note(self.machine.lost(LINKED, self.clock.now()), up=False),
            trouble=pytest.fail,
        )
        self.up = False

    def _heard(self, events: list[PhoneEvent]) -> None:
        for event in events:
            self._note(self.machine.take(event).changes)

    def _note(self, changes: list[Change], up: bool = True) -> None:
        self.up = up
        self.changes += changes
        self._news.set()

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not there():
                self._news.clear()
                await self._news.wait()

    async def stands(self, *states: State) -> None:
        """Wait until the calls stand so, the oldest first."""
        await self.until(lambda: [it.state for it in self.machine.calls.values()] == [*states])

    def clear(self) -> None:
        """All of it is wrapped up."""
        for key in list(self.machine.calls):
            self.machine.over(key, self.clock.now())
        self.changes.clear()

    @property
    def story(self) -> str:
        return ", ".join(change.what for change in self.changes)


@asynccontextmanager
async def beside(phone: Baresip) -> AsyncIterator[Desk]:
    """A desk that follows it."""
    desk = Desk(phone)
    following = asyncio.create_task(desk.link.run())
    try:
        await desk.until(lambda: desk.up)
        yield desk
    finally:
        following.cancel()
        await asyncio.wait([following])


async def test_a_day_at_a_real_telephone(tmp_path: Path) -> None:
    with Baresip(tmp_path / "phone") as phone:
        async with beside(phone) as desk:
            await held_and_hung_up(phone, desk)
            await nobody_answered(phone, desk)
            await one_while_another_waits(phone, desk)
            await cut_off(phone, desk)


async def held_and_hung_up(phone: Baresip, desk: Desk) -> None:
    with Caller(phone) as erika:
        await desk.stands(State.RINGING)
        phone.command("accept")
        await desk.stands(State.LISTENING)
        phone.command("hold")
        await desk.stands(State.ON_HOLD)
        phone.command("resume")
        await desk.stands(State.LISTENING)
        erika.hang_up()
        await desk.stands(State.WRAP_UP)
    [call] = desk.machine.calls.values()
    assert (call.number, call.name) == ("+493012345678", "Erika Muster")
    assert call.id == call.key
    desk.clear()


async def nobody_answered(phone: Baresip, desk: Desk) -> None:
    with Caller(phone, WITHHELD) as nobody:
        await desk.stands(State.RINGING)
        nobody.hang_up()
        await desk.stands()
    assert desk.story == "rings, missed"
    assert desk.changes[0].call.number == ""
    desk.clear()


async def one_while_another_waits(phone: Baresip, desk: Desk) -> None:
    with Caller(phone) as erika:
        await desk.stands(State.RINGING)
        phone.command("accept")
        await desk.stands(State.LISTENING)
        with Caller(phone, SECOND) as second:
            await desk.stands(State.LISTENING, State.RINGING)
            phone.command("accept")
            await desk.stands(State.ON_HOLD, State.LISTENING)
            phone.command("hangup")
            second.wait_until_over()
        phone.command("resume")  # 1.0.0 has done so by itself, 4.x has not
        await desk.stands(State.LISTENING, State.WRAP_UP)
        erika.hang_up()
        await desk.stands(State.WRAP_UP, State.WRAP_UP)
    desk.clear()


async def cut_off(phone: Baresip, desk: Desk) -> None:
    with Caller(phone):
        await desk.stands(State.RINGING)
        phone.command("accept")
        await desk.stands(State.LISTENING)
        phone.kill()
        await desk.until(lambda: not desk.up)
        await desk.stands(State.LISTENING)  # nobody knows yet
        phone.start()
        await desk.stands(State.WRAP_UP)
    assert desk.story == "rings, answered, link lost, link back, ended"
    assert desk.changes[-1].call.uncertain
