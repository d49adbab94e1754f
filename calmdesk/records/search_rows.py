"""What a search hands out. Plain values, detached from every session."""

from dataclasses import dataclass

from calmdesk.records.case_rows import CaseLine


@dataclass(frozen=True)
class FoundCase:
    """A case that was found, and by what."""

    line: CaseLine
    where: str
    """Where the passage stands: name, reference, number, about, case, note, letter."""
    passage: str
    """The piece that shows it best, on one line."""
    marks: tuple[tuple[int, int], ...]
    """From where to where in the passage stands what was looked for."""


@dataclass(frozen=True)
class Found:
    """What was found."""

    rows: tuple[FoundCase, ...] = ()
    """The best first."""
    total: int = 0
    """How many fit; those that are looked at, when they are more."""
    more: bool = False
    """Whether more fit than were counted."""
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words that no case has, each with those that were taken for it."""
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words that few cases have, each with others that are spelt alike and were looked for too."""
    unknown: tuple[str, ...] = ()
    """Words that no case has, and none that is like them."""
    partly: bool = False
    """Whether no case has all of it, and those are shown that have some."""
    nothing_asked: bool = False
    """Whether nothing was typed that can be looked for."""

    @property
    def taken(self) -> list[str]:
        """What was taken for what, a phrase each."""
        told = "no “{}”: {} shown" if self.rows else "no “{}”: looked for {}"
        return [
            *["no case has all of it; these have some"] * self.partly,
            *(f"no “{word}”" for word in self.unknown),
            *(told.format(word, ", ".join(words)) for word, words in self.instead),
            *(f"also {', '.join(words)}" for _, words in self.also),
        ]
