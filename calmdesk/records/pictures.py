"""Verbs of what people would rather look at than read: counts over the glances of cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlmodel import Session, case, col, func, select

from calmdesk.clock import local, midnight
from calmdesk.guide.ages import Age
from calmdesk.guide.filters import Filter
from calmdesk.guide.promises import PromiseState
from calmdesk.guide.stages import HEATS
from calmdesk.records import wall_time
from calmdesk.records.choosing import conditions
from calmdesk.records.derived import PLACES, Glance
from calmdesk.records.models import NOWHEN, Promise
from calmdesk.records.picture_rows import CauseWeeks, HeatHour, Heats, Pictures
from calmdesk.records.store import Store

WEEKS = 10
"""Weeks of the picture of causes."""
MOST_CAUSES = 7
"""Causes that it names; others are added up."""
_SECOND = timedelta(seconds=1)


def pictures(store: Store, chosen: Filter, now: datetime) -> Pictures:
    """The three pictures of the cases that are chosen: heat over the hours of its days; causes of
    the weeks up to its last day; promises that wait at `now` on such cases of any day."""
    with store.reading() as session:
        return Pictures(
            heat=heat_hours(session, chosen, store.zone),
            causes=cause_weeks(session, chosen, store.zone, now),
            promises=promise_ages(session, chosen, store.zone, now),
        )


def heat_hours(session: Session, chosen: Filter, zone: tzinfo | None) -> tuple[HeatHour, ...]:
    """At which heat the cases opened in each local hour began, and were left."""
    first, last = _ends(session)
    since, until = max(chosen.since or first, first), min(chosen.until or last, last)
    hour = wall_time.hour(since, until, zone)
    query = (
        select(hour, Glance.heat_start, Glance.heat_end, func.count())
        .where(*conditions(chosen))
        .group_by(hour, col(Glance.heat_start), col(Glance.heat_end))
    )
    cases, before, after = Counter[int](), Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for at, began, left, count in session.exec(query):
        cases[at] += count
        before[at, began] += count
        after[at, left] += count
    return tuple(HeatHour(at, cases[at], _heats(before, at), _heats(after, at)) for at in range(24))


def _heats(counts: Mapping[tuple[int, int], int], hour: int) -> Heats:
    one, two, three, four, five = (counts[hour, level] for level in HEATS)
    return one, two, three, four, five


def cause_weeks(session: Session, chosen: Filter, zone: tzinfo | None, now: datetime) -> CauseWeeks:
    """The causes of complaints in the week of the last day chosen, today at the latest, and in the
    weeks before."""
    mondays = _mondays(session, chosen, zone, now)
    since, until = (midnight(day, zone) for day in (mondays[0], mondays[-1] + timedelta(weeks=1)))
    week = wall_time.week(since, until, zone)
    query = (
        select(week, Glance.cause, func.count())
        .where(*conditions(replace(chosen, since=since, until=until)))
        .where(col(Glance.complaint).is_(True))
        .group_by(week, col(Glance.cause))
    )
    counts = Counter[tuple[str, date]]()
    for number, cause, count in session.exec(query):
        counts[cause, wall_time.monday_of(number)] += count
    ranked = _ranked(counts)
    shown = ranked if len(ranked) <= MOST_CAUSES else ranked[: MOST_CAUSES - 1]
    others = ranked[len(shown) :]
    return CauseWeeks(
        weeks=tuple(mondays),
        causes=tuple((cause, tuple(counts[cause, day] for day in mondays)) for cause in shown),
        others=tuple(sum(counts[cause, day] for cause in others) for day in mondays),
        other_causes=len(others),
        unknown=tuple(counts["", day] for day in mondays),
        running=now < until,
    )


def _mondays(
    session: Session, chosen: Filter, zone: tzinfo | None, now: datetime
) -> Sequence[date]:
    """The weeks of the picture, the oldest first: as many as there are, one at least."""
    today = local(now, zone).date()
    last = min(local(chosen.until - _SECOND, zone).date(), today) if chosen.until else today
    began = local(_ends(session)[0], zone).date()
    weeks = [wall_time.monday(last) - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [day for day in weeks if day + timedelta(weeks=1) > began] or weeks[-1:]


def _ranked(counts: Mapping[tuple[str, date], int]) -> Sequence[str]:
    """The causes that were found, the most frequent first; what is as frequent goes by name."""
    totals = Counter[str]()
    for (cause, _), count in counts.items():
        if cause:
            totals[cause] += count
    return sorted(totals, key=lambda cause: (-totals[cause], cause))


def _ends(session: Session) -> tuple[datetime, datetime]:
    """The first and the last second of the record; without a case, the beginning of time."""
    ends = session.exec(
        select(
            select(func.min(Glance.place)).scalar_subquery(),
            select(func.max(Glance.place)).scalar_subquery(),
        )
    ).one()
    first, last = (datetime.fromtimestamp((place or 0) // PLACES, UTC) for place in ends)
    return first, last + _SECOND


def promise_ages(
    session: Session, chosen: Filter, zone: tzinfo | None, now: datetime
) -> Mapping[Age, int]:
    """The open promises on the cases chosen, whenever these were opened, by how late they are."""
    age = _age(now, zone)
    query = select(age, func.count()).where(Promise.state == PromiseState.OPEN).group_by(age)
    wanted = conditions(chosen.of_any_day)
    if wanted:
        query = query.join(Glance, col(Glance.case_id) == Promise.case_id).where(*wanted)
    counts = dict(session.exec(query).all())
    return {age: counts.get(age.name, 0) for age in Age}


def _age(now: datetime, zone: tzinfo | None) -> Any:
    """The name of a promise's Age, as a column."""
    due, today = col(Promise.due_at), local(now, zone).date()

    def day(count: int) -> datetime:
        return midnight(today + timedelta(days=count), zone)

    return case(
        (due >= NOWHEN, Age.UNTIMED.name),
        (due < day(-7), Age.WEEKS_LATE.name),
        (due < day(0), Age.DAYS_LATE.name),
        (due <= now, Age.LATE_TODAY.name),
        (due < day(1), Age.TODAY.name),
        (due < day(8), Age.DAYS.name),
        else_=Age.LATER.name,
    )
