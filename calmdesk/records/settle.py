"""The rows beside the journal: after each happening they say what is now true of the case.

What a case or a call *is* is copied from the sum (`guide.call`); what it *has* (notes, offers,
promises) is put row by row as it happens.
"""

from contextlib import suppress
from datetime import datetime

from sqlmodel import Session, col, delete

import calmdesk.records.put_call
import calmdesk.records.put_case
import calmdesk.records.put_review  # noqa: F401  (all three tell `put` what they know)
from calmdesk.errors import Refused
from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.outcome import TELLS, CallState, Outcome
from calmdesk.records.models import Case, Contact, Draft, Span
from calmdesk.records.putting import CallChange, Change, put
from calmdesk.records.standing import stand


def settle(
    session: Session,
    call: Call,
    happening: h.Happening,
    at: datetime,
    case: Case,
    contact: Contact,
    dialling: Dialling,
) -> None:
    """Make the rows agree with the call, into which `happening` has just been added. What happened
    in a call happened: a row that was settled meanwhile stays as it is."""
    change = CallChange(
        session=session,
        me=contact.agent_id,
        at=at,
        case=case,
        contact_id=contact.id,
        call=call,
        contact=contact,
        dialling=dialling,
    )
    with suppress(Refused):
        put(happening, change)
    _contact(contact, call)
    _case(case, call, at)
    if isinstance(happening, h.Finished):
        _finish(session, call, at, case, contact)


def settle_between(
    session: Session, me: str, happening: h.Happening, at: datetime, case: Case
) -> None:
    """Make the rows agree with what happened to a case between its calls."""
    put(happening, Change(session=session, me=me, at=at, case=case))
    case.updated_at = at


def _contact(contact: Contact, call: Call) -> None:
    contact.case_id = call.case_id
    contact.number = call.caller.number or contact.number
    contact.stage = call.stage
    contact.told_at = call.told_at
    contact.heard_at = call.heard_at
    contact.ended_at = call.ended_at
    contact.verified = call.verified
    contact.card_line, contact.card_mail = call.card.line, call.card.mail
    contact.observed, contact.self_check = " ".join(call.acts), " ".join(call.ticks)
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
    """The call is saved. One in vain leaves the case as its last real call left it."""
    contact.state = CallState.FINISHED
    contact.finished_at = at
    session.exec(delete(Draft).where(col(Draft.contact_id) == call.contact_id))
    if call.outcome is None:
        return
    if call.outcome is not Outcome.NOT_REACHED:
        case.outcome = call.outcome
    if call.outcome in TELLS:
        case.told_at, case.told_how = call.ended_at or at, "in the call"
    stand(session, case, Outcome(case.outcome or call.outcome), at)
