"""Verbs of the telephone's calls: which contact one became, and those that became none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from calmdesk.guide.dialling import Dialling
from calmdesk.guide.outcome import CallState, Outcome, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records import identity
from calmdesk.records.models import Case, Contact, PhoneCall, Promise
from calmdesk.records.phone_rows import OnTheLine, RangInVain
from calmdesk.records.store import Store

LISTED = 8
"""Lines of those who rang in vain on the Desk, the latest of them."""
_ONE_CALL = timedelta(minutes=1)
"""Within this of its beginning, what comes under a call's key is of that call."""
_READ = 500
"""Calls in vain that are looked through for them."""


def taken(store: Store, line: OnTheLine, contact_id: str) -> None:
    """This call of the telephone is that contact, by now at least."""
    with store.transaction() as session:
        row = _row(store, session, line)
        row.contact_id = contact_id
        row.unclear = False


def became(store: Store, keys: Sequence[str], contact_id: str) -> None:
    """They were rung back, or the call was written down: it is that contact."""
    with store.transaction() as session:
        for row in session.exec(_of(keys)):
            row.contact_id = contact_id


def in_vain(store: Store, line: OnTheLine, rang: int, talked: int, unclear: bool) -> None:
    """It became no contact: keep it to be rung back. Said again, nothing changes but what is known
    better by now; one that was settled stays so."""
    with store.transaction() as session:
        row = _row(store, session, line)
        if row.contact_id is None:
            row.rang, row.talked, row.unclear = rang, talked, unclear


def _row(store: Store, session: Session, line: OnTheLine) -> PhoneCall:
    """The row of a call. A telephone that was started again may give an id that it gave before:
    another call has a row of its own, by its instant."""
    key, row = line.key, session.get(PhoneCall, line.key)
    if row is not None and not _is_it(store, row, line.number, line.at):
        key = f"{line.key}\n{line.at.timestamp():.3f}"
        row = session.get(PhoneCall, key)
    if row is None:
        row = PhoneCall(
            key=key,
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


def _is_it(store: Store, row: PhoneCall, number: str, began: datetime) -> bool:
    """Whether a call of the key of this row is the call that is kept there."""
    one, other = (_caller(it, store.dialling) for it in (row.number, number))
    return abs(began - row.at) <= _ONE_CALL and (not one or not other or one == other)


def settle(store: Store, keys: Sequence[str], at: datetime | None) -> None:
    """They are dealt with and leave the list; None puts them back."""
    with store.transaction() as session:
        for row in session.exec(_of(keys)):
            row.settled_at = at


def _of(keys: Sequence[str]) -> SelectOfScalar[PhoneCall]:
    return select(PhoneCall).where(col(PhoneCall.key).in_(keys))


def live(store: Store) -> list[tuple[OnTheLine, str]]:
    """Calls of the telephone whose contacts of this agent are live, with the contact's id; not those
    in vain that one of them returns."""
    with store.reading() as session:
        rows = session.exec(
            select(PhoneCall)
            .join(Contact, col(Contact.id) == PhoneCall.contact_id)
            .where(Contact.agent_id == store.me, Contact.state == CallState.LIVE)
            .where(or_(Contact.direction == "in", PhoneCall.at >= Contact.answered_at))
            .order_by(col(Contact.answered_at))
        )
        return [
            (OnTheLine(it.key, it.source, it.own_id, it.number, it.name, it.at), it.contact_id)
            for it in rows
            if it.contact_id is not None
        ]


def name_shown(store: Store, contact_id: str) -> str:
    """As whom the telephone shows whoever is on the line, a hint; '' when it shows no name."""
    with store.reading() as session:
        names = select(PhoneCall.name).where(PhoneCall.contact_id == contact_id)
        return session.exec(names.order_by(col(PhoneCall.at).desc())).first() or ""


def known(store: Store, calls: Sequence[OnTheLine]) -> set[str]:
    """The keys of those of these calls that are in the record already, by key and by when they began:
    an id may have been given again."""
    keys, instants = [it.key for it in calls], [it.at for it in calls]
    with store.reading() as session:
        same = col(PhoneCall.key).in_(keys), col(PhoneCall.at).in_(instants)
        rows = session.exec(select(PhoneCall).where(or_(*same))).all()
        by_key, then = {row.key: row for row in rows}, {row.at for row in rows}
        return {
            it.key
            for it in calls
            if it.at in then
            or (it.key in by_key and _is_it(store, by_key[it.key], it.number, it.at))
        }


def rang_in_vain(
    session: Session, me: str, dialling: Dialling
) -> tuple[tuple[RangInVain, ...], int]:
    """Who waits to be rung back, the latest first, each once however often they rang, and how many
    wait beyond those that are listed. One whose ringing back never was waits still; with whom was
    spoken since does not. A call that nobody wrote down stands by itself."""
    rows = session.exec(
        select(PhoneCall)
        .outerjoin(Contact, col(Contact.id) == PhoneCall.contact_id)
        .where(PhoneCall.agent_id == me, col(PhoneCall.settled_at).is_(None))
        .where(or_(col(PhoneCall.contact_id).is_(None), Contact.state == CallState.NOT_RUNG))
        .order_by(col(PhoneCall.at).desc())
        .limit(_READ)
    ).all()
    spoken = _spoken_with(session, me, dialling, rows[-1].at) if rows else {}
    waiting: dict[tuple[str, str], list[PhoneCall]] = {}
    for row in rows:
        who = _caller(row.number, dialling)
        if row.talked or not who:
            waiting["", row.key] = [row]
        elif who not in spoken or spoken[who] <= row.at:
            waiting.setdefault((who, ""), []).append(row)
    listed = [_listed(session, calls, dialling) for calls in [*waiting.values()][:LISTED]]
    return tuple(listed), len(waiting) - len(listed)


def _spoken_with(
    session: Session, me: str, dialling: Dialling, since: datetime
) -> dict[str, datetime]:
    """With whom this agent spoke, by their number, and when they did last."""
    last = func.max(Contact.answered_at)
    rows = session.exec(
        select(Contact.number, last)
        .where(Contact.agent_id == me, Contact.answered_at > since, Contact.number != "")
        .where(Contact.state != CallState.NOT_RUNG, col(Contact.outcome) != Outcome.NOT_REACHED)
        .group_by(col(Contact.number))
        .order_by(last)
    )
    return {_caller(number, dialling): at for number, at in rows}


def _caller(number: str, dialling: Dialling) -> str:
    """By what calls of one number are known, however it is spelt; '' for one that was withheld."""
    return dialling.abroad(number) or next(iter(dialling.spellings(number)), number)


def _listed(session: Session, calls: Sequence[PhoneCall], dialling: Dialling) -> RangInVain:
    row = calls[0]
    customer = identity.by_number(session, dialling.spellings(row.number))
    name = customer.name if customer is not None and customer.name else row.name
    case_id = _open_case(session, customer.id) if customer is not None else ""
    return RangInVain(
        keys=tuple(it.key for it in calls),
        number=row.number,
        name=name,
        at=row.at,
        rang=row.rang,
        talked=row.talked,
        unclear=row.unclear,
        case_id=case_id,
        line_id=_first_due(session, case_id) if case_id else "",
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
