"""What the hook said, in a small SQLite file of its own, until calmdesk has acted on it.

Apart from the cases, so that neither ever waits for the other; it works with calmdesk closed, and is
private to its user. The hook imports this and nothing else of calmdesk: no import here may be heavy.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

SPOOL = "phone-spool.db"
MOST = 1_000
"""Events that are kept at most; of a hook that runs wild the latest stay."""
LOGGED = 200
"""Lines of the log that are kept."""
WAIT = 1.2
"""Seconds that one waits at most for the file: with its start a hook ends within 1.5."""
LONGEST = 255
"""Characters kept of any text: what is longer is no name and no number."""

_TABLES = """
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL,
    name TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event INTEGER NOT NULL, at REAL NOT NULL, took REAL NOT NULL, source TEXT NOT NULL,
    kind TEXT NOT NULL, who TEXT NOT NULL, became TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS spool (uid TEXT NOT NULL);
INSERT INTO spool SELECT lower(hex(randomblob(4))) WHERE NOT EXISTS (SELECT * FROM spool);
"""

Row = tuple[int, float, str, str, str, str, str]
"""id, seconds since 1970, kind, the phone's own id of the call, number, name, source."""
LogLine = tuple[float, float, str, str, str, str]
"""Of the log: seconds since 1970, seconds on the way, source, kind, who, what became of it."""


def spool_file(env: Mapping[str, str] = os.environ) -> str:
    """Where the spool lies: in the local data folder, never in one that goes over a network; found
    without the libraries that take long to load. Raises OSError where CALMDESK_HOME begins in a
    working folder that is gone."""
    if home := env.get("CALMDESK_HOME"):
        folder = os.path.expanduser(home)
        if not os.path.isabs(folder):
            folder = os.path.join(os.getcwd(), folder)
    elif sys.platform == "win32":
        local = env.get("LOCALAPPDATA") or os.path.join(_user(env), "AppData", "Local")
        folder = os.path.join(local, "calmdesk")
    elif sys.platform == "darwin":
        folder = os.path.join(_user(env), "Library", "Application Support", "calmdesk")
    else:
        shared = env.get("XDG_DATA_HOME", "").strip()
        folder = os.path.join(shared or os.path.join(_user(env), ".local", "share"), "calmdesk")
    return os.path.join(folder, SPOOL)


def _user(env: Mapping[str, str]) -> str:
    return env.get("HOME") or os.path.expanduser("~")


def put(file: str, kind: str, key: str, number: str, name: str, source: str, at: float) -> None:
    """Queue one event. Raises sqlite3.Error or OSError when that is not done within `WAIT`."""
    until = time.monotonic() + WAIT
    texts = [_stored(text) for text in (kind, key, number, name, source)]
    while True:
        try:
            connection = connect(file, _STEP)
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_INSERT, (at, *texts))
                connection.execute(_BOUND, (MOST,))
                connection.execute("COMMIT")
            finally:
                connection.close()
            return
        except sqlite3.OperationalError as error:
            # each statement waits anew, and two that begin the file at once are told at once
            if code_of(error) not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


_STEP = 0.1
"""Seconds that one statement waits for the file."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_INSERT = "INSERT INTO event (at, kind, key, number, name, source) VALUES (?, ?, ?, ?, ?, ?)"
_BOUND = "DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?"
_LOG = "INSERT INTO log (event, at, took, source, kind, who, became) VALUES (?, ?, ?, ?, ?, ?, ?)"
_LOG_BOUND = "DELETE FROM log WHERE id <= (SELECT max(id) FROM log) - ?"


def _stored(text: str) -> str:
    """A text that SQLite takes, whatever bytes it came as."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def code_of(error: sqlite3.Error) -> int:
    """What went wrong, as SQLite numbers it; 0 where Python itself raised it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def connect(file: str, wait: float = WAIT) -> sqlite3.Connection:
    """The spool, made when there is none: 0600 in a folder of 0700. Raises sqlite3.Error, OSError
    when it is not to be had within `wait` seconds."""
    if not os.path.exists(file):
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = 1; COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _identity(file: str) -> "tuple[int, int] | None":
    """By which a file is told from another one of its name; None where there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Spool:
    """The reading end, for the one thread that opened it."""

    def __init__(self, file: str) -> None:
        """Raises sqlite3.Error or OSError when it cannot be opened."""
        self._connection = connect(file)
        self._file, self._is = file, _identity(file)
        for part in (file, f"{file}-wal", f"{file}-shm"):
            with suppress(OSError):  # one that came out of a backup may be for everybody
                os.chmod(part, 0o600)
        self._connection.text_factory = lambda it: it.decode("utf-8", "replace")
        self._version: int | None = None
        try:
            found = self._connection.execute("SELECT max(uid) FROM spool").fetchone()[0]
        except BaseException:
            self._connection.close()
            raise
        self.uid: str = found or ""
        """By which the ids of this file are told from those of another one."""

    def stands(self) -> bool:
        """Whether what is read here is still what lies there: the file may have been taken away."""
        return _identity(self._file) == self._is

    def changed(self) -> bool:
        """Whether somebody else wrote since this was asked last; true the first time."""
        before = self._version
        self._version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return self._version != before

    def after(self, last: int) -> list[Row]:
        """The events that were queued after the one of this id."""
        query = "SELECT id, at, kind, key, number, name, source FROM event WHERE id > ? ORDER BY id"
        return self._connection.execute(query, (last,)).fetchall()

    def done(self, ids: list[int], lines: "list[tuple[int, *LogLine]]") -> None:
        """Let go of events, and keep lines of the log, each with the id of its event (0 for one that
        came another way). What is let go of is overwritten in the file; a copy of it may lie in the
        log file beside it until `close`."""
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            self._connection.executemany("DELETE FROM event WHERE id = ?", [(it,) for it in ids])
            self._connection.executemany(_LOG, lines)
            run(_LOG_BOUND, (LOGGED,))
        except BaseException:
            run("ROLLBACK")
            raise
        run("COMMIT")

    def log(self) -> list[tuple[int, *LogLine]]:
        """The log, oldest first, each line with the id of its event."""
        query = "SELECT event, at, took, source, kind, who, became FROM log ORDER BY id"
        return self._connection.execute(query).fetchall()

    def close(self) -> None:
        """Let go of the file, nothing of what was deleted left in it."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._connection.close()
