"""Lines in columns: each part has its width, one takes what is left, the least needed go first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHTWARD_AGAIN = "\u200e"
"""Takes no column. Without it a terminal that turns such words round turns the numbers of the next
columns with them."""


@dataclass(frozen=True)
class Part:
    """One column of a line."""

    text: str
    width: int = 0
    """Columns it takes; 0 takes what is left."""
    style: str = ""
    right: bool = False
    """Whether it stands at the right of its width."""
    from_width: int = 0
    """Narrowest line on which it is shown."""


def columns(parts: Sequence[Part], width: int, gap: int = 2) -> Content:
    """The parts side by side within `width`; text that does not fit ends in an ellipsis."""
    shown = [part for part in parts if width >= part.from_width]
    fixed = sum(part.width for part in shown) + gap * (len(shown) - 1)
    cells = []
    for part in shown:
        room = part.width or max(0, width - fixed)
        cell = Content.styled(part.text, part.style).truncate(room, ellipsis=True)
        missing = max(0, room - cell.cell_length)
        if _LEFTWARD.search(cell.plain):
            cell += _RIGHTWARD_AGAIN
        blank = Content(" " * missing)
        cells.append(blank + cell if part.right else cell + blank)
    return Content(" " * gap).join(cells)
