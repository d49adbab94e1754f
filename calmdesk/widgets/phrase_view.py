"""One phrase to read: its line large, when it is shown, why, and what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

_LABEL = 9
"""Columns of a label."""


@dataclass(frozen=True)
class Reading:
    """What is to be read of a phrase."""

    move: str
    line: str
    marks: str
    """Pinned, muted, own, changed; '' when nothing of it."""
    rows: Sequence[tuple[str, str]]
    """Labels and words below it."""


class PhraseView(VerticalScroll):
    """Follows the cursor of the list."""

    DEFAULT_CSS = """
    PhraseView { height: 1fr; padding: 0 1; border-left: solid $border; scrollbar-gutter: stable; }
    PhraseView:focus { border-left: solid $primary; }
    PhraseView Static { height: auto; }
    """

    reading: reactive[Reading | None] = reactive(None, init=False)
    """The phrase to show; None shows nothing."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def watch_reading(self) -> None:
        self._write()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        self._write()

    def _write(self) -> None:
        if (it := self.reading) is None:
            self.query_one(Static).update("")
            return
        width = max(20, self.query_one(Static).content_size.width or self.size.width - 4)
        marks = f"  {it.marks}" if it.marks else ""
        lines = [
            Content.assemble((it.move, "bold $accent"), (marks, "$quiet")),
            *Content.styled(f"“{it.line}”", "bold").wrap(width),
            Content(""),
        ]
        for label, words in it.rows:
            hanging = [f"{label:<{_LABEL}}"]
            for part in Content(words).wrap(width - _LABEL):
                lines.append(Content.styled(hanging.pop(), "$quiet") + part.rstrip())
                hanging.append(" " * _LABEL)
        self.query_one(Static).update(Content("\n").join(line.rstrip() for line in lines))
