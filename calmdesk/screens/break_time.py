"""How long a break is to be: one number, then the minutes begin (S90)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.breath import LONGEST_BREAK, USUAL_BREAK, break_minutes
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow


class BreakTime(FormScreen[int]):
    """Answers the minutes of the break."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("A break", classes="box-title", markup=False)
            yield FormRow("Minutes", Field(str(USUAL_BREAK), id="break-minutes"))
            yield Static(id="break-hint", classes="box-hint", markup=False)
            yield Static(
                "Nobody sees that you take it.\nenter begins it · escape leaves",
                classes="box-hint",
                markup=False,
            )

    def answer(self) -> int | None:
        minutes = break_minutes(self.query_one("#break-minutes", Field).value)
        if minutes is None:
            hint = f"A break takes 1 to {LONGEST_BREAK} minutes."
            self.query_one("#break-hint", Static).update(hint)
        return minutes
