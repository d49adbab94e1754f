"""A trained network, as calmdesk ships it: an ONNX file in eight bits, and the pieces it knows."""

from collections.abc import Sequence
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from calmdesk.guide.language.judge import MODEL, PIECES, Judge
from calmdesk.guide.language.sentences import sentences
from tests.language.labelled import half

ALARMS = 0.02
"""Share of the tune half's good sentences that may be marked; the goal is 3 % on any others."""


class Telling(torch.nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """A network that tells what each piece of one passage speaks for, instead of their sum."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Any) -> Any:
        """Numbers of pieces, one passage, to a row a piece with nine numbers."""
        seen = self.network.reader(input_ids=pieces).last_hidden_state
        return (self.network.look(seen).softmax(1) * self.network.value(seen))[0]


def saved(network: Any, pieces: Sequence[str], folder: Path) -> None:
    """Write a network into its folder. Seven of the eight bits are used: a processor without the
    newest instructions would run over otherwise."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    (folder / PIECES).write_text("\n".join(pieces) + "\n", encoding="utf-8")
    with TemporaryDirectory() as away:
        whole = Path(away) / MODEL
        torch.onnx.export(
            Telling(network).eval(),
            (torch.zeros(1, 12, dtype=torch.long),),
            str(whole),
            input_names=["pieces"],
            output_names=["said"],
            dynamic_axes={"pieces": {1: "count"}, "said": {0: "count"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def level(folder: Path) -> float:
    """How sure the model in a folder is, of something being wrong, where the tune half has the
    false alarms that are allowed."""
    judge = Judge(folder)
    good = sorted(
        max(judge.judge(one.text[start:end]).wrong for start, end in sentences(one.text))
        for one in half("tune")
        if not one.labels
    )
    likely = good[int(len(good) * (1 - ALARMS))]
    return log(likely / (1 - likely))
