"""A promise between calls: what they were told, by when, and how they were told it (S66, S67)."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.happenings import Promised
from calmdesk.guide.promises import TOLD_BY, PromiseKind
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.widgets.tick import Tick
from calmdesk.widgets.when_field import WhenField


class TellPromise(KeptForm):
    """Only what the customer was told is a promise: so it asks how they were told."""

    def __init__(
        self,
        around: Around,
        what: str = "",
        due: datetime | None = None,
        kind: PromiseKind = PromiseKind.PROMISE,
        title: str = "What were they told?",
    ) -> None:
        """The fields begin with what is handed in."""
        super().__init__()
        self._around = around
        self._what = what
        self._due = due
        self._kind = kind
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            yield FormRow("What", Field(self._what, "ring about the plate", id="tell-what"))
            yield FormRow("By when", WhenField(self._around, self._due, id="tell-when"))
            yield FormRow("It is a", ChoiceLine([(k, k) for k in PromiseKind], id="tell-kind"))
            yield FormRow("Told them", ChoiceLine([(how, how) for how in TOLD_BY], id="tell-how"))
            yield FormRow("Asked", Field("", "whom, and their answer", id="tell-asked"))
            yield FormRow("Can be done", Tick("I know that it can", id="tell-feasible"))
            yield self.hint_line("What they were not told is no promise · ctrl+s keeps it")

    def on_mount(self) -> None:
        self.query_one("#tell-kind", ChoiceLine).value = self._kind

    def answer(self) -> Happenings | None:
        when = self.query_one(WhenField)
        what, due = self.text("tell-what"), when.due
        how = self.query_one("#tell-how", ChoiceLine).value
        if not what:
            self.wants("tell-what", "What were they told will happen?")
        elif due is None:
            self.wants("tell-when-typed", when.trouble)
        elif how is None:
            self.wants("tell-how", "How were they told? What they do not know is no promise.")
        else:
            promised = Promised(
                self._around.new_id(),
                what,
                due,
                feasible=self.query_one(Tick).value,
                asked=self.text("tell-asked"),
                of_kind=PromiseKind(self.query_one("#tell-kind", ChoiceLine).value or self._kind),
                how=how,
            )
            return (promised,)
        return None
