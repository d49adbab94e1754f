"""A case waits for the customer: for what, and when somebody looks again (D6, S103)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.afterwards import WaitingBegan
from calmdesk.guide.happenings import FollowUpSet
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.widgets.when_field import WhenField

LOOK = "look whether they answered"


class WaitFor(KeptForm):
    """No pause without a date: whoever lets a case wait looks again."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("What does it wait for?", classes="box-title", markup=False)
            yield FormRow("For what", Field("", "a picture of the damage", id="wait-what"))
            when = WhenField(self._around, self._around.next_morning(rung=False), id="wait-when")
            yield FormRow("Look again", when)
            yield self.hint_line()

    def answer(self) -> Happenings | None:
        what, when = self.text("wait-what"), self.query_one(WhenField)
        if not what:
            self.wants("wait-what", "What are they asked for?")
            return None
        if when.due is None:
            self.wants("wait-when-typed", when.trouble)
            return None
        began = WaitingBegan(self._around.new_id(), what)
        return began, FollowUpSet(self._around.new_id(), when.due, LOOK)
