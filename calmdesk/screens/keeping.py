"""On the way to disk: everything a call does, in order, tried again until it is kept."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from calmdesk.clock import Clock
from calmdesk.errors import StoreError
from calmdesk.records.desk import Desk, shielded

AGAIN = 2.0
"""Seconds between two tries while the store cannot write."""


@dataclass(frozen=True)
class Keeping:
    """How the keeping stands; what the header of a call shows."""

    waiting: int = 0
    """Things not yet on disk."""
    kept_at: datetime | None = None
    """When the last thing reached the disk."""
    trouble: str = ""
    """Why nothing can be kept just now; '' while all is well."""


def untold(state: Keeping) -> None:
    """Nobody is told: there is no call on the screen."""


class Keeper:
    """Sends intents to the desk one after the other.

    One that fails stays first and is tried again: a later note never overtakes the call it belongs
    to. One that can never succeed is written to a rescue file as text, so that no word is lost.
    """

    def __init__(self, desk: Desk, clock: Clock, rescue: Path) -> None:
        self._desk = desk
        self._clock = clock
        self._rescue = rescue
        self._intents: deque[tuple[Callable[..., Any], tuple[Any, ...]]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._first: Future[Any] | None = None
        """The first intent on its way; None while it is not handed to the desk."""
        self._stuck = False
        """Whether the store could not take the first intent just now."""
        self._settled = asyncio.Event()
        self._settled.set()
        self.state = Keeping()
        self.tell: Callable[[Keeping], None] = untold
        """Called whenever the state changes."""

    def keep(self, verb: Callable[..., Any], *args: Any) -> None:
        """Have a verb done by the desk, after everything handed in before."""
        self._intents.append((verb, args))
        self._set(waiting=len(self._intents))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while self._intents:
            verb, args = self._intents[0]
            self._first = self._desk.submit(verb, *args)
            try:
                await shielded(self._first)
            except StoreError as error:
                self._first, self._stuck = None, True
                self._set(trouble=str(error))
                await asyncio.sleep(AGAIN)
                continue
            except Exception:  # a fault of ours: the words go to a file, and the call goes on
                self._pop()
                self._set(waiting=len(self._intents), trouble=self.rescue(verb, *args))
                continue
            self._pop()
            self._set(waiting=len(self._intents), kept_at=self._clock.now(), trouble="")

    def _pop(self) -> None:
        self._intents.popleft()
        self._first, self._stuck = None, False

    def rescue(self, verb: Callable[..., Any], *args: Any) -> str:
        """Write what the record does not take to the rescue file as text. Returns the sentence that
        says so."""
        line = f"{self._clock.now().isoformat()} {verb.__name__} {args!r}\n"
        try:
            with self._rescue.open("a", encoding="utf-8") as file:
                file.write(line)
            self._rescue.chmod(0o600)
        except OSError as error:
            return f"Not kept, and {self._rescue} cannot be written ({error.strerror}): {line}"
        return f"Not kept in the database; the words are in {self._rescue}."

    def _set(self, **changes: Any) -> None:
        self.state = Keeping(**{**self.state.__dict__, **changes})
        if self.state.waiting and not self._stuck:
            self._settled.clear()
        else:
            self._settled.set()
        self.tell(self.state)

    async def settle(self) -> None:
        """Wait until everything is on disk, or cannot be just now."""
        await self._settled.wait()

    def drain(self) -> list[str]:
        """After the screen is gone: put what still waits on disk, blocking; what cannot be goes
        to the rescue file. Returns sentences to print."""
        said: dict[str, None] = {}
        for verb, args in self._intents:
            try:
                (self._first or self._desk.submit(verb, *args)).result()
            except Exception as error:
                said[str(error) if isinstance(error, StoreError) else type(error).__name__] = None
                said[self.rescue(verb, *args)] = None
            self._first = None
        self._intents.clear()
        self._set(waiting=0)
        return list(said)
