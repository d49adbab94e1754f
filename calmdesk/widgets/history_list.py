"""The cases of one customer, newest first: when, about what, heat before and after, how it ended, what
it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from calmdesk.guide.heat import spell_heats
from calmdesk.guide.money import spell_amount
from calmdesk.guide.outcome import Status
from calmdesk.widgets.case_table import CaseTable
from calmdesk.widgets.columns import Part, columns

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseLine

HEADS = ("!", "day", "about", "heat", "ended", "cost", "agent")


class HistoryList(CaseTable):
    """As long as it may be: pages come as they are wanted."""

    def forget(self) -> None:
        """Read the pages in sight anew; the cursor stays where it is."""
        self._pages.clear()
        self._wanted.clear()
        self.refresh()

    def held(self, first: int, count: int) -> list[CaseLine | None]:
        """The cases in some rows, None for those that are not held yet, and which are asked for."""
        found = [self.row(place) for place in range(first, min(first + count, self.count))]
        for place, case in enumerate(found, first):
            if case is None:
                self._want(place // self._page)
        return found

    def heads(self) -> Content:
        return self._columns(HEADS, self.width)

    def _line(self, case: CaseLine, width: int) -> Content:
        at = self._wall(case.opened_at)
        heat = spell_heats(case.heat_start, case.heat_end)
        cost = spell_amount(case.cost, self._currency) if case.cost else ""
        ended = case.stands if case.status != Status.CLOSED else case.outcome
        return self._columns(
            (
                "!" if case.missed else "",
                f"{at.day} {at:%b} {at.year}",
                self._category(case.category) or "not said",
                heat,
                ended or case.status,
                cost,
                case.agent,
            ),
            width,
        )

    def _columns(self, cells: tuple[str, ...], width: int) -> Content:
        missed, day, about, heat, ended, cost, agent = cells
        return columns(
            [
                Part(missed, 1),
                Part(day, 11),
                Part(about),
                Part(heat, 4),
                Part(ended, 14 if width < 70 else 24),
                Part(cost, 9, right=True, from_width=60),
                Part(agent, 12, from_width=84),
            ],
            width,
            gap=1,
        )
