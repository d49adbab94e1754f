"""The Desk: what an agent sees between calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.records import browse, calls
from calmdesk.widgets.board_list import BoardList
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace


class DeskScreen(Screen[None]):
    """Ready, what is due, open cases, today's counts."""

    HELP = "Between calls: what is due, what is open. ctrl+n takes a call."

    title_line = getters.query_one(TitleLine)
    ready = getters.query_one("#ready", Static)

    class TakenUp(Message):
        """A parked wrap-up is to be taken up."""

        def __init__(self, contact_id: str) -> None:
            super().__init__()
            self.contact_id = contact_id

    class CaseWanted(Message):
        """A case is to be read whole."""

        def __init__(self, case_id: str) -> None:
            super().__init__()
            self.case_id = case_id

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        """Few widgets: the list comes with the store, after the first paint."""
        yield TitleLine("calmdesk")
        yield Static(self._ready_words(), id="ready", markup=False)
        yield KeyLine()

    def _ready_words(self) -> Content:
        name = self.place.me.name
        hello = f"Ready, {name}. " if name else "Ready. "
        lines = [Content.assemble((hello, "bold $success"), "Waiting for a call.")]
        if self.place.demo:
            made = "A demo: these cases are made up, and nothing is kept."
            making = "A demo: a made-up day is being written, a few seconds ..."
            lines.append(Content.styled(made if name else making, "$warning"))
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        self.set_interval(1.0, self.tick)
        self.tick()

    def on_screen_resume(self) -> None:
        self.show_board()

    def tick(self) -> None:
        """Let the clock and the due times go on."""
        wall = self.place.wall()
        who = self.place.me.name
        when = f"{wall:%a} {wall.day} {wall:%b} {wall:%H:%M}"
        self.title_line.left = "calmdesk demo" if self.place.demo else "calmdesk"
        self.title_line.right = f"{who} · {when}" if who else when
        for board_list in self.query(BoardList):
            board_list.now = wall

    @work(exclusive=True)
    async def show_board(self) -> None:
        """Read the board anew and show it."""
        place = self.place
        try:
            board = await place.desk.look(
                browse.board, place.now(), place.day_began(), place.near_until()
            )
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        if not self.query(BoardList):
            await self.mount(BoardList(place.wall), after=self.ready)
            if self.focused is None:
                self.query_one(BoardList).focus()
        board_list = self.query_one(BoardList)
        board_list.now = place.wall()
        board_list.board = board
        self.ready.update(self._ready_words())
        self.tick()
        counted = f"today {_calls(board.calls_today)} · {board.agreed_today} agreed"
        self.ready.border_subtitle = Content(counted if board.calls_today else "")

    @on(BoardList.Kept)
    @work
    async def keep_promise(self, event: BoardList.Kept) -> None:
        """Tick a promise or follow-up as done."""
        try:
            await self.place.desk.ask(calls.keep_promise, event.line_id, self.place.now())
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.notify("Marked as kept.", markup=False)
        self.show_board()

    @on(BoardList.TakenUp)
    def take_up(self, event: BoardList.TakenUp) -> None:
        self.post_message(self.TakenUp(event.contact_id))

    @on(BoardList.Opened)
    def open_case(self, event: BoardList.Opened) -> None:
        self.post_message(self.CaseWanted(event.case_id))


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"
