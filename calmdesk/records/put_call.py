"""The rows of what happens in a call."""

from sqlmodel import SQLModel, col, delete, select, update

from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import CallState, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records.identity import all_by_number, bind_caller, by_number
from calmdesk.records.models import (
    NOWHEN,
    Alarm,
    Case,
    Draft,
    Event,
    FollowUp,
    Note,
    Offer,
    Promise,
)
from calmdesk.records.putting import CallChange, Change, put
from calmdesk.records.stepping_back import take_over


@put.register
def _(it: h.Answered, to: CallChange) -> None:
    """A number that is one customer's alone is theirs; a new one is nobody's until named."""
    if it.direction == "in":
        known = by_number(to.session, to.dialling.spellings(it.number))
        to.case.customer_id = known.id if known else None


@put.register
def _(it: h.CallerNamed, to: CallChange) -> None:
    to.session.refresh(to.case, ["customer_id"])  # another calmdesk may have merged them meanwhile
    to.case.customer_id = bind_caller(
        to.session, it, to.dialling, to.at, to.case.customer_id, to.case.id
    )


def bind_number(to: CallChange) -> None:
    """Whoever was not named is known by the number alone, and met by it when they ring again."""
    number = to.contact.number
    if not to.case.customer_id and not all_by_number(to.session, to.dialling.spellings(number)):
        to.case.customer_id = bind_caller(
            to.session, h.CallerNamed(number=number), to.dialling, to.at, None, to.case.id
        )


@put.register
def _(it: h.Finished, to: CallChange) -> None:
    bind_number(to)


@put.register
def _(it: h.CaseJoined, to: CallChange) -> None:
    """The earlier case takes over what this call brought; the one made at answer steps back, with
    whatever else it has by now."""
    made = to.session.exec(
        select(Event.case_id).where(Event.contact_id == to.contact.id, Event.kind == "answered")
    ).one()
    stepped_back = to.session.get_one(Case, made)
    stepped_back.updated_at = to.at
    tables: tuple[type[SQLModel], ...] = (Note, Offer, Promise, FollowUp, Alarm)
    for table in tables:
        to.session.exec(
            update(table)
            .where(table.contact_id == to.contact.id)  # type: ignore[attr-defined]
            .values(case_id=it.case_id)
        )
    take_over(to.session, stepped_back, to.case)
    to.case.status = Status.LIVE
    to.case.closed_at = None


@put.register
def _(it: h.Noted, to: Change) -> None:
    to.session.add(
        Note(
            id=it.note_id,
            case_id=to.case.id,
            contact_id=to.contact_id,
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
def _(it: h.QuestionAsked, to: CallChange) -> None:
    to.session.get_one(Note, it.note_id).asked = True


@put.register
def _(it: h.QuestionDropped, to: CallChange) -> None:
    to.session.get_one(Note, it.note_id).dropped = True


@put.register
def _(it: h.Offered, to: CallChange) -> None:
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
def _(it: h.OfferWithdrawn, to: CallChange) -> None:
    to.session.delete(to.session.get_one(Offer, it.offer_id))


@put.register
def _(it: h.VerdictGiven, to: CallChange) -> None:
    for offer in to.call.table:
        to.session.get_one(Offer, offer.offer_id).verdict = it.verdict


@put.register
def _(it: h.Promised, to: Change) -> None:
    to.session.add(
        Promise(
            id=it.promise_id,
            case_id=to.case.id,
            contact_id=to.contact_id,
            agent_id=to.me,
            owner_id=to.me,
            told_at=to.at,
            what=it.what,
            kind=it.of_kind,
            due_at=it.due or NOWHEN,
            first_due_at=it.due or NOWHEN,
            feasible=it.feasible,
            asked=it.asked,
        )
    )


@put.register
def _(it: h.PromiseChanged, to: Change) -> None:
    promise = to.session.get_one(Promise, it.promise_id)
    promise.what = it.what
    promise.due_at = promise.first_due_at = it.due or NOWHEN
    promise.feasible, promise.asked = it.feasible, it.asked


@put.register
def _(it: h.PromiseTakenBack, to: CallChange) -> None:
    to.session.get_one(Promise, it.promise_id).state = PromiseState.WITHDRAWN


@put.register
def _(it: h.FollowUpSet, to: Change) -> None:
    to.session.merge(
        FollowUp(
            id=it.follow_up_id,
            case_id=to.case.id,
            contact_id=to.contact_id,
            owner_id=it.owner_id or to.me,
            due_at=it.due,
            what=it.what,
            kind=it.of_kind,
        )
    )


@put.register
def _(it: h.FollowUpDropped, to: CallChange) -> None:
    to.session.get_one(FollowUp, it.follow_up_id).state = PromiseState.WITHDRAWN


@put.register
def _(it: h.DeadlineNamed, to: Change) -> None:
    to.case.deadline_at = it.due


@put.register
def _(it: h.Parked, to: CallChange) -> None:
    to.contact.state = CallState.TO_FINISH
    to.case.status = Status.TO_FINISH
    bind_number(to)


@put.register
def _(it: h.Reopened, to: CallChange) -> None:
    to.contact.state = CallState.LIVE
    to.case.status = Status.LIVE


@put.register
def _(it: h.NotRung, to: CallChange) -> None:
    to.contact.state = CallState.NOT_RUNG
    to.contact.finished_at = to.at
    to.session.exec(delete(Draft).where(col(Draft.contact_id) == to.contact.id))


@put.register
def _(it: h.HelpAsked, to: CallChange) -> None:
    _raise(to, "help")


@put.register
def _(it: h.SafetyRaised, to: CallChange) -> None:
    _raise(to, "safety")


@put.register
def _(it: h.BoundarySet, to: CallChange) -> None:
    _raise(to, "boundary", it.act)


def _raise(to: CallChange, kind: str, act: str = "") -> None:
    """A supervisor is to see it; raised again, it is to be seen again."""
    same = (col(Alarm.contact_id) == to.contact.id, col(Alarm.kind) == kind)
    to.session.exec(delete(Alarm).where(*same))
    to.session.add(
        Alarm(
            contact_id=to.contact.id,
            kind=kind,
            case_id=to.case.id,
            agent_id=to.me,
            at=to.at,
            act=act,
        )
    )
