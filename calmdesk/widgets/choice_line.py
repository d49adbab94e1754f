"""One choice of a few, on one line: left and right mark one, enter or space chooses it; words that
are typed on it in a box go to the field behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input


class ChoiceLine(Widget, can_focus=True):
    """Choices side by side; the chosen one stands in brackets, not only in colour."""

    DEFAULT_CSS = """
    ChoiceLine { height: auto; min-height: 1; padding: 0 1; }
    ChoiceLine:focus { background: $panel; }
    """

    BINDINGS = [
        Binding("enter,space", "choose", "choose", id="choice.choose", tooltip="Choose the marked"),
        Binding("right", "move(1)", "mark", id="choice.next", tooltip="Mark the next choice"),
        Binding(
            "left",
            "move(-1)",
            "mark",
            show=False,
            id="choice.previous",
            tooltip="Mark the choice before",
        ),
    ]

    mark: reactive[int] = reactive(0)
    """Place of the choice that enter would choose; underlined while the line has the focus."""
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
        for place, (value, label) in enumerate(self.choices):
            chosen = self.is_chosen(value)
            marked = "underline" if self.has_focus and place == self.mark else ""
            words = self.words(label, chosen)
            if used and used + len(words) > width:
                lines.append(Content(""))
                used = 0
            self._spots.append((len(lines) - 1, used, used + len(words), value))
            style = "bold $primary" if chosen else ""
            lines[-1] += Content.styled(words, f"{style} {marked}".strip())
            used += len(words)
        return Content("\n").join(lines)

    def is_chosen(self, value: str) -> bool:
        """Whether a choice is made."""
        return value == self.value

    def words(self, label: str, chosen: bool) -> str:
        """A choice as it stands in the line."""
        return f"[{label}]" if chosen else f" {label} "

    def watch_value(self) -> None:
        values = [value for value, _ in self.choices]
        self.mark = values.index(self.value) if self.value in values else 0

    def action_move(self, step: int) -> None:
        """Mark the next one, or the one before."""
        self.mark = (self.mark + step) % len(self.choices)

    def action_choose(self) -> None:
        """Choose the marked one, and go on to what follows."""
        self._choose(self.choices[self.mark][0])
        self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        """A letter that is no key here begins the next field of a box: whoever types there means the
        words, and sees none of them lost or taken for a choice."""
        letter = event.character
        if not self.screen.is_modal or not event.is_printable or letter in (None, " "):
            return
        behind = self._field_behind()
        if behind is not None and letter and event.key not in self.screen.active_bindings:
            event.stop()
            self.screen.set_focus(behind)
            behind.insert_text_at_cursor(letter)

    def _field_behind(self) -> Input | None:
        chain = self.screen.focus_chain
        after = chain[chain.index(self) + 1 :] if self in chain else []
        return next((it for it in after if isinstance(it, Input)), None)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for line, first, last, value in self._spots if offset is not None else ():
            if offset is not None and offset.y == line and first <= offset.x < last:
                self._choose(value)

    def _choose(self, value: str) -> None:
        self.value = value
        self.post_message(self.Chosen(self, value))
