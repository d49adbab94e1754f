"""Verbs that read: the Desk's board, the list of a day, a case whole. None of them changes a row."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select, tuple_

from calmdesk.errors import NoSuchCase
from calmdesk.records.case_rows import PAGE, Board, CaseLine, CaseWhole, Filter
from calmdesk.records.case_whole import gather
from calmdesk.records.follow_through import due_lines, handed_on, inbox
from calmdesk.records.learning import complaint, worsened_by
from calmdesk.records.line_rows import DueLine
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Case,
    Contact,
    Customer,
    FollowUp,
    Promise,
    Waiting,
)
from calmdesk.records.store import Store
from calmdesk.words import called

_ON_BOARD = 50


def board(store: Store, now: datetime, day_began: datetime, due_until: datetime) -> Board:
    """What is due before `due_until`, what is open, what waits to be finished, and today's counts,
    for this agent; what is nobody's is due at every desk. A promise without a time is always due."""
    with store.reading() as session:
        due = due_lines(session, store.me)
        near = [line for line in due if _is_near(line, due_until)]
        others = [line for line in handed_on(session, store.me) if line not in near]
        mine = select(Case).where(Case.joined_to == "", Case.agent_id == store.me)
        open_cases = session.exec(
            mine.where(col(Case.status).in_(["open", "investigating"]))
            .order_by(col(Case.opened_at).desc())
            .limit(_ON_BOARD)
        ).all()
        today = (
            select(Contact.outcome, func.count())
            .where(Contact.agent_id == store.me, Contact.answered_at >= day_began)
            .where(Contact.state != "not rung")
            .group_by(Contact.outcome)
        )
        counts: dict[str, int] = dict(session.exec(today).all())
        return Board(
            due=tuple(near),
            due_later=len(due) - len(near),
            inbox=tuple(inbox(session, store.me)),
            handed_on=tuple(others),
            open=tuple(case_lines(session, open_cases, now)),
            to_finish=tuple(_to_finish(session, store.me)),
            calls_today=sum(counts.values()),
            agreed_today=counts.get("agreed", 0),
        )


def _is_near(line: DueLine, until: datetime) -> bool:
    return line.due_at < until or not line.timed


def _to_finish(session: Session, me: str) -> list[tuple[str, str, str]]:
    rows = session.exec(
        select(Contact.id, Case.ref, Customer.name, Contact.number)
        .join(Case, col(Case.id) == Contact.case_id)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(Contact.state == "to finish", Contact.agent_id == me)
        .order_by(col(Contact.answered_at))
        .limit(_ON_BOARD)
    )
    return [(contact, ref, called(name, number)) for contact, ref, name, number in rows]


def count(store: Store, chosen: Filter) -> int:
    """How many cases a list has."""
    with store.reading() as session:
        return int(session.exec(_chosen(select(func.count()).select_from(Case), chosen)).one())


def page(
    store: Store,
    chosen: Filter,
    number: int,
    now: datetime,
    before: tuple[datetime, str] | None = None,
) -> list[CaseLine]:
    """Page `number` (from 0) of the cases, newest first. `before` is the last row of the page
    before this one, when that is held; a jump finds its place by counting over the index."""
    with store.reading() as session:
        keys = _chosen(select(Case.id), chosen)
        keys = keys.order_by(col(Case.opened_at).desc(), col(Case.id).desc()).limit(PAGE)
        if before is not None:
            keys = keys.where(tuple_(col(Case.opened_at), col(Case.id)) < before)
        else:
            keys = keys.offset(number * PAGE)
        cases = session.exec(select(Case).where(col(Case.id).in_(session.exec(keys).all()))).all()
        ordered = sorted(cases, key=lambda case: (case.opened_at, case.id), reverse=True)
        return case_lines(session, ordered, now)


def _chosen(query: Any, chosen: Filter) -> Any:
    query = query.where(Case.joined_to == "")
    if chosen.since is not None:
        query = query.where(Case.opened_at >= chosen.since)
    if chosen.until is not None:
        query = query.where(Case.opened_at < chosen.until)
    if chosen.status:
        query = query.where(Case.status == chosen.status)
    if chosen.agent:
        named = select(Agent.id).where(col(Agent.name).istartswith(chosen.agent, autoescape=True))
        query = query.where(col(Case.agent_id).in_(named))
    if chosen.cause is not None:
        query = query.where(Case.cause == chosen.cause, complaint())
    if chosen.factor:
        query = query.where(complaint(), worsened_by(chosen.factor, chosen.seen_at))
    return query


def case_lines(session: Session, cases: Sequence[Case], now: datetime) -> list[CaseLine]:
    """The cases as lines of a list, in the order given: a handful of queries, however many cases."""
    ids = [case.id for case in cases]
    people = {
        customer.id: customer
        for customer in session.exec(
            select(Customer).where(col(Customer.id).in_([c.customer_id for c in cases]))
        )
    }
    agents = dict(session.exec(select(Agent.id, Agent.name)).all())
    numbers = {
        case_id: number
        for case_id, number in session.exec(
            select(Contact.case_id, Contact.number).where(col(Contact.case_id).in_(ids))
        )
        if number
    }
    waiting: dict[str, list[datetime]] = defaultdict(list)
    promised: dict[str, datetime] = {}
    missed = set()
    for case_id, due_at, state in session.exec(
        select(Promise.case_id, Promise.due_at, Promise.state).where(
            col(Promise.case_id).in_(ids), col(Promise.state).in_(["open", "missed"])
        )
    ):
        if state == "open":
            waiting[case_id].append(due_at)
            promised[case_id] = min(due_at, promised.get(case_id, NOWHEN))
        if state == "missed" or due_at <= now:
            missed.add(case_id)
    for case_id, due_at in session.exec(
        select(FollowUp.case_id, FollowUp.due_at).where(
            col(FollowUp.case_id).in_(ids), FollowUp.state == "open"
        )
    ):
        waiting[case_id].append(due_at)
    for_them = set(
        session.exec(
            select(Waiting.case_id).where(
                col(Waiting.case_id).in_(ids), col(Waiting.ended_at).is_(None)
            )
        )
    )

    def line(case: Case) -> CaseLine:
        customer = people.get(case.customer_id or "")
        soonest = min(waiting[case.id], default=NOWHEN)
        told = promised.get(case.id, NOWHEN)
        return CaseLine(
            id=case.id,
            ref=case.ref,
            opened_at=case.opened_at,
            agent=agents.get(case.agent_id, ""),
            customer=(customer.name if customer else "") or numbers.get(case.id, ""),
            company=customer.company if customer else "",
            category=case.category,
            status=case.status,
            outcome=case.outcome,
            heat_start=case.heat_start,
            heat_end=case.heat_end,
            next_at=None if soonest == NOWHEN else soonest,
            missed=case.id in missed,
            promised_at=None if told == NOWHEN else told,
            waits=case.id in for_them,
        )

    return [line(case) for case in cases]


def whole(store: Store, wanted: str, now: datetime) -> CaseWhole:
    """A case with everything on it, by its id or reference in any case. Raises NoSuchCase."""
    with store.reading() as session:
        case = session.exec(
            select(Case).where(or_(Case.id == wanted, Case.ref == wanted.strip().upper()))
        ).first()
        if case is None:
            raise NoSuchCase(f"No case has the reference {wanted}; calmdesk cases lists them.")
        if case.joined_to:
            case = session.get_one(Case, case.joined_to)
        return gather(session, case, case_lines(session, [case], now)[0], now)
