"""Another's file, opened: CSV of any usual kind, a workbook, or our own JSON lines. Its rows are
lists of text, whatever they were."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from calmdesk.errors import CalmdeskError
from calmdesk.exchange import csv_file, workbook_file
from calmdesk.exchange.cells import restored
from calmdesk.exchange.encodings import check_encoding, encoding_of
from calmdesk.exchange.headers import listed, named, recognised
from calmdesk.exchange.rejects import LINE, WHY
from calmdesk.words import one_line

Numbered = tuple[int, list[str]]
"""A row and the number of its line, or of its row in a sheet; both count from 1."""

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_DATABASE = b"SQLite format 3\0"
_HEADER_WITHIN = 20
"""Rows among which the header is looked for: logs begin with titles."""


@dataclass(frozen=True)
class How:
    """How a file is to be opened; what is '' is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Table:
    """A file with a header and rows."""

    path: Path
    header: tuple[str, ...]
    begins: int
    """Number of the header's line."""
    how: How
    kind: str
    """csv, workbook, jsonl."""
    refused: bool = False
    """Whether it holds rows that were not taken, to be read as they once stood in their log."""

    @property
    def harmless(self) -> bool:
        """Whether the texts of a sheet of ours still hold what `harmless` put before them."""
        return self.kind == "csv" and not self.refused

    def rows(self) -> Iterator[Numbered]:
        """The rows below the header, empty ones left out. Raises CalmdeskError."""
        for line, cells in _as_they_were(_numbered(self)) if self.refused else _numbered(self):
            if any(cells):
                yield line, cells

    def lines(self) -> int | None:
        """About how many rows there are, for a bar; None where that would take long to tell."""
        if self.kind == "workbook":
            return None
        with self.path.open("rb") as file:
            blocks = iter(lambda: file.read(1 << 20), b"")
            return sum(block.count(b"\n") for block in blocks)


def open_table(path: Path, how: How) -> Table:
    """Open a file, and find its header. Raises CalmdeskError with one clear sentence."""
    try:
        if path.is_dir():
            raise CalmdeskError(f"{path} is a folder; name a file in it.")
        with path.open("rb") as file:
            magic = file.read(16)
        if not magic:
            raise CalmdeskError(f"{path} is empty.")
        if magic.startswith(_DATABASE):
            raise CalmdeskError(
                f"{path.name} is a database; the cases of another calmdesk come in with: "
                f"calmdesk merge {path}"
            )
        table = _opened(path, how, magic)
    except OSError as error:
        raise CalmdeskError(f"{path} cannot be read ({error.strerror or error}).") from error
    if table.header[:2] == (LINE, WHY):
        return replace(table, header=tuple(map(restored, table.header[2:])), refused=True)
    return table


def _opened(path: Path, how: How, magic: bytes) -> Table:
    kind = _kind(path, magic)
    if kind == "csv":
        return _csv_table(path, how)
    return _workbook_table(path, how) if kind == "workbook" else _json_table(path)


def _kind(path: Path, magic: bytes) -> str:
    ole = b"\xd0\xcf\x11\xe0"
    if path.suffix.lower() in WORKBOOKS or magic.startswith((b"PK\x03\x04", ole)):
        return "workbook"
    if path.suffix.lower() == ".jsonl":
        return "jsonl"
    return "jsonl" if magic.startswith(b"{") and _begins_as_json(path) else "csv"


def _numbered(table: Table) -> Iterator[Numbered]:
    try:
        if table.kind == "csv":
            yield from _after(
                csv_file.rows(table.path, table.how.encoding, table.how.delimiter), table.begins
            )
        elif table.kind == "workbook":
            yield from _sheets_from(table)
        else:
            yield from _json_rows(table.path, table.header)
    except OSError as error:
        raise CalmdeskError(f"{table.path} cannot be read ({error.strerror or error}).") from error


