"""Who is calling: filled in any time, with what is known of them beside it (S41)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import StoreError
from calmdesk.guide.call import Call
from calmdesk.guide.happenings import CallerNamed, CaseJoined
from calmdesk.guide.money import spell_amount
from calmdesk.guide.typed_details import read_details
from calmdesk.guide.zones import zone_of_number
from calmdesk.records import people
from calmdesk.records.call_rows import Match
from calmdesk.screens.form_screen import FormScreen
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.words import count, one_line

_KNOWN = "Known: down and enter take one, or make this call part of a case"
_AS_SHOWN = "The name is the one that their telephone shows; what is typed takes its place"


class CallerScreen(FormScreen[CallerNamed | CaseJoined]):
    """Number, name, company, since, value, time zone. A match fills the fields; a case joins this call to it."""

    def __init__(self, place: Workplace, call: Call, shown: Callable[[], Awaitable[str]]) -> None:
        """`shown` finds the name that their telephone shows: it is offered, and nothing more."""
        super().__init__()
        self.place = place
        self.call = call
        self.hold(place.half_typed, call.contact_id)
        self._find_shown = shown
        self._shown = ""
        self._matches: list[Match] = []

    def compose(self) -> ComposeResult:
        known = self.call.caller
        currency = self.place.settings.currency
        value = spell_amount(known.value, currency) if known.value else ""
        with Vertical(classes="box"):
            yield Static("Who is calling?", classes="box-title", markup=False)
            yield FormRow("Number", Field(known.number, id="who-number"))
            yield FormRow("Name", Field(known.name, id="who-name"))
            yield FormRow("Company", Field(known.company, id="who-company"))
            yield FormRow(
                "Since", Field(str(known.since or ""), id="who-since", placeholder="year")
            )
            yield FormRow("Account value", Field(value, id="who-value", placeholder=currency))
            zone = known.zone or zone_of_number(known.number)
            yield FormRow("Time zone", Field(zone, "a city, such as London", id="who-zone"))
            yield Static(id="who-hint", classes="box-hint", markup=False)
            yield OptionList(id="who-matches", markup=False)
            yield Static(
                "enter goes on · ctrl+s keeps it · escape leaves it",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self.query_one("#who-name" if self.call.caller.number else "#who-number").focus()
        self.find()
        if not self.call.caller.name:
            self.offer()

    @work(group="shown")
    async def offer(self) -> None:
        """Offer the name that their telephone shows, where nobody has typed one."""
        self._shown = await self._find_shown()
        name = self.query_one("#who-name", Input)
        if name.value in ("", self._shown):  # it may be there still, as it was left
            name.value = self._shown
            name.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id in ("who-number", "who-name"):
            self.find()

    @work(exclusive=True)
    async def find(self) -> None:
        """Show who it may be, and their cases, as it is typed."""
        number, name = self._text("#who-number"), self._text("#who-name")
        try:
            self._matches = await self.place.desk.look(
                people.who_calls, number, name, self.call.case_id, self.place.now()
            )
        except StoreError as error:
            self.query_one("#who-hint", Static).update(str(error))
            return
        options = []
        for place, match in enumerate(self._matches):
            who = ", ".join(
                p for p in (match.caller.name, match.caller.company, match.caller.number) if p
            )
            sure = "" if match.sure else "maybe "
            options.append(
                Option(Content(f"{sure}{who} · {count(match.calls, 'call')}"), id=f"match {place}")
            )
            for number_of_case, case in enumerate(match.cases[:3]):
                opened = self.place.wall(case.opened_at)
                words = f"   {opened.day} {opened:%b} {case.ref} {case.category} {case.status}: same matter"
                options.append(
                    Option(Content.styled(words, "$quiet"), id=f"case {place} {number_of_case}")
                )
        self.query_one(OptionList).set_options(options)
        hints = [_AS_SHOWN] * bool(name and name == self._shown) + [_KNOWN] * bool(options)
        self.query_one("#who-hint", Static).update("\n".join(hints))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, *places = (event.option.id or "").split()
        match = self._matches[int(places[0])]
        if kind == "case":
            case = match.cases[int(places[1])]
            self.leave(CaseJoined(case.id, case.ref))
        else:
            self.leave(
                replace(match.caller, number=self._text("#who-number") or match.caller.number)
            )

    def _text(self, field: str) -> str:
        return one_line(self.query_one(field, Input).value)

    def answer(self) -> CallerNamed | None:
        since, value, zone = (self._text(f"#who-{it}") for it in ("since", "value", "zone"))
        try:
            known = read_details(since, value, zone, self.place.settings.currency)
        except ValueError as error:
            self.query_one("#who-hint", Static).update(str(error))
            return None
        return CallerNamed(
            name=self._text("#who-name"),
            company=self._text("#who-company"),
            number=self._text("#who-number"),
            since=known.since,
            value=known.value,
            zone=known.zone,
        )
