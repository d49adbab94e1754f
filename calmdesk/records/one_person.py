"""Verbs of two customers who turn out to be one person, and of one who turns out to be two.

A merge moves every case, number and name to the one who is kept; the other's name becomes another
name of theirs, and what was not known of them is taken over. It keeps what it moved. Parting takes
exactly that back: what came after the merge stays with the one who was kept, since nobody can tell
whose it was; what was struck out meanwhile stays struck out. All of it is in the journal of the
cases that went over.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, select

from calmdesk.errors import Refused
from calmdesk.guide.afterwards import CustomerMerged, CustomerParted
from calmdesk.records import glances, journal
from calmdesk.records.identity import standing
from calmdesk.records.models import (
    Case,
    Customer,
    CustomerMerge,
    CustomerName,
    CustomerNumber,
)
from calmdesk.records.outdated import words_of_customers
from calmdesk.records.store import Store
from calmdesk.words import called

AT_ONCE = 500
"""Ids in one statement."""
_FIELDS = ("name", "company", "since", "value", "zone")


@dataclass(frozen=True)
class Moved:
    """What a merge moved."""

    cases: Sequence[str] = ()
    numbers: Sequence[str] = ()
    names: Sequence[str] = ()
    """Ids of rows."""
    called: str = ""
    """Id of the row that the other's own name became; '' where they had none."""
    filled: dict[str, str | int] = field(default_factory=dict)
    """What was not known of the one who was kept, and is now."""


def merge(store: Store, kept_id: str, gone_id: str, at: datetime) -> str:
    """Two customers are one person: everything of `gone_id` is `kept_id`'s now. Returns the merge's
    id, by which they can be parted. Raises Refused when they are one already, or one is not here."""
    with store.transaction() as session:
        kept, gone = _both(session, kept_id, gone_id)
        merge_id = store.new_id(at)
        moved = Moved(
            cases=_ids(session, Case, gone.id),
            numbers=_ids(session, CustomerNumber, gone.id),
            names=_ids(session, CustomerName, gone.id),
            called=_name_after(session, store.new_id(at), kept, gone),
            filled=_fill(kept, gone),
        )
        for table, ids in _rows(moved):
            _give(session, table, ids, gone.id, kept.id)
        gone.merged_into = kept.id
        kept.updated_at = gone.updated_at = at
        session.add(
            CustomerMerge(
                id=merge_id,
                kept_id=kept.id,
                gone_id=gone.id,
                agent_id=store.me,
                at=at,
                moved=json.dumps(asdict(moved)),
            )
        )
        names = _called(session, gone), _called(session, kept)
        merged = CustomerMerged(merge_id, gone.id, names[0], kept.id, names[1])
        _tell(store, session, merged, moved.cases, at)
        _see(session, kept.id, gone.id)
    return merge_id


def unmerge(store: Store, merge_id: str, at: datetime) -> str:
    """They are two people after all: what the merge moved goes back, as far as it is still where it
    went. Returns the id of the customer who is there again. Raises Refused when they were parted
    already."""
    with store.transaction() as session:
        merged = session.get(CustomerMerge, merge_id, populate_existing=True)
        if merged is None or merged.undone_at is not None:
            raise Refused("They were parted already.")
        kept = standing(session, merged.kept_id)
        gone = session.get_one(Customer, merged.gone_id, populate_existing=True)
        moved = Moved(**json.loads(merged.moved))
        back = _held(session, Case, moved.cases, kept.id)
        for table, ids in _rows(moved):
            _give(session, table, ids, kept.id, gone.id)
        own = session.get(CustomerName, moved.called) if moved.called else None
        if own is not None:
            session.delete(own)
        _unfill(session, merged.kept_id, moved.filled)
        gone.merged_into = ""
        kept.updated_at = gone.updated_at = merged.undone_at = at
        names = _called(session, gone), _called(session, kept)
        parted = CustomerParted(merge_id, gone.id, names[0], kept.id, names[1])
        _tell(store, session, parted, back, at)
        _see(session, kept.id, gone.id)
    return gone.id


