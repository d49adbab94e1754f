"""Verbs that read: the Desk's board, the list of a day, a case whole. None of them changes a row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from calmdesk.errors import NoSuchCase
from calmdesk.guide.filters import Filter, Sort
from calmdesk.guide.outcome import CallState, Status
from calmdesk.guide.risk import Risk
from calmdesk.records.case_rows import PAGE, Board, CaseLine, CaseWhole
from calmdesk.records.case_whole import gather
from calmdesk.records.choosing import conditions, ordered
from calmdesk.records.derived import Glance
from calmdesk.records.follow_through import due_lines, handed_on, inbox
from calmdesk.records.line_rows import DueLine
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Case,
    Contact,
    Customer,
    Waiting,
)
from calmdesk.records.phone_calls import rang_in_vain
from calmdesk.records.rare import sought_out
from calmdesk.records.reviews import unread
from calmdesk.records.rung import IS_CALL
from calmdesk.records.stepping_back import stands_for
from calmdesk.records.store import Store, file_version
from calmdesk.words import called

_ON_BOARD = 50
_OTHERS = 12
"""Other cases of a customer that stand beside one of theirs."""


def board(store: Store, now: datetime, day_began: datetime, due_until: datetime) -> Board:
    """What is due before `due_until`, what is open, what waits to be finished, and today's counts,
    for this agent; what is nobody's is due at every desk. A promise without a time is always due."""
    with store.reading() as session:
        due = due_lines(session, store.me)
        near = [line for line in due if _is_near(line, due_until)]
        others = [line for line in handed_on(session, store.me) if line not in near]
        mine = select(Case).where(Case.joined_to == "", Case.agent_id == store.me)
        open_cases = session.exec(
            mine.where(col(Case.status).in_([Status.OPEN, Status.INVESTIGATING]))
            .order_by(col(Case.opened_at).desc())
            .limit(_ON_BOARD)
        ).all()
        today = (
            select(Contact.outcome, func.count())
            .where(Contact.agent_id == store.me, Contact.answered_at >= day_began)
            .where(IS_CALL)
            .group_by(Contact.outcome)
        )
        counts: dict[str, int] = dict(session.exec(today).all())
        rang, more = rang_in_vain(session, store.me, store.dialling)
        return Board(
            due=tuple(near),
            due_later=len(due) - len(near),
            inbox=tuple(inbox(session, store.me)),
            handed_on=tuple(others),
            open=tuple(case_lines(session, open_cases, now)),
            to_finish=tuple(_to_finish(session, store.me)),
            rang=rang,
            rang_more=more,
            reviews=tuple(unread(session, store.me)),
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
        .where(Contact.state == CallState.TO_FINISH, Contact.agent_id == me)
        .order_by(col(Contact.answered_at))
        .limit(_ON_BOARD)
    )
    return [(contact, ref, called(name, number)) for contact, ref, name, number in rows]


def count(store: Store, chosen: Filter) -> int:
    """How many cases a list has."""
    with store.reading() as session:
        counting = select(func.count()).select_from(Glance).where(*conditions(chosen))
        counting = counting.where(*sought_out(session, chosen))
        return int(session.exec(counting).one())


def page(
    store: Store, chosen: Filter, number: int, now: datetime, before: int | None = None
) -> list[CaseLine]:
    """Page `number` (from 0) of the cases, newest first. `before` is the place of the last row of
    the page before this one, when that is held; a jump finds its own by counting over the index."""
    with store.reading() as session:
        glances = select(Glance).where(*conditions(chosen), *sought_out(session, chosen))
        glances = glances.order_by(col(Glance.place).desc()).limit(PAGE)
        if before is not None:
            glances = glances.where(Glance.place < before)
        elif number:
            glances = glances.offset(number * PAGE)
        return lines_of(session, session.exec(glances).all(), now)


def order(store: Store, chosen: Filter, sort: Sort, now: datetime) -> list[int]:
    """The places of all cases of a list in an order other than that of time: for lists of a month
    at most."""
    with store.reading() as session:
        places = select(Glance.place).where(*conditions(chosen))
        found = session.connection().execute(ordered(places, sort, now)).cursor
        return [place for (place,) in found.fetchall()]  # as they come: there may be thousands


