"""Lines to read, laid out within a width: words hang behind their labels, what belongs beside each
other stands so where there is room. They are laid only as far as somebody has looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from calmdesk.records.read_lines import Line

LABEL = 11
"""Columns of a label; a longer one takes what it needs."""
NARROW = 56
"""Columns below which nothing stands side by side."""
_STYLES = {"title": "bold $primary", "quiet": "$quiet", "alert": "$error bold"}
_SIGNS = {"▒": "$success", "█": "$primary", "╌": "$warning", "▁": "$quiet"}
"""Colours of what is drawn; each sign has a shape of its own."""


class LaidLines:
    """The rows of some lines. What is asked for beyond what is laid, is laid then."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        self.width = max(10, width)
        self._rows: list[Content] = []
        self._blocks = _blocks(lines)
        self._left = len(lines)

    @property
    def whole(self) -> bool:
        """Whether all is laid."""
        return not self._left

    @property
    def laid(self) -> int:
        """How many rows are laid."""
        return len(self._rows)

    @property
    def height(self) -> int:
        """How many rows there are; while not all is laid, how many at least."""
        return len(self._rows) + self._left

    def row(self, place: int) -> Content | None:
        """One row; None behind the last."""
        self.lay(place + 1)
        return self._rows[place] if place < len(self._rows) else None

    def lay(self, rows: int | None = None) -> None:
        """Lay out so many rows at least, or all."""
        while self._left and (rows is None or len(self._rows) < rows):
            block = next(self._blocks)
            self._left -= len(block)
            self._rows += self._laid(block)

    def text(self) -> str:
        """All rows as text."""
        self.lay()
        return "\n".join(row.plain for row in self._rows)

    def _laid(self, block: Sequence[Line]) -> list[Content]:
        if len(block) == 2 and self.width >= NARROW:
            return self._side_by_side(*block)
        return [row for line in block for row in self._hanging(line)]

    def _hanging(self, line: Line) -> list[Content]:
        label = f"{line.label:<{LABEL}} " if line.label else ""
        label = Content(label).truncate(self.width - 8).plain
        wrapped = _words(line).wrap(max(8, self.width - Content(label).cell_length))
        first, *rest = wrapped or [Content("")]
        hang = Content(" " * Content(label).cell_length)
        return [
            Content.styled(label, "$quiet") + first.rstrip(),
            *(hang + row.rstrip() for row in rest),
        ]

    def _side_by_side(self, left: Line, right: Line) -> list[Content]:
        """Two lines as columns of their own, each under its label."""
        room = (self.width - 3) // 2
        columns = [
            [Content.styled(line.label, "$quiet"), *_words(line).wrap(room)]
            for line in (left, right)
        ]
        rows = []
        for place in range(max(map(len, columns))):
            one, other = (
                column[place].rstrip() if place < len(column) else Content("") for column in columns
            )
            blank = Content(" " * max(0, room - one.cell_length))
            rows.append(one + blank + Content.styled(" │ ", "$quiet") + other)
        return rows


def _blocks(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines one by one, but two where the second belongs beside the first."""
    place = 0
    while place < len(lines):
        two = place + 1 < len(lines) and lines[place + 1].beside
        yield lines[place : place + 1 + two]
        place += 1 + two


def _words(line: Line) -> Content:
    tone = line.tone.value
    if tone == "bar":
        runs = ((sign, len(list(run))) for sign, run in groupby(line.words))
        return Content.assemble(*((sign * long, _SIGNS.get(sign, "")) for sign, long in runs))
    sign = "! " if tone == "alert" else ""
    return Content.styled(sign + line.words, _STYLES.get(tone, ""))
