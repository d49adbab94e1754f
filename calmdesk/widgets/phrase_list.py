"""Phrases under headings, however many: only the lines in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from calmdesk.guide.phrases import Phrase
from calmdesk.widgets.columns import Part, columns

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


class PhraseList(ScrollView, can_focus=True):
    """One line a phrase. A heading is passed over."""

    DEFAULT_CSS = """
    PhraseList { height: 1fr; padding: 0 1; overflow-x: hidden; }
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

    BINDINGS = [
        Binding("up", "walk(-1)", "up", show=False, id="phrases.up", tooltip="The phrase above"),
        Binding("down", "walk(1)", "down", show=False, id="phrases.down", tooltip="The one below"),
        Binding(
            "pageup", "leap(-1)", "page up", show=False, id="phrases.pageup", tooltip="Up a page"
        ),
        Binding(
            "pagedown",
            "leap(1)",
            "page down",
            show=False,
            id="phrases.pagedown",
            tooltip="Down a page",
        ),
        Binding("home", "end(-1)", "first", show=False, id="phrases.home", tooltip="The first one"),
        Binding("end", "end(1)", "last", show=False, id="phrases.end", tooltip="The last one"),
    ]

    cursor: reactive[int] = reactive(0)
    """Row that is marked, from 0."""

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
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        places = [place for place, row in enumerate(rows) if isinstance(row, Listed)]
        wanted = [place for place in places if self._id_at(place) == phrase_id]
        self.set_reactive(PhraseList.cursor, next(chain(wanted, places), 0))
        self._follow()

    def _id_at(self, place: int) -> str:
        row = self._rows[place]
        return row.phrase.id if isinstance(row, Listed) else ""

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if place >= len(self._rows):
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

    def watch_cursor(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show the marked row, with the heading above it, and say which it is."""
        above = self.cursor > 0 and not self._id_at(self.cursor - 1)
        self.scroll_to_region(Region(0, self.cursor - above, 1, 1 + above), animate=False)
        self.post_message(self.Marked(self.listed))
        self.refresh()

    def action_walk(self, rows: int) -> None:
        """Move the cursor, past headings and no farther than the list goes."""
        step = 1 if rows > 0 else -1
        place = max(0, min(len(self._rows) - 1, self.cursor + rows))
        while 0 <= place < len(self._rows) and not self._id_at(place):
            place += step
        if 0 <= place < len(self._rows):
            self.cursor = place

    def action_leap(self, pages: int) -> None:
        """Move by what is in sight."""
        self.action_walk(pages * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, way: int) -> None:
        """Move to the first phrase or the last."""
        rows = range(len(self._rows)) if way < 0 else range(len(self._rows) - 1, -1, -1)
        self.cursor = next((place for place in rows if self._id_at(place)), self.cursor)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        place = offset.y + self.scroll_offset.y if offset is not None else len(self._rows)
        if place < len(self._rows) and self._id_at(place):
            self.cursor = place
            if event.chain > 1 and self.listed is not None:
                self.post_message(self.Opened(self.listed))

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))


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
