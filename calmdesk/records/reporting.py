"""The verb of the report: what was asked, what was given, and what was kept (S99)."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Verdict
from calmdesk.guide.promises import FollowUpResult, PromiseKind, PromiseState
from calmdesk.guide.stages import HEATS
from calmdesk.records.models import (
    NOWHEN,
    Attempt,
    Case,
    Contact,
    FollowUp,
    Letter,
    Offer,
    Promise,
)
from calmdesk.records.pictures import pictures
from calmdesk.records.report_rows import (
    Asked,
    Calls,
    Counts,
    Gave,
    Promises,
    Report,
)
from calmdesk.records.report_times import closed, first_contact, listened, was_told
from calmdesk.records.rung import IS_CALL, WAS_TRIED
from calmdesk.records.store import Store


def report(store: Store, edges: Sequence[datetime], now: datetime) -> Report:
    """Count the time from the first of `edges` to the last; calls are counted between each two of
    them. Agents and customers are not named."""
    with store.reading() as session:
        counted = _Counting(session, edges, now).report()
    chosen = Filter(edges[0], edges[-1])
    return replace(counted, pictures=pictures(store, chosen, now))


class _Counting:
    """One report on its way; each part is a query or two, and a pass over what they bring."""

    def __init__(self, session: Session, edges: Sequence[datetime], now: datetime) -> None:
        self.session, self.edges, self.now = session, edges, now
        self.opened = (Case.joined_to == "") & self._within(Case.opened_at)
        self.closed = (Case.joined_to == "") & self._within(Case.closed_at)
        chosen = select(Case).where(self.opened).order_by(col(Case.opened_at))
        self.cases = session.exec(chosen).all()

    def report(self) -> Report:
        session, promises = self.session, self._promises()
        return Report(
            since=self.edges[0],
            until=self.edges[-1],
            now=self.now,
            calls=self._calls(),
            cases=len(self.cases),
            outcomes=self._count(Contact.outcome, Contact.answered_at, IS_CALL),
            categories=_most(case.category for case in self.cases),
            causes=_most(case.cause for case in self.cases if case.cause),
            cause_unknown=sum(not case.cause for case in self.cases),
            heat=self._heat(),
            heat_unmarked=sum(not _is_marked(case) for case in self.cases),
            asked=self._asked(),
            first_contact=first_contact(session, self.opened, self.cases),
            closed=closed(session, self.closed),
            listened=listened(session, self._within(Contact.answered_at)),
            promises=self._kept(promises),
            progress=self._kept(it for it in promises if it.kind == PromiseKind.PROGRESS),
            attempts=self._count(Attempt.result, Attempt.at, WAS_TRIED),
            follow_ups=self._follow_ups(),
            letters=self._count(Letter.kind, Letter.released_at, Letter.state == "released"),
        )

    def _within(self, instant: Any) -> Any:
        return (col(instant) >= self.edges[0]) & (col(instant) < self.edges[-1])

    def _count(self, what: Any, instant: Any, only: Any = True) -> Counts:
        rows = select(what, func.count()).where(self._within(instant), only).group_by(what)
        return _most(dict(self.session.exec(rows).all()))

    def _calls(self) -> tuple[Calls, ...]:
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        rows = select(Contact.answered_at, Contact.direction).where(IS_CALL)
        for at, direction in self.session.exec(rows.where(self._within(Contact.answered_at))):
            counts[bisect_right(self.edges, at) - 1][direction] += 1
        return tuple(
            Calls(began, counts[place]["in"], counts[place].total() - counts[place]["in"])
            for place, began in enumerate(self.edges[:-1])
        )

    def _heat(self) -> tuple[tuple[int, ...], ...]:
        pairs = Counter((case.heat_start, case.heat_end) for case in self.cases)
        return tuple(tuple(pairs[before, after] for after in HEATS) for before in HEATS)

    # -- what was asked, what was given -------------------------------------------------------

    def _asked(self) -> tuple[Asked, ...]:
        offers = defaultdict(list)
        rows = select(Offer).join(Case, col(Case.id) == Offer.case_id).where(self.opened)
        for offer in self.session.exec(rows.order_by(col(Offer.at), col(Offer.id))):
            offers[offer.case_id].append(offer)
        lines = [_asked(case, offers[case.id]) for case in self.cases]
        return tuple(line for line in lines if line.ask or line.gave)

    # -- what was kept ------------------------------------------------------------------------

    def _promises(self) -> Sequence[Promise]:
        """Those first due in this time, and those given in it without an instant."""
        untimed = (Promise.first_due_at == NOWHEN) & self._within(Promise.told_at)
        due = self._within(Promise.first_due_at)
        return self.session.exec(select(Promise).where(due | untimed, was_told(Promise))).all()

    def _kept(self, promises: Iterable[Promise]) -> Promises:
        counts = Counter(_became(promise, self.now) for promise in promises)
        return Promises(**counts)

    def _follow_ups(self) -> Counts:
        rows = select(FollowUp).where(self._within(FollowUp.due_at), was_told(FollowUp))
        return _most(_found(follow_up, self.now) for follow_up in self.session.exec(rows))


def _most(things: Iterable[str] | Mapping[str, int]) -> Counts:
    """How often each, the most frequent first; what is as frequent goes by name."""
    return tuple(sorted(Counter(things).items(), key=lambda it: (-it[1], it[0])))


def _is_marked(case: Case) -> bool:
    return bool(case.heat_start and case.heat_end)


def _asked(case: Case, offers: Sequence[Offer]) -> Asked:
    """One case; every call begins its rounds anew, so that they are counted over the case."""
    rounds = list(dict.fromkeys((offer.contact_id, offer.round) for offer in offers))
    taken = [offer for offer in offers if offer.verdict == Verdict.YES]
    return Asked(
        ref=case.ref,
        opened_at=case.opened_at,
        ask=case.ask,
        gave=tuple(Gave(it.text, it.remedy, it.amount, it.received) for it in taken),
        rounds=len(rounds),
        settled_in=max((rounds.index((it.contact_id, it.round)) + 1 for it in taken), default=0),
        outcome=case.outcome,
    )


def _became(promise: Promise, now: datetime) -> str:
    """What became of a promise, as Promises counts it."""
    if promise.first_due_at == NOWHEN:
        return "untimed"
    match PromiseState(promise.state):
        case PromiseState.KEPT:
            settled = promise.settled_at or promise.due_at
            return "at_first_time" if settled <= promise.first_due_at else "at_later_time"
        case PromiseState.OPEN:
            return "overdue" if promise.due_at <= now else "waiting"
        case state:
            return state.value


def _found(follow_up: FollowUp, now: datetime) -> str:
    """What a follow-up found, or where it stands."""
    if follow_up.state == PromiseState.OPEN:
        return follow_up.result or ("overdue" if follow_up.due_at <= now else "to come")
    if follow_up.state == PromiseState.WITHDRAWN:
        return "withdrawn"
    return follow_up.result or FollowUpResult.HELD
