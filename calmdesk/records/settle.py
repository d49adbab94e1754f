"""The rows beside the journal: after each happening they say what is now true of the call.

What a case or a call *is* is copied from the sum (`guide.call`); what it *has* (notes, offers,
promises) is put row by row as it happens.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Change:
    """What a happening changes: the call that it was added to, and its rows."""

    session: Session
    call: Call
    at: datetime
    case: Case
    contact: Contact


def settle(
    session: Session, call: Call, happening: h.Happening, at: datetime, case: Case, contact: Contact
) -> None:
    """Make the rows agree with the call, into which `happening` has just been added."""
    put(happening, Change(session, call, at, case, contact))
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
def put(happening: h.Happening, to: Change) -> None:
    """Put the rows that a happening brings with it; most bring none."""


@put.register
def _(it: h.Answered, to: Change) -> None:
    """A number that is one customer's alone is theirs; a new one is nobody's until named."""
    known = by_number(to.session, digits(it.number))
    to.case.customer_id = known.id if known else None


@put.register
def _(it: h.CallerNamed, to: Change) -> None:
    to.case.customer_id = bind_caller(to.session, it, to.at, to.case.customer_id, to.case.id)


@put.register
def _(it: h.CaseJoined, to: Change) -> None:
    """The earlier case takes over what this call brought; the one made at answer steps back."""
    made = to.session.exec(
        select(Event.case_id).where(Event.contact_id == to.contact.id, Event.kind == "answered")
    ).one()
    to.session.get_one(Case, made).joined_to = it.case_id
    tables: tuple[type[SQLModel], ...] = (Note, Offer, Promise, FollowUp)
    for table in tables:
        to.session.exec(
            update(table)
            .where(table.contact_id == to.contact.id)  # type: ignore[attr-defined]
            .values(case_id=it.case_id)
        )
    to.case.status = Status.LIVE
    to.case.closed_at = None


@put.register
def _(it: h.Noted, to: Change) -> None:
    to.session.add(
        Note(
            id=it.note_id,
            case_id=to.case.id,
            contact_id=to.contact.id,
            at=to.at,
            sign=it.sign,
            text=it.text,
            source=it.source,
        )
    )


@put.register
def _(it: h.NoteMended, to: Change) -> None:
    note = to.session.get_one(Note, it.note_id)
    note.text, note.sign, note.source = it.text, it.sign, it.source


@put.register
def _(it: h.QuestionAsked, to: Change) -> None:
    to.session.get_one(Note, it.note_id).asked = True


@put.register
def _(it: h.QuestionDropped, to: Change) -> None:
    to.session.get_one(Note, it.note_id).dropped = True


@put.register
def _(it: h.Offered, to: Change) -> None:
    to.session.add(
        Offer(
            id=it.offer_id,
            case_id=to.case.id,
            contact_id=to.contact.id,
            at=to.at,
            round=to.call.round,
            text=it.text,
            remedy=it.remedy,
            amount=it.amount,
        )
    )


@put.register
def _(it: h.OfferWithdrawn, to: Change) -> None:
    to.session.delete(to.session.get_one(Offer, it.offer_id))


@put.register
def _(it: h.VerdictGiven, to: Change) -> None:
    for offer in to.call.table:
        to.session.get_one(Offer, offer.offer_id).verdict = it.verdict


@put.register
def _(it: h.Promised, to: Change) -> None:
    to.session.add(
        Promise(
            id=it.promise_id,
            case_id=to.case.id,
            contact_id=to.contact.id,
            agent_id=to.contact.agent_id,
            owner_id=to.contact.agent_id,
            told_at=to.at,
            what=it.what,
            due_at=it.due or NOWHEN,
            feasible=it.feasible,
            asked=it.asked,
        )
    )


@put.register
def _(it: h.PromiseChanged, to: Change) -> None:
    promise = to.session.get_one(Promise, it.promise_id)
    promise.what, promise.due_at = it.what, it.due or NOWHEN
    promise.feasible, promise.asked = it.feasible, it.asked


@put.register
def _(it: h.PromiseTakenBack, to: Change) -> None:
    to.session.get_one(Promise, it.promise_id).state = PromiseState.WITHDRAWN


@put.register
def _(it: h.PromiseKept, to: Change) -> None:
    to.session.get_one(Promise, it.promise_id).state = PromiseState.KEPT
    if to.case.outcome and to.case.status == Status.OPEN:
        _stand(to.session, to.case, Outcome(to.case.outcome), to.at)


@put.register
def _(it: h.FollowedUp, to: Change) -> None:
    to.session.get_one(FollowUp, it.follow_up_id).state = PromiseState.KEPT


@put.register
def _(it: h.FollowUpSet, to: Change) -> None:
    to.session.merge(
        FollowUp(
            id=it.follow_up_id,
            case_id=to.case.id,
            contact_id=to.contact.id,
            owner_id=to.contact.agent_id,
            due_at=it.due,
            what=it.what,
        )
    )


@put.register
def _(it: h.FollowUpDropped, to: Change) -> None:
    to.session.get_one(FollowUp, it.follow_up_id).state = PromiseState.WITHDRAWN


@put.register
def _(it: h.Parked, to: Change) -> None:
    to.contact.state = "to finish"
    to.case.status = Status.TO_FINISH


@put.register
def _(it: h.Reopened, to: Change) -> None:
    to.contact.state = "live"
    to.case.status = Status.LIVE