def above(store: Store, chosen: Filter, place: int) -> int | None:
    """How many cases of a list stand above one of it, newest first, by its place; None when it is
    not in the list."""
    with store.reading() as session:
        newer = select(func.count()).select_from(Glance).where(*conditions(chosen))
        here = select(Glance.place).where(*conditions(chosen), Glance.place == place)
        if session.exec(here).first() is None:
            return None
        return int(session.exec(newer.where(Glance.place > place)).one())


def at_places(store: Store, places: Sequence[int], now: datetime) -> list[CaseLine]:
    """The cases at some places, in the order given; one that has gone meanwhile is left out."""
    with store.reading() as session:
        found = session.exec(select(Glance).where(col(Glance.place).in_(places)))
        by_place = {glance.place: glance for glance in found}
        return lines_of(session, [by_place[p] for p in places if p in by_place], now)


def version(store: Store) -> int:
    """A number that changes whenever anybody has written to the file."""
    with store.reading() as session:
        return file_version(session)


def case_lines(session: Session, cases: Sequence[Case], now: datetime) -> list[CaseLine]:
    """The cases as lines of a list, in the order given."""
    found = session.exec(select(Glance).where(col(Glance.case_id).in_([c.id for c in cases])))
    by_case = {glance.case_id: glance for glance in found}
    return lines_of(session, [by_case[c.id] for c in cases if c.id in by_case], now)


def lines_of(session: Session, glances: Sequence[Glance], now: datetime) -> list[CaseLine]:
    """The glances as lines of a list, in the order given: a handful of queries, however many."""
    ids = [glance.case_id for glance in glances]
    refs = dict(session.exec(select(Case.id, Case.ref).where(col(Case.id).in_(ids))).all())
    people = {
        customer.id: customer
        for customer in session.exec(
            select(Customer).where(col(Customer.id).in_([g.customer_id for g in glances]))
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
    for_them = set(
        session.exec(
            select(Waiting.case_id).where(
                col(Waiting.case_id).in_(ids), col(Waiting.ended_at).is_(None)
            )
        )
    )

    def line(glance: Glance) -> CaseLine:
        customer = people.get(glance.customer_id)
        late = glance.promise_due_at <= now
        return CaseLine(
            id=glance.case_id,
            ref=refs[glance.case_id],
            opened_at=glance.opened_at,
            agent=agents.get(glance.agent_id, ""),
            customer=(customer.name if customer else "") or numbers.get(glance.case_id, ""),
            company=customer.company if customer else "",
            category=glance.category,
            status=glance.status,
            outcome=glance.outcome,
            heat_start=glance.heat_start,
            heat_end=glance.heat_end,
            next_at=None if glance.next_at == NOWHEN else glance.next_at,
            missed=late or glance.promises_missed > 0,
            promised_at=None if glance.promise_due_at == NOWHEN else glance.promise_due_at,
            waits=glance.case_id in for_them,
            place=glance.place,
            risk=Risk(glance.risk) | (Risk.MISSED if late else Risk(0)),
            repeat=glance.repeat,
            cost=glance.cost,
            reviewed=glance.reviewed,
        )

    return [line(glance) for glance in glances]


def whole(store: Store, wanted: str, now: datetime) -> CaseWhole:
    """A case with everything on it, by its id or reference in any case. Raises NoSuchCase."""
    with store.reading() as session:
        case = session.exec(
            select(Case).where(or_(Case.id == wanted, Case.ref == wanted.strip().upper()))
        ).first()
        if case is None:
            raise NoSuchCase(f"No case has the reference {wanted}; calmdesk cases lists them.")
        case = stands_for(session, case)
        (line,) = case_lines(session, [case], now)
        others, count = _others(session, case, now)
        found = gather(session, case, line, store.me, now)
        return replace(found, others=tuple(others), others_count=count)


def _others(session: Session, case: Case, now: datetime) -> tuple[list[CaseLine], int]:
    """The latest other cases of a case's customer, and how many there are."""
    if case.customer_id is None:
        return [], 0
    theirs = (Glance.customer_id == case.customer_id, Glance.case_id != case.id)
    latest = select(Glance).where(*theirs).order_by(col(Glance.place).desc()).limit(_OTHERS)
    count = session.exec(select(func.count()).select_from(Glance).where(*theirs)).one()
    return lines_of(session, session.exec(latest).all(), now), int(count)
