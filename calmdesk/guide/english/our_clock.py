"""Clock times in words that were typed on our own wall, marked for a customer on another one."""

import re
from collections.abc import Iterable

from calmdesk.guide.english.their_time import says_theirs

_CLOCK = re.compile(
    r"(?<![\w:.,/$€£¥₹])(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m\b\.?)?"
    r"|(?:1[0-2]|[1-9])\s?[ap]m\b)"
    r"(?![\d:]|\s*[-–]|(?:\s+in the morning)?\s+\(?(?:your|our)\s+time\b)",
    re.IGNORECASE,
)
"""An hour that says nothing of whose it is; of two with a dash between them, the second."""
_ZONED = re.compile(r"\b(?:UTC|GMT|[A-Z]{2,4}T)\b")
OURS = "(our time)"


def marked_ours(text: str) -> str:
    """Words as typed at this desk, every bare clock time in them marked: `by 16:00 (our time)`. It
    is not turned into theirs: without its day nobody knows by how much the two walls differ."""
    return _marked(text, None)


def marked_as_typed(said: str, typed: Iterable[str]) -> str:
    """What was said to the customer, with a mark at the clock times that stand so in what was typed
    at this desk. Other times in it were said on a wall that nobody knows."""
    ours = {
        found["clock"].casefold()
        for text in typed
        if _is_ours(text)
        for found in _CLOCK.finditer(text)
    }
    return _marked(said, ours)


def _marked(text: str, only: set[str] | None) -> str:
    def mark(found: re.Match[str]) -> str:
        bare = only is None or found["clock"].casefold() in only
        return f"{found[0]} {OURS}" if bare else found[0]

    return _CLOCK.sub(mark, text) if _is_ours(text) else text


def _is_ours(text: str) -> bool:
    """Whether no word puts the times on another wall."""
    return not says_theirs(text) and _ZONED.search(text) is None
