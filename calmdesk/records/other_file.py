"""The file of another calmdesk, read and never written: not a byte of it changes, and nothing is
laid beside it. One that is in use or older is copied first, and the copy is what is read."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from calmdesk.errors import CalmdeskError, OtherFileError
from calmdesk.records.migrations import SCHEMA
from calmdesk.records.store import APPLICATION, bring_up

_TRIES = 3
_MAGIC = b"SQLite format 3\x00"


@contextmanager
def reading(file: Path, scratch: Path) -> Iterator[Connection]:
    """A connection that reads another calmdesk's file; a copy, where one is needed, is made in the
    folder `scratch` and thrown away. Raises OtherFileError with a sentence that names the file."""
    with _plainly(file), tempfile.TemporaryDirectory(dir=scratch, prefix="read-") as folder:
        whole = _whole(file, Path(folder))
        version = _version(file, whole)
        if version < SCHEMA:
            whole = _upgraded(file, whole, Path(folder))
        engine = create_engine(
            "sqlite://", creator=lambda: _open(whole), poolclass=StaticPool, hide_parameters=True
        )
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _open(file: Path) -> sqlite3.Connection:
    """Open a file that nobody writes: SQLite then makes none beside it."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _whole(file: Path, folder: Path) -> Path:
    """The file itself, when all of it is in it; else a copy with what lies beside it put in."""
    beside = _beside(file)
    if not file.is_file():
        raise OtherFileError(f"{file} is not there, or is no file; it was left out.")
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise _none(file)
    if not _size(beside):
        return file
    copy = folder / "copy.db"
    for _ in range(_TRIES):
        before = _sign(file), _sign(beside)
        shutil.copyfile(file, copy)
        with suppress(FileNotFoundError):
            shutil.copyfile(beside, _beside(copy))
        if before == (_sign(file), _sign(beside)):
            _put_in(copy)
            return copy
    raise OtherFileError(f"{file} is being written just now; close calmdesk there, or try again.")


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _sign(file: Path) -> tuple[int, int]:
    """By which a change of a file is seen: its size, and when it was written."""
    if not file.exists():
        return (0, 0)
    seen = file.stat()
    return seen.st_size, seen.st_mtime_ns


def _put_in(copy: Path) -> None:
    """Have everything that lies beside a copy in the copy."""
    connection = sqlite3.connect(copy)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _version(file: Path, whole: Path) -> int:
    connection = _open(whole)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if application != APPLICATION or not version:
        raise _none(file)
    if version > SCHEMA:
        raise OtherFileError(
            f"{file} was written by a newer calmdesk (its version {version}, this one knows "
            f"{SCHEMA}); update calmdesk here. It was left out."
        )
    return int(version)


def _none(file: Path) -> OtherFileError:
    return OtherFileError(f"{file} is no database of calmdesk's; it was left out.")


def _upgraded(file: Path, whole: Path, folder: Path) -> Path:
    copy = folder / "copy.db"
    if whole == file:
        shutil.copyfile(file, copy)
    bring_up(copy)
    _put_in(copy)
    return copy


@contextmanager
def _plainly(file: Path) -> Iterator[None]:
    """Turn whatever a file's damage brings about into one sentence that names it."""
    try:
        yield
    except CalmdeskError:
        raise
    except OSError as error:
        raise OtherFileError(
            f"{file} cannot be read ({error.strerror or error}); it was left out."
        ) from error
    except (sqlite3.Error, DBAPIError, RuntimeError) as error:
        raise OtherFileError(f"{file} is damaged; what could be read of it was taken.") from error
