"""Labelled sentences, read from their files: one JSON object a line, `text` and `labels`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """One sentence that an agent could say or write, and what is wrong with it."""

    text: str
    labels: frozenset[str]
    """Categories; empty when it is good."""

    @property
    def half(self) -> str:
        """`tune` or `test`, by a hash of the sentence alone."""
        odd = hashlib.sha256(self.text.encode()).digest()[0] & 1
        return "test" if odd else "tune"


def read(folder: str) -> Iterator[Labelled]:
    """Every sentence of a folder, file by file in the order of their names."""
    for file in sorted((HERE / folder).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Labelled(row["text"], frozenset(row["labels"]))


def half(name: str) -> list[Labelled]:
    """One half of the labelled set."""
    return [one for one in read("labelled") if one.half == name]
