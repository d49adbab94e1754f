"""The store: one SQLite file, opened privately, upgraded safely, written by one connection.

A verb gets its session from here: `transaction()` to write, `reading()` to read. Every failure of
the database leaves as one StoreError with a sentence in it; a customer's words never do.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, select

from calmdesk.errors import Interrupted, StoreDamaged, StoreError, StoreNewer
from calmdesk.guide.call import Call
from calmdesk.guide.dialling import ANYWHERE, Dialling
from calmdesk.paths import private_folder
from calmdesk.records import glances
from calmdesk.records.full_text.writing import misplaced
from calmdesk.records.ids import NewId, new_id
from calmdesk.records.migrations import SCHEMA, upgrade
from calmdesk.records.models import Agent, Case, Contact, Meta

APPLICATION = 0x434C4D44
"""`CLMD`, in the file's header: what tells our databases from others."""

_SAFE_WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))


@dataclass
class LiveCall:
    """A call that is being written: its sum, and the rows that follow it."""

    call: Call
    contact: Contact
    case: Case


class Store:
    """An open case database."""

    def __init__(
        self,
        file: Path,
        zone: tzinfo | None,
        new_id: NewId,
        takes_calls: bool = True,
        dialling: Dialling = ANYWHERE,
    ) -> None:
        self.file = file
        self.zone = zone
        """The agent's zone; the day in a reference is local."""
        self.new_id = new_id
        self.dialling = dialling
        """By which a number is known again, however it is spelt."""
        self._takes_calls = takes_calls
        self._calls_lock = FileLock(f"{file}.lock", mode=0o600)
        self._tending_lock = FileLock(f"{file}.tending.lock", mode=0o600)
        self.calls: dict[str, LiveCall] = {}
        """Live calls as they stand, by contact id: the journal added up once, and their rows."""
        self.tail: tuple[int, str] | None = None
        """Number and seal of this device's last journal entry, once it was read."""
        self._inside = False
        self.owner = False
        """Whether this process takes the calls; one that came second only reads them."""
        self.claim()
        self._engine = _engine(file, checkpoints=False)
        self._writing = Session(self._engine, expire_on_commit=False)
        self.tends = False
        """Whether this process looks after the search, the counts of days, and the log that lies
        beside the file: one at a time does."""
        if takes_calls:
            self.look_after()
        self._reader: Engine | None = None
        self._searcher: Engine | None = None
        self._searched_on: sqlite3.Connection | None = None
        with self.transaction() as session:
            self.home = _meta(session, "device", lambda: self.new_id(_now()))
            """By which this file goes among others, whoever has it open."""
            self.me = _meta(session, "me", lambda: _first_agent(session, self.new_id))
            beside = session.get(Meta, self.seat)
            self.me = beside.value if beside is not None else self.me
            _look(session)

        self.device = self.home if self.owner else self.new_id(_now())
        """Whose journal it is: a calmdesk that came second writes a chain of its own."""

    @property
    def seat(self) -> str:
        """Where it stands who sits at this window: one beside that which takes the calls has a seat
        of its own."""
        return "me beside" if self._takes_calls and not self.owner else "me"

    @classmethod
    def open(
        cls,
        file: Path,
        zone: tzinfo | None = None,
        ids: NewId = new_id,
        migrations: str = "calmdesk.records:migrations",
        takes_calls: bool = True,
        dialling: Dialling = ANYWHERE,
    ) -> "Store":
        """Open the database, making or upgrading it first. One that `takes_calls` takes them until
        it is closed, unless another one has them; a command leaves them to the app.

        Raises StoreError when it cannot be opened, StoreDamaged when the file is not a whole
        calmdesk database, StoreNewer when a newer calmdesk wrote it. The file is untouched then.
        """
        private_folder(file.parent)
        if file.is_dir():
            raise StoreError(f"{file} is a folder; name a file in it with --database.")
        with _plainly(file):
            if not file.exists():
                _make(file, migrations)
            version = _version(file)
            if version > SCHEMA:
                raise StoreNewer(
                    f"{file} was written by a newer calmdesk (its version {version}, this one "
                    f"knows {SCHEMA}); update calmdesk, or name another file with --database."
                )
            if version < SCHEMA:
                bring_up(file, migrations)
            return cls(file, zone, ids, takes_calls, dialling)

    def _take(self, lock: FileLock) -> bool:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise StoreError(
                f"{self.file.parent} cannot be written ({error.strerror}); calmdesk keeps its "
                "lock there. Make the folder writable, or name another file with --database."
            ) from error
        return True

    def claim(self) -> bool:
        """Take over the calls if the process that had them is gone. Returns whether we have them."""
        if not self.owner and self._takes_calls:
            self.owner = self._take(self._calls_lock)
        return self.owner

    def look_after(self) -> bool:
        """Look after the search, the days and the log from now on, if nobody does. Returns whether
        we do. Asked on the thread that opened the store."""
        if not self.tends:
            self.tends = self._take(self._tending_lock)
            self._checkpoint_often(self.tends)
        return self.tends

    @contextmanager
    def tending(self) -> Iterator[bool]:
        """The same for a while; tells whether we do."""
        before = self.tends
        try:
            yield self.look_after()
        finally:
            if self.tends and not before:
                self._checkpoint_often(False)
                self.tends = False
                self._tending_lock.release()

    def _checkpoint_often(self, often: bool) -> None:
        """Have the log put into the file while we write; see `_wal_is_safe`."""
        pages = 1_000 if often or _wal_is_safe() else 0
        with _plainly(self.file), self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute(f"PRAGMA wal_autocheckpoint={pages}")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are kept together or not at all; a nested one joins the outer."""
        if self._inside:
            yield self._writing
            return
        self._inside = True
        try:
            with _plainly(self.file), self._writing.begin():
                yield self._writing
        except BaseException:
            self.forget()
            raise
        finally:
            self._inside = False

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """While much is written that could be written again: after a power cut the last of it may
        be gone, never half of it; and the log is put into the file seldom."""
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
        settings = {"cache_size": -64_000, "synchronous": "NORMAL"}
        with self.tending() as tends:
            if tends or _wal_is_safe():
                settings["wal_autocheckpoint"] = 16_000
            before = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in settings}
            try:
                for name, value in settings.items():
                    raw.execute(f"PRAGMA {name}={value}")
                yield
            finally:
                for name, value in before.items():
                    raw.execute(f"PRAGMA {name}={value}")

    def forget(self) -> None:
        """Know nothing by heart any more: after a failure the file alone is right."""
        self.calls.clear()
        self.tail = None
        self._writing.expunge_all()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that can only read, on a connection of its own: it holds no writer up."""
        if self._reader is None:
            self._reader = _engine(self.file, reads_only=True)
        with _plainly(self.file), Session(self._reader) as session:
            yield session

    @contextmanager
    def searching(self) -> Iterator[Session]:
        """The same on a connection of its own, for what may be interrupted. Raises Interrupted."""
        if self._searcher is None:
            self._searcher = _engine(self.file, reads_only=True)
        with _plainly(self.file), Session(self._searcher) as session:
            raw: Any = session.connection().connection.driver_connection
            self._searched_on = raw
            yield session

    def interrupt(self) -> None:
        """End what is being searched, from any thread."""
        if self._searched_on is not None:
            self._searched_on.interrupt()

    def close(self) -> None:
        """Let go of the file; what was committed is in it."""
        self._searched_on = None
        for engine in (self._reader, self._searcher):
            if engine is not None:
                engine.dispose()
        self._writing.close()
        self._engine.dispose()
        self._tending_lock.release()
        self._calls_lock.release()


