"""One line that says why; without it nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine


class Reason(FormScreen[str]):
    """Answers the reason why a promise is missed for good, or withdrawn."""

    def __init__(self, title: str, line: DueLine) -> None:
        super().__init__()
        self._title = title
        self._line = line

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            yield Static(f"{self._line.customer}: {self._line.what}", markup=False)
            yield Field(placeholder="in a few words", id="reason")
            yield Static(
                "enter keeps it with the promise · escape changes nothing",
                id="reason-hint",
                classes="box-hint",
                markup=False,
            )

    def answer(self) -> str | None:
        reason = one_line(self.query_one(Field).value)
        if not reason:
            self.query_one("#reason-hint", Static).update(
                "Why? A few words; whoever reads the case later will ask."
            )
        return reason or None
