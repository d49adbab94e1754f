"""A trained network's weights, as calmdesk ships them: eight bits and a scale a row or column."""

from math import log
from pathlib import Path
from typing import Any

import numpy as np

from calmdesk.guide.language.judge import Judge
from calmdesk.guide.language.sentences import sentences
from tests.language.labelled import half

_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "told": "attention.self.value",
    "output": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "done": "output.LayerNorm",
}
"""A part of a layer as `judge.py` calls it, and as the network does."""


ALARMS = 0.023
"""Share of the tune half's good sentences that may be marked; the goal is 3 % on any others."""


def saved(target: Path, tables: dict[str, Any], pieces: list[str]) -> None:
    """Write a model into its folder."""
    target.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(target / "weights.npz", **tables)
    (target / "pieces.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")


def levelled(folder: Path, tables: dict[str, Any]) -> dict[str, Any]:
    """The tables, moved so that even chances of anything being wrong are where the tune half has
    the false alarms that are allowed."""
    judge = Judge(folder)
    good = sorted(
        max(judge.judge(one.text[start:end]).wrong for start, end in sentences(one.text))
        for one in half("tune")
        if not one.labels
    )
    level = good[int(len(good) * (1 - ALARMS))]
    bias = tables["value.bias"].copy()
    bias[-1] -= log(level / (1 - level))
    return {**tables, "value.bias": bias}


def narrowed(state: dict[str, Any], busy: list[Any], width: int) -> dict[str, Any]:
    """A network with only the `width` busiest inner cells of each layer; `busy` says for each
    layer how much its cells did on the lessons. It is a fifth quicker, and errs hardly more."""
    smaller = dict(state)
    for layer, did in enumerate(busy):
        name = f"reader.encoder.layer.{layer}"
        outer = state[f"{name}.output.dense.weight"]
        keep = (did * outer.norm(dim=0)).argsort(descending=True)[:width].sort().values
        for part in ("weight", "bias"):
            inner = f"{name}.intermediate.dense.{part}"
            smaller[inner] = state[inner][keep]
        smaller[f"{name}.output.dense.weight"] = outer[:, keep]
    return smaller


def packed(state: dict[str, Any], weighed: Any, heads: int) -> dict[str, Any]:
    """Every table of a network by the name that `judge.py` reads it under; `weighed` is what the
    turns speak for."""
    unit = abs(weighed).max() / 127
    weights = {name: value.float().numpy() for name, value in state.items()}
    reader = "reader.embeddings."
    kinds = weights[f"{reader}token_type_embeddings.weight"][0]
    layers = 1 + max(int(name.split(".")[3]) for name in weights if ".encoder.layer." in name)
    tables: dict[str, Any] = {
        "layers": np.array(layers),
        "heads": np.array(heads),
        "places": (weights[f"{reader}position_embeddings.weight"][:128] + kinds).astype("float16"),
        "begin": weights[f"{reader}LayerNorm.weight"],
        "begin.bias": weights[f"{reader}LayerNorm.bias"],
        "turns": np.round(weighed / unit).astype("int8"),
        "turns.unit": np.array(unit),
        **_small("words", weights[f"{reader}word_embeddings.weight"], axis=1),
    }
    for head in ("look", "value"):
        tables |= {head: weights[f"{head}.weight"].T, f"{head}.bias": weights[f"{head}.bias"]}
    for layer in range(layers):
        for ours, theirs in _LAYER.items():
            name = f"reader.encoder.layer.{layer}.{theirs}"
            tables[f"{layer}.{ours}.bias"] = weights[f"{name}.bias"]
            if theirs.endswith("LayerNorm"):
                tables[f"{layer}.{ours}"] = weights[f"{name}.weight"]
            else:
                tables |= _small(f"{layer}.{ours}", weights[f"{name}.weight"].T, axis=0)
    return tables


def _small(name: str, table: Any, axis: int) -> dict[str, Any]:
    """A table in eight bits, with one scale for each stretch along the other axis."""
    scale = np.abs(table).max(axis=axis, keepdims=True) / 127
    return {
        name: np.round(table / np.maximum(scale, 1e-12)).astype("int8"),
        f"{name}.scale": scale.astype("float16"),
    }
