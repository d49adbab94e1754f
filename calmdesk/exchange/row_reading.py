"""What every reading of a table begins with: how its columns spell their times, its rows as wide as
its header, and cells as they are kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from calmdesk.exchange.dates import Spelling, spelling
from calmdesk.exchange.tables import Table
from calmdesk.exchange.taken import Unfit
from calmdesk.words import LONGEST, clean, one_line

K = TypeVar("K")
SAMPLE = 1_000
"""Rows from which the spelling of days is told."""
AHEAD = timedelta(days=1)
"""How far ahead of the clock a case may have been opened: somebody else's clock."""


def spellings(table: Table, columns: Mapping[K, str], order: str) -> dict[K, Spelling]:
    """How each column of times, by its name in the header, is spelled; what one tells of days and
    months, others follow. Raises CalmdeskError when the days of a column cannot be told."""
    sample = [cells for _, cells in islice(table.rows(), SAMPLE)]
    found: dict[K, Spelling] = {}
    for key, name in columns.items():
        place = table.header.index(name)
        texts = [cells[place] for cells in sample if place < len(cells)]
        found[key] = spelling(name, texts, order)
        order = order or found[key].order
    return found


def as_wide(cells: Sequence[str], width: int) -> Sequence[str]:
    """A row as wide as its header. Raises Unfit where it holds more."""
    if len(cells) > width and any(cells[width:]):
        raise Unfit(f"it has {len(cells)} cells, and the header {width}")
    return cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]


def text_of(cell: str) -> str:
    """A cell as it is kept: plain text, no longer than a note."""
    return cell[:LONGEST] if cell.isprintable() else clean(cell)


def line_of(cell: str) -> str:
    """The same on one line."""
    return cell.strip()[:LONGEST] if cell.isprintable() and "  " not in cell else one_line(cell)
