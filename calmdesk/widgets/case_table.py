"""A list of cases, however long: only the pages in sight are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from calmdesk.guide.filters import Sort
from calmdesk.widgets.case_cells import case_cells, head_cells
from calmdesk.widgets.long_list import LongList

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
        currency: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._wall = wall
        self._category = category
        self._currency = currency
        self._page = page
        """Rows of a page."""
        self._pages: OrderedDict[int, Sequence[CaseLine]] = OrderedDict()
        self._wanted: set[int] = set()
        self.dated = False
        """Whether the cases are of more than one day, and their days are shown."""
        self.sort = Sort.TIME
        """The order they stand in; its column is marked."""

    def begin(self, count: int, first: Sequence[CaseLine]) -> None:
        """Show a list of `count` cases, from the top, with its first page; the others come as they
        are wanted."""
        self._pages.clear()
        self._wanted.clear()
        self.hold(count)
        self.set_reactive(CaseTable.cursor, 0)
        self.scroll_home(animate=False)
        self.take(0, first)

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

    def swap(self, count: int, pages: Mapping[int, Sequence[CaseLine]], cursor: int) -> None:
        """The list was read anew: show it as it is now, with the cursor at a row, in one step and
        without a flicker. What was on top stays on top; else the cursor stays where it stood."""
        top = self.top_for(cursor, count)
        self._pages = OrderedDict(pages)
        self._wanted.clear()
        self.hold(count)
        self.set_reactive(CaseTable.cursor, max(0, min(cursor, count - 1)))
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self.refresh()

    def top_for(self, cursor: int, count: int) -> int:
        """The first row in sight once the cursor has moved to a row of a list of `count`."""
        height, top = self.scrollable_content_region.height, self.scroll_offset.y
        if top == 0 and cursor < height:
            return 0
        return max(0, min(top + cursor - self.cursor, count - height))

    def pages_at(self, cursor: int, count: int) -> list[int]:
        """The pages that are in sight then."""
        top = self.top_for(cursor, count)
        last = min(count, top + self.scrollable_content_region.height) - 1
        return list(range(top // self._page, max(top, last) // self._page + 1)) if count else []

    @property
    def marked(self) -> CaseLine | None:
        """The case that the cursor stands on; None while its page is not held."""
        return self.row(self.cursor)

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

    def place_of(self, case_id: str) -> int | None:
        """The row of a case, where its page is held."""
        held = (
            number * self._page + row
            for number, rows in self._pages.items()
            for row, case in enumerate(rows)
            if case.id == case_id
        )
        return next(held, None)

    def _want(self, number: int) -> None:
        if number in self._wanted or number in self._pages or not self.count:
            return
        self._wanted.add(number)
        self.post_message(self.PageWanted(number))

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
        line = self._line(case, width)
        if place == self.cursor:
            style = self.get_component_rich_style("case-table--cursor")
            return Strip([Segment(line.plain, style)]).adjust_cell_length(width, style)
        (strip,) = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
        return strip

    def _line(self, case: CaseLine, width: int) -> Content:
        return case_cells(
            case,
            self.now,
            width,
            wall=self._wall,
            about=self._category(case.category),
            sort=self.sort,
            dated=self.dated,
            currency=self._currency,
        )

    def heads(self) -> Content:
        """The names of the columns, as wide as they are; the one that orders them is marked."""
        return head_cells(self.sort, self.dated, self.width)

    def moved(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Marked(case))
        elif self.count:
            self._want(self.cursor // self._page)
        ahead, behind = self.cursor + self._page // 2, self.cursor - self._page // 2
        for place in (min(ahead, self.count - 1), max(behind, 0)):
            self._want(place // self._page)  # before its rows come in sight

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.count) if action == "open" else True

    def action_open(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Opened(case))
