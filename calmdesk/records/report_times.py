"""How long it took until they were spoken to, and until it was settled (S94, S101); and how long they
were listened to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, extract, func, select

from calmdesk.guide.listening import Kind
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import FollowUpResult, PromiseKind, PromiseState, Received
from calmdesk.guide.shares import FEWEST
from calmdesk.records.models import (
    NOWHEN,
    Case,
    Contact,
    FollowUp,
    Offer,
    Promise,
    Span,
    Waiting,
)
from calmdesk.records.report_rows import Closed, FirstContact
from calmdesk.records.rung import IS_CALL, reached

_FEWEST_AGENTS = 3
_RINGS_BACK = (Outcome.INVESTIGATING, Outcome.CUT_OFF)
"""Outcomes after which we ring them, whatever the promise was called."""


def first_contact(session: Session, of_cases: Any, cases: Sequence[Case]) -> FirstContact:
    """How long `cases`, which are those that the clause finds, waited for somebody to ring them.
    Where they rang us it counts from the first promise to ring back; where none was made, not."""
    theirs, ours = _calls(session, of_cases), reached(session, of_cases)
    promised = _promised_calls(session, of_cases)
    seconds, rang_first, waiting = [], 0, 0
    for case in cases:
        came, went = theirs["in", case.id], theirs["out", case.id]
        they_rang = bool(came) and came[0] <= min(went, default=NOWHEN)
        since = promised.get(case.id) if they_rang else case.opened_at
        if since is None:
            continue
        spoken = min((at for at in ours[case.id] if at >= since), default=NOWHEN)
        rang = min((at for at in came if at > since), default=NOWHEN)
        if spoken == rang == NOWHEN:
            waiting += 1
        elif rang < spoken:
            rang_first += 1
        else:
            seconds.append((spoken - since).total_seconds())
    return FirstContact(tuple(sorted(seconds)), rang_first, waiting)


def _calls(session: Session, of_cases: Any) -> Mapping[tuple[str, str], list[datetime]]:
    """When they rang and were rung, by direction and case, the earliest first."""
    rows = select(Contact.direction, Contact.case_id, Contact.answered_at)
    rows = rows.join(Case, col(Case.id) == Contact.case_id).where(of_cases, IS_CALL)
    found = defaultdict(list)
    for direction, case_id, at in session.exec(rows.order_by(col(Contact.answered_at))):
        found[direction, case_id].append(at)
    return found


def _promised_calls(session: Session, of_cases: Any) -> Mapping[str, datetime]:
    """When somebody was first told that we ring them, by case: by a promise to ring back, or by any
    promise of a call that ended with something to find out, which must carry one (S50)."""
    finds_out = col(Contact.outcome).in_(_RINGS_BACK)
    rows = select(Promise.case_id, func.min(Promise.told_at))
    rows = rows.join(Case, col(Case.id) == Promise.case_id)
    rows = rows.outerjoin(Contact, col(Contact.id) == Promise.contact_id)
    rows = rows.where(
        of_cases, was_told(Promise), (col(Promise.kind) == PromiseKind.RETURN_CALL) | finds_out
    )
    return dict(session.exec(rows.group_by(col(Promise.case_id))).all())


def was_told(table: type[Promise] | type[FollowUp]) -> Any:
    """Which rows count: one taken back within its call was never told, and has no time at which it
    was settled."""
    taken_back = (col(table.state) == PromiseState.WITHDRAWN) & col(table.settled_at).is_(None)
    return ~taken_back


def closed(session: Session, of_cases: Any) -> Closed:
    """How long the closed cases that the clause finds took, and how many one conversation settled."""
    waited, relapsed, talks = (
        _waited(session, of_cases),
        _relapsed(session),
        _talks(session, of_cases),
    )
    seconds, at_first = [], 0
    rows = select(Case.id, Case.opened_at, Case.closed_at).where(of_cases)
    for case_id, began, over in session.exec(rows):
        if over is not None:
            seconds.append(max(0.0, (over - began).total_seconds() - waited[case_id]))
            at_first += talks[case_id] == 1 and case_id not in relapsed
    return Closed(tuple(sorted(seconds)), at_first)


def _talks(session: Session, of_cases: Any) -> Mapping[str, int]:
    """How often somebody spoke with them about the matter, by case: not in a call in vain (S16),
    nor in one that only looks whether it held."""
    looks = select(FollowUp.id)
    rows = select(Contact.case_id, func.count()).join(Case, col(Case.id) == Contact.case_id)
    rows = rows.where(of_cases, IS_CALL, Contact.outcome != Outcome.NOT_REACHED)
    rows = rows.where(col(Contact.about).not_in(looks)).group_by(col(Contact.case_id))
    return defaultdict(int, session.exec(rows).all())


def _waited(session: Session, of_cases: Any) -> Mapping[str, float]:
    """Seconds in which the customer let us wait, by case."""
    rows = select(Waiting, Case.closed_at).join(Case, col(Case.id) == Waiting.case_id)
    waited: dict[str, float] = defaultdict(float)
    for it, over in session.exec(rows.where(of_cases)):
        ends = [at for at in (it.ended_at, over) if at is not None]
        waited[it.case_id] += max(0.0, (min(ends) - it.began_at).total_seconds()) if ends else 0.0
    return waited


def _relapsed(session: Session) -> set[str]:
    """Cases in which it did not hold, or a remedy did not arrive."""
    not_held = select(FollowUp.case_id).where(FollowUp.result == FollowUpResult.NOT_HELD)
    not_there = select(Offer.case_id).where(Offer.received == Received.NO)
    return {*session.exec(not_held), *session.exec(not_there)}


def listened(session: Session, within: Any) -> tuple[float, ...]:
    """Seconds listened in each call that came in, of the contacts that the clause finds; the shortest
    first. Of a few calls, or of one or two agents, nothing: it would tell of one of them."""
    length = extract("epoch", col(Span.ended_at)) - extract("epoch", col(Span.began_at))
    rows = select(Contact.agent_id, func.sum(length)).join(Span)
    rows = rows.where(within, Contact.direction == "in", Span.kind == Kind.LISTEN)
    rows = rows.where(col(Span.ended_at).is_not(None)).group_by(col(Contact.id))
    found = session.exec(rows).all()
    if len(found) < FEWEST or len({agent for agent, _ in found}) < _FEWEST_AGENTS:
        return ()
    return tuple(sorted(float(seconds) for _, seconds in found))
