"""A box over the screen: a question with a typed answer, or something to read."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events, on
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Box(ModalScreen[Answer | None], Generic[Answer]):
    """Its first child is the box. What it answers is None when it was only left."""

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; }
    Box > .box {
        width: 72; max-width: 96%; height: auto; max-height: 96%;
        padding: 1 2; background: $surface; border: round $border; overflow-y: auto;
    }
    Box .box-title { padding-bottom: 1; text-style: bold; }
    Box .box-hint { color: $quiet; height: auto; }
    Box OptionList {
        height: auto; max-height: 10; border: none; padding: 0; background: $surface;
    }
    Box OptionList:focus { border: none; }
    """

    _leaving: tuple[Answer | None] | None = None
    """What the box goes with; None while it stays."""

    def leave(self, answer: Answer | None = None) -> None:
        """Take the box away with an answer, as soon as nothing stands over it: that would be taken
        away in its place. Not awaited: a screen cannot await its own end."""
        self._leaving = (answer,)
        self._go()

    @on(events.ScreenResume)
    def _go(self) -> None:
        on_top = self.app.screen is self  # what shows through from below is current, too
        if self._leaving is not None and on_top:
            _ = self.dismiss(*self._leaving)

    def action_leave(self) -> None:
        self.leave()
