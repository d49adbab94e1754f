"""What the Desk is told, from wherever: that something changed, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from textual.app import App

from calmdesk.records.people_rows import EndedCall
from calmdesk.screens.beside import run_beside
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.own_words import OwnWords

Source = Literal[
    "settings", "theme", "elsewhere", "keys", "times", "share", "phone", "followed", "link"
]
"""Where a trouble comes from: the settings as a whole, a theme that is none, another calmdesk on the
same database, wrong keys, wrong clocks or holidays, a shared folder, what the telephone leaves for
us, what we make of it, the link to it. The own words hold theirs themselves."""


class DeskNews:
    """Brings the news to the Desk, if there is one. For the UI's thread."""

    def __init__(
        self,
        app: App[Any],
        keeper: Keeper,
        own_words: OwnWords,
        desk: Callable[[], DeskScreen | None],
    ) -> None:
        self._app = app
        self._keeper = keeper
        self._own_words = own_words
        self._desk = desk
        self._troubles: dict[Source, str] = {}

    def trouble(self, source: Source, sentence: str) -> None:
        """What is wrong there from now on, '' when nothing is; each source has its own sentence."""
        self._troubles[source] = sentence
        self.warn()

    def warn(self) -> None:
        """Show what is wrong."""
        desk = self._desk()
        if desk is not None and desk.is_mounted:
            desk.title_line.warning = self.troubles

    @property
    def troubles(self) -> str:
        """Every sentence, in the order of the sources; '' when nothing is wrong."""
        sentences = [self._troubles.get(source, "") for source in get_args(Source)]
        return " ".join(filter(None, [*sentences, self._own_words.trouble]))

    def show(self) -> None:
        """Show what is wrong, and the board read anew."""
        desk = self._desk()
        if desk is not None:
            desk.title_line.warning = self.troubles
            desk.show_board()

    def refresh(self) -> None:
        """Show the Desk as it is once everything of a call is on disk."""
        run_beside(self._app, self._refresh, exclusive=True, group="news")

    async def _refresh(self) -> None:
        await self._keeper.settle()
        self.show()

    def tell(self, sentence: str) -> None:
        """Say something until the next call is over."""
        desk = self._desk()
        if desk is not None:
            desk.tell(sentence)

    def look_back_on_last(self) -> None:
        """Look back on the last call of today."""
        desk = self._desk()
        if desk is not None:
            desk.action_look_back()

    async def look_back(self, ended: EndedCall) -> None:
        """Look back on a call; over when its box is left."""
        desk = self._desk()
        if desk is not None:
            await desk.look_back(ended)
