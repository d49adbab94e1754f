"""Customers: anybody by name or number, and those who may be one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from calmdesk.errors import CalmdeskError
from calmdesk.records import customers, duplicates
from calmdesk.records.customer_rows import MOST_PAIRS, Pair, Search, ranked
from calmdesk.screens.customer_keeping import CustomerKeeping
from calmdesk.screens.due_screen import DueScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.person_list import PersonList
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace


class CustomersScreen(Screen[None]):
    """While nothing is typed, the pairs; they come step by step, and nothing waits for them."""

    HELP = "Customers by name or number. Below: those who may be one person."

    DEFAULT_CSS = """
    CustomersScreen #people-typed {
        border: none; height: 1; padding: 0 1; margin: 1 1; background: $surface;
    }
    CustomersScreen #people-typed:focus { border: none; background: $panel; }
    CustomersScreen.-short #people-typed { margin: 0 1; }
    CustomersScreen #people-title { height: auto; padding: 0 1; color: $quiet; }
    """

    BINDINGS = [
        Binding("slash", "type", "look for", id="people.type", tooltip="Type a name or a number"),
        Binding("down", "list", "list", id="people.list", show=False, tooltip="To the list"),
        Binding("u", "undo", "undo", id="people.undo", tooltip="Take the last change back"),
        Binding("escape", "leave", "back", id="people.leave", tooltip="Back to the Desk"),
    ]

    title_line = getters.query_one(TitleLine)
    field = getters.query_one("#people-typed", Input)
    people = getters.query_one(PersonList)

    class Left(Message):
        """The agent goes back to work."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.keeping = CustomerKeeping(self, place, self.bring)
        self._pairs: dict[frozenset[str], Pair] = {}

    def compose(self) -> ComposeResult:
        yield TitleLine("Customers")
        yield Field(placeholder="a name or a number", id="people-typed")
        yield Static(id="people-title", markup=False)
        yield PersonList(self.place.wall)
        yield KeyLine()

    def on_mount(self) -> None:
        self.field.focus()

    def on_screen_resume(self) -> None:
        self.bring()

    @on(Input.Changed)
    def typed(self) -> None:
        self.bring()

    @work(exclusive=True, group="people")
    async def bring(self) -> None:
        """Look for whom was typed; for pairs while nothing is."""
        typed = self.field.value.strip()
        self.title_line.right = "demo" if self.place.demo else ""
        self.title_line.warning = ""
        try:
            if typed:
                found = await self.place.desk.look(customers.named, typed)
                self.people.list_people(found)
                self._say("Customers" if found else "Nobody has such a name or number.")
            else:
                await self._search()
        except CalmdeskError as error:
            self.title_line.warning = str(error)

    async def _search(self) -> None:
        """Look for pairs in small steps. What was found before, and nobody has decided about, stays
        until all is looked through."""
        found: dict[frozenset[str], Pair] = {}
        search: Search | None = Search()
        look, before = self.place.desk.look, list(self._pairs.values())
        self._pairs = {pair.ids: pair for pair in await look(duplicates.still, before)}
        self._list(self._pairs.values(), "looking …")
        while search is not None and len(found) < MOST_PAIRS:
            pairs, search = await look(duplicates.look_on, search)
            found.update((pair.ids, pair) for pair in pairs if pair.ids not in found)
            if pairs and len(found) > len(self._pairs):
                self._list(found.values(), "looking …")
        self._pairs = found
        more = search is not None
        self._list(
            found.values(), "the surest; more come when these are dealt with" if more else ""
        )

    def _list(self, pairs: Iterable[Pair], state: str) -> None:
        shown = ranked(pairs)[:MOST_PAIRS]
        self.people.list_pairs(shown)
        title = "These two may be one person" if shown else "No two look like one person"
        count = f"{len(shown)}" if shown else ""
        looking = state == "looking …" and not shown
        self._say(" · ".join(it for it in ("" if looking else title, count, state) if it))

    def _say(self, words: str) -> None:
        self.query_one("#people-title", Static).update(words)
        self.refresh_bindings()

    @on(PersonList.Opened)
    def open_one(self, event: PersonList.Opened) -> None:
        self.post_message(DueScreen.CustomerWanted(event.customer_id))

    @on(PersonList.PairWanted)
    @work(group="box")
    async def decide(self, event: PersonList.PairWanted) -> None:
        """Look at both, unless they are known not to be one."""
        pair = event.pair
        if event.what == "apart":
            await self.keeping.apart(pair.one.id, pair.other.id)
        else:
            await self.keeping.decide(pair.one, pair.other, pair.why)

    @on(Input.Submitted)
    def to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_list()

    def action_list(self) -> None:
        if self.people.count:
            self.people.focus()

    def action_type(self) -> None:
        self.field.focus()

    def action_undo(self) -> None:
        self.keeping.ways_back.take()

    def action_leave(self) -> None:
        """From the list to the field, from what was typed to the pairs, then to the Desk."""
        if not self.field.has_focus:
            self.field.focus()
        elif self.field.value:
            self.field.value = ""
        else:
            self.post_message(self.Left())
