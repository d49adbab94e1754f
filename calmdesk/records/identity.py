"""Who a customer is: found by a number or by any of their names, wherever two turned out to be one.

Whoever was merged into somebody owns no case, number or name any more; all of it is the other's.
"""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from calmdesk.errors import Refused
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.folding import LAST
from calmdesk.guide.happenings import CallerNamed
from calmdesk.records.ids import new_id
from calmdesk.records.models import Case, Contact, Customer, CustomerName, CustomerNumber
from calmdesk.records.outdated import words_of_customers
from calmdesk.words import digits

GONE = "That customer is not here any more."
STANDS = col(Customer.merged_into) == ""
"""The condition for customers who were not merged into another one."""


def root(session: Session, customer_id: str) -> str:
    """The customer whom this one turned out to be; the same when they stand alone. Read from the
    file each time: another calmdesk may have merged them."""
    seen = {customer_id}
    while True:
        into = select(Customer.merged_into).where(Customer.id == customer_id)
        found = session.exec(into).first()
        if not found or found in seen:
            return customer_id
        customer_id = found
        seen.add(found)


def standing(session: Session, customer_id: str) -> Customer:
    """A customer as the file has them now, under whom they turned out to be. Raises Refused."""
    customer = session.get(Customer, root(session, customer_id), populate_existing=True)
    if customer is None:
        raise Refused(GONE)
    return customer


def bind_caller(
    session: Session,
    caller: CallerNamed,
    dialling: Dialling,
    at: datetime,
    known_as: str | None,
    case_id: str,
) -> str | None:
    """The customer of a caller. None while nothing is known.

    A number may be shared and a name mistyped, so a name never overwrites that of a customer who
    has other cases: the case is then bound to the one of that name, or to a new one. Another name
    of a customer is theirs, and changes nothing.
    """
    spelt = dialling.spellings(caller.number)
    if not caller.name and not spelt:
        return known_as
    if not caller.name and not known_as and len(all_by_number(session, spelt)) > 1:
        return None  # it may be any of them
    known = standing(session, known_as) if known_as else by_number(session, spelt)
    if known is not None and not _is(session, known, caller.name, case_id):
        known = None
    customer = known or _by_name(session, caller.name, spelt)
    if customer is None:
        customer = Customer(id=new_id(at), updated_at=at)
        session.add(customer)
        session.flush()
    was = as_caller(customer, "")
    if caller.name.casefold() not in names(session, customer):
        customer.name = caller.name or customer.name
    customer.company = caller.company or customer.company
    new_number = bool(spelt) and _numbers(session, customer.id).isdisjoint(spelt)
    customer.since = caller.since or customer.since
    customer.value = caller.value or customer.value
    customer.zone = caller.zone or customer.zone
    if as_caller(customer, "") != was:  # a call alone makes nobody's row the newer one of two
        customer.updated_at = at
    if new_number:
        kept = dialling.kept(caller.number)
        session.add(
            CustomerNumber(id=new_id(at), customer_id=customer.id, number=kept, digits=digits(kept))
        )
    if new_number or (was.name, was.company) != (customer.name, customer.company):
        words_of_customers(session, [customer.id])
    return customer.id


def of_customer(session: Session, case: Case) -> CallerNamed:
    """Whom to ring about a case: its customer, under the number of the last call that had one."""
    customer = standing(session, case.customer_id) if case.customer_id else None
    number = session.exec(
        select(Contact.number)
        .where(Contact.case_id == case.id, Contact.number != "")
        .order_by(col(Contact.answered_at).desc())
        .limit(1)
    ).first()
    if customer is None:
        return CallerNamed(number=number or "")
    if not number:
        number = session.exec(
            select(CustomerNumber.number).where(CustomerNumber.customer_id == customer.id).limit(1)
        ).first()
    return as_caller(customer, number or "")


def as_caller(customer: Customer, number: str) -> CallerNamed:
    """A customer as somebody who calls."""
    return CallerNamed(
        customer.name, customer.company, number, customer.since, customer.value, customer.zone
    )


def _is(session: Session, customer: Customer, name: str, case_id: str) -> bool:
    """Whether a caller of this name can be this customer: one of their names, or none given on
    either side, or a customer whom only this very case knows, and whose name is thus being
    mended."""
    if not name or not customer.name or name.casefold() in names(session, customer):
        return True
    others = session.exec(
        select(Case.id).where(Case.customer_id == customer.id, Case.id != case_id).limit(1)
    )
    return others.first() is None


def names(session: Session, customer: Customer) -> set[str]:
    """All names of a customer, without their capitals."""
    others = select(CustomerName.name).where(CustomerName.customer_id == customer.id)
    return {name.casefold() for name in (customer.name, *session.exec(others))}


def by_number(session: Session, spelt: tuple[str, ...]) -> Customer | None:
    """The customer whose number this is in any spelling: only when it is one customer's alone."""
    found = all_by_number(session, spelt)
    return found[0] if len(found) == 1 else None


def all_by_number(session: Session, spelt: tuple[str, ...]) -> list[Customer]:
    """Everybody whose number this is in any spelling; nobody's where it is withheld."""
    if not spelt:
        return []
    theirs = select(CustomerNumber.customer_id).where(col(CustomerNumber.digits).in_(spelt))
    return list(session.exec(select(Customer).where(col(Customer.id).in_(theirs), STANDS)))


def _by_name(session: Session, name: str, spelt: tuple[str, ...]) -> Customer | None:
    """The one customer of this name who has this number, too; or else who has none yet."""
    if not name:
        return None
    named, wanted = without_case(Customer.name, name)
    other, _ = without_case(CustomerName.name, name)
    aliases = select(CustomerName.customer_id).where(other == wanted)
    found = [
        *session.exec(select(Customer).where(named == wanted, STANDS)),
        *session.exec(select(Customer).where(col(Customer.id).in_(aliases), STANDS)),
    ]
    by_id = {it.id: it for it in found}
    theirs = {it: _numbers(session, it) for it in by_id if spelt}
    with_it = [it for it in theirs if not theirs[it].isdisjoint(spelt)]
    alike = with_it or [it for it in by_id if not theirs.get(it)]
    return by_id[alike[0]] if len(alike) == 1 else None


def without_case(column: str, name: str) -> tuple[ColumnElement[str], str]:
    """A column of names, and a typed one, each without its case. SQLite's own `lower` is the
    quicker one and knows ASCII alone: an Özge would never be met again."""
    if name.isascii():
        return func.lower(column), name.lower()
    return func.casefold(column), name.casefold()


def begins(column: str, beginning: str) -> ColumnElement[bool]:
    """The condition for names that begin as typed; plain letters are looked up in an index."""
    names, wanted = without_case(column, beginning)
    return (names >= wanted) & (names < wanted + LAST)


def _numbers(session: Session, customer_id: str) -> set[str]:
    return set(
        session.exec(select(CustomerNumber.digits).where(CustomerNumber.customer_id == customer_id))
    )
