"""Promises: what the customer was told, its time, and whether it was kept (S66)."""

from datetime import datetime, timedelta
from enum import StrEnum

AT_RISK = timedelta(minutes=15)
"""How long before its time a promise counts as at risk."""


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """How an open promise stands against the clock; never told by colour alone."""

    FINE = ""
    AT_RISK = "soon"
    LATE = "late"

    @property
    def sign(self) -> str:
        """The mark before the line."""
        return {"": " ", "soon": "·", "late": "!"}[self.value]


def standing(due: datetime, now: datetime) -> Standing:
    """How a promise due at an instant stands now."""
    if due <= now:
        return Standing.LATE
    return Standing.AT_RISK if due - now <= AT_RISK else Standing.FINE
