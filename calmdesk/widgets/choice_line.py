"""One choice of a few, on one line: left and right move it, and it counts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class ChoiceLine(Widget, can_focus=True):
    """Choices side by side; the chosen one stands in brackets, not only in colour."""

    DEFAULT_CSS = """
    ChoiceLine { height: auto; min-height: 1; padding: 0 1; }
    ChoiceLine:focus { background: $panel; }
    """

    BINDINGS = [
        Binding("right", "move(1)", "choose", id="choice.next", tooltip="The next choice"),
        Binding(
            "left",
            "move(-1)",
            "choose",
            show=False,
            id="choice.previous",
            tooltip="The choice before",
        ),
        Binding(
            "enter",
            "onward",
            "on",
            show=False,
            id="choice.onward",
            tooltip="Keep the choice and go on",
        ),
    ]

    value: reactive[str | None] = reactive(None, layout=True)
    """The chosen value; None while nothing is chosen."""

    @dataclass
    class Chosen(Message):
        """A choice was made."""

        choice: ChoiceLine
        value: str

        @property
        def control(self) -> ChoiceLine:
            return self.choice

    def __init__(self, choices: Sequence[tuple[str, str]], id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices = choices
        """Value and label of each."""
        self._spots: list[tuple[int, int, int, str]] = []

    def render(self) -> Content:
        width = max(1, self.content_size.width)
        self._spots = []
        lines, used = [Content("")], 0
        for value, label in self.choices:
            chosen = value == self.value
            words = f"[{label}]" if chosen else f" {label} "
            if used and used + len(words) > width:
                lines.append(Content(""))
                used = 0
            self._spots.append((len(lines) - 1, used, used + len(words), value))
            lines[-1] += Content.styled(words, "bold $primary" if chosen else "")
            used += len(words)
        return Content("\n").join(lines)

    def action_move(self, step: int) -> None:
        """Choose the next one, or the one before."""
        values = [value for value, _ in self.choices]
        if self.value in values:
            place = (values.index(self.value) + step) % len(values)
        else:
            place = 0 if step > 0 else len(values) - 1
        self._choose(values[place])

    def action_onward(self) -> None:
        """Go on to what follows."""
        if self.value is None:
            self._choose(self.choices[0][0])
        self.screen.focus_next()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for line, first, last, value in self._spots if offset is not None else ():
            if offset is not None and offset.y == line and first <= offset.x < last:
                self._choose(value)

    def _choose(self, value: str) -> None:
        self.value = value
        self.post_message(self.Chosen(self, value))
