"""Clarify: parked questions, whose it was, who they are; facts apart from what they say (S52, S53)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.call import Note
from calmdesk.guide.happenings import FaultSettled, IdentityTicked, QuestionAsked, QuestionDropped
from calmdesk.guide.notes import Sign
from calmdesk.guide.stages import Fault
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.note_list import NoteList
from calmdesk.widgets.stage_pane import StagePane
from calmdesk.widgets.tick import Tick


class ParkedList(OptionList):
    """Questions that wait: enter asks one, delete drops it."""

    DEFAULT_CSS = """
    ParkedList { height: auto; max-height: 6; border: none; padding: 0 1; background: $background; }
    ParkedList:focus { border: none; }
    """

    BINDINGS = [
        Binding("enter", "select", "asked", id="parked.asked", tooltip="This question was asked"),
        Binding(
            "delete,backspace",
            "drop",
            "drop",
            id="parked.drop",
            tooltip="This question is not needed any more",
        ),
    ]

    def action_drop(self) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.screen.query_one(ClarifyPane).did(QuestionDropped(option.id))


class ClarifyPane(StagePane):
    """Shows first what can be asked now."""

    DEFAULT_CSS = """
    ClarifyPane .pane-title { color: $quiet; padding: 0 1; height: 1; }
    ClarifyPane NoteList { height: auto; max-height: 8; }
    """

    def compose(self) -> ComposeResult:
        yield Static(
            "Parked questions: enter asked, delete drops",
            id="parked-title",
            classes="pane-title",
            markup=False,
        )
        yield ParkedList(id="parked", markup=False)
        yield FormRow("Whose was it?", ChoiceLine([(f.value, f.label) for f in Fault], id="fault"))
        yield FormRow("Identity", Tick("they are who they say", id="verified"))
        yield Static(
            "Verified facts, with their source",
            id="facts-title",
            classes="pane-title",
            markup=False,
        )
        yield NoteList(self.around.wall, lambda note: note.sign is Sign.FACT, id="facts")
        yield Static("The customer says", classes="pane-title", markup=False)
        yield NoteList(self.around.wall, _said_by_them, id="says")

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        parked = self.call.parked
        parked_list = self.query_one(ParkedList)
        at = parked_list.highlighted or 0
        shown = [option.id for option in parked_list.options]
        if shown != [note.note_id for note in parked]:
            parked_list.set_options(
                Option(Content(f"{number}  {note.text}"), id=note.note_id)
                for number, note in enumerate(parked, 1)
            )
            parked_list.highlighted = min(at, len(parked) - 1) if parked else None
        parked_list.display = bool(parked)
        title = self.query_one("#parked-title", Static)
        title.update(
            "Parked questions: enter asked, delete drops" if parked else "No question is waiting."
        )
        self.query_one("#fault", ChoiceLine).value = self.call.fault
        self.query_one("#verified", Tick).value = self.call.verified
        for notes in self.query(NoteList):
            notes.show(self.call.notes)
        facts = any(note.sign is Sign.FACT for note in self.call.notes)
        self.query_one("#facts-title", Static).update(
            "Verified facts, with their source" if facts else "No fact yet: ! what @source"
        )

    @on(OptionList.OptionSelected, "#parked")
    def asked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.did(QuestionAsked(event.option.id))

    @on(ChoiceLine.Chosen, "#fault")
    def settled(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self.did(FaultSettled(Fault(event.value)))

    @on(Tick.Turned, "#verified")
    def ticked(self, event: Tick.Turned) -> None:
        event.stop()
        self.did(IdentityTicked(event.value))


def _said_by_them(note: Note) -> bool:
    return note.sign in (Sign.SAYS, Sign.ASK, Sign.STAKE)
