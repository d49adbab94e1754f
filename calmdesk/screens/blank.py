"""A screen with nothing on it, for when somebody looks over the agent's shoulder."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from calmdesk.screens.box import Box


class Blank(Box[None]):
    """Hides everything; the call goes on, and any key brings it back."""

    DEFAULT_CSS = """
    Blank { background: $background; }
    Blank Static { width: auto; color: $quiet; }
    """

    def compose(self) -> ComposeResult:
        yield Static("the call goes on · any key", markup=False)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.leave()

    def on_click(self, event: events.Click) -> None:
        self.leave()
