"""What was found: two lines a case, who and when, and the words that were looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.style import Style
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.long_list import LongList
from calmdesk.words import called

if TYPE_CHECKING:
    from calmdesk.records.search_rows import FoundCase

LINES = 2
"""Lines of one case."""
_DAY = 9
"""Columns of the day; what stands under it says where the words stand."""


class FoundList(LongList, can_focus=False):
    """The keys are pressed in the field above it, which keeps the focus."""

    DEFAULT_CSS = """
    FoundList > .found-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    FoundList > .found-list--quiet { color: $quiet; }
    """
    COMPONENT_CLASSES = {"found-list--cursor", "found-list--quiet"}

    @dataclass
    class Opened(Message):
        """A case is to be read."""

        case_id: str

    def __init__(
        self,
        wall: Callable[[datetime], datetime],
        category: Callable[[str], str],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._wall = wall
        self._category = category
        self.rows: Sequence[FoundCase] = ()

    @property
    def row(self) -> FoundCase | None:
        """The case that is marked."""
        place = self.cursor // LINES
        return self.rows[place] if place < len(self.rows) else None

    def show(self, rows: Sequence[FoundCase]) -> None:
        """List these, the best marked."""
        self.rows = rows
        self.hold(LINES * len(rows))
        self.cursor = 0
        self.scroll_home(animate=False)
        self.refresh()

    def stands(self, place: int) -> bool:
        return place % LINES == 0

    def follow(self) -> None:
        """Bring both lines of the marked case into sight."""
        from textual.geometry import Region

        self.scroll_to_region(Region(0, self.cursor, 1, LINES), animate=False)
        self.refresh()

    def action_open(self) -> None:
        if self.row is not None:
            self.post_message(self.Opened(self.row.line.id))

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.width
        if place >= self.count or width <= 0:
            return Strip.blank(max(0, width), self.rich_style)
        row = self.rows[place // LINES]
        first = place % LINES == 0
        line = self._who(row, width) if first else self._passage(row)
        kind = "cursor" if place // LINES == self.cursor // LINES else "" if first else "quiet"
        style = self.get_component_rich_style(f"found-list--{kind}") if kind else self.rich_style
        return _strip(line, width, style)

    def _who(self, row: FoundCase, width: int) -> Content:
        case = row.line
        who = called(case.customer)
        return columns(
            [
                Part(f"{self._wall(case.opened_at):%d %b %y}", _DAY),
                Part(f"{who}, {case.company}" if case.company else who),
                Part(self._category(case.category), 15, from_width=60),
                Part(case.outcome or case.stands, 14),
            ],
            width,
            gap=1,
        )

    def _passage(self, row: FoundCase) -> Content:
        """The piece, the words that were looked for in bold and underlined."""
        passage = Content(row.passage)
        for start, end in row.marks:
            passage = passage.stylize("bold underline", start, end)
        return Content(f"{row.where:<{_DAY}} ") + passage


def _strip(line: Content, width: int, style: Style) -> Strip:
    """A line as wide as the list, in one colour; its own weight stays."""
    shown = line.truncate(width, ellipsis=True)
    strip = Strip(shown.render_segments()).adjust_cell_length(width)
    return strip.apply_style(style)
