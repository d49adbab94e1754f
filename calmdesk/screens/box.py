"""A box over the screen: a question with a typed answer, or something to read."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Box(ModalScreen[Answer | None], Generic[Answer]):
    """Its first child is the box. What it answers is None when it was only left."""

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; }
    Box > .box {
        width: 72; max-width: 96%; height: auto; max-height: 96%;
        padding: 1 2; background: $surface; border: round $border;
    }
    Box .box-title { padding-bottom: 1; text-style: bold; }
    Box .box-hint { color: $quiet; height: auto; }
    Box OptionList {
        height: auto; max-height: 10; border: none; padding: 0; background: $surface;
    }
    Box OptionList:focus { border: none; }
    """

    def leave(self, answer: Answer | None = None) -> None:
        """Take the box away with an answer. Not awaited: a screen cannot await its own end."""
        _ = self.dismiss(answer)

    def action_leave(self) -> None:
        self.leave()