def file_version(session: Session) -> int:
    """A number that changes whenever another connection has written to the file."""
    return int(session.connection().exec_driver_sql("PRAGMA data_version").scalar_one())


def _now() -> datetime:
    return datetime.now(UTC)


def _meta(session: Session, key: str, make: Any) -> str:
    row = session.get(Meta, key)
    if row is None:
        row = Meta(key=key, value=make())
        session.add(row)
    return row.value


def _look(session: Session) -> None:
    """Count all glances again in a file where they were counted another way, or never."""
    if session.exec(select(Meta.value).where(Meta.key == "glances")).first() != glances.COUNTED:
        glances.look_at_all(session)
        misplaced(session.connection())
        session.merge(Meta(key="glances", value=glances.COUNTED))


def _first_agent(session: Session, ids: NewId) -> str:
    agent = Agent(id=ids(_now()), created_at=_now())
    session.add(agent)
    session.flush()
    return agent.id


def _engine(
    file: Path, *, foreign_keys: bool = True, reads_only: bool = False, checkpoints: bool = True
) -> Engine:
    """An engine of one connection with real transactions."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.as_uri()}?mode=rw", uri=True, timeout=5, check_same_thread=False
        )
        connection.isolation_level = None
        pragmas = ["journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"]
        pragmas.append(f"foreign_keys={'ON' if foreign_keys else 'OFF'}")
        if reads_only:
            pragmas.append("query_only=ON")
        if not _wal_is_safe() and (reads_only or not checkpoints):
            pragmas.append("wal_autocheckpoint=0")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        # SQLite's own `lower` knows ASCII alone; people's names do not
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    begin = "BEGIN" if reads_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def bring_up(file: Path, migrations: str = "calmdesk.records:migrations") -> None:
    """Make an older calmdesk's database one of this."""
    engine = _engine(file, foreign_keys=False)
    try:
        upgrade(engine, migrations)
    finally:
        engine.dispose()


