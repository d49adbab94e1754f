"""Several ticks on a line: left and right mark one, enter or space ticks it or takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive

from calmdesk.widgets.choice_line import ChoiceLine


class TickLine(ChoiceLine):
    """Like a choice of a few, but any number of them can be so."""

    values: reactive[tuple[str, ...]] = reactive((), layout=True)
    """The ticked values, in the order of the line."""

    @dataclass
    class Ticked(Message):
        """One was ticked, or taken back."""

        ticks: TickLine
        values: tuple[str, ...]
        """All that are ticked now."""

        @property
        def control(self) -> TickLine:
            return self.ticks

    def __init__(self, choices: Sequence[tuple[str, str]], id: str | None = None) -> None:
        super().__init__(choices, id)

    def is_chosen(self, value: str) -> bool:
        return value in self.values

    def words(self, label: str, chosen: bool) -> str:
        return f"[{'x' if chosen else ' '}] {label}  "

    def action_choose(self) -> None:
        """Turn the marked one; the next may follow."""
        self._choose(self.choices[self.mark][0])

    def _choose(self, value: str) -> None:
        turned = {*self.values} ^ {value}
        self.values = tuple(known for known, _ in self.choices if known in turned)
        self.post_message(self.Ticked(self, self.values))
