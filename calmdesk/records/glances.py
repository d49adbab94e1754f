"""What lists see of a case, counted from its rows: after each change of one case, or for many."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import delete, extract, insert, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, and_, case, col, func, select

from calmdesk.guide.listening import Kind
from calmdesk.guide.outcome import CallState, Outcome, Status, Verdict
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.guide.promises import PromiseState
from calmdesk.guide.risk import HOT, risk_of
from calmdesk.records import outdated
from calmdesk.records.derived import PLACES, Glance, RolledDay, place_of
from calmdesk.records.models import (
    NOWHEN,
    Alarm,
    Case,
    Contact,
    Factor,
    FollowUp,
    Offer,
    Promise,
    Review,
    Span,
)
from calmdesk.records.rung import IS_CALL

COUNTED = "1"
"""How a glance is counted. Another one than the file's has all of them counted again."""
REPEATS_WITHIN = timedelta(days=30)
"""A customer with another matter within so many days has rung again."""
AT_ONCE = 500
_GLANCE = SQLModel.metadata.tables["glance"]
_IDS: sa.BindParameter[Sequence[str]] = sa.bindparam("ids", expanding=True)

Row = dict[str, Any]


def look(session: Session, case_id: str) -> None:
    """Make the glance of one case agree with its rows."""
    session.flush()
    _look(session, case_id)


def look_around(session: Session, case_id: str) -> None:
    """The same for a case whose customer has changed, and for those of theirs that came after."""
    session.flush()
    this = session.get_one(Case, case_id)
    later = select(Case.id).where(
        Case.customer_id == this.customer_id,
        Case.joined_to == "",
        Case.opened_at > this.opened_at,
        Case.opened_at <= this.opened_at + REPEATS_WITHIN,
    )
    for one in [case_id, *(session.exec(later) if this.customer_id else ())]:
        _look(session, one)


def _look(session: Session, case_id: str) -> None:
    connection = session.connection()
    before = session.exec(select(Glance.place).where(Glance.case_id == case_id)).first()
    rows = counted(session, [case_id])
    if not rows:
        if before is not None:
            connection.execute(delete(_GLANCE).where(_GLANCE.c.place == before))
            outdated.days_of(session, [before])
        return
    row = rows[0]
    if before is None:
        row["place"] = free_place(session, place_of(row["opened_at"]))
        connection.execute(insert(_GLANCE), row)
    else:
        row["place"] = before
        connection.execute(update(_GLANCE).where(_GLANCE.c.place == before), row)
    outdated.days_of(session, [row["place"]])


