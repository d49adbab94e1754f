"""A closed case is opened again: why, and what comes next, so that nobody is forgotten (S103)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.afterwards import CaseReopened
from calmdesk.guide.happenings import FollowUpSet
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.widgets.when_field import WhenField

NEXT = "ring them about it"
"""The next step of a case that was opened again, unless another is named."""


class ReopenCase(KeptForm):
    """Why it is not over, and the next step. All that was kept stays."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Why is it not over?", classes="box-title", markup=False)
            yield FormRow("Why", Field("", "the refund did not arrive", id="reopen-why"))
            yield FormRow("Next step", Field(NEXT, id="reopen-next"))
            when = WhenField(self._around, self._around.next_morning(), id="reopen-when")
            yield FormRow("When", when)
            yield self.hint_line("All of it is kept · ctrl+s opens it again")

    def answer(self) -> Happenings | None:
        why, when = self.text("reopen-why"), self.query_one(WhenField)
        if not why:
            self.wants("reopen-why", "Why is it not over?")
            return None
        if when.due is None:
            self.wants("reopen-when-typed", when.trouble)
            return None
        step = self.text("reopen-next") or NEXT
        return CaseReopened(why), FollowUpSet(self._around.new_id(), when.due, step)
