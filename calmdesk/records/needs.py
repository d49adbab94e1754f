"""Verbs of what needs somebody today: which cases, why, and that somebody has seen it (flow.md, The
supervisor)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, func, or_, select

from calmdesk.guide.english.leaving import threatens_to_leave
from calmdesk.guide.happenings import Answered, HeatMarked
from calmdesk.guide.needing import Why
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import CallState, Outcome, Status
from calmdesk.guide.promises import AT_RISK, PromiseState
from calmdesk.guide.risk import Risk
from calmdesk.records import glances
from calmdesk.records.day_rows import Need
from calmdesk.records.derived import Glance
from calmdesk.records.follow_through import inbox, numbers_of
from calmdesk.records.models import (
    Agent,
    Alarm,
    Case,
    Contact,
    Customer,
    Event,
    Note,
    Promise,
    SeenNeed,
)
from calmdesk.records.rolling import Between
from calmdesk.records.rung import IS_CALL, reached
from calmdesk.records.store import Store
from calmdesk.words import called

_SETTLED = (Outcome.AGREED, Outcome.HELD, Outcome.SPEAKS_FOR_US)
"""Outcomes after which nobody leaves any more."""
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class _Raised:
    """A reason why a case needs somebody, before it is known who the customer is."""

    case_id: str
    why: Why
    words: str
    since: datetime
    raised: datetime
    """From when it counted; whoever saw it later has seen it."""
    contact_id: str = ""
    line_id: str = ""


def needs(store: Store, now: datetime, lately: Between) -> list[Need]:
    """What needs somebody, the most pressing first and for each case its most pressing reason: of
    those who threaten to leave the largest account first, of all others the oldest. `lately` is
    today and the working day before it, whose calls count."""
    with store.reading() as session:
        raised = [
            *_alarms(session),
            *_handed(session, store.me),
            *_late(session, now),
            *_left(session, lately),
        ]
        unseen = _not_seen(session, raised)
        return _in_order(session, unseen)


def _alarms(session: Session) -> Iterable[_Raised]:
    """Danger until somebody has seen it; help as long as its call goes on."""
    live = (Contact.state == CallState.LIVE, col(Contact.ended_at).is_(None))
    for alarm in session.exec(select(Alarm).where(Alarm.kind == "safety", Alarm.seen_by == "")):
        words = "somebody may be in danger"
        yield _Raised(alarm.case_id, Why.SAFETY, words, alarm.at, alarm.at, alarm.contact_id)
    asked = (
        select(Alarm, Agent.name)
        .join(Contact, col(Contact.id) == Alarm.contact_id)
        .join(Agent, col(Agent.id) == Alarm.agent_id)
        .where(*live, Alarm.kind == "help", Alarm.seen_by == "")
    )
    for alarm, name in session.exec(asked):
        words = f"{_first(name)} asks for help"
        yield _Raised(alarm.case_id, Why.HELP, words, alarm.at, alarm.at, alarm.contact_id)


def _handed(session: Session, me: str) -> Iterable[_Raised]:
    for it in inbox(session, me):
        yield _Raised(it.case_id, Why.HANDED, f"{_first(it.of)} hands it to you", it.at, it.at)


def _late(session: Session, now: datetime) -> Iterable[_Raised]:
    """Promises that are late or about to be, whose owner is in a call about something else."""
    talking = session.exec(
        select(Contact.agent_id, Agent.name, Contact.case_id)
        .join(Agent, col(Agent.id) == Contact.agent_id)
        .where(Contact.state == CallState.LIVE, col(Contact.ended_at).is_(None))
    ).all()
    names = {agent: name for agent, name, _ in talking}
    near = (Promise.state == PromiseState.OPEN, Promise.due_at <= now + AT_RISK)
    promises = (
        select(Promise)
        .where(*near, col(Promise.owner_id).in_(names))
        .where(col(Promise.case_id).not_in([case_id for *_, case_id in talking]))
        .order_by(col(Promise.due_at))
    )
    for it in session.exec(promises):
        state = "late" if it.due_at <= now else "due"
        words = f"promise {state}, {_first(names[it.owner_id])} in a call"
        raised = it.due_at - AT_RISK
        yield _Raised(it.case_id, Why.LATE, words, it.due_at, raised, it.contact_id or "", it.id)


def _left(session: Session, lately: Between) -> Iterable[_Raised]:
    """What calls of late left: a threat to leave, heat, a final no; by the last call of each case. One
    in vain left nothing."""
    calls = (
        select(Contact, Glance)
        .join(Glance, col(Glance.case_id) == Contact.case_id)
        .where(col(Contact.agent_id).in_(select(Agent.id)), IS_CALL)
        .where(Contact.answered_at >= lately[0], Contact.answered_at < lately[1])
        .where(Contact.outcome != Outcome.NOT_REACHED)
        .where(
            or_(
                col(Glance.risk).op("&")(int(Risk.AT_STAKE)) != 0,
                col(Glance.hot).is_(True),
                Glance.outcome == Outcome.FINAL_ANSWER,
            )
        )
        .order_by(col(Contact.answered_at))
    )
    found = session.exec(calls).all()
    last = {glance.case_id: (call, glance) for call, glance in found}
    at_stake = [case_id for case_id, (_, glance) in last.items() if _may_leave(glance)]
    for note in _threats(session, at_stake):
        contact = note.contact_id or ""
        yield _Raised(note.case_id, Why.LEAVING, "threatens to leave", note.at, note.at, contact)
    for call, glance in last.values():
        over = call.ended_at if call.state != CallState.LIVE else None
        if over and call.outcome == Outcome.FINAL_ANSWER and not glance.reviewed:
            yield _Raised(glance.case_id, Why.FINAL, "given a final no", over, over, call.id)
    yield from _hot(session, [call for call, it in found if it.hot and not it.reviewed])


def _hot(session: Session, calls: list[Contact]) -> Iterable[_Raised]:
    """Those left hot, by the last of `calls` in which that was marked, until we rang and reached them.
    Of a call from another's log it is not known; what that says of heat is of its last one."""
    marked, began = HeatMarked.kind(), Answered.kind()
    entries = select(Event.contact_id, Event.kind).where(col(Event.kind).in_([marked, began]))
    entries = entries.where(col(Event.contact_id).in_([call.id for call in calls]))
    kept = set(session.exec(entries))
    hot = {
        call.case_id: call
        for call in calls
        if (call.id, marked) in kept or (call.id, began) not in kept
    }
    spoken = reached(session, col(Case.id).in_(hot))
    for case_id, call in hot.items():
        over, rung = call.ended_at, max(spoken[case_id], default=call.answered_at)
        if over and rung <= call.answered_at:
            yield _Raised(case_id, Why.HOT, "left hot, not rung since", over, over, call.id)


