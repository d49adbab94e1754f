"""Verbs of what follows a call: promises kept or not, follow-ups, cases handed over and closed.

Nearly all are one happening: `happen(store, case_id, PromiseWithdrawn(...), at)`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, or_, select

from calmdesk.guide.happenings import Happening
from calmdesk.guide.outcome import Status
from calmdesk.guide.promises import PromiseState, Reached
from calmdesk.records import journal
from calmdesk.records.case_rows import HandedOver
from calmdesk.records.line_rows import DueLine
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Attempt,
    Case,
    Contact,
    Customer,
    FollowUp,
    Handover,
    Promise,
)
from calmdesk.records.reputation import may_go_public
from calmdesk.records.settle import settle_between
from calmdesk.records.stepping_back import stands_for
from calmdesk.records.store import Store
from calmdesk.records.touched import touched
from calmdesk.words import called

Line = TypeVar("Line", Promise, FollowUp)

MOST = 500
"""Lines of one list of promises."""


def happen(store: Store, case_id: str, happening: Happening, at: datetime) -> None:
    """Keep one thing that happened to a case between its calls: its entry in the journal, and the
    rows it changes. Raises Refused, and keeps nothing, when it cannot be."""
    with store.transaction() as session:
        case = stands_for(session, session.get_one(Case, case_id))
        journal.append(store, session, happening, at, case_id=case.id)
        settle_between(session, store.me, happening, at, case)
        touched(session, happening, case.id)


def together(store: Store, case_id: str, happenings: Sequence[Happening], at: datetime) -> None:
    """Keep several things that happened at once, all of them or none. Raises Refused."""
    with store.transaction():
        for happening in happenings:
            happen(store, case_id, happening, at)


def due_lines(session: Session, me: str, everyone: bool = False) -> list[DueLine]:
    """Open promises and follow-ups, soonest first and those without a time last: those of the
    agent at this desk and nobody's, or everyone's."""
    lines = [
        *lines_of(session, me, Promise, None if everyone else mine_or_nobodys(Promise, me)),
        *lines_of(session, me, FollowUp, None if everyone else mine_or_nobodys(FollowUp, me)),
    ]
    return sorted(lines, key=lambda line: (line.due_at, line.id))


def mine_or_nobodys(table: Any, me: str) -> Any:
    """The condition for lines of the agent's own and those whose owner has left, which are nobody's
    and thus anybody's."""
    return or_(table.owner_id == me, col(Agent.left_at).is_not(None))


def handed_on(session: Session, me: str) -> list[DueLine]:
    """Open promises that this agent gave and somebody else keeps (S102)."""
    theirs = (Promise.agent_id == me) & (Promise.owner_id != me)
    return lines_of(session, me, Promise, theirs)


def line_of(session: Session, me: str, line_id: str) -> DueLine | None:
    """One promise or follow-up, open or settled; None when there is none of that id."""
    found = [
        *lines_of(session, me, Promise, Promise.id == line_id, of_any_state=True),
        *lines_of(session, me, FollowUp, FollowUp.id == line_id, of_any_state=True),
    ]
    return found[0] if found else None


