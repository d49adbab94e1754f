"""One promise: its words, its time, whether it can be done, and who was asked (S57, S58)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.call import Promise
from calmdesk.guide.english.days import without_year
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

    def compose(self) -> ComposeResult:
        promise = self._promise
        due = self._around.wall(promise.due) if promise.due else None
        typed = without_year(due).lower() if due else ""
        with Vertical(classes="box"):
            yield Static("What they were told", classes="box-title", markup=False)
            yield FormRow("What", Field(promise.what, id="promise-what"))
            yield FormRow(
                "By when", Field(typed, id="promise-when", placeholder="thu 12:00, +2h, 24 nov")
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
        around, typed = self._around, self.query_one("#promise-when", Input).value
        reading = around.read(typed)
        words = around.told(around.due(reading)) if reading else around.ask(typed, "by when?")
        self.query_one("#promise-reading", Static).update(words)

    def answer(self) -> PromiseChanged | None:
        reading = self._around.read(self.query_one("#promise-when", Input).value)
        what = one_line(self.query_one("#promise-what", Input).value)
        return PromiseChanged(
            self._promise.promise_id,
            what or self._promise.what,
            self._around.due(reading) if reading else None,
            self.query_one("#promise-feasible", Tick).value,
            one_line(self.query_one("#promise-asked", Input).value),
        )
