"""Letters as they stand, for whoever is at this desk: why one waits is told to its writer alone."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from calmdesk.guide.posting import SHAKEN, held_until
from calmdesk.records.letter_rows import LetterRow
from calmdesk.records.models import NOWHEN, Agent, Case, Customer, Letter, Moment, Promise


def rows(
    session: Session, me: Agent, query: SelectOfScalar[Letter], now: datetime
) -> tuple[LetterRow, ...]:
    """The letters of a query, as they stand for the agent at this desk."""
    return tuple(_row(session, me, letter, now) for letter in session.exec(query).all())


def _row(session: Session, me: Agent, letter: Letter, now: datetime) -> LetterRow:
    case = session.get_one(Case, letter.case_id)
    customer = session.get(Customer, case.customer_id) if case.customer_id else None
    mine = letter.agent_id == me.id
    draft = mine and letter.state == "draft"
    return LetterRow(
        id=letter.id,
        case_id=letter.case_id,
        ref=case.ref,
        customer=customer.name if customer else "",
        kind=letter.kind,
        subject=letter.subject,
        text=letter.text,
        state=letter.state,
        made_at=letter.made_at,
        updated_at=letter.updated_at,
        writer=session.get_one(Agent, letter.agent_id).name,
        mine=mine,
        held_until=held(session, me.id, letter, case, now) if draft else None,
        promised=_promised(session, case.id, now),
        reader=letter.reader,
        read_at=letter.read_at,
        released_at=letter.released_at,
        released_to=letter.released_to,
        sent_at=letter.sent_at,
    )


def _promised(session: Session, case_id: str, now: datetime) -> tuple[datetime, ...]:
    """The told instants of a case that are still to come."""
    due = select(Promise.due_at).where(Promise.case_id == case_id, Promise.state == "open")
    coming = due.where(Promise.due_at > now, Promise.due_at < NOWHEN)
    return tuple(session.exec(coming.order_by(col(Promise.due_at))))


def held(session: Session, me: str, letter: Letter, case: Case, now: datetime) -> datetime | None:
    """The end of the hour in which this agent's letter waits; None when it need not."""
    shaken = select(Moment.at).where(Moment.agent_id == me, Moment.kind == SHAKEN)
    last = session.exec(shaken.where(Moment.at <= now).order_by(col(Moment.at).desc())).first()
    return held_until(last, letter.kind, case.agreed_at is not None, now)
