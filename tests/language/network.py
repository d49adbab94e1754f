"""The networks that are trained, in PyTorch: a reader, and nine answers out of what it read.

Each answer looks at the pieces with an eye of its own (a softmax over them) and adds up what it
sees there, so that the words that spoke for it can be marked.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel

from calmdesk.guide.language import CATEGORIES
from calmdesk.guide.language.pieces import Pieces

ANSWERS = len(CATEGORIES) + 1
"""One a category, and the last: whether anything is wrong at all."""


class Network(torch.nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """A reader that was trained on much text, and our answers on top of it."""

    def __init__(self, reader: Any, width: int, drop: float = 0.1) -> None:
        super().__init__()
        self.reader = reader
        self.look = torch.nn.Linear(width, ANSWERS)
        self.value = torch.nn.Linear(width, ANSWERS)
        self.drop = torch.nn.Dropout(drop)

    def forward(self, ids: Any, mask: Any) -> Any:
        """Nine numbers for each passage; above 0 is yes."""
        return self.answered(ids, mask)[0]

    def answered(self, ids: Any, mask: Any) -> tuple[Any, Any]:
        """The nine numbers, and what was seen of each passage: the mean of its pieces, and beside
        it what the last answer looked at."""
        seen = self.drop(self.reader(input_ids=ids, attention_mask=mask).last_hidden_state)
        looks = self.look(seen).masked_fill(mask[:, :, None] == 0, -1e4).softmax(1)
        there = mask[:, :, None].to(seen.dtype)
        mean = (seen * there).sum(1) / there.sum(1)
        looked_at = (looks[:, :, -1:] * seen).sum(1)
        return (looks * self.value(seen)).sum(1), torch.cat([mean, looked_at], 1)


def teacher(folder: Path) -> Network:
    """The large reader (all-mpnet-base-v2), its lowest third as it is."""
    reader = AutoModel.from_pretrained(folder)
    lower = [reader.embeddings, *reader.encoder.layer[:4]]
    for part in lower:
        part.requires_grad_(False)
    return Network(reader, reader.config.hidden_size)


def student(folder: Path, keep: Sequence[int]) -> Network:
    """The small reader (all-MiniLM-L6-v2) with only the pieces of `keep`."""
    reader = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    words = reader.embeddings.word_embeddings.weight.data[list(keep)].clone()
    reader.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(words, freeze=False)
    return Network(reader, reader.config.hidden_size)


def kept_pieces(full: Sequence[str], texts: Sequence[str], most: int) -> list[int]:
    """The pieces of a vocabulary that a small model keeps, as ids of the full one: what the texts
    use, every letter, and of the rest the most frequent, which come first in it."""
    pieces = Pieces(full)
    keep = {piece.id for text in texts for piece in pieces.of(text)}
    keep |= {full.index(special) for special in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")}
    bare = [piece.removeprefix("##") for piece in full]
    keep |= {at for at, piece in enumerate(bare) if len(piece) == 1 and piece.isascii()}
    for at, piece in enumerate(bare):
        if len(keep) >= most:
            break
        if piece.isascii() and not piece.startswith("[unused"):
            keep.add(at)
    return sorted(keep)
