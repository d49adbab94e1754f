"""The words of one language, and which of them a word typed in a hurry stands for.

A word is taken as it stands, then as an abbreviation, and, where it is no ordinary word, by its stem,
by how it begins and at last by its nearest spelling: `show` is no shower, and `lately` not late.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock

BEGUN = 4
"""Letters from which the beginning of a word stands for it."""
SPELT = 5
"""Letters from which a word may be misspelt: shorter ones are too near to others."""
NEAR = 86.0
"""How alike two spellings must be, 0 to 100; `refnd` and `refund` are 91."""


@dataclass(frozen=True)
class Words:
    """The words of one language, out of its playbook."""

    stemmer: str = "english"
    short: Mapping[str, str] = field(default_factory=dict)
    """Abbreviation to the word that is meant."""
    between: frozenset[str] = frozenset()
    """Passed over when several words are looked for together."""
    days: Mapping[str, str] = field(default_factory=dict)
    """A day as typed, to how it is said."""
    ambiguous: frozenset[str] = frozenset()
    """Days that are words too; they count only after one of `before_day`."""
    before_day: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """What stands before a thing that is only where something happened: `left by the door`."""
    before_place: tuple[str, ...] = ()
    no_places: frozenset[str] = frozenset()
    """What has a capital letter after them and is no place: `in March`."""
    numbered: tuple[str, ...] = ("order",)
    """What may stand before a number: `job 4471`. The first is meant where none does: `#4471`."""
    counted: frozenset[str] = frozenset()
    """Behind a number they make it a quantity: `order 300 copies`."""
    plural: tuple[str, ...] = ()
    """How the words for several end."""
    things: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    """Said once in a call: a second time it sounds like a recording."""

    def day(self, typed: str, before: str) -> str:
        """How a typed day is said, such as Friday for `fri`; '' when the word is none, or may as
        well be another word behind the one before it."""
        word = typed.casefold()
        plain = word not in self.ambiguous or before.casefold() in self.before_day
        return self.spelt_days.get(word, "") if plain else ""

    @cached_property
    def spelt_days(self) -> dict[str, str]:
        """Every spelling of a day, its whole name among them, to how it is said."""
        short = {word.casefold(): day for word, day in self.days.items()}
        return short | {day.casefold(): day for day in short.values()}


class Spelling:
    """Which of the known words a typed one stands for."""

    def __init__(
        self,
        words: Words,
        known: Callable[[], frozenset[str]],
        ordinary: Callable[[], frozenset[str]],
    ) -> None:
        """`known` are the words that stand for something, `ordinary` the everyday words of the
        language, which are never taken for another one; both are asked for once, when needed."""
        self._words = words
        self._bring_known = known
        self._bring_ordinary = ordinary
        self.meant = lru_cache(maxsize=4096)(self._meant)

    def in_full(self, typed: str) -> str:
        """The word that an abbreviation stands for; any other as it is."""
        return self._words.short.get(typed, typed)

    def is_ordinary(self, word: str) -> bool:
        """Whether it is an everyday word of the language."""
        return word in self._ordinary

    def _meant(self, typed: str) -> str:
        """The known word that a typed one stands for; '' when it is none."""
        word = self.in_full(typed)
        if word in self._known:
            return word
        if word in self._ordinary:
            return ""
        stem = self.stem(word)
        if stem in self._by_stem:
            return self._by_stem[stem]
        if len(word) < BEGUN or not word.isalpha():
            return ""
        begun = [known for known in self._single if known.startswith(word)]
        if begun:
            return min(begun, key=len)
        alike = (known for known in self._single if known[0] == word[0])
        return nearest(word, alike) if len(word) >= SPELT else ""

    @cached_property
    def stem(self) -> Callable[[str], str]:
        """A word without its endings."""
        from snowballstemmer import stemmer

        stem, one_at_a_time = stemmer(self._words.stemmer).stemWord, Lock()

        @lru_cache(maxsize=4096)
        def stemmed(word: str) -> str:
            with one_at_a_time:  # it keeps its place in the word within itself
                return str(stem(word))

        return stemmed

    @cached_property
    def _known(self) -> frozenset[str]:
        return self._bring_known()

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return self._bring_ordinary()

    @cached_property
    def _single(self) -> tuple[str, ...]:
        return tuple(sorted(word for word in self._known if " " not in word))

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        """Stem to known word; the shortest one when several share it."""
        return {self.stem(word): word for word in sorted(self._single, key=len, reverse=True)}


def nearest(word: str, among: Iterable[str]) -> str:
    """The one of some words that is spelt most like this one; '' when none is like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(among), scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[0] if found else ""
