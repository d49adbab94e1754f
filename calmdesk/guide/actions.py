"""Corrective actions: a change that removes a cause, and the proof that it did (S71, S72)."""

from datetime import datetime
from enum import StrEnum

DAYS = 30
"""Days counted before and after a change, unless somebody says otherwise."""
MOST_DAYS = 365


class ActionState(StrEnum):
    """How an action stands, in a word; the sign stands before it, never a colour alone."""

    CHECK_DUE = "check due"
    OVERDUE = "overdue"
    UNDER_WAY = "under way"
    WAITING = "done"
    """Done; the days after it are not over yet."""
    CHECKED = "checked"
    CLOSED = "closed"

    @property
    def sign(self) -> str:
        """The mark before the line."""
        return {
            "check due": "?",
            "overdue": "!",
            "under way": "·",
            "done": "…",
            "checked": "=",
            "closed": "✓",
        }[self.value]


def state(
    *,
    due: datetime,
    done: datetime | None,
    check: datetime | None,
    checked: datetime | None,
    closed: datetime | None,
    now: datetime,
) -> ActionState:
    """How an action with these instants stands at `now`."""
    if closed is not None:
        return ActionState.CLOSED
    if checked is not None:
        return ActionState.CHECKED
    if done is not None:
        due_now = check is not None and check <= now
        return ActionState.CHECK_DUE if due_now else ActionState.WAITING
    return ActionState.OVERDUE if due <= now else ActionState.UNDER_WAY


def effect(before: int, after: int) -> str:
    """What the count shows: `9 → 3, fell`."""
    came = "as before"
    if before != after:
        came = "fell" if after < before else "rose"
    return f"{before} → {after}, {came}"


def is_a_person(owner: str, names: list[str]) -> bool:
    """Whether an owner is somebody rather than a role or a department (D3): a whole name of the
    team stands in it, or it is nothing but one word of such a name."""
    words = _words(owner)
    for name in map(_words, names):
        whole = bool(name) and any(
            words[place : place + len(name)] == name for place in range(len(words))
        )
        if whole or (len(words) == 1 and words[0] in name):
            return True
    return False


def _words(text: str) -> list[str]:
    plain = "".join(c if c.isalnum() else " " for c in text.casefold())
    return plain.split()