def _both(session: Session, kept_id: str, gone_id: str) -> tuple[Customer, Customer]:
    kept, gone = (standing(session, it) for it in (kept_id, gone_id))
    if kept.id == gone.id:
        raise Refused("They are one person already.")
    return kept, gone


def _ids(session: Session, table: type[SQLModel], customer_id: str) -> list[str]:
    """Ids of a customer's rows."""
    theirs = select(table.id).where(table.customer_id == customer_id)  # type: ignore[attr-defined]
    return list(session.exec(theirs.order_by(table.id)))  # type: ignore[attr-defined]


def _rows(moved: Moved) -> tuple[tuple[type[SQLModel], Sequence[str]], ...]:
    return ((Case, moved.cases), (CustomerNumber, moved.numbers), (CustomerName, moved.names))


def _give(session: Session, table: type[SQLModel], ids: Sequence[str], whose: str, to: str) -> None:
    """Give rows from one customer to another; those that are somebody else's by now stay theirs.
    What a live call holds of its case is told as well."""
    for first in range(0, len(ids), AT_ONCE):
        some = col(table.id).in_(ids[first : first + AT_ONCE])  # type: ignore[attr-defined]
        held = some & (col(table.customer_id) == whose)  # type: ignore[attr-defined]
        session.exec(update(table).where(held).values(customer_id=to))


def _held(session: Session, table: type[Case], ids: Sequence[str], customer_id: str) -> list[str]:
    """Those of the rows that are a customer's."""
    found: list[str] = []
    for first in range(0, len(ids), AT_ONCE):
        some = col(table.id).in_(ids[first : first + AT_ONCE])
        found += session.exec(select(table.id).where(some, table.customer_id == customer_id))
    return sorted(found)


def _name_after(session: Session, name_id: str, kept: Customer, gone: Customer) -> str:
    """The name of who goes becomes another name of who is kept. Returns its row's id, or ''."""
    if not gone.name:
        return ""
    session.add(CustomerName(id=name_id, customer_id=kept.id, name=gone.name))
    return name_id


def _fill(kept: Customer, gone: Customer) -> dict[str, str | int]:
    """What is not known of the one who is kept is taken over. Returns what that was."""
    filled = {
        name: getattr(gone, name)
        for name in _FIELDS
        if getattr(gone, name) and not getattr(kept, name)
    }
    for name, value in filled.items():
        setattr(kept, name, value)
    return filled


def _unfill(session: Session, customer_id: str, filled: dict[str, str | int]) -> None:
    """What was taken over is not known again; nor by whom it was handed on to."""
    whose: str | None = customer_id
    while whose is not None and filled:
        customer = session.get_one(Customer, whose, populate_existing=True)
        for name, value in filled.items():
            if getattr(customer, name) == value:
                setattr(customer, name, type(value)())
        further = session.exec(
            select(CustomerMerge).where(
                CustomerMerge.gone_id == whose, col(CustomerMerge.undone_at).is_(None)
            )
        ).first()
        if further is None:
            return
        handed_on = Moved(**json.loads(further.moved))
        own = session.get(CustomerName, handed_on.called) if not customer.name else None
        if own is not None:
            session.delete(own)
        filled = {name: it for name, it in filled.items() if handed_on.filled.get(name) == it}
        whose = further.kept_id


def _called(session: Session, customer: Customer) -> str:
    """What a customer goes by."""
    number = select(CustomerNumber.number).where(CustomerNumber.customer_id == customer.id)
    return called(customer.name, session.exec(number.limit(1)).first())


def _tell(
    store: Store,
    session: Session,
    happening: CustomerMerged | CustomerParted,
    case_ids: Sequence[str],
    at: datetime,
) -> None:
    """Write it into the journals of the cases that went over, but for those that are part of
    another one."""
    for first in range(0, len(case_ids), AT_ONCE):
        some = col(Case.id).in_(case_ids[first : first + AT_ONCE])
        for case_id in session.exec(select(Case.id).where(some, Case.joined_to == "")).all():
            journal.append(store, session, happening, at, case_id=case_id)


def _see(session: Session, *customer_ids: str) -> None:
    """Lists and the search learn whose the cases are."""
    glances.look_at_theirs(session, customer_ids)
    words_of_customers(session, customer_ids)
