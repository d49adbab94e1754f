"""Which cases are shown? Every field of a filter with its choices, for whoever does not type it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.guide.filters import Filter, PromiseFilter
from calmdesk.guide.money import spell_amount
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.records import browse
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.choice_rows import ChoiceRow, ChoiceRows
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.screens.day_range import DayRange
    from calmdesk.screens.workplace import Workplace

COSTS = (1, 1000, 5000, 10000, 50000)
"""Least costs to choose from, in minor units."""
_PROMISES = {
    PromiseFilter.LATE: "one is late now",
    PromiseFilter.OPEN: "one is open",
    PromiseFilter.KEPT: "all kept in time",
    PromiseFilter.BROKEN: "one was broken",
    PromiseFilter.NONE: "none was given",
}
_YES_NO = ((None, "any"), (True, "yes"), (False, "no"))


class FilterForm(FormScreen[Filter]):
    """Answers the filter, and counts while one chooses."""

    DEFAULT_CSS = """
    FilterForm > .box { width: 60; }
    FilterForm #form-count { padding-top: 1; text-style: bold; }
    """

    def __init__(self, place: Workplace, shown: DayRange) -> None:
        super().__init__()
        self.place = place
        self._shown = shown

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Which cases?", classes="box-title", markup=False)
            yield ChoiceRows(id="form-rows")
            yield Static(id="form-count", markup=False)
            yield Static(
                "left and right change · a letter jumps · delete: any\n"
                "enter shows them · escape changes nothing",
                classes="box-hint",
                markup=False,
            )

    @property
    def rows(self) -> ChoiceRows:
        """Every field."""
        return self.query_one(ChoiceRows)

    def on_mount(self) -> None:
        self.rows.show([self._made(row) for row in choices(self.place)])
        self.rows.focus()
        self.count()

    def _made(self, row: ChoiceRow) -> ChoiceRow:
        """A row with the choice that is in force; what is no choice of it becomes one."""
        value = getattr(self._shown.typed, row.name)
        values = [choice for choice, _ in row.choices]
        if value not in values:
            row = replace(row, choices=[*row.choices, (value, f"{value}")])
            values.append(value)
        return replace(row, chosen=values.index(value))

    @on(ChoiceRows.Turned)
    @work(exclusive=True, group="count")
    async def count(self) -> None:
        """How many cases are left."""
        place, shown = self.place, replace(self._shown, typed=self.answer())
        try:
            found = await place.desk.look(browse.count, shown.chosen(place.instant, place.now()))
            of = await place.desk.look(browse.count, shown.whole(place.instant, place.now()))
        except StoreError as error:
            self._say(str(error))
            return
        self._say(f"{found:,} of {count(of, 'case')}")

    def _say(self, words: str) -> None:
        self.query_one("#form-count", Static).update(words)

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.action_answer()

    def answer(self) -> Filter:
        rows = [row for row in self.rows.rows if isinstance(row, ChoiceRow)]
        chosen: dict[str, Any] = {row.name: row.value for row in rows}
        answer = replace(self._shown.typed, **chosen)
        nothing = answer == Filter(all_but=True)  # all but all of them would be none
        return Filter() if nothing else answer


def choices(place: Workplace) -> Sequence[ChoiceRow]:
    """Every field of a filter, and what it can be here."""
    words, currency = place.words(), place.settings.currency
    causes = [(it.id, it.name) for it in words.causes]
    return [
        ChoiceRow("agent", "agent", [("", "anybody"), *((it.name, it.name) for it in place.team)]),
        ChoiceRow("status", "status", [("", "any"), *((str(it), str(it)) for it in Status)]),
        ChoiceRow("outcome", "outcome", [("", "any"), *((str(it), str(it)) for it in Outcome)]),
        ChoiceRow(
            "category", "about", [("", "anything"), *((it.id, it.name) for it in words.categories)]
        ),
        ChoiceRow("cause", "cause", [(None, "any"), ("", "not looked for yet"), *causes]),
        ChoiceRow("factor", "made worse by", [("", "anything"), *causes]),
        ChoiceRow("heat", "heat left", [("", "any"), ("hot", "hot"), *_heats()]),
        ChoiceRow("promise", "promises", [(None, "any"), *_PROMISES.items()]),
        ChoiceRow("repeat", "rang again", _YES_NO),
        ChoiceRow(
            "cost",
            "remedies",
            [(None, "any"), *((it, f"{spell_amount(it, currency)} or more") for it in COSTS)],
        ),
        ChoiceRow("reviewed", "reviewed", _YES_NO),
        ChoiceRow("all_but", "shown are", [(False, "these"), (True, "all but these")]),
    ]


def _heats() -> Sequence[tuple[str, str]]:
    return [(str(level), str(level) if level else "not marked") for level in range(5, -1, -1)]
