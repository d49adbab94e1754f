"""A case to read, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer
from textual.visual import Visual

from calmdesk.widgets.laid_lines import LaidLines

if TYPE_CHECKING:
    from calmdesk.records.read_lines import Line

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
    ("review", "v", "review", "How a colleague worked on it"),
    ("example", "e", "example", "Colleagues may learn from it, or not"),
    ("customer", "at", "customer", "Who they are: all their cases, names and numbers"),
    ("close", "c", "close", "It is over: close it"),
    ("reopen", "o", "open again", "It is not over after all"),
    ("other", "j", "other cases", "Another case of the same customer"),
    ("copy", "x", "copy", "Copy the case whole, as Markdown"),
    ("file", "g", "to a file", "Write the case whole into a file"),
)
"""What can be done to a case between its calls: kind, key, label, and what it does."""
_SHOWN = ("ring", "promise", "told", "close", "reopen", "review")
"""Those that the last line shows; the menu shows all."""
LAID_AT_ONCE = 250
"""Rows that are laid in one go."""
BETWEEN = 0.01
"""Seconds between two goes, for whatever else is to be done."""


class CaseView(ScrollView, can_focus=True):
    """The lines of one case, however many: only those in sight are drawn."""

    DEFAULT_CSS = """
    CaseView {
        height: 1fr; padding: 0 1; border-left: solid $border;
        overflow-x: hidden; scrollbar-gutter: stable;
    }
    CaseView:focus { border-left: solid $primary; }
    """

    BINDINGS = [
        Binding("m", "menu", "work on it", id="case.menu", tooltip="All that can be done here"),
        Binding(
            "right_square_bracket,full_stop",
            "read_on(1)",
            "next case",
            id="case.next",
            tooltip="The next case of the list, without going back to it",
        ),
        Binding(
            "left_square_bracket,comma",
            "read_on(-1)",
            "case before",
            id="case.previous",
            show=False,
            tooltip="The case before it in the list",
        ),
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
    class StepWanted(Message):
        """Another case of the list is to be read."""

        rows: int
        """How far from this one: 1 is the next, -1 the one before."""

    @dataclass
    class MenuWanted(Message):
        """All that can be done here is to be shown."""

        entries: Sequence[tuple[str, str, str]]
        """Key, kind, and what it does."""

    _stay = False
    """Whether the next lines are of the same case."""

    def __init__(self, steps: bool = False, id: str | None = None) -> None:
        """`steps` says whether the case is one of a list of cases."""
        super().__init__(id=id)
        self._steps = steps
        self._laid = LaidLines((), 0)
        self._laying: Timer | None = None
        """Lays the rest out, while there is any."""

    def show(self, lines: Sequence[Line], same: bool) -> None:
        """Show a case; one that is the same as before stays scrolled to where it was."""
        self._stay = same
        self.lines = lines

    def watch_lines(self) -> None:
        if not self._stay:
            self.scroll_home(animate=False)
        self._lay_anew()

    def watch_possible(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "menu":
            return bool(self.possible)
        if action == "read_on":
            return self._steps
        return action != "work" or parameters[0] in self.possible

    def action_work(self, kind: str) -> None:
        """Begin a piece of work."""
        self.post_message(self.WorkWanted(kind))

    def action_read_on(self, rows: int) -> None:
        """Read another case of the list."""
        self.post_message(self.StepWanted(rows))

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

    # -- drawing ----------------------------------------------------------------------------

    def on_resize(self) -> None:
        if self._laid.width != max(10, self._columns):
            self._lay_anew()

    @property
    def _columns(self) -> int:
        return self.scrollable_content_region.width

    def _lay_anew(self) -> None:
        """Lay out what is in sight now, and the rest when nothing else is to be done."""
        self._laid = LaidLines(self.lines, self._columns)
        self._laid.lay(self.scroll_offset.y + self.size.height + 1)
        self._measure()
        if not self._laid.whole and self._laying is None:
            self._laying = self.set_interval(BETWEEN, self._lay_more)

    def _lay_more(self) -> None:
        """The height is told once, when all of it is known: it lays the whole screen out."""
        self._laid.lay(self._laid.laid + LAID_AT_ONCE)
        if self._laid.whole and self._laying is not None:
            self._laying.stop()
            self._laying = None
            self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self._columns, self._laid.height)
        self.refresh()

    def action_scroll_end(self) -> None:
        self._laid.lay()
        self._measure()
        self.scroll_end(animate=False)

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self._columns
        row = self._laid.row(place) if width > 0 else None
        if row is None:
            return Strip.blank(max(0, width), self.rich_style)
        marked = self.text_selection
        if marked is not None and (span := marked.get_span(place)) is not None:
            first, last = span
            row = row.stylize("reverse", first, None if last < 0 else last)
        (strip, *_) = Visual.to_strips(self, row, width, 1, self.visual_style)
        return strip.adjust_cell_length(width, self.rich_style).apply_offsets(0, place)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that were marked with the mouse."""
        return selection.extract(self._laid.text()), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()
