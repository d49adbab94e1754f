"""How long it takes to find what to say next."""

import time
from dataclasses import replace
from itertools import cycle, islice

from calmdesk.guide.phrases import SLOTS, Phrase, Situation, suggest
from calmdesk.guide.playbook import load
from calmdesk.guide.stages import STAGES, Fault, Stage
from tests.bench.rows import Row, at, milliseconds

NOTES = 30
"""Notes of the call; in life, as here, the last one is new and the others were heard before."""
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
        for stage in STAGES
        for heat in range(1, 6)
    ]


def _noted(new: int) -> list[str]:
    """Thirty hurried notes, the last of which was never heard before."""
    lines = [
        "flyers were due fri, told today they ship mon",
        "deliv to Leeds not recd, rfnd not there since yest",
        "chrgd twice on job 4471, wants money bck",
        "waited in all day, fitter no show, boiler leaking again",
        "last order ever if it is not there by noon",
    ]
    old = [f"{line} ({place})" for place, line in zip(range(NOTES - 1), cycle(lines), strict=False)]
    return [*old, f"curier {new} never came to Bristol, parcell {new} late"]


def _touched(phrases: list[Phrase]) -> int:
    """What cannot be saved: every phrase looked at once."""
    seen = 0
    for phrase in phrases:
        if phrase.stages:
            seen += 1
    return seen


def suggesting(quick: bool) -> list[Row]:
    """30 notes heard and `suggest` asked over 500 phrases, in every stage and heat; beside a loop
    that touches each phrase once."""
    phrases = _phrases()
    hearing = load().hearing
    hearing.listen(_noted(0))
    new = 0
    calmdesk: list[float] = []
    baseline: list[float] = []
    for _ in range(10 if quick else 60):
        for situation in _situations():
            new += 1
            notes = _noted(new)
            began = time.perf_counter()
            heard = hearing.listen(notes)
            suggest(replace(situation, subjects=heard.subjects), phrases)
            suggested = time.perf_counter()
            _touched(phrases)
            calmdesk.append(suggested - began)
            baseline.append(time.perf_counter() - suggested)
    return [
        Row(
            f"suggest, {MANY} phrases, {NOTES} notes, p50 / p99",
            milliseconds(calmdesk, 0.5, 0.99),
            milliseconds(baseline, 0.5, 0.99),
            at(calmdesk, 0.99) / at(baseline, 0.99),
            "p99 < 2 ms",
            at(calmdesk, 0.99) < MOST,
        )
    ]
