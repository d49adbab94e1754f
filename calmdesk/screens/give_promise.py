"""Who keeps it from now on? A colleague, found as they are typed, and a note for them (S102)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import StoreError
from calmdesk.guide.happenings import Happening
from calmdesk.guide.naming import only
from calmdesk.records import people
from calmdesk.records.people_rows import Colleague
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.widgets.colleague_field import ColleagueField
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.workplace import Workplace


class GivePromise(KeptForm):
    """A colleague who works here, and the note. Who has left is shown, and refused."""

    to = getters.query_one(ColleagueField)
    team_list = getters.query_one(OptionList)

    to_whom: Colleague | None = None
    """Who was named last."""

    def __init__(
        self, place: Workplace, line: DueLine, make: Callable[[Colleague, str], Happening]
    ) -> None:
        """`make` says what happened, for a colleague and a note."""
        super().__init__()
        self.place = place
        self._line = line
        self._make = make

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Who keeps it?", classes="box-title", markup=False)
            yield Static(f"{self._line.customer}: {self._line.what}", markup=False)
            to = ColleagueField(placeholder="a name, or its start", id="give-to")
            yield FormRow("Colleague", to)
            yield OptionList(id="give-team", markup=False)
            yield FormRow("Note", Field(placeholder="what they need to know", id="give-note"))
            yield self.hint_line("enter goes on · ctrl+s hands it over · escape changes nothing")

    def on_mount(self) -> None:
        self.to.focus()
        self.bring()

    @work(exclusive=True, group="team")
    async def bring(self) -> None:
        """Who works here, without the one who keeps it now."""
        try:
            team = await self.place.desk.look(people.team)
        except StoreError as error:
            self.hint(str(error))
            return
        self.to.know([it for it in team if it.id != self._line.owner_id])
        self._show()
        if not self.to.team:
            self.hint("Nobody else is known here yet; calmdesk team --add NAME names a colleague.")

    @on(Input.Changed, "#give-to")
    def _show(self) -> None:
        """List whose name is meant; while nothing is typed everybody, those who are here first."""
        everybody = sorted(self.to.team, key=lambda it: it.left_at is not None)
        listed = self.to.found() if self.to.typed else everybody
        self.team_list.set_options(Option(Content(_words(it)), id=it.id) for it in listed)
        self.team_list.highlighted = 0 if listed else None
        self.team_list.display = bool(listed)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.to.complete(next(it for it in self.to.team if it.id == event.option.id))
        self.set_focus(self.query_one("#give-note"))

    @on(Input.Submitted, "#give-to")
    def entered(self) -> None:
        """The beginning of a name becomes the name that is marked."""
        for one in self._marked():
            self.to.complete(one)

    def _marked(self) -> list[Colleague]:
        """The colleague whom the name means, none or one: where it means several, the one who is
        marked in the list."""
        option, fitting = self.team_list.highlighted_option, self.to.found()
        marked = [it for it in fitting if option is not None and it.id == option.id]
        return marked or fitting[:1]

    def answer(self) -> Happenings | None:
        typed = self.to.typed
        if not typed:
            self.wants("give-to", "Who keeps it? Type a name.")
            return None
        one = only(self._marked(), typed)
        if isinstance(one, str):
            self.wants("give-to", one)
            return None
        self.to_whom = one
        return (self._make(one, self.text("give-note")),)


def _words(it: Colleague) -> str:
    if it.left_at is not None:
        return f"{it.name}, has left"
    return f"{it.name}, you" if it.me else it.name
