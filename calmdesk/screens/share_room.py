"""What changes at this desk goes to a shared folder, and what others said there comes in: on a
thread of its own, since a network may take its time. Nothing of a call waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmdesk.errors import CalmdeskError, ShareError, fault
from calmdesk.records import following, people, sharing
from calmdesk.screens.workplace import Workplace

if TYPE_CHECKING:
    from calmdesk.records.deltas import OwnDeltas

EVERY = 15.0
"""Seconds between two looks."""
LAST = 3.0
"""Seconds that the way out waits for the folder; the next start shares what was left."""


class ShareRoom:
    """Shares until it is closed, where a folder is set. What cannot be done now is tried again."""

    def __init__(self, place: Workplace, tell: Callable[[str], None]) -> None:
        """`tell` is given a sentence on the UI's thread when something is in the way, and '' when it
        no longer is."""
        self._place = place
        self._tell = tell
        self._told = ""
        self._folder = place.settings.share
        self._own: OwnDeltas | None = None
        self._device = ""
        self._closing, self._done = threading.Event(), threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self) -> None:
        """Begin. Of two calmdesks on one record, the one that has the calls speaks for it."""
        if self._folder is None or self._place.demo or self._loop is not None:
            return
        self._loop = asyncio.get_running_loop()
        # a daemon: a network that never answers must not keep anybody from leaving
        threading.Thread(target=self._work, name="calmdesk-share", daemon=True).start()

    def close(self) -> None:
        """Share once more what changed, then end. Waits a moment, but for no network."""
        if self._loop is not None:
            self._closing.set()
            self._done.wait(LAST)

    def _work(self) -> None:
        while not self._closing.is_set():
            self.look()
            self._closing.wait(EVERY)
        self.look(only_share=True)
        self._done.set()

    def look(self, only_share: bool = False) -> None:
        """Share what changed, then take what others said. Waits for the folder."""
        trouble = ""
        if self._folder is None:
            return
        try:
            self._device = self._wait(people.home)
            if not self._device:
                return
            self._share(self._folder)
            if not only_share:
                trouble = self._follow(self._folder)
        except ShareError as error:
            trouble = f"{error} It is tried again."
        except CalmdeskError as error:
            trouble = str(error)
        except (
            Exception
        ) as error:  # a fault of ours; or the desk, closed before the folder answered
            trouble = f"Sharing stopped short ({fault(error)}); it is tried again."
        if trouble != self._told and self._loop is not None and not self._closing.is_set():
            self._told = trouble
            self._loop.call_soon_threadsafe(self._tell, trouble)

    def _share(self, folder: Path) -> None:
        from calmdesk.records.deltas import OwnDeltas, Shared, share

        def changes(shared: Shared) -> Any:
            private_notes = self._place.settings.private_notes
            return self._wait(sharing.changes, shared, self._now(), private_notes)

        if self._own is None:
            self._own = OwnDeltas(folder, self._device, self._wait(people.me).id)
        share(self._own, changes, self._place.new_id(), self._now())

    def _follow(self, folder: Path) -> str:
        """Take what others said. Returns what was in the way."""
        from calmdesk.records.following import unread

        troubles = []
        for part in unread(folder, self._device, self._wait(following.seen)):
            if self._closing.is_set():
                break
            self._place.desk.submit(following.follow, part, self._now()).result()
            troubles.append(part.trouble)
        return " ".join(filter(None, troubles))

    def _wait(self, verb: Callable[..., Any], *args: Any) -> Any:
        return self._place.desk.submit_look(verb, *args).result()

    def _now(self) -> datetime:
        return self._place.now()
