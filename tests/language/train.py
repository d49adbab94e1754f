"""How the guard's model was made; needs `pip install torch transformers scikit-learn` and two
packaged readers.

    python -m tests.language.train teach  WORK MPNET    a large network learns the lessons
    python -m tests.language.train ask    WORK MPNET    its opinion of the lessons and of a pool
    python -m tests.language.train learn  WORK MINILM   a small network learns from those opinions
    python -m tests.language.train weigh  WORK          the turns of the lessons are weighed
    python -m tests.language.train pack   WORK MINILM FOLDER   its weights, as calmdesk ships them

MPNET and MINILM are folders of all-mpnet-base-v2 and paraphrase-MiniLM-L3-v2 as their packages
carry them. The labelled set is not learned from. (The model that ships learned in two rounds, of
26,000 and of 29,000 made-up passages; here it is one.)
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
from calmdesk.guide.language.turns import turns
from tests.language.labelled import Labelled, read
from tests.language.network import Network, kept_pieces, student, teacher

POOL = 55_000
"""Made-up passages that the teacher judges, so that the student has more to learn from."""
INNER = 1024
"""Inner cells of a layer that are kept; the reader comes with 1,536."""
TURNS = 1 << 17
"""Places in the table of turns."""
KEPT = 15_000
"""Pieces of words that the small model knows."""
SMOOTH = 0.02
"""How far a label stays from 0 and 1: two people do not always agree."""
WEIGHT = torch.tensor([1.0] * len(CATEGORIES) + [4.0])
"""Whether anything is wrong counts more than how it is called."""
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


def train(network: Network, rows: list[list[int]], wanted: Any, passes: int, rate: float) -> None:
    """Let a network learn to give the wanted answers, in 0 to 1, to passages in pieces."""
    chance = random.Random(1)
    torch.manual_seed(1)
    heads = [*network.look.parameters(), *network.value.parameters()]
    reader = [it for it in network.reader.parameters() if it.requires_grad]
    learning = torch.optim.AdamW(
        [{"params": reader, "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    steps = passes * -(-len(rows) // 32)
    slower = torch.optim.lr_scheduler.LambdaLR(
        learning, lambda step: min(1, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    network.train()
    for turn in range(passes):
        total = 0.0
        for some in batches(rows, 32, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = network(*padded([rows[row] for row in some]))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                said.float(), wanted[some], weight=WEIGHT, reduction="none"
            )
            loss = loss.sum(1).mean()
            learning.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            learning.step()
            slower.step()
            total += loss.item() * len(some)
        print(f"pass {turn + 1} of {passes}: loss {total / len(rows):.3f}", flush=True)


def teach(work: Path, folder: Path) -> None:
    """The large network learns the lessons."""
    lessons = list(read("lessons"))
    pieces = AutoTokenizer.from_pretrained(folder)
    rows = pieces([one.text for one in lessons], truncation=True, max_length=96)["input_ids"]
    wanted = torch.tensor([answers(one) for one in lessons])
    network = teacher(folder)
    train(network, rows, wanted * (1 - 2 * SMOOTH) + SMOOTH, passes=5, rate=5e-5)
    torch.save(network.state_dict(), work / "teacher.pt")


def ask(work: Path, folder: Path) -> None:
    """What the teacher thinks of each lesson and of the pool; half of a lesson's answer is its
    label."""
    lessons = list(read("lessons"))
    texts = [*(one.text for one in lessons), *pool(lessons, POOL)]
    pieces = AutoTokenizer.from_pretrained(folder)
    rows = pieces(texts, truncation=True, max_length=96)["input_ids"]
    network = teacher(folder)
    network.load_state_dict(torch.load(work / "teacher.pt"))
    network.eval()
    thought = torch.zeros(len(texts), len(WEIGHT))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for some in batches(rows, 64, random.Random(1)):
            thought[some] = torch.sigmoid(network(*padded([rows[row] for row in some])).float())
    labels = torch.tensor([answers(one) for one in lessons])
    thought[: len(lessons)] = (thought[: len(lessons)] + labels) / 2
    np.savez(work / "thought.npz", texts=np.array(texts), thought=thought.numpy())


def learn(work: Path, folder: Path) -> None:
    """The small network learns what the teacher thought."""
    thought = np.load(work / "thought.npz")
    texts = thought["texts"].tolist()
    full = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    keep = kept_pieces(full, texts, KEPT)
    pieces = Pieces([full[at] for at in keep])
    rows = [[pieces.first, *(piece.id for piece in pieces.of(text)), pieces.last] for text in texts]
    network = student(folder, keep)
    train(network, rows, torch.tensor(thought["thought"]), passes=8, rate=3e-4)
    torch.save(network.state_dict(), work / "student.pt")
    (work / "pieces.json").write_text(json.dumps([full[at] for at in keep]), encoding="utf-8")


def weigh(work: Path) -> None:
    """A linear model over the turns of the lessons."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    lessons = list(read("lessons"))
    told = [turns(one.text, TURNS) for one in lessons]
    rows = [row for row, one in enumerate(told) for _ in one]
    places = [place for one in told for place in one]
    much = [value for one in told for value in one.values()]
    table = csr_matrix((much, (rows, places)), shape=(len(lessons), TURNS))
    model = LogisticRegression(C=16, class_weight="balanced", solver="liblinear", max_iter=200)
    model.fit(table, [bool(one.labels) for one in lessons])
    np.save(work / "turns.npy", model.coef_[0])


def busiest(network: Network, rows: list[list[int]]) -> list[Any]:
    """For each layer, how much each of its inner cells does while the network reads."""
    layers = list(network.reader.encoder.layer)
    busy = [torch.zeros(layer.intermediate.dense.out_features) for layer in layers]
    for did, layer in zip(busy, layers, strict=True):
        layer.intermediate.register_forward_hook(
            lambda _, __, seen, did=did: did.add_(seen.abs().sum((0, 1)))
        )
    network.eval()
    with torch.no_grad():
        for row in rows:
            network(*padded([row]))
    return busy


def pack(work: Path, folder: Path, target: Path) -> None:
    """All weights in eight bits, under the names that `judge.py` reads; even chances are where
    the tune half has the false alarms that are allowed."""
    from tests.language.packing import levelled, narrowed, packed, saved

    heads = json.loads((folder / "config.json").read_text())["num_attention_heads"]
    pieces = json.loads((work / "pieces.json").read_text(encoding="utf-8"))
    full = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    network = student(folder, [full.index(piece) for piece in pieces])
    network.load_state_dict(torch.load(work / "student.pt"))
    known = Pieces(pieces)
    some = [one.text for one in read("lessons")][::20]
    rows = [[known.first, *(it.id for it in known.of(text)), known.last] for text in some]
    state = narrowed(network.state_dict(), busiest(network, rows), INNER)
    tables = packed(state, np.load(work / "turns.npy"), heads)
    saved(target, tables, pieces)
    saved(target, levelled(target, tables), pieces)


if __name__ == "__main__":
    places = [Path(word) for word in sys.argv[2:]]
    match sys.argv[1]:
        case "teach":
            teach(*places)
        case "ask":
            ask(*places)
        case "learn":
            learn(*places)
        case "weigh":
            weigh(*places)
        case "pack":
            pack(*places)
