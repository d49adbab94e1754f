"""One line that says why; without it nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.happenings import Happening
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine


class Reason(KeptForm):
    """The reason why a promise is missed for good, or withdrawn."""

    def __init__(
        self, title: str, line: DueLine, make: Callable[[DueLine, str], Happening]
    ) -> None:
        """`make` says what happened, for a line and a reason."""
        super().__init__()
        self._title = title
        self._line = line
        self._make = make

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            yield Static(f"{self._line.customer}: {self._line.what}", markup=False)
            yield Field(placeholder="in a few words", id="reason")
            yield self.hint_line("enter keeps it with the promise · escape changes nothing")

    def answer(self) -> Happenings | None:
        reason = self.text("reason")
        if not reason:
            self.wants("reason", "Why? A few words; whoever reads the case later will ask.")
            return None
        return (self._make(self._line, reason),)
