"""Which days are shown? A month to move about in, or any period as it is typed."""

from __future__ import annotations

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.english.typed_period import FOR_EXAMPLE, read_period, show_back, spell_period
from calmdesk.guide.periods import Days, Stretch
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.month_calendar import MonthCalendar


class CalendarJump(FormScreen[Stretch]):
    """Answers the marked day, or the period that was typed; the month follows what is typed."""

    DEFAULT_CSS = """
    CalendarJump > .box { width: 60; }
    CalendarJump MonthCalendar { margin: 0 0 1 0; }
    CalendarJump Input, CalendarJump Input:focus { border: none; height: 1; padding: 0 1; }
    """

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self._day = day
        self._today = today

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Which day, or which days?", classes="box-title", markup=False)
            yield MonthCalendar(self._day, self._today)
            yield Field(placeholder=FOR_EXAMPLE, id="jump-typed")
            yield Static(id="jump-reading", classes="box-hint", markup=False)
            yield Static(
                "arrows move, page up and down turn the month, home is today\n"
                "or type it · enter shows it · escape changes nothing",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self.query_one(MonthCalendar).focus()
        self._say(spell_period(Days(self._day, 1)))

    @property
    def _typed(self) -> str:
        return self.query_one(Field).value.strip()

    def on_key(self, event: events.Key) -> None:
        """What is typed on the month goes into the field; enter on it answers."""
        if self.focused is not self.query_one(MonthCalendar):
            return
        if event.key == "enter":
            event.stop()
            self.action_answer()
        elif event.is_printable and (event.character != " " or self._typed):
            event.stop()
            field = self.query_one(Field)
            field.focus()  # it has the focus a little later: a blank behind a letter is typed, too
            field.insert_text_at_cursor(event.character or "")

    @on(MonthCalendar.Moved)
    def moved(self, event: MonthCalendar.Moved) -> None:
        """A day that is marked is meant, whatever was typed before."""
        field = self.query_one(Field)
        with field.prevent(Input.Changed):
            field.value = ""
        self._say(spell_period(Days(event.day, 1)))

    @on(MonthCalendar.Picked)
    def picked(self, event: MonthCalendar.Picked) -> None:
        self.leave(Days(event.day, 1))

    @on(Input.Changed)
    def show_back(self) -> None:
        """Show what is read of the typed words, on the month too."""
        period, month = read_period(self._typed, self._today), self.query_one(MonthCalendar)
        if not isinstance(period, str):
            month.day, month.until = period.first, period.last
        whole = Days(month.day, 1)
        self._say(show_back(self._typed, self._today) if self._typed else spell_period(whole))

    def answer(self) -> Stretch | None:
        if not self._typed:
            return Days(self.query_one(MonthCalendar).day, 1)
        period = read_period(self._typed, self._today)
        if isinstance(period, str):
            self._say(period)
            return None
        return period

    def _say(self, words: str) -> None:
        self.query_one("#jump-reading", Static).update(words)
