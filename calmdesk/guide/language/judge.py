"""The model: reads a sentence and says how likely it is that it makes things worse, and how.

A small transformer that was trained on labelled sentences (`tests/language/train.py`). It lies
beside the playbook of its language, in eight bits, and onnxruntime runs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp
from os import environ
from pathlib import Path
from typing import Any

from calmdesk.guide.language.categories import CATEGORIES
from calmdesk.guide.language.pieces import Piece, Pieces

MODEL, PIECES = "model.onnx", "pieces.txt"


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
        """`folder` holds the model and the pieces of words that it knows, one a line."""
        self._folder = folder

    def judge(self, passage: str) -> Judgement:
        """What to think of a passage of a sentence or two."""
        pieces = self.pieces.of(passage)
        ids = [self.pieces.first, *(piece.id for piece in pieces), self.pieces.last]
        (said,) = self._model.run(None, {"pieces": [ids]})
        *sure, wrong = said.sum(0).tolist()
        return Judgement(
            _chance(wrong),
            {name: _chance(one) for name, one in zip(CATEGORIES, sure, strict=True)},
            pieces,
            {name: said[1:-1, at].tolist() for at, name in enumerate(CATEGORIES)},
        )

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of words that it knows."""
        return Pieces((self._folder / PIECES).read_text(encoding="utf-8").splitlines())

    @cached_property
    def _model(self) -> Any:
        """Pieces by their numbers in; out comes a row a piece: how much it speaks for each
        category, and last for anything being wrong at all."""
        environ["ORT_DISABLE_TELEMETRY"] = "1"  # should a newer one be here than we asked for
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the other cores are the softphone's
        options.log_severity_level = 3  # it prints on the terminal, which is the screen's
        return onnxruntime.InferenceSession(
            self._folder / MODEL, options, providers=["CPUExecutionProvider"]
        )


def _chance(number: float) -> float:
    """From how sure, in either direction, to how likely, 0 to 1."""
    return 1 / (1 + exp(-number))
