"""The middle of the call screen: the notes while listening, then a form for each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from calmdesk.guide.call import Call
from calmdesk.guide.happenings import Happening
from calmdesk.guide.stages import Stage
from calmdesk.widgets.acknowledge_pane import AcknowledgePane
from calmdesk.widgets.agree_pane import AgreePane
from calmdesk.widgets.clarify_pane import ClarifyPane, ParkedList
from calmdesk.widgets.convey_pane import ConveyPane
from calmdesk.widgets.note_list import NoteList
from calmdesk.widgets.resolve_pane import ResolvePane
from calmdesk.widgets.stage_pane import Around, StagePane
from calmdesk.widgets.wrap_up_pane import OutcomeList, WrapUpPane

PANES: dict[Stage, type[StagePane]] = {
    Stage.CONVEY: ConveyPane,
    Stage.ACKNOWLEDGE: AcknowledgePane,
    Stage.CLARIFY: ClarifyPane,
    Stage.RESOLVE: ResolvePane,
    Stage.AGREE: AgreePane,
    Stage.WRAP_UP: WrapUpPane,
}


class StagePanes(Vertical):
    """Holds one pane a stage, each made when it is first needed."""

    DEFAULT_CSS = """
    StagePanes { height: 1fr; min-height: 2; }
    """

    def __init__(
        self,
        call: Call,
        around: Callable[[], Around],
        drafts: Mapping[str, str],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._call = call
        self._around = around
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        yield NoteList(self._around().wall, id="notes")

    def pane(self, stage: Stage) -> StagePane | None:
        """The pane of a stage, if it was made."""
        kind = PANES.get(stage)
        found = self.query(kind) if kind is not None else None
        return found.first() if found else None

    async def show_stage(self) -> None:
        """Show the pane of the stage that the call is in."""
        stage = self._call.stage
        shown = self.pane(stage)
        if shown is None and stage in PANES:
            shown = PANES[stage](self._call, self._around(), self._drafts)
            await self.mount(shown)
        for child in self.children:
            child.display = child is shown or (shown is None and child.id == "notes")

    def show_call(self) -> None:
        """Show the call as it now stands, in what is in sight."""
        self.query_one("#notes", NoteList).show(self._call.notes)
        for pane in self.query(StagePane):
            if pane.display and pane.is_mounted:
                pane.show()

    def leftovers(self) -> list[Happening]:
        """What still stands in the fields of the pane that is being left."""
        pane = self.pane(self._call.stage)
        return pane.leftovers() if pane is not None else []

    def wants_focus(self) -> Widget | None:
        """What one key answers takes the focus; None leaves it to the note line."""
        if self._call.stage is Stage.CONVEY:
            return self.query_one("#try")
        if self._call.stage is Stage.CLARIFY and self._call.parked:
            return self.query_one(ParkedList)
        if self._call.stage is Stage.WRAP_UP:
            return self.query_one(OutcomeList)
        return None
