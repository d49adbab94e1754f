"""Customers in a list: those who were looked for, and pairs who may be one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.row_list import RowList
from calmdesk.words import called, count

if TYPE_CHECKING:
    from calmdesk.records.customer_rows import Pair, Person

WIDE = 84
"""Columns from which two people stand side by side with their firms."""


@dataclass(frozen=True)
class PersonRow:
    """One line of the list: a customer, or two."""

    person: Person
    pair: Pair | None = None
    """The two, of whom `person` is the first; None where only one is listed."""


class PersonList(RowList[PersonRow]):
    """Walked with the arrows; enter opens one, or looks at both."""

    BINDINGS = [
        Binding("enter", "open", "open", id="people.open", tooltip="Open them, or look at both"),
        Binding(
            "m",
            "act('merge')",
            "one person",
            id="people.merge",
            tooltip="The two are one person: look at both, then merge them",
        ),
        Binding(
            "x",
            "act('apart')",
            "not the same",
            id="people.apart",
            tooltip="The two are not one person, and are not suggested again",
        ),
    ]

    @dataclass
    class Opened(Message):
        """A customer is to be shown."""

        customer_id: str

    @dataclass
    class PairWanted(Message):
        """Something is wanted of a pair: look, merge, apart."""

        pair: Pair
        what: str

    def __init__(self, wall: Callable[[datetime], datetime], id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall = wall

    def list_people(self, people: Sequence[Person]) -> None:
        """List customers."""
        self.show([PersonRow(person) for person in people])

    def list_pairs(self, pairs: Sequence[Pair]) -> None:
        """List those who may be one."""
        self.show([PersonRow(pair.one, pair) for pair in pairs])

    def known_by(self, row: PersonRow) -> str:
        return f"{row.person.id} {row.pair.other.id if row.pair else ''}"

    def line(self, row: PersonRow, width: int) -> Content:
        return self._person(row.person, width) if row.pair is None else self._pair(row.pair, width)

    def _person(self, person: Person, width: int) -> Content:
        last = self._wall(person.last_at) if person.last_at is not None else None
        number = next(iter(person.numbers), "")
        cases = count(person.cases, "case")
        return columns(
            [
                Part(called(person.name, number), style="bold"),
                Part(person.company, 20, from_width=60),
                Part(number, 17, "$quiet", from_width=44),
                Part(cases, 9, right=True),
                Part(f"{last.day} {last:%b} {last.year}" if last else "", 11, from_width=76),
            ],
            width,
            gap=1,
        )

    def _pair(self, pair: Pair, width: int) -> Content:
        one, other = (_short(it, width >= WIDE) for it in (pair.one, pair.other))
        return columns(
            [
                Part(one, style="bold"),
                Part(other, (width - 32) // 2 if width >= 60 else (width - 2) // 2, "bold"),
                Part(pair.why, 28, "$quiet", from_width=60),
            ],
            width,
            gap=1,
        )

    def moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            return self.row is not None and self.row.pair is not None
        return True

    def action_open(self) -> None:
        if self.row is not None and self.row.pair is None:
            self.post_message(self.Opened(self.row.person.id))
        else:
            self.action_act("look")

    def action_act(self, what: str) -> None:
        """Something is wanted of the marked pair."""
        if self.row is not None and self.row.pair is not None:
            self.post_message(self.PairWanted(self.row.pair, what))


def _short(person: Person, whole: bool) -> str:
    """A person in few words: name, and firm or number where there is room."""
    number = next(iter(person.numbers), "")
    name = called(person.name, number)
    more = person.company or (number if person.name else "")
    return f"{name}, {more}" if whole and more else name
