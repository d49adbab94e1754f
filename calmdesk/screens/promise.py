"""One promise: its words, its time, whether it can be done, and who was asked (S57, S58)."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.call import Promise
from calmdesk.guide.happenings import PromiseChanged
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.widgets.tick import Tick
from calmdesk.words import one_line


class PromiseScreen(FormScreen[PromiseChanged]):
    """Mends a promise that was told in this call."""

    def __init__(self, promise: Promise, around: Around) -> None:
        super().__init__()
        self._promise = promise
        self._around = around
        self._typed = around.dated(promise.due).lower() if promise.due else ""
        """What stands first in the field of its time."""

    def compose(self) -> ComposeResult:
        promise = self._promise
        with Vertical(classes="box"):
            yield Static("What they were told", classes="box-title", markup=False)
            yield FormRow("What", Field(promise.what, id="promise-what"))
            yield FormRow(
                "By when",
                Field(self._typed, id="promise-when", placeholder="thu 12:00, +2h, 24 nov"),
            )
            yield Static(id="promise-reading", classes="box-hint", markup=False)
            yield FormRow(
                "Asked",
                Field(
                    promise.asked,
                    id="promise-asked",
                    placeholder="whom, and their answer: dispatch, yes",
                ),
            )
            yield FormRow(
                "Can be done",
                Tick("I know that it can", promise.feasible, id="promise-feasible"),
            )
            yield Static(
                "ctrl+s keeps it · escape leaves it as it was", classes="box-hint", markup=False
            )

    def on_mount(self) -> None:
        self._read()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "promise-when":
            self._read()

    def _read(self) -> None:
        around, due = self._around, self._due()
        typed = self.query_one("#promise-when", Input).value
        words = around.told(due) if due else around.ask(typed, "by when?")
        self.query_one("#promise-reading", Static).update(words)

    def _due(self) -> datetime | None:
        """The UTC instant that stands in the form; what nobody touched stays, though it be over."""
        typed = self.query_one("#promise-when", Input).value
        if typed.strip() == self._typed:
            return self._promise.due
        reading = self._around.read(typed)
        return self._around.due(reading) if reading else None

    def answer(self) -> PromiseChanged | None:
        what = one_line(self.query_one("#promise-what", Input).value)
        return PromiseChanged(
            self._promise.promise_id,
            what or self._promise.what,
            self._due(),
            self.query_one("#promise-feasible", Tick).value,
            one_line(self.query_one("#promise-asked", Input).value),
        )
