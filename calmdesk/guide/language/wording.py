"""Turns of phrase: where they stand, why they hurt, and what to say instead.

They come from the playbook's `wording.toml`. A wording counts where the model, too, finds the
passage wrong in its way; one marked `always`, as a firm writes its own, counts wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calmdesk.guide.language.sentences import begun
from calmdesk.guide.language.sieve import Sieve

if TYPE_CHECKING:
    Match = re.Match[str]

PATIENCE = 0.05
"""Seconds that one pattern may look through one sentence."""


@dataclass(frozen=True)
class Wording:
    """One turn of phrase."""

    id: str
    category: str
    pattern: str
    """A regular expression; capitals do not matter, and a blank is any white space. '' for the
    reason that holds for the whole category."""
    why: str
    """Why it hurts, in at most twelve words."""
    instead: str | None = None
    """What to say for the marked words; '' leaves them out, None knows nothing better."""
    example: str = ""
    always: bool = False
    """Whether it counts without asking the model."""

    def find(self, straight: str) -> Match | None:
        """Where it stands in a text with straight marks. A pattern that never comes to an end, as
        a firm may write one by mistake, finds nothing."""
        try:
            found: Match | None = self._search.search(straight, timeout=PATIENCE)
        except TimeoutError:
            return None
        return found if found is not None and found[0].strip() else None

    @cached_property
    def _search(self) -> Any:
        """The pattern, ready to look with. Raises regex.error when it is none."""
        import regex

        return regex.compile(self.expression, regex.IGNORECASE)

    @property
    def expression(self) -> str:
        """The pattern with any white space for a blank."""
        return re.sub(r"(?:\\? )+", r"\\s+", self.pattern)

    def trouble(self) -> str:
        """What is wrong with the pattern or what is to stand instead; '' when nothing is."""
        import regex

        try:
            found = self.find(self.example)
            if found is not None and self.instead:
                found.expand(self.instead)
        except (regex.error, IndexError) as error:
            return f"pattern is no regular expression that can be used: {error}"
        if self.pattern and self.example and found is None:
            return "example is not found by the pattern"
        return ""

    def rewrite(self, match: Match, text: str) -> str | None:
        """What to write for the marked words of a text, its capital kept; None knows nothing."""
        if self.instead is None:
            return None
        said = match.expand(self.instead) if self.instead else ""
        return begun(text[: match.start()], said)


@dataclass(frozen=True)
class Lexicon:
    """All wordings of a language, and what to say where none of them matches."""

    told: tuple[Wording, ...] = ()

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Those that can be found in a text."""
        return tuple(wording for wording in self.told if wording.pattern)

    def possible(self, straight: str) -> Iterator[Wording]:
        """Those that could stand in a text with straight marks, in their order."""
        return (self.wordings[place] for place in self._sieve.possible(straight))

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve([wording.expression for wording in self.wordings])

    @cached_property
    def why(self) -> dict[str, str]:
        """Category to the reason that holds for all of it."""
        return {wording.category: wording.why for wording in self.told if not wording.pattern}
