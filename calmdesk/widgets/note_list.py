"""The notes of a call, in the order in which they were typed, each with its time and kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from calmdesk.guide.call import Note
from calmdesk.guide.notes import Sign
from calmdesk.widgets.hanging import Hanging

TIME = 9
"""Columns of the time, under which nothing else of a note stands."""


class NoteList(OptionList, can_focus=False):
    """Shows notes, the newest in sight. What waits to be asked is marked."""

    DEFAULT_CSS = """
    NoteList { height: 1fr; border: none; padding: 0 1; background: $background; }
    NoteList > .option-list--option-highlighted { background: $background; color: $foreground; }
    """

    def __init__(
        self,
        wall: Callable[[datetime], datetime],
        only: Callable[[Note], bool] = lambda note: True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id, markup=False)
        self._wall = wall
        self._only = only
        self._shown: list[Note] = []

    def show(self, notes: Sequence[Note]) -> None:
        """Show these notes: new ones are added, mended ones replaced."""
        wanted = [note for note in notes if self._only(note)]
        if wanted == self._shown:
            return
        grown = wanted[: len(self._shown)] == self._shown
        fresh = wanted[len(self._shown) :] if grown else wanted
        if not grown:
            self.clear_options()
        self.add_options([Option(Hanging(self._line(note), TIME)) for note in fresh])
        self._shown = wanted
        self.scroll_end(animate=False)

    def _line(self, note: Note) -> Content:
        state = " (asked)" if note.asked else " (dropped)" if note.dropped else ""
        word = "parked" if note.parked else note.sign.word
        source = f" · {note.source}" if note.source else ""
        style = "$quiet" if note.asked or note.dropped else _STYLES.get(note.sign, "")
        return Content.assemble(
            (f"{self._wall(note.at):%H:%M:%S} ", "$quiet"),
            (f"{word:<7}", "$accent" if word else ""),
            (note.text, style),
            (source + state, "$quiet"),
        )


_STYLES = {Sign.ASK: "bold", Sign.STAKE: "$warning"}
