"""The most urgent of what is due, on one line under the title; nothing at all while nothing is.
What is late and put off is still counted there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.widgets.due_words import Wall, due_words

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine

_ROOMY = 72
"""Columns from which the late ones that are put off are told apart."""


class DueStrip(Widget):
    """Who, what and how late; how many more there are. Its keys are the screen's."""

    DEFAULT_CSS = """
    DueStrip { height: 1; padding: 0 1; background: $surface; display: none; }
    DueStrip.-due { display: block; }
    """

    lines: reactive[tuple[DueLine, ...]] = reactive(())
    """What is late or at risk, soonest first; the first is shown."""
    put_off: reactive[int] = reactive(0)
    """How many are late while their reminder is put off."""
    now: reactive[datetime | None] = reactive(None)
    """This instant."""

    def __init__(self, wall: Wall, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def watch_lines(self) -> None:
        self._show()

    def watch_put_off(self) -> None:
        self._show()

    def _show(self) -> None:
        self.set_class(bool(self.lines or self.put_off), "-due")

    def render(self) -> Content:
        if self.now is None:
            return Content("")
        if not self.lines:
            late = f"! {self.put_off} late, put off" if self.put_off else ""
            return Content.styled(late, "$error bold")
        line, width = self.lines[0], self.content_size.width
        words = due_words(line, self.now, self._wall)
        more = self._more(width)
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

    def _more(self, width: int) -> str:
        """What stands behind the first: on a narrow line only how many."""
        others = len(self.lines) - 1
        if width < _ROOMY:
            others += self.put_off
        more = f" · {others} more" if others else ""
        return (
            more if width < _ROOMY or not self.put_off else f"{more} · {self.put_off} late, put off"
        )
