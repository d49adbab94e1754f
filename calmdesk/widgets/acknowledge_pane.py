"""Acknowledge: the one line that says their story back, to be read aloud and mended."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static, TextArea

from calmdesk.guide.english.acknowledge import MOST_WORDS, say_back
from calmdesk.guide.happenings import BackSaid, Happening
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.note_list import NoteList
from calmdesk.widgets.stage_pane import StagePane


class AcknowledgePane(StagePane):
    """The line built from the notes; once edited it is the agent's and is not built anew."""

    DEFAULT_CSS = """
    AcknowledgePane #back-hint { color: $quiet; padding: 0 1; height: auto; }
    """

    def compose(self) -> ComposeResult:
        yield FormRow("Say it back", TextArea(self.draft("back"), id="back"))
        yield Static(id="back-hint", markup=False)
        yield NoteList(self.around.wall)

    def on_mount(self) -> None:
        self.query_one(TextArea).highlight_cursor_line = False
        self.show()

    @property
    def line(self) -> str:
        """The line as it stands."""
        return " ".join(self.query_one(TextArea).text.split())

    def show(self) -> None:
        self.query_one(NoteList).show(self.call.notes)
        self.fill(
            "back",
            self.call.back_said
            or say_back(self.call.notes, self.around.playbook.words, self.call.ask),
        )
        self._hint()

    def leftovers(self) -> list[Happening]:
        changed = "back" in self.edited and self.line not in ("", self.call.back_said)
        self.settle("back")
        return [BackSaid(self.line)] if changed else []

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._hint()

    def _hint(self) -> None:
        words = len(self.line.split())
        if not words:
            hint = "Nothing to say back yet: what do they need? ($ and their words)"
        elif words >= MOST_WORDS:
            hint = f"{words} words; under {MOST_WORDS} is heard better. tab to mend it"
        else:
            hint = "They say yes: f2. Not quite: mend it (tab), or f3 and listen on."
        self.query_one("#back-hint", Static).update(hint)
