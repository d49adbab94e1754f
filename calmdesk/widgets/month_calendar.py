"""A month to move about in: the arrows go by days and weeks, page up and down by months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.periods import FIRST_YEAR, LAST_YEAR

_WEEKS = 6
_CELL = 4
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class MonthCalendar(Widget, can_focus=True):
    """Weeks begin on Monday. The marked day stands in brackets, today is underlined."""

    DEFAULT_CSS = """
    MonthCalendar { height: 8; width: 28; }
    """

    BINDINGS = [
        Binding("left", "move(-1)", "day", id="calendar.before", tooltip="The day before"),
        Binding(
            "right", "move(1)", "day", show=False, id="calendar.after", tooltip="The day after"
        ),
        Binding("up", "move(-7)", "week", id="calendar.up", tooltip="The week before"),
        Binding(
            "down", "move(7)", "week", show=False, id="calendar.down", tooltip="The week after"
        ),
        Binding("pageup", "turn(-1)", "month", id="calendar.last", tooltip="The month before"),
        Binding(
            "pagedown",
            "turn(1)",
            "month",
            show=False,
            id="calendar.next",
            tooltip="The month after",
        ),
        Binding("home", "today", "today", id="calendar.today", tooltip="Back to today"),
    ]

    day: reactive[date] = reactive(date(2000, 1, 1))
    """The marked day."""
    until: reactive[date | None] = reactive(None)
    """The last day of what is marked, where that is more than one; None for one."""

    @dataclass
    class Moved(Message):
        """Another day was marked here."""

        day: date

    @dataclass
    class Picked(Message):
        """A day was clicked twice."""

        day: date

    def __init__(self, day: date, today: date, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(MonthCalendar.day, day)
        self._today = today

    def render(self) -> Content:
        first = self.day.replace(day=1)
        title = f"{first:%B} {first.year}".center(_CELL * 7)
        lines = [
            Content.styled(title, "bold"),
            Content.styled("".join(f" {it}" for it in _DAYS), "$quiet"),
        ]
        start = first - timedelta(days=first.weekday())
        for week in range(_WEEKS):
            days = [start + timedelta(days=week * 7 + place) for place in range(7)]
            lines.append(Content("").join(self._cell(day) for day in days))
        return Content("\n").join(lines)

    def _cell(self, day: date) -> Content:
        if day.month != self.day.month:
            return Content(" " * _CELL)
        inside = self.day <= day <= (self.until or self.day)
        text = f"[{day.day:>2}]" if inside else f" {day.day:>2} "
        style = "bold $primary" if inside else ""
        if inside and self.has_focus:
            style += " reverse"
        if day == self._today:
            style += " underline"
        return Content.styled(text, style.strip())

    def _go(self, day: date) -> None:
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            self.until, self.day = None, day
            self.post_message(self.Moved(day))

    def action_move(self, days: int) -> None:
        self._go(self.day + timedelta(days=days))

    def action_turn(self, months: int) -> None:
        """The same day of another month, or its last."""
        year, month = divmod(self.day.year * 12 + self.day.month - 1 + months, 12)
        last = monthrange(year, month + 1)[1]
        self._go(date(year, month + 1, min(self.day.day, last)))

    def action_today(self) -> None:
        self._go(self._today)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 2:
            return
        first = self.day.replace(day=1)
        day = first + timedelta(days=(offset.y - 2) * 7 + offset.x // _CELL - first.weekday())
        if day.month == first.month:
            self._go(day)
            if event.chain > 1:
                self.post_message(self.Picked(day))
