"""The rows of what happens to a case between its calls, or in a call about it."""

from typing import TypeVar

from sqlmodel import Session, and_, col, or_, select

from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.naming import only
from calmdesk.guide.outcome import CallState, Outcome, Status
from calmdesk.guide.promises import FollowUpResult, PromiseState, Received
from calmdesk.records.models import (
    Agent,
    Attempt,
    Case,
    Consult,
    Contact,
    Factor,
    FollowUp,
    Handover,
    Offer,
    Pledge,
    Promise,
    Waiting,
)
from calmdesk.records.putting import Change, put
from calmdesk.records.standing import stand, waits

Line = TypeVar("Line", Promise, FollowUp)


# -- promises and follow-ups ------------------------------------------------------------------


@put.register
def _(it: f.PromiseKept, to: Change) -> None:
    promise = _open(to, Promise, it.promise_id)
    late = to.at > promise.due_at
    promise.missed_once = promise.missed_once or late
    _settle(to, promise, PromiseState.LATE if late else PromiseState.KEPT)


@put.register
def _(it: f.PromiseMissed, to: Change) -> None:
    promise = _open(to, Promise, it.promise_id)
    promise.missed_once, promise.reason = True, it.reason
    _settle(to, promise, PromiseState.MISSED)


@put.register
def _(it: f.PromiseWithdrawn, to: Change) -> None:
    promise = _open(to, Promise, it.promise_id)
    promise.reason = it.reason
    _settle(to, promise, PromiseState.WITHDRAWN)


@put.register
def _(it: f.PromiseReagreed, to: Change) -> None:
    promise = _open(to, Promise, it.promise_id)
    if it.due <= to.at:
        raise Refused("That time is over; a promise needs one that is still to come.")
    promise.missed_once = promise.missed_once or to.at > promise.due_at
    promise.due_at, promise.deferred_until = it.due, None


@put.register
def _(it: f.PromiseHandedOver, to: Change) -> None:
    promise = _open(to, Promise, it.promise_id)
    promise.owner_id, promise.deferred_until = _colleague(to.session, it.to_id, it.to_name), None


@put.register
def _(it: f.FollowUpHandedOver, to: Change) -> None:
    follow_up = _open(to, FollowUp, it.follow_up_id)
    follow_up.owner_id, follow_up.deferred_until = (
        _colleague(to.session, it.to_id, it.to_name),
        None,
    )


@put.register
def _(it: f.ReminderDeferred, to: Change) -> None:
    if it.until <= to.at:
        raise Refused("That time is over; a reminder needs one that is still to come.")
    _either(to, it.line_id).deferred_until = it.until


@put.register
def _(it: f.ReminderRecalled, to: Change) -> None:
    _either(to, it.line_id).deferred_until = None


@put.register
def _(it: f.KeepingUndone, to: Change) -> None:
    """Open again, and with it the case that it closed."""
    line = _either(to, it.line_id)
    if line.state not in (PromiseState.KEPT, PromiseState.LATE):
        raise Refused(f"“{line.what}” is not marked as kept; nothing is to be undone.")
    line.state, line.settled_at = PromiseState.OPEN, None
    if isinstance(line, FollowUp):
        line.result = ""
    elif to.case.outcome and to.case.status == Status.CLOSED:
        stand(to.session, to.case, Outcome(to.case.outcome), to.at)


@put.register
def _(it: f.Attempted, to: Change) -> None:
    """One call is one try: what is chosen last stands (S16)."""
    same = (Attempt.contact_id == to.contact_id, Attempt.line_id == it.line_id)
    before = to.contact_id and to.session.exec(select(Attempt).where(*same)).first()
    if before:
        before.result, before.note = it.result, it.note
        return
    to.session.add(
        Attempt(
            id=it.attempt_id,
            case_id=to.case.id,
            line_id=it.line_id,
            contact_id=to.contact_id,
            agent_id=to.me,
            at=to.at,
            result=it.result,
            note=it.note,
        )
    )


@put.register
def _(it: f.FollowedUp, to: Change) -> None:
    """Not yet keeps it open; not held opens the case again."""
    follow_up = _open(to, FollowUp, it.follow_up_id)
    follow_up.result = it.result
    if it.result is not FollowUpResult.NOT_YET:
        follow_up.state, follow_up.settled_at = PromiseState.KEPT, to.at
    if it.result is FollowUpResult.NOT_HELD:
        _reopen(to.case)


@put.register
def _(it: f.FollowUpWithdrawn, to: Change) -> None:
    follow_up = _open(to, FollowUp, it.follow_up_id)
    follow_up.state, follow_up.settled_at = PromiseState.WITHDRAWN, to.at
    follow_up.reason = it.reason


@put.register
def _(it: f.RemedyChecked, to: Change) -> None:
    offer = to.session.get_one(Offer, it.offer_id)
    offer.received, offer.received_at = it.received, to.at
    if it.received is Received.NO:
        _reopen(to.case)


def _either(to: Change, line_id: str) -> Promise | FollowUp:
    return to.session.get(Promise, line_id) or to.session.get_one(FollowUp, line_id)


