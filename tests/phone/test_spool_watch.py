"""The spool on a thread: nothing that it was told is forgotten, whatever the file does meanwhile."""

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from calmdesk.phone.spool import Row, Spool, put
from calmdesk.phone.spool_watch import SpoolWatch

PATIENCE = 20
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
