"""Cases counted over their glances: by cause, by what made them worse, and as the figures of a day.

What roll-ups keep of each day is counted here, and so is every stretch that has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import add
from typing import Any

import sqlalchemy as sa
from sqlalchemy import extract, literal
from sqlmodel import Session, SQLModel, and_, case, col, func, or_

from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.guide.stages import HEATS
from calmdesk.records.choosing import Condition, late
from calmdesk.records.derived import Glance
from calmdesk.records.models import Contact, Factor, Span

PlaceRange = tuple[int, int]
"""From a place in the order of time, until before another one."""
Row = tuple[Any, ...]
"""A name, and what was counted of it."""
Counts = dict[str, tuple[int, ...]]
"""What was counted of each name."""

_SPANS = SQLModel.metadata.tables["span"]
_AT_ONCE = 100
"""Stretches of one query: SQLite reads no condition that is nested a thousand deep."""


def added(rows: Iterable[Row]) -> Counts:
    """The counts of each name, added up."""
    sums: Counts = {}
    for name, *counts in rows:
        sums[name] = tuple(map(add, sums[name], counts)) if name in sums else tuple(counts)
    return sums


def causes(session: Session, stretches: Sequence[PlaceRange]) -> list[Row]:
    """The complaints by their cause: cases, seconds of calls that are over, cost, repeat calls."""
    repeats = func.sum(case((col(Glance.calls) > 1, Glance.calls - 1), else_=0))
    seconds = func.sum(case((col(Glance.running).is_(True), 0), else_=Glance.seconds))
    counts = (col(Glance.cause), func.count(), seconds, func.sum(Glance.cost), repeats)
    query = sa.select(*counts).where(_complaint()).group_by(col(Glance.cause))
    return list(_rows(session, query, stretches))


def running(session: Session, stretches: Sequence[PlaceRange], now: datetime) -> list[Row]:
    """The seconds so far of cases of which a call goes on, by cause; in the columns of `causes`."""
    until = func.coalesce(col(Span.ended_at), literal(now, _SPANS.c.ended_at.type))
    length = extract("epoch", until) - extract("epoch", col(Span.began_at))
    query = sa.select(col(Glance.cause), literal(0), func.sum(length), literal(0), literal(0))
    query = query.join(Contact, col(Contact.case_id) == Glance.case_id)
    query = query.join(Span, col(Span.contact_id) == Contact.id)
    query = query.where(_complaint(), col(Glance.running).is_(True)).group_by(col(Glance.cause))
    return list(_rows(session, query, stretches))


def factors(
    session: Session, stretches: Sequence[PlaceRange], now: datetime | None = None
) -> list[Row]:
    """How many complaints each factor made worse; that our service did is read from the record,
    at `now` (S36)."""
    noted = sa.select(col(Factor.cause), func.count()).select_from(Glance)
    noted = noted.join(Factor, col(Factor.case_id) == Glance.case_id)
    noted = noted.where(_complaint(), col(Factor.cause) != SERVICE).group_by(col(Factor.cause))
    served = sa.select(literal(SERVICE), func.count()).select_from(Glance)
    served = served.where(_complaint(), or_(col(Glance.worsened).is_(True), late(now)))
    found = [*_rows(session, noted, stretches), *_rows(session, served, stretches)]
    return [row for row in found if row[1]]


def figures(
    session: Session,
    stretches: Sequence[PlaceRange],
    now: datetime | None = None,
    conditions: Sequence[Condition] = (),
) -> list[Row]:
    """The figures of a day, each by its name; those that are 0 are left out."""
    sums = _sums(now)
    query = sa.select(*sums.values()).select_from(Glance).where(*conditions)
    return [
        (name, count)
        for counts in _rows(session, query, stretches)
        for name, count in zip(sums, counts, strict=True)
        if count
    ]


def _sums(now: datetime | None) -> dict[str, Any]:
    settled = Glance.promises_kept + Glance.promises_late + Glance.promises_missed
    return {
        "cases": func.count(),
        "agreed": _count(Glance.outcome == Outcome.AGREED),
        "ended": _count(col(Glance.outcome).not_in(["", Outcome.INFORMATION])),
        "kept": func.sum(Glance.promises_kept),
        "due": func.sum(settled + case((late(now), 1), else_=0)),
        "first contact": _count(col(Glance.first_contact).is_(True)),
        "closed": _count(Glance.status == Status.CLOSED),
        "hot": _count(col(Glance.hot).is_(True)),
        "repeats": _count(col(Glance.repeat).is_(True)),
        "cost": func.sum(Glance.cost),
        **{f"before {level}": _count(Glance.heat_start == level) for level in HEATS},
        **{f"after {level}": _count(Glance.heat_end == level) for level in HEATS},
    }


def _rows(session: Session, query: Any, stretches: Sequence[PlaceRange]) -> Iterator[Row]:
    """What a query finds among the glances of some stretches, some stretches at a time: of one name
    there may be several rows."""
    place = col(Glance.place)
    for first in range(0, len(stretches), _AT_ONCE):
        some = stretches[first : first + _AT_ONCE]
        within = or_(*(and_(place >= since, place < until) for since, until in some))
        for row in session.connection().execute(query.where(within)):
            yield tuple(row)


def _complaint() -> Condition:
    return col(Glance.complaint).is_(True)


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
