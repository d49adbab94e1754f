"""What lists see of imported cases: many at once, and beside those that were there."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import case, update
from sqlmodel import Session, col, func, select

from calmdesk.exchange.stored_times import stored
from calmdesk.exchange.taken import Taken
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.guide.risk import HOT, Risk, risk_of
from calmdesk.records import bulk, outdated
from calmdesk.records.bulk import Rows, Values
from calmdesk.records.derived import PLACES, Glance, place_of
from calmdesk.records.glances import REPEATS_WITHIN
from calmdesk.records.models import NOWHEN

_SECOND = timedelta(seconds=1)
_MANY = 50_000
"""Places that are known by heart; where more are taken, each second is asked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A new case, as lists are to see it."""

    it: Taken
    opened: str
    """As the tables hold it."""
    agent: str
    customer: str
    cost: int
    """Accepted offers, in minor units."""


_COLUMNS = (
    "place case_id opened_at agent_id customer_id status outcome category cause complaint "
    "heat_start heat_end hot calls repeat first_contact seconds promises_open promises_kept "
    "promises_late promises_missed broken worsened promise_due_at next_at cost reviewed risk"
)


def look(session: Session, new: Sequence[Seen]) -> None:
    """Write the glances of new cases, whose rows are there already. Cases of the same customers that
    come after them are repeat calls now."""
    back, after = _repeats(session, new)
    places = _Places(session, new)
    glances = Rows("glance", _COLUMNS)
    for seen in new:
        glances.add(_glance(seen, places.take(seen.it.opened), seen.it.case_id in back))
    glances.write(session)
    _ring_again(session, after)
    _unroll(session, new)


_NOWHEN = stored(NOWHEN)


def _glance(seen: Seen, place: int, back: bool) -> Values:
    """What lists see of a case; as `glances.counted` finds it (a test compares them)."""
    it = seen.it
    calls = seconds = kept = waiting = late = missed = 0
    due = following = _NOWHEN
    for call in it.calls:
        calls += call.direction == "in" and call.seconds is not None
        seconds += call.seconds or 0
    if it.promises:
        states = [promise.state for promise in it.promises]
        waiting, kept, late, missed = map(states.count, _STATES)
        due = min((stored(p.due or NOWHEN) for p in it.promises if p.state == "open"), default=due)
    if it.follow_ups:
        dues = (stored(f.due or NOWHEN) for f in it.follow_ups if f.state == "open")
        following = min(dues, default=following)
    closed, repeat, broken = it.status == "closed", back or calls > 1, bool(late or missed)
    return (
        *(place, it.case_id, seen.opened, seen.agent, seen.customer, it.status, it.outcome),
        *(it.category, it.cause, bool(it.cause) or it.outcome != Outcome.INFORMATION),
        *(it.heat_before, it.heat_after, it.heat_after >= HOT, calls, repeat),
        *(closed and calls == 1 and not repeat, seconds, waiting, kept, late, missed, broken),
        *(broken or calls > 1, due, min(due, following), seen.cost, it.reviewed is not None),
        _risk(closed, missed > 0, repeat, it.heat_after, bool(it.stake)),
    )


_STATES = (PromiseState.OPEN, PromiseState.KEPT, PromiseState.LATE, PromiseState.MISSED)


@cache
def _risk(closed: bool, missed: bool, repeat: bool, heat_end: int, stake: bool) -> int:
    return int(
        risk_of(
            closed=closed,
            safety=False,
            help_wanted=False,
            missed=missed,
            repeat=repeat,
            heat_end=heat_end,
            unseemly=False,
            stake="named" if stake else "",
        )
    )


def _repeats(session: Session, new: Sequence[Seen]) -> tuple[set[str], set[str]]:
    """The new cases whose customer had another one within the month before, and the cases that were
    there and now have a new one before them: the next of that customer alone can be no repeat call
    yet."""
    theirs = _cases_around(session, new)
    fresh = {seen.it.case_id for seen in new}
    back: set[str] = set()
    after: set[str] = set()
    for cases in theirs.values():
        if len(cases) < 2:
            continue
        cases.sort()
        times = [at for at, _ in cases]
        for at, case_id in cases:
            if case_id not in fresh:
                continue
            before = bisect_left(times, at)
            if before and _near(times[before - 1], at):
                back.add(case_id)
            following = bisect_right(times, at)
            if following < len(cases) and _near(at, times[following]):
                until = bisect_right(times, times[following])
                after.update(other for _, other in cases[following:until])
    return back, after - fresh


def _cases_around(session: Session, new: Sequence[Seen]) -> dict[str, list[tuple[str, str]]]:
    """The cases of the customers of new cases, those among them, near enough to matter: when each
    was opened, and its id, by customer."""
    customers = {seen.customer for seen in new} - {""}
    first, last = _ends(new)
    first, last = first - REPEATS_WITHIN - _SECOND, last + REPEATS_WITHIN + _SECOND
    query = f"""SELECT customer_id, opened_at, id FROM "case" WHERE joined_to = ''
        AND opened_at BETWEEN '{stored(first)}' AND '{stored(last)}' AND customer_id IN"""
    theirs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for customer, at, case_id in bulk.among(session, query, list(customers)):
        theirs[customer].append((at, case_id))
    return theirs


def _ends(new: Sequence[Seen]) -> tuple[datetime, datetime]:
    times = [seen.it.opened for seen in new]
    return min(times), max(times)


def _near(before: str, at: str) -> bool:
    """Whether two instants are within the month, in whole seconds as `glances` counts them."""
    ends = (datetime.fromisoformat(it[:19]) for it in (before, at))
    first, last = ends
    return last - first <= REPEATS_WITHIN


def _ring_again(session: Session, case_ids: set[str]) -> None:
    if not case_ids:
        return
    risk = col(Glance.risk).op("|")(int(Risk.REPEAT))
    session.connection().execute(
        update(Glance)
        .where(col(Glance.case_id).in_(case_ids))
        .values(
            repeat=True,
            first_contact=False,
            risk=case((col(Glance.status) == Status.CLOSED, col(Glance.risk)), else_=risk),
        )
    )


def _unroll(session: Session, new: Sequence[Seen]) -> None:
    """The counts of the days in which they lie stand no more, nor those of the month after."""
    first, last = _ends(new)
    last += REPEATS_WITHIN
    outdated.days_between(session, place_of(first), place_of(last))


class _Places:
    """The next free place of each second."""

    def __init__(self, session: Session, new: Sequence[Seen]) -> None:
        self._session = session
        self._next: dict[int, int] = {}
        first, last = map(place_of, _ends(new))
        between = select(Glance.place).where(col(Glance.place).between(first, last + PLACES - 1))
        taken = session.exec(between.order_by(col(Glance.place)).limit(_MANY)).all()
        self._all_known = len(taken) < _MANY
        if self._all_known:
            self._next.update((place // PLACES * PLACES, place + 1) for place in taken)

    def take(self, at: datetime) -> int:
        """A place in the second of an instant, or in the first one after it that has any."""
        second = place_of(at)
        while True:
            place = self._next.get(second)
            if place is None:
                place = second if self._all_known else self._free(second)
            if place < second + PLACES:
                self._next[second] = place + 1
                return place
            self._next[second] = place
            second += PLACES
            if second not in self._next:
                self._next[second] = self._free(second)

    def _free(self, second: int) -> int:
        within = col(Glance.place).between(second, second + PLACES - 1)
        last: int | None = self._session.exec(select(func.max(Glance.place)).where(within)).one()
        return second if last is None else last + 1
