"""Two calmdesks on two laptops, each with a record of its own; and what both must come to."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from calmdesk.guide import happenings as h
from calmdesk.guide.happenings import Happening
from calmdesk.records import calls, journal, people
from calmdesk.records.merging import FileTaken, merge
from calmdesk.records.models import Agent, Event
from calmdesk.records.plain_rows import CUSTOMER, MERGE, NAME, NUMBER, OF_A_CASE
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE

NOW = SATURDAY
SECOND = timedelta(seconds=1)


@contextmanager
def desk(file: Path, name: str) -> Iterator[Store]:
    """The record of somebody's laptop, open."""
    store = Store.open(fresh(file), ZONE)
    try:
        if name:
            people.introduce(store, name, "", "")
        yield store
    finally:
        store.close()


def untold(done: int, of: int) -> None:
    """Nobody looks how far it is."""


def bring(here: Store, there: Store, keep: bool = True) -> FileTaken:
    """Take everything of another's file, which is open meanwhile."""
    return merge(here, there.file, NOW + timedelta(days=1), untold, keep)


def a_call(store: Store, *happenings: Happening, at: datetime = NOW) -> tuple[str, str]:
    """A call in which some things happen, a second each. Returns the ids of case and call."""
    contact, case_id = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case_id, h.Answered(), at)
    for happening in happenings:
        at += SECOND
        calls.happen(store, contact, happening, at)
    return case_id, contact


def shared(store: Store) -> dict[str, Any]:
    """All rows that may travel, people by their names, but what was written to one alone."""
    with store.reading() as session:
        connection = session.connection()
        names = dict(session.exec(select(Agent.id, Agent.name)).all())
        rows: dict[str, Any] = {}
        for part in (*OF_A_CASE, CUSTOMER, NUMBER, NAME, MERGE):
            rows[part.name] = {
                part.key(row): {
                    name: names.get(value, value)
                    for name, value in row.items()
                    if (part.name, name) != ("review", "note")
                }
                for row in part.all(connection)
            }
        return rows


def chains(store: Store) -> dict[str, list[Event]]:
    """The entries of every chain in a record, in order."""
    found: dict[str, list[Event]] = {}
    with store.reading() as session:
        for entry in session.exec(select(Event).order_by(Event.device, Event.seq)):  # type: ignore[arg-type]
            found.setdefault(entry.device, []).append(entry)
    return found


def broken(store: Store) -> list[str]:
    """Entries whose seal does not fit, or that do not follow on the one before."""
    wrong = []
    for entries in chains(store).values():
        wrong += [it.id for it in entries if it.mac != journal.seal(it)]
        pairs = itertools.pairwise(entries)
        wrong += [b.id for a, b in pairs if b.seq == a.seq + 1 and b.prev != a.mac]
    return wrong
