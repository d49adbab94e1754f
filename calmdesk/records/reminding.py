"""Reminders: what has come due and was not told yet, and the words in which it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from calmdesk.guide.english.days import short
from calmdesk.records.line_rows import DueLine
from calmdesk.words import one_line, shorten

LONGEST = 40
"""Characters of what was promised; a notification is seen by whoever passes."""


class Reminding:
    """Knows what was told: each line once for the instant that it is due, or put off to."""

    def __init__(self) -> None:
        self._told: set[tuple[str, datetime]] = set()

    def fresh(self, near: Sequence[DueLine], now: datetime) -> list[DueLine]:
        """Those of `near` that press and were not told; from now on they count as told."""
        pressing = {(it.id, it.deferred_until or it.due_at): it for it in near if not it.rests(now)}
        fresh = [line for key, line in pressing.items() if key not in self._told]
        self._told |= pressing.keys()
        return fresh


def reminder(lines: Sequence[DueLine], now: datetime, wall: Callable[[datetime], datetime]) -> str:
    """One sentence on what has come due, soonest first: `A promise is due: ring back, 14:00`. It
    names no customer."""
    first = lines[0]
    what = shorten(one_line(first.what), LONGEST)
    first_due = f"{what}, {short(wall(first.due_at), wall(now))}"
    if len(lines) == 1:
        return f"A {'follow-up' if first.follow_up else 'promise'} is due: {first_due}"
    kinds = {"follow-ups" if line.follow_up else "promises" for line in lines}
    return f"{len(lines)} {' and '.join(sorted(kinds, reverse=True))} are due, first: {first_due}"
