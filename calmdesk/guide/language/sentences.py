"""Text into the sentences that are judged."""

import re
from collections.abc import Iterator

from calmdesk.guide.english.spoken import POINTED

LONGEST = 45
"""Words from which a sentence is cut, so that a wall of text is read to its end."""

_END = re.compile(
    r"(?!(?<=\b[Nn][or])\.\s+\d)[.!?…]+[\"'”’)\]]*(?=\s)"
    r"|(?<=[a-z]{2})[.!?…]+(?=[A-Z][a-z'’]*\s)"
    r"|\n[ \t]*\n\s*|\n(?=\s*[-*•–])"
)
"""The end of a sentence, a forgotten blank behind it or not; a line that is only wrapped ends none."""
_NO_END = re.compile(
    r"(?:^|[A-Z][\w.]*\s)[A-Z]\.$|(?:^|\s)(?:[a-z]\.[a-z]|(?i:"
    + "|".join(sorted(POINTED))
    + r"))\.$"
)
"""An initial, or a word cut short: its point ends no sentence."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, in order; blank stretches belong to none."""
    start = 0
    for match in _END.finditer(text):
        if not _NO_END.search(text[start : match.end()].lstrip()):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def begun(before: str, words: str) -> str:
    """Words as they are written behind others: with a capital where a sentence begins."""
    said = before.rstrip()
    return words if said and said[-1] not in ".!?" else words[:1].upper() + words[1:]


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the blanks around it, cut where it is too long to read at once."""
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    for first in range(0, len(words), LONGEST):
        some = words[first : first + LONGEST]
        yield start + some[0][0], start + some[-1][1]
