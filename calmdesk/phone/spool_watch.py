"""The spool on a thread of its own, asked all the time whether something came."""

import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from calmdesk.phone.spool import LogLine, Row, Spool, code_of

EVERY = 0.025
"""Seconds between two looks. A look takes seven millionths of a second; to be woken for it costs ten
times as much, and with an Event to wait for twice that again."""
STANDS = 40
"""Looks after which it is asked whether the file still lies there."""
AGAIN = 2.0
"""Seconds after which a spool that could not be read is tried again."""


_BROKEN = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class SpoolWatch:
    """Hands over what is queued, once, and lets go of it when it is told to.

    What is not let go of is handed over again by the next calmdesk: every event at least once.
    """

    def __init__(
        self, file: str, hear: Callable[[str, list[Row]], None], trouble: Callable[[str], None]
    ) -> None:
        """`hear` gets the spool's own id and what came; `trouble` a sentence, '' when all is well
        again. Both are called on the thread."""
        self._file = file
        self._hear = hear
        self._trouble = trouble
        self._ended = threading.Event()
        self._dealt_with: deque[tuple[str, list[int], list[tuple[int, *LogLine]]]] = deque()
        self._last = 0
        self._damaged = ""
        """What was put aside since the start, in a sentence that stays."""
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Look from now on."""
        self._thread = threading.Thread(target=self._watch, name="calmdesk-phone", daemon=True)
        self._thread.start()

    def done(self, uid: str, ids: list[int], lines: list[tuple[int, *LogLine]]) -> None:
        """What these events of this spool brought about is on disk; the lines tell it in the log."""
        self._dealt_with.append((uid, ids, lines))

    def close(self) -> None:
        """Let go of what is dealt with, and end. Waits, as long as a look may take."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._read()
            except Exception as error:  # whatever it is, the telephone is not given up
                self._cannot(error)
                self._ended.wait(AGAIN)

    def _read(self) -> None:
        """Read the spool until the end. Raises what stands in the way, with the file closed."""
        spool = Spool(self._file)
        try:
            self._trouble(self._damaged)
            self._look(spool)
        finally:
            with suppress(sqlite3.Error):
                spool.close()

    def _look(self, spool: Spool) -> None:
        """Until the end, or until something is wrong, or another file lies there."""
        for look in count(1):
            time.sleep(EVERY)
            last_time = self._ended.is_set()
            self._let_go(spool)
            if last_time:
                return
            if look % STANDS == 0 and not spool.stands():
                self._last = 0
                return
            if spool.changed():
                rows = spool.after(self._last)
                if rows:
                    self._last = rows[-1][0]
                    self._hear(spool.uid, rows)

    def _let_go(self, spool: Spool) -> None:
        while self._dealt_with:
            uid, ids, lines = self._dealt_with[0]
            spool.done(ids if uid == spool.uid else [], lines)
            self._dealt_with.popleft()  # only now: what the file does not take is tried again

    def _cannot(self, error: Exception) -> None:
        """Say what is wrong. A file that is no spool at all is put aside, so that the phone goes on."""
        said = f"The phone's events cannot be read: {self._file} ({error})."
        if isinstance(error, sqlite3.DatabaseError) and code_of(error) in _BROKEN:
            with suppress(OSError):
                self._put_aside()
                said = f"{self._file} was damaged; it was renamed, and ends in .damaged now."
                self._damaged = said
        self._trouble(said)

    def _put_aside(self) -> None:
        file = Path(self._file)
        file.replace(file.with_suffix(".damaged"))
        self._last = 0
        for beside in ("-wal", "-shm"):
            Path(os.fspath(file) + beside).unlink(missing_ok=True)
