"""Verbs of what the log teaches: which causes recur, and what they cost (S68-S70).

A case counts in the period in which it was opened. A question that was no complaint counts only
when somebody gave it a cause. Days that stand are taken from their roll-ups.
"""

from collections.abc import Sequence
from datetime import datetime

from calmdesk.guide.pareto import CauseLine, Unusual, unusual
from calmdesk.records import rolling
from calmdesk.records.derived import place_of
from calmdesk.records.rolling import Between
from calmdesk.records.store import Store


def pareto(store: Store, since: datetime, until: datetime, now: datetime) -> tuple[CauseLine, ...]:
    """Every cause of the cases opened in a period, counted four ways, in no order; the line whose
    cause is '' are those whose cause nobody has looked for yet. What is still running at `now`
    counts until then."""
    with store.reading() as session:
        causes = rolling.causes(session, (since, until), now)
        factors = rolling.factors(session, (since, until), now)
    lines = []
    for cause in causes.keys() | factors.keys():
        cases, seconds, cost, repeats = causes.get(cause, (0, 0, 0, 0))
        worsened = sum(factors.get(cause, ()))
        lines.append(CauseLine(cause, cases, seconds, cost, repeats, worsened))
    return tuple(lines)


def above_usual(
    store: Store, since: datetime, until: datetime, before: Sequence[Between]
) -> tuple[Unusual, ...]:
    """The causes of a period that are above the mean of the periods before it, the farthest above
    first. A period that was over before the record began says nothing of what is usual."""
    with store.reading() as session:
        now = rolling.causes(session, (since, until))
        began = rolling.began(session)
        counted = [
            rolling.causes(session, period)
            for period in before
            if began is not None and place_of(period[1]) > began
        ]
    found = (
        unusual(CauseLine(cause, counts[0]), [sum(it.get(cause, ())[:1]) for it in counted])
        for cause, counts in now.items()
    )
    return tuple(sorted((it for it in found if it), key=lambda it: (it.usual - it.cases, it.cause)))
