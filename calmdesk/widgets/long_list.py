"""Rows of one line, however many: only those in sight are drawn, and one of them is marked."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView


class LongList(ScrollView, can_focus=True):
    """What is walked with the arrows. A list of these says what its rows are, by `render_line`."""

    DEFAULT_CSS = """
    LongList { height: 1fr; padding: 0 1; overflow-x: hidden; }
    """

    BINDINGS = [
        Binding("up", "walk(-1)", "up", show=False, id="list.up", tooltip="The row above"),
        Binding("down", "walk(1)", "down", show=False, id="list.down", tooltip="The row below"),
        Binding("pageup", "leap(-1)", "page up", show=False, id="list.pageup", tooltip="Up a page"),
        Binding(
            "pagedown",
            "leap(1)",
            "page down",
            show=False,
            id="list.pagedown",
            tooltip="Down a page",
        ),
        Binding("home", "end(-1)", "first", show=False, id="list.home", tooltip="The first row"),
        Binding("end", "end(1)", "last", show=False, id="list.end", tooltip="The last row"),
    ]

    cursor: reactive[int] = reactive(0)
    """Row that is marked, from 0."""
    count = 0
    """How many rows there are."""

    class Resized(Message):
        """The rows have another width now."""

    # -- what a list of these says -----------------------------------------------------------

    def stands(self, place: int) -> bool:
        """Whether a row can be marked; a heading cannot."""
        return True

    def moved(self) -> None:
        """The cursor stands on another row."""

    def action_open(self) -> None:
        """The marked row is to be opened: it was clicked twice."""

    # -- what they share ---------------------------------------------------------------------

    @property
    def width(self) -> int:
        """Columns of a row."""
        return self.scrollable_content_region.width

    def hold(self, count: int) -> None:
        """Have so many rows from now on."""
        self.count = count
        self.virtual_size = Size(self.width, count)

    def follow(self) -> None:
        """Bring the marked row into sight, with a heading that stands above it."""
        above = self.cursor > 0 and not self.stands(self.cursor - 1)
        self.scroll_to_region(Region(0, self.cursor - above, 1, 1 + above), animate=False)
        self.refresh()

    def watch_cursor(self) -> None:
        self.follow()
        self.moved()

    def action_walk(self, rows: int) -> None:
        """Move the cursor, past headings and no farther than the list goes."""
        place = max(0, min(self.count - 1, self.cursor + rows))
        while 0 <= place < self.count and not self.stands(place):
            place += 1 if rows > 0 else -1
        if 0 <= place < self.count:
            self.cursor = place

    def action_leap(self, pages: int) -> None:
        """Move by what is in sight."""
        self.action_walk(pages * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, way: int) -> None:
        """Move to the first row or the last."""
        rows = range(self.count) if way < 0 else range(self.count - 1, -1, -1)
        self.cursor = next((place for place in rows if self.stands(place)), self.cursor)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        place = offset.y + self.scroll_offset.y if offset is not None else self.count
        if place < self.count and self.stands(place):
            self.cursor = place
            if event.chain > 1:
                self.action_open()

    def on_resize(self, event: events.Resize) -> None:
        self.hold(self.count)
        self.post_message(self.Resized())
