"""What the list of the Day reads of the record: its count, its order, its pages; and all of it again
when somebody has written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calmdesk.guide.filters import Filter, Sort
from calmdesk.records import browse
from calmdesk.records.case_rows import PAGE, CaseLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from calmdesk.screens.workplace import Workplace
    from calmdesk.widgets.case_table import CaseTable

TRIES = 3
"""How often a list is read again while the cursor moves under it."""


class DayReading:
    """Keeps one list and the table that shows it alike. Each coroutine raises StoreError."""

    def __init__(self, place: Workplace, table: CaseTable) -> None:
        self.place = place
        self.table = table
        self.chosen = Filter()
        """What is listed."""
        self.sort = Sort.TIME
        self.places: Sequence[int] | None = None
        """The places of all its cases in its order; None for a list in the order of time, whose
        pages are found without."""
        self._changes = 0
        """How often another list was asked for or shown: what was read before comes too late."""
        self._beginning = 0
        """How many lists are about to be shown."""

    async def begin(self, chosen: Filter, sort: Sort) -> int:
        """Show another list, from its top. Returns how many cases it has."""
        self._changes += 1
        change, now = self._changes, self.place.now()
        self._beginning += 1
        try:
            count, places = await self._count(chosen, sort, now)
            first = await self._page(chosen, places, 0) if count else []
        finally:
            self._beginning -= 1
        if change == self._changes:
            self._shown(chosen, sort, places)
            self.table.sort = sort
            self.table.begin(count, first)
        return count

    def _shown(self, chosen: Filter, sort: Sort, places: Sequence[int] | None) -> None:
        self._changes += 1
        self.chosen, self.sort, self.places = chosen, sort, places

    async def _count(
        self, chosen: Filter, sort: Sort, now: datetime
    ) -> tuple[int, Sequence[int] | None]:
        """How many cases a list has, and their places where it is sorted."""
        if sort is Sort.TIME:
            return await self.place.desk.look(browse.count, chosen), None
        places = await self.place.desk.look(browse.order, chosen, sort, now)
        return len(places), places

    async def bring(self, number: int) -> None:
        """Bring a page that has come in sight."""
        change, before = self._changes, self.table.row(number * PAGE - 1)
        rows = await self._page(self.chosen, self.places, number, before.place if before else None)
        if change == self._changes:
            self.table.take(number, rows)

    async def _page(
        self,
        chosen: Filter,
        places: Sequence[int] | None,
        number: int,
        before: int | None = None,
    ) -> list[CaseLine]:
        look, now = self.place.desk.look, self.place.now()
        if places is None:
            return await look(browse.page, chosen, number, now, before)
        return await look(browse.at_places, places[number * PAGE : (number + 1) * PAGE], now)

    async def again(self) -> int | None:
        """Read what is in sight again, and show it in one step: the cursor stays on its case, or
        where it was when that has gone. Returns how many cases there are now; None when the list
        was changed for another meanwhile, or the cursor does not rest."""
        table, change = self.table, self._changes
        if self._beginning:
            return None
        for _ in range(TRIES):
            now, marked, was = self.place.now(), table.marked, table.cursor
            cursor = was
            chosen = (
                self.chosen if self.chosen.seen_at is None else replace(self.chosen, seen_at=now)
            )
            count, places = await self._count(chosen, self.sort, now)
            if marked is not None:
                cursor = await self._where(chosen, places, marked, cursor)
            cursor = max(0, min(cursor, count - 1))
            pages = {
                number: await self._page(chosen, places, number)
                for number in table.pages_at(cursor, count)
            }
            if change != self._changes:
                return None
            if table.cursor == was:
                self._shown(chosen, self.sort, places)
                table.swap(count, pages, cursor)
                return count
        return None

    async def _where(
        self, chosen: Filter, places: Sequence[int] | None, marked: CaseLine, else_at: int
    ) -> int:
        """The row of a case in a list as it is now."""
        if places is None:
            above = await self.place.desk.look(browse.above, chosen, marked.place)
            return above if above is not None else else_at
        return places.index(marked.place) if marked.place in places else else_at
