"""Private minutes after a hard call, or whenever they are wanted. Nobody sees that they were taken."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from calmdesk.guide.breath import USUAL_BREAK, breath
from calmdesk.guide.listening import minutes as spelt
from calmdesk.screens.box import Box
from calmdesk.screens.workplace import Workplace


class Pause(Box[None]):
    """A breathing line and the time that is left; enter ends it early."""

    DEFAULT_CSS = """
    Pause { background: $background; }
    Pause > .box { width: 56; border: none; background: $background; }
    Pause Static { padding-bottom: 1; }
    """

    BINDINGS = [
        Binding("enter,escape", "leave", "enough", id="pause.leave", tooltip="Back to the Desk"),
    ]

    def __init__(self, place: Workplace, minutes: int = USUAL_BREAK) -> None:
        super().__init__()
        self.place = place
        self.length = minutes * 60
        """Seconds."""
        self._began = place.now()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("These minutes are yours.", markup=False)
            yield Static(id="pause-breath", markup=False)
            yield Static(id="pause-left", markup=False)

    def on_mount(self) -> None:
        self.set_interval(1.0, self.tick)
        self.tick()

    def tick(self) -> None:
        """Breathe, and end by itself when the time is over."""
        gone = int((self.place.now() - self._began).total_seconds())
        if gone >= self.length:
            self.leave()
            return
        word, dots = breath(gone)
        self.query_one("#pause-breath", Static).update(
            Content.assemble((f"breathe {word:<3} ", "$quiet"), (dots, "$primary"))
        )
        left = f"{spelt(self.length - gone)} · enter: enough"
        self.query_one("#pause-left", Static).update(Content.styled(left, "$quiet"))
