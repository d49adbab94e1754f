"""Verbs that read customers: one whole, and those whose name or number fits what is typed. Everyone
who was merged into another is looked up as that one."""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from sqlmodel import Session, SQLModel, col, func, select

from calmdesk.guide import folding, telephone
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Status
from calmdesk.guide.same_person import plain_name
from calmdesk.records import people
from calmdesk.records.customer_rows import CustomerWhole, Merged, Person
from calmdesk.records.derived import Glance
from calmdesk.records.follow_through import lines_of
from calmdesk.records.full_text import asking
from calmdesk.records.identity import standing
from calmdesk.records.line_rows import DueLine
from calmdesk.records.models import (
    Agent,
    Customer,
    CustomerMerge,
    CustomerName,
    CustomerNumber,
    Promise,
)
from calmdesk.records.store import Store
from calmdesk.words import digits, one_line

LATEST = 10
"""Cases in which is looked for what they were given."""
MOST = 20
"""Customers, and promises to one, that are listed."""
LEAST = 3
"""Digits of a number, and letters of a word, by which a customer is looked for."""
NEWEST = 200
"""Cases among which is looked for the callers of some words."""


def customer(store: Store, customer_id: str, now: datetime) -> CustomerWhole:
    """A customer with everything but their cases, of which there may be thousands. Raises
    Refused."""
    with store.reading() as session:
        row = standing(session, customer_id)
        theirs = col(Glance.customer_id) == row.id
        counted = select(func.coalesce(func.sum(Glance.promises_missed), 0))
        missed = session.exec(counted.where(theirs)).one()
        late = _count(session, theirs, Glance.promise_due_at <= now)
        newest = select(Glance.case_id).where(theirs).order_by(col(Glance.place).desc())
        (person,) = persons(session, [row.id])
        return CustomerWhole(
            person=person,
            value=row.value,
            zone=row.zone,
            had=people.had(session, list(session.exec(newest.limit(LATEST)))),
            open=_count(session, theirs, Glance.status != Status.CLOSED),
            missed=missed + late,
            promises=_promises(session, store.me, row.id),
            merged=tuple(_merged(session, row.id)),
        )


def _count(session: Session, *conditions: object) -> int:
    query = select(func.count()).select_from(Glance).where(*conditions)  # type: ignore[arg-type]
    return int(session.exec(query).one())


def _promises(session: Session, me: str, customer_id: str) -> tuple[DueLine, ...]:
    """Open promises to them, soonest first."""
    waiting = select(Glance.case_id).where(
        Glance.customer_id == customer_id, Glance.promises_open > 0
    )
    cases = list(session.exec(waiting.order_by(col(Glance.promise_due_at)).limit(MOST)))
    return tuple(lines_of(session, me, Promise, col(Promise.case_id).in_(cases))[:MOST])


def _merged(session: Session, customer_id: str) -> list[Merged]:
    """Who was merged into a customer, also by way of others, and is not parted; the latest first."""
    whose, found = [customer_id], []
    while whose:
        rows = session.exec(
            select(CustomerMerge, Customer, Agent.name)
            .join(Customer, col(Customer.id) == CustomerMerge.gone_id)
            .join(Agent, col(Agent.id) == CustomerMerge.agent_id)
            .where(col(CustomerMerge.kept_id).in_(whose), col(CustomerMerge.undone_at).is_(None))
        ).all()
        found += [
            Merged(it.id, gone.id, gone.name, gone.company, it.at, by, _cases(it.moved))
            for it, gone, by in rows
        ]
        whose = [gone.id for _, gone, _ in rows]
    return sorted(found, key=lambda it: (it.at, it.merge_id), reverse=True)


def _cases(moved: str) -> int:
    """How many cases a merge moved."""
    return len(json.loads(moved)["cases"])


def persons(session: Session, customer_ids: Sequence[str]) -> list[Person]:
    """Customers as lines of a list, in the order given: a handful of queries, however many."""
    rows = session.exec(select(Customer).where(col(Customer.id).in_(customer_ids)))
    by_id = {row.id: row for row in rows}
    others = _texts(session, CustomerName, CustomerName.name, customer_ids)
    numbers = _texts(session, CustomerNumber, CustomerNumber.number, customer_ids)
    counted = session.exec(
        select(Glance.customer_id, func.count(), func.max(Glance.opened_at))
        .where(col(Glance.customer_id).in_(customer_ids))
        .group_by(Glance.customer_id)
    )
    cases = {customer_id: (count, last) for customer_id, count, last in counted}

    def person(row: Customer) -> Person:
        count, last = cases.get(row.id, (0, None))
        names = {plain_name(name): name for name in others.get(row.id, ()) if name}
        names.pop(plain_name(row.name), None)
        return Person(
            id=row.id,
            name=row.name,
            company=row.company,
            names=tuple(names.values()),
            numbers=tuple({digits(it): it for it in numbers.get(row.id, ())}.values()),
            cases=count,
            last_at=last,
            since=row.since,
        )

    return [person(by_id[it]) for it in customer_ids if it in by_id]


def _texts(
    session: Session, table: type[SQLModel], column: str, customer_ids: Sequence[str]
) -> dict[str, list[str]]:
    """A column of the rows of some customers, by their ids."""
    found: dict[str, list[str]] = {}
    whose = col(table.customer_id)  # type: ignore[attr-defined]
    rows = select(whose, column).where(whose.in_(customer_ids))
    for customer_id, text in session.exec(rows.order_by(table.id)):  # type: ignore[attr-defined]
        found.setdefault(customer_id, []).append(text)
    return found


def named(store: Store, typed: str) -> list[Person]:
    """Customers one of whose numbers or names begins as typed; then those who have that number
    however it is spelt, and those who are found by these words of their names or companies, by their
    latest case."""
    words, number = one_line(typed), digits(typed)
    with store.reading() as session:
        found: list[str] = []
        if len(number) >= LEAST:
            begins = col(CustomerNumber.digits).between(number, number + ":")
            whose = select(CustomerNumber.customer_id).where(begins)
            found += session.exec(whose.order_by(CustomerNumber.digits).limit(4 * MOST))
        if any(sign.isalpha() for sign in words):
            found += [row.id for row in people.named(session, words, MOST)]
        if len(number) >= LEAST:
            found += _by_spelling(session, typed, store.dialling)
        if len(set(found)) < MOST:
            found += _by_words(session, folding.folded(typed).split())
        return persons(session, list(islice(dict.fromkeys(found), MOST)))


def _by_spelling(session: Session, run: str, dialling: Dialling) -> Sequence[str]:
    """Customers with a number that typed figures may be, however either of them is spelt."""
    numbers = asking.telephones(session.connection(), run, MOST)
    spelt = {it for number in numbers for it in telephone.written(number)}
    spelt.update(dialling.spellings(run))
    whose = select(CustomerNumber.customer_id).where(col(CustomerNumber.digits).in_(spelt))
    return session.exec(whose.order_by(CustomerNumber.digits).limit(4 * MOST)).all()


def _by_words(session: Session, words: Sequence[str]) -> list[str]:
    """Customers of the newest cases whose caller has all these words, each perhaps half typed."""
    if not words or len(max(words, key=len)) < LEAST:
        return []
    places = asking.places(session, asking.of_caller(words), Filter(), NEWEST)
    theirs = select(Glance.customer_id).where(col(Glance.place).in_(places))
    return [it for it in session.exec(theirs.order_by(col(Glance.place).desc())) if it]
