"""Fields with choices, one a line: left and right change the marked one, a letter jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.row_list import RowList


@dataclass(frozen=True)
class ChoiceRow:
    """One field."""

    name: str
    label: str
    choices: Sequence[tuple[object, str]]
    """What it can be, and its words; the first lets everything through."""
    chosen: int = 0
    """Place of the choice that is made."""

    @property
    def value(self) -> object:
        """The choice that is made."""
        return self.choices[self.chosen][0]


class ChoiceRows(RowList[ChoiceRow]):
    """A choice that is made stands in bold, and in arrows while its row is marked."""

    DEFAULT_CSS = """
    ChoiceRows { height: auto; max-height: 14; padding: 0; background: $surface; }
    """

    BINDINGS = [
        Binding("left", "turn(-1)", "choice before", id="rows.before", tooltip="The choice before"),
        Binding("right,space", "turn(1)", "next choice", id="rows.next", tooltip="The next choice"),
        Binding(
            "delete,backspace", "any", "any", id="rows.any", tooltip="Let everything through here"
        ),
    ]

    class Turned(Message):
        """Another choice was made."""

    def known_by(self, row: ChoiceRow) -> str:
        return row.name

    def line(self, row: ChoiceRow, width: int) -> Content:
        words = row.choices[row.chosen][1]
        marked = self.row is not None and self.row.name == row.name
        shown = f"◂ {words} ▸" if marked else f"  {words}"
        style = "bold $primary" if row.chosen else "$quiet"
        return columns([Part(row.label, 14, "$quiet"), Part(shown, 0, style)], width, gap=1)

    def choose(self, place: int) -> None:
        """Make a choice in the marked row."""
        row = self.row
        if row is not None:
            turned = ChoiceRow(row.name, row.label, row.choices, place % len(row.choices))
            self.show([turned if it is row else it for it in self.rows])
            self.post_message(self.Turned())

    def action_turn(self, step: int) -> None:
        if self.row is not None:
            self.choose(self.row.chosen + step)

    def action_any(self) -> None:
        self.choose(0)

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next choice that begins with it."""
        row, letter = self.row, (event.character or "").casefold()
        if row is None or not letter.strip() or not event.is_printable:
            return
        event.stop()
        after = [*range(row.chosen + 1, len(row.choices)), *range(row.chosen)]
        begins = [at for at in after if row.choices[at][1].casefold().startswith(letter)]
        if begins:
            self.choose(begins[0])