def _wal_is_safe() -> bool:
    """Whether this SQLite is free of the WAL-reset race; else only who tends may checkpoint."""
    version = sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or any(
        fixed <= version < (fixed[0], fixed[1] + 1, 0) for fixed in _SAFE_WAL_BACKPORTS
    )


def _make(file: Path, migrations: str) -> None:
    """Make a whole database beside its place, then put it there: a start that is killed half way
    leaves no empty file that could pass for a lost one."""
    fresh = file.with_name(f"{file.name}.new")
    for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
        leftover.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    engine = _engine(fresh, foreign_keys=False)
    try:
        upgrade(engine, migrations)
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            connection.rollback()
            raw.execute(f"PRAGMA application_id={APPLICATION}")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    with suppress(FileExistsError):
        os.link(fresh, file)
    fresh.unlink()


def _version(file: Path) -> int:
    """The schema version in a file's header. Raises StoreDamaged when it is not our database."""
    damaged = StoreDamaged(
        f"{file} is not a whole calmdesk database; it was left as it is. Put a backup in its "
        "place, or name another file with --database."
    )
    if file.stat().st_size == 0:
        raise damaged
    try:
        with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.close()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise damaged from error
    if application != APPLICATION or version == 0:
        raise damaged
    return int(version)


@contextmanager
def _plainly(file: Path) -> Iterator[None]:
    """Turn every failure of the database into one sentence that names the file."""
    try:
        yield
    except DBAPIError as error:
        raise _failure(file, error.orig or error) from error
    except (sqlite3.Error, OSError) as error:
        raise _failure(file, error) from error


def _failure(file: Path, error: BaseException) -> StoreError:
    code = getattr(error, "sqlite_errorname", "") or ""
    for begins, sentence in _SENTENCES.items():
        if code.startswith(begins):
            kind = _KINDS.get(begins, StoreError)
            return kind(sentence.format(file=file, folder=file.parent))
    if isinstance(error, OSError):
        return StoreError(f"{error.filename or file} cannot be used ({error.strerror or error}).")
    return StoreError(f"{file} cannot be used just now ({code or type(error).__name__}).")


_KINDS = {
    "SQLITE_CORRUPT": StoreDamaged,
    "SQLITE_NOTADB": StoreDamaged,
    "SQLITE_INTERRUPT": Interrupted,
}
_SENTENCES = {
    "SQLITE_INTERRUPT": "Another search of {file} came after this one.",
    "SQLITE_FULL": "The disk of {file} is full; free some space and it is kept.",
    "SQLITE_IOERR": "{file} cannot be written: the disk is full or failing.",
    "SQLITE_READONLY": "{file} is read-only; make it and its folder writable for you.",
    "SQLITE_CANTOPEN": "{file} cannot be opened; make it and {folder} writable for you.",
    "SQLITE_BUSY": "{file} is held by another program; close it, or wait a moment.",
    "SQLITE_CORRUPT": "{file} is damaged; put a backup in its place.",
    "SQLITE_NOTADB": "{file} is not a calmdesk database.",
    "SQLITE_PERM": "{file} may not be read; make it yours.",
}
