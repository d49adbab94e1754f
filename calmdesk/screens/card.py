"""A card, large on the screen, to be read out in the worst minute."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.screens.box import Box


class Card(Box[None]):
    """A title and lines; any key takes it away."""

    DEFAULT_CSS = """
    Card > .box { border: heavy $accent; }
    Card .box-title { color: $accent; }
    Card .card-line { padding-bottom: 1; text-style: bold; }
    """

    BINDINGS = [
        Binding(
            "escape,enter",
            "leave",
            "back to the call",
            id="card.leave",
            tooltip="Take the card away",
        ),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            for line in self._lines:
                yield Static(line, classes="card-line", markup=False)
            yield Static("escape or enter: back to the call", classes="box-hint", markup=False)

    def on_click(self, event: events.Click) -> None:
        self.leave()
