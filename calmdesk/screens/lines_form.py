"""A small form of a few lines, each one sentence: what is asked of each stands in its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow


@dataclass(frozen=True)
class Row:
    """One line of the form."""

    label: str
    example: str = ""
    """What may stand there, shown while it is empty."""
    needed: str = ""
    """What to say when it is left empty; '' when it may be."""


class LinesForm(KeptForm):
    """Asks for some lines, and makes of them what happened."""

    def __init__(
        self, title: str, rows: Sequence[Row], make: Callable[[Sequence[str]], Happenings]
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._make = make

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            for place, row in enumerate(self._rows):
                yield FormRow(row.label, Field(placeholder=row.example, id=f"line-{place}"))
            yield self.hint_line()

    def answer(self) -> Happenings | None:
        lines = [self.text(f"line-{place}") for place in range(len(self._rows))]
        for place, (row, line) in enumerate(zip(self._rows, lines, strict=True)):
            if row.needed and not line:
                self.wants(f"line-{place}", row.needed)
                return None
        return self._make(lines)
