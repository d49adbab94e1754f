"""The letters of a desk: drafts, what waits, what to read for a colleague, what left the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from calmdesk.errors import StoreError
from calmdesk.records import post
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.letter_list import LetterList
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.screens.workplace import Workplace

EVERY = 20
"""Seconds between two looks: a colleague may have read one, an hour may be over."""


class LettersScreen(Screen[None]):
    """One list. A letter opens over it."""

    HELP = "Letters. enter opens one; a new one begins at a case."

    BINDINGS = [
        Binding("escape", "leave", "back", id="letters.leave", tooltip="Back to the Desk"),
    ]

    title_line = getters.query_one(TitleLine)
    letter_list = getters.query_one(LetterList)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        yield TitleLine("Letters")
        yield LetterList(self.place.wall)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(EVERY, self.bring)
        self.letter_list.focus()

    def on_screen_resume(self) -> None:
        self.bring()

    @work(exclusive=True, group="post")
    async def bring(self) -> None:
        """Read the letters anew, and list them."""
        place = self.place
        try:
            found = await place.desk.look(post.letters, place.now())
        except StoreError as error:
            self.title_line.warning = str(error)
            return
        self.title_line.warning = ""
        self.letter_list.post = found
        unsent = sum(letter.sent_at is None for letter in found.released)
        counted = [f"{len(found.drafts)} to write", f"{unsent} to send"]
        self.title_line.right = " · ".join(counted) + (" · demo" if place.demo else "")

    async def action_leave(self) -> None:
        await self.app.switch_mode("desk")
