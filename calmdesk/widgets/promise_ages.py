"""Waiting promises by age: how late those are that are open, and how far ahead."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.reactive import reactive

from calmdesk.guide.ages import Age
from calmdesk.widgets.cause_bars import lying
from calmdesk.widgets.picture import NOTHING, Picture, heading, labelled, nothing

TITLE = "Waiting promises"
_LABEL = max(map(len, Age)) + 2
_MOST = 44
"""Columns of the longest bar."""


class PromiseAges(Picture):
    """A bar for each step, the latest on top; a line where now is. What is late has a sign."""

    counts: reactive[Mapping[Age, int]] = reactive(dict, layout=True)
    """Open promises by their age."""

    def lines(self, width: int) -> list[Content]:
        waiting = sum(self.counts.values())
        if not waiting:
            return nothing(TITLE, "No promise waits.", width)
        late = sum(count for age, count in self.counts.items() if age.late)
        most = max(self.counts.values())
        room = max(4, min(_MOST, width - _LABEL - 2 - len(str(most))))
        words = f"{waiting} open, {late} of them late" if late else f"{waiting} open, none late"
        drawn = []
        for age in Age:
            if age is Age.TODAY:
                drawn.append(_now(room, width))
            count = self.counts.get(age, 0)
            if age is not Age.UNTIMED or count:
                drawn.append(_line(age, count, most, room))
        if self.tall:
            drawn = [line for one in drawn for line in (Content(""), one)]
        return [heading(TITLE, words, width), *drawn]


def _now(room: int, width: int) -> Content:
    line = f"{' now'.rjust(_LABEL, '┄')} {'┄' * room}"
    return Content.styled(line, "$quiet").truncate(width)


def _line(age: Age, count: int, most: int, room: int) -> Content:
    if not count:
        return labelled(f"  {age}", _LABEL, [Content.styled(NOTHING, "$quiet")], "$quiet")
    sign, style = ("!", "$error") if age.late else (" ", "$primary")
    bar = Content.styled(lying(count / most, room).rstrip(), style)
    return labelled(f"{sign} {age}", _LABEL, [bar, Content(f" {count}")])
