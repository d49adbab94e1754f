"""What the record hands out to learn from: changes with their effect, and cases without names.
Plain values, detached from every session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calmdesk.guide.actions import ActionState, effect, state


@dataclass(frozen=True)
class ActionLine:
    """A corrective action, and what is known of its effect (S71, S72)."""

    id: str
    cause: str
    change: str
    owner: str
    """A role or department (D3)."""
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    check_at: datetime | None = None
    days: int = 0
    """Days counted before and after."""
    before: int | None = None
    after: int | None = None
    finding: str = ""
    checked_at: datetime | None = None
    closed_at: datetime | None = None
    opened_by: str = ""
    pledges: int = 0
    """To how many customers it was pledged (D11)."""
    categories: frozenset[str] = frozenset()
    """What cases of its cause were about."""

    def state(self, now: datetime) -> ActionState:
        """How it stands at an instant."""
        return state(
            due=self.due_at,
            done=self.done_at,
            check=self.check_at,
            checked=self.checked_at,
            closed=self.closed_at,
            now=now,
        )

    @property
    def effect(self) -> str:
        """Before and after: `9 → 3, fell`; '' until it was checked."""
        if self.before is None or self.after is None:
            return ""
        return effect(self.before, self.after)


@dataclass(frozen=True)
class Example:
    """A case from which colleagues may learn, with every name removed (S84)."""

    id: str
    category: str
    cause: str
    outcome: str
    heat_start: int
    heat_end: int
    ask: str
    stake: str
    notes: tuple[tuple[str, str], ...] = ()
    """Sign and text of each note, oldest first; who called is left out."""
    said: tuple[str, ...] = ()
    """Lines that were said aloud."""
    offers: tuple[tuple[str, int, str], ...] = ()
    """Text, amount in minor units, and what they answered."""
    read_back: str = ""
    summary: str = ""
