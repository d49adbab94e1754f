"""Cases from which colleagues may learn, with every name removed before they leave the record
(S84)."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from calmdesk.guide.happenings import PhraseSaid, restore
from calmdesk.guide.nameless import Nameless, Names
from calmdesk.guide.notes import Sign
from calmdesk.records.models import (
    Agent,
    Case,
    Contact,
    Customer,
    CustomerNumber,
    Event,
    Note,
    Offer,
)
from calmdesk.records.rows import Example
from calmdesk.records.store import Store

MOST = 200
"""Examples of one list."""


def examples(store: Store) -> tuple[Example, ...]:
    """The cases that are marked as examples, the latest first."""
    with store.reading() as session:
        cases = session.exec(
            select(Case)
            .where(col(Case.example).is_(True), Case.joined_to == "")
            .order_by(col(Case.opened_at).desc(), col(Case.id).desc())
            .limit(MOST)
        ).all()
        agents = tuple(session.exec(select(Agent.name)).all())
        return tuple(_example(session, case, agents) for case in cases)


def _example(session: Session, case: Case, agents: Sequence[str]) -> Example:
    read = Nameless(_names(session, case, agents)).read
    notes = session.exec(
        select(Note.sign, Note.text)
        .where(Note.case_id == case.id, Note.sign != Sign.CALLER)
        .order_by(col(Note.at), col(Note.id))
    )
    offers = session.exec(
        select(Offer.text, Offer.amount, Offer.verdict)
        .where(Offer.case_id == case.id)
        .order_by(col(Offer.at), col(Offer.id))
    )
    return Example(
        id=case.id,
        category=read(case.category),
        cause=read(case.cause),
        outcome=case.outcome,
        heat_start=case.heat_start,
        heat_end=case.heat_end,
        ask=read(case.ask),
        stake=read(case.stake),
        notes=tuple((sign, read(text)) for sign, text in notes),
        said=tuple(read(line) for line in _said(session, case.id)),
        offers=tuple((read(text), amount, verdict) for text, amount, verdict in offers),
        read_back=read(case.read_back),
        summary=read(case.summary),
    )


def _names(session: Session, case: Case, agents: Sequence[str]) -> Names:
    customer = session.get(Customer, case.customer_id) if case.customer_id else None
    contacts = session.exec(select(Contact.number).where(Contact.case_id == case.id))
    numbers = session.exec(
        select(CustomerNumber.number).where(CustomerNumber.customer_id == case.customer_id)
    )
    return Names(
        customers=(customer.name,) if customer else (),
        companies=(customer.company,) if customer else (),
        colleagues=tuple(agents),
        numbers=(*contacts, *numbers),
    )


def _said(session: Session, case_id: str) -> list[str]:
    entries = session.exec(
        select(Event.kind, Event.payload)
        .where(Event.case_id == case_id, Event.kind == PhraseSaid.kind())
        .order_by(col(Event.at), col(Event.seq))
    )
    told = (restore(kind, payload) for kind, payload in entries)
    return [it.line for it in told if isinstance(it, PhraseSaid)]
