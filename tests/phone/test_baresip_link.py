"""The line to baresip, against a server that speaks as it does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from calmdesk.clock import HandClock
from calmdesk.phone.baresip_link import FIRST, JITTER, LONGEST, STEADY, THROWN, BaresipLink
from calmdesk.phone.events import Kind, Listed
from calmdesk.phone.netstring import Decoder, encode

URI = "sip:+493012345678@127.0.0.1"


class Server:
    """Speaks as baresip 1.0.0 does: one client only, and no word that it was not asked for but
    events."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        """The lines of its list."""
        self.greets = b""
        """What it sends at once, as another program might."""
        self.throws_out = False
        self.asked: list[dict[str, Any]] = []
        self.clients = 0
        self.port = 0
        self._writer: asyncio.StreamWriter | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.drop()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def say(self, kind: str, **fields: str) -> None:
        call = {"id": "a", "direction": "incoming", "peeruri": URI, "type": kind}
        assert self._writer is not None
        self._writer.write(encode(json.dumps({"event": True, **call, **fields}).encode()))

    def drop(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.drop()
        self.clients += 1
        self._writer = writer
        writer.write(self.greets)
        if self.throws_out:
            self.drop()
        decoder = Decoder()
        with suppress(ConnectionError):
            while data := await reader.read(4096):
                for frame in decoder.feed(data):
                    self._answer(json.loads(frame), writer)
        writer.close()

    def _answer(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        self.asked.append(asked)
        listed = "\n".join((f"\n--- Active calls ({len(self.calls)}) ---", *self.calls, "\n"))
        said = {"response": True, "ok": True, "data": listed, "token": asked["token"]}
        writer.write(encode(json.dumps(said).encode()))


class Desk:
    """Told everything, in order; time passes when it says so."""

    def __init__(self, port: int) -> None:
        self.clock = HandClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
        self._told = asyncio.Queue[tuple[str, object]]()
        self._goes_on = asyncio.Semaphore(0)
        self.link = BaresipLink(
            "127.0.0.1",
            port,
            self.clock,
            heard=lambda events: self._tell("heard", [event.kind for event in events]),
            listed=lambda listed: self._tell("listed", listed),
            up=lambda: self._tell("up", None),
            down=lambda: self._tell("down", None),
            trouble=lambda sentence: self._tell("trouble", sentence),
            sleep=self._sleep,
        )

    def _tell(self, what: str, value: object) -> None:
        self._told.put_nowait((what, value))

    async def _sleep(self, seconds: float) -> None:
        self._tell("waits", seconds)
        await self._goes_on.acquire()

    async def told(self, what: str) -> Any:
        """The next thing that it is told, which is that. Returns its value."""
        async with asyncio.timeout(60):
            came, value = await self._told.get()
        assert came == what, value
        return value

    async def linked(self, *listed: Listed) -> None:
        await self.told("up")
        assert await self.told("listed") == list(listed)

    async def waits(self, seconds: float) -> None:
        """It waits for about so long."""
        assert seconds <= await self.told("waits") <= seconds * (1 + JITTER)

    def goes_on(self) -> None:
        """It has waited."""
        self._goes_on.release()


@asynccontextmanager
async def beside(server: Server) -> AsyncIterator[Desk]:
    """A desk that follows it."""
    await server.start()
    desk = Desk(server.port)
    following = asyncio.create_task(desk.link.run())
    try:
        yield desk
    finally:
        following.cancel()
        await asyncio.wait([following])
        await server.stop()


async def test_it_asks_which_calls_there_are_then_listens() -> None:
    server = Server()
    server.calls = [f"> [line 1]  0:00:07  ESTABLISHED             {URI}"]
    async with beside(server) as desk:
        await desk.linked(Listed(Kind.ANSWER, "", "+493012345678"))
        server.say("CALL_CLOSED")
        assert await desk.told("heard") == [Kind.HANGUP]
        server.say("CALL_INCOMING", id="b")
        assert await desk.told("heard") == [Kind.RING]
        server.say("CALL_ESTABLISHED", id="b")
        assert await desk.told("heard") == [Kind.ANSWER]
        server.calls = [f"> [line 1]  0:00:01  ESTABLISHED  (on hold)  {URI}"]
        server.say("CALL_REMOTE_SDP", id="b", param="answer")
        assert await desk.told("heard") == [Kind.HOLD], "asked after by itself"
    assert {asked["command"] for asked in server.asked} == {"listcalls"}


async def test_when_it_is_dropped_it_comes_back_and_asks_again() -> None:
    server = Server()
    async with beside(server) as desk:
        await desk.linked()
        server.say("CALL_INCOMING")
        await desk.told("heard")
        server.calls = [f"> [line 1]  0:00:07   INCOMING             {URI}"]
        server.drop()
        await desk.told("down")
        await desk.waits(FIRST)
        desk.goes_on()
        await desk.linked(Listed(Kind.RING, "a", "+493012345678"))


async def test_it_waits_longer_and_longer_until_a_link_has_stood() -> None:
    server = Server()
    async with beside(server) as desk:
        await desk.linked()
        await server.stop()
        await desk.told("down")
        for seconds in (0.5, 1, 2, 4, 8, LONGEST):
            await desk.waits(seconds)
            desk.goes_on()
        await desk.waits(LONGEST)
        await server.start()
        desk.goes_on()
        await desk.linked()
        desk.clock.wind(STEADY)
        server.drop()
        await desk.told("down")
        await desk.waits(FIRST)


async def test_two_programs_do_not_throw_each_other_out_for_ever() -> None:
    server = Server()
    server.throws_out = True
    async with beside(server) as desk:
        for time in range(THROWN):
            if time < THROWN - 1:
                await desk.waits(FIRST * 2**time)
                desk.goes_on()
        sentence = await desk.told("trouble")
        assert sentence.startswith(f"Another program keeps taking the link to {desk.link.place}.")
        server.throws_out = False
        assert server.clients == THROWN
        desk.link.begin_again()
        await desk.linked()
        assert server.clients == THROWN + 1


async def test_what_is_no_baresip_is_told_and_no_link() -> None:
    server = Server()
    server.greets = b"220 mail.example.org ready\r\n"
    async with beside(server) as desk:
        sentence = await desk.told("trouble")
        assert sentence.startswith(f"{desk.link.place} is not understood. ")
        await desk.waits(FIRST)
        desk.goes_on()
        assert await desk.told("trouble") == sentence
        server.greets = b""
        await desk.waits(2 * FIRST)
        desk.goes_on()
        await desk.linked()