def _open(to: Change, table: type[Line], line_id: str) -> Line:
    """A promise or follow-up that is still open. Raises Refused when it is settled."""
    line = to.session.get_one(table, line_id)
    if line.state != PromiseState.OPEN:
        raise Refused(f"“{line.what}” is settled already: {line.state}.")
    return line


def _settle(to: Change, promise: Promise, state: PromiseState) -> None:
    promise.state, promise.settled_at = state, to.at
    if to.case.outcome and to.case.status == Status.OPEN:
        stand(to.session, to.case, Outcome(to.case.outcome), to.at)


def _colleague(session: Session, agent_id: str, name: str) -> str:
    """The id of somebody who can take something over. Raises Refused when nobody is known by it, and
    when they left."""
    agent = session.get(Agent, agent_id)
    one = only([agent] if agent is not None else [], name)
    if isinstance(one, str):
        raise Refused(one)
    return one.id


# -- finding out ------------------------------------------------------------------------------


@put.register
def _(it: f.Consulted, to: Change) -> None:
    to.session.add(
        Consult(
            id=it.consult_id,
            case_id=to.case.id,
            agent_id=to.me,
            asked_at=to.at,
            whom=it.whom,
            question=it.question,
        )
    )


@put.register
def _(it: f.ConsultAnswered, to: Change) -> None:
    consult = to.session.get_one(Consult, it.consult_id)
    consult.answer, consult.answered_at = it.answer, to.at


# -- the case ---------------------------------------------------------------------------------


@put.register
def _(it: f.CaseHandedOver, to: Change) -> None:
    """The case and its open promises go over; follow-ups stay with whoever set them (S102)."""
    owner = _colleague(to.session, it.to_id, it.to_name)
    to.session.add(
        Handover(
            id=it.handover_id,
            case_id=to.case.id,
            from_id=to.me,
            to_id=owner,
            at=to.at,
            brief=it.brief,
        )
    )
    to.case.agent_id = owner
    promises = select(Promise).where(
        Promise.case_id == to.case.id, Promise.state == PromiseState.OPEN
    )
    for promise in to.session.exec(promises):
        promise.owner_id, promise.deferred_until = owner, None


@put.register
def _(it: f.HandoverTaken, to: Change) -> None:
    to.session.get_one(Handover, it.handover_id).taken_at = to.at


@put.register
def _(it: f.TakingUndone, to: Change) -> None:
    """In the inbox again, unless more came of it than the taking."""
    handover, case = to.session.get_one(Handover, it.handover_id), to.case
    taken, mine = handover.taken_at, handover.to_id == to.me == case.agent_id
    if taken is None or not mine or (case.closed_at is not None and case.closed_at > taken):
        raise Refused("It is not as it was taken: handed on, closed or in the inbox already.")
    since = col(Contact.answered_at) > taken, Contact.state != CallState.NOT_RUNG
    calls = select(Contact.id).where(
        Contact.case_id == case.id, or_(Contact.state == CallState.LIVE, and_(*since))
    )
    if to.session.exec(calls.limit(1)).first() is not None:
        raise Refused("There is a call about it since; it stays yours.")
    handover.taken_at = None


@put.register
def _(it: f.CustomerTold, to: Change) -> None:
    to.case.told_at, to.case.told_how = to.at, it.how


@put.register
def _(it: f.CaseClosed, to: Change) -> None:
    case = to.case
    if case.told_at is None:
        raise Refused("Tell the customer first, even a no; then the case closes.")
    if waits(to.session, case):
        raise Refused("A promise on it is open; keep it or withdraw it first.")
    case.outcome, case.status, case.closed_at = it.outcome, Status.CLOSED, to.at


@put.register
def _(it: f.CaseReopened, to: Change) -> None:
    _reopen(to.case)


def _reopen(case: Case) -> None:
    """Open again, with all that it has; what they are told then is told anew."""
    if case.status == Status.CLOSED:
        case.status, case.closed_at, case.told_at, case.told_how = Status.OPEN, None, None, ""


@put.register
def _(it: f.WaitingBegan, to: Change) -> None:
    to.session.add(
        Waiting(id=it.waiting_id, case_id=to.case.id, agent_id=to.me, began_at=to.at, what=it.what)
    )


@put.register
def _(it: f.WaitingEnded, to: Change) -> None:
    to.session.get_one(Waiting, it.waiting_id).ended_at = to.at


@put.register
def _(it: f.CauseFound, to: Change) -> None:
    to.case.cause = it.cause
    for factor in to.session.exec(select(Factor).where(col(Factor.case_id) == to.case.id)).all():
        to.session.delete(factor)
    to.session.flush()
    for cause in dict.fromkeys(it.factors):
        to.session.add(Factor(case_id=to.case.id, cause=cause))


@put.register
def _(it: f.ExampleMarked, to: Change) -> None:
    to.case.example = it.example


@put.register
def _(it: f.Pledged, to: Change) -> None:
    if not it.action_id:
        return  # nothing stands behind it that could be counted
    to.session.merge(
        Pledge(case_id=to.case.id, action_id=it.action_id, contact_id=to.contact_id, at=to.at)
    )
