"""Workbooks read: their sheets, and the rows of one as text.

python-calamine: one wheel without other packages, and a hundred thousand rows in a second.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from calmdesk.errors import CalmdeskError


def opened(path: Path) -> Any:
    """A workbook, to be closed again. Raises CalmdeskError."""
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError:
        raise CalmdeskError(f"{path.name} is locked by a password; save a copy without.") from None
    except (python_calamine.CalamineError, ValueError) as error:
        raise CalmdeskError(f"{path.name} is no workbook that can be read ({error}).") from error


def rows(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet, each with its number."""
    sheet = book.get_sheet_by_name(name)
    for line, cells in enumerate(sheet.iter_rows(), 1):
        yield line, [cell if isinstance(cell, str) else as_text(cell) for cell in cells]


def as_text(cell: Any) -> str:
    """A cell that is no text, as text; times in ISO 8601, to the second."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
