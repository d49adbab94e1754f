"""The rows that were not taken, each with its line and the reason: a file to mend and import."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from calmdesk.errors import CalmdeskError
from calmdesk.exchange.cells import harmless
from calmdesk.exchange.taken import Rejected
from calmdesk.exchange.whole_file import unwritten, whole_file

LINE, WHY = "calmdesk line", "calmdesk reason"
"""The columns before the row's own."""


class Rejects(Protocol):
    """Where rejected rows go."""

    count: int

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Write some of them."""
        ...


@contextmanager
def rejects(path: Path, header: Sequence[str], restores: bool) -> Iterator[Rejects]:
    """The file (0600) for rejected rows; it is made with the first of them, whole or not at all. An
    earlier one of ours is replaced, and goes when nothing is rejected any more. `restores` says
    that the cells are as a sheet of ours holds them: harmless already.

    Raises CalmdeskError when there is another file at its place.
    """
    if path.exists() and not _is_ours(path):
        raise CalmdeskError(
            f"{path} is there already, and holds no rejected rows; name another file for them "
            "with --rejects."
        )
    with ExitStack() as stack:
        found = _Rejects(path, header, restores, stack)
        yield found
        if not found.count:
            path.unlink(missing_ok=True)
        else:
            found.close()


class _Rejects:
    def __init__(self, path: Path, header: Sequence[str], restores: bool, stack: ExitStack) -> None:
        self._path, self._header, self._restores, self._stack = path, header, restores, stack
        self.count = 0

    def write(self, rejected: Iterable[Rejected]) -> None:
        for it in rejected:
            if not self.count:
                self._open()
            self.count += 1
            cells = it.cells if self._restores else map(harmless, it.cells)
            self._writer.writerow([it.line, harmless(it.why), *cells])

    def _open(self) -> None:
        file = self._stack.enter_context(whole_file(self._path, force=True))
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow([LINE, WHY, *map(harmless, self._header)])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return LINE.encode() in file.read(100)
    except OSError as error:
        raise unwritten(path, error) from error