def free_place(session: Session, place: int) -> int:
    """The first free place from one on."""
    while True:
        second = col(Glance.place).between(place, place // PLACES * PLACES + PLACES - 1)
        last: int | None = session.exec(select(func.max(Glance.place)).where(second)).one()
        if last is None:
            return place
        place = last + 1


def look_at_all(session: Session) -> int:
    """Count every glance again, all days with them. Returns how many there are."""
    session.connection().execute(delete(_GLANCE))
    session.connection().execute(delete(RolledDay))
    order = select(Case.id).where(Case.joined_to == "").order_by(col(Case.opened_at), col(Case.id))
    return look_at_new(session, session.exec(order).all())


def look_at_new(session: Session, case_ids: Sequence[str]) -> int:
    """Count the glances of cases that have none yet, in the order of time. Returns how many."""
    done = 0
    for first in range(0, len(case_ids), AT_ONCE):
        rows = counted(session, case_ids[first : first + AT_ONCE])
        if rows:
            _place(session, rows)
            session.connection().execute(insert(_GLANCE), rows)
            outdated.days_of(session, [row["place"] for row in rows])
        done += len(rows)
    return done


def look_at_theirs(session: Session, customer_ids: Sequence[str]) -> None:
    """Make the glances of all cases of some customers agree with their rows: whose they are, and
    whether they had to ring again."""
    session.flush()
    theirs = select(Case.id).where(col(Case.customer_id).in_(customer_ids), Case.joined_to == "")
    case_ids, connection = session.exec(theirs).all(), session.connection()
    at_place = _GLANCE.c.place == sa.bindparam("at_place")
    for first in range(0, len(case_ids), AT_ONCE):
        some = case_ids[first : first + AT_ONCE]
        seen = connection.execute(sa.select(_GLANCE).where(_GLANCE.c.case_id.in_(some)))
        before = {row["case_id"]: dict(row) for row in seen.mappings()}
        rows = [before[row["case_id"]] | row for row in counted(session, some)]
        changed = [
            row | {"at_place": row["place"]} for row in rows if row != before[row["case_id"]]
        ]
        if changed:
            connection.execute(update(_GLANCE).where(at_place), changed)
            outdated.days_of(session, [row["place"] for row in changed])


def _place(session: Session, rows: Sequence[Row]) -> None:
    """Give rows in the order of time their places, behind those that stand in their second."""
    first, known = place_of(rows[0]["opened_at"]), place_of(rows[-1]["opened_at"]) + PLACES
    taken = set(session.exec(select(Glance.place).where(col(Glance.place).between(first, known))))
    before = -1
    for row in rows:
        place = max(before + 1, place_of(row["opened_at"]))
        if place in taken or place > known:
            place = free_place(session, place)
        row["place"] = before = place


def counted(session: Session, case_ids: Sequence[str]) -> list[Row]:
    """Everything on a glance but its place, for the cases that stand by themselves; the oldest
    first."""
    cases = session.exec(
        select(Case)
        .where(col(Case.id).in_(case_ids), Case.joined_to == "")
        .order_by(col(Case.opened_at), col(Case.id))
        .execution_options(populate_existing=True)  # a live call may hold what is no longer so
    ).all()
    ids = [it.id for it in cases]
    counts = _Counts(session, ids)
    return [counts.of(it) for it in cases]


class _Counts:
    """What the other tables hold of some cases, each asked once."""

    def __init__(self, session: Session, ids: Sequence[str]) -> None:
        self.calls = _by_case(session, _calls(), ids)
        self.spans = _by_case(session, _spans(), ids)
        self.promises = _by_case(session, _promises(), ids)
        self.follow_ups = _by_case(session, _follow_ups(), ids)
        self.costs = _by_case(session, _costs(), ids)
        self.alarms = _by_case(session, _alarms(), ids)
        self.served = _by_case(session, _served(), ids).keys()
        self.reviewed = _by_case(session, _reviewed(), ids).keys()
        self.back = _by_case(session, _back(), ids).keys()

    def of(self, it: Case) -> Row:
        calls, unseemly = self.calls.get(it.id, (0, 0))
        seconds, listened, running = self.spans.get(it.id, (0, 0, 0))
        opened, kept, late, missed, once, due = self.promises.get(it.id, (0, 0, 0, 0, 0, NOWHEN))
        (follow_up,) = self.follow_ups.get(it.id, (NOWHEN,))
        (cost,) = self.costs.get(it.id, (0,))
        safety, help_wanted, warned = self.alarms.get(it.id, (0, 0, 0))
        closed = it.status == Status.CLOSED
        repeat = calls > 1 or it.id in self.back
        left = 0 if running else it.heat_end  # nobody is left while they are on the line
        return {
            "case_id": it.id,
            "opened_at": it.opened_at,
            "agent_id": it.agent_id,
            "customer_id": it.customer_id or "",
            "status": it.status,
            "outcome": it.outcome,
            "category": it.category,
            "cause": it.cause,
            "complaint": bool(it.cause) or it.outcome != Outcome.INFORMATION,
            "heat_start": it.heat_start,
            "heat_end": left,
            "hot": left >= HOT,
            "calls": calls,
            "repeat": repeat,
            "first_contact": closed and calls == 1 and not repeat,
            "seconds": int(seconds or 0),
            "listened": int(listened or 0),
            "running": bool(running),
            "promises_open": opened,
            "promises_kept": kept,
            "promises_late": late,
            "promises_missed": missed,
            "broken": bool(late or missed),
            "worsened": bool(once or missed) or calls > 1 or it.id in self.served,
            "promise_due_at": due,
            "next_at": min(due, follow_up),
            "cost": cost or 0,
            "reviewed": it.id in self.reviewed,
            "risk": risk_of(
                closed=closed,
                safety=bool(safety),
                help_wanted=bool(help_wanted),
                missed=bool(missed),
                repeat=repeat,
                heat_end=left,
                unseemly=bool(unseemly or warned),
                stake=it.stake,
            ),
        }


def _by_case(session: Session, query: Any, ids: Sequence[str]) -> Mapping[str, tuple[Any, ...]]:
    found = session.connection().execute(query, {"ids": ids})
    return {case_id: tuple(rest) for case_id, *rest in found}


def _of(table: Any) -> Any:
    """The condition for the rows of some cases; each question is made once, as to put it together
    takes longer than its answer."""
    return col(table.case_id).in_(_IDS)


def _sum(condition: Any) -> Any:
    """How many rows fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


@cache
def _calls() -> Any:
    theirs = and_(Contact.direction == "in", IS_CALL)
    return (
        sa.select(col(Contact.case_id), _sum(theirs), _sum(Contact.observed != ""))
        .where(_of(Contact))
        .group_by(Contact.case_id)
    )


@cache
def _spans() -> Any:
    length = extract("epoch", col(Span.ended_at)) - extract("epoch", col(Span.began_at))
    listening = case((Span.kind == Kind.LISTEN, length), else_=0)
    return (
        sa.select(
            col(Contact.case_id),
            func.sum(length),
            func.sum(listening),
            _sum(col(Span.ended_at).is_(None)),
        )
        .join(Span, col(Span.contact_id) == Contact.id)
        .where(_of(Contact))
        .group_by(Contact.case_id)
    )


@cache
def _promises() -> Any:
    opened = Promise.state == PromiseState.OPEN
    soonest = func.min(case((opened, col(Promise.due_at)), else_=NOWHEN))
    told = Promise.state != PromiseState.WITHDRAWN
    return (
        sa.select(
            col(Promise.case_id),
            _sum(opened),
            _sum(Promise.state == PromiseState.KEPT),
            _sum(Promise.state == PromiseState.LATE),
            _sum(Promise.state == PromiseState.MISSED),
            _sum(and_(col(Promise.missed_once).is_(True), told)),
            soonest,
        )
        .where(_of(Promise))
        .group_by(Promise.case_id)
    )


@cache
def _follow_ups() -> Any:
    return (
        sa.select(col(FollowUp.case_id), func.min(FollowUp.due_at))
        .where(_of(FollowUp), col(FollowUp.state) == PromiseState.OPEN)
        .group_by(FollowUp.case_id)
    )


@cache
def _costs() -> Any:
    return (
        sa.select(col(Offer.case_id), func.sum(Offer.amount))
        .where(_of(Offer), col(Offer.verdict) == Verdict.YES)
        .group_by(Offer.case_id)
    )


@cache
def _alarms() -> Any:
    """Help that was asked is wanted as long as its call goes on, and nobody has seen it."""
    goes_on = and_(Contact.state == CallState.LIVE, col(Contact.ended_at).is_(None))
    wanted = and_(Alarm.kind == "help", Alarm.seen_by == "", goes_on)
    return (
        sa.select(
            col(Alarm.case_id),
            _sum(Alarm.kind == "safety"),
            _sum(wanted),
            _sum(Alarm.kind == "boundary"),
        )
        .join(Contact, col(Contact.id) == Alarm.contact_id)
        .where(_of(Alarm))
        .group_by(Alarm.case_id)
    )


@cache
def _served() -> Any:
    """Cases that our service is noted to have made worse."""
    return select(Factor.case_id).where(_of(Factor), Factor.cause == SERVICE)


@cache
def _reviewed() -> Any:
    return select(Review.case_id).where(_of(Review))


@cache
def _back() -> Any:
    """Cases whose customer had another one shortly before."""
    before = aliased(Case)
    latest = (
        select(func.max(before.opened_at))
        .where(
            before.customer_id == Case.customer_id,
            before.joined_to == "",
            col(before.opened_at) < Case.opened_at,
        )
        .scalar_subquery()
    )  # the end of a range of the index, however many cases they have
    apart = extract("epoch", col(Case.opened_at)) - extract("epoch", latest)
    return select(Case.id).where(col(Case.id).in_(_IDS), apart <= REPEATS_WITHIN.total_seconds())
