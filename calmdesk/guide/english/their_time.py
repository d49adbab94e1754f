"""`tue 15:00 theirs`: the words behind a time that put it on the customer's own wall."""

import re

_THEIRS = re.compile(
    r"\s+theirs\b|[\s,]*\(?\b(?:in\s+)?their\s+(?:local\s+time|time\s+zone|time|zone)\b\)?",
    re.IGNORECASE | re.ASCII,
)


def says_theirs(text: str) -> bool:
    """Whether a text speaks of the customer's own time anywhere."""
    return _THEIRS.search(text) is not None


def without_theirs(text: str) -> str:
    """The text with spaces in the place of those words, so that what stands around them is read
    where it stood."""
    return _THEIRS.sub(lambda found: " " * len(found[0]), text)


def end_of_theirs(text: str, end: int) -> int:
    """Where those words end when they stand right behind a time that ends at `end`; else 0."""
    found = _THEIRS.match(text, end)
    return found.end() if found else 0
