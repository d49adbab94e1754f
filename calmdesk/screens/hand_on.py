"""Who keeps it from now on? A colleague, found as they are typed, and a note for them (S102)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import StoreError
from calmdesk.records import people
from calmdesk.records.rows import Colleague
from calmdesk.screens.form_screen import FormScreen
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.records.rows import DueLine
    from calmdesk.screens.workplace import Workplace


class HandOn(FormScreen[tuple[Colleague, str]]):
    """Answers a colleague who works here, and the note. Who has left is shown, and refused."""

    def __init__(self, place: Workplace, line: DueLine) -> None:
        super().__init__()
        self.place = place
        self._line = line
        self._team: tuple[Colleague, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Who keeps it?", classes="box-title", markup=False)
            yield Static(f"{self._line.customer}: {self._line.what}", markup=False)
            yield FormRow("Colleague", Field(placeholder="a name, or how it begins", id="hand-to"))
            yield OptionList(id="hand-team", markup=False)
            yield FormRow("Note", Field(placeholder="what they need to know", id="hand-note"))
            yield Static(
                "enter goes on · ctrl+s hands it over · escape changes nothing",
                id="hand-hint",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self.query_one("#hand-to").focus()
        self.bring()

    @work(exclusive=True, group="team")
    async def bring(self) -> None:
        """Who works here, without the one who keeps it now."""
        try:
            team = await self.place.desk.look(people.team)
        except StoreError as error:
            self._hint(str(error))
            return
        self._team = tuple(it for it in team if it.id != self._line.owner_id)
        self._show()
        if not self._team:
            self._hint("Nobody else is known here yet; calmdesk team --add NAME names a colleague.")

    @on(Input.Changed, "#hand-to")
    def _show(self) -> None:
        """List whose name is meant, those who are here first."""
        found = sorted(self._found(), key=lambda it: it.left_at is not None)
        team_list = self.query_one(OptionList)
        team_list.set_options(Option(Content(_words(it)), id=it.id) for it in found)
        team_list.highlighted = 0 if found else None
        team_list.display = bool(found)

    def _found(self) -> list[Colleague]:
        typed = one_line(self.query_one("#hand-to", Input).value).casefold()
        names = [(it, it.name.casefold()) for it in self._team]
        exact = [it for it, name in names if name == typed]
        return exact or [
            it
            for it, name in names
            if any(part.startswith(typed) for part in (name, *name.split()))
        ]

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._complete(next(it for it in self._team if it.id == event.option.id))
        self.set_focus(self.query_one("#hand-note"))

    @on(Input.Submitted, "#hand-to")
    def entered(self) -> None:
        """The beginning of a name becomes the name that is listed first."""
        meant = self._meant()
        if meant is not None:
            self._complete(meant)

    def _complete(self, meant: Colleague) -> None:
        field = self.query_one("#hand-to", Input)
        field.value = meant.name
        field.cursor_position = len(meant.name)

    def _meant(self) -> Colleague | None:
        """The colleague whom the name means; the marked one where it means several."""
        if not self.query_one("#hand-to", Input).value.strip():
            return None
        option, found = self.query_one(OptionList).highlighted_option, self._found()
        marked = [it for it in found if option is not None and it.id == option.id]
        return next(iter([*marked, *found]), None)

    def answer(self) -> tuple[Colleague, str] | None:
        to = self._meant()
        typed = one_line(self.query_one("#hand-to", Input).value)
        if to is None:
            who = f"Nobody here is called {typed}" if typed else "Who keeps it"
            self._hint(
                f"{who}; calmdesk team lists everybody." if typed else f"{who}? Type a name."
            )
        elif to.left_at is not None:
            self._hint(f"{to.name} has left; name somebody else.")
        else:
            return to, one_line(self.query_one("#hand-note", Input).value)
        self.set_focus(self.query_one("#hand-to"))
        return None

    def _hint(self, words: str) -> None:
        self.query_one("#hand-hint", Static).update(words)


def _words(it: Colleague) -> str:
    if it.left_at is not None:
        return f"{it.name}, has left"
    return f"{it.name}, you" if it.me else it.name
