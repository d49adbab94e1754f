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
        width, rows = self.content_size.width, self.content_size.height - 1
        said: list[Content] = []
        for line in self.lines[-rows:]:
            newest = line is self._newest
            label = {Who.THEY: "", Who.YOU: "you: ", Who.DESK: "you find: "}[line.who]
            style = "bold" if newest else "$accent" if line.who is Who.DESK else "$quiet"
            indent = " " * len(label)
            for part in wrap(label + line.text, max(10, width), subsequent_indent=indent):
                said.append(Content.styled(part, style))
        shown = said[-rows:] if rows > 0 else []
        blank = [Content("")] * (rows - len(shown))
        sign = "◖" if self.state.startswith("is speaking") else "·"
        state = Content.styled(f"{sign} {self._who} {self.state}", "$accent")
        return Content("\n").join([*blank, *shown, state])

    @property
    def _newest(self) -> Line | None:
        theirs = [line for line in self.lines if line.who is Who.THEY]
        return theirs[-1] if theirs else None
