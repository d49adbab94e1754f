"""How long a search takes on a record of years, at every key: beside plain sqlite3 asking the same
index for the newest that have the word, and reading them."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from calmdesk.guide.filters import Filter
from calmdesk.records import search, tending
from calmdesk.records.search import NEWEST
from calmdesk.records.store import Store
from tests.bench.million import UNTIL, ZONE, million
from tests.bench.rows import Row, at, milliseconds

MOST = 0.05
"""Seconds within which 95 of 100 searches have answered."""
HOT = Filter(agent="Sam Ortiz", heat="hot")
_OF_HOT = """
JOIN glance ON glance.place = search_index.rowid AND glance.hot
JOIN agent ON agent.id = glance.agent_id AND agent.name = 'Sam Ortiz'
"""


def finding(quick: bool) -> list[Row]:
    """Rare and common words, names key by key, misspelt ones, numbers, and all of it in a filter."""
    return measure(million(20_000 if quick else 1_000_000), 20 if quick else 60)


def measure(file: Path, rounds: int) -> list[Row]:
    """The rows of one file; what is not indexed there is indexed first, and stays so."""
    store = Store.open(file, ZONE)
    if tending.waiting(store):
        tending.build(store, _say)
    plain = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        asked = _asked(plain, Random(7), rounds)
        return [_beside(store, plain, *asking) for asking in asked]
    finally:
        plain.close()
        store.close()


def _say(done: int, of: int) -> None:
    print(f"\r  indexing {done:,} of {of:,} cases  ", end="", flush=True)


def _asked(
    plain: sqlite3.Connection, random: Random, rounds: int
) -> list[tuple[str, list[str], Filter]]:
    """What is looked for, by what it is called."""

    words = [
        term
        for (term,) in plain.execute(
            "SELECT term FROM search_word WHERE length(term) > 4 ORDER BY cases"
        )
    ]
    rare = random.choices(words[: len(words) // 10], k=rounds)
    common = random.choices(words[-60:], k=rounds)
    names = [" ".join(pair) for pair in zip(rare, common, strict=True)]
    keys = [name[:length] for name in names[: rounds // 4] for length in range(1, len(name) + 1)]
    slipped = [word[:2] + word[3:] for word in random.choices(words, k=rounds) if len(word) > 6]
    numbers = [
        number.replace("+1 ", "(").replace(" 555", ") 555")
        for (number,) in plain.execute("SELECT number FROM contact LIMIT ?", (rounds,))
    ]
    every = Filter()
    return [
        ("find: a rare word", rare, every),
        ("find: a common word", common, every),
        ("find: both, at every key", keys, every),
        ("find: a word misspelt", slipped, every),
        ("find: a telephone number", numbers, every),
        ("find: a common word, one agent's hot ones", common, HOT),
    ]


def _beside(
    store: Store, plain: sqlite3.Connection, name: str, texts: Sequence[str], chosen: Filter
) -> Row:
    """Searches beside the bare question to the index, turn by turn."""
    ours, theirs = [], []
    search.find(store, texts[0], chosen, UNTIL)
    for text in texts:
        ours.append(_took(lambda text=text: search.find(store, text, chosen, UNTIL)))  # type: ignore[misc]
        theirs.append(_took(lambda text=text: _match(plain, text, chosen)))  # type: ignore[misc]
    return Row(
        f"{name}, p50 / p95",
        milliseconds(ours, 0.5, 0.95),
        milliseconds(theirs, 0.5, 0.95),
        at(ours, 0.5) / at(theirs, 0.5),
        f"p95 <= {1000 * MOST:.0f} ms",
        at(ours, 0.95) <= MOST,
    )


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _match(plain: sqlite3.Connection, text: str, chosen: Filter) -> None:
    words = " ".join(f'"{word}"' for word in text.replace('"', "").split())
    plain.execute(
        "SELECT search_text.* FROM search_index JOIN search_text"
        f" ON search_text.place = search_index.rowid {_OF_HOT if chosen == HOT else ''}"
        " WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?",
        (f"{words} *", NEWEST),
    ).fetchall()
