"""The words of one's own, kept up with while the app runs: read when saved, written from a screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from calmdesk.errors import PlaybookError

if TYPE_CHECKING:
    from calmdesk.guide.playbook.watching import News, Watch
    from calmdesk.screens.workplace import Workplace

EVERY = 1.0
"""Seconds between two looks at the files."""


class OwnWords:
    """Holds the last good words in the workplace. Its files are only touched on a thread."""

    def __init__(self, place: Workplace, tell: Callable[[str, bool], None]) -> None:
        """`tell` is given a sentence, and whether the files are broken."""
        self.trouble = ""
        """Why the files as they stand are not used; '' when they are."""
        self._place = place
        self._tell = tell
        self._lock = asyncio.Lock()
        self._watch: Watch | None = None

    def begin(self) -> None:
        """Read the words for the first time; those that ship when the own ones are broken."""
        from calmdesk.guide.playbook.watching import Watch

        place = self._place
        watch = Watch(place.places.playbook, place.settings.language)
        try:
            place.words()
        except PlaybookError as error:
            self.trouble = f"{error} The playbook that ships is used."
            watch.broken = True
            place.use_shipped_words()
        self._watch = watch

    @property
    def busy(self) -> bool:
        """Whether the files are being looked at, or not yet read for the first time."""
        return self._watch is None or self._lock.locked()

    async def look(self) -> None:
        """Look whether a file was saved, and use what it says from now on."""
        if self._watch is None:
            return
        async with self._lock:
            self._take(await asyncio.to_thread(self._watch.look, self._place.words()))

    async def change(self, write: Callable[[Path], None]) -> str:
        """Write into the folder of the own words, and use it at once. Returns '' or what is in the
        way; then nothing was changed."""
        if self._place.demo:
            return "This is a demo: your own playbook is left as it is."
        if self._watch is None:
            return "The playbook is still being read."
        async with self._lock:
            try:
                await asyncio.to_thread(write, self._place.places.playbook)
            except PlaybookError as error:
                return str(error)
            news = await asyncio.to_thread(self._watch.read, self._place.words())
            self._take(news, aloud=news.broken)
        return ""

    def _take(self, news: News | None, aloud: bool = True) -> None:
        if news is None:
            return
        self.trouble = news.sentence if news.broken else ""
        self._place.playbook = news.playbook or self._place.playbook
        if news.sentence and aloud:
            self._tell(news.sentence, news.broken)
