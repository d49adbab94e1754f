"""Filters kept by name: use one, keep the one in force, drop one and bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from calmdesk.errors import CalmdeskError
from calmdesk.records import saved_filters
from calmdesk.records.day_rows import NamedFilter
from calmdesk.screens.box import Box
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.field import Field
from calmdesk.widgets.row_list import RowList

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace


class FilterList(RowList[NamedFilter]):
    """Each with its name and what it shows."""

    DEFAULT_CSS = """
    FilterList { height: auto; max-height: 12; padding: 0; background: $surface; }
    """

    def known_by(self, row: NamedFilter) -> str:
        return row.name

    def line(self, row: NamedFilter, width: int) -> Content:
        name = Part(row.name, max(10, width // 3), "bold")
        return columns([name, Part(row.words, style="$quiet")], width)


class SavedFilters(Box[str]):
    """Answers the words of the filter that is to be used."""

    DEFAULT_CSS = """
    SavedFilters Input, SavedFilters Input:focus {
        border: none; height: 1; padding: 0 1; background: $background; display: none;
    }
    SavedFilters.-naming Input { display: block; }
    SavedFilters .box-hint { padding-top: 1; }
    """

    BINDINGS = [
        Binding("enter", "use", "use it", id="saved.use", tooltip="Show what the marked one shows"),
        Binding("k", "name", "keep", id="saved.keep", tooltip="Keep the filter in force by name"),
        Binding(
            "delete,backspace", "drop", "drop it", id="saved.drop", tooltip="Keep it no longer"
        ),
        Binding("u", "undo", "undo", id="saved.undo", tooltip="Bring back what was dropped last"),
        Binding("escape", "leave", "leave", id="saved.leave", tooltip="Change nothing more"),
    ]

    kept = getters.query_one(FilterList)
    field = getters.query_one(Field)

    def __init__(self, place: Workplace, words: str) -> None:
        """`words` are the filter in force; '' while there is none."""
        super().__init__()
        self.place = place
        self._words = words
        self._dropped: NamedFilter | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Filters kept by name", classes="box-title", markup=False)
            yield FilterList()
            yield Field(placeholder="its name", id="saved-name")
            yield Static(id="saved-hint", classes="box-hint", markup=False)
            yield Static(
                "enter uses · k keeps the one in force · delete drops · u undoes · escape leaves",
                markup=False,
            )

    def on_mount(self) -> None:
        self.kept.focus()
        self.bring()

    @work(exclusive=True, group="saved")
    async def bring(self, said: str = "") -> None:
        """List what is kept."""
        try:
            found = await self.place.desk.look(saved_filters.saved)
        except CalmdeskError as error:
            self._say(str(error))
            return
        self.kept.show(found)
        self.kept.display = bool(found)
        in_force = (
            f"In force: {self._words}" if self._words else "No filter is in force; / types one."
        )
        self._say(said or (in_force if found else f"None is kept yet. {in_force}"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing = self.has_class("-naming")
        return not typing or action == "leave"

    def action_use(self) -> None:
        if self.kept.row is not None:
            self.leave(self.kept.row.words)

    def action_name(self) -> None:
        """Ask for the name of the one in force."""
        if not self._words:
            self._say("No filter is in force; / types one, f chooses one.")
            return
        self.add_class("-naming")
        self.field.focus()
        self._say(f"Name it: {self._words} · enter keeps it")

    @on(Input.Submitted)
    @work(exclusive=True, group="keep")
    async def keep(self, event: Input.Submitted) -> None:
        """Keep the one in force under the typed name."""
        place = self.place
        try:
            await place.desk.ask(saved_filters.save, event.value, self._words, place.now())
        except CalmdeskError as error:
            self._say(str(error))
            return
        self._end_naming()
        self.bring(f"Kept as {event.value.strip()}.")

    def _end_naming(self) -> None:
        self.remove_class("-naming")
        self.field.value = ""
        self.kept.focus()

    @work(exclusive=True, group="keep")
    async def action_drop(self) -> None:
        row = self.kept.row
        if row is None:
            return
        try:
            await self.place.desk.ask(saved_filters.drop, row.name)
        except CalmdeskError as error:
            self._say(str(error))
            return
        self._dropped = row
        self.bring(f"{row.name} is kept no longer. u brings it back.")

    @work(exclusive=True, group="keep")
    async def action_undo(self) -> None:
        place, row = self.place, self._dropped
        if row is None:
            self._say("There is nothing to take back.")
            return
        try:
            await place.desk.ask(saved_filters.save, row.name, row.words, place.now())
        except CalmdeskError as error:
            self._say(str(error))
            return
        self._dropped = None
        self.bring(f"{row.name} is kept again.")

    def action_leave(self) -> None:
        if self.has_class("-naming"):
            self._end_naming()
        else:
            self.leave()

    def _say(self, words: str) -> None:
        self.query_one("#saved-hint", Static).update(words)
