"""How a promise or follow-up stands, in a sign and a few words: the same on every list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.guide.english.days import short
from calmdesk.guide.english.times import distance
from calmdesk.guide.promises import standing

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine

Wall = Callable[[datetime], datetime]
"""Turns an instant into naive local time."""

WIDE = 92
"""Columns from which a line also says who left."""


@dataclass(frozen=True)
class DueWords:
    """The parts of a due line that change with the clock."""

    sign: str
    """`!` late, `·` soon, `?` without a time."""
    when: str
    """The told instant on the wall: `13:30`, or `Mon 09:00` on another day."""
    left: str
    """`32 min late`, `in 3 h`, `put off to 14:10`."""
    style: str


def due_words(line: DueLine, now: datetime, wall: Wall) -> DueWords:
    """How an open line stands at an instant; late is counted in instants, so that no change of the
    clocks makes it later."""
    if not line.timed:
        return DueWords("?", "no time", "when?", "$warning")
    state = standing(line.due_at, now)
    left = distance(line.due_at, now)
    if line.deferred_until is not None and line.rests(now):
        left = f"put off to {short(wall(line.deferred_until), wall(now))}"
    style = {"late": "$error bold", "soon": "$warning"}.get(state.value, "")
    return DueWords(state.sign, short(wall(line.due_at), wall(now)), left, style)


def nobodys(line: DueLine, width: int) -> str:
    """That it is nobody's, to stand behind it, and who left where a line has room for it; '' while
    somebody keeps it."""
    if not line.owner_left:
        return ""
    return f"nobody's, {line.owner} left" if width >= WIDE else "nobody's"


def to_do(line: DueLine) -> str:
    """What was told, or what is to be looked at."""
    words = line.what if line.follow_up else f"told: {line.what}"
    return f"{words} · may go public" if line.may_go_public else words
