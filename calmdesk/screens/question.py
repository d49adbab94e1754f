"""A question with a typed answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.screens.box import Box


class Question(Box[str]):
    """One sentence and a few answers; escape answers None, which changes nothing."""

    BINDINGS = [
        Binding("escape", "leave", "leave it", id="question.leave", tooltip="Change nothing"),
    ]

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        """`answers` are value and words; the first is marked."""
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="box-title", markup=False)
            yield OptionList(
                *(Option(Content(words), id=value) for value, words in self._answers), markup=False
            )
            yield Static("enter chooses · escape changes nothing", classes="box-hint", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.leave(event.option.id)
