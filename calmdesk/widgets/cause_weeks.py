"""Causes by week: the most frequent ones, a line each, a bar with its number for each week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from calmdesk.widgets.cause_bars import UNKNOWN
from calmdesk.widgets.picture import NOTHING, Picture, digits, heading, labelled, nothing
from calmdesk.widgets.sparks import BLOCKS

if TYPE_CHECKING:
    from calmdesk.records.picture_rows import CauseWeeks

TITLE = "Causes by week"
_LEAST_NAME, _MOST_NAME = 15, 36
"""Columns for the names; the oldest weeks give way before the least."""
_MOST_WIDE = 6
Row = tuple[str, Sequence[int], str, str]
"""What a line is called, its counts, the style of its bars and of its words."""


class CauseWeekChart(Picture):
    """All bars have one measure. A week goes by its Monday."""

    weeks: reactive[CauseWeeks | None] = reactive(None, layout=True)
    """What is shown; None before anything is."""

    def __init__(self, name: Callable[[str], str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._cause = name
        """Names a cause."""

    def lines(self, width: int) -> list[Content]:
        of = self.weeks
        if of is None or not of.cases:
            return nothing(TITLE, "No complaint in these weeks.", width)
        rows = self._rows(of)
        least = 2 + digits(counts for _, counts, *_ in rows)
        shown = min(len(of.weeks), max(1, (width - _LEAST_NAME) // least))
        longest = min(_MOST_NAME, max(len(name) for name, *_ in rows))
        each = max(least, min(_MOST_WIDE, (width - longest - 1) // shown))
        wide = min(longest, width - shown * each - 1)
        most = max(max(counts[-shown:]) for _, counts, *_ in rows) or 1
        about = "the last one still runs" if of.running else ""
        drawn = [heading(TITLE, about, width), *_heads(of.weeks[-shown:], wide, each)]
        for name, counts, bars, words in rows:
            if self.tall:
                drawn.append(labelled("", wide, _upper(counts[-shown:], most, each, bars)))
            lower = _lower(counts[-shown:], most, each, bars, self.tall)
            drawn.append(labelled(name, wide, lower, words))
        return drawn

    def _rows(self, of: CauseWeeks) -> list[Row]:
        rows: list[Row] = [(self._cause(it), counts, "$primary", "") for it, counts in of.causes]
        if of.other_causes:
            rows.append((f"{of.other_causes} other causes", of.others, "$secondary", "$quiet"))
        if any(of.unknown):
            rows.append((UNKNOWN, of.unknown, "$secondary", "$quiet"))
        return rows


def _heads(weeks: Sequence[date], wide: int, each: int) -> list[Content]:
    """The month where one begins, if there is room for it; and the days below."""
    months, days = "", ""
    for place, day in enumerate(weeks):
        begins = place == 0 or weeks[place - 1].month != day.month
        month = f"{day:%b}" if begins and len(months) <= place * each else ""
        months = f"{months:<{place * each}}{month}"
        days += f"{day.day:>2}".ljust(each)
    return [labelled("", wide, [Content.styled(it, "$quiet")]) for it in (months, days.rstrip())]


def _lower(counts: Sequence[int], most: int, each: int, style: str, tall: bool) -> list[Content]:
    """The bars' only row, or the lower one of two, each with its number."""
    cells = []
    for count in counts:
        bar = BLOCKS[min(8, _height(count, most, 2 if tall else 1))]
        number = str(count) if count else NOTHING
        after = (number.ljust(each - 1), "" if count else "$quiet")
        cells.append(Content.assemble((bar, style), after))
    return cells


def _upper(counts: Sequence[int], most: int, each: int, style: str) -> list[Content]:
    """What of the bars is higher than one row."""
    bars = (BLOCKS[max(0, _height(count, most, 2) - 8)] for count in counts)
    return [Content.styled(bar.ljust(each), style) for bar in bars]


def _height(count: int, most: int, rows: int) -> int:
    """Eighths of a row; what is there at all shows."""
    return max(1, round(8 * rows * count / most)) if count else 0
