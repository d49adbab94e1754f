"""A case to read, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

if TYPE_CHECKING:
    from calmdesk.records.reading import Line

WORK = (
    ("ring", "b", "ring back", "Ring them, for what is due first"),
    ("promise", "p", "promise", "They were told what happens and when"),
    ("kept", "k", "kept", "A promise is kept"),
    ("later", "d", "put off", "The reminder of a promise is put off"),
    ("told", "s", "told them", "They were told the answer"),
    ("letter", "l", "letter", "A letter: confirm, hold or answer"),
    ("ask", "a", "ask", "Somebody was asked what is possible"),
    ("answered", "n", "answer", "Whoever was asked has answered"),
    ("fact", "f", "fact", "A fact was found, with its source"),
    ("hand", "h", "hand over", "Somebody else goes on with it"),
    ("wait", "w", "waits", "It waits for the customer"),
    ("back", "r", "they answered", "They answered: it waits no more"),
    ("cause", "y", "why", "Why it happened, what made it worse"),
    ("example", "e", "example", "Colleagues may learn from it, or not"),
    ("close", "c", "close", "It is over: close it"),
    ("reopen", "o", "open again", "It is not over after all"),
)
"""What can be done to a case between its calls: kind, key, label, and what it does."""
_SHOWN = ("ring", "promise", "told", "close", "reopen")
"""Those that the last line shows; the menu shows all."""
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

    BINDINGS = [
        Binding("m", "menu", "work on it", id="case.menu", tooltip="All that can be done here"),
        *(
            Binding(
                key, f"work('{kind}')", label, show=kind in _SHOWN, id=f"case.{kind}", tooltip=does
            )
            for kind, key, label, does in WORK
        ),
    ]

    lines: reactive[Sequence[Line]] = reactive((), init=False)
    """What to show."""
    possible: reactive[frozenset[str]] = reactive(frozenset(), init=False)
    """Kinds of work that the case allows as it stands."""

    @dataclass
    class WorkWanted(Message):
        """The case is to be worked on."""

        kind: str

    @dataclass
    class LetterWanted(Message):
        """A letter about the case is to be written."""

        case_id: str

    @dataclass
    class MenuWanted(Message):
        """All that can be done here is to be shown."""

        entries: Sequence[tuple[str, str, str]]
        """Key, kind, and what it does."""

    _stay = False
    """Whether the next lines are of the same case."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def show(self, lines: Sequence[Line], same: bool) -> None:
        """Show a case; one that is the same as before stays scrolled to where it was."""
        self._stay = same
        self.lines = lines

    def watch_lines(self) -> None:
        self._write()
        if not self._stay:
            self.scroll_home(animate=False)

    def watch_possible(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "menu":
            return bool(self.possible)
        return action != "work" or parameters[0] in self.possible

    def action_work(self, kind: str) -> None:
        """Begin a piece of work."""
        self.post_message(self.WorkWanted(kind))

    def action_menu(self) -> None:
        """List what can be done, each with the key as the user has it."""
        does = {f"work('{kind}')": (kind, words) for kind, _, _, words in WORK}
        active = [it.binding for it in self.screen.active_bindings.values()]
        entries = [
            (self.app.get_key_display(binding), *does[binding.action])
            for binding in active
            if binding.action in does
        ]
        self.post_message(self.MenuWanted(entries))

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
