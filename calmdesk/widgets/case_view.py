"""A case to read, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

if TYPE_CHECKING:
    from calmdesk.records.reading import Line

_LABEL = 11
"""Columns of a label; a longer one takes what it needs."""
_STYLES = {"title": "bold $primary", "quiet": "$quiet", "alert": "$error bold", "plain": ""}


class CaseView(VerticalScroll):
    """The lines of one case, scrolled by keyboard and mouse."""

    DEFAULT_CSS = """
    CaseView { height: 1fr; padding: 0 1; border-left: solid $border; scrollbar-gutter: stable; }
    CaseView:focus { border-left: solid $primary; }
    CaseView Static { height: auto; }
    """

    lines: reactive[Sequence[Line]] = reactive((), init=False)
    """What to show."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def watch_lines(self) -> None:
        self._write()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        self._write()

    def _write(self) -> None:
        """Write the lines, their words hanging behind the labels."""
        width = self.query_one(Static).content_size.width or self.size.width - 4
        shown: list[Content] = []
        for line in self.lines:
            alert = "! " if line.tone.value == "alert" else ""
            label = f"{line.label:<{_LABEL}} " if line.label else ""
            words = Content.styled(alert + line.words, _STYLES[line.tone.value])
            wrapped = words.wrap(max(10, width - len(label))) or [words]
            shown.append(Content.styled(label, "$quiet") + wrapped[0].rstrip())
            shown += [Content(" " * len(label)) + rest.rstrip() for rest in wrapped[1:]]
        self.query_one(Static).update(Content("\n").join(shown))
