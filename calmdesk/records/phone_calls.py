"""Verbs of the telephone's calls: which contact one became, and those that became none."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from calmdesk.guide.dialling import Dialling
from calmdesk.guide.outcome import CallState, Outcome, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records import identity
from calmdesk.records.models import Case, Contact, PhoneCall, Promise
from calmdesk.records.phone_rows import OnTheLine, RangInVain
from calmdesk.records.store import Store

LISTED = 20
"""Calls in vain that the Desk lists, the latest of them."""


def taken(store: Store, line: OnTheLine, contact_id: str) -> None:
    """This call of the telephone is that contact, by now at least."""
    with store.transaction() as session:
        row = _row(store, session, line)
        row.contact_id = contact_id
        row.unclear = False


def became(store: Store, key: str, contact_id: str) -> None:
    """They were rung back, or the call was written down: it is that contact."""
    with store.transaction() as session:
        row = session.get(PhoneCall, key)
        if row is not None:
            row.contact_id = contact_id


def in_vain(store: Store, line: OnTheLine, rang: int, talked: int, unclear: bool) -> None:
    """It became no contact: keep it to be rung back. Said again, nothing changes but what is known
    better by now; one that was settled stays so."""
    with store.transaction() as session:
        row = _row(store, session, line)
        if row.contact_id is None:
            row.rang, row.talked, row.unclear = rang, talked, unclear


def _row(store: Store, session: Session, line: OnTheLine) -> PhoneCall:
    row = session.get(PhoneCall, line.key)
    if row is None:
        row = PhoneCall(
            key=line.key,
            agent_id=store.me,
            own_id=line.own_id,
            source=line.source,
            number=line.number,
            name=line.name,
            at=line.at,
        )
        session.add(row)
        session.flush()
    row.number, row.name = row.number or line.number, row.name or line.name
    return row


def settle(store: Store, key: str, at: datetime | None) -> None:
    """It is dealt with and leaves the list; None puts it back."""
    with store.transaction() as session:
        row = session.get(PhoneCall, key)
        if row is not None:
            row.settled_at = at


def live(store: Store) -> list[tuple[OnTheLine, str]]:
    """Calls of the telephone whose contacts of this agent are live, with the contact's id."""
    with store.reading() as session:
        rows = session.exec(
            select(PhoneCall)
            .join(Contact, col(Contact.id) == PhoneCall.contact_id)
            .where(Contact.agent_id == store.me, Contact.state == CallState.LIVE)
            .order_by(col(Contact.answered_at))
        )
        return [
            (OnTheLine(it.key, it.source, it.own_id, it.number, it.name, it.at), it.contact_id)
            for it in rows
            if it.contact_id is not None
        ]


def known(store: Store, keys: Sequence[str]) -> set[str]:
    """Those of these calls that are in the record already."""
    with store.reading() as session:
        return set(session.exec(select(PhoneCall.key).where(col(PhoneCall.key).in_(keys))))


def rang_in_vain(session: Session, me: str, dialling: Dialling) -> list[RangInVain]:
    """Calls that wait to be rung back, the latest first; so does one whose ringing back never was.
    With whom was spoken since need not be rung."""
    later = aliased(Contact)
    spoken = select(later.id).where(
        later.agent_id == me,
        later.answered_at > PhoneCall.at,
        later.number == PhoneCall.number,
        later.number != "",
        later.state != CallState.NOT_RUNG,
        col(later.outcome) != Outcome.NOT_REACHED,
    )
    rows = session.exec(
        select(PhoneCall)
        .outerjoin(Contact, col(Contact.id) == PhoneCall.contact_id)
        .where(PhoneCall.agent_id == me, col(PhoneCall.settled_at).is_(None))
        .where(or_(col(PhoneCall.contact_id).is_(None), Contact.state == CallState.NOT_RUNG))
        .where(~spoken.correlate(PhoneCall).exists())
        .order_by(col(PhoneCall.at).desc())
        .limit(LISTED)
    )
    return [_listed(session, row, dialling) for row in rows]


def _listed(session: Session, row: PhoneCall, dialling: Dialling) -> RangInVain:
    customer = identity.by_number(session, dialling.spellings(row.number))
    name = customer.name if customer is not None and customer.name else row.name
    case_id = _open_case(session, customer.id) if customer is not None else ""
    return RangInVain(
        row.key,
        row.number,
        name,
        row.at,
        row.rang,
        row.talked,
        row.unclear,
        case_id,
        _first_due(session, case_id) if case_id else "",
    )


def _open_case(session: Session, customer_id: str) -> str:
    """Their latest open case; '' when they have none."""
    mine = select(Case.id).where(Case.customer_id == customer_id, Case.joined_to == "")
    open_ones = mine.where(col(Case.closed_at).is_(None), Case.status != Status.LIVE)
    return session.exec(open_ones.order_by(col(Case.opened_at).desc())).first() or ""


def _first_due(session: Session, case_id: str) -> str:
    """The promise of a case that is due first; '' when none is open."""
    promises = select(Promise.id).where(
        Promise.case_id == case_id, Promise.state == PromiseState.OPEN
    )
    return session.exec(promises.order_by(col(Promise.due_at))).first() or ""
