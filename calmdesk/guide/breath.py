"""One slow breath, as a line that grows and shrinks, and how long a quiet break lasts (S49, S90)."""

import re

IN, OUT = 4, 6
"""Seconds of one breath."""
WIDEST = 13
"""Dots when the breath is full."""
USUAL_BREAK, LONGEST_BREAK = 3, 60
"""Minutes."""
_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|min|mins|minutes?)?", re.IGNORECASE)


def breath(second: int) -> tuple[str, str]:
    """The word (`in`, `out`) and the dots for a second of breathing: four seconds in, six out."""
    at = second % (IN + OUT)
    if at < IN:
        return "in", "·" * (WIDEST * (at + 1) // IN)
    return "out", "·" * max(1, WIDEST * (IN + OUT - at - 1) // OUT)


def break_minutes(typed: str) -> int | None:
    """The minutes of a break as typed, the usual ones for nothing; None when it is no number from
    1 to the longest."""
    if not typed.strip():
        return USUAL_BREAK
    found = _MINUTES.fullmatch(typed.strip())
    return int(found[1]) if found is not None and 1 <= int(found[1]) <= LONGEST_BREAK else None
