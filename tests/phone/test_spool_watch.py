"""The spool on a thread: nothing that it was told is forgotten, whatever the file does meanwhile."""

import queue
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from calmdesk.phone.spool import Row, Spool, put
from calmdesk.phone.spool_watch import SpoolWatch

PATIENCE = 60
"""Seconds after which nothing is waited for any more."""


class Told:
    """What the thread tells, to be waited for."""

    def __init__(self) -> None:
        self.rows = queue.SimpleQueue[list[Row]]()
        self.troubles = queue.SimpleQueue[str]()

    def locked(self, is_it: bool) -> None:
        """Wait until it says that the file is locked, or that all is well."""
        while ("locked" in self.troubles.get(timeout=PATIENCE)) is not is_it:
            pass


@contextmanager
def watched(file: Path) -> Iterator[tuple[SpoolWatch, Told]]:
    """A spool that is looked at."""
    told = Told()
    watch = SpoolWatch(str(file), lambda _, rows: told.rows.put(rows), told.troubles.put)
    watch.begin()
    try:
        yield watch, told
    finally:
        watch.close()


def spool_id(file: Path) -> str:
    """By which it is told from another one."""
    with closing(Spool(str(file))) as spool:
        return spool.uid


def test_what_a_locked_file_does_not_take_is_let_go_of_when_it_does(tmp_path: Path) -> None:
    file = tmp_path / "phone-spool.db"
    put(str(file), "ring", "", "030123", "", "hook", 1.0)
    with watched(file) as (watch, told):
        told.rows.get(timeout=PATIENCE)
        uid = spool_id(file)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            watch.done(uid, [1], [])
            told.locked(True)
        told.locked(False)
    with closing(Spool(str(file))) as spool:
        assert spool.after(0) == []


def test_bytes_that_are_no_text_are_heard_as_well_as_may_be(tmp_path: Path) -> None:
    file = tmp_path / "phone-spool.db"
    put(str(file), "ring", "", "030123", "", "hook", 1.0)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE event SET name = CAST(x'ff' AS TEXT)")
    with watched(file) as (_, told):
        assert told.rows.get(timeout=PATIENCE)[0][4:6] == ("030123", "\N{REPLACEMENT CHARACTER}")


def test_a_file_that_was_taken_away_is_not_waited_for_in_vain(tmp_path: Path) -> None:
    file = tmp_path / "phone-spool.db"
    put(str(file), "ring", "", "030123", "", "hook", 1.0)
    with watched(file) as (_, told):
        assert told.rows.get(timeout=PATIENCE)[0][4] == "030123"
        for part in tmp_path.glob("phone-spool.db*"):
            part.unlink()
        put(str(file), "ring", "", "040987", "", "hook", 2.0)
        assert told.rows.get(timeout=PATIENCE)[0][4] == "040987"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_one_that_everybody_may_read_is_its_users_alone_again(tmp_path: Path) -> None:
    file = tmp_path / "phone-spool.db"
    put(str(file), "ring", "", "030123", "", "hook", 1.0)
    file.chmod(0o644)
    with closing(Spool(str(file))):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
