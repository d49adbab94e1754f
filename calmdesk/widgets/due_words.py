"""How a promise or follow-up stands, in a sign and a few words: the same on every list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.guide.english.days import short
from calmdesk.guide.english.times import distance
from calmdesk.guide.promises import Standing, standing

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
    """`32 min late`, `in 3 h`; of what is not late yet, `put off to 14:10`."""
    style: str
    put_off: str = ""
    """Of what is late: `put off to 14:10`, behind how late it is; else ''."""

    def stands(self, room: int) -> str:
        """How it stands within so many columns: how late comes first, until when it rests goes."""
        if not self.put_off:
            return self.left
        whole, short = f"{self.left}, {self.put_off}", f"{self.left}, put off"
        return next((it for it in (whole, short) if len(it) <= room), self.left)


def due_words(line: DueLine, now: datetime, wall: Wall) -> DueWords:
    """How an open line stands at an instant; late is counted in instants, so that no change of the
    clocks makes it later."""
    if not line.timed:
        return DueWords("?", "no time", "when?", "$warning")
    state = standing(line.due_at, now)
    left, put_off = distance(line.due_at, now), ""
    if line.deferred_until is not None and line.rests(now):
        put_off = f"put off to {short(wall(line.deferred_until), wall(now))}"
    if state is not Standing.LATE:
        left, put_off = put_off or left, ""
    style = {"late": "$error bold", "soon": "$warning"}.get(state.value, "")
    return DueWords(state.sign, short(wall(line.due_at), wall(now)), left, style, put_off)


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
