"""The line to baresip's ctrl_tcp: kept up, listened to, and asked nothing but which calls there are."""

import asyncio
import random
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from calmdesk.clock import Clock
from calmdesk.errors import fault
from calmdesk.phone.baresip import Translator
from calmdesk.phone.baresip_frames import CHANGES, WHOLE, listcalls
from calmdesk.phone.events import Listed, PhoneEvent
from calmdesk.phone.netstring import Decoder, FrameError, encode

FIRST, LONGEST, JITTER = 0.5, 10.0, 0.1
"""Seconds until one connects again: at first, and at most, as each time is twice the one before;
and by how much of itself each is drawn out, so that two programs do not meet for ever."""
STEADY = 30.0
"""Seconds after which a link counts as standing: the next one is sought as fast as the first."""
THROWN, SHORT = 3, 5.0
"""Times in a row that a link ended within so many seconds: then another program wants it, too."""
PATIENCE = 5.0
"""Seconds that one waits at most for a connection."""
_CHUNK = 64 * 1024


class BaresipLink:
    """Follows one baresip, and never tells it what to do."""

    def __init__(
        self,
        host: str,
        port: int,
        clock: Clock,
        *,
        heard: Callable[[list[PhoneEvent]], None],
        listed: Callable[[list[Listed]], None],
        up: Callable[[], None],
        down: Callable[[], None],
        trouble: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """All are called on the loop: `up` once baresip says something, `listed` with every call
        after each connect, `trouble` with a sentence for the person."""
        self.host, self.port = host, port
        self._clock, self._sleep = clock, sleep
        self._heard, self._listed, self._trouble = heard, listed, trouble
        self._up, self._down = up, down
        self._translator = Translator()
        self._writer: asyncio.StreamWriter | None = None
        self._again = asyncio.Event()
        self._is_up = False

    async def run(self) -> None:
        """Stay on the line until cancelled."""
        pause, thrown = FIRST, 0
        while True:
            stood, wrong = None, ""
            try:
                stood = await self._stand()
            except FrameError as error:
                wrong = f"{self.place} is not understood. {error}"
            except Exception as error:  # a fault of ours must not end the following of a phone
                wrong = f"The link to baresip failed ({fault(error)})."
            if self._is_up:
                self._is_up = False
                self._down()
            if wrong:
                self._trouble(wrong)
            if stood is not None and stood >= STEADY:
                pause = FIRST
            thrown = thrown + 1 if stood is not None and stood < SHORT else 0
            if thrown == THROWN:
                taken = f"Another program keeps taking the link to {self.place}."
                self._trouble(f"{taken} ctrl+p, Connect to baresip, tries again.")
                self._again.clear()
                await self._again.wait()
                pause, thrown = FIRST, 0
                continue
            await self._sleep(pause * random.uniform(1, 1 + JITTER))
            pause = min(2 * pause, LONGEST)

    def begin_again(self) -> None:
        """Connect once more, after it was given up."""
        self._again.set()

    @property
    def place(self) -> str:
        """Where baresip is listened to."""
        return f"{self.host}:{self.port}"

    async def _stand(self) -> float | None:
        """Connect, and listen while the link stands. Returns the seconds that it stood; None when
        there was none. Raises FrameError where no baresip is at its end."""
        try:
            async with asyncio.timeout(PATIENCE):
                reader, self._writer = await asyncio.open_connection(self.host, self.port)
        except OSError:
            return None
        since = self._clock.monotonic()
        try:
            self._ask(WHOLE)
            with suppress(OSError):  # however it ends, it is down
                await self._listen(reader, self._writer)
        finally:
            self._writer.close()
            self._writer = None
        return self._clock.monotonic() - since

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        decoder = Decoder()
        _acknowledge_at_once(writer)
        while data := await reader.read(_CHUNK):
            _acknowledge_at_once(writer)
            for frame in decoder.feed(data):
                self._hear(frame)

    def _hear(self, frame: bytes) -> None:
        if not self._is_up:
            self._is_up = True
            self._up()
        said = self._translator.heard(frame, self._clock.now())
        if said.listed is not None:
            self._listed(list(said.listed))
        if said.events:
            self._heard(list(said.events))
        if said.ask:
            self._ask(CHANGES)

    def _ask(self, token: str) -> None:
        if self._writer is not None:
            self._writer.write(encode(listcalls(token)))


def _acknowledge_at_once(writer: asyncio.StreamWriter) -> None:
    """Have the system acknowledge what comes next at once: baresip holds a frame back until the one
    before is, and else that takes 40 ms. It has to be said anew each time."""
    if sys.platform == "linux":
        with suppress(OSError):
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
