"""A small form in a box over the screen: rows, enter to go on, escape to leave it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Generic, Self, TypeVar

from textual import on
from textual.binding import Binding
from textual.widgets import Input, Static, TextArea

from calmdesk.errors import CalmdeskError
from calmdesk.screens.box import Box
from calmdesk.screens.half_typed import HalfTyped, Standing, standing
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.tick import Tick

Answer = TypeVar("Answer")
Kept = TypeVar("Kept")

AS_LEFT = "as you left it"


class FormScreen(Box[Answer], Generic[Answer]):
    """Enter goes to the next field; in the last one it answers. Escape answers None, and what was
    typed waits where the form is told to hold it."""

    DEFAULT_CSS = """
    FormScreen Input { background: $background; }
    FormScreen FormRow > .row-label { padding: 0 1 0 0; }
    FormScreen > .box { border-title-align: right; border-title-color: $quiet; }
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

    asking = False
    """Whether the record is asked to keep it: a second key press is no second answer, and escape
    waits for what becomes of the first."""
    _half: HalfTyped | None = None
    _about = ("", "")
    """What is asked, and the id of what it is asked about."""
    _began: Standing
    """What stood in the fields when the form was opened."""

    def hold(self, half: HalfTyped, about: str) -> Self:
        """Hold what is typed here and not kept, for the next time that the same is asked `about` the
        same: the id of a case, a promise, a call."""
        self._half, self._about = half, ("", about)
        return self

    def on_mount(self) -> None:
        """After the form's own: put back what was left here."""
        if self._half is None:
            return
        self._began = standing(self)
        self._about = (str(self.query_one(".box-title", Static).content), self._about[1])
        if self._half.fill_in(self._about, self):
            self.query_one(".box").border_title = AS_LEFT

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Tick.Turned)
    @on(ChoiceLine.Chosen)
    def hold_typed(self) -> None:
        """Hold on to what was changed here, however the form is taken away."""
        if self._half is not None:
            self._half.hold(self._about, self._began, self)

    async def kept(self, asked: Awaitable[Kept]) -> Kept:
        """What the record answers that is asked to keep what stands here. It alone says what becomes
        of the draft, also when the box is taken away meanwhile. Raises what it raises."""
        self.hold_typed()
        return await asyncio.shield(asyncio.ensure_future(self._settle(asked)))

    async def _settle(self, asked: Awaitable[Kept]) -> Kept:
        """Put the draft away while the record is asked; what is refused waits again."""
        half, self._half = self._half, None
        draft = half.pop(self._about, None) if half is not None else None
        try:
            return await asked
        except CalmdeskError:
            self._half = half
            if half is not None and draft is not None:
                half.setdefault(self._about, draft)
            raise

    def leave(self, answer: Answer | None = None) -> None:
        if answer is None:
            self.hold_typed()
        elif self._half is not None:
            self._half.pop(self._about, None)
            self._half = None
        super().leave(answer)

    def action_leave(self) -> None:
        if not self.asking:
            super().action_leave()

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
