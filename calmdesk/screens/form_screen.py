"""A small form in a box over the screen: rows, enter to go on, escape to leave it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.binding import Binding
from textual.widgets import Input

from calmdesk.screens.box import Box

Answer = TypeVar("Answer")


class FormScreen(Box[Answer], Generic[Answer]):
    """Enter goes to the next field; in the last one it answers. Escape answers None."""

    DEFAULT_CSS = """
    FormScreen Input { background: $background; }
    """

    BINDINGS = [
        Binding(
            "ctrl+s",
            "answer",
            "keep",
            id="form.keep",
            tooltip="Keep what stands here",
            priority=True,
        ),
        Binding("escape", "leave", "leave it", id="form.leave", tooltip="Change nothing"),
    ]

    def answer(self) -> Answer | None:
        """What the fields say now; None when it cannot be kept yet, and a hint says why."""
        raise NotImplementedError

    def action_answer(self) -> None:
        answer = self.answer()
        if answer is not None:
            self.leave(answer)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        here = self.focused if isinstance(self.focused, Input) else event.input
        if here is fields[-1]:
            self.action_answer()
        else:
            self.set_focus(fields[fields.index(here) + 1])
