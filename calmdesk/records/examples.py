"""Cases from which colleagues may learn, with every name removed before they leave the record
(S84)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, select

from calmdesk.guide.happenings import PhraseSaid, restore
from calmdesk.guide.nameless import Nameless, Names
from calmdesk.guide.notes import Sign
from calmdesk.records.learn_rows import Example
from calmdesk.records.models import (
    Agent,
    Case,
    Contact,
    Customer,
    CustomerName,
    CustomerNumber,
    Event,
    Note,
    Offer,
)
from calmdesk.records.store import Store

MOST = 200
"""Examples of one list."""


def examples(store: Store) -> tuple[Example, ...]:
    """The cases that are marked as examples, the latest first: a handful of queries, however many
    they are."""
    with store.reading() as session:
        cases = session.exec(
            select(Case)
            .where(col(Case.example).is_(True), Case.joined_to == "")
            .order_by(col(Case.opened_at).desc(), col(Case.id).desc())
            .limit(MOST)
        ).all()
        rows = _Rows(session, cases)
        return tuple(_example(case, rows) for case in cases)


class _Rows:
    """What belongs to some cases, by the id of the case or of its customer."""

    def __init__(self, session: Session, cases: Sequence[Case]) -> None:
        ids = [case.id for case in cases]
        people = [case.customer_id for case in cases if case.customer_id]
        self.colleagues = tuple(session.exec(select(Agent.name)).all())
        customers = select(Customer).where(col(Customer.id).in_(people))
        self.customers = {customer.id: customer for customer in session.exec(customers)}
        self.numbers = _by_id(
            session.exec(
                select(CustomerNumber.customer_id, CustomerNumber.number).where(
                    col(CustomerNumber.customer_id).in_(people)
                )
            )
        )
        self.other_names = _by_id(
            session.exec(
                select(CustomerName.customer_id, CustomerName.name).where(
                    col(CustomerName.customer_id).in_(people)
                )
            )
        )
        self.called_from = _by_id(
            session.exec(
                select(Contact.case_id, Contact.number).where(col(Contact.case_id).in_(ids))
            )
        )
        self.notes = _by_id(
            session.exec(
                select(Note.case_id, Note.sign, Note.text)
                .where(col(Note.case_id).in_(ids), Note.sign != Sign.CALLER)
                .order_by(col(Note.at), col(Note.id))
            )
        )
        self.offers = _by_id(
            session.exec(
                select(Offer.case_id, Offer.text, Offer.amount, Offer.verdict)
                .where(col(Offer.case_id).in_(ids))
                .order_by(col(Offer.at), col(Offer.id))
            )
        )
        self.phrases = _by_id(
            session.exec(
                select(Contact.case_id, Event.kind, Event.payload)
                .join(Contact, col(Contact.id) == Event.contact_id)
                .where(col(Contact.case_id).in_(ids), Event.kind == PhraseSaid.kind())
                .order_by(col(Event.at), col(Event.seq))
            )
        )

    def names(self, case: Case) -> Names:
        """What is to go from a case."""
        customer = self.customers.get(case.customer_id or "")
        numbers = (*self.called_from[case.id], *self.numbers[case.customer_id or ""])
        others = (name for (name,) in self.other_names[case.customer_id or ""])
        return Names(
            customers=(customer.name, *others) if customer else (),
            companies=(customer.company,) if customer else (),
            colleagues=self.colleagues,
            numbers=tuple(number for (number,) in numbers),
        )

    def said(self, case: Case) -> list[str]:
        """Lines that were said aloud, in their order."""
        told = (restore(kind, payload) for kind, payload in self.phrases[case.id])
        return [it.line for it in told if isinstance(it, PhraseSaid)]


def _by_id(rows: Iterable[Any]) -> defaultdict[str, list[tuple[Any, ...]]]:
    """The rows by the id that each begins with, in their order; none for an id of which there is
    none."""
    found = defaultdict(list)
    for row_id, *fields in rows:
        found[row_id].append(tuple(fields))
    return found


def _example(case: Case, rows: _Rows) -> Example:
    read = Nameless(rows.names(case)).read
    offers = rows.offers[case.id]
    return Example(
        id=case.id,
        category=read(case.category),
        cause=read(case.cause),
        outcome=case.outcome,
        heat_start=case.heat_start,
        heat_end=case.heat_end,
        ask=read(case.ask),
        stake=read(case.stake),
        notes=tuple((sign, read(text)) for sign, text in rows.notes[case.id]),
        said=tuple(read(line) for line in rows.said(case)),
        offers=tuple((read(text), amount, verdict) for text, amount, verdict in offers),
        read_back=read(case.read_back),
        summary=read(case.summary),
    )
