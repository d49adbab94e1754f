"""Counts and lengths of time in honest words."""

from collections.abc import Sequence
from math import ceil
from statistics import median

from calmdesk.guide.shares import FEWEST, percent

_FEW = 10
"""Of fewer than so many the longest is told in place of the 90th in a hundred."""


def share(part: int, whole: int) -> str:
    """`7 of 12`, and from twenty on `35 % (7 of 20)`; an en dash of nothing."""
    if not whole:
        return "–"
    counts = f"{part} of {whole}"
    return counts if whole < FEWEST else f"{percent(part, whole)} ({counts})"


def lasted(seconds: float) -> str:
    """`25 min`, `3 h 10 min`, `2 d 4 h`."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under 1 min"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(round(minutes / 60), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def how_long(seconds: Sequence[float]) -> str:
    """Of lengths in order: the one in the middle, and the 90th in a hundred (of few, the longest)."""
    if not seconds:
        return "–"
    if len(seconds) == 1:
        return lasted(seconds[0])
    middle = f"half within {lasted(median(seconds))}"
    if len(seconds) < _FEW:
        return f"{middle}, the longest {lasted(seconds[-1])}"
    return f"{middle}, 9 in 10 within {lasted(ninth_tenth(seconds))}"


def ninth_tenth(seconds: Sequence[float]) -> float:
    """The length within which nine tenths lie, of lengths in order."""
    return seconds[ceil(0.9 * len(seconds)) - 1]
