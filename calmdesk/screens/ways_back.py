"""What one key takes back on a screen: the changes that were made there, the latest first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from calmdesk.errors import CalmdeskError, Refused
from calmdesk.screens.beside import run_beside

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace

Made = TypeVar("Made")
DEPTH = 50
"""Changes of a screen that can be taken back, one after the other."""


@dataclass(frozen=True)
class WayBack:
    """What takes one change back."""

    go: Callable[[], Awaitable[object]] | None
    """Has the record take it back, and raises `CalmdeskError` with why it cannot; None where taking it
    back would not be honest."""
    words: str
    """What is said then."""


class WaysBack:
    """The way back from what the agent at this desk changed on a screen."""

    def __init__(
        self, screen: Screen[Any], place: Workplace, changed: Callable[[], object]
    ) -> None:
        """`changed` is called when something was taken back."""
        self._screen = screen
        self._place = place
        self._changed = changed
        self._ways: deque[WayBack] = deque(maxlen=DEPTH)
        self._whose = place.me.id
        self._changing = asyncio.Lock()
        """Held while a change is made, and while one is taken back: the key that follows a change at
        once means that one."""

    async def make(
        self, change: Callable[[], Awaitable[Made]], way: Callable[[Made], WayBack | None]
    ) -> Made:
        """Have something changed, and remember the way back from what came of it. Raises what
        `change` raises."""
        async with self._changing:
            made = await change()
            if way_back := way(made):
                self.remember(way_back)
        return made

    def remember(self, way: WayBack) -> None:
        """Something was changed; this is taken back first."""
        self._forget_others()
        self._ways.append(way)

    def take(self) -> None:
        """Take the last change back, or say why that cannot be."""
        run_beside(self._screen, self._take, group="ways-back")

    async def _take(self) -> None:
        async with self._changing:
            self._forget_others()
            if not self._ways:
                self._say("There is nothing to take back.")
                return
            way = self._ways.pop()
            if way.go is None:
                self._say(way.words)
                return
            try:
                await way.go()
            except CalmdeskError as error:
                if not isinstance(error, Refused):
                    self._ways.append(way)  # the disk may be there again the next time
                self._say(str(error), wrong=True)
                return
        self._say(way.words)
        self._changed()

    def _forget_others(self) -> None:
        """What was done by somebody who sat here before stays."""
        if self._whose != self._place.me.id:
            self._whose = self._place.me.id
            self._ways.clear()

    def _say(self, words: str, wrong: bool = False) -> None:
        self._screen.notify(words, severity="warning" if wrong else "information", markup=False)
