"""A customer's history as a line: each case a column, its heat from where it began to where it was
left, and how it ended below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from calmdesk.guide.outcome_signs import LEGEND, outcome_sign
from calmdesk.guide.risk import HOT
from calmdesk.guide.stages import HEATS

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine

LEVELS = tuple(reversed(HEATS))
BEGAN, LEFT, SAME, BETWEEN = "○", "●", "◉", "│"
LABELS = 8
"""Columns of what stands before the drawing."""


class HeatLine(Widget):
    """The oldest on the left. The marked case is the one that the list has marked. Every sign is
    told apart without its colour."""

    DEFAULT_CSS = """
    HeatLine { height: 9; padding: 0 1; }
    """

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall
        self._cases: Sequence[CaseLine | None] = ()
        self._marked = 0
        self._before = self._after = 0

    def places(self, cursor: int, count: int) -> tuple[int, int]:
        """Which rows of the list are drawn around its cursor: the first, and how many."""
        room = max(1, (self.content_size.width - LABELS) // 2)
        first = cursor // room * room
        return first, min(room, count - first)

    def draw(
        self, cases: Sequence[CaseLine | None], marked: int, before: int = 0, after: int = 0
    ) -> None:
        """Draw some cases, the newest first as the list has them; `marked` is one of them, `before`
        and `after` are how many older and newer ones there are."""
        self._cases, self._marked = tuple(reversed(cases)), len(cases) - 1 - marked
        self._before, self._after = before, after
        self.refresh()

    def render(self) -> Content:
        if not self._cases:
            return Content("")
        rows = [self._row(self._label(level), level) for level in LEVELS]
        rows.append(self._row("ended", 0))
        rows.append(self._row("missed", -1))
        rows.append(self._dates())
        rows.append(self._legend())
        return Content("\n").join(rows)

    @property
    def _step(self) -> int:
        """Columns from one case to the next: few cases stand wider apart."""
        room = self.content_size.width - LABELS
        return next((step for step in (6, 4, 3) if len(self._cases) * step <= room), 2)

    def _label(self, level: int) -> str:
        return f"heat {level}" if level == LEVELS[0] else str(level)

    def _row(self, label: str, level: int) -> Content:
        cells: list[Content] = []
        for place, case in enumerate(self._cases):
            sign, style = _sign(case, level)
            if place == self._marked:
                style = f"{style} on $block-cursor-background".strip()
            cells.append(Content.styled(sign, style) + Content(" " * (self._step - 1)))
        return (
            Content.styled(f"{label:>{LABELS - 1}} ", "$quiet") + Content("").join(cells).rstrip()
        )

    def _dates(self) -> Content:
        """When the marked case was, under its column, and how many lie before and after."""
        width = self.content_size.width
        at = LABELS + self._marked * self._step
        case = self._cases[self._marked] if 0 <= self._marked < len(self._cases) else None
        day = ""
        if case is not None:
            wall = self._wall(case.opened_at)
            day = f"{wall.day} {wall:%b} {wall.year}"
        told = f"▲ {day}" if at + len(day) + 2 <= width else f"{day} ▲"
        line = " " * (at if told.startswith("▲") else max(0, at + 1 - len(told))) + told
        older = f"‹ {self._before:,} older" if self._before else ""
        if older and len(older) + 1 < len(line) - len(line.lstrip()):
            line = older + line[len(older) :]
        newer = f"{self._after:,} newer ›" if self._after else ""
        if newer and len(line) + len(newer) + 1 < width:
            line = line.ljust(width - len(newer)) + newer
        return Content.styled(line, "$quiet")

    def _legend(self) -> Content:
        signs = [(BEGAN, "began"), (LEFT, "left"), *LEGEND, ("!", "promise missed")]
        told = ""
        for sign, word in signs:
            if len(told) + len(word) + 4 <= self.content_size.width:
                told += f"{sign} {word}  "
        return Content.styled(told.rstrip(), "$quiet")


def _sign(case: CaseLine | None, level: int) -> tuple[str, str]:
    """What stands in a case's column: at a level of heat, 0 for how it ended, -1 for a missed
    promise; and its style."""
    if case is None:
        return ("·" if level == 1 else " "), "$quiet"
    if level == 0:
        sign = outcome_sign(case.outcome, case.status)
        return sign, {"✓": "$success", "✗": "$error", "…": "$warning"}.get(sign, "")
    if level < 0:
        return ("!", "$error bold") if case.missed else (" ", "")
    began, left = case.heat_start, case.heat_end
    style = "$error" if left >= HOT else "$success" if left < began else ""
    if level == began == left:
        return SAME, style
    if level in (began, left):
        return (LEFT if level == left else BEGAN), style
    low, high = sorted((began, left))
    return (BETWEEN, "$quiet") if low < level < high and low else (" ", "")
