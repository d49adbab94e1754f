"""What was asked against what was given (S99)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from calmdesk.guide.money import find_amount
from calmdesk.reports.counting import share
from calmdesk.reports.labels import Labels
from calmdesk.reports.page import Figure, Section, Table

if TYPE_CHECKING:
    from calmdesk.records.report_rows import Asked, Gave, Report

MOST_PAIRS = 40
"""Pairs that are written out to be read; JSON has them all."""
_COSTS = {False: (0, "nothing"), True: (1, "money"), None: (2, "not known")}
"""How what a remedy costs is ordered, and said."""
_TITLE = "What was asked, what was given"
_NO_VERDICT = "Whether that was less than they asked, or more, is not to be counted from words: read them case by case."


def asked(report: Report, labels: Labels) -> Section:
    """How soon it was settled, and the remedies by what they cost."""
    if not report.asked:
        return Section(_TITLE, says=("Nothing was asked, and nothing was given.",))
    settled = [it for it in report.asked if it.settled_in]
    first = sum(it.settled_in == 1 for it in settled)
    costs = [labels.costs(it.remedy, it.text, it.amount) for it in report.gave]
    money = [it for it, cost in zip(report.gave, costs, strict=True) if cost]
    unknown = Figure(
        "Remedies of which the cost is not known",
        str(costs.count(None)),
        "Their words hold a number or a share, and no amount.",
    )
    figures = (
        Figure(
            "Settled with the first offer",
            share(first, len(settled)),
            "Of the cases in which an offer was taken.",
        ),
        Figure("Remedies that cost nothing", str(costs.count(False))),
        Figure("Remedies that cost money", _spent(money, labels)),
        *((unknown,) if None in costs else ()),
    )
    tables = (_by_kind(report.gave, labels), _arrived(report.gave))
    return Section(_TITLE, figures, tables=tuple(it for it in tables if it), says=(_NO_VERDICT,))


def pairs(report: Report, labels: Labels) -> Section:
    """What each asked, and what they were given."""
    shown = report.asked[-MOST_PAIRS:]
    rows = tuple(_pair(it, labels) for it in shown)
    heads = ("case", "asked", "given", "round")
    left = len(report.asked) - len(shown)
    says = (f"{left} earlier ones are left out here; --format json has every one.",) if left else ()
    table = Table(
        heads, rows, frozenset({3}), "What was asked, and what was given for it", told=True
    )
    return Section("Case by case", tables=(table,), says=says)


def _spent(money: list[Gave], labels: Labels) -> str:
    total = sum(it.amount for it in money)
    unnamed = sum(not it.amount for it in money)
    words = str(len(money))
    if total:
        words += f", {labels.amount(total)} in all"
    return f"{words}, {unnamed} of them without an amount" if unnamed else words


def _by_kind(gave: tuple[Gave, ...], labels: Labels) -> Table | None:
    if not gave:
        return None
    kinds: Counter[tuple[str, bool | None]] = Counter()
    spent: Counter[tuple[str, bool | None]] = Counter()
    for it in gave:
        kind = labels.remedy(it.remedy), labels.costs(it.remedy, it.text, it.amount)
        kinds[kind] += 1
        spent[kind] += it.amount
    ordered = sorted(kinds, key=lambda kind: (_COSTS[kind[1]][0], -kinds[kind], kind[0]))
    rows = tuple(
        (
            name,
            _COSTS[costs][1],
            str(kinds[name, costs]),
            labels.amount(spent[name, costs]),
        )
        for name, costs in ordered
    )
    heads = ("remedy", "costs", "times", "amount")
    return Table(heads, rows, frozenset({2, 3}), "Remedies given")


def _arrived(gave: tuple[Gave, ...]) -> Table | None:
    if not gave:
        return None
    counts = Counter(it.received for it in gave)
    words = (("yes", "yes"), ("no", "no"), ("not yet", "not yet"), ("", "nobody asked so far"))
    rows = tuple((said, str(counts[answer])) for answer, said in words if counts[answer])
    return Table(("did it arrive", "remedies"), rows, frozenset({1}), "Whether it arrived")


def _pair(it: Asked, labels: Labels) -> tuple[str, ...]:
    gave = "; ".join(_given(gave, labels) for gave in it.gave)
    rounds = f"{it.settled_in or '–'} of {it.rounds}" if it.rounds else "–"
    nothing = f"no remedy: {it.outcome}" if it.outcome else "no remedy so far"
    return it.ref, it.ask or "not written down", gave or nothing, rounds


def _given(gave: Gave, labels: Labels) -> str:
    found = find_amount(gave.text, labels.currency)
    said = not gave.amount or (found is not None and found.minor == gave.amount)
    words = gave.text if said else f"{gave.text} ({labels.amount(gave.amount)})"
    return f"{words} [not arrived]" if gave.received == "no" else words
