"""A case is handed over: to whom, and a brief that spares the customer the telling (S63, S102)."""

from __future__ import annotations

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from calmdesk.errors import CalmdeskError
from calmdesk.guide.afterwards import CaseHandedOver
from calmdesk.guide.happenings import FollowUpSet
from calmdesk.guide.naming import nobody, only
from calmdesk.guide.promises import FollowUpKind
from calmdesk.records import people
from calmdesk.records.people_rows import Colleague
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.colleague_field import ColleagueField
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.words import clean


class HandOver(KeptForm):
    """A colleague by the beginning of the name, and the brief, ready to be mended. Whoever hands a
    case on keeps a follow-up of it (D14)."""

    DEFAULT_CSS = """
    HandOver TextArea {
        height: auto; max-height: 12; border: none; padding: 0 1; background: $background;
    }
    HandOver TextArea:focus { border: none; background: $panel; }
    """

    to = getters.query_one(ColleagueField)

    def __init__(self, place: Workplace, around: Around, brief: str, name: str = "") -> None:
        """`name` is who is likely to go on with it."""
        super().__init__()
        self.place = place
        self._around = around
        self._brief = brief
        self._likely = name
        self._to_add = ""
        """A name that nobody has here, and that a second ctrl+s adds."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("Who goes on with it?", classes="box-title", markup=False)
            to = ColleagueField(self._likely, "the beginning of a name", id="hand-to")
            to.know(self.place.team)
            yield FormRow("To", to)
            yield Static(id="hand-hint", classes="box-hint", markup=False)
            yield TextArea(self._brief, id="hand-brief")
            yield self.hint_line("ctrl+s hands it over · escape leaves it")

    def on_mount(self) -> None:
        self.bring()

    @work(exclusive=True, group="team")
    async def bring(self) -> None:
        """Bring everybody's names."""
        try:
            self.place.team = await self.place.desk.look(people.team)
        except CalmdeskError as error:
            self.hint(f"! {error}")
            return
        self.to.know(self.place.team)
        self.show()

    @on(Input.Changed, "#hand-to")
    def show(self) -> None:
        """Show who is meant so far."""
        self._to_add = ""
        self.query_one("#hand-hint", Static).update(self.to.hint())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the one who is meant, and goes on to the brief."""
        event.stop()
        event.prevent_default()  # elsewhere enter in the last field keeps the form
        fitting = self.to.found()
        if len(fitting) == 1:
            self.to.complete(fitting[0])
        self.set_focus(self.query_one(TextArea))

    async def happenings(self) -> Happenings | None:
        brief = clean(self.query_one(TextArea).text).strip()
        if not brief:
            self.wants("hand-brief", "One line at least: what must they know?")
            return None
        to = await self._whom()
        if to is None:
            return None
        follow_up = FollowUpSet(
            self.place.new_id(),
            self._around.next_morning(rung=False),
            FollowUpKind.HANDED_OVER.words,
            FollowUpKind.HANDED_OVER,
        )
        return CaseHandedOver(self.place.new_id(), to.id, to.name, brief), follow_up

    async def _whom(self) -> Colleague | None:
        """Who is meant; None when that is not clear, and a hint says why. A new name is added
        when it is kept a second time."""
        typed, fitting = self.to.typed, self.to.found()
        if not typed:
            self.wants("hand-to", "Who goes on with it?")
        elif not fitting and self._to_add == typed:
            return await self._added(typed)
        elif not fitting:
            self._to_add = typed
            self.query_one("#hand-hint", Static).update(
                f"{nobody(typed)}; ctrl+s again names them."
            )
            self.set_focus(self.to)
        else:
            one = only(fitting, typed)
            if isinstance(one, str):
                self.wants("hand-to", one)
            elif one.me:
                self.wants("hand-to", "That is you; name somebody else.")
            else:
                return one
        return None

    async def _added(self, name: str) -> Colleague | None:
        try:
            added = await self.place.desk.ask(people.add_colleague, name, self.place.now())
        except CalmdeskError as error:
            self.hint(f"! {error}")
            return None
        self.place.team = (*self.place.team, added)
        self.to.know(self.place.team)
        return added
