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

_STYLES = {"title": "bold $primary", "quiet": "$quiet", "alert": "$error bold", "plain": ""}


class CaseView(VerticalScroll):
    """The lines of one case, scrolled by keyboard and mouse."""

    DEFAULT_CSS = """
    CaseView { height: 1fr; padding: 0 1; border-left: solid $border; }
    CaseView:focus { border-left: solid $primary; }
    CaseView Static { height: auto; }
    """

    lines: reactive[Sequence[Line]] = reactive((), init=False)
    """What to show."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def watch_lines(self) -> None:
        shown = []
        for line in self.lines:
            alert = "! " if line.tone.value == "alert" else ""
            shown.append(
                Content.assemble(
                    (f"{line.label:<11} " if line.label else "", "$quiet"),
                    (alert + line.words, _STYLES[line.tone.value]),
                )
            )
        self.query_one(Static).update(Content("\n").join(shown))
        self.scroll_home(animate=False)
