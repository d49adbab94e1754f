"""The second opinion: a linear model over the turns of a sentence, its words and their letters.

It knows nothing of meaning, but much of wording; together the two err less than each alone (the
figures are in the README). Its weights are a table of eight-bit numbers by hash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING
from zlib import crc32

from calmdesk.guide.language.pieces import LONGEST
from calmdesk.words import STRAIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[?!]|\d")


def evidence(sentence: str, weights: NDArray[np.int8], scale: float) -> float:
    """How much the turns of a sentence speak for something being wrong; below 0 they speak
    against it. As many weights as a power of two."""
    share = turns(sentence, len(weights))
    return scale * sum(float(weights[at]) * much for at, much in share.items())


def turns(sentence: str, places: int) -> dict[int, float]:
    """Place in the table to how much of the sentence stands there: words and pairs of them have
    length 1 together, and so have the letters."""
    words = _WORD.findall(sentence.lower().translate(STRAIGHT))
    share: dict[int, float] = {}
    for kind, found in (("w", _words(words)), ("c", _letters(words))):
        counts = Counter(crc32(f"{kind}{turn}".encode()) % places for turn in found)
        grown = {at: 1 + log(count) for at, count in counts.items()}
        length = sqrt(sum(much * much for much in grown.values())) or 1.0
        for at, much in grown.items():
            share[at] = share.get(at, 0.0) + much / length
    return share


def _words(words: list[str]) -> Iterator[str]:
    """Each word, and each with the next; where a sentence begins and ends counts as a word."""
    bounded = ["<", *words, ">"]
    yield from bounded
    yield from (f"{one} {after}" for one, after in pairwise(bounded))


def _letters(words: Iterable[str]) -> Iterator[str]:
    """Every two to five letters in a row within a word, and where it begins and ends."""
    for word in (f"_{word[:LONGEST]}_" for word in words):
        for size in range(2, 6):
            yield from (word[at : at + size] for at in range(len(word) - size + 1))
