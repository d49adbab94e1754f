"""A case that somebody handed over, with all that its next owner must know (S63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from calmdesk.screens.box import Box

if TYPE_CHECKING:
    from calmdesk.records.case_rows import HandedOver


class InboxBrief(Box[str]):
    """Answers `taken`, or `read` to take it and read the case; None leaves it in the inbox."""

    DEFAULT_CSS = """
    InboxBrief VerticalScroll { height: auto; max-height: 16; margin: 0 0 1 0; }
    InboxBrief VerticalScroll Static { height: auto; }
    """

    BINDINGS = [
        Binding("enter", "answer('taken')", "take it", id="brief.take", tooltip="Go on with it"),
        Binding(
            "r",
            "answer('read')",
            "take and read",
            id="brief.read",
            tooltip="Go on with it, and read the case whole",
        ),
        Binding("escape", "leave", "later", id="brief.leave", tooltip="It stays in the inbox"),
    ]

    def __init__(self, handed: HandedOver, when: str) -> None:
        """`when` is the local time at which it was handed over."""
        super().__init__()
        self._handed = handed
        self._when = when

    def compose(self) -> ComposeResult:
        it = self._handed
        with Vertical(classes="box"):
            yield Static(f"{it.customer} · {it.ref}", classes="box-title", markup=False)
            yield Static(f"from {it.of or 'a colleague'}, {self._when}", markup=False)
            with VerticalScroll():
                yield Static(it.brief, markup=False)
            yield Static(
                "enter takes it · r takes it and reads the case · escape leaves it in the inbox",
                classes="box-hint",
                markup=False,
            )

    def action_answer(self, how: str) -> None:
        self.leave(how)
