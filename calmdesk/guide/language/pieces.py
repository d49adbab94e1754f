"""Text into the pieces of words that the model knows (WordPiece, greedy from the left)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calmdesk.words import STRAIGHT

MOST = 96
"""Pieces of one passage; what comes after is not read."""

LONGEST = 60
"""Letters of a word; what is longer is none that anybody knows."""

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_STRAIGHT = STRAIGHT | str.maketrans("–—", "--")


@dataclass(frozen=True)
class Piece:
    """One piece, and where it stands in the text."""

    id: int
    start: int
    end: int


class Pieces:
    """The vocabulary of one model."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids: Mapping[str, int] = {piece: id for id, piece in enumerate(vocabulary)}
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self.unknown = self._ids["[UNK]"]

    @property
    def whole(self) -> frozenset[str]:
        """The words that are one piece: the everyday ones."""
        return frozenset(piece for piece in self._ids if piece.isalpha())

    def of(self, text: str) -> list[Piece]:
        """The pieces of a passage, in order; a word made of unknown letters is one piece."""
        found: list[Piece] = []
        for match in _TOKEN.finditer(text.translate(_STRAIGHT)):
            found += self._word(match[0], match.start())
            if len(found) >= MOST:
                break
        return found[:MOST]

    def _word(self, word: str, at: int) -> list[Piece]:
        if len(word) > LONGEST:
            return [Piece(self.unknown, at, at + len(word))]
        plain = _plain(word)
        if len(plain) != len(word):  # letters that fold into several: the word is one piece
            return [Piece(self._ids.get(plain, self.unknown), at, at + len(word))]
        found: list[Piece] = []
        start = 0
        while start < len(plain):
            for end in range(len(plain), start, -1):
                piece = ("##" if start else "") + plain[start:end]
                if piece in self._ids:
                    found.append(Piece(self._ids[piece], at + start, at + end))
                    start = end
                    break
            else:
                return [Piece(self.unknown, at, at + len(word))]
        return found


def _plain(word: str) -> str:
    """Lower case, without accents."""
    folded = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Mn")
