"""Phrases under headings, however many: only the lines in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from calmdesk.guide.phrases import Phrase
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.long_list import LongList

_SIGNS = {"pinned": "▲", "muted": "–"}


@dataclass(frozen=True)
class Listed:
    """One phrase of the list."""

    phrase: Phrase
    choice: str = ""
    """`pinned`, `muted` or ''."""
    origin: str = ""
    """`own`, `changed`, or '' for one that ships."""

    @property
    def marks(self) -> str:
        """What is particular about it, in words."""
        return " ".join(mark for mark in (self.choice, self.origin) if mark)


class PhraseList(LongList):
    """One line a phrase. A heading is passed over."""

    DEFAULT_CSS = """
    PhraseList > .phrase-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    PhraseList > .phrase-list--blurred { background: $block-cursor-blurred-background; }
    PhraseList > .phrase-list--heading { color: $primary; text-style: bold; }
    PhraseList > .phrase-list--muted { color: $quiet; }
    """
    COMPONENT_CLASSES = {
        "phrase-list--cursor",
        "phrase-list--blurred",
        "phrase-list--heading",
        "phrase-list--muted",
    }

    @dataclass
    class Marked(Message):
        """The cursor stands on another phrase, or on none."""

        listed: Listed | None

    @dataclass
    class Opened(Message):
        """A phrase was clicked twice."""

        listed: Listed

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[str | Listed] = ()

    @property
    def listed(self) -> Listed | None:
        """The phrase that is marked."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return row if isinstance(row, Listed) else None

    def show(self, rows: Sequence[str | Listed], phrase_id: str = "") -> None:
        """Show these rows, headings as text; the cursor on the phrase of an id, else on the first."""
        self._rows = rows
        self.hold(len(rows))
        places = [place for place, row in enumerate(rows) if isinstance(row, Listed)]
        wanted = [place for place in places if self._id_at(place) == phrase_id]
        self.set_reactive(PhraseList.cursor, next(chain(wanted, places), 0))
        self.follow()
        self.moved()

    def stands(self, place: int) -> bool:
        return isinstance(self._rows[place], Listed)

    def moved(self) -> None:
        self.post_message(self.Marked(self.listed))

    def action_open(self) -> None:
        if self.listed is not None:
            self.post_message(self.Opened(self.listed))

    def _id_at(self, place: int) -> str:
        row = self._rows[place]
        return row.phrase.id if isinstance(row, Listed) else ""

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.width
        if place >= self.count:
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        if isinstance(row, str):
            style = self.get_component_rich_style("phrase-list--heading")
            shown = Content(row).truncate(width, ellipsis=True).plain
        else:
            style = self.rich_style
            if place == self.cursor:
                kind = "cursor" if self.has_focus else "blurred"
                style = self.get_component_rich_style(f"phrase-list--{kind}")
            elif row.choice == "muted":
                style = self.get_component_rich_style("phrase-list--muted")
            shown = _line(row, width).plain
        return (
            Strip(Content(shown).render_segments())
            .apply_style(style)
            .adjust_cell_length(width, style)
        )


def _line(row: Listed, width: int) -> Content:
    """One phrase in its columns; on a narrow list the move has a line to share with nothing."""
    sign = _SIGNS.get(row.choice, " ")
    marks = row.marks
    return columns(
        [
            Part(sign, 1),
            Part(row.phrase.move, 18, from_width=58),
            Part(f"“{row.phrase.line}”"),
            *([Part(marks, len(marks), right=True)] if marks else []),
        ],
        width,
        gap=1,
    )
