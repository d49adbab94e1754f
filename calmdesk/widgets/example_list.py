"""Cases from which colleagues may learn, without their names (S84)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from calmdesk.guide.heat import spell_heats
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.row_list import RowList

if TYPE_CHECKING:
    from calmdesk.records.learn_rows import Example


class ExampleList(RowList["Example"]):
    """One line an example: what it was about, how far the heat fell, and what they asked."""

    BINDINGS = [
        Binding("enter", "open", "read it", id="examples.open", tooltip="Read the example whole"),
    ]

    @dataclass
    class Opened(Message):
        """An example is to be read."""

        example: Example

    def __init__(self, category: Callable[[str], str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._category = category
        """Names a category."""

    def known_by(self, row: Example) -> str:
        return row.id

    def line(self, row: Example, width: int) -> Content:
        heat = spell_heats(row.heat_start, row.heat_end)
        return columns(
            [
                Part(heat, 4),
                Part(self._category(row.category), 15),
                Part(row.ask or row.summary or row.outcome),
                Part(row.outcome, 14, "$quiet", from_width=72),
            ],
            width,
            gap=1,
        )

    def action_open(self) -> None:
        if self.row is not None:
            self.post_message(self.Opened(self.row))
