"""Stands over a screen that has become too small to draw on; the call behind it goes on."""

from __future__ import annotations

from textual.widgets import Static


class TooSmall(Static):
    """One sentence. It takes no focus: what is typed still reaches the note line."""

    DEFAULT_CSS = """
    TooSmall {
        layer: over; width: 100%; height: 100%; padding: 1 1;
        background: $background; color: $warning;
    }
    """

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(
            f"This window is too small: calmdesk needs {columns} columns and {rows} rows. "
            "Everything goes on, and what you type is kept.",
            markup=False,
        )
