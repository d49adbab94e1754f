"""The customer was told the answer: how, and in which words, even for a no (S83)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from calmdesk.guide.afterwards import CustomerTold
from calmdesk.guide.promises import TOLD_BY
from calmdesk.screens.guarded_form import GuardedForm
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow

TELLING_KEYS = "ctrl+s keeps it · f7 better words · escape leaves it"


class ToldCustomer(KeptForm, GuardedForm[Happenings]):
    """How they were told, and the words, which the guard reads."""

    GUARDED = "told-words"

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("What were they told at last?", classes="box-title", markup=False)
            yield from self.telling()
            yield self.hint_line(TELLING_KEYS)

    def telling(self) -> Iterator[Widget]:
        """The rows of the telling."""
        yield FormRow("Told them", ChoiceLine([(how, how) for how in TOLD_BY], id="told-how"))
        yield FormRow("The answer", Field("", "as they were told it", id="told-words"))
        yield self.guard_view()

    @property
    def told(self) -> CustomerTold | None:
        """The telling as it stands; None while nobody says how."""
        how = self.query_one("#told-how", ChoiceLine).value
        return CustomerTold(how, self.text("told-words")) if how is not None else None

    def answer(self) -> Happenings | None:
        told = self.told
        if told is None:
            self.wants("told-how", "How were they told? A try that reached nobody is no telling.")
            return None
        return (told,)