def lines_of(
    session: Session,
    me: str,
    table: type[Line],
    chosen: Any,
    of_any_state: bool = False,
    latest: bool = False,
) -> list[DueLine]:
    """Lines of one table, soonest first, or the latest settled first; the open ones of cases that
    are not live just now, unless those `of_any_state` are wanted."""
    order = [col(table.settled_at).desc()] if latest else [col(table.due_at)]
    query = (
        select(table, Case.ref, Customer, Agent)
        .join(Case, col(Case.id) == table.case_id)
        .join(Agent, col(Agent.id) == table.owner_id)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .order_by(*order, col(table.id))
        .limit(MOST)
    )
    if not of_any_state:
        query = query.where(table.state == PromiseState.OPEN, Case.status != Status.LIVE)
    if chosen is not None:
        query = query.where(chosen)
    rows: Sequence[Any] = session.exec(query).all()
    numbers = numbers_of(session, [row.case_id for row, *_ in rows])
    tries = _tries(session, [row.id for row, *_ in rows])
    public = may_go_public(session, [row.case_id for row, *_ in rows])
    names = dict(session.exec(select(Agent.id, Agent.name)).all())
    return [
        DueLine(
            id=row.id,
            case_id=row.case_id,
            ref=ref,
            customer=_called(customer, numbers.get(row.case_id, "")),
            what=row.what,
            due_at=row.due_at,
            follow_up=isinstance(row, FollowUp),
            kind=row.kind,
            owner=owner.name,
            owner_id=owner.id,
            owner_left=owner.left_at is not None,
            mine=row.owner_id == me,
            number=numbers.get(row.case_id, ""),
            zone=_zone(customer),
            missed_once=bool(getattr(row, "missed_once", False)),
            deferred_until=row.deferred_until,
            tries=tries.get(row.id, (0, ""))[0],
            last_try=tries.get(row.id, (0, ""))[1],
            may_go_public=row.case_id in public,
            state=row.state,
            settled_at=row.settled_at,
            reason=row.reason,
            **(_told(row, names) if isinstance(row, Promise) else {}),
        )
        for row, ref, customer, owner in rows
    ]


def _told(promise: Promise, names: dict[str, str]) -> dict[str, Any]:
    """What only a promise has: who told them, when, and what they were told first."""
    moved = promise.first_due_at not in (promise.due_at, NOWHEN)
    return {
        "giver": names.get(promise.agent_id, ""),
        "told_at": promise.told_at,
        "first_due_at": promise.first_due_at if moved else None,
        "feasible": promise.feasible,
        "asked": promise.asked,
    }


def numbers_of(session: Session, case_ids: Sequence[str]) -> dict[str, str]:
    """The number of each case's last call that had one."""
    rows = session.exec(
        select(Contact.case_id, Contact.number)
        .where(col(Contact.case_id).in_(case_ids), Contact.number != "")
        .order_by(col(Contact.answered_at))
    )
    return dict(rows.all())


def _tries(session: Session, line_ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """How often each was tried in vain, and what came of the last try."""
    rows = session.exec(
        select(Attempt.line_id, Attempt.result)
        .where(col(Attempt.line_id).in_(line_ids), Attempt.result != Reached.REACHED)
        .order_by(col(Attempt.at))
    )
    tries: dict[str, tuple[int, str]] = {}
    for line_id, result in rows:
        tries[line_id] = (tries.get(line_id, (0, ""))[0] + 1, result)
    return tries


def inbox(session: Session, me: str) -> list[HandedOver]:
    """Cases handed to this agent that they have not taken yet, the oldest first (S63)."""
    rows = session.exec(
        select(Handover, Case, Customer, Agent.name)
        .join(Case, col(Case.id) == Handover.case_id)
        .join(Agent, col(Agent.id) == Handover.from_id)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(Handover.to_id == me, col(Handover.taken_at).is_(None))
        .order_by(col(Handover.at))
    ).all()
    numbers = numbers_of(session, [case.id for _, case, *_ in rows])
    return [
        HandedOver(
            id=handover.id,
            case_id=case.id,
            ref=case.ref,
            customer=_called(customer, numbers.get(case.id, "")),
            of=of,
            brief=handover.brief,
            at=handover.at,
        )
        for handover, case, customer, of in rows
    ]


def handed(store: Store, case_id: str) -> HandedOver | None:
    """A case in the inbox of the agent at this desk; None when it is not there."""
    with store.reading() as session:
        return next((it for it in inbox(session, store.me) if it.case_id == case_id), None)


def _called(customer: Customer | None, number: str) -> str:
    return called(customer.name if customer else "", number)


def _zone(customer: Customer | None) -> str:
    return customer.zone if customer else ""
