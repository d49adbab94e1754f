"""What a letter can say of a case, gathered from its rows."""

from datetime import datetime

from sqlmodel import Session, col, select

from calmdesk.guide.happenings import BackSaid, FollowUpSet, Happening, ReadBack, restore
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Status, Verdict
from calmdesk.guide.promises import FollowUpKind, PromiseState
from calmdesk.guide.stages import Fault
from calmdesk.guide.zones import zone_of_number
from calmdesk.records.identity import of_customer
from calmdesk.records.journal import of_cases
from calmdesk.records.letter_rows import LetterCase, PromisedThen
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Case,
    Consult,
    Event,
    FollowUp,
    Note,
    Offer,
    Promise,
)


def letter_case(session: Session, case: Case, me: Agent, now: datetime) -> LetterCase:
    """The case as a letter of this agent speaks of it. Notes of the call are none of it, but for
    facts with a source: what they said, and how, is not ours to write. What was due before `now` is nothing
    that a letter can still announce."""
    customer = of_customer(session, case)
    return LetterCase(
        ref=case.ref,
        customer=customer.name,
        company=customer.company,
        zone=customer.zone or zone_of_number(customer.number),
        agent=me.name,
        direct_line=me.direct_line,
        email=me.email,
        ask=case.ask,
        said_back=_said_back(session, case.id),
        ours=case.fault == Fault.OURS,
        read_back=case.read_back if case.agreed_at else "",
        agreed_at=case.agreed_at,
        given=_given(session, case.id),
        promises=_promises(session, case.id, now),
        follow_up_at=_follow_up(session, case, now),
        investigating=case.status == Status.INVESTIGATING,
        waits_for=_waits_for(session, case.id),
        facts=_facts(session, case.id),
    )


def _said_back(session: Session, case_id: str) -> str:
    """The last line that was said back in the case."""
    entry = session.exec(
        select(Event)
        .where(of_cases([case_id]), Event.kind == BackSaid.kind())
        .order_by(col(Event.at).desc(), col(Event.seq).desc())
        .limit(1)
    ).first()
    said: Happening | None = restore(entry.kind, entry.payload) if entry is not None else None
    return said.line if isinstance(said, BackSaid) else ""


def _given(session: Session, case_id: str) -> tuple[tuple[str, int, str], ...]:
    taken = select(Offer.text, Offer.amount, Offer.remedy).where(
        Offer.case_id == case_id, Offer.verdict == Verdict.YES
    )
    return tuple((text, amount, remedy) for text, amount, remedy in session.exec(taken))


def _promises(session: Session, case_id: str, now: datetime) -> tuple[PromisedThen, ...]:
    rows = session.exec(
        select(Promise)
        .where(Promise.case_id == case_id, Promise.state == PromiseState.OPEN, Promise.due_at > now)
        .order_by(col(Promise.due_at), col(Promise.id))
    )
    return tuple(
        PromisedThen(row.what, None if row.due_at == NOWHEN else row.due_at, row.kind)
        for row in rows
    )


def _follow_up(session: Session, case: Case, now: datetime) -> datetime | None:
    """When we ring to see that it held, as it stood in the deal that they agreed to. A follow-up
    that was set at another time, or in another call, is a task of ours: they were never told."""
    if case.agreed_at is None:
        return None
    agreed_in = select(Event.contact_id).where(
        of_cases([case.id]), Event.kind == ReadBack.kind(), Event.at == case.agreed_at
    )
    entries = session.exec(
        select(Event).where(
            col(Event.contact_id).in_(agreed_in),
            Event.kind == FollowUpSet.kind(),
            Event.at <= case.agreed_at,
        )
    )
    said = (restore(entry.kind, entry.payload) for entry in entries)
    told = {(it.follow_up_id, it.due) for it in said if isinstance(it, FollowUpSet)}
    looks = select(FollowUp.id, FollowUp.due_at).where(
        FollowUp.case_id == case.id, FollowUp.state == PromiseState.OPEN
    )
    held = looks.where(FollowUp.kind == FollowUpKind.HELD, FollowUp.due_at > now)
    by_time = session.exec(held.order_by(col(FollowUp.due_at)))
    return next((due for id, due in by_time if (id, due) in told), None)


def _waits_for(session: Session, case_id: str) -> tuple[str, ...]:
    asked = select(Consult.question).where(Consult.case_id == case_id, Consult.question != "")
    waiting = asked.where(col(Consult.answered_at).is_(None))
    return tuple(session.exec(waiting.order_by(col(Consult.asked_at))))


def _facts(session: Session, case_id: str) -> tuple[str, ...]:
    facts = select(Note.text).where(Note.case_id == case_id, Note.sign == Sign.FACT)
    verified = facts.where(Note.source != "", col(Note.dropped).is_(False))
    return tuple(session.exec(verified.order_by(col(Note.at))))
