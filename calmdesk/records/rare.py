"""Cases that are too rare to be met on the way down the order of time: a list of them would look
through all others first."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from calmdesk.guide.filters import Filter, PromiseFilter
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.records.choosing import Condition, conditions
from calmdesk.records.derived import Glance
from calmdesk.records.models import Factor

RARE = 500
"""Cases up to which what a filter asks for is sought out."""
_PROMISED = (PromiseFilter.OPEN, PromiseFilter.LATE, PromiseFilter.BROKEN)
"""What few promises are, where all goes well."""


def sought_out(session: Session, chosen: Filter) -> list[Condition]:
    """What a list of a filter may be limited to beside its conditions: the places of cases that have
    something rare of it. Only what has no order of time in its index is asked for: the rest is met
    soon, or has one."""
    found: list[Condition] = []
    for asked in _indexed(chosen):
        places = session.exec(asked.limit(RARE + 1)).all()
        if len(places) <= RARE:
            found.append(col(Glance.place).in_(places))
    return found


def _indexed(chosen: Filter) -> Iterator[Any]:
    """Questions for places, each answered by an index alone."""
    if chosen.within is not None:
        yield from _indexed(replace(chosen.within, seen_at=chosen.seen_at))
    if chosen.all_but:
        return
    if chosen.promise in _PROMISED:
        only = Filter(promise=chosen.promise, seen_at=chosen.seen_at)
        yield select(Glance.place).where(*conditions(only))
    if chosen.cost is not None:
        yield select(Glance.place).where(col(Glance.cost) >= chosen.cost)
    if chosen.factor and chosen.factor != SERVICE:
        has_it = col(Factor.case_id) == Glance.case_id
        yield select(Glance.place).join(Factor, has_it).where(Factor.cause == chosen.factor)
