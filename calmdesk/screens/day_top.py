"""What stands above the list of the Day: what needs somebody, what is late, what is above its usual,
and how the day goes beside its usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide.pareto import Unusual
from calmdesk.guide.periods import Days
from calmdesk.records import figures, learning, needs, register
from calmdesk.records.day_rows import DayFigures, Need
from calmdesk.screens.beside import run_beside
from calmdesk.widgets.news_line import NewsItem, NewsLine
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.day import DayScreen

MOST_NEWS = 3
"""Causes above their usual that are named."""
ROOM = 3
"""Lines that what needs somebody and what is late share in a short window."""
_SHORT = 34
"""Rows of a window below which it is short."""


@dataclass(frozen=True)
class Top:
    """What was read for it."""

    shown: DayFigures | None = None
    """Of the cases that are listed; None for a list of no certain days."""
    whole: DayFigures | None = None
    """Of all cases of these days, whatever is chosen of them."""
    unusual: Sequence[Unusual] = ()
    needs: Sequence[Need] | None = None
    """None on other days than today while nobody needs somebody at once."""
    late: Sequence[DueLine] = ()


class DayTop:
    """Reads it, without holding anything up, and shows it in one step."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self.place = screen.place

    def show(self) -> None:
        """Read it anew."""
        run_beside(self.screen, self._show, group="top", exclusive=True)

    async def _show(self) -> None:
        try:
            top = await self._read()
        except StoreError as error:
            self.screen.title_line.warning = str(error)
            return
        with self.screen.app.batch_update():
            self._lay_out(top, self.place.now())
        self.screen.top_shown()

    async def _read(self) -> Top:
        """Raises StoreError."""
        look, place, shown = self.place.desk.look, self.place, self.screen.shown
        now, today = place.now(), place.wall().date()
        late: Sequence[DueLine] = ()
        _, ends = shown.between(Days(today, 1), place.instant)
        lately = place.lately_began(), ends
        needed: Sequence[Need] | None = await look(needs.needs, now, lately)
        if shown.one_day == today:
            late = await look(register.late, now)
        else:
            needed = [it for it in needed or () if it.why.is_alarm] or None
        chosen = shown.chosen(place.instant, now)
        before = shown.before(place.instant, place.wall(now))
        if shown.listed is not None or chosen.since is None or chosen.until is None:
            return Top(needs=needed, late=late)
        unusual = await look(learning.above_usual, chosen.since, chosen.until, before)
        of_shown = whole = await look(figures.figures, chosen, before, now)
        if shown.filtered:
            whole = await look(figures.figures, shown.whole(place.instant, now), (), now)
        return Top(of_shown, whole, unusual, needed, late)

    def _lay_out(self, top: Top, now: datetime) -> None:
        screen, strip, late = self.screen, self.screen.needs, self.screen.late
        strip.now, strip.calm = now, calm(top.whole, len(top.late))
        screen.needs_room.show(top.needs)
        above = {need.case_id for need in strip.shown}
        short = screen.app.size.height < _SHORT
        late.room = ROOM - len(strip.shown) if short else ROOM
        late.now, late.lines = now, [line for line in top.late if line.case_id not in above]
        screen.figures.figures = top.shown
        name = self.place.words().cause_name
        line = screen.query_one(NewsLine)
        line.items = [
            NewsItem(name(it.cause), it.cases, round(it.usual)) for it in top.unusual[:MOST_NEWS]
        ]
        line.counts = counts(top.whole)


def calm(day: DayFigures | None, late: int) -> str:
    """What is said when nothing needs anybody; it says nothing that is not so."""
    calls = sum(day.hours) if day is not None else 0
    cases = day.now.cases if day is not None else 0
    words = [_calls(calls, cases)]
    kept = day.now.kept if day is not None else None
    if late:
        words.append(f"{late} late" if late > 1 else "1 promise late")
    elif kept is not None and kept.part < kept.of:
        words.append(f"{kept.part} of {kept.of} promises kept in time")
    elif calls or cases:
        words.append("all promises on time")
    return f"Nothing needs you. {', '.join(words)}."


def _calls(calls: int, cases: int) -> str:
    """Today's calls; and its cases, where one is without the other."""
    if calls:
        words = count(calls, "call")
        return words if cases else f"{words} on earlier cases"
    return f"{count(cases, 'case')} without a call" if cases else "No call yet"


def counts(day: DayFigures | None) -> list[str]:
    """What was left behind, counted; nothing of nothing."""
    if day is None:
        return []
    found = {"left hot": day.now.hot, "rang again": day.now.repeats}
    return [f"{words} {many:,}" for words, many in found.items() if many]
