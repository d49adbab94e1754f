"""A list of cases, however long: only the pages in sight are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from calmdesk.guide.english.times import distance
from calmdesk.guide.outcome import Status
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.long_list import LongList
from calmdesk.words import called

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine

HELD = 8
"""Pages that are kept; the one not looked at for longest goes first."""


class CaseTable(LongList):
    """One line a case. It asks for a page when it comes in sight, and shows dots until it is there."""

    DEFAULT_CSS = """
    CaseTable > .case-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    CaseTable > .case-table--quiet { color: $quiet; }
    """
    COMPONENT_CLASSES = {"case-table--cursor", "case-table--quiet"}

    BINDINGS = [
        Binding("enter", "open", "read it", id="cases.open", tooltip="Read the case whole"),
    ]

    now: reactive[datetime | None] = reactive(None)
    """This instant, against which promises are late."""

    @dataclass
    class PageWanted(Message):
        """A page has come in sight that is not held."""

        number: int
        before: CaseLine | None
        """The last row of the page before it, when that is held."""

    @dataclass
    class Marked(Message):
        """The cursor stands on a case."""

        case: CaseLine

    @dataclass
    class Opened(Message):
        """A case is to be read."""

        case: CaseLine

    def __init__(
        self,
        wall: Callable[[datetime], datetime],
        category: Callable[[str], str],
        page: int,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._wall = wall
        self._category = category
        self._page = page
        """Rows of a page."""
        self._pages: OrderedDict[int, Sequence[CaseLine]] = OrderedDict()
        self._wanted: set[int] = set()
        self.dated = False
        """Whether the cases are of more than one day, and their days are shown."""

    def begin(self, count: int) -> None:
        """Show a list of `count` cases, from the top; their pages come as they are wanted."""
        self._pages.clear()
        self._wanted.clear()
        self.hold(count)
        self.cursor = 0
        self.scroll_home(animate=False)
        if count:
            self._want(0)
        self.refresh()

    def take(self, number: int, rows: Sequence[CaseLine]) -> None:
        """A page that was wanted has come."""
        self._wanted.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > HELD:
            self._pages.popitem(last=False)
        self.refresh()
        if self.cursor // self._page == number:
            self.moved()

    def renew(self, case: CaseLine) -> None:
        """A case has changed: its row says so, wherever it is held."""
        for number, rows in self._pages.items():
            self._pages[number] = [case if row.id == case.id else row for row in rows]
        self.refresh()

    def row(self, place: int) -> CaseLine | None:
        """The case in a row; None while its page is not held."""
        page = self._pages.get(place // self._page)
        if page is None or place % self._page >= len(page):
            return None
        self._pages.move_to_end(place // self._page)
        return page[place % self._page]

    def _want(self, number: int) -> None:
        if number in self._wanted or number in self._pages or not self.count:
            return
        self._wanted.add(number)
        before = self._pages.get(number - 1)
        self.post_message(self.PageWanted(number, before[-1] if before else None))

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.width
        if place >= self.count:
            return Strip.blank(width, self.rich_style)
        case = self.row(place)
        if case is None:
            self._want(place // self._page)
            return Strip(
                [Segment("…".ljust(width), self.get_component_rich_style("case-table--quiet"))]
            )
        marked = place == self.cursor
        style = self.get_component_rich_style("case-table--cursor") if marked else self.rich_style
        line = self._line(case, width)
        return Strip([Segment(line.plain, style)]).adjust_cell_length(width, style)

    def _line(self, case: CaseLine, width: int) -> Content:
        at = self._wall(case.opened_at)
        heat = f"{case.heat_start}→{case.heat_end}" if case.heat_start else ""
        nexts = f"{self._wall(case.next_at):%a %H:%M}" if case.next_at else "—"
        late = self._late(case)
        return _cells(
            "!" if late or case.missed else " ",
            f"{at.day} {at:%b}" if self.dated else f"{at:%H:%M}",
            case.agent.split(" ")[0],
            called(case.customer),
            self._category(case.category),
            heat,
            late or (case.stands if case.waits else case.outcome or case.status),
            nexts,
            width=width,
            dated=self.dated,
        )

    def _late(self, case: CaseLine) -> str:
        """Sign and word of a promise that is past its time, or was missed and has no other after
        it; '' when none is."""
        due = case.promised_at
        if due is not None and self.now is not None and due <= self.now:
            return f"! {distance(due, self.now)}"
        return "! missed" if case.missed and due is None and case.status != Status.CLOSED else ""

    def heads(self) -> Content:
        """The names of the columns, as wide as they are."""
        names = (
            "!",
            "day" if self.dated else "time",
            "agent",
            "customer",
            "about",
            "heat",
            "outcome",
            "next",
        )
        return _cells(*names, width=self.width, dated=self.dated)

    def moved(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Marked(case))
        elif self.count:
            self._want(self.cursor // self._page)

    def action_open(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Opened(case))


def _cells(
    sign: str,
    time: str,
    agent: str,
    customer: str,
    about: str,
    heat: str,
    outcome: str,
    after: str,
    *,
    width: int,
    dated: bool,
) -> Content:
    """One row's cells in their columns."""
    return columns(
        [
            Part(sign, 1),
            Part(time, 6 if dated else 5),
            Part(agent, 7, from_width=64),
            Part(customer),
            Part(about, 15, from_width=56),
            Part(heat, 4),
            Part(outcome, 14),
            Part(after, 9, from_width=72),
        ],
        width,
        gap=1,
    )
