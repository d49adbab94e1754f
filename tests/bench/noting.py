"""How long an entered note takes to the disk."""

import asyncio
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from calmdesk.guide.happenings import Answered, Noted
from calmdesk.guide.notes import Sign
from calmdesk.records import calls
from calmdesk.records.call_rows import KeptDraft
from calmdesk.records.desk import Desk
from calmdesk.records.ids import new_id
from tests.bench.rows import Row, at, milliseconds

MOST = 0.005
"""Seconds that p99 must stay below."""
WORDS = "the flyers were promised for friday and the dance school opens on saturday"


def _bare(file: Path) -> sqlite3.Connection:
    """A table of one kind, kept as safely as ours."""
    bare = sqlite3.connect(file, isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE note (id TEXT PRIMARY KEY, at TEXT, text TEXT)")
    return bare


def _insert(bare: sqlite3.Connection, note_id: str, now: datetime) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO note VALUES (?, ?, ?)", (note_id, now.isoformat(), WORDS))
    bare.execute("COMMIT")


async def _times(folder: Path, notes: int) -> tuple[list[float], list[float]]:
    """Seconds of each note through the desk, and of each bare row."""
    from calmdesk.records.store import Store

    desk = Desk(lambda: Store.open(folder / "calmdesk.db"))
    await desk.open()
    now = datetime.now(UTC)
    contact_id, case_id = new_id(now), new_id(now)
    await desk.ask(calls.answer, contact_id, case_id, Answered(), now)
    bare = _bare(folder / "bare.db")
    emptied = [KeptDraft("note", "", focused=True)]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(notes):
        now = datetime.now(UTC)
        note = Noted(new_id(now), Sign.SAYS, WORDS)
        began = time.perf_counter()
        await desk.ask(calls.enter, contact_id, [note], emptied, now)
        kept = time.perf_counter()
        _insert(bare, note.note_id, now)
        ours.append(kept - began)
        theirs.append(time.perf_counter() - kept)
    bare.close()
    desk.close()
    return ours, theirs


def note_on_disk(quick: bool) -> list[Row]:
    """A note handed to the desk until it is committed, with its journal entry and the line that is
    empty again; beside one row a commit into a bare SQLite with WAL and synchronous=FULL on the
    same disk."""
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        ours, theirs = asyncio.run(_times(Path(folder), 100 if quick else 500))
    return [
        Row(
            "note on disk, p50 / p99",
            milliseconds(ours, 0.5, 0.99),
            milliseconds(theirs, 0.5, 0.99),
            at(ours, 0.5) / at(theirs, 0.5),
            "p99 < 5 ms",
            at(ours, 0.99) < MOST,
        )
    ]
