"""When a letter may leave the house: the hour after a hard call, and who reads it first."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

HOLD = timedelta(hours=1)
"""How long an outgoing text waits after somebody was shaken (S80)."""
CONFIRMATION = "confirmation"
"""The letter that says again what was agreed."""
ANSWERS = (CONFIRMATION, "final_answer")
"""Letters that tell the customer the answer, once they are sent (S83)."""
ANSWER, REASON, DELAY = "[your answer]", "[your reason]", "[your reason why it takes longer]"
TIME = "[your time]"
"""What no record knows and the agent writes; a letter does not leave with one of them in it."""
_BLANK = re.compile(r"\[your [^\]\n]*\]")
SHAKEN = "shaken"
"""The moment of `/shaken`, in the agent's own record."""
RELEASED_EARLY = "released early"
"""What the agent's own record calls a letter that did not wait; their reason stands behind it."""


def held_until(
    shaken_at: datetime | None, kind: str, from_read_back: bool, now: datetime
) -> datetime | None:
    """The instant until which a letter waits, because its writer was shaken; None when it need not.

    A confirmation that is built from a read-back they agreed to is in both sides' words already,
    and never waits (D6).
    """
    if shaken_at is None or (kind == CONFIRMATION and from_read_back):
        return None
    until = shaken_at + HOLD
    return until if shaken_at <= now < until else None


def passed_promise(until: datetime, promised: Iterable[datetime], now: datetime) -> datetime | None:
    """The first told instant that would pass while a letter waits; None when none does."""
    return min((due for due in promised if now < due <= until), default=None)


def may_read(reader: str, writer: str) -> bool:
    """Whether somebody can be the second reader of a letter: anybody but its writer (S81)."""
    return bool(reader.strip()) and reader.strip().casefold() != writer.strip().casefold()


def blank(text: str) -> str:
    """The first thing in a letter that its writer has still to write; '' when it is whole."""
    found = _BLANK.search(text)
    return found[0] if found else ""
