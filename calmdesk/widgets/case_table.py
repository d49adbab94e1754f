"""A list of cases, however long: only the pages in sight are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from calmdesk.widgets.columns import Part, columns

if TYPE_CHECKING:
    from calmdesk.records.rows import CaseLine

HELD = 8
"""Pages that are kept; the one not looked at for longest goes first."""


class CaseTable(ScrollView, can_focus=True):
    """One line a case. It asks for a page when it comes in sight, and shows dots until it is there."""

    DEFAULT_CSS = """
    CaseTable { height: 1fr; padding: 0 1; overflow-x: hidden; }
    CaseTable > .case-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    CaseTable > .case-table--quiet { color: $quiet; }
    """
    COMPONENT_CLASSES = {"case-table--cursor", "case-table--quiet"}

    BINDINGS = [
        Binding("up", "walk(-1)", "up", show=False, id="cases.up", tooltip="The case above"),
        Binding("down", "walk(1)", "down", show=False, id="cases.down", tooltip="The case below"),
        Binding(
            "pageup", "walk(-20)", "page up", show=False, id="cases.pageup", tooltip="Up a page"
        ),
        Binding(
            "pagedown",
            "walk(20)",
            "page down",
            show=False,
            id="cases.pagedown",
            tooltip="Down a page",
        ),
        Binding(
            "home",
            "walk(-1000000000)",
            "first",
            show=False,
            id="cases.home",
            tooltip="The first case",
        ),
        Binding(
            "end", "walk(1000000000)", "last", show=False, id="cases.end", tooltip="The last case"
        ),
        Binding("enter", "open", "read it", id="cases.open", tooltip="Read the case whole"),
    ]

    cursor: reactive[int] = reactive(0)
    """Row that is marked, from 0."""

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
        self._count = 0

    def begin(self, count: int) -> None:
        """Show a list of `count` cases, from the top; their pages come as they are wanted."""
        self._pages.clear()
        self._wanted.clear()
        self._count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count)
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
            self._mark()

    def row(self, place: int) -> CaseLine | None:
        """The case in a row; None while its page is not held."""
        page = self._pages.get(place // self._page)
        if page is None or place % self._page >= len(page):
            return None
        self._pages.move_to_end(place // self._page)
        return page[place % self._page]

    def _want(self, number: int) -> None:
        if number in self._wanted or number in self._pages or not self._count:
            return
        self._wanted.add(number)
        before = self._pages.get(number - 1)
        self.post_message(self.PageWanted(number, before[-1] if before else None))

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if place >= self._count:
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
        return _cells(
            "!" if case.missed else " ",
            f"{at:%H:%M}",
            case.agent.split(" ")[0],
            case.customer or "unknown caller",
            self._category(case.category),
            heat,
            case.outcome or case.status,
            nexts,
            width=width,
        )

    def heads(self) -> Content:
        """The names of the columns, as wide as they are."""
        names = ("!", "time", "agent", "customer", "about", "heat", "outcome", "next")
        return _cells(*names, width=self.scrollable_content_region.width)

    def watch_cursor(self) -> None:
        self._mark()
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)
        self.refresh()

    def _mark(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Marked(case))
        elif self._count:
            self._want(self.cursor // self._page)

    def action_walk(self, rows: int) -> None:
        """Move the cursor, no farther than the list goes."""
        if self._count:
            self.cursor = max(0, min(self._count - 1, self.cursor + rows))

    def action_open(self) -> None:
        case = self.row(self.cursor)
        if case is not None:
            self.post_message(self.Opened(case))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < self._count:
            self.cursor = offset.y + self.scroll_offset.y
            if event.chain > 1:
                self.action_open()

    class Resized(Message):
        """The columns have other widths now."""

    def on_resize(self, event: events.Resize) -> None:
        self.post_message(self.Resized())
        self.virtual_size = Size(self.scrollable_content_region.width, self._count)


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
) -> Content:
    """One row's cells in their columns."""
    return columns(
        [
            Part(sign, 1),
            Part(time, 5),
            Part(agent, 7, from_width=64),
            Part(customer),
            Part(about, 15, from_width=56),
            Part(heat, 4),
            Part(outcome, 13),
            Part(after, 9, from_width=72),
        ],
        width,
        gap=1,
    )
