"""Letters as one list: to read for a colleague, drafts, and what left the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from calmdesk.guide.english.days import hour_or_day
from calmdesk.letters.writing import kind_of
from calmdesk.widgets.columns import Part, columns

if TYPE_CHECKING:
    from calmdesk.records.letter_rows import LetterRow, Post

_NONE = "No letters. One begins at a case, or at Save after an agreement."


class LetterList(OptionList):
    """Walked with the arrows; enter opens one."""

    DEFAULT_CSS = """
    LetterList { height: 1fr; border: none; padding: 0 1; background: $background; }
    LetterList:focus { border: none; }
    LetterList > .option-list--option-disabled { color: $quiet; text-style: bold; }
    """

    BINDINGS = [
        Binding("enter", "select", "open", id="letters.open", tooltip="Open the marked letter"),
    ]

    post: reactive[Post | None] = reactive(None, init=False)
    """What to show; None until the store has answered."""

    @dataclass
    class Opened(Message):
        """A letter is to be opened."""

        letter_id: str

    def __init__(self, wall: Callable[[datetime | None], datetime], id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._wall = wall
        """Turns an instant, or now, into local time."""

    def watch_post(self) -> None:
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        self._fill()

    def _fill(self) -> None:
        """Show the letters; the cursor stays on its letter."""
        if self.post is None or not self.size.width:
            return
        at = self.highlighted_option.id if self.highlighted_option else None
        width = self.scrollable_content_region.width - 2
        options = [
            *self._group("To read for a colleague", self.post.to_read, width),
            *self._group("Drafts", self.post.drafts, width),
            *self._group("Released", self.post.released, width),
        ]
        self.set_options(options or [Option(Content.styled(_NONE, "$quiet"), disabled=True)])
        ids = [option.id for option in options]
        usable = [place for place, option in enumerate(options) if not option.disabled]
        self.highlighted = ids.index(at) if at and at in ids else next(iter(usable), None)

    def _group(self, heading: str, letters: Sequence[LetterRow], width: int) -> list[Option]:
        if not letters:
            return []
        head = Option(Content.styled(heading, "$quiet"), disabled=True)
        return [head, *(Option(self._line(letter, width), id=letter.id) for letter in letters)]

    def _line(self, letter: LetterRow, width: int) -> Content:
        stands = self.stands(letter)
        return columns(
            [
                Part(kind_of(letter.kind).name, 16),
                Part(letter.customer or letter.ref, style="bold"),
                Part(letter.ref if letter.customer else "", 14, "$quiet", from_width=72),
                Part(stands, len(stands), right=True),
            ],
            width,
            gap=1,
        )

    def stands(self, letter: LetterRow) -> str:
        """Where a letter stands, in a few words."""
        if letter.sent_at is not None:
            return f"sent {self._when(letter.sent_at)}"
        if letter.released_at is not None:
            return "not ticked as sent"
        if letter.held_until is not None:
            return f"held until {self._wall(letter.held_until):%H:%M}"
        if not letter.mine:
            return f"by {letter.writer}"
        if letter.read_at is not None:
            return f"read by {letter.reader}"
        return f"waits for {letter.reader}" if letter.reader else "draft"

    def _when(self, at: datetime) -> str:
        return hour_or_day(self._wall(at), self._wall(None))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.post_message(self.Opened(event.option.id))
