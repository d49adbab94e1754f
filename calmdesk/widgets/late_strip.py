"""What is late, on top of the Day: whose, what, how late; at most three at once, and how many there
are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.due_words import Wall, due_words, nobodys
from calmdesk.widgets.long_list import LongList

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine

MOST = 3
"""Lines that are shown."""


class LateStrip(LongList):
    """Nothing at all while nothing is late."""

    DEFAULT_CSS = """
    LateStrip {
        height: auto; background: $surface; display: none; scrollbar-size-vertical: 0;
    }
    LateStrip.-late { display: block; }
    LateStrip > .late-strip--heading { color: $quiet; }
    LateStrip > .late-strip--late { color: $error; text-style: bold; }
    LateStrip > .late-strip--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    """
    COMPONENT_CLASSES = {"late-strip--heading", "late-strip--late", "late-strip--cursor"}

    BINDINGS = [
        Binding(
            "enter",
            "open",
            "read it",
            id="day.open_late",
            tooltip="Read the case in which something is late",
        ),
    ]

    lines: reactive[Sequence[DueLine]] = reactive(())
    """What is late, one a case, the most pressing first."""
    now: reactive[datetime | None] = reactive(None)
    """This instant."""
    room: reactive[int] = reactive(MOST)
    """Lines that it may take while it has not the focus: with it, one walks through all."""

    @dataclass
    class Opened(Message):
        """A case is to be read."""

        case_id: str

    def __init__(self, wall: Wall, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def watch_lines(self) -> None:
        self._fit()

    def watch_room(self) -> None:
        self._fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._fit()

    def _fit(self) -> None:
        """As high as what it shows."""
        shown = self._shown
        self.set_class(bool(self.lines), "-late")
        self.styles.height = shown + 1  # the heading stands on the first row
        walked = len(self.lines) if self.has_focus else shown
        self.hold(walked + 1)
        self.set_reactive(LateStrip.cursor, max(1, min(self.cursor, walked)))
        self.follow()

    @property
    def _shown(self) -> int:
        """Lines in sight."""
        return min(MOST if self.has_focus else self.room, len(self.lines))

    def follow(self) -> None:
        """The heading stays, and covers the row above those in sight."""
        self.scroll_to_region(Region(0, self.cursor - 1, 1, 2), animate=False)
        self.refresh()

    def stands(self, place: int) -> bool:
        return place > 0

    def action_open(self) -> None:
        if 0 < self.cursor <= len(self.lines):
            self.post_message(self.Opened(self.lines[self.cursor - 1].case_id))

    def render_line(self, y: int) -> Strip:
        width, place = self.width, y + self.scroll_offset.y if y else 0
        if place >= self.count or self.now is None or not self.lines:
            return Strip.blank(width, self.rich_style)
        kind, shown = "heading", Content(self._heading(width)).truncate(width, ellipsis=True)
        if place:
            kind, shown = "late", self._row(self.lines[place - 1], self.now, width)
        if place == self.cursor and self.has_focus:
            kind = "cursor"
        style = self.get_component_rich_style(f"late-strip--{kind}")
        strip = Strip(Content(shown.plain).render_segments()).apply_style(style)
        return strip.adjust_cell_length(width, style)

    def _heading(self, width: int) -> str:
        count, shown, first = len(self.lines), self._shown, self.scroll_offset.y
        which = f"{first + 1}-{first + shown} of {count}" if 0 < shown < count else f"{count}"
        if shown or self.now is None:
            whole = f"Late · {which} · l goes there, enter reads it"
            return whole if len(whole) <= width else f"Late · {which} · l, enter reads it"
        left = due_words(self.lines[0], self.now, self._wall).left
        return f"Late · {which} · l goes there · {left}: {self.lines[0].customer}"

    def _row(self, line: DueLine, now: datetime, width: int) -> Content:
        words = due_words(line, now, self._wall)
        owner = nobodys(line, width) or line.owner.split(" ")[0]
        return columns(
            [
                Part(words.sign, 1),
                Part(line.customer, 18 if width >= 40 else 0),
                *([Part(line.what)] if width >= 40 else []),
                *(
                    [Part(owner, len(owner))]
                    if line.owner_left
                    else [Part(owner, 8, from_width=64)]
                ),
                Part(words.left, 12, right=True),
            ],
            width,
            gap=1,
        )
