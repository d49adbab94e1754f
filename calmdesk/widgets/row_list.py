"""A list that holds its rows whole: headings and rows, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from calmdesk.widgets.long_list import LongList

Row = TypeVar("Row")


class RowList(LongList, Generic[Row]):
    """One of these says how a row reads, by `line`, and by what it is known, by `known_by`. A
    heading is text, and is passed over."""

    DEFAULT_CSS = """
    RowList > .row-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    RowList > .row-list--blurred { background: $block-cursor-blurred-background; }
    RowList > .row-list--heading { color: $quiet; }
    """
    COMPONENT_CLASSES = {"row-list--cursor", "row-list--blurred", "row-list--heading"}

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row | str] = ()
        """What is listed, headings as text."""

    def line(self, row: Row, width: int) -> Content:
        """One row, within `width` columns."""
        raise NotImplementedError

    def known_by(self, row: Row) -> str:
        """What stays the same of a row when the list is read anew."""
        raise NotImplementedError

    @property
    def row(self) -> Row | None:
        """The row that is marked."""
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else None
        return None if isinstance(row, str) else row

    def show(self, rows: Sequence[Row | str]) -> None:
        """List these; the cursor stays on the row it was on, else it goes to the first."""
        was = self.known_by(self.row) if self.row is not None else ""
        self.rows = rows
        self.hold(len(rows))
        places = {
            self.known_by(row): place
            for place, row in reversed(list(enumerate(rows)))
            if not isinstance(row, str)
        }
        self.set_reactive(RowList.cursor, places.get(was, min(places.values(), default=0)))
        self.follow()
        self.moved()

    def stands(self, place: int) -> bool:
        return not isinstance(self.rows[place], str)

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.width
        if place >= len(self.rows) or width <= 0:
            return Strip.blank(max(0, width), self.rich_style)
        row = self.rows[place]
        if isinstance(row, str):
            style = self.get_component_rich_style("row-list--heading")
            return _plain(Content(row), width).apply_style(style)
        line = self.line(row, width)
        if place != self.cursor:
            (strip,) = Visual.to_strips(self, line, width, 1, self.visual_style)
            return strip
        kind = "cursor" if self.has_focus else "blurred"
        style = self.get_component_rich_style(f"row-list--{kind}")
        return _plain(line, width).apply_style(style)


def _plain(line: Content, width: int) -> Strip:
    """A line in no colour of its own, as wide as the list."""
    shown = Content(line.plain).truncate(width, ellipsis=True)
    return Strip(shown.render_segments()).adjust_cell_length(width)
