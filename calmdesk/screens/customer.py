"""One customer: who they are, what they got and wait for, and their history as a line of heat and
outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from calmdesk.errors import CalmdeskError
from calmdesk.guide.filters import Filter
from calmdesk.records import browse, customer_details, customers
from calmdesk.records.case_rows import PAGE
from calmdesk.records.customer_rows import CustomerWhole
from calmdesk.screens.customer_keeping import CustomerKeeping
from calmdesk.screens.question import Question
from calmdesk.widgets.customer_card import CustomerCard
from calmdesk.widgets.heat_line import HeatLine
from calmdesk.widgets.history_list import HistoryList
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine
from calmdesk.words import called, count

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace

EVERY = 1.0
"""Seconds between two looks whether somebody has changed something."""


class CustomerScreen(Screen[str]):
    """Answers the case that is to be read whole; None when it was only left."""

    HELP = "One customer. The line is their cases, oldest first; enter reads the marked one."

    DEFAULT_CSS = """
    CustomerScreen CustomerCard { max-height: 40%; padding: 0 1 1 1; }
    CustomerScreen.-short CustomerCard { padding: 0 1; max-height: 7; }
    CustomerScreen #history-heads { height: 1; padding: 0 1; color: $quiet; }
    CustomerScreen HistoryList { min-height: 4; }
    CustomerScreen #history-empty { padding: 1; color: $quiet; display: none; }
    CustomerScreen.-empty #history-empty { display: block; }
    CustomerScreen.-empty HeatLine, CustomerScreen.-empty #history-heads { display: none; }
    """

    BINDINGS = [
        Binding(
            "m",
            "merge",
            "merge with",
            id="customer.merge",
            tooltip="Somebody else is the same person: merge them",
        ),
        Binding(
            "p",
            "part",
            "part again",
            id="customer.part",
            tooltip="Somebody who was merged is another person after all",
        ),
        Binding(
            "e", "mend", "mend", id="customer.mend", tooltip="Mend name, company and what is known"
        ),
        Binding("t", "add_number", "number", id="customer.number", tooltip="Add a number"),
        Binding("n", "add_name", "other name", id="customer.name", tooltip="Add another name"),
        Binding(
            "d",
            "drop",
            "strike out",
            id="customer.drop",
            tooltip="Strike out a number or another name that is not theirs",
        ),
        Binding("u", "undo", "undo", id="customer.undo", tooltip="Take the last change back"),
        Binding("escape", "leave", "back", id="customer.leave", tooltip="Back to where you were"),
    ]

    title_line = getters.query_one(TitleLine)
    card = getters.query_one(CustomerCard)
    heat_line = getters.query_one(HeatLine)
    history = getters.query_one(HistoryList)

    def __init__(self, place: Workplace, customer_id: str) -> None:
        super().__init__()
        self.place = place
        self.customer_id = customer_id
        self.whole: CustomerWhole | None = None
        """None until the store has answered."""
        self.keeping = CustomerKeeping(self, place, self.bring)
        self._version = -1
        """The state of the record that is shown."""

    def compose(self) -> ComposeResult:
        place = self.place
        yield TitleLine("Customer")
        yield CustomerCard(place.wall, place.settings.currency)
        yield HeatLine(place.wall)
        yield Static(id="history-heads", markup=False)
        history = HistoryList(place.wall, self._category, PAGE, place.settings.currency)
        history.dated = True
        yield history
        yield Static("No case of theirs is here.", id="history-empty", markup=False)
        yield KeyLine()

    def _category(self, category: str) -> str:
        return self.place.words().category_name(category)  # the words may be read again

    def on_mount(self) -> None:
        self.history.focus()
        self.bring()
        self.set_interval(EVERY, self.tick)

    @property
    def chosen(self) -> Filter:
        """Their cases."""
        return Filter(customer_id=self.customer_id)

    # -- what is shown ----------------------------------------------------------------------

    @work(exclusive=True, group="customer")
    async def bring(self) -> None:
        """Read them anew; the list begins again only when it has another length."""
        look, now = self.place.desk.look, self.place.now()
        try:
            self._version = await look(browse.version)
            self.whole = await look(customers.customer, self.customer_id, now)
            self.customer_id = self.whole.person.id
            first = await look(browse.page, self.chosen, 0, now)
        except CalmdeskError as error:
            self.title_line.warning = str(error)
            return
        person = self.whole.person
        self.title_line.warning = ""
        self.title_line.left = f"Customer  {called(person.name, next(iter(person.numbers), ''))}"
        cases = count(person.cases, "case")
        self.title_line.right = f"{cases} · demo" if self.place.demo else cases
        self.set_class(not person.cases, "-empty")
        self.card.now, self.card.whole = now, self.whole
        self.history.now = now
        if self.history.count != person.cases:
            self.history.begin(person.cases, first)
        else:
            self.history.forget()
        self.draw()
        self.refresh_bindings()

    @work(exclusive=True, group="tick")
    async def tick(self) -> None:
        """Once a second: what somebody changed is shown, and the minutes go on."""
        if not self.is_current or self.whole is None:
            return
        try:
            version = await self.place.desk.look(browse.version)
        except CalmdeskError:
            return  # whoever reads the list says what is wrong with the store
        if version != self._version:
            self.bring()
        elif self.card.now is None or self.card.now.minute != self.place.now().minute:
            self.card.now = self.history.now = self.place.now()

    @on(HistoryList.PageWanted)
    @work(group="pages")
    async def bring_page(self, event: HistoryList.PageWanted) -> None:
        before = self.history.row(event.number * PAGE - 1)
        try:
            rows = await self.place.desk.look(
                browse.page,
                self.chosen,
                event.number,
                self.place.now(),
                before.place if before else None,
            )
        except CalmdeskError as error:
            self.title_line.warning = str(error)
            return
        self.history.take(event.number, rows)
        self.draw()

    @on(HistoryList.Marked)
    @on(HistoryList.Resized)
    def draw(self) -> None:
        """Draw the cases around the marked one, and the heads as wide as the list."""
        history = self.history
        self.query_one("#history-heads", Static).update(history.heads())
        if not history.count:
            return
        first, drawn = self.heat_line.places(history.cursor, history.count)
        older = history.count - first - drawn
        self.heat_line.draw(history.held(first, drawn), history.cursor - first, older, first)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        whole = self.whole
        if action == "part":
            return whole is not None and bool(whole.merged)
        if action == "drop":
            return whole is not None and bool(whole.person.names or whole.person.numbers)
        return True

    # -- what is done -----------------------------------------------------------------------

    @on(HistoryList.Opened)
    def read_case(self, event: HistoryList.Opened) -> None:
        _ = self.dismiss(event.case.id)

    @work(group="box")
    async def action_merge(self) -> None:
        """Somebody else is this person."""
        from calmdesk.screens.merge_with import MergeWith

        if self.whole is None:
            return
        chosen = await self.app.push_screen_wait(MergeWith(self.place, self.whole.person))
        if chosen is not None and self.whole is not None:
            await self.keeping.decide(self.whole.person, *chosen)

    @work(group="box")
    async def action_part(self) -> None:
        """Somebody who was merged is another person after all."""
        if self.whole is None:
            return
        merged = {it.merge_id: it for it in self.whole.merged}
        words = []
        for it in merged.values():
            parts = (it.name or "unknown", count(it.cases, "case"), f"by {it.agent or 'this desk'}")
            words.append((it.merge_id, " · ".join(parts)))
        chosen = await self.app.push_screen_wait(Question("Who is another person?", words))
        if chosen is not None:
            await self.keeping.part(merged[chosen], self.customer_id)

    @work(group="box")
    async def action_mend(self) -> None:
        """What is known of them is another."""
        from calmdesk.screens.customer_forms import MendCustomer

        whole = self.whole
        form = MendCustomer(self.place, whole) if whole is not None else None
        mended = await self.app.push_screen_wait(form) if form is not None else None
        if whole is None or mended is None:
            return
        known = mended.details
        told = (mended.company, known.since, known.value, known.zone)
        changes: list[tuple[object, ...]] = [(customer_details.mend, *told)]
        if mended.name != whole.person.name:
            changes.insert(0, (customer_details.rename, mended.name))
        await self.keeping.mend("Kept.", self.customer_id, *changes)

    @work(group="box")
    async def action_add_number(self) -> None:
        """They have another number."""
        await self._add("Another number of theirs", "+1 415 555 0134", customer_details.add_number)

    @work(group="box")
    async def action_add_name(self) -> None:
        """They are known by another name as well."""
        await self._add("Another name of theirs", "as they say it", customer_details.add_name)

    async def _add(self, title: str, example: str, verb: object) -> None:
        from calmdesk.screens.customer_forms import OneMore

        typed = await self.app.push_screen_wait(OneMore(title, example))
        if typed is not None:
            await self.keeping.mend("Added.", self.customer_id, (verb, typed))

    @work(group="box")
    async def action_drop(self) -> None:
        """A number or another name is not theirs."""
        if self.whole is None:
            return
        person = self.whole.person
        words = [(f"number {n}", it) for n, it in enumerate(person.numbers)]
        words += [(f"name {n}", it) for n, it in enumerate(person.names)]
        chosen = await self.app.push_screen_wait(Question("Which one is not theirs?", words))
        if chosen is None:
            return
        text = dict(words)[chosen]
        is_number = chosen.startswith("number")
        verb = customer_details.drop_number if is_number else customer_details.drop_name
        await self.keeping.mend("Struck out.", self.customer_id, (verb, text))

    def action_undo(self) -> None:
        self.keeping.ways_back.take()

    def action_leave(self) -> None:
        _ = self.dismiss(None)
