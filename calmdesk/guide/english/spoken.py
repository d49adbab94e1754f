"""How days and things are said aloud, and which words are no sentence's end."""

from datetime import datetime

TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof"})
"""Words before a name."""
POINTED = TITLES | {"st", "vs", "approx", "etc", "dept"}
"""Words cut short that are written with a point."""
_NO_THING = frozenset({"them", "it", "him", "her", "to", "that", "this", "us", "me"})


def day_said(wall: datetime, now: datetime) -> str:
    """`today`, `tomorrow`, `Friday`, or `Friday 4 December` when a week or more away."""
    days = (wall.date() - now.date()).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"{wall:%A}" if abs(days) < 7 else f"{wall:%A} {wall.day} {wall:%B}"


def names_a_thing(words: str) -> bool:
    """Whether words can stand behind a colon: led by the thing itself, not by `to` or `them`."""
    return bool(words) and words.partition(" ")[0].lower() not in _NO_THING
