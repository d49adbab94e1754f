"""A case is closed: with its outcome, and only when the customer was told (S77, S83)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.afterwards import CaseClosed, WaitingEnded
from calmdesk.guide.outcome import TELLS, Outcome
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.kept_form import Happenings
from calmdesk.screens.told_customer import TELLING_KEYS, ToldCustomer
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.form_row import FormRow


class CloseCase(ToldCustomer):
    """The outcome; and the telling in the same box, while there is none yet."""

    DEFAULT_CSS = """
    CloseCase #close-told { padding-top: 1; }
    """

    def __init__(self, place: Workplace, whole: CaseWhole) -> None:
        super().__init__(place)
        self._whole = whole

    def compose(self) -> ComposeResult:
        whole = self._whole
        with Vertical(classes="box"):
            yield Static("How does it end?", classes="box-title", markup=False)
            yield FormRow("Outcome", ChoiceLine([(o, o) for o in TELLS], id="close-outcome"))
            yield Static(self._said(), id="close-told", classes="box-hint", markup=False)
            if whole.told_at is None:
                yield from self.telling()
                yield self.hint_line(TELLING_KEYS)
            else:
                yield self.hint_line()

    def _said(self) -> str:
        whole = self._whole
        if whole.told_at is None:
            return "Not told yet: a case closes only when they were, even with a no."
        return f"They were told {whole.told_how}, {self.place.wall(whole.told_at):%a %d %b %H:%M}."

    def on_mount(self) -> None:
        if self._whole.line.outcome in TELLS:
            self.query_one("#close-outcome", ChoiceLine).value = self._whole.line.outcome

    def answer(self) -> Happenings | None:
        outcome = self.query_one("#close-outcome", ChoiceLine).value
        if outcome is None:
            self.wants("close-outcome", "How does it end? Enter chooses an outcome.")
            return None
        told = self.told if self._whole.told_at is None else None
        ended = [WaitingEnded(it["id"]) for it in self._whole.waitings if it["ended_at"] is None]
        return (*([told] if told else []), *ended, CaseClosed(Outcome(outcome)))
