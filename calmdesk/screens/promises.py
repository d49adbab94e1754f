"""The promise register: what they were told, by when, and what became of it (S66)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.guide.promises import PromiseState, Reached
from calmdesk.records import register
from calmdesk.records.line_reading import read_line
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.promise_keys import KEYS, OPEN_ONLY
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.promise_table import PromiseTable
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.workplace import Workplace


class PromisesScreen(DueScreen):
    """The list, the marked line with its past beside or below it, and a key for what is done."""

    STRIP = False
    HELP = "What they were told, soonest first. Enter rings, k kept it, e shows everyone's."

    DEFAULT_CSS = """
    PromisesScreen #promises-body { height: 1fr; }
    PromisesScreen PromiseTable { width: 3fr; }
    PromisesScreen CaseView { width: 2fr; }
    PromisesScreen KeyLine { max-height: 3; }
    PromisesScreen #promises-empty { padding: 1 2; color: $quiet; display: none; height: auto; }
    PromisesScreen.-empty #promises-empty { display: block; }
    PromisesScreen.-empty #promises-body { display: none; }
    PromisesScreen.-narrow #promises-body, PromisesScreen.-normal #promises-body {
        layout: vertical;
    }
    PromisesScreen.-narrow PromiseTable, PromisesScreen.-normal PromiseTable {
        width: 1fr; height: 1fr;
    }
    PromisesScreen.-narrow CaseView, PromisesScreen.-normal CaseView {
        width: 1fr; height: 1fr; border-left: none; border-top: solid $border;
    }
    PromisesScreen.-narrow CaseView:focus, PromisesScreen.-normal CaseView:focus {
        border-left: none; border-top: solid $primary;
    }
    """

    BINDINGS = KEYS

    title_line = getters.query_one(TitleLine)
    table = getters.query_one(PromiseTable)
    view = getters.query_one(CaseView)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.everyone = False
        """Whether everyone's are shown, or the agent's own and nobody's."""
        self.settled = False
        """Whether what became of the last thirty days' is shown, or what is open."""

    def compose(self) -> ComposeResult:
        yield TitleLine("Promises")
        with Horizontal(id="promises-body"):
            yield PromiseTable(self.place.wall)
            yield CaseView()
        yield Static(id="promises-empty", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.table.focus()

    def on_screen_resume(self) -> None:
        self.changed()

    def tick(self) -> None:
        super().tick()
        before, now = self.table.now, self.place.now()
        if before is None or before.replace(second=0) != now.replace(second=0):
            self.table.now = now

    # -- the list ---------------------------------------------------------------------------

    def changed(self) -> None:
        super().changed()
        self.show_lines()

    def look_again(self) -> None:
        self.show_lines()

    @work(exclusive=True, group="lines")
    async def show_lines(self) -> None:
        """Read the list anew; the cursor stays on its line."""
        place, now = self.place, self.place.now()
        try:
            if self.settled:
                lines = await place.desk.look(register.settled, now, self.everyone)
            else:
                lines = await place.desk.look(register.register, self.everyone)
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.title_line.warning = ""
        whose = "everyone's" if self.everyone else "mine"
        what = "what became of them" if self.settled else f"{len(lines)} open"
        demo = " · demo" if place.demo else ""
        self.title_line.left = f"Promises · {whose}"
        self.title_line.right = f"{what}{demo}"
        self.set_class(not lines, "-empty")
        self.query_one("#promises-empty", Static).update(self._nothing())
        self.table.now, self.table.owners = now, self.everyone
        self.table.show(_under_headings(lines))
        if self.focused is None:
            self.table.focus()
        self.refresh_bindings()

    def _nothing(self) -> str:
        if self.settled:
            return "Nothing was settled in the last 30 days. s shows what is open."
        whose = "Nobody owes a customer anything." if self.everyone else "Nothing is owed by you."
        return f"{whose} What you tell a customer in a call (`+ ` and a time) stands here."

    # -- the marked line --------------------------------------------------------------------

    @on(PromiseTable.Marked)
    def marked(self, event: PromiseTable.Marked) -> None:
        self.refresh_bindings()
        if event.line is None:
            self.view.lines = ()
        else:
            self.read(event.line)

    @work(exclusive=True, group="read")
    async def read(self, line: DueLine) -> None:
        """Read the marked line with its past."""
        try:
            past = await self.place.desk.look(register.history, line.id)
        except CalmdeskError as error:
            self.title_line.warning = str(error)
            return
        place = self.place
        self.view.lines = read_line(line, past, place.wall, place.now())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in OPEN_ONLY or not self.is_mounted:
            return super().check_action(action, parameters)
        line = self.table.line
        if line is None or line.state != PromiseState.OPEN:
            return action == "read_case" and line is not None
        return not (action == "miss" and line.follow_up)

    # -- keys -------------------------------------------------------------------------------

    @on(PromiseTable.Opened)
    def opened(self, event: PromiseTable.Opened) -> None:
        """Ring for an open one; a settled one can only be read."""
        if event.line.state == PromiseState.OPEN:
            self.ring(event.line)
        else:
            self.action_read_case()

    def action_read_case(self) -> None:
        if self.table.line is not None:
            self.post_message(self.CaseWanted(self.table.line.case_id))

    def action_keep(self) -> None:
        if self.table.line is not None:
            self.keeping.keep(self.table.line)

    def action_put_off(self) -> None:
        if self.table.line is not None:
            self.keeping.put_off(self.table.line)

    def action_hand_on(self) -> None:
        if self.table.line is not None:
            self.keeping.hand_on(self.table.line)

    def action_miss(self) -> None:
        if self.table.line is not None:
            self.keeping.miss(self.table.line)

    def action_withdraw(self) -> None:
        if self.table.line is not None:
            self.keeping.withdraw(self.table.line)

    def action_tried(self, result: str) -> None:
        if self.table.line is not None:
            self.keeping.tried(self.table.line, Reached(result))

    def action_undo(self) -> None:
        self.ways_back.take()

    def action_everyone(self) -> None:
        self.everyone = not self.everyone
        self.show_lines()

    def action_settled(self) -> None:
        self.settled = not self.settled
        self.show_lines()

    async def action_leave(self) -> None:
        """From the past of a line to the list; from the list to the Desk."""
        if self.focused is self.view:
            self.table.focus()
        else:
            await self.app.switch_mode("desk")


def _under_headings(lines: list[DueLine]) -> list[str | DueLine]:
    """What is nobody's on top, with a sentence; then all others in their order."""
    nobodys = [it for it in lines if it.owner_left and it.state == PromiseState.OPEN]
    if not nobodys:
        return [*lines]
    who = " and ".join(dict.fromkeys(it.owner for it in nobodys))
    has = "have" if " and " in who else "has"
    others = [it for it in lines if it not in nobodys]
    heading = f"nobody's: {who} {has} left; h gives it to somebody"
    return [heading, *nobodys, *(["kept by somebody"] if others else []), *others]
