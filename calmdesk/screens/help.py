"""Every key and every command, generated from where each is declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from calmdesk.guide.commands import COMMANDS
from calmdesk.guide.notes import Sign
from calmdesk.guide.stages import HEAT_ANCHORS
from calmdesk.screens.box import Box
from calmdesk.widgets.hanging import hanging

if TYPE_CHECKING:
    from calmdesk.keys import KeyRow


LABEL = 16
"""Columns of a key or a command; what it does hangs behind it."""
NARROW = 60
"""Columns below which it hangs by less, so that there is room for it."""


TELEPHONE = {
    "☎ rings": "somebody rings, with what they were told last; you answer in the softphone",
    "maybe": "several have this number, or only the name is known: ask who is calling",
    "‖ on hold": "who waits behind the call on the screen",
}
"""What the banner of the telephone says."""


class Page(Widget):
    """The lines of the help, as wide as there is room."""

    DEFAULT_CSS = "Page { height: auto; }"

    def __init__(self, lines: Sequence[Content]) -> None:
        super().__init__()
        self._lines = lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        hang = LABEL if width >= NARROW else 4
        return [row for line in self._lines for row in hanging(line, width, hang)]


class Help(Box[None]):
    """Signs, commands and keys on one scrolled page."""

    DEFAULT_CSS = """
    Help > .box { width: 90; height: 96%; padding: 0 2; }
    """

    BINDINGS = [
        Binding("escape,enter", "leave", "back", id="help.leave", tooltip="Close the help"),
    ]

    def __init__(self, keys: Sequence[KeyRow], here: str = "") -> None:
        """`here` is the place whose keys stand first; those of a call stand behind its signs."""
        super().__init__()
        self._here = [it for it in keys if it.place == here != "Call"]
        self._keys = [it for it in keys if it not in self._here]

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=True, classes="box"):
            yield Page(self._lines())

    def _lines(self) -> list[Content]:
        lines = [*_keys(self._here), *_title("Signs: first in the note line, then a space")]
        lines += [_row(s.value, s.help) for s in Sign if s is not Sign.SAYS]
        lines.append(
            _row("", "anything else is what the customer says; up arrow mends the last note")
        )
        lines += _title("The telephone, as it stands above everything")
        lines += [_row(mark, words) for mark, words in TELEPHONE.items()]
        lines += _title("Commands")
        for command in COMMANDS:
            takes = f" ({command.takes})" if command.takes else ""
            lines.append(_row(f"/{command.word}", command.help + takes))
        lines += _keys(self._keys)
        lines += _title("Heat")
        lines += [_row(str(level), words) for level, words in HEAT_ANCHORS.items()]
        return [*lines, Content(""), Content.styled("escape closes this", "$quiet")]


def _keys(keys: Sequence[KeyRow]) -> Iterator[Content]:
    place = ""
    for key in keys:
        if key.place != place:
            place = key.place
            yield from _title(f"Keys: {place}")
        yield _row(key.key, key.tooltip or key.words)


def _title(words: str) -> list[Content]:
    return [Content(""), Content.styled(words, "bold $primary")]


def _row(key: str, words: str) -> Content:
    return Content.assemble((f"{key:<{LABEL}}", "bold"), words)
