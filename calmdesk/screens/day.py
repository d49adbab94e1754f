"""The Day: what needs somebody, how it goes, every case of some days, and the marked one read whole
beside them. It follows the record: what anybody writes stands here within a second."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.guide.filters import Filter, Sort
from calmdesk.records import browse, coaching, reviews
from calmdesk.records.case_rows import PAGE
from calmdesk.records.reading import read_case
from calmdesk.screens.as_of_strip import AsOfStrip
from calmdesk.screens.case_menu import CaseMenu
from calmdesk.screens.case_steps import step
from calmdesk.screens.case_work import CaseWork, possible
from calmdesk.screens.day_filter import DayFilter
from calmdesk.screens.day_keys import DayKeys
from calmdesk.screens.day_live import EVERY, DayLive
from calmdesk.screens.day_range import DayRange
from calmdesk.screens.day_reading import DayReading
from calmdesk.screens.day_top import DayTop
from calmdesk.screens.needs_room import NeedsRoom
from calmdesk.screens.order_menu import in_words
from calmdesk.widgets.case_table import CaseTable
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.figures_strip import FiguresStrip
from calmdesk.widgets.filter_line import FilterLine
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.known_issue_strip import KnownIssueStrip
from calmdesk.widgets.late_strip import LateStrip
from calmdesk.widgets.needs_strip import NeedsStrip
from calmdesk.widgets.news_line import NewsLine
from calmdesk.widgets.title_line import TitleLine
from calmdesk.words import count

if TYPE_CHECKING:
    from textual.worker import Worker

    from calmdesk.records.case_rows import CaseLine
    from calmdesk.screens.workplace import Workplace

ISSUES_EVERY = 20
"""Seconds between two looks for known issues that came, ended or ran out."""


class DayScreen(DayKeys):
    """The cases of some days. The case beside the list follows the cursor."""

    CSS_PATH = Path(__file__).with_name("day.tcss")
    HELP = (
        "What needs you, and all cases of a day. Left and right change the day, p its length, g goes "
        "to any; slash filters, o orders; enter reads a case whole. Figures stand beside those of the "
        "last four such weekdays, up to this hour where the day is not over."
    )

    class Left(Message):
        """The agent goes on to another place: `desk` or `learn`."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    title_line = getters.query_one(TitleLine)
    table = getters.query_one(CaseTable)
    figures = getters.query_one(FiguresStrip)
    case_view = getters.query_one(CaseView)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.shown = DayRange.of(place.wall().date())
        """What is listed."""
        self.work = CaseWork(self)
        self.needs_room = NeedsRoom(self)
        self.filtering = DayFilter(self)
        self.top = DayTop(self)
        self.live = DayLive(self)
        self._listing: DayReading | None = None
        self.reading = ""
        """Which case is read beside the list, or is about to be."""
        self._boxed = False
        """Whether a box lies over it."""

    @property
    def listing(self) -> DayReading:
        """What the list reads of the record."""
        if self._listing is None:
            self._listing = DayReading(self.place, self.table)
        return self._listing

    # -- what it looks like ---------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        place = self.place
        yield TitleLine("Day")
        yield KnownIssueStrip(place.wall, self._category_name)
        yield AsOfStrip(place)
        currency = place.settings.currency
        above = (NeedsStrip(currency), LateStrip(place.wall), NewsLine(), FiguresStrip(currency))
        for strip in (*above, FilterLine()):
            strip.add_class("day-top")
            yield strip
        with Horizontal(id="day-body"):
            with Vertical(id="day-list"):
                yield Static(id="day-heads", markup=False)
                yield CaseTable(place.wall, self._category_name, PAGE, currency)
            yield CaseView(steps=True)
        yield Static(id="day-empty", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.table.focus()
        self.set_interval(ISSUES_EVERY, self.show_issues)
        self.set_interval(EVERY, self.live.look)

    def _category_name(self, category: str) -> str:
        return self.place.words().category_name(category)  # the words may be read again

    def on_screen_suspend(self) -> None:
        self._boxed = isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """Back from elsewhere the day is read anew; under a box it stayed what it was."""
        if not self._boxed:
            self.remove_class("-reading")
            self.live.turn_over()
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
        for strip in self.query(KnownIssueStrip):  # none when calmdesk was left meanwhile
            strip.issues = issues

    @on(CaseTable.Resized)
    def draw_heads(self) -> None:
        self.query_one("#day-heads", Static).update(self.table.heads())

    # -- the list -------------------------------------------------------------------------------

    def show(self, shown: DayRange) -> None:
        """List something else."""
        self.shown = shown
        self.show_day()

    @property
    def searched(self) -> tuple[Filter | None, str]:
        shown = self.shown
        if shown.listed is None and not shown.filtered:
            return None, ""
        words = (shown.words, shown.listed_words if shown.listed else shown.days.name)
        return self.listing.chosen, ", ".join(word for word in words if word)

    @property
    def listed_as(self) -> tuple[Filter, Sort]:
        """Which cases are listed, and in which order."""
        return self.listing.chosen, self.listing.sort

    @work(exclusive=True, group="day")
    async def show_day(self) -> None:
        """Begin the list, and show what stands above it."""
        self.title_line.warning = ""
        self.title_line.left = self.shown.title
        self.filter_line.words = self.shown.words
        try:
            await self.live.begin()
            await self.begin_list()
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.top.show()
        self.remove_class("-reading")
        self._show_emptiness()
        if self._wanted:
            self.read(self._wanted)
            self.add_class("-reading")
            self.set_focus(self.case_view)
        elif self.focused not in (self.late, self.needs) and not self.filter_line.typing:
            self.table.focus()  # a case that was read, or a day without calls, had the focus

    async def begin_list(self) -> int:
        """List what is to be shown, from its top. Returns how many cases it has. Raises
        StoreError."""
        place, shown = self.place, self.shown
        self.table.dated = shown.one_day is None
        self.table.now = place.now()
        count = await self.listing.begin(shown.chosen(place.instant, place.now()), shown.order)
        await self._tell_count(count)
        self.draw_heads()
        return count

    async def _tell_count(self, listed: int) -> None:
        """How many cases are listed, and of how many; what is said of none."""
        shown, of = self.shown, listed
        if shown.filtered:
            whole = shown.whole(self.place.instant, self.place.now())
            of = await self.place.desk.look(browse.count, whole)
        some = f"{listed:,} of {count(of, 'case')}" if shown.filtered else count(of, "case")
        order = f", {in_words(shown.order)}" if listed > 1 else ""
        demo = " · demo" if self.place.demo else ""
        self.title_line.right = f"{count(of, 'case')}{order}{demo}"
        self.filter_line.said = some
        self._show_emptiness()
        self.query_one("#day-empty", Static).update(self._nothing(of))

    def _show_emptiness(self) -> None:
        """An empty list says so; not under a case that is read."""
        reads = self._wanted or self.has_class("-reading")
        self.set_class(not self.table.count and not reads, "-empty")

    def _nothing(self, of: int) -> str:
        """What is said of an empty list."""
        if self.shown.filtered and of:
            return f"0 of {count(of, 'case')}: nothing fits “{self.shown.words}”. x clears it, / changes it."
        if self._is_today:
            return "No new case today yet. ctrl+n takes a call."
        return "No new case on this day." if self.shown.one_day else "No new case in these days."

    @on(CaseTable.PageWanted)
    @work(group="pages")
    async def bring_page(self, event: CaseTable.PageWanted) -> None:
        try:
            await self.listing.bring(event.number)
        except StoreError as error:
            self.title_line.warning = str(error)

    def top_shown(self) -> None:
        """What stands above the list is as it should be; the focus stays on something."""
        if self.focused in (self.late, self.needs) and not self.focused.display:
            self.table.focus()
        self.refresh_bindings()

    @work(group="live")
    async def follow(self) -> None:
        await self.live.follow()

    async def read_again(self) -> bool:
        """Somebody has written: what is in sight is read anew, and stays where it is. Returns
        whether the list could be. Raises StoreError."""
        was = self.table.marked
        count = await self.listing.again()
        if count is not None:
            await self._tell_count(count)
        self.top.show()
        self.show_issues()
        if self.has_class("-reading") or not self._moved_from(was):
            if self.reading:
                self.read(self.reading)
        else:
            self.table.moved()
        if self.focused is None:
            self.table.focus()
        return count is not None

    def _moved_from(self, was: CaseLine | None) -> bool:
        """Whether the cursor stands on another case than before."""
        now = self.table.marked
        return now is not None and (was is None or was.id != now.id)

    # -- the clock ------------------------------------------------------------------------------

    def changed(self) -> None:
        """A promise was changed here."""
        super().changed()
        self.top.show()
        if self.reading:
            self.read(self.reading)

    def look_again(self) -> None:
        self.live.clock_went_on()
        self.top.show()

    def tick(self) -> None:
        super().tick()
        self.live.turn_over()
        before, now = self.table.now, self.place.now()
        if before is None or before.replace(second=0) != now.replace(second=0):
            self.table.now = self.late.now = self.needs.now = now

    # -- a case ---------------------------------------------------------------------------------

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

    def read(self, case_id: str) -> Worker[None]:
        """Read a case whole into the view beside the list."""
        self.reading = case_id
        return self._read(case_id)

    @work(exclusive=True, group="read")
    async def _read(self, case_id: str) -> None:
        place = self.place
        try:
            whole = await place.desk.look(browse.whole, case_id, place.now())
            clocks = await place.clocks([whole.line.id])
            notes = await place.desk.look(reviews.notes, whole.line.id)
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        shown = self.work.whole
        self.work.whole = whole
        running = clocks.get(whole.line.id, ())
        words, currency = place.words(), place.settings.currency
        lines = await asyncio.to_thread(
            read_case, whole, place.wall, words, currency, running, notes
        )
        self.case_view.show(lines, same=shown is not None and shown.line.id == whole.line.id)
        self.case_view.possible = possible(whole)
        self.table.renew(whole.line)
        if case_id == self._wanted:
            self._wanted = ""  # from now on the case beside the list follows its cursor again

    @on(CaseView.StepWanted)
    def step_on(self, event: CaseView.StepWanted) -> None:
        """Read the next case of the list, or the one before; it comes when its page has come."""
        self._wanted = ""
        step(self, event.rows)

    @on(CaseView.WorkWanted)
    @work(group="box")
    async def work_on(self, event: CaseView.WorkWanted) -> None:
        """Do one piece of work on the case that is read."""
        await self.work.run(event.kind)
        self.top.show()

    @on(CaseView.MenuWanted)
    @work(group="box")
    async def show_menu(self, event: CaseView.MenuWanted) -> None:
        """All that can be done to the case, a letter each."""
        kind = await self.app.push_screen_wait(CaseMenu(event.entries))
        if kind is not None:
            await self.work.run(kind)
            self.top.show()

    def list_cases(self, chosen: Filter, words: str) -> None:
        """List cases of no single day; `words` say which they are. Left, right and t lead back to
        the days."""
        self._wanted = ""
        self.filtering.drop()
        self.show(replace(self.shown, listed=chosen, listed_words=words, typed=Filter(), words=""))

    def action_leave(self) -> None:
        """From a case and from what needs somebody to the list; from the list to the Desk, or to
        Learn when it came from there."""
        self._wanted = ""
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self._show_emptiness()
            self.table.focus()
            marked = self.table.marked
            if marked is not None and marked.id != self.reading:
                self.read(marked.id)
        elif isinstance(self.focused, NeedsStrip | LateStrip) and self.table.count:
            self.table.focus()
        else:
            listed = self.shown.listed is not None
            self.shown = replace(self.shown, listed=None)
            self.post_message(self.Left("learn" if listed else "desk"))
