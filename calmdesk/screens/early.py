"""Why a letter does not wait out its hour; for the agent alone (S80)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.words import one_line


class Early(FormScreen[str]):
    """Answers the reason."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("It waits so that you can. Why now?", classes="box-title", markup=False)
            yield Field(placeholder="in a few words", id="early-reason")
            yield Static(
                "It stays with you: in no list and no export.\nenter keeps it · escape waits",
                id="early-hint",
                classes="box-hint",
                markup=False,
            )

    def answer(self) -> str | None:
        reason = one_line(self.query_one(Field).value)
        if not reason:
            self.query_one("#early-hint", Static).update("Why? A few words, or escape waits.")
        return reason or None
