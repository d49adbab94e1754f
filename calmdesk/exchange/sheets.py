"""Rows written as CSV, as JSON lines, or as a workbook.

A row is a list of values, one a column: text, numbers, `yes` and `no`, local time in ISO 8601;
None and '' for nothing.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Protocol

from calmdesk.exchange.cells import DANGEROUS, harmless
from calmdesk.exchange.columns import Column, Kind

Row = list[Any]


class Form(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


class Sheet(Protocol):
    """What rows are written to."""

    def write(self, rows: Iterable[Row]) -> None: ...
    def close(self) -> str:
        """All rows are written. Returns what has to be said of them; '' is nothing."""
        ...


class CsvSheet:
    """Comma-separated, UTF-8; no cell of it is a formula."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        self._writer = csv.writer(self._text)
        self._writer.writerow([column.name for column in columns])
        worded = (Kind.TEXT, Kind.LINES)
        self._worded = [at for at, column in enumerate(columns) if column.kind in worded]

    def write(self, rows: Iterable[Row]) -> None:
        self._writer.writerows(map(self._made_harmless, rows))

    def _made_harmless(self, row: Row) -> Row:
        for at in self._worded:
            text = row[at]
            if text and text[0] in DANGEROUS:
                row[at] = harmless(text)
        return row

    def close(self) -> str:
        self._text.flush()
        self._text.detach()
        return ""


class JsonLines:
    """A JSON object a line, with numbers, true and false, and lists."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column]) -> None:
        self._file = file
        self._columns = [(column.name, _PLAIN[column.kind]) for column in columns]

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            plain = {
                name: to(value) if value not in (None, "") else empty
                for (name, (to, empty)), value in zip(self._columns, row, strict=True)
            }
            self._file.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")

    def close(self) -> str:
        self._file.flush()
        return ""


_PLAIN: dict[Kind, tuple[Any, Any]] = {
    Kind.TEXT: (str, ""),
    Kind.LINES: (lambda value: value.split("\n"), []),
    Kind.INSTANT: (str, None),
    Kind.NUMBER: (lambda value: value, None),
    Kind.MONEY: (float, None),
    Kind.FLAG: (lambda value: value == "yes", False),
    Kind.JSON: (json.loads, {}),
}
"""How a kind is written in JSON, and what stands there for nothing."""


@contextmanager
def sheet(form: Form, file: BinaryIO, columns: Sequence[Column], title: str) -> Iterator[Sheet]:
    """What rows of a form are written to."""
    if form is Form.XLSX:
        from calmdesk.exchange.workbook import Workbook

        with TemporaryDirectory(prefix="calmdesk-", ignore_cleanup_errors=True) as folder:
            yield Workbook(file, columns, title, folder)
    else:
        yield (CsvSheet if form is Form.CSV else JsonLines)(file, columns)
