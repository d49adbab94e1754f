"""The language guard as the playbook sees it: something that reads a line and finds fault."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol


class Finding(Protocol):
    """Wording that makes it worse, where it stands, and what to say instead."""

    @property
    def start(self) -> int:
        """First character of it."""
        ...

    @property
    def end(self) -> int:
        """The character after it."""
        ...

    @property
    def category(self) -> str:
        """What kind of wording it is, in a word."""
        ...

    @property
    def why(self) -> str:
        """Why it makes it worse, on one line."""
        ...

    @property
    def rewrite(self) -> str | None:
        """What to say in its place; None when it is best left out."""
        ...


Review = Callable[[str], Sequence[Finding]]


def guard() -> Review:
    """The language guard; one that finds nothing while there is none (the seam to it)."""
    try:
        review: Review = import_module("calmdesk.guide.language").review
    except ModuleNotFoundError:
        return lambda text: ()
    return review


def better(text: str, findings: Sequence[Finding]) -> str | None:
    """The text with the first of the findings that has other words put so; None when none has."""
    for finding in findings:
        if finding.rewrite is not None:
            return text[: finding.start] + finding.rewrite + text[finding.end :]
    return None
