"""The verb that takes over a log that was kept elsewhere.

Rows are committed some thousand at once. Each case has an id that follows from its row, so the same
file again adds nothing, and one that was interrupted goes on where it stopped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from calmdesk.exchange.taken import Rejected, Taken
from calmdesk.guide.afterwards import Imported
from calmdesk.records import bulk, import_glances, journal
from calmdesk.records.ids import numbered_id, quick_ids
from calmdesk.records.import_people import People, sign
from calmdesk.records.import_rows import CaseRows, taken_refs
from calmdesk.records.store import Store, file_version

AT_ONCE = 5_000
"""Cases that are committed together: as many as keep another writer waiting for no half second."""
_KEY_BITS_LEFT = 128 - 74


@dataclass(frozen=True)
class Step:
    """How far an import is."""

    rows: int
    """Rows read in this step."""
    added: int
    there: int
    """Cases that the record had already."""
    rejected: tuple[Rejected, ...]
    doubled: tuple[str, ...] = ()
    """References of added cases that another case had before, of which this file says nothing: as
    when its days were read another way the last time."""


def take_over(
    store: Store,
    file: str,
    rows: Iterable[Taken | Rejected],
    now: datetime,
    at_once: int = AT_ONCE,
) -> Iterator[Step]:
    """Take over the rows of a file, by its name; what it yields has been committed. Raises
    StoreError; what was committed before stays."""
    reading = iter(rows)
    taking = _Taking(store, file, now)
    with store.in_bulk():
        while batch := list(islice(reading, at_once)):
            yield taking.commit(batch)


def doubled(store: Store, rows: Iterable[Taken | Rejected]) -> tuple[str, ...]:
    """What would be `Step.doubled`, were these rows taken over."""
    taken = _with_ids(rows)
    with store.reading() as session:
        new = _new(session, taken)
        return _doubled(taken, new, taken_refs(store, session, new), set())


class _Taking:
    """One import: who is known, and what is written."""

    def __init__(self, store: Store, file: str, now: datetime) -> None:
        self._store, self._file, self._now = store, file, now
        self._people: People | None = None
        self._version = 0
        """That of the file as it was left."""
        self._left: tuple[int | None, ...] = ()
        """The sign of everybody as they were left when somebody else had written last."""
        self._ids = quick_ids()
        self._said: set[str] = set()

    def commit(self, batch: list[Taken | Rejected]) -> Step:
        """Write those of some rows that the record does not have, in one transaction."""
        taken = _with_ids(batch)
        rejected = tuple(it for it in batch if isinstance(it, Rejected))
        with self._store.transaction() as session:
            new = _new(session, taken)
            refs = taken_refs(self._store, session, new)
            twice = _doubled(taken, new, refs, self._said)
            if new:
                self._write(session, new, refs)
        self._said.update(it.ref for it in taken)
        return Step(len(batch), len(new), len(taken) - len(new), rejected, twice)

    def _write(self, session: Session, new: list[Taken], refs: set[str]) -> None:
        version = file_version(session)
        beside = version != self._version
        if self._people is None or (beside and sign(session) != self._left):
            self._people = People(self._store, session, self._ids)
        made = CaseRows(self._store, refs, self._people, new, self._now)
        bulk.write(session, (*self._people.tables(), *made.tables()))
        self._people.mend(session)
        if beside:  # with nobody beside us, nobody needs to be counted
            self._version, self._left = version, sign(session)
        happenings = ((it.case_id, Imported(self._file, it.line, it.rest)) for it in new)
        journal.append_new(self._store, session, happenings, self._now, self._ids)
        import_glances.look(session, made.seen)
        todo = bulk.Rows("search_todo", "case_id")
        todo.values.extend((it.case_id,) for it in new)
        todo.write(session)


def _with_ids(rows: Iterable[Taken | Rejected]) -> list[Taken]:
    """The rows that can be cases, each with its id."""
    taken = [it for it in rows if isinstance(it, Taken)]
    for it in taken:
        it.case_id = it.case_id or _id(it)
    return taken


def _id(it: Taken) -> str:
    """The id of a case by its row, in the order of time like all others."""
    return numbered_id(it.opened, int.from_bytes(it.key, "big") >> _KEY_BITS_LEFT)


def _new(session: Session, taken: list[Taken]) -> list[Taken]:
    """The cases that the record does not have yet."""
    wanted = [it.case_id for it in taken]
    there = {id_ for (id_,) in bulk.among(session, 'SELECT id FROM "case" WHERE id IN', wanted)}
    return [it for it in taken if it.case_id not in there]


def _doubled(
    taken: list[Taken], new: list[Taken], refs: set[str], said: set[str]
) -> tuple[str, ...]:
    """Those references of new cases that are among `refs`, which others have; not those that the file
    names for a case that is there, nor those that it `said` before: a log may name one twice."""
    fresh = {it.case_id for it in new}
    there = {it.ref for it in taken if it.case_id not in fresh}
    own = (it.ref for it in new if it.ref not in there and it.ref not in said)
    return tuple(ref for ref in own if ref in refs)
