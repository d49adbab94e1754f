"""Who else is this customer? Likely ones first, or anybody by name or number."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import CalmdeskError
from calmdesk.records import customers, duplicates
from calmdesk.records.customer_rows import Person
from calmdesk.screens.box import Box
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.words import called, count, shorten


class MergeWith(Box[tuple[Person, str]]):
    """Answers the person chosen, and why they may be the same one; None changes nothing."""

    DEFAULT_CSS = """
    MergeWith Input { border: none; height: 1; padding: 0 1; background: $background; }
    MergeWith Input:focus { border: none; }
    MergeWith #merge-hint { padding: 1 0 0 0; height: auto; color: $quiet; }
    MergeWith OptionList { max-height: 12; }
    """

    BINDINGS = [
        Binding("down", "list", "list", id="merge.list", tooltip="To those who were found"),
        Binding("escape", "leave", "leave it", id="merge.leave", tooltip="Change nothing"),
    ]

    def __init__(self, place: Workplace, this: Person) -> None:
        super().__init__()
        self.place = place
        self._this = this
        self._found: dict[str, tuple[Person, str]] = {}

    def compose(self) -> ComposeResult:
        who = shorten(called(self._this.name, next(iter(self._this.numbers), "")), 60)
        with Vertical(classes="box"):
            yield Static(f"Who else is {who}?", classes="box-title", markup=False)
            yield Field(placeholder="a name or a number", id="merge-typed")
            yield Static(id="merge-hint", markup=False)
            yield OptionList(id="merge-found", markup=False)
            yield Static(
                "down and enter choose: both are shown first · escape leaves",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self.look("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        self.look(event.value)

    @work(exclusive=True, group="people")
    async def look(self, typed: str) -> None:
        """Look for whom was typed; likely ones while nothing is."""
        look = self.place.desk.look
        found: Sequence[tuple[Person, str]]
        try:
            if typed.strip():
                found = [(it, "") for it in await look(customers.named, typed)]
            else:
                pairs = await look(duplicates.likely, self._this.id)
                found = [
                    (it.one if it.other.id == self._this.id else it.other, it.why) for it in pairs
                ]
        except CalmdeskError as error:
            self._hint(str(error))
            return
        self._found = {it.id: (it, why) for it, why in found if it.id != self._this.id}
        options = [Option(_line(*entry), id=it) for it, entry in self._found.items()]
        self.query_one(OptionList).set_options(options)
        if typed.strip():
            self._hint("" if options else "Nobody has such a name or number.")
        else:
            self._hint("These may be them:" if options else "Type a name or a number.")

    def _hint(self, words: str) -> None:
        self.query_one("#merge-hint", Static).update(words)

    def action_list(self) -> None:
        found = self.query_one(OptionList)
        if found.option_count:
            found.focus()
            found.action_first()

    @on(Input.Submitted)
    def take_only(self, event: Input.Submitted) -> None:
        """Enter takes the one who was found, or goes to the list."""
        event.stop()
        if len(self._found) == 1:
            self.leave(next(iter(self._found.values())))
        elif self._found:
            self.action_list()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.leave(self._found[event.option.id or ""])


def _line(person: Person, why: str) -> Content:
    number = next(iter(person.numbers), "")
    name = shorten(called(person.name, number), 40)
    rest = [person.company, number if person.name else "", count(person.cases, "case"), why]
    return Content.assemble(name, ("  " + " · ".join(it for it in rest if it), "$quiet"))
