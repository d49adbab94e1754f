"""Lines to read, and how each is meant: the same on the screen, in a pipe, and in Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a line is meant."""

    TITLE = "title"
    PLAIN = "plain"
    QUIET = "quiet"
    ALERT = "alert"
    BAR = "bar"
    """It is drawn, sign by sign (`guide.span_bar`)."""


@dataclass(frozen=True)
class Line:
    """One line: a label, its words, and their tone."""

    label: str
    words: str
    tone: Tone = Tone.PLAIN
    beside: bool = False
    """Whether it stands beside the line before it, where there is room for both."""


def several(text: str, tone: Tone = Tone.PLAIN) -> list[Line]:
    """A text of several lines, each under the words above it."""
    return [Line(" ", line, tone) for line in text.splitlines() if line.strip()]


def parts(words: Iterable[str]) -> str:
    """What of a line there is anything to say about."""
    return " · ".join(word for word in words if word)
