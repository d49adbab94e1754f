"""A tick: [x] or [ ], so that it is read without colour."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Tick(Widget, can_focus=True):
    """One thing that is so or is not. Enter, space and a click change it."""

    DEFAULT_CSS = """
    Tick { height: 1; width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Tick:focus { background: $panel; }
    """

    BINDINGS = [
        Binding("enter,space", "turn", "tick", id="tick.turn", tooltip="Tick it, or take it back"),
    ]

    value: reactive[bool] = reactive(False)
    """Whether it is ticked."""
    label: reactive[str] = reactive("", layout=True)
    """What is ticked."""

    @dataclass
    class Turned(Message):
        """The agent ticked it, or took it back."""

        tick: Tick
        value: bool

        @property
        def control(self) -> Tick:
            return self.tick

    def __init__(self, label: str = "", value: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Tick.label, label)
        self.set_reactive(Tick.value, value)

    def render(self) -> Content:
        mark = Content.styled("[x] ", "bold $primary") if self.value else Content("[ ] ")
        return mark + Content(self.label)

    def action_turn(self) -> None:
        self.value = not self.value
        self.post_message(self.Turned(self, self.value))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_turn()
