"""The Day: every case of a day, and the marked one read whole beside it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.guide.english.days import day_with_year
from calmdesk.guide.filters import Filter
from calmdesk.records import browse, coaching, register
from calmdesk.records.case_rows import PAGE
from calmdesk.records.reading import read_case
from calmdesk.screens.case_menu import CaseMenu
from calmdesk.screens.case_work import CaseWork, possible
from calmdesk.screens.due_screen import DueScreen
from calmdesk.widgets.case_table import CaseTable
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.known_issue_strip import KnownIssueStrip
from calmdesk.widgets.late_strip import LateStrip
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.workplace import Workplace

ISSUES_EVERY = 20
"""Seconds between two looks for known issues that came, ended or ran out."""


class DayScreen(DueScreen):
    """A day's cases, newest first. The case beside it follows the cursor."""

    HELP = "All cases of a day. Left and right change the day; enter reads a case whole."

    DEFAULT_CSS = """
    DayScreen #day-body { height: 1fr; }
    DayScreen #day-list { width: 3fr; }
    DayScreen CaseView { width: 2fr; }
    DayScreen #day-empty { padding: 1 2; color: $quiet; display: none; height: auto; }
    DayScreen.-empty #day-empty { display: block; }
    DayScreen.-empty #day-body { display: none; }
    DayScreen #day-heads { height: 1; padding: 0 1; color: $quiet; }
    DayScreen.-narrow CaseView, DayScreen.-normal CaseView { display: none; }
    DayScreen.-reading CaseView { display: block; width: 1fr; border-left: none; }
    DayScreen.-reading #day-list, DayScreen.-reading LateStrip { display: none; }
    DayScreen.-wide.-reading #day-list, DayScreen.-wide.-reading LateStrip.-late { display: block; }
    DayScreen.-wide.-reading CaseView { width: 2fr; border-left: solid $primary; }
    """

    BINDINGS = [
        Binding(
            "left",
            "step(-1)",
            "day before",
            id="day.before",
            priority=True,
            tooltip="The day before",
        ),
        Binding(
            "right", "step(1)", "day after", id="day.after", priority=True, tooltip="The day after"
        ),
        Binding("t", "today", "today", id="day.today", tooltip="Back to today"),
        Binding(
            "i",
            "app.known_issues",
            "known issue",
            id="day.issues",
            tooltip="Say what is known to be wrong on every call about it, or end that",
        ),
        Binding(
            "l",
            "late",
            "late ones",
            id="day.late",
            tooltip="To what is late, above the list of today",
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

    class Left(Message):
        """The agent goes on to another place: `desk` or `learn`."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    title_line = getters.query_one(TitleLine)
    table = getters.query_one(CaseTable)
    late = getters.query_one(LateStrip)
    case_view = getters.query_one(CaseView)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.day = place.wall().date()
        """The local day that is shown."""
        self.work = CaseWork(self)
        self._boxed = False
        """Whether a box lies over it."""
        self._wanted = ""
        """Id of a case to be read as soon as its day is shown."""
        self._listed: tuple[Filter, str] | None = None
        """Cases of no single day that are listed, and what they are; None while a day is shown."""

    def compose(self) -> ComposeResult:
        yield TitleLine("Day")
        yield KnownIssueStrip(self.place.wall, self._category_name)
        yield LateStrip(self.place.wall)
        with Horizontal(id="day-body"):
            with Vertical(id="day-list"):
                yield Static(id="day-heads", markup=False)
                yield CaseTable(self.place.wall, self._category_name, PAGE)
            yield CaseView()
        yield Static(id="day-empty", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.table.focus()
        self.set_interval(ISSUES_EVERY, self.show_issues)

    def _category_name(self, category: str) -> str:
        return self.place.words().category_name(category)  # the words may be read again

    def on_screen_suspend(self) -> None:
        self._boxed = isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """Back from elsewhere the day is read anew; under a box it stayed what it was."""
        if not self._boxed:
            self.show_day()
        self.show_issues()
        self.look_due()

    @work(exclusive=True, group="issues")
    async def show_issues(self) -> None:
        """Show what is known to be wrong now, whichever day is shown."""
        place = self.place
        try:
            issues = await place.desk.look(coaching.known_issues, place.now())
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.query_one(KnownIssueStrip).issues = issues

    @on(CaseTable.Resized)
    def draw_heads(self) -> None:
        self.query_one("#day-heads", Static).update(self.table.heads())

    @property
    def chosen(self) -> Filter:
        """The filter of this day: from local midnight to the next; or of what is listed instead."""
        if self._listed is not None:
            return self._listed[0]
        began = datetime.combine(self.day, time())
        after = began + timedelta(days=1)
        return Filter(self.place.instant(began), self.place.instant(after))

    @work(exclusive=True, group="day")
    async def show_day(self) -> None:
        """Count the day's cases and begin its list."""
        today = self._is_today
        self.show_late()
        day = f"Day  ◂ {day_with_year(self.day)} ▸"
        self.title_line.left = f"Cases  {self._listed[1]}" if self._listed else day
        try:
            count = await self.place.desk.look(browse.count, self.chosen)
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        demo = " · demo" if self.place.demo else ""
        self.title_line.right = f"{count} case{'' if count == 1 else 's'}{demo}"
        self.set_class(not count and not self._wanted, "-empty")
        self.query_one("#day-empty", Static).update(
            "No calls yet today. ctrl+n takes one." if today else "No calls on this day."
        )
        self.remove_class("-reading")
        self.table.dated = self._listed is not None
        self.table.now = self.place.now()
        self.table.begin(count)
        self.draw_heads()
        if self._wanted:
            self.read(self._wanted)
            self.add_class("-reading")
            self.set_focus(self.case_view)
        elif self.focused is not self.late:
            self.table.focus()  # a case that was read, or a day without calls, had the focus

    @property
    def _is_today(self) -> bool:
        """Whether the list is that of today."""
        return self._listed is None and self.day == self.place.wall().date()

    @work(exclusive=True, group="late")
    async def show_late(self) -> None:
        """What is late, whoever keeps it, leads the day of today (S66)."""
        now = self.place.now()
        lines: list[DueLine] = []
        if self._is_today:
            try:
                lines = await self.place.desk.look(register.late, now)
            except StoreError as error:
                self.title_line.warning = str(error)
                return
        self.late.now, self.late.lines = now, lines
        if not lines and self.focused is self.late:
            self.table.focus()
        self.refresh_bindings()

    def look_again(self) -> None:
        self.show_late()

    def changed(self) -> None:
        super().changed()
        self.show_late()

    def tick(self) -> None:
        super().tick()
        before, now = self.table.now, self.place.now()
        if before is None or before.replace(second=0) != now.replace(second=0):
            self.table.now = self.late.now = now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "late":
            return self.is_mounted and self.late.display and bool(self.late.lines)
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        self.keeping.undo()

    def action_late(self) -> None:
        self.late.focus()

    @on(LateStrip.Opened)
    def open_late(self, event: LateStrip.Opened) -> None:
        self.open_case(event.case_id)

    @on(CaseTable.PageWanted)
    @work(group="pages")
    async def bring_page(self, event: CaseTable.PageWanted) -> None:
        before = event.before.place if event.before else None
        try:
            rows = await self.place.desk.look(
                browse.page, self.chosen, event.number, self.place.now(), before
            )
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.table.take(event.number, rows)

    @on(CaseTable.Marked)
    def marked(self, event: CaseTable.Marked) -> None:
        if not self._wanted:
            self.read(event.case.id)

    @on(CaseTable.Opened)
    def opened(self, event: CaseTable.Opened) -> None:
        self._wanted = ""
        self.read(event.case.id)
        self.add_class("-reading")
        self.case_view.focus()

    @work(exclusive=True, group="read")
    async def read(self, case_id: str) -> None:
        """Read a case whole into the view beside the list."""
        place = self.place
        try:
            whole = await place.desk.look(browse.whole, case_id, place.now())
            clocks = await place.clocks([whole.line.id])
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        shown = self.work.whole
        self.work.whole = whole
        running = clocks.get(whole.line.id, ())
        lines = read_case(whole, place.wall, place.words(), place.settings.currency, running)
        self.case_view.show(lines, same=shown is not None and shown.line.id == whole.line.id)
        self.case_view.possible = possible(whole)
        self.table.renew(whole.line)

    @on(CaseView.WorkWanted)
    @work(group="box")
    async def work_on(self, event: CaseView.WorkWanted) -> None:
        """Do one piece of work on the case that is read."""
        await self.work.run(event.kind)
        self.show_late()

    @on(CaseView.MenuWanted)
    @work(group="box")
    async def show_menu(self, event: CaseView.MenuWanted) -> None:
        """All that can be done to the case, a letter each."""
        kind = await self.app.push_screen_wait(CaseMenu(event.entries))
        if kind is not None:
            await self.work.run(kind)
            self.show_late()

    def open_case(self, case_id: str) -> None:
        """Read one case, whichever day is shown."""
        self._wanted, self._listed = case_id, None
        self.show_day()

    def list_cases(self, chosen: Filter, words: str) -> None:
        """List cases of no single day; `words` say which they are. Left, right and t lead back to
        the days."""
        self._listed, self._wanted = (chosen, words), ""
        self.show_day()

    def action_step(self, days: int) -> None:
        self._wanted = ""
        if self._listed is None:
            self.day += timedelta(days=days)
        self._listed = None
        self.show_day()

    def action_today(self) -> None:
        self.day, self._listed = self.place.wall().date(), None
        self.show_day()

    def action_leave(self) -> None:
        """From a case to the list; from the list to the Desk, or to Learn when it came from there."""
        self._wanted = ""
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.set_class(not self.table.count, "-empty")
            self.table.focus()
        else:
            self.post_message(self.Left("learn" if self._listed else "desk"))
            self._listed = None
