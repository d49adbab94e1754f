"""A time to type, shown back in full as it is read."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.widgets.field import Field
from calmdesk.widgets.stage_pane import Around


class WhenField(Vertical):
    """Takes a time in the grammar of the note line; what is over is no time to come."""

    DEFAULT_CSS = """
    WhenField { height: auto; }
    WhenField Static { height: auto; padding: 0 1; color: $quiet; }
    """

    def __init__(self, around: Around, due: datetime | None = None, id: str | None = None) -> None:
        """`due` is the instant that stands there first."""
        super().__init__(id=id)
        self._around = around
        self._first = due
        self._typed = around.dated(due).lower() if due is not None else ""

    def compose(self) -> ComposeResult:
        yield Field(self._typed, "thu 12:00, +2h, 24 nov", id=f"{self.id}-typed")
        yield Static(markup=False)

    def on_mount(self) -> None:
        self._read()

    @on(Input.Changed)
    def _read(self) -> None:
        due = self._named()
        self.query_one(Static).update(self.trouble or (self._around.told(due) if due else ""))

    def _named(self) -> datetime | None:
        typed = self.query_one(Field).value
        if typed.strip() == self._typed:
            return self._first
        reading = self._around.read(typed)
        return self._around.due(reading) if reading else None

    @property
    def due(self) -> datetime | None:
        """The UTC instant; None while none to come is read."""
        return None if self.trouble else self._named()

    @property
    def trouble(self) -> str:
        """What is wrong with what was typed, as a sentence; '' when nothing is."""
        due, typed = self._named(), self.query_one(Field).value
        if due is None:
            return self._around.ask(typed, "By when? e.g. thu 12:00, +2h, 24 nov")
        over = due <= self._around.now()
        return "That time is over; name one that is still to come." if over else ""
