"""What an outgoing call is for: the promise on top, and what to convey beside it (S17)."""

from sqlmodel import Session, col, select

from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Status, Verdict
from calmdesk.records.call_rows import Errand, Given, Rang
from calmdesk.records.follow_through import line_of
from calmdesk.records.models import (
    Case,
    Consult,
    Contact,
    Handover,
    Note,
    Offer,
    PhoneCall,
    Promise,
)


def errand(session: Session, case: Case, contact: Contact) -> Errand:
    """What a call that we made about a case is for."""
    offers = session.exec(
        select(Offer)
        .where(Offer.case_id == case.id, Offer.verdict == Verdict.YES)
        .order_by(col(Offer.at))
    ).all()
    brief = session.exec(
        select(Handover.brief).where(Handover.case_id == case.id).order_by(col(Handover.at).desc())
    ).first()
    return Errand(
        line=line_of(session, case.agent_id, contact.about) if contact.about else None,
        given=tuple(Given(o.id, o.text, o.amount, o.received) for o in offers),
        missed=_missed(session, case.id),
        changed=_changed(session, case.id),
        brief=brief or "",
        closed=case.status == Status.CLOSED,
        rang=_rang(session, contact),
    )


def _rang(session: Session, contact: Contact) -> Rang | None:
    """Their last call before this one, which returns it."""
    theirs = select(PhoneCall).where(
        PhoneCall.contact_id == contact.id, PhoneCall.at < contact.answered_at
    )
    row = session.exec(theirs.order_by(col(PhoneCall.at).desc())).first()
    return Rang(row.at, row.unclear) if row is not None else None


def _missed(session: Session, case_id: str) -> bool:
    found = select(Promise.id).where(Promise.case_id == case_id, col(Promise.missed_once).is_(True))
    return session.exec(found.limit(1)).first() is not None


def _changed(session: Session, case_id: str) -> str:
    """The last thing that was found out: a colleague's answer, else a fact with its source."""
    answer = session.exec(
        select(Consult.answer)
        .where(Consult.case_id == case_id, Consult.answer != "")
        .order_by(col(Consult.answered_at).desc())
    ).first()
    fact = session.exec(
        select(Note.text)
        .where(Note.case_id == case_id, Note.sign == Sign.FACT, Note.source != "")
        .order_by(col(Note.at).desc())
    ).first()
    return answer or fact or ""
