"""What one key takes back on a screen: the changes that were made there, the latest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.screen import Screen

from calmdesk.errors import CalmdeskError
from calmdesk.screens.beside import run_beside

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
    """The way back from each change of a screen."""

    def __init__(self, screen: Screen[Any], changed: Callable[[], object]) -> None:
        """`changed` is called when something was taken back."""
        self._screen = screen
        self._changed = changed
        self._ways: deque[WayBack] = deque(maxlen=DEPTH)

    def remember(self, way: WayBack) -> None:
        """Something was changed; this is taken back first."""
        self._ways.append(way)

    def take(self) -> None:
        """Take the last change back, or say why that cannot be."""
        if not self._ways:
            self._say("There is nothing to take back.")
        else:
            run_beside(self._screen, partial(self._take, self._ways.pop()), group="ways-back")

    async def _take(self, way: WayBack) -> None:
        try:
            if way.go is not None:
                await way.go()
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
            return
        self._say(way.words)
        self._changed()

    def _say(self, words: str, wrong: bool = False) -> None:
        self._screen.notify(words, severity="warning" if wrong else "information", markup=False)
