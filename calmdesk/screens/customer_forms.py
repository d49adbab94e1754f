"""Small forms about a customer: what is known of them, and one more number or name."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.guide.money import spell_amount
from calmdesk.guide.typed_details import Details, read_details
from calmdesk.records.customer_rows import CustomerWhole
from calmdesk.screens.form_screen import FormScreen
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.words import one_line


@dataclass(frozen=True)
class NowKnown:
    """What is known of a customer now."""

    name: str
    company: str
    details: Details


class MendCustomer(FormScreen[NowKnown]):
    """Name, company, since, account value, time zone."""

    def __init__(self, place: Workplace, whole: CustomerWhole) -> None:
        super().__init__()
        self._whole = whole
        self._currency = place.settings.currency
        self.hold(place.half_typed, whole.person.id)

    def compose(self) -> ComposeResult:
        whole, person = self._whole, self._whole.person
        value = spell_amount(whole.value, self._currency) if whole.value else ""
        with Vertical(classes="box"):
            yield Static("What is known of them?", classes="box-title", markup=False)
            yield FormRow("Name", Field(person.name, id="known-name"))
            yield FormRow("Company", Field(person.company, id="known-company"))
            yield FormRow("Since", Field(str(person.since or ""), "year", id="known-since"))
            yield FormRow("Account value", Field(value, self._currency, id="known-value"))
            zone = Field(whole.zone, "a city, such as London", id="known-zone")
            yield FormRow("Time zone", zone)
            yield Static(
                "A new name leaves the old one as another name.\nctrl+s keeps it · escape leaves it",
                id="known-hint",
                classes="box-hint",
                markup=False,
            )

    def answer(self) -> NowKnown | None:
        if self._whole.person.name and not self._text("name"):
            self._hint("A customer needs a name; escape leaves it as it was.")
            return None
        try:
            since, value, zone = (self._text(it) for it in ("since", "value", "zone"))
            details = read_details(since, value, zone, self._currency)
        except ValueError as error:
            self._hint(str(error))
            return None
        return NowKnown(self._text("name"), self._text("company"), details)

    def _hint(self, words: str) -> None:
        self.query_one("#known-hint", Static).update(f"! {words}")

    def _text(self, field: str) -> str:
        return one_line(self.query_one(f"#known-{field}", Input).value)


class OneMore(FormScreen[str]):
    """One line: another number, or another name."""

    def __init__(self, title: str, example: str) -> None:
        super().__init__()
        self._title, self._example = title, example

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._title, classes="box-title", markup=False)
            yield Field(placeholder=self._example, id="one-more")
            yield Static("enter keeps it · escape leaves it", classes="box-hint", markup=False)

    def answer(self) -> str | None:
        return one_line(self.query_one("#one-more", Input).value) or None
