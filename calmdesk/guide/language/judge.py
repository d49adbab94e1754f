"""The model: reads a sentence and says how likely it is that it makes things worse, and how.

A small transformer with a second opinion (`turns`), both trained on labelled sentences
(`tests/language/train.py`). Their weights are eight-bit numbers with a scale per row, and lie
beside the playbook of their language. Only numpy is needed to run them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmdesk.guide.language.categories import CATEGORIES
from calmdesk.guide.language.pieces import Piece, Pieces
from calmdesk.guide.language.turns import evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Judgement:
    """What the model thinks of one passage."""

    wrong: float
    """How likely it is that anything is wrong with it, 0 to 1."""
    likely: dict[str, float]
    """Category to how likely it applies, 0 to 1."""
    pieces: list[Piece]
    weight: dict[str, list[float]]
    """Category to how much each piece speaks for it."""


@lru_cache(maxsize=4)
def judge_in(folder: Path) -> Judge:
    """The judge of a folder: one, however often the words around it are read anew."""
    return Judge(folder)


class Judge:
    """One model, read from its folder when it is first asked."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds `pieces.txt`, the vocabulary, and `weights.npz`."""
        self._folder = folder

    def judge(self, passage: str) -> Judgement:
        """What to think of a passage of a sentence or two."""
        import numpy as np

        pieces = self.pieces.of(passage)
        ids = [self.pieces.first, *(piece.id for piece in pieces), self.pieces.last]
        seen = self._read(np.array(ids))
        said = self._through(seen, "value") * _softmax(self._through(seen, "look"), 0)
        *sure, wrong = said.sum(0)
        wrong += self.turned(passage)
        return Judgement(
            float(_chance(wrong)),
            {name: float(_chance(one)) for name, one in zip(CATEGORIES, sure, strict=True)},
            pieces,
            {name: said[1:-1, at].tolist() for at, name in enumerate(CATEGORIES)},
        )

    def turned(self, passage: str) -> float:
        """How much the turns of a passage speak for something being wrong."""
        return evidence(passage, self._weights["turns"], float(self._weights["turns.unit"]))

    # -- how it reads -------------------------------------------------------------------------

    def _read(self, ids: NDArray[np.intp]) -> Numbers:
        """Each piece in the light of all others; one row a piece."""
        known = self._weights
        seen = self._level(known["words"][ids] + known["places"][: len(ids)], "begin")
        for layer in range(int(known["layers"])):
            seen = self._level(seen + self._attend(seen, f"{layer}."), f"{layer}.attended")
            inner = _gelu(self._through(seen, f"{layer}.inner"))
            seen = self._level(seen + self._through(inner, f"{layer}.outer"), f"{layer}.done")
        return seen

    def _attend(self, seen: Numbers, layer: str) -> Numbers:
        """What each piece takes from the others."""
        count, width = seen.shape
        heads = int(self._weights["heads"])
        asked, offered, told = (
            self._through(seen, layer + part).reshape(count, heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "told")
        )
        near = _softmax(asked @ offered.swapaxes(1, 2) / (width / heads) ** 0.5, -1)
        return self._through((near @ told).swapaxes(0, 1).reshape(count, width), layer + "output")

    def _through(self, seen: Numbers, name: str) -> Numbers:
        """A linear layer."""
        result: Numbers = seen @ self._weights[name] + self._weights[f"{name}.bias"]
        return result

    def _level(self, seen: Numbers, name: str) -> Numbers:
        """Layer normalisation."""
        apart = seen - seen.mean(-1, keepdims=True)
        spread = ((apart * apart).mean(-1, keepdims=True) + 1e-12) ** 0.5
        result: Numbers = apart / spread * self._weights[name] + self._weights[f"{name}.bias"]
        return result

    # -- what it was trained to ---------------------------------------------------------------

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of words that it knows."""
        return Pieces((self._folder / "pieces.txt").read_text(encoding="utf-8").splitlines())

    @cached_property
    def _weights(self) -> dict[str, NDArray[Any]]:
        """Every table of numbers by its name; those of the network are widened once, the turns,
        of which a sentence needs few, are not."""
        import numpy as np

        with np.load(self._folder / "weights.npz") as kept:
            tables = {name: kept[name] for name in kept.files}
        network = {
            name: (
                table * tables[f"{name}.scale"].astype(np.float32)
                if table.dtype == np.int8
                else table.astype(np.float32)
            )
            for name, table in tables.items()
            if name != "turns" and not name.endswith(".scale")
        }
        return {**network, "turns": tables["turns"]}


def _chance(number: float) -> float:
    """From how sure, in either direction, to how likely, 0 to 1."""
    return 1 / (1 + exp(-number))


def _softmax(numbers: Numbers, axis: int) -> Numbers:
    import numpy as np

    grown = np.exp(numbers - numbers.max(axis, keepdims=True))
    shares: Numbers = grown / grown.sum(axis, keepdims=True)
    return shares


def _gelu(numbers: Numbers) -> Numbers:
    """The bend of the inner layer, as the model was trained with it: its tanh form."""
    import numpy as np

    cubed = numbers * numbers * numbers
    bent: Numbers = 0.5 * numbers * (1 + np.tanh(0.7978845608 * (numbers + 0.044715 * cubed)))
    return bent
