"""Who is at this desk: name, direct line, e-mail, the agent's own line; each can wait."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.contact_card import missing
from calmdesk.records.people_rows import Me
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.words import one_line

STAKES = (
    "Whoever rings upset is still a customer. A mistake owned at once is often forgiven; "
    "one left alone is told to others for months, and costs more than its repair."
)
"""Why any of it is worth the trouble: said once, to somebody new, and never in a call (S91, S104)."""


class Welcome(FormScreen[tuple[str, str, str, str]]):
    """Asks who is at this desk; the customer gets the direct line before asking for it (S8, S9)."""

    DEFAULT_CSS = """
    Welcome #me-wrong { color: $warning; height: auto; padding: 0 1; }
    """

    def __init__(self, me: Me, first: bool = False) -> None:
        """`first` is for the first start, when there is a minute to read why."""
        super().__init__()
        self._me = me
        self._first = first

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            if self._first:
                yield Static(STAKES, id="stakes", classes="box-title", markup=False)
            yield Static("Who is at this desk?", classes="box-title", markup=False)
            yield FormRow("Your name", Field(self._me.name, id="me-name"))
            yield FormRow(
                "Direct line",
                Field(
                    self._me.direct_line, id="me-line", placeholder="your own number, no extension"
                ),
            )
            yield FormRow("E-mail", Field(self._me.email, id="me-mail"))
            yield FormRow(
                "Your own line",
                Field(self._me.own_line, id="me-own", placeholder="what steadies you"),
            )
            yield Static(id="me-wrong", markup=False)
            yield Static(
                "Customers are given direct line and e-mail, so that they reach you and nobody else.\n"
                "Your own line is for the minute before a call; only you see it.\n"
                "enter goes on · escape skips; it is asked again when first needed",
                classes="box-hint",
                markup=False,
            )

    def answer(self) -> tuple[str, str, str, str] | None:
        name, line, mail, own = (one_line(field.value) for field in self.query(Input))
        wrong = missing(line, mail)
        self.query_one("#me-wrong", Static).update(f"! {wrong}" if wrong else "")
        return None if wrong else (name, line, mail, own)
