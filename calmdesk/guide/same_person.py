"""Whether two names may be one person's, and what is said of two customers who may be."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from calmdesk.guide.folding import OTHER_LETTERS

NEAR = 88.0
"""How alike two names must be, 0 to 100: `Dana Reyes` and `Dana Rayes` are 90."""
FAR = 55.0
"""How alike they are at least where one is written with initials: `D Reyes` is 82."""
SHORT = 5
"""Letters below which a name is too short to be misspelt."""
BESIDE = 4
"""How many names after one, in the order of the alphabet, are held against it: all names with all
others would be a square of them."""


class Likeness(IntEnum):
    """Why two customers may be one person, the surest first."""

    NUMBER = 0
    NAME = 1
    SPELLING = 2
    ENDING = 3

    @property
    def words(self) -> str:
        """The reason, in words."""
        return _WORDS[self]


_WORDS = {
    Likeness.NUMBER: "same number",
    Likeness.NAME: "same name, same company",
    Likeness.SPELLING: "names alike, same company",
    Likeness.ENDING: "names alike, numbers end alike",
}


def plain_name(text: str) -> str:
    """A name without capitals, accents and signs, its words kept apart by single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold()).translate(OTHER_LETTERS)
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def key(name: str) -> str:
    """The same for a name's words in any order: `Reyes, Dana` is `Dana Reyes`. A name of signs alone
    is its own key."""
    return " ".join(sorted(plain_name(name).split())) or name.strip().casefold()


def alike(one: str, other: str) -> bool:
    """Whether two keys may be one name: the same, misspelt, or one of them with initials."""
    from rapidfuzz import fuzz

    if one == other:
        return bool(one)
    near = fuzz.ratio(one, other, score_cutoff=FAR)
    if near >= NEAR and min(len(one), len(other)) >= SHORT:
        return True
    return bool(near) and _initials(one.split(), other.split())


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each word is that of the other, or the letter that it begins with; one at least is
    the same, and none a letter alone."""
    if len(one) != len(other) or len(one) < 2:
        return False
    left = list(other)
    same = 0
    for word in sorted(one, key=len, reverse=True):
        found = word if word in left else next((it for it in left if _begins(word, it)), None)
        if found is None:
            return False
        same += found == word and len(word) > 1
        left.remove(found)
    return same > 0


def _begins(word: str, other: str) -> bool:
    return min(len(word), len(other)) == 1 and word[0] == other[0]


def neighbours(people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Pairs of people, each a key and an id, whose names may be one; whether they are the same.
    Each is held against a few beside it, from the front of the names and from their end."""
    known = list(people)
    for by_end in (False, True):
        rows = sorted(known, key=lambda it: it[0][::-1] if by_end else it[0])
        for place, (name, one) in enumerate(rows):
            for other_name, other in rows[place + 1 : place + 1 + BESIDE]:
                if one != other and alike(name, other_name):
                    yield one, other, name == other_name
