"""The most urgent of what is due, on one line under the title; nothing at all while nothing is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.widgets.due_words import Wall, due_words

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine


class DueStrip(Widget):
    """Who, what and how late; how many more there are. Its keys are the screen's."""

    DEFAULT_CSS = """
    DueStrip { height: 1; padding: 0 1; background: $surface; display: none; }
    DueStrip.-due { display: block; }
    """

    lines: reactive[tuple[DueLine, ...]] = reactive(())
    """What is late or at risk, soonest first; the first is shown."""
    now: reactive[datetime | None] = reactive(None)
    """This instant."""

    def __init__(self, wall: Wall, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def watch_lines(self) -> None:
        self.set_class(bool(self.lines), "-due")

    def render(self) -> Content:
        if not self.lines or self.now is None:
            return Content("")
        line, width = self.lines[0], self.content_size.width
        words = due_words(line, self.now, self._wall)
        more = f" · {len(self.lines) - 1} more" if len(self.lines) > 1 else ""
        due = "nobody's" if line.owner_left else "due"
        head = Content.assemble(
            (f"{words.sign} {due} {words.when} ", words.style), (line.customer, "bold")
        )
        tail = Content.assemble((f" · {words.left}", words.style), (more, "$quiet"))
        room = width - tail.cell_length
        gone = f" · {line.owner} left" if line.owner_left else ""
        what = Content(f"{gone} · {line.what}")
        if head.cell_length + 8 > room:  # a few letters of what was told say nothing
            return (head.truncate(max(0, room), ellipsis=True) + tail).truncate(width)
        return (head + what).truncate(room, ellipsis=True) + tail
