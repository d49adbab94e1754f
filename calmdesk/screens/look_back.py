"""A short look back on a call: three lines in half a minute, the agent's own (S89, S90)."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.records import debriefs, people
from calmdesk.records.people_rows import EndedCall, LookedBack
from calmdesk.screens.form_screen import FormScreen
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.colleague_field import ColleagueField
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.tick import Tick
from calmdesk.words import one_line

OWN = "Only you read this in calmdesk: in no list, report or export."
SHARED = "Everybody on this calmdesk can read it, with your name; not whom the call was with."


class LookBack(FormScreen[LookedBack]):
    """Answers what was kept. Escape keeps nothing, and the next opening has it all again."""

    DEFAULT_CSS = """
    LookBack #look-back-reader { padding-top: 1; height: auto; }
    """

    def __init__(self, place: Workplace, ended: EndedCall) -> None:
        super().__init__()
        self.place = place
        self._ended = ended
        self.hold(place.half_typed, ended.contact_id)

    def compose(self) -> ComposeResult:
        words = self._ended.looked_back or LookedBack()
        with Vertical(classes="box"):
            title = f"Looking back on {self._ended.customer}"
            yield Static(title, classes="box-title", markup=False)
            yield FormRow(
                "It went up", Field(words.escalated, "how did it escalate?", id="back-escalated")
            )
            yield FormRow("I", Field(words.better, "what could I do better?", id="back-better"))
            yield FormRow(
                "Our process", Field(words.process, "what is wrong in it?", id="back-process")
            )
            whom = ColleagueField(words.with_whom, "a colleague, if any", id="back-with")
            yield FormRow("With", whom)
            yield FormRow("Share it", Tick("others may read it", words.shared, id="back-shared"))
            yield Static(id="look-back-reader", markup=False)
            yield Static(id="look-back-hint", classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self.call_next(self._tell_reader)  # when all that was left is back
        self._hint("One line each is enough.\nctrl+s keeps it · escape leaves it for later")
        self.bring_colleagues()

    @work(exclusive=True, group="colleagues")
    async def bring_colleagues(self) -> None:
        """Names to complete with the right arrow; any other name is as good."""
        try:
            team = await self.place.desk.look(people.team)
        except StoreError:
            return  # a name can be typed out
        self.query_one(ColleagueField).know(team)

    def written(self) -> LookedBack:
        """What stands in the form now."""
        escalated, better, process, whom = (one_line(field.value) for field in self.query(Field))
        shared = self.query_one("#back-shared", Tick).value
        return LookedBack(escalated, better, process, whom, shared)

    @on(Tick.Turned)
    def _tell_reader(self) -> None:
        """Say plainly who can read it."""
        shared = self.query_one("#back-shared", Tick).value
        self.query_one("#look-back-reader", Static).update(SHARED if shared else OWN)

    def _hint(self, words: str) -> None:
        self.query_one("#look-back-hint", Static).update(words)

    def action_answer(self) -> None:
        """The box goes only when the record has it."""
        if not self.asking:
            self.asking = True
            self.keep(self.written())

    @work(group="keeping")
    async def keep(self, words: LookedBack) -> None:
        place, contact_id = self.place, self._ended.contact_id
        try:
            await self.kept(place.desk.ask(debriefs.keep, contact_id, words, place.now()))
        except StoreError as error:
            self.asking = False
            self._hint(f"! not kept: {error}")
            return
        self.leave(words)
