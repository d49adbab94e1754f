"""Files that take long to make, made once in a run of the tests: whoever needs one has a copy."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from calmdesk.clock import Clock
from calmdesk.demo.day import READER, make, make_with_weeks
from calmdesk.demo.living import sit_down
from calmdesk.records.ids import seeded_ids
from calmdesk.records.store import Store

FOLDER = "CALMDESK_TESTS_MADE_ONCE"
"""Names the folder that the processes of one run share; without one, each has its own."""


def fresh(file: Path) -> Path:
    """The file, with a database as a first start makes it unless it was there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_made("fresh", _empty), file)
    return file


def demo(file: Path, clock: Clock) -> Store:
    """The demo's day in a file, open."""
    return _open("day", make, file, clock)


def whole_demo(file: Path, clock: Clock) -> Store:
    """The same with the weeks before it, as `calmdesk demo` shows it."""
    return _open("weeks", make_with_weeks, file, clock)


def _open(name: str, make: Callable[[Path, Clock], Store], file: Path, clock: Clock) -> Store:
    made = _made(
        f"{name} {clock.now():%Y%m%d %H%M%S} {clock.zone}".replace("/", "-"),
        lambda new: make(new, clock).close(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, file)
    store = Store.open(file, clock.zone, seeded_ids(8))
    sit_down(store, READER, clock.now())
    return store


def _made(name: str, make: Callable[[Path], None]) -> Path:
    folder = _folder()
    file = folder / f"{name}.db"
    if not file.exists():
        new = Path(tempfile.mkdtemp(dir=folder)) / file.name
        make(new)
        new.replace(file)  # another process may have been as quick: both are the same
    return file


def _folder() -> Path:
    return Path(os.environ.get(FOLDER) or _own_folder().name)


@cache
def _own_folder() -> "tempfile.TemporaryDirectory[str]":
    """Gone when the process ends."""
    return tempfile.TemporaryDirectory(prefix="calmdesk-tests-")


def _empty(file: Path) -> None:
    Store.open(file).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key IN ('device', 'me')")  # each has its own
        connection.execute("DELETE FROM agent")
