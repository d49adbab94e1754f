"""Verbs of the short look back after a call (S89). A debrief is its writer's alone until they share
it; this is the only room that reads one, and no list, export or report does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, select

from calmdesk.guide.happenings import HeatMarked, restore
from calmdesk.guide.outcome import CallState, Outcome
from calmdesk.records.ids import new_id
from calmdesk.records.models import Agent, Case, Contact, Customer, Debrief, Event, Moment
from calmdesk.records.people_rows import Debriefed, EndedCall, LookedBack
from calmdesk.records.store import Store
from calmdesk.words import called, one_line

HOT = 4
"""The heat at the start of a call from which looking back is offered."""
MOST = 200
"""Debriefs of one list."""


def last_call(store: Store, since: datetime) -> EndedCall | None:
    """The call of this agent that ended last, at `since` or later; None when there is none.

    It is looked for among the calls that were answered since the day before: their ids are in the
    order of time, so that no long list of calls is read.
    """
    earliest = new_id(since - timedelta(days=1), lambda bits: 0)
    with store.reading() as session:
        contact = session.exec(
            select(Contact)
            .where(
                Contact.id >= earliest,
                Contact.agent_id == store.me,
                Contact.state != CallState.LIVE,
                col(Contact.ended_at) >= since,
            )
            .order_by(col(Contact.ended_at).desc())
            .limit(1)
        ).first()
        return _ended(session, store.me, contact) if contact is not None else None


def of_call(store: Store, contact_id: str) -> EndedCall:
    """One call to look back on."""
    with store.reading() as session:
        return _ended(session, store.me, session.get_one(Contact, contact_id))


def _ended(session: Session, me: str, contact: Contact) -> EndedCall:
    kept = _kept(session, me, contact.id)
    return EndedCall(
        contact_id=contact.id,
        customer=_customer(session, contact),
        hard=_was_hard(session, contact),
        looked_back=_words(kept) if kept is not None else None,
    )


def _customer(session: Session, contact: Contact) -> str:
    found = session.exec(
        select(Customer.name)
        .join(Case, col(Case.customer_id) == Customer.id)
        .where(Case.id == contact.case_id)
    ).first()
    return called(found, contact.number)


def _was_hard(session: Session, contact: Contact) -> bool:
    """Whether it got to the agent, was ended after a warning, or began hot."""
    if contact.outcome == Outcome.ENDED_AFTER_WARNING:
        return True
    shaken = select(Moment.id).where(Moment.contact_id == contact.id, Moment.kind == "shaken")
    if session.exec(shaken.limit(1)).first() is not None:
        return True
    first = session.exec(
        select(Event)
        .where(Event.contact_id == contact.id, Event.kind == HeatMarked.kind())
        .order_by(col(Event.seq))
        .limit(1)
    ).first()
    marked = restore(first.kind, first.payload) if first is not None else None
    return isinstance(marked, HeatMarked) and marked.level >= HOT


def _kept(session: Session, me: str, contact_id: str) -> Debrief | None:
    mine = select(Debrief).where(Debrief.agent_id == me, Debrief.contact_id == contact_id)
    return session.exec(mine).first()


def keep(store: Store, contact_id: str, words: LookedBack, at: datetime) -> None:
    """Keep the look back on a call: one a call, so that keeping it again mends it. Empty lines take
    it away."""
    with store.transaction() as session:
        row = _kept(session, store.me, contact_id)
        if not words:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = Debrief(id=store.new_id(at), agent_id=store.me, contact_id=contact_id, at=at)
            session.add(row)
        row.escalated, row.better = one_line(words.escalated), one_line(words.better)
        row.process, row.with_whom = one_line(words.process), one_line(words.with_whom)
        row.shared = words.shared


def share(store: Store, debrief_id: str, shared: bool) -> None:
    """Let others read a debrief of this agent's own, or no longer; nobody shares another's."""
    with store.transaction() as session:
        mine = select(Debrief).where(Debrief.id == debrief_id, Debrief.agent_id == store.me)
        session.exec(mine).one().shared = shared


def mine(store: Store) -> tuple[Debriefed, ...]:
    """This agent's own, the newest first."""
    with store.reading() as session:
        return tuple(
            Debriefed(row.id, row.at, _words(row), customer=called(name, number))
            for row, _, name, number in _rows(session, Debrief.agent_id == store.me)
        )


def shared(store: Store) -> tuple[Debriefed, ...]:
    """What others share, the newest first; whom the call was with is not among it."""
    with store.reading() as session:
        theirs = and_(col(Debrief.agent_id) != store.me, col(Debrief.shared))
        return tuple(
            Debriefed(row.id, row.at, _words(row), agent=agent or "somebody")
            for row, agent, *_ in _rows(session, theirs)
        )


def _rows(session: Session, chosen: Any) -> Sequence[tuple[Debrief, str, str | None, str | None]]:
    """Debriefs with their writer's name, and the name and number of who called."""
    return session.exec(
        select(Debrief, Agent.name, Customer.name, Contact.number)
        .join(Agent, col(Agent.id) == Debrief.agent_id)
        .outerjoin(Contact, col(Contact.id) == Debrief.contact_id)
        .outerjoin(Case, col(Case.id) == Contact.case_id)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(chosen)
        .order_by(col(Debrief.at).desc(), col(Debrief.id).desc())
        .limit(MOST)
    ).all()


def _words(row: Debrief) -> LookedBack:
    return LookedBack(row.escalated, row.better, row.process, row.with_whom, row.shared)
