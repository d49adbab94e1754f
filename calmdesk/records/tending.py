"""The search is brought up to the record: a piece at a time while the desk is idle, or all at once
after an import."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from calmdesk.records.findable import look_up
from calmdesk.records.full_text import Entry, entries
from calmdesk.records.full_text.writing import replace, settle
from calmdesk.records.store import Store

PIECE = 0.02
"""Seconds of one piece of what is done while nobody waits; between two of them a call, or another
calmdesk, can write."""
SOME = 4
"""Cases that are read at once for a piece."""
READING = 0.25
"""Share of a piece's time in which it is read; the rest goes into writing it."""
AT_ONCE = 500
"""Cases of one piece when nobody waits; another process can write between two of them."""
NOTED = 10_000
"""Cases that are compared with the index in one transaction."""
COUNTED = 1_000
"""So far what is left is counted."""
_FIRST = -(2**62)
"""Before every place."""

Progress = Callable[[int, int], None]
"""Told how many cases are done, and of how many."""


def tend(store: Store, budget_seconds: float = PIECE) -> int:
    """Index some of the cases whose words have changed, the newest first: as many as about fit the
    time. Returns how many are left, `COUNTED` when there are so many or more."""
    until = time.perf_counter() + budget_seconds * READING
    with store.transaction() as session:
        connection = session.connection()
        done: list[str] = []
        old: list[Entry] = []
        new: list[Entry] = []
        while not done or time.perf_counter() < until:
            some = _newest(connection, done[-1] if done else None)
            done += some
            old += entries(connection, "case_id", some)
            new += look_up(connection, some)
            if len(some) < SOME:
                break
        _keep(connection, done, old, new)
        return _left(connection)


def waiting(store: Store) -> int:
    """How many cases are to be indexed, `COUNTED` when there are so many or more."""
    with store.reading() as session:
        return _left(session.connection())


def due(store: Store) -> int:
    """The same of what is this process's to do: nothing, when another one looks after the search."""
    return waiting(store) if store.tends else 0


def build(store: Store, progress: Progress = lambda done, of: None) -> None:
    """Index every case that is not, or not as it is now, in the order of time. One that is broken
    off goes on where it was."""
    place: int | None = _FIRST
    while place is not None:
        with store.transaction() as session:
            place = _note(session.connection(), place)
    with store.reading() as session:
        todo = "SELECT count(*) FROM search_todo"
        of = session.connection().exec_driver_sql(todo).scalar_one()
    place, done = _FIRST, 0
    progress(done, of)
    while place is not None:
        with store.transaction() as session:
            place, count = _after(session.connection(), place)
        done += count
        progress(done, of)
    while tend(store, 1.0):
        pass
    more = begin = True
    while more:
        with store.transaction() as session:
            more, begin = settle(session.connection(), begin), False
    progress(of, of)


def _note(connection: Connection, place: int) -> int | None:
    """Note which of some cases from a place on the index does not know. Returns the last one's
    place, None when there was none."""
    last: int | None = connection.exec_driver_sql(
        "SELECT max(place) FROM (SELECT place FROM glance WHERE place > ? ORDER BY place LIMIT ?)",
        (place, NOTED),
    ).scalar_one()
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO search_todo SELECT case_id FROM glance WHERE place > ? AND"
        " place <= ? AND NOT EXISTS"
        " (SELECT 1 FROM search_text WHERE search_text.case_id = glance.case_id)",
        (place, last),
    )
    return last


def _after(connection: Connection, place: int) -> tuple[int | None, int]:
    """Index some thousand cases from a place on. Returns the last one's place, None when there was
    none, and how many they were."""
    rows = connection.exec_driver_sql(
        "SELECT place, case_id FROM glance WHERE place > ? AND EXISTS (SELECT 1 FROM search_todo"
        " WHERE search_todo.case_id = glance.case_id) ORDER BY place LIMIT ?",
        (place, AT_ONCE),
    ).all()
    some = [case_id for _, case_id in rows]
    old, new = entries(connection, "case_id", some), look_up(connection, some)
    _keep(connection, some, old, new)
    return (rows[-1][0] if rows else None), len(rows)


def _newest(connection: Connection, before: str | None) -> list[str]:
    """Some of the cases that are to be indexed; their ids are in the order of time."""
    where, given = ("WHERE case_id < ?", (before,)) if before is not None else ("", ())
    rows = connection.exec_driver_sql(
        f"SELECT case_id FROM search_todo {where} ORDER BY case_id DESC LIMIT {SOME}", given
    )
    return [case_id for (case_id,) in rows]


def _keep(
    connection: Connection, case_ids: Sequence[str], old: Sequence[Entry], new: Sequence[Entry]
) -> None:
    """Let the index hold these cases as they are now. One that stands where another stood before has
    that one indexed again."""
    taken = entries(connection, "place", [it.place for it in new])
    moved = [it for it in taken if it.case_id not in set(case_ids)]
    replace(connection, [*old, *moved], new)
    if case_ids:
        done = [(it,) for it in case_ids]
        connection.exec_driver_sql("DELETE FROM search_todo WHERE case_id = ?", done)
    if moved:
        again = [(it.case_id,) for it in moved]
        connection.exec_driver_sql("INSERT OR IGNORE INTO search_todo VALUES (?)", again)


def _left(connection: Connection) -> int:
    rows = connection.exec_driver_sql(f"SELECT 1 FROM search_todo LIMIT {COUNTED}")
    return len(rows.all())
