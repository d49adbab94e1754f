"""Turns of phrase: where they stand, why they hurt, and what to say instead.

They come from the playbook's `wording.toml`. A wording counts where the model, too, finds the
passage wrong in its way; one marked `always`, as a firm writes its own, counts wherever it stands.
"""

import re
from dataclasses import dataclass, field

STRAIGHT = str.maketrans("’‘“”", "''\"\"")
"""Curly marks as straight ones, one for one: places in the text stay what they are."""


@dataclass(frozen=True)
class Wording:
    """One turn of phrase."""

    id: str
    category: str
    pattern: str
    """A regular expression; capitals do not matter, and a blank is any white space."""
    why: str
    """Why it hurts, in at most twelve words."""
    instead: str | None = None
    """What to say for the marked words; '' leaves them out, None knows nothing better."""
    example: str = ""
    always: bool = False
    """Whether it counts without asking the model."""
    search: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises re.error when the pattern is none."""
        pattern = re.sub(r" +", r"\\s+", self.pattern)
        object.__setattr__(self, "search", re.compile(pattern, re.IGNORECASE))

    def rewrite(self, match: re.Match[str], text: str) -> str | None:
        """What to write for the marked words of a text, its capital kept; None knows nothing."""
        if self.instead is None:
            return None
        said = match.expand(self.instead) if self.instead else ""
        begins = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in ".!?\n"
        return said[:1].upper() + said[1:] if begins else said


@dataclass(frozen=True)
class Lexicon:
    """All wordings of a language, and what to say where none of them matches."""

    wordings: tuple[Wording, ...] = ()
    why: dict[str, str] = field(default_factory=dict)
    """Category to the reason that holds for all of it."""
