"""Heat over the day: at which heat cases began hour by hour, and at which they were left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from calmdesk.guide import day_hours
from calmdesk.guide.stages import HEAT_ANCHORS, HEATS
from calmdesk.widgets.picture import NOTHING, Picture, digits, heading, labelled, nothing

if TYPE_CHECKING:
    from calmdesk.records.picture_rows import HeatHour

BESIDE = 96
"""Columns from which the two halves stand side by side."""
TITLE = "Heat over the day"
_COLOURS = {1: "$success", 2: "$primary", 3: "$warning", 4: "$error", 5: "$error"}
_LEVELS = tuple(reversed(HEATS))
_NAMES = {level: f"{level} {words}" for level, words in HEAT_ANCHORS.items()}
_SHORT = {level: " ".join(name.split()[:2]) for level, name in _NAMES.items()}
_SHARED = (1, 2, 3, 4, 6, 12)
"""How many hours can stand in one column."""
_MOST_WIDE = 5
_APART = 4
"""Columns between the two halves."""
Counts = Sequence[Sequence[int]]
"""For each column, how many at heat 1 to 5."""


class HeatChart(Picture):
    """A row for each heat, the hottest on top, and a column for each hour: the more cases, the
    stronger its colour. Where there is no room for every hour, two or more share a column."""

    hours: reactive[Sequence[HeatHour]] = reactive((), layout=True)
    """Every hour of the day."""

    def lines(self, width: int) -> list[Content]:
        cases = sum(it.cases for it in self.hours)
        if not cases:
            return nothing(TITLE, "No case was opened on these days.", width)
        hours = day_hours.shown([it.cases for it in self.hours])
        shown = [self.hours[hour] for hour in hours]
        halves = [it.before for it in shown], [it.after for it in shown]
        room = (width - _APART) // 2 if width >= BESIDE else width
        grid = _fitted(hours[0], halves, room)
        began, left = (
            _half(title, columns, grid, self.tall)
            for title, columns in zip(("began at", "left at"), grid.halves, strict=True)
        )
        drawn = _beside(began, left, room) if width >= BESIDE else [*began, *left]
        return [heading(TITLE, "cases by hour", width), *drawn, *self._unmarked(cases, width)]

    def _unmarked(self, cases: int, width: int) -> list[Content]:
        """How many cases are missing from each half; nothing when none is."""
        began = cases - sum(sum(it.before) for it in self.hours)
        left = cases - sum(sum(it.after) for it in self.hours)
        if not began and not left:
            return []
        words = f"not marked: {began} of {cases} at first, {left} at the end"
        return [Content.styled(words, "$quiet").truncate(width, ellipsis=True)]


@dataclass(frozen=True)
class _Grid:
    """How both halves are drawn: alike, and by one measure."""

    first: int
    """The first hour."""
    shared: int
    """How many hours share a column."""
    each: int
    """How wide a column is."""
    names: dict[int, str]
    """What the heats are called."""
    halves: tuple[Counts, Counts]

    @property
    def most(self) -> int:
        """The largest count of all."""
        return max(max(column) for half in self.halves for column in half) or 1

    @property
    def label(self) -> int:
        """Columns of the names."""
        return _widest(self.names)


def _fitted(first: int, halves: tuple[Counts, Counts], width: int) -> _Grid:
    """The grid that fits: as few hours to a column as can be, then whole names."""
    room = width - _widest(_SHORT) - 1
    for shared in _SHARED:
        before, after = (_together(half, shared) for half in halves)
        least = digits([*before, *after]) + 1
        if least * len(before) <= room:
            break
    each = max(least, min(_MOST_WIDE, room // len(before)))
    whole = width - _widest(_NAMES) - 1
    if whole >= max(least, min(each, 3)) * len(before):
        return _Grid(first, shared, min(each, whole // len(before)), _NAMES, (before, after))
    return _Grid(first, shared, each, _SHORT, (before, after))


def _together(counts: Counts, shared: int) -> Counts:
    """Hours added up by so many."""
    return [
        [sum(level) for level in zip(*counts[first : first + shared], strict=True)]
        for first in range(0, len(counts), shared)
    ]


def _widest(names: dict[int, str]) -> int:
    return max(map(len, names.values()))


def _half(title: str, columns: Counts, grid: _Grid, tall: bool) -> list[Content]:
    """A line of hours, and one or two for each heat."""
    lines = [labelled(title, grid.label, [_heads(len(columns), grid)], "$quiet")]
    for level in _LEVELS:
        row = [column[level - 1] for column in columns]
        lines.append(labelled(grid.names[level], grid.label, _cells(row, level, grid)))
        if tall:
            lines.append(labelled("", grid.label, _cells(row, level, grid, numbered=False)))
    return lines


def _heads(columns: int, grid: _Grid) -> Content:
    """The hours at which columns begin, as many as there is room for."""
    every = 1 if grid.each > 2 else 2
    hours = [f"{grid.first + place * grid.shared:02}" for place in range(0, columns, every)]
    line = "".join(_middle(hour, grid.each).ljust(grid.each * every) for hour in hours)
    return Content.styled(line[: columns * grid.each], "$quiet")


def _cells(
    counts: Sequence[int], level: int, grid: _Grid, numbered: bool = True
) -> Iterator[Content]:
    """Numbers on the colour of a heat: the nearer to the most, the stronger."""
    for count in counts:
        words = _middle((str(count) if count else NOTHING) if numbered else "", grid.each)
        strength = 15 + round(70 * count / grid.most)
        yield Content.styled(words, f"auto on {_COLOURS[level]} {strength}%" if count else "$quiet")


def _middle(words: str, width: int) -> str:
    return words.rjust((width + len(words)) // 2).ljust(width)


def _beside(left: Sequence[Content], right: Sequence[Content], room: int) -> list[Content]:
    pairs = zip_longest(left, right, fillvalue=Content(""))
    return [
        Content.assemble(one, " " * (room - one.cell_length + _APART), other)
        for one, other in pairs
    ]
