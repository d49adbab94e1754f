"""From one case of a list to another, without going back to the list: its cursor goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen


def step(screen: DayScreen, rows: int) -> None:
    """Read the case so many rows on, counted from the one that is read where it is in the list, else
    from where the cursor stands."""
    table, whole = screen.table, screen.work.whole
    held = table.place_of(whole.line.id) if whole is not None else None
    here = table.cursor if held is None else held
    there = max(0, min(table.count - 1, here + rows))
    if there == here or not table.count:
        screen.notify("The list ends here.", markup=False)
    else:
        go_to(screen, there)


def go_to(screen: DayScreen, row: int) -> None:
    """Read the case of a row, as soon as its page is there."""
    if screen.table.cursor == row:
        screen.table.moved()
    else:
        screen.table.cursor = row
