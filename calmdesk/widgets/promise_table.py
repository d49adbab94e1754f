"""The promise register: one line a promise or follow-up, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from calmdesk.guide.english.days import short
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.due_words import DueWords, Wall, due_words, to_do
from calmdesk.widgets.long_list import LongList

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine

_SIGNS = {"kept": "✓", "late": "~", "missed": "!", "withdrawn": "–"}
_OPEN = "open"
_ROOMY = 60
"""Columns from which a line has room for who keeps it, and for how long there still is."""
_LEFT = 16
"""Columns that how it stands takes at most: `put off to 14:10`."""
_TOLD = 48
"""Columns of a line that are not for how long a late one is put off."""


class PromiseTable(LongList):
    """Walked with the arrows; a heading is passed over."""

    DEFAULT_CSS = """
    PromiseTable > .promise-table--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    PromiseTable > .promise-table--blurred { background: $block-cursor-blurred-background; }
    PromiseTable > .promise-table--heading { color: $warning; text-style: bold; }
    PromiseTable > .promise-table--late { color: $error; text-style: bold; }
    PromiseTable > .promise-table--soon { color: $warning; }
    PromiseTable > .promise-table--quiet { color: $quiet; }
    """
    COMPONENT_CLASSES = {
        "promise-table--cursor",
        "promise-table--blurred",
        "promise-table--heading",
        "promise-table--late",
        "promise-table--soon",
        "promise-table--quiet",
    }

    BINDINGS = [
        Binding(
            "enter",
            "open",
            "ring",
            id="promises.ring",
            tooltip="Ring them: an outgoing call on the case, the promise on top",
        ),
    ]

    now: reactive[datetime | None] = reactive(None)
    """This instant, against which due times are read."""
    owners: reactive[bool] = reactive(False)
    """Whether each line says who keeps it."""

    @dataclass
    class Marked(Message):
        """The cursor stands on another line, or on none."""

        line: DueLine | None

    @dataclass
    class Opened(Message):
        """A line is to be acted on."""

        line: DueLine

    def __init__(self, wall: Wall, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall
        self._rows: Sequence[str | DueLine] = ()

    @property
    def line(self) -> DueLine | None:
        """The line that is marked."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return None if isinstance(row, str) else row

    def show(self, rows: Sequence[str | DueLine]) -> None:
        """Show these rows, headings as text; the cursor stays on its line, else at its place."""
        marked, place = self.line, self.cursor
        self._rows = rows
        self.hold(len(rows))
        stands = [at for at in range(len(rows)) if self.stands(at)]
        same = [at for at in stands if marked is not None and self._id_at(at) == marked.id]
        near = [at for at in stands if at >= place] if marked is not None else stands
        self.set_reactive(PromiseTable.cursor, next(chain(same, near, reversed(stands)), 0))
        self.follow()
        self.moved()

    def stands(self, place: int) -> bool:
        return not isinstance(self._rows[place], str)

    def moved(self) -> None:
        self.post_message(self.Marked(self.line))

    def action_open(self) -> None:
        if self.line is not None:
            self.post_message(self.Opened(self.line))

    def _id_at(self, place: int) -> str:
        row = self._rows[place]
        return "" if isinstance(row, str) else row.id

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.width
        if place >= self.count or self.now is None:
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        if isinstance(row, str):
            kind, shown = "heading", Content(row).truncate(width, ellipsis=True)
        else:
            words = self._words(row, self.now)
            kind, shown = _kind(row, words), self._cells(row, words, width)
        if place == self.cursor:
            kind = "cursor" if self.has_focus else "blurred"
        style = self.get_component_rich_style(f"promise-table--{kind}") if kind else self.rich_style
        strip = Strip(Content(shown.plain).render_segments()).apply_style(style)
        return strip.adjust_cell_length(width, style)

    def _words(self, line: DueLine, now: datetime) -> DueWords:
        """How it stands, or what became of it."""
        if line.state == _OPEN:
            return due_words(line, now, self._wall)
        when = short(self._wall(line.settled_at or line.due_at), self._wall(now))
        return DueWords(_SIGNS.get(line.state, " "), when, line.state, "")

    def _cells(self, line: DueLine, words: DueWords, width: int) -> Content:
        roomy = width >= _ROOMY
        left = words.stands(width - _TOLD)
        if len(words.left) > _LEFT:
            left = left.removeprefix("put ")
        if not roomy and _has_time_left(line, words, left):
            left = ""
        return columns(
            [
                Part(words.sign, 1),
                Part(words.when, 9),
                Part(line.customer, 16 if roomy else 11),
                *([Part(line.owner.split(" ")[0], 7)] if self.owners and roomy else []),
                Part(to_do(line) if roomy else line.what),
                *([Part(left, len(left))] if left else []),
            ],
            width,
            gap=1,
        )


def _has_time_left(line: DueLine, words: DueWords, left: str) -> bool:
    """Whether nothing presses: then its hour says enough."""
    return line.state == _OPEN and not words.sign.strip() and left.startswith("in ")


def _kind(line: DueLine, words: DueWords) -> str:
    if line.state != _OPEN:
        return "quiet"
    return {"!": "late", "·": "soon", "?": "soon"}.get(words.sign, "")