def _as_they_were(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """Rows of a file of rejected ones, as they stood in their log."""
    return ((line, list(map(restored, cells[2:]))) for line, cells in rows)


def _after(rows: Iterable[Numbered], begins: int) -> Iterator[Numbered]:
    return ((line, cells) for line, cells in rows if line > begins)


def _header(path: Path, rows: Iterable[Numbered]) -> tuple[int, tuple[str, ...]]:
    """The line of the header and its names, each of them once: the row among the first that holds
    the most names we know; else the first as wide as most."""
    first = [(line, cells) for line, cells in islice(rows, _HEADER_WITHIN) if any(cells)]
    if not first:
        raise CalmdeskError(f"{path} has no rows.")
    line, cells = max(first, key=lambda it: recognised(it[1]))
    if recognised(cells) < 2:
        usual, _ = Counter(_width(cells) for _, cells in first).most_common(1)[0]
        line, cells = next((it for it in first if _width(it[1]) == usual), first[0])
    return line, tuple(_once_each(cells[: _width(cells)]))


def _width(cells: list[str]) -> int:
    """How many cells there are up to the last that holds anything."""
    return max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _once_each(names: list[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for at, name in enumerate(names, 1):
        name = one_line(name) or f"column {at}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


# -- CSV --------------------------------------------------------------------------------------


def _csv_table(path: Path, how: How) -> Table:
    encoding = check_encoding(how.encoding) if how.encoding else encoding_of(path)
    delimiter = how.delimiter or csv_file.delimiter_of(path, encoding)
    how = How(encoding, delimiter)
    line, header = _header(path, csv_file.rows(path, how.encoding, how.delimiter))
    return Table(path, header, line, how, "csv")


# -- workbooks --------------------------------------------------------------------------------


def _workbook_table(path: Path, how: How) -> Table:
    with workbook_file.opened(path) as book:
        names = list(book.sheet_names)
        if how.sheet and how.sheet not in names:
            raise CalmdeskError(
                f"{path.name} has no sheet {named(how.sheet)}; it has {listed(names)}."
            )
        best: tuple[int, str] | None = None
        for name in [how.sheet] if how.sheet else names:
            score = max(
                (
                    recognised(cells)
                    for _, cells in islice(workbook_file.rows(book, name), _HEADER_WITHIN)
                ),
                default=-1,
            )
            if best is None or score > best[0]:
                best = (score, name)
        if best is None or best[0] < 0:
            raise CalmdeskError(f"{path.name} has no rows.")
        line, header = _header(path, workbook_file.rows(book, best[1]))
    return Table(path, header, line, How(sheet=best[1]), "workbook")


def _sheets_from(table: Table) -> Iterator[Numbered]:
    """The rows of the sheet, and of those behind it under the very same header."""
    with workbook_file.opened(table.path) as book:
        names = list(book.sheet_names)
        for name in names[names.index(table.how.sheet) :]:
            rows = workbook_file.rows(book, name)
            if name == table.how.sheet:
                yield from _after(rows, table.begins)
            elif tuple(_once_each(next(rows, (0, []))[1])) == table.header:
                yield from rows
            else:
                return


# -- our own JSON lines -----------------------------------------------------------------------


def _json_table(path: Path) -> Table:
    with path.open("rb") as file:
        first = _object(path, 1, file.readline())
    return Table(path, tuple(first), 0, How(), "jsonl")


def _json_rows(path: Path, header: tuple[str, ...]) -> Iterator[Numbered]:
    with path.open("rb") as file:
        for line, data in enumerate(file, 1):
            if data.strip():
                found = _object(path, line, data)
                yield line, [_plain(found.get(name)) for name in header]


def _begins_as_json(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            _object(path, 1, file.readline())
        except CalmdeskError:
            return False
    return True


def _object(path: Path, line: int, data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CalmdeskError(
            f"Line {line} of {path.name} is not text in UTF-8, as JSON lines are; save it so."
        ) from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CalmdeskError(f"Line {line} of {path.name} is no JSON object.")
    return found


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_plain(it) for it in value)
    return value if isinstance(value, str) else workbook_file.as_text(value)
