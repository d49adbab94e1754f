"""One row of a form: what it is, and where it is filled in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static


class FormRow(Horizontal):
    """A label and a widget side by side."""

    DEFAULT_CSS = """
    FormRow { height: auto; }
    FormRow > .row-label { width: 15; height: 1; color: $quiet; padding: 0 1; }
    FormRow > .row-field { width: 1fr; }
    FormRow Input { border: none; height: 1; padding: 0 1; background: $surface; }
    FormRow Input:focus { border: none; background: $panel; }
    FormRow TextArea { border: none; height: 3; padding: 0 1; background: $surface; }
    FormRow TextArea:focus { border: none; background: $panel; }
    """

    def __init__(self, label: str, field: Widget, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._field = field

    def compose(self) -> ComposeResult:
        yield Static(self._label, classes="row-label", markup=False)
        self._field.add_class("row-field")
        yield self._field

    def label(self, words: str) -> None:
        """Change what the row is called."""
        self.query_one(".row-label", Static).update(words)
