"""How well the language guard judges, and how fast: `python -m tests.bench.language`."""

import time

from calmdesk.guide.language import CATEGORIES, Guard
from calmdesk.guide.language.sentences import sentences
from calmdesk.guide.language.wording import Lexicon
from calmdesk.guide.playbook import load
from tests.bench.rows import Row, at, milliseconds
from tests.bench.rows import table as rows
from tests.language.labelled import Labelled, half

RECALL = 0.85
"""Of the sentences with a category, at least this share is found in it."""
FALSE_ALARMS = 0.03
"""Of the good sentences at most this share is marked."""
QUICK = 0.005
"""Seconds within which 99 of 100 sentences are reviewed, after loading."""


def guarding(quick: bool) -> list[Row]:
    """One review of one sentence, each read for the first time; beside reading its letters."""
    alone = [one.text for one in half("tune") if len(list(sentences(one.text))) == 1]
    texts = alone[: 150 if quick else None]
    guard = load().guard
    guard.wake()
    calmdesk: list[float] = []
    baseline: list[float] = []
    for text in texts:
        began = time.perf_counter()
        guard.review(text)
        reviewed = time.perf_counter()
        sum(letter.isupper() for letter in text)
        calmdesk.append(reviewed - began)
        baseline.append(time.perf_counter() - reviewed)
    return [
        Row(
            "review, one sentence, p50 / p99",
            milliseconds(calmdesk, 0.5, 0.99),
            milliseconds(baseline, 0.5, 0.99),
            at(calmdesk, 0.99) / at(baseline, 0.99),
            "p99 < 5 ms",
            at(calmdesk, 0.99) < QUICK,
        )
    ]


def table(name: str, guard: Guard, sentences: list[Labelled]) -> bool:
    """Print precision and recall per category, and whether the goals are met."""
    found = [
        (one.labels, frozenset(it.category for it in guard.review(one.text))) for one in sentences
    ]
    good = [marked for labels, marked in found if not labels]
    alarms = sum(bool(marked) for marked in good) / len(good)
    print(f"\n{name}: {len(sentences)} sentences, {len(good)} of them good")
    print(f"  {'category':<18} {'sentences':>9} {'precision':>9} {'recall':>7}")
    met = alarms <= FALSE_ALARMS
    for category in CATEGORIES:
        right = sum(category in labels and category in marked for labels, marked in found)
        wanted = sum(category in labels for labels, _ in found)
        marked_so = sum(category in marked for _, marked in found)
        recall = right / wanted
        met &= recall >= RECALL
        print(
            f"  {category:<18} {wanted:>9} {right / max(1, marked_so):>9.1%} {recall:>7.1%}"
            f"{'' if recall >= RECALL else '  under ' + format(RECALL, '.0%')}"
        )
    bad = [marked for labels, marked in found if labels]
    print(f"  bad sentences marked  {sum(map(bool, bad)) / len(bad):.1%}")
    print(f"  false alarms          {alarms:.1%}")
    return met


def main() -> None:
    """The guard as it ships, and each of its parts alone, on both halves of the labelled set."""
    book = load()
    guards = {
        "the wordings alone": Guard(book.lexicon),
        "the network alone": Guard(Lexicon(), book.guard.judge),
        "the guard as it ships": book.guard,
    }
    for part in ("tune", "test"):
        for name, guard in guards.items():
            table(f"{part} half, {name}", guard, half(part))
    print()
    print(rows(guarding(quick=False)))


if __name__ == "__main__":
    main()
