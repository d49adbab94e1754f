"""Corrective actions, what asks for somebody first (S71, S72)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from calmdesk.guide.actions import ActionState
from calmdesk.guide.english.times import distance
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.row_list import RowList

if TYPE_CHECKING:
    from calmdesk.records.learn_rows import ActionLine

_STYLES = {ActionState.OVERDUE: "$error bold", ActionState.CHECK_DUE: "$warning bold"}
_WIDE = 84
"""Columns from which the owner and the cause have room."""


class ActionList(RowList["ActionLine"]):
    """One line an action: how it stands, what changes, and what came of it."""

    BINDINGS = [
        Binding("enter", "open", "read it", id="actions.open", tooltip="Read the action whole"),
        Binding("n", "want('new')", "new", id="actions.new", tooltip="Open a corrective action"),
        Binding("d", "want('done')", "done", id="actions.done", tooltip="The change is made"),
        Binding(
            "v",
            "want('check')",
            "check",
            id="actions.check",
            tooltip="Count its cause before and after, and say what was found",
        ),
        Binding(
            "x",
            "want('close')",
            "close",
            id="actions.close",
            tooltip="Close it; its check is first",
        ),
        Binding(
            "w",
            "want('change')",
            "word anew",
            id="actions.change",
            tooltip="Put what changes, its owner or its time another way",
        ),
    ]

    @dataclass
    class Wanted(Message):
        """Something is to be done: `new`, or done, check, close, change, read of one."""

        what: str
        action: ActionLine | None

    def __init__(
        self,
        wall: Callable[[datetime | None], datetime],
        now: Callable[[], datetime],
        name: Callable[[str], str],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._wall = wall
        """An instant, or now, as naive local time."""
        self._now = now
        self._cause_name = name
        """Names a cause."""

    def known_by(self, row: ActionLine) -> str:
        return row.id

    def line(self, row: ActionLine, width: int) -> Content:
        state = row.state(self._now())
        return columns(
            [
                Part(state.sign, 1, _STYLES.get(state, "")),
                Part(state.value, 9, _STYLES.get(state, "")),
                Part(row.change),
                Part(row.owner, 14, "$quiet", from_width=_WIDE),
                Part(self._cause_name(row.cause), 22, "$quiet", from_width=_WIDE),
                Part(self._after(row, state), 16, right=True),
            ],
            width,
            gap=1,
        )

    def _after(self, row: ActionLine, state: ActionState) -> str:
        """What came of it, or how far it is to the next step."""
        if row.effect:
            return row.effect
        next_at = row.due_at if row.done_at is None else row.check_at
        if next_at is None or state is ActionState.CLOSED:
            return ""
        return distance(self._wall(next_at), self._wall(None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "want" and parameters != ("new",):
            return self.row is not None or None
        return True

    def action_open(self) -> None:
        if self.row is not None:
            self.post_message(self.Wanted("read", self.row))

    def action_want(self, what: str) -> None:
        self.post_message(self.Wanted(what, self.row))
