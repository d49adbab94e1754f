"""A case read whole in a box: over a call, which stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.records import browse
from calmdesk.records.reading import read_case
from calmdesk.screens.box import Box
from calmdesk.widgets.case_view import CaseView

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace


class ReadCase(Box[None]):
    """Nothing can be changed here."""

    DEFAULT_CSS = """
    ReadCase > .box { width: 100; height: 96%; padding: 0 1; }
    ReadCase CaseView, ReadCase CaseView:focus { border-left: none; }
    """

    BINDINGS = [
        Binding("escape,enter", "leave", "back", id="read.leave", tooltip="Back to where you were"),
    ]

    view = getters.query_one(CaseView)

    def __init__(self, place: Workplace, case_id: str) -> None:
        super().__init__()
        self.place = place
        self._case_id = case_id

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield CaseView()
            yield Static("escape: back", classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        place = self.place
        try:
            whole = await place.desk.look(browse.whole, self._case_id, place.now())
            clocks = await place.clocks([whole.line.id])
        except StoreError as error:
            self.query_one(".box-hint", Static).update(Content(f"! {error}"))
            return
        running = clocks.get(whole.line.id, ())
        lines = read_case(whole, place.wall, place.words(), place.settings.currency, running)
        self.view.show(lines, same=False)
        self.view.focus()
