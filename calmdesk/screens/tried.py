"""How did it go? A try to ring them that was made without a call in here (S16)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.afterwards import Attempted
from calmdesk.guide.promises import Reached
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine

IN_VAIN = (Reached.VOICEMAIL, Reached.NO_ANSWER, Reached.WRONG_NUMBER)
"""What can come of a try; to reach them is a call, and is begun as one."""


class Tried(KeptForm):
    """What came of it, and a note."""

    def __init__(self, line: DueLine, first: Reached, new_id: Callable[[], str]) -> None:
        """`first` is marked."""
        super().__init__()
        self._new_id = new_id
        self._line = line
        self._first = first

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("How did it go?", classes="box-title", markup=False)
            yield Static(f"{self._line.customer}: {self._line.what}", markup=False)
            yield OptionList(
                *(Option(Content(it.value), id=it.value) for it in IN_VAIN), markup=False
            )
            yield FormRow(
                "Note", Field(placeholder="what was said on the machine", id="tried-note")
            )
            yield self.hint_line(
                "enter keeps it · tab to the note · escape changes nothing\n"
                "Only a person on the line is contact: it stays due."
            )

    def on_mount(self) -> None:
        results = self.query_one(OptionList)
        results.highlighted = IN_VAIN.index(self._first)
        results.focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer()

    def answer(self) -> Happenings:
        result = IN_VAIN[self.query_one(OptionList).highlighted or 0]
        return (Attempted(self._new_id(), self._line.id, result, self.text("tried-note")),)
