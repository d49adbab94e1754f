"""How the guard's model was made; needs `pip install torch transformers onnx` and two packaged readers.

    python -m tests.language.train teach WORK MPNET          a large network learns the lessons
    python -m tests.language.train ask   WORK MPNET          what it thinks of them and of a pool
    python -m tests.language.train learn WORK MINILM         a small network learns that from it
    python -m tests.language.train pack  WORK MINILM FOLDER  the small one, as calmdesk ships it

MPNET and MINILM are folders of all-mpnet-base-v2 and all-MiniLM-L6-v2 as their packages carry
them. The labelled set is not learned from. (Of the model that ships, the teacher went through the
lessons in three rounds, as they were written, and the student had a second pool; here it is one.)
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoTokenizer

from calmdesk.guide.language import CATEGORIES
from calmdesk.guide.language.pieces import Pieces
from tests.language.labelled import Labelled, read
from tests.language.network import ANSWERS, Network, kept_pieces, student, teacher

POOL = 20_000
"""Made-up passages that the teacher judges, so that the student has more to learn from."""
KEPT = 16_000
"""Pieces of words that the small model knows."""
SMOOTH = 0.02
"""How far a label stays from 0 and 1: two people do not always agree."""
WEIGHT = torch.tensor([1.0] * len(CATEGORIES) + [4.0])
"""Whether anything is wrong counts more than how it is called."""
SLOWLY = 0.98
"""How much of the kept weights stays at every tenth step: what is kept is a mean of the last ones."""
_CLAUSE = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:and|but|so|because|if|which|when|while|although|since|unless|or)\s)"
)


def answers(one: Labelled) -> list[float]:
    """What a network is to say to a lesson."""
    said = [float(category in one.labels) for category in CATEGORIES]
    return [*said, float(bool(one.labels))]


def pool(lessons: Sequence[Labelled], size: int) -> list[str]:
    """Passages out of the lessons: clauses put together anew, words left out, neighbours."""
    chance = random.Random(7)
    texts = [one.text for one in lessons]
    parts = [
        (part[:at], part[at:])
        for text in texts
        for part in [_CLAUSE.split(text)]
        for at in range(1, len(part))
    ]
    made: set[str] = set()
    while len(made) < size:
        one, other = chance.choice(texts), chance.choice(texts)
        made.add(
            chance.choice(
                (
                    " ".join(chance.choice(parts)[0] + chance.choice(parts)[1]),
                    " ".join(chance.choice(parts)[0] + chance.choice(parts)[1]),
                    " ".join(word for word in one.split() if chance.random() > 0.15),
                    f"{one} {other}",
                )
            )
        )
    return sorted(text for text in made if 3 <= len(text.split()) <= 40)


def batches(rows: Sequence[list[int]], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Rows of about one length together, in any order."""
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]) + 10 * chance.random())
    some = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(some)
    yield from some


