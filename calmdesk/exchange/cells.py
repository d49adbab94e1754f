"""Cells that no spreadsheet takes for a formula, and back."""

import re

DANGEROUS = frozenset("=+-@\t\r\n'")
"""What a cell may begin with that needs `harmless`; only a look at the first character is quick."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_MADE_HARMLESS = re.compile(r"'+[=+\-@\t\r\n]")


def harmless(text: str) -> str:
    """The text with a `'` before it where a spreadsheet would take it for a formula. One that has
    such a mark already gets another, so that `restored` gives every text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """The text of a cell that `harmless` wrote."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell
