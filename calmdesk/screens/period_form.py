"""Over which days are the causes counted? Any period, typed and shown back in full."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.english.typed_period import (
    FOR_EXAMPLE,
    WHICH,
    read_period,
    show_back,
)
from calmdesk.guide.periods import Stretch
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field


class PeriodForm(FormScreen[Stretch]):
    """Answers the period; what cannot be read is said in a sentence, and stays as it was typed."""

    DEFAULT_CSS = """
    PeriodForm Input, PeriodForm Input:focus { border: none; height: 1; padding: 0 1; }
    """

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Count the causes over which days?", classes="box-title", markup=False)
            yield Field(placeholder=FOR_EXAMPLE, id="period-typed")
            yield Static(WHICH, id="period-reading", classes="box-hint", markup=False)
            yield Static("enter counts · escape changes nothing", classes="box-hint", markup=False)

    @property
    def _read(self) -> Stretch | str:
        return read_period(self.query_one(Field).value, self._today)

    @on(Input.Changed)
    def show_back(self) -> None:
        """Show what is read, or why nothing is."""
        self._say(show_back(self.query_one(Field).value, self._today))

    def answer(self) -> Stretch | None:
        period = self._read
        if isinstance(period, str):
            self._say(period)
            return None
        return period

    def _say(self, words: str) -> None:
        self.query_one("#period-reading", Static).update(words)
