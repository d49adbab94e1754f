"""Rows of a wrap-up that ask for a time: of a promise noted without one, and of the next try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.call import Call
from calmdesk.guide.happenings import PromiseChanged
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around


class WhenRows(Vertical):
    """A row for each promise that has no time yet."""

    DEFAULT_CSS = """
    WhenRows { height: auto; }
    """

    def __init__(
        self, call: Call, around: Around, draft: Callable[[str], str], id: str | None = None
    ) -> None:
        """`draft` gives the half-typed text of a field, by its id."""
        super().__init__(id=id)
        self._call = call
        self._around = around
        self._draft = draft

    def show(self) -> None:
        """Ask for what has no time."""
        asked = {field.id for field in self.query(Field)}
        for promise in self._call.promises:
            field_id = f"when-{promise.promise_id}"
            if promise.due is None and field_id not in asked:
                field = Field(self._draft(field_id), f"{promise.what}: by when?", id=field_id)
                self.call_later(self.mount, FormRow("when?", field))

    def left(self) -> list[PromiseChanged]:
        """The times that stand in the rows and can be read, each for its promise."""
        read = (self._read(field) for field in self.query(Field))
        return [said for said in read if said is not None]

    def entered(self, field: Input) -> PromiseChanged | None:
        """The time that was entered; None when it is not read, and then it is asked for anew."""
        said = self._read(field)
        if said is None:
            unread = "not read; e.g. thu 12:00, +2h, 24 nov"
            field.placeholder = self._around.ask(field.value, unread)
            field.value = ""
        return said

    def _read(self, field: Input) -> PromiseChanged | None:
        promise = next((p for p in self._call.promises if f"when-{p.promise_id}" == field.id), None)
        reading = self._around.read(field.value) if promise is not None else None
        if promise is None or reading is None:
            return None
        due = self._around.due(reading)
        return PromiseChanged(
            promise.promise_id, promise.what, due, promise.feasible, promise.asked
        )


class TryAgain(Vertical):
    """When the next try is, after a call in vain. What they were told stays as it was."""

    DEFAULT_CSS = """
    TryAgain { height: auto; }
    """

    def __init__(self, around: Around, typed: str) -> None:
        """`typed` is the time that stands there first."""
        super().__init__()
        self._around = around
        self._typed = typed

    def compose(self) -> ComposeResult:
        yield FormRow("Try again", Field(self._typed, "+1h, mon 9", id="again"))
        yield Static(id="again-hint", classes="hint", markup=False)

    @on(Input.Changed)
    def show(self) -> None:
        """Show the time as it is read."""
        until = self.until
        self.query_one("#again-hint", Static).update(
            f"{self._around.told(until)}; what they were told stays"
            if until
            else "when? e.g. +1h, mon 9"
        )

    @property
    def until(self) -> datetime | None:
        """The instant of the next try; None while it cannot be read or is over."""
        typed = " ".join(self.query_one(Field).value.split())
        reading = self._around.read(typed)
        until = self._around.due(reading) if reading else None
        return until if until is not None and until > self._around.now() else None
