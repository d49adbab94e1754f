"""The rows beside the journal: after each happening they say what is now true of the call.

What a case or a call *is* is copied from the sum (`guide.call`); what it *has* (notes, offers,
promises) is put row by row as it happens.
"""

from datetime import datetime
from functools import singledispatch

from sqlmodel import Session, SQLModel, col, delete, select, update

from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records.models import (
    NOWHEN,
    Case,
    Contact,
    Draft,
    Event,
    FollowUp,
    Note,
    Offer,
    Promise,
    Span,
)
from calmdesk.records.people import bind_caller, by_number
from calmdesk.words import digits


def settle(
    session: Session, call: Call, happening: h.Happening, at: datetime, case: Case, contact: Contact
) -> None:
    """Make the rows agree with the call, into which `happening` has just been added."""
    put(happening, session, call, at, case, contact)
    _contact(contact, call)
    _case(case, call, at)
    if isinstance(happening, h.Finished):
        _finish(session, call, at, case, contact)


def _contact(contact: Contact, call: Call) -> None:
    contact.case_id = call.case_id
    contact.number = call.caller.number or contact.number
    contact.stage = call.stage
    contact.told_at = call.told_at
    contact.heard_at = call.heard_at
    contact.ended_at = call.ended_at
    contact.verified = call.verified
    contact.card_line, contact.card_mail = call.card.line, call.card.mail
    contact.outcome = call.outcome or ""


def _case(case: Case, call: Call, at: datetime) -> None:
    """What this call knows better than the case so far; an earlier call's word stays else."""
    case.updated_at = at
    case.category = call.category or case.category
    case.ask = call.ask or case.ask
    case.stake = call.stake or case.stake
    case.summary = call.summary or case.summary
    if call.fault != "unknown":
        case.fault = call.fault
    if call.heat is not None:
        case.heat_start = case.heat_start or call.heats[0].level
        case.heat_end = call.heat.level
        case.cold = call.heat.cold
    if call.read_back:
        case.read_back, case.agreed_at = call.read_back, call.agreed_at


def settle_spans(session: Session, call: Call) -> None:
    """Make the span rows agree; spans only grow, and only the last two can have changed."""
    for seq in range(max(0, len(call.spans) - 2), len(call.spans)):
        span = call.spans[seq]
        row = session.get(Span, (call.contact_id, seq))
        if row is None:
            row = Span(contact_id=call.contact_id, seq=seq, kind=span.kind, began_at=span.began)
            session.add(row)
        row.kind, row.began_at, row.ended_at = span.kind, span.began, span.ended


def _finish(session: Session, call: Call, at: datetime, case: Case, contact: Contact) -> None:
    contact.state = "finished"
    contact.finished_at = at
    session.exec(delete(Draft).where(col(Draft.contact_id) == call.contact_id))
    if call.outcome is not None:
        case.outcome = call.outcome
        _stand(session, case, call.outcome, at)


def _stand(session: Session, case: Case, outcome: Outcome, at: datetime) -> None:
    """Where the case stands after its last outcome: closed when nobody waits for anything."""
    session.flush()
    waiting = session.exec(
        select(Promise.id).where(Promise.case_id == case.id, Promise.state == "open").limit(1)
    ).first()
    case.status = outcome.status(waiting is not None)
    case.closed_at = at if case.status == Status.CLOSED else None


@singledispatch
def put(
    happening: h.Happening,
    session: Session,
    call: Call,
    at: datetime,
    case: Case,
    contact: Contact,
) -> None:
    """Put the rows that a happening brings with it; most bring none."""


@put.register
def _(
    it: h.Answered, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    """A number that is one customer's alone is theirs; a new one is nobody's until named."""
    known = by_number(session, digits(it.number))
    case.customer_id = known.id if known else None


@put.register
def _(
    it: h.CallerNamed, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    case.customer_id = bind_caller(session, it, at, case.customer_id, case.id)


@put.register
def _(
    it: h.CaseJoined, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    """The earlier case takes over what this call brought; the one made at answer steps back."""
    made = session.exec(
        select(Event.case_id).where(Event.contact_id == contact.id, Event.kind == "answered")
    ).one()
    session.get_one(Case, made).joined_to = it.case_id
    tables: tuple[type[SQLModel], ...] = (Note, Offer, Promise, FollowUp)
    for table in tables:
        session.exec(
            update(table)
            .where(table.contact_id == contact.id)  # type: ignore[attr-defined]
            .values(case_id=it.case_id)
        )
    case.status = Status.LIVE
    case.closed_at = None


@put.register
def _(
    it: h.Noted, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.add(
        Note(
            id=it.note_id,
            case_id=case.id,
            contact_id=contact.id,
            at=at,
            sign=it.sign,
            text=it.text,
            source=it.source,
        )
    )


@put.register
def _(
    it: h.NoteMended, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    note = session.get_one(Note, it.note_id)
    note.text, note.sign, note.source = it.text, it.sign, it.source


@put.register
def _(
    it: h.QuestionAsked, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(Note, it.note_id).asked = True


@put.register
def _(
    it: h.QuestionDropped, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(Note, it.note_id).dropped = True


@put.register
def _(
    it: h.Offered, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.add(
        Offer(
            id=it.offer_id,
            case_id=case.id,
            contact_id=contact.id,
            at=at,
            round=call.round,
            text=it.text,
            remedy=it.remedy,
            amount=it.amount,
        )
    )


@put.register
def _(
    it: h.OfferWithdrawn, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.delete(session.get_one(Offer, it.offer_id))


@put.register
def _(
    it: h.VerdictGiven, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    for offer in call.table:
        session.get_one(Offer, offer.offer_id).verdict = it.verdict


@put.register
def _(
    it: h.Promised, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.add(
        Promise(
            id=it.promise_id,
            case_id=case.id,
            contact_id=contact.id,
            agent_id=contact.agent_id,
            owner_id=contact.agent_id,
            told_at=at,
            what=it.what,
            due_at=it.due or NOWHEN,
            feasible=it.feasible,
            asked=it.asked,
        )
    )


@put.register
def _(
    it: h.PromiseChanged, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    promise = session.get_one(Promise, it.promise_id)
    promise.what, promise.due_at = it.what, it.due or NOWHEN
    promise.feasible, promise.asked = it.feasible, it.asked


@put.register
def _(
    it: h.PromiseTakenBack, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(Promise, it.promise_id).state = PromiseState.WITHDRAWN


@put.register
def _(
    it: h.PromiseKept, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(Promise, it.promise_id).state = PromiseState.KEPT
    if case.outcome and case.status == Status.OPEN:
        _stand(session, case, Outcome(case.outcome), at)


@put.register
def _(
    it: h.FollowedUp, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(FollowUp, it.follow_up_id).state = PromiseState.KEPT


@put.register
def _(
    it: h.FollowUpSet, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.merge(
        FollowUp(
            id=it.follow_up_id,
            case_id=case.id,
            contact_id=contact.id,
            owner_id=contact.agent_id,
            due_at=it.due,
            what=it.what,
        )
    )


@put.register
def _(
    it: h.FollowUpDropped, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    session.get_one(FollowUp, it.follow_up_id).state = PromiseState.WITHDRAWN


@put.register
def _(
    it: h.Parked, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    contact.state = "to finish"
    case.status = Status.TO_FINISH


@put.register
def _(
    it: h.Reopened, session: Session, call: Call, at: datetime, case: Case, contact: Contact
) -> None:
    contact.state = "live"
    case.status = Status.LIVE
