"""Rows as an Excel workbook, written row by row and never held whole.

XlsxWriter: pure Python, no other package with it, and the only one of its kind that streams. A
text is always a text: it is marked so where it looks like a formula, which no cell here is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from calmdesk.exchange.cells import DANGEROUS
from calmdesk.exchange.columns import OFFSETS, Column, Kind
from calmdesk.words import shorten

ROWS = 1_048_576
"""Rows that a sheet of Excel has; what comes after goes onto the next one."""
LONGEST = 32_767
"""Characters that a cell of Excel holds."""


class Workbook:
    """Sheets of a workbook, one behind the other, each under the same header."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column], title: str, folder: str) -> None:
        """`folder` holds what is not packed yet; only its user may enter it."""
        import xlsxwriter

        self._instants = [(at, it.name) for at, it in enumerate(columns) if it.kind is Kind.INSTANT]
        self._columns = [*columns, OFFSETS] if self._instants else columns
        self._title = title
        self._book = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "use_zip64": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        self._bold = self._book.add_format({"bold": True})
        self._text = self._book.add_format({"quote_prefix": True})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._sheets = self._cut = 0
        self._put = [getattr(self, f"_put_{column.kind}") for column in columns]
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width)
            self._sheet.write_string(0, at, column.name, self._bold)
        self._row = 1

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            if self._row == ROWS:
                self._begin()
            for at, (put, value) in enumerate(zip(self._put, row, strict=True)):
                if value not in (None, ""):
                    put(at, value)
            if said := " ".join(f"{name}{row[at][19:]}" for at, name in self._instants if row[at]):
                self._put_text(len(row), said)
            self._row += 1

    def _put_text(self, at: int, value: str) -> None:
        if len(value) > LONGEST:
            self._cut += 1
            value = shorten(value, LONGEST)
        marked = self._text if value[0] in DANGEROUS else None
        self._sheet.write_string(self._row, at, value, marked)

    _put_lines = _put_text
    _put_flag = _put_text
    _put_json = _put_text

    def _put_instant(self, at: int, value: str) -> None:
        wall = datetime.fromisoformat(value).replace(tzinfo=None)
        if wall.year < 1900:  # no such day in Excel
            self._put_text(at, value)
        else:
            self._sheet.write_datetime(self._row, at, wall, self._time)

    def _put_number(self, at: int, value: float) -> None:
        self._sheet.write_number(self._row, at, value)

    def _put_money(self, at: int, value: str) -> None:
        self._sheet.write_number(self._row, at, float(value), self._money)

    def close(self) -> str:
        self._book.close()
        return " ".join(filter(None, (self._said_of_sheets(), self._said_of_cells())))

    def _said_of_sheets(self) -> str:
        if self._sheets == 1:
            return ""
        return f"A sheet of Excel ends at {ROWS:,} rows; there are {self._sheets} of them."

    def _said_of_cells(self) -> str:
        if not self._cut:
            return ""
        texts = "1 text was" if self._cut == 1 else f"{self._cut:,} texts were"
        return f"{texts} cut: a cell holds {LONGEST:,} characters. jsonl has them whole."
