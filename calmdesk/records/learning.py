"""Verbs of what the log teaches: which causes recur, and what they cost (S68-S70).

A case counts in the period in which it was opened. A question that was no complaint counts only
when somebody gave it a cause.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, extract, literal
from sqlmodel import Session, SQLModel, and_, col, func, or_, select

from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.pareto import CauseLine, Unusual, unusual
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.guide.promises import PromiseState
from calmdesk.records.models import Case, Contact, Factor, Offer, Promise, Span
from calmdesk.records.store import Store

SPANS = SQLModel.metadata.tables["span"]
Between = tuple[datetime, datetime]
"""From an instant, until before another one."""


def pareto(store: Store, since: datetime, until: datetime, now: datetime) -> tuple[CauseLine, ...]:
    """Every cause of the cases opened in a period, counted four ways, in no order; the line whose
    cause is '' are those whose cause nobody has looked for yet. What is still running at `now`
    counts until then."""
    of = _opened(since, until)
    with store.reading() as session:
        cases = _by_cause(session, func.count(), of)
        seconds = _seconds(session, of, now)
        cost = _cost(session, of)
        repeats = _repeats(session, of)
        worsened = _worsened(session, of, now)
    return tuple(
        CauseLine(
            cause=cause,
            cases=cases.get(cause, 0),
            seconds=seconds.get(cause, 0),
            cost=cost.get(cause, 0),
            repeats=repeats.get(cause, 0),
            worsened=worsened.get(cause, 0),
        )
        for cause in cases.keys() | worsened.keys()
    )


def above_usual(
    store: Store, since: datetime, until: datetime, before: Sequence[Between]
) -> tuple[Unusual, ...]:
    """The causes of a period that are above the mean of the periods before it, the farthest above
    first. A period that was over before the record began says nothing of what is usual."""
    with store.reading() as session:
        now = _by_cause(session, func.count(), _opened(since, until))
        oldest = select(Case.opened_at).where(Case.joined_to == "")
        began = session.exec(oldest.order_by(col(Case.opened_at)).limit(1)).first()
        counted = [
            _by_cause(session, func.count(), _opened(*period))
            for period in before
            if began is not None and period[1] > began
        ]
    found = (
        unusual(CauseLine(cause, cases), [counts.get(cause, 0) for counts in counted])
        for cause, cases in now.items()
    )
    return tuple(sorted((it for it in found if it), key=lambda it: (it.usual - it.cases, it.cause)))


def _opened(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Cases of a period that count."""
    return and_(
        col(Case.joined_to) == "",
        col(Case.opened_at) >= since,
        col(Case.opened_at) < until,
        complaint(),
    )


def complaint() -> ColumnElement[bool]:
    """Cases that have a cause, or should have one."""
    return or_(col(Case.cause) != "", col(Case.outcome) != Outcome.INFORMATION)


def worsened_by(factor: str, now: datetime | None) -> ColumnElement[bool]:
    """Cases that something made worse. That our service did is read from the record: a promise
    that was missed, or is past its time at `now`, or a second call of theirs on the same matter
    (S36)."""
    noted = select(Factor.case_id).where(Factor.cause == factor, Factor.case_id == Case.id)
    if factor != SERVICE:
        return noted.exists()
    broken = [col(Promise.missed_once).is_(True), col(Promise.state) == PromiseState.MISSED]
    if now is not None:
        broken.append(and_(col(Promise.state) == PromiseState.OPEN, col(Promise.due_at) <= now))
    missed = select(Promise.id).where(Promise.case_id == Case.id, or_(*broken))
    calls = (
        select(func.count())
        .select_from(Contact)
        .where(Contact.case_id == Case.id, Contact.direction == "in")
    )
    return or_(noted.exists(), missed.exists(), calls.scalar_subquery() > 1)


def _by_cause(session: Session, what: Any, of: ColumnElement[bool], *joins: Any) -> dict[str, Any]:
    """A sum over the cases, by their cause."""
    query = select(Case.cause, what).select_from(Case).where(of).group_by(Case.cause)
    for table, on in joins:
        query = query.join(table, on)
    return dict(session.exec(query).all())


def _seconds(session: Session, of: ColumnElement[bool], now: datetime) -> dict[str, float]:
    """Handle time in seconds: every span of every call."""
    until = func.coalesce(col(Span.ended_at), literal(now, SPANS.c.ended_at.type))
    length = extract("epoch", until) - extract("epoch", col(Span.began_at))
    return _by_cause(
        session,
        func.sum(length),
        of,
        (Contact, Contact.case_id == Case.id),
        (Span, Span.contact_id == Contact.id),
    )


def _cost(session: Session, of: ColumnElement[bool]) -> dict[str, int]:
    """Accepted remedies, in minor units."""
    given = and_(Offer.case_id == Case.id, Offer.verdict == Verdict.YES)
    return _by_cause(session, func.sum(Offer.amount), of, (Offer, given))


def _repeats(session: Session, of: ColumnElement[bool]) -> dict[str, int]:
    """Calls of theirs beyond the first of each case; that we rang them is no repeat call."""
    again = func.count(col(Contact.id)) - func.count(func.distinct(col(Case.id)))
    theirs = and_(Contact.case_id == Case.id, Contact.direction == "in")
    return _by_cause(session, again, of, (Contact, theirs))


def _worsened(session: Session, of: ColumnElement[bool], now: datetime) -> dict[str, int]:
    """How many cases each factor made worse."""
    noted = session.exec(
        select(Factor.cause, func.count())
        .join(Case, col(Case.id) == Factor.case_id)
        .where(of, Factor.cause != SERVICE)
        .group_by(Factor.cause)
    )
    derived = session.exec(
        select(func.count()).select_from(Case).where(of, worsened_by(SERVICE, now))
    ).one()
    return {**dict(noted.all()), **({SERVICE: derived} if derived else {})}
