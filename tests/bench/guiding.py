"""How long it takes to find what to say next."""

import time
from dataclasses import replace
from itertools import cycle, islice

from calmdesk.guide.phrases import SLOTS, Phrase, Situation, suggest
from calmdesk.guide.playbook import load
from calmdesk.guide.stages import Fault, Stage
from tests.bench.rows import Row, at, milliseconds

MANY = 500
"""Phrases in the playbook of a firm that writes its own."""
MOST = 0.002
"""Seconds that p99 must stay below."""


def _phrases() -> list[Phrase]:
    """The phrases that ship, over again under new ids, each for every stage: none of the 500 is
    dropped by the first gate."""
    shipped = islice(cycle(load().phrases), MANY)
    return [
        replace(phrase, id=f"{phrase.id}-{place}", stages=frozenset(Stage))
        for place, phrase in enumerate(shipped)
    ]


def _situations() -> list[Situation]:
    """Calls of every stage and heat in which everything is known, so that most gates are open."""
    slots = dict.fromkeys(SLOTS, "order 4471")
    return [
        Situation(
            stage,
            heat,
            fault=Fault.OURS,
            category="late_delivery",
            told=stage is not Stage.LISTEN,
            heard=True,
            ask_known=True,
            repeat_call=True,
            verdict="not yet",
            seconds_listened=130,
            slots=slots,
        )
        for stage in Stage
        for heat in range(1, 6)
    ]


def _touched(phrases: list[Phrase]) -> int:
    """What cannot be saved: every phrase looked at once."""
    seen = 0
    for phrase in phrases:
        if phrase.stages:
            seen += 1
    return seen


def suggesting(quick: bool) -> list[Row]:
    """One call of `suggest` over 500 phrases, in every stage and heat; beside a loop that touches
    each of them once."""
    phrases = _phrases()
    calmdesk: list[float] = []
    baseline: list[float] = []
    for _ in range(10 if quick else 60):
        for situation in _situations():
            began = time.perf_counter()
            suggest(situation, phrases)
            suggested = time.perf_counter()
            _touched(phrases)
            calmdesk.append(suggested - began)
            baseline.append(time.perf_counter() - suggested)
    return [
        Row(
            f"suggest, {MANY} phrases, p50 / p99",
            milliseconds(calmdesk, 0.5, 0.99),
            milliseconds(baseline, 0.5, 0.99),
            at(calmdesk, 0.99) / at(baseline, 0.99),
            "p99 < 2 ms",
            at(calmdesk, 0.99) < MOST,
        )
    ]