def _may_leave(glance: Glance) -> bool:
    still = glance.status == Status.LIVE or glance.outcome not in _SETTLED
    return Risk.AT_STAKE in Risk(glance.risk) and still


def _threats(session: Session, case_ids: list[str]) -> Iterable[Note]:
    """The last threat to leave that was noted on each of some cases."""
    stakes = select(Note).where(col(Note.case_id).in_(case_ids), Note.sign == Sign.STAKE)
    noted = session.exec(stakes.order_by(col(Note.at)))
    return {note.case_id: note for note in noted if threatens_to_leave(note.text)}.values()


def _not_seen(session: Session, raised: list[_Raised]) -> list[_Raised]:
    """Without what somebody has taken note of since it was raised."""
    ids = {it.case_id for it in raised}
    rows = session.exec(select(SeenNeed).where(col(SeenNeed.case_id).in_(ids)))
    seen_at = {(row.case_id, row.why): row.at for row in rows}
    return [
        it
        for it in raised
        if (it.case_id, it.why) not in seen_at or seen_at[it.case_id, it.why] < it.raised
    ]


def _in_order(session: Session, raised: list[_Raised]) -> list[Need]:
    """The most pressing of each case, in order, with who it is."""
    who = _people(session, {it.case_id for it in raised})
    order = list(Why)

    def pressing(it: _Raised) -> tuple[int, int, datetime, str]:
        account = -who[it.case_id][1] if it.why is Why.LEAVING else 0
        return order.index(it.why), account, it.since, it.case_id

    first: dict[str, _Raised] = {}
    for it in sorted(raised, key=pressing):
        first.setdefault(it.case_id, it)
    return [
        Need(
            case_id=it.case_id,
            why=it.why,
            who=who[it.case_id][0],
            words=it.words,
            since=it.since,
            contact_id=it.contact_id,
            line_id=it.line_id,
            value=who[it.case_id][1],
        )
        for it in first.values()
    ]


