"""The keys of the Day, and what each of them does; those of each list stand with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.binding import Binding

from calmdesk.guide.filters import Sort
from calmdesk.screens.beside import run_beside
from calmdesk.screens.day_range import DayRange
from calmdesk.screens.due_screen import DueScreen
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.filter_line import FilterLine
from calmdesk.widgets.late_strip import LateStrip
from calmdesk.widgets.needs_strip import NeedsStrip

if TYPE_CHECKING:
    from calmdesk.screens.day_filter import DayFilter
    from calmdesk.screens.needs_room import NeedsRoom


OF_LIST = frozenset({"filter", "choose", "clear", "saved", "order", "jump", "length", "pictures"})
"""What is done to the list, and not while a case is read."""


class DayKeys(DueScreen):
    """What is shown changes by `show`; a case is read by `open_case`."""

    BINDINGS = [
        Binding(
            "left",
            "step(-1)",
            "before",
            id="day.before",
            priority=True,
            tooltip="The day, week or month before",
        ),
        Binding(
            "right",
            "step(1)",
            "after",
            id="day.after",
            priority=True,
            tooltip="The day, week or month after",
        ),
        Binding("slash", "filter", "filter", id="day.filter", tooltip="Type which cases are shown"),
        Binding(
            "f",
            "choose",
            "choose",
            id="day.choose",
            tooltip="Choose from lists which cases are shown",
        ),
        Binding("x", "clear", "clear", id="day.clear", show=False, tooltip="Show all cases again"),
        Binding(
            "v",
            "saved",
            "saved",
            id="day.saved",
            show=False,
            tooltip="Filters kept by name: use one, keep the one in force, drop one",
        ),
        Binding("o", "order", "order", id="day.order", tooltip="By risk, by time or by any column"),
        Binding("g", "jump", "day", id="day.jump", tooltip="A calendar; or type any day or days"),
        Binding("p", "length", "period", id="day.length", tooltip="A day, its week, its month"),
        Binding(
            "c",
            "pictures",
            "charts",
            id="day.pictures",
            tooltip="Heat over the day, causes by week, waiting promises by age",
        ),
        Binding("t", "today", "today", id="day.today", tooltip="Back to today"),
        Binding(
            "n",
            "needs",
            "needs you",
            id="day.needs",
            show=False,
            tooltip="To what needs you, above the list of today",
        ),
        *(
            Binding(
                f"{number}",
                f"need({number - 1})",
                f"line {number}",
                id=f"day.need{number}",
                show=False,
                tooltip=f"Do what line {number} of what needs you proposes",
            )
            for number in (1, 2, 3)
        ),
        Binding(
            "l",
            "late",
            "late ones",
            id="day.late",
            show=False,
            tooltip="To what is late, above the list of today",
        ),
        Binding(
            "i",
            "app.known_issues",
            "known issue",
            id="day.issues",
            show=False,
            tooltip="Say what is known to be wrong on every call about it, or end that",
        ),
        Binding(
            "u", "undo", "undo", id="day.undo", tooltip="Take the last change back", show=False
        ),
        Binding(
            "escape",
            "leave",
            "back",
            id="day.leave",
            tooltip="From a case to the list, from the list to the Desk",
        ),
    ]

    needs = getters.query_one(NeedsStrip)
    late = getters.query_one(LateStrip)
    filter_line = getters.query_one(FilterLine)
    shown: DayRange
    """What is listed."""
    needs_room: NeedsRoom
    filtering: DayFilter
    _wanted = ""
    """Id of a case to be read as soon as its day is shown."""

    def show(self, shown: DayRange) -> None:
        """List something else."""
        raise NotImplementedError

    def open_case(self, case_id: str) -> None:
        """Read one case, whichever day is shown."""
        self._wanted = case_id
        self.show(replace(self.shown, listed=None))

    # -- what needs somebody, and what is late --------------------------------------------------

    @on(NeedsStrip.Acted)
    def act(self, event: NeedsStrip.Acted) -> None:
        run_beside(self, partial(self.needs_room.act, event.need), group="needs")

    @on(NeedsStrip.Seen)
    def see(self, event: NeedsStrip.Seen) -> None:
        run_beside(self, partial(self.needs_room.see, event.need), group="needs")

    @on(NeedsStrip.Opened)
    @on(LateStrip.Opened)
    def open_above(self, event: NeedsStrip.Opened | LateStrip.Opened) -> None:
        self.open_case(event.case_id)

    def action_need(self, number: int) -> None:
        need = self.needs_room.meant(number)
        if need is not None:
            run_beside(self, partial(self.needs_room.act, need), group="needs")

    def action_needs(self) -> None:
        self.needs.focus()

    def action_late(self) -> None:
        self.late.focus()

    def action_undo(self) -> None:
        self.ways_back.take()

    # -- which cases ----------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.filtering.begin()

    @on(FilterLine.Typed)
    def filter_typed(self, event: FilterLine.Typed) -> None:
        self.filtering.typed(event.text)

    @on(FilterLine.Entered)
    def filter_entered(self, event: FilterLine.Entered) -> None:
        self.filtering.entered(event.text)

    @on(FilterLine.Left)
    def filter_left(self) -> None:
        self.filtering.give_up()

    def action_clear(self) -> None:
        self.filtering.clear()

    @work(group="box")
    async def action_choose(self) -> None:
        await self.filtering.choose()

    @work(group="box")
    async def action_saved(self) -> None:
        await self.filtering.saved()

    @work(group="box")
    async def action_order(self) -> None:
        """Ask for another order."""
        from calmdesk.screens.order_menu import OrderMenu

        sort = await self.app.push_screen_wait(OrderMenu(self.shown.order, self.shown.unsorted))
        if sort is not None:
            self.show(replace(self.shown, sort=Sort(sort)))

    # -- which days -----------------------------------------------------------------------------

    def action_step(self, count: int) -> None:
        self._wanted = ""
        self.show(self.shown.step(count))

    def action_today(self) -> None:
        self._wanted = ""
        today = DayRange.of(self.place.wall().date())
        self.show(replace(self.shown, days=today.days, listed=None))

    def action_length(self) -> None:
        self._wanted = ""
        self.show(self.shown.longer(self.place.wall().date()))

    @work(group="box")
    async def action_jump(self) -> None:
        """Go to any day or days."""
        from calmdesk.screens.calendar_jump import CalendarJump

        first, today = self.shown.days.first, self.place.wall().date()
        days = await self.app.push_screen_wait(CalendarJump(first, today))
        if days is not None:
            self._wanted = ""
            self.show(replace(self.shown, days=days, listed=None))

    @work(group="box")
    async def action_pictures(self) -> None:
        """Where one would rather look than read."""
        from calmdesk.screens.pictures import PicturesScreen

        place, shown = self.place, self.shown
        chosen, words = shown.chosen(place.instant, place.now()), shown.listed_words
        screen = PicturesScreen(place, chosen, words if shown.listed else shown.words)
        await self.app.push_screen_wait(screen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action in OF_LIST and isinstance(self.focused, CaseView):
            return False  # a letter means the case that is read, or nothing
        if action == "step":
            return not self.filter_line.typing
        if action == "today":
            return not self._is_today
        if action == "clear":
            return self.shown.filtered
        if action in ("need", "needs"):
            return self.needs.display and bool(self.needs.shown)
        if action == "late":
            return self.late.display
        return super().check_action(action, parameters)

    @property
    def _is_today(self) -> bool:
        """Whether the list is that of today."""
        return self.shown.one_day == self.place.wall().date()
