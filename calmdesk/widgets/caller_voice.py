"""The caller of a practice call: what they are saying, as far as they have said it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.english.spoken import TITLES
from calmdesk.guide.practice.speech import Line, Who


class CallerVoice(Widget):
    """The last lines, the newest bright, and under them whether they are speaking."""

    DEFAULT_CSS = """
    CallerVoice { height: 5; padding: 0 1; background: $surface; }
    """

    lines: reactive[Sequence[Line]] = reactive(())
    """What was said so far, oldest first."""
    state: reactive[str] = reactive("")
    """`is speaking ...`, `waits`, `is on hold`, `is gone`."""

    def __init__(self, caller: str, id: str | None = None) -> None:
        super().__init__(id=id)
        names = (word for word in caller.split() if word.strip(".").lower() not in TITLES)
        self._who = next(names, caller)

    def render(self) -> Content:
        rows = self.content_size.height - 1
        speaking = self.state.startswith("is speaking")
        told = [self._told(line) for line in self.lines[-rows:]] if rows > 0 else []
        if told and not speaking and len(told[-1]) > rows:
            shown = told[-1][:rows]  # what is over is read from its beginning
            shown[-1] = shown[-1].truncate(shown[-1].cell_length - 1) + Content("…")
        else:
            shown = [part for parts in told for part in parts][-rows:] if told else []
        blank = [Content("")] * (rows - len(shown))
        state = Content.styled(f"{'◖' if speaking else '·'} {self._who} {self.state}", "$accent")
        return Content("\n").join([*blank, *shown, state])

    def _told(self, line: Line) -> list[Content]:
        """One line as it stands here, wrapped."""
        label = {Who.THEY: "", Who.YOU: "you: ", Who.DESK: "you find: "}[line.who]
        quiet = "$accent" if line.who is Who.DESK else "$quiet"
        style = "bold" if line is self._newest else quiet
        width, indent = max(10, self.content_size.width), " " * len(label)
        parts = wrap(label + line.text, width, subsequent_indent=indent)
        return [Content.styled(part, style) for part in parts]

    @property
    def _newest(self) -> Line | None:
        theirs = [line for line in self.lines if line.who is Who.THEY]
        return theirs[-1] if theirs else None
