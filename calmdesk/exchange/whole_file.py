"""A file that appears whole or not at all, and that only its user may read."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from calmdesk.errors import CalmdeskError
from calmdesk.words import one_line

Form = TypeVar("Form")


@contextmanager
def whole_file(path: Path, force: bool = False) -> Iterator[BinaryIO]:
    """The file (0600) to write into, beside its place; it is put there when all is written. When
    anything interrupts the writing, nothing of it is left.

    Raises CalmdeskError, before anything is written, when a file is there already and `force` does
    not say to replace it; and when it cannot be written.
    """
    check(path, force)
    try:
        number, name = tempfile.mkstemp(prefix=".calmdesk-", dir=path.parent)
    except OSError as error:
        raise unwritten(path, error) from error
    fresh = Path(name)
    try:
        with os.fdopen(number, "w+b") as file:
            yield file
            file.flush()
            os.fsync(number)
        _put(fresh, path, force)
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def check(path: Path, force: bool) -> None:
    """Raises CalmdeskError when a file is not to be written."""
    try:
        if path.is_dir():
            raise CalmdeskError(f"{path} is a folder; name a file in it.")
        if not force and os.path.lexists(path):
            raise CalmdeskError(f"{path} is there already; --force writes over it.")
    except OSError as error:
        raise unwritten(path, error) from error


def form_by_name(path: Path, endings: Mapping[str, Form]) -> Form | None:
    """The form that a file's ending says; None for a file without one. Raises CalmdeskError for an
    ending that says none."""
    ending = path.suffix.lower()
    if ending and ending not in endings:
        raise CalmdeskError(
            f"Nothing is written that ends as {one_line(path.name)}; let it end in "
            f"{', '.join(endings)}, or say --format."
        )
    return endings.get(ending)


def _put(fresh: Path, path: Path, force: bool) -> None:
    if force:
        fresh.replace(path)
        return
    with suppress(FileExistsError):
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            check(path, force=False)
            fresh.rename(path)
        return
    raise CalmdeskError(f"{path} is there already; --force writes over it.")


def unwritten(path: Path, error: OSError) -> CalmdeskError:
    """What to say when a file cannot be written."""
    return CalmdeskError(
        f"{path} cannot be written ({error.strerror or error}); name another place."
    )