def _people(session: Session, case_ids: set[str]) -> Mapping[str, tuple[str, int]]:
    """What the customer of each case goes by, and the value of their account."""
    numbers = numbers_of(session, list(case_ids))
    rows = session.exec(
        select(Case.id, Customer.name, Customer.value)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(col(Case.id).in_(case_ids))
    )
    return {
        case_id: (called(name, numbers.get(case_id, "")), value or 0)
        for case_id, name, value in rows
    }


def _first(name: str) -> str:
    """A colleague in one word."""
    return next(iter(name.split()), "somebody")


# -- that somebody has seen it ----------------------------------------------------------------


def seen(store: Store, case_id: str, why: Why, at: datetime) -> None:
    """Whoever sits here has taken note of why a case needs somebody; until it is raised anew it is
    shown for that no more. An agent who asked for help is told."""
    with store.transaction() as session:
        if why.is_alarm:
            raised = (Alarm.case_id == case_id, Alarm.kind == why.value, Alarm.seen_by == "")
            _mark(session, case_id, raised, store.me, at)
            return
        _forget(session, case_id, why)
        row = {"case_id": case_id, "why": why.value, "agent_id": store.me, "at": at}
        session.connection().execute(insert(SeenNeed), row)


def unseen(store: Store, case_id: str, why: Why, at: datetime) -> None:
    """Take the last `seen` back; of an alarm it is kept when, so that it stands at other desks too."""
    with store.transaction() as session:
        if not why.is_alarm:
            _forget(session, case_id, why)
            return
        of_kind = (Alarm.case_id == case_id, Alarm.kind == why.value, Alarm.seen_by != "")
        last = session.exec(select(func.max(Alarm.seen_at)).where(*of_kind)).one()
        _mark(session, case_id, (*of_kind, Alarm.seen_at == last), "", at)


def _mark(session: Session, case_id: str, which: Iterable[object], by: str, at: datetime) -> None:
    """What was marked last stands, whatever the clock says that it was marked by."""
    last = session.exec(select(func.max(Alarm.seen_at)).where(*which)).one()  # type: ignore[arg-type]
    at = at if last is None else max(at, last + _MOMENT)
    marked = update(Alarm).where(*which).values(seen_by=by, seen_at=at)  # type: ignore[arg-type]
    session.connection().execute(marked)
    glances.look(session, case_id)


def _forget(session: Session, case_id: str, why: Why) -> None:
    same = (col(SeenNeed.case_id) == case_id, col(SeenNeed.why) == why.value)
    session.connection().execute(delete(SeenNeed).where(*same))


def seen_by(store: Store, contact_id: str) -> tuple[str, datetime] | None:
    """Who saw that help was asked in a call, and when; None while nobody has."""
    with store.reading() as session:
        row = session.exec(
            select(Agent.name, Alarm.seen_at)
            .join(Agent, col(Agent.id) == Alarm.seen_by)
            .where(Alarm.contact_id == contact_id, Alarm.kind == Why.HELP.value)
        ).first()
        return (row[0] or "a colleague", row[1]) if row is not None and row[1] else None
