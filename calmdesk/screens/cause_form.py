"""Why it happened, and what made it worse: by process, never by person (S70, D3)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from calmdesk.guide.afterwards import CauseFound
from calmdesk.guide.playbook import Playbook
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow


class CauseForm(KeptForm):
    """The cause, found as it is typed; what the playbook does not know is kept as typed."""

    def __init__(self, playbook: Playbook, whole: CaseWhole) -> None:
        super().__init__()
        self._playbook = playbook
        self._whole = whole

    def compose(self) -> ComposeResult:
        name = self._playbook.cause_name
        worse = ", ".join(name(factor) for factor in self._whole.factors)
        with Vertical(classes="box"):
            yield Static("Why did it happen?", classes="box-title", markup=False)
            yield FormRow(
                "Cause", Field(name(self._whole.cause), "a step of the work", id="cause-cause")
            )
            yield FormRow("Made worse by", Field(worse, "commas between", id="cause-factors"))
            yield Static(id="cause-reading", classes="box-hint", markup=False)
            yield self.hint_line("A step of the work, never a person · ctrl+s keeps it")

    def on_mount(self) -> None:
        names = [cause.name for cause in self._playbook.causes_like("")]
        self.query_one("#cause-cause", Field).suggester = SuggestFromList(
            names, case_sensitive=False
        )
        self._read()

    @on(Input.Changed)
    def _read(self) -> None:
        """Show what is understood, else what is near."""
        words = [self._shown(typed) for typed in (self.text("cause-cause"), *self._typed_factors())]
        like = self._playbook.causes_like(self.text("cause-cause"))[:3]
        near = " · ".join(cause.name for cause in like)
        self.query_one("#cause-reading", Static).update("; ".join(filter(None, words)) or near)

    def _shown(self, typed: str) -> str:
        found = self._playbook.cause(typed)
        if found is not None or not typed:
            return found.name if found is not None else ""
        return f"{typed} (not in the playbook; kept as typed)"

    def _typed_factors(self) -> list[str]:
        return [part.strip() for part in self.text("cause-factors").split(",") if part.strip()]

    def _cause(self, typed: str) -> str:
        found = self._playbook.cause(typed)
        return found.id if found is not None else typed

    def answer(self) -> Happenings | None:
        cause = self.text("cause-cause")
        if not cause:
            self.wants("cause-cause", "Which step of the work failed?")
            return None
        return (
            CauseFound(self._cause(cause), tuple(self._cause(it) for it in self._typed_factors())),
        )
