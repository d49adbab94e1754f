"""The Desk: what an agent sees between calls."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.guide.english.days import without_year
from calmdesk.guide.listening import minutes
from calmdesk.records import browse, debriefs, phone_calls
from calmdesk.screens.beside import run_beside
from calmdesk.screens.due_screen import DueScreen
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.title_line import TitleLine
from calmdesk.words import count, shorten

if TYPE_CHECKING:
    from calmdesk.guide.clocks import ClockStanding
    from calmdesk.records.case_rows import Board, HandedOver
    from calmdesk.records.people_rows import EndedCall
    from calmdesk.records.phone_rows import RangInVain
    from calmdesk.screens.workplace import Workplace
    from calmdesk.widgets.board_list import BoardList

LONGEST_OWN = 160
"""Characters of the agent's own line that the Desk shows."""


class DeskScreen(DueScreen):
    """Ready, the inbox, what is due, open cases, today's counts."""

    HELP = "Between calls: what is due, what is open. ctrl+n takes a call."

    BINDINGS = [
        Binding(
            "b",
            "look_back",
            "look back",
            id="desk.look_back",
            tooltip="Three private lines on your last call of today",
        ),
    ]

    title_line = getters.query_one(TitleLine)
    ready = getters.query_one("#ready", Static)

    class TakenUp(Message):
        """A parked wrap-up is to be taken up."""

        def __init__(self, contact_id: str) -> None:
            super().__init__()
            self.contact_id = contact_id

    class RingBackWanted(Message):
        """Somebody who rang in vain is to be rung back."""

        def __init__(self, rang: RangInVain) -> None:
            super().__init__()
            self.rang = rang

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._told = ""
        """What became of the letter that Save was to write."""
        self.ended: EndedCall | None = None
        """The last call of today, to look back on."""

    def compose(self) -> ComposeResult:
        """Few widgets: the list comes with the store, after the first paint."""
        yield TitleLine("calmdesk")
        yield Static(self._ready_words(), id="ready", markup=False)
        yield KeyLine()

    def _ready_words(self) -> Content:
        lines = [self._standing()]
        if self._told and self.place.live is None:
            lines.append(Content(self._told))
        if self.place.me.own_line:
            lines.append(Content.styled(shorten(self.place.me.own_line, LONGEST_OWN), "$quiet"))
        if self.ended is not None and self.ended.hard and self.ended.looked_back is None:
            lines.append(Content.styled("look back: b · three lines, yours alone", "$quiet"))
        if self.place.demo:
            made = "A demo: these cases are made up, and nothing is kept."
            making = "A demo: a made-up day is being written, a few seconds ..."
            lines.append(Content.styled(made if self.place.me.name else making, "$warning"))
        return Content("\n").join(lines)

    def tell(self, sentence: str) -> None:
        """Say something until the next call is over."""
        self._told = sentence
        self.ready.update(self._ready_words())

    def _standing(self) -> Content:
        """Whether a call is on, and how to get back to it."""
        call, name = self.place.live, self.place.me.name
        if call is None:
            hello = f"Ready, {name}. " if name else "Ready. "
            return Content.assemble((hello, "bold $success"), "Waiting for a call.")
        if call.ended_at is not None:
            return Content.assemble(("A wrap-up waits. ", "bold $warning"), "ctrl+g c goes back.")
        since = minutes((self.place.now() - call.answered_at).total_seconds())
        return Content.assemble((f"In a call, {since}. ", "bold $warning"), "ctrl+g c goes back.")

    def on_mount(self) -> None:
        self.tick()

    def on_screen_resume(self) -> None:
        """Coming back, the board is read anew; the first time it comes with the store."""
        for board_list in self._lists():
            board_list.begin_afresh()
            self.show_board()

    def tick(self) -> None:
        """Let the clock and the due times go on."""
        super().tick()
        wall = self.place.wall()
        who = self.place.me.name
        when = without_year(wall)
        self.title_line.left = "calmdesk demo" if self.place.demo else "calmdesk"
        self.title_line.right = f"{who} · {when}" if who else when
        if self.place.live is not None:
            self.ready.update(self._ready_words())
        for board_list in self._lists():
            board_list.now = self.place.now()

    def _lists(self) -> Sequence[BoardList]:
        """The list, once it is there: its code is not needed for the first paint."""
        found = self.query("BoardList")
        return cast("Sequence[BoardList]", list(found))

    def changed(self) -> None:
        self.show_board()

    def look_again(self) -> None:
        if self._lists():
            self.show_board()

    @work(exclusive=True)
    async def show_board(self) -> None:
        """Read the board anew and show it, and what presses most."""
        place = self.place
        self.look_due()
        near = await asyncio.to_thread(place.near_until)  # public holidays are slow to look up
        try:
            board = await place.desk.look(browse.board, place.now(), place.day_began(), near)
            clocks = await place.clocks([case.id for case in board.open])
            self.ended = await place.desk.look(debriefs.last_call, place.day_began())
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.refresh_bindings()
        await self._show(board, clocks)

    # -- looking back ------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "look_back":
            return self.ended is not None
        return super().check_action(action, parameters)

    def action_look_back(self) -> None:
        if self.ended is not None:
            run_beside(self, partial(self._look_back_on, self.ended.contact_id), group="box")
        else:
            self.notify("You have had no call today to look back on.", markup=False)

    async def _look_back_on(self, contact_id: str) -> None:
        try:
            ended = await self.place.desk.look(debriefs.of_call, contact_id)
        except StoreError as error:
            self.title_line.warning = str(error)
        else:
            await self.look_back(ended)

    async def look_back(self, ended: EndedCall) -> None:
        """Look back on a call, until the box is left; what is half written stands there the next
        time. Asked by work that runs beside the keys."""
        from calmdesk.screens.look_back import LookBack

        await self.app.push_screen_wait(LookBack(self.place, ended))
        self.show_board()

    async def _show(self, board: Board, clocks: Mapping[str, Sequence[ClockStanding]]) -> None:
        from calmdesk.widgets.board_list import BoardList

        place = self.place
        if not self._lists():
            await self.mount(BoardList(place.wall), after=self.ready)
        board_list = self.query_one(BoardList)
        if self.focused is None:  # also when the reading that mounted it was called off by the next
            board_list.focus()
        board_list.now = place.now()
        board_list.clocks = clocks
        board_list.board = board
        self.ready.update(self._ready_words())
        self.tick()
        counted = f"today {count(board.calls_today, 'call')} · {board.agreed_today} agreed"
        self.ready.border_subtitle = Content(counted if board.calls_today else "")

    def on_board_list_due(self, event: BoardList.Due) -> None:
        act = {"ring": self.ring, "kept": self.keeping.keep, "later": self.keeping.put_off}
        act[event.what](event.line)

    def on_board_list_undone(self) -> None:
        self.ways_back.take()

    def on_board_list_rang(self, event: BoardList.Rang) -> None:
        if event.what == "back":
            self.post_message(self.RingBackWanted(event.rang))
        else:
            self.settle_rang(event.rang.keys)

    @work(group="keeping")
    async def settle_rang(self, keys: Sequence[str]) -> None:
        """Calls in vain are dealt with."""
        from calmdesk.screens.ways_back import WayBack

        ask = self.place.desk.ask
        dealt_with = partial(ask, phone_calls.settle, keys, self.place.now())
        way_back = WayBack(partial(ask, phone_calls.settle, keys, None), "On the list again.")
        try:
            await self.ways_back.make(dealt_with, lambda _: way_back)
        except StoreError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.notify("Dealt with. u takes it back.", markup=False)
        self.show_board()

    @work(group="box")
    async def on_board_list_taken(self, event: BoardList.Taken) -> None:
        """Show the brief of a case in the inbox; it leaves the inbox when it is taken."""
        from calmdesk.screens.inbox_brief import InboxBrief

        at = self.place.wall(event.handed.at)
        when = without_year(at)
        answer = await self.app.push_screen_wait(InboxBrief(event.handed, when))
        if answer is not None:
            self.take_over(event.handed, answer)

    @work(group="keeping")
    async def take_over(self, handed: HandedOver, how: str) -> None:
        """The case is this agent's from now on."""
        try:
            await self.keeping.take_over(handed, stays=how != "read")
        except CalmdeskError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        if how == "read":
            self.post_message(self.CaseWanted(handed.case_id))

    @work(group="box")
    async def on_board_list_reviewed(self, event: BoardList.Reviewed) -> None:
        """Show what a colleague saw; it leaves the board once it is open, and stays in the case."""
        from calmdesk.screens.review_box import ReviewBox

        answer = await self.app.push_screen_wait(ReviewBox(self.place, event.review))
        self.show_board()
        if answer == "read":
            self.post_message(self.CaseWanted(event.review.case_id))

    def on_board_list_taken_up(self, event: BoardList.TakenUp) -> None:
        self.post_message(self.TakenUp(event.contact_id))

    def on_board_list_opened(self, event: BoardList.Opened) -> None:
        self.post_message(self.CaseWanted(event.case_id))