def padded(rows: Sequence[list[int]]) -> tuple[Any, Any]:
    """Ids and mask of one batch."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def train(
    network: Network,
    rows: list[list[int]],
    wanted: Any,
    passes: int,
    rate: float,
    shown: Any = None,
) -> dict[str, Any]:
    """Let a network learn to give the wanted answers, in 0 to 1, to passages in pieces; and to see
    in them what another one was `shown`, where that is given. Returns the mean of its last weights."""
    chance = random.Random(1)
    torch.manual_seed(1)
    heads = [*network.look.parameters(), *network.value.parameters()]
    bridge = torch.nn.Linear(2 * network.look.in_features, 1 if shown is None else shown.shape[1])
    reader = [it for it in network.reader.parameters() if it.requires_grad]
    learning = torch.optim.AdamW(
        [{"params": reader, "lr": rate}, {"params": [*heads, *bridge.parameters()], "lr": 1e-3}],
        weight_decay=0.01,
    )
    steps = passes * -(-len(rows) // 32)
    slower = torch.optim.lr_scheduler.LambdaLR(
        learning, lambda step: min(1, (step + 1) / 200) * max(0.02, 1 - step / steps)
    )
    kept = {name: value.clone() for name, value in network.state_dict().items()}
    network.train()
    step = 0
    for turn in range(passes):
        total = 0.0
        for some in batches(rows, 32, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said, seen = network.answered(*padded([rows[row] for row in some]))
                bridged = bridge(seen)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                said.float(), wanted[some], weight=WEIGHT, reduction="none"
            )
            loss = loss.sum(1).mean()
            if shown is not None:
                loss = loss + (bridged.float() - shown[some].float()).square().mean()
            learning.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            learning.step()
            slower.step()
            step += 1
            total += loss.item() * len(some)
            if step % 10 == 0:
                for name, value in network.state_dict().items():
                    if value.is_floating_point():
                        kept[name].lerp_(value, 1 - min(SLOWLY, step / (step + 100)))
        print(f"pass {turn + 1} of {passes}: loss {total / len(rows):.3f}", flush=True)
    return kept


def teach(work: Path, folder: Path) -> None:
    """The large network learns the lessons."""
    lessons = list(read("lessons"))
    pieces = AutoTokenizer.from_pretrained(folder)
    rows = pieces([one.text for one in lessons], truncation=True, max_length=96)["input_ids"]
    wanted = torch.tensor([answers(one) for one in lessons])
    network = teacher(folder)
    kept = train(network, rows, wanted * (1 - 2 * SMOOTH) + SMOOTH, passes=4, rate=4e-5)
    torch.save(kept, work / "teacher.pt")


def ask(work: Path, folder: Path) -> None:
    """What the teacher thinks of each lesson and of the pool, half of a lesson's answer being its
    label; and what it saw in them."""
    lessons = list(read("lessons"))
    texts = [*(one.text for one in lessons), *pool(lessons, POOL)]
    pieces = AutoTokenizer.from_pretrained(folder)
    rows = pieces(texts, truncation=True, max_length=96)["input_ids"]
    network = teacher(folder)
    network.load_state_dict(torch.load(work / "teacher.pt"))
    network.eval()
    thought = torch.zeros(len(texts), ANSWERS)
    shown = torch.zeros(len(texts), 2 * network.look.in_features)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for some in batches(rows, 64, random.Random(1)):
            said, seen = network.answered(*padded([rows[row] for row in some]))
            thought[some], shown[some] = torch.sigmoid(said.float()), seen.float()
    labels = torch.tensor([answers(one) for one in lessons])
    thought[: len(lessons)] = (thought[: len(lessons)] + labels) / 2
    shown = (shown - shown.mean(0)) / (shown.std(0) + 1e-3)
    np.savez(
        work / "thought.npz", texts=np.array(texts), thought=thought.numpy(), shown=shown.half()
    )


def learn(work: Path, folder: Path) -> None:
    """The small network learns what the teacher thought and saw."""
    told = np.load(work / "thought.npz")
    texts = told["texts"].tolist()
    full = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    keep = kept_pieces(full, texts, KEPT)
    pieces = Pieces([full[at] for at in keep])
    rows = [[pieces.first, *(piece.id for piece in pieces.of(text)), pieces.last] for text in texts]
    thought, shown = torch.tensor(told["thought"]), torch.tensor(told["shown"])
    kept = train(student(folder, keep), rows, thought, passes=7, rate=2.5e-4, shown=shown)
    torch.save(kept, work / "student.pt")
    (work / "pieces.json").write_text(json.dumps([full[at] for at in keep]), encoding="utf-8")


def pack(work: Path, folder: Path, target: Path) -> None:
    """The small network as it ships; even chances are where the tune half has the false alarms
    that are allowed."""
    from tests.language.packing import level, saved

    pieces = json.loads((work / "pieces.json").read_text(encoding="utf-8"))
    full = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    network = student(folder, [full.index(piece) for piece in pieces])
    network.load_state_dict(torch.load(work / "student.pt"))
    saved(network, pieces, target)
    with torch.no_grad():
        network.value.bias[-1] -= level(target)
    saved(network, pieces, target)


if __name__ == "__main__":
    places = [Path(word) for word in sys.argv[2:]]
    match sys.argv[1]:
        case "teach":
            teach(*places)
        case "ask":
            ask(*places)
        case "learn":
            learn(*places)
        case "pack":
            pack(*places)
