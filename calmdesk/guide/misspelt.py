"""Words misspelt: one letter wrong, missing, too many, or two that changed places.

Two words with one such slip between them become the same when one letter is left out of each, or
out of one. So each word is kept under all that it becomes, and a misspelt one is met there.
"""

from collections.abc import Iterable

SHORTEST = 4
"""Letters from which a word may be misspelt; shorter ones are too near to others."""
LONGEST = 24
FAR = 8
"""Letters from which two slips are forgiven."""


def can_slip(word: str) -> bool:
    """Whether it is looked for by other spellings: figures, and signs that are words, are not."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def slips(word: str) -> set[str]:
    """What is left of a word when any one letter is left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def slip_count(word: str) -> int:
    """How many slips of it are forgiven."""
    return 2 if len(word) >= FAR else 1


def nearest(word: str, among: Iterable[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Those that the word may be meant for, the likeliest first, each with how many slips lie
    between; `among` are words and how common each is."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    common = dict(among)
    near = extract(
        word, list(common), scorer=OSA.distance, score_cutoff=slip_count(word), limit=None
    )
    found = sorted((far, it[0] != word[0], -common[it], it) for it, far, _ in near if far)
    return [(it, int(far)) for far, _, _, it in found[:most]]
