"""Verbs that mend what is known of a customer beside their cases. Each returns the change, which
`put_back` takes back; what was, stays in the journal of their latest case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from calmdesk.errors import Refused
from calmdesk.guide.afterwards import CustomerMended
from calmdesk.guide.same_person import plain_name
from calmdesk.records import journal
from calmdesk.records.customer_rows import Known, Mended
from calmdesk.records.derived import Glance
from calmdesk.records.identity import root, standing
from calmdesk.records.models import Customer, CustomerName, CustomerNumber
from calmdesk.records.outdated import words_of_customers
from calmdesk.records.store import Store
from calmdesk.words import digits, one_line

_FIELDS = {
    "name": "name",
    "company": "company",
    "since": "year since when",
    "value": "account value",
    "zone": "time zone",
}
"""Column, and what the journal calls it."""
_MERGED = "They are one person with another customer now; part them first, or mend that one."
Rows = tuple[tuple[str, str], ...]
"""Names or numbers, each behind the id of its row."""


def known(store: Store, customer_id: str) -> Known:
    """What is known of a customer. Raises Refused."""
    with store.reading() as session:
        return _known(session, standing(session, customer_id))


def rename(store: Store, customer_id: str, name: str, at: datetime) -> Mended:
    """They are called by another name; the one before stays another name of theirs. Raises
    Refused."""
    new = _needed(name, "A customer needs a name; escape leaves it as it was.")

    def change(it: Known) -> Known:
        was = ((store.new_id(at), it.name),) if it.name and it.name != new else ()
        return replace(it, name=new, names=(*it.names, *was))

    return _mend(store, customer_id, at, change)


def add_name(store: Store, customer_id: str, name: str, at: datetime) -> Mended:
    """They are known by another name as well. Raises Refused."""
    new = _needed(name, "Which other name?")
    return _mend(
        store, customer_id, at, lambda it: replace(it, names=(*it.names, (store.new_id(at), new)))
    )


def drop_name(store: Store, customer_id: str, name: str, at: datetime) -> Mended:
    """Another name is not theirs. Raises Refused."""
    gone = plain_name(name)

    def change(it: Known) -> Known:
        return replace(it, names=tuple(row for row in it.names if plain_name(row[1]) != gone))

    return _mend(store, customer_id, at, change)


def add_number(store: Store, customer_id: str, number: str, at: datetime) -> Mended:
    """They have another number. Raises Refused."""
    new = one_line(number)
    if not digits(new):
        raise Refused("A number has digits, such as +1 415 555 0134.")

    def change(it: Known) -> Known:
        if not {*store.dialling.spellings(new)}.isdisjoint(digits(text) for _, text in it.numbers):
            raise Refused("That number is theirs already.")
        return replace(it, numbers=(*it.numbers, (store.new_id(at), new)))

    return _mend(store, customer_id, at, change)


def drop_number(store: Store, customer_id: str, number: str, at: datetime) -> Mended:
    """A number is not theirs any more. Raises Refused."""
    gone = digits(number)

    def change(it: Known) -> Known:
        return replace(it, numbers=tuple(row for row in it.numbers if digits(row[1]) != gone))

    return _mend(store, customer_id, at, change)


def mend(
    store: Store, customer_id: str, company: str, since: int, value: int, zone: str, at: datetime
) -> Mended:
    """Company, year since when, account value in minor units, time zone as they are; '' and 0 are
    not known. Raises Refused."""
    return _mend(
        store,
        customer_id,
        at,
        lambda it: replace(it, company=one_line(company), since=since, value=value, zone=zone),
    )


def put_back(store: Store, changes: Sequence[Mended], at: datetime) -> None:
    """Changes are taken back, the last one first: what each put, and nothing else. Where another
    word came after it, that one stands. Raises Refused for a customer who turned out to be another
    one meanwhile."""
    with store.transaction() as session:
        for made in reversed(changes):
            if root(session, made.customer_id) != made.customer_id:
                raise Refused(_MERGED)
            _mend(store, made.customer_id, at, partial(_without, made))


def _without(made: Mended, it: Known) -> Known:
    """What is known but for a change; with a name that came after it, the one before stays as well."""
    before, after = made.before, made.after
    if before.name != after.name != it.name:
        return it
    fields = {
        name: getattr(before, name) for name in _FIELDS if getattr(it, name) == getattr(after, name)
    }
    return replace(
        it,
        **fields,
        names=_rows_without(before.names, after.names, it.names, plain_name),
        numbers=_rows_without(before.numbers, after.numbers, it.numbers, digits),
    )


def _rows_without(before: Rows, after: Rows, now: Rows, key: Callable[[str], str]) -> Rows:
    """The names or numbers of now without those that a change added, and with those that it struck
    out, where they are not theirs again."""
    stay = tuple(row for row in now if row in before or row not in after)
    theirs = {key(text) for _, text in stay}
    again = [row for row in before if row not in after and key(row[1]) not in theirs]
    return (*stay, *again)


def _needed(typed: str, sentence: str) -> str:
    text = one_line(typed)
    if not text:
        raise Refused(sentence)
    return text


def _mend(store: Store, customer_id: str, at: datetime, change: Callable[[Known], Known]) -> Mended:
    with store.transaction() as session:
        row = standing(session, customer_id)
        before = _known(session, row)
        after = change(before)
        if after == before:
            return Mended(row.id, before, after)
        for name in _FIELDS:
            setattr(row, name, getattr(after, name))
        row.updated_at = at
        for row_id, _ in set(before.names) - set(after.names):
            session.delete(session.get_one(CustomerName, row_id))
        for row_id, _ in set(before.numbers) - set(after.numbers):
            session.delete(session.get_one(CustomerNumber, row_id))
        for row_id, name in set(after.names) - set(before.names):
            session.add(CustomerName(id=row_id, customer_id=row.id, name=name))
        for row_id, number in set(after.numbers) - set(before.numbers):
            session.add(
                CustomerNumber(id=row_id, customer_id=row.id, number=number, digits=digits(number))
            )
        session.flush()
        _tell(store, session, row.id, before, after, at)
        words_of_customers(session, [row.id])
        return Mended(row.id, before, after)


def _known(session: Session, row: Customer) -> Known:
    names = select(CustomerName.id, CustomerName.name)
    numbers = select(CustomerNumber.id, CustomerNumber.number)
    return Known(
        name=row.name,
        company=row.company,
        since=row.since,
        value=row.value,
        zone=row.zone,
        names=tuple(
            session.exec(
                names.where(CustomerName.customer_id == row.id).order_by(col(CustomerName.id))
            )
        ),
        numbers=tuple(
            session.exec(
                numbers.where(CustomerNumber.customer_id == row.id).order_by(col(CustomerNumber.id))
            )
        ),
    )


def _tell(
    store: Store, session: Session, customer_id: str, before: Known, after: Known, at: datetime
) -> None:
    """Write what was put another way into the journal of their latest case."""
    told = [
        CustomerMended(customer_id, words, str(was or ""), str(now or ""))
        for name, words in _FIELDS.items()
        if (was := getattr(before, name)) != (now := getattr(after, name))
    ]
    for words, old, new in (
        ("another name", before.names, after.names),
        ("number", before.numbers, after.numbers),
    ):
        told += [
            CustomerMended(customer_id, words, text, "") for _, text in sorted({*old} - {*new})
        ]
        told += [
            CustomerMended(customer_id, words, "", text) for _, text in sorted({*new} - {*old})
        ]
    newest = select(Glance.case_id).where(Glance.customer_id == customer_id)
    case_id = session.exec(newest.order_by(col(Glance.place).desc()).limit(1)).first()
    for happening in told:
        journal.append(store, session, happening, at, case_id=case_id)
