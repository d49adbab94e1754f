"""What is drawn is what plain counting finds, also where the clocks are changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from calmdesk.guide.ages import Age
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Outcome
from calmdesk.records import glances, pictures, wall_time
from calmdesk.records.models import NOWHEN, Case, Promise
from calmdesk.records.picture_rows import CauseWeeks
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import ZONE
from tests.reporting import Living

BEGAN = datetime(2026, 2, 20, 3, tzinfo=UTC)
"""Before the clocks of New York go forward, on 8 March; they go back on 1 November."""
DAYS = 290
NOW = datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
CAUSES = ("carrier", "supplier", "no_update", "a", "b", "c", "d", "e", "f", "", "", "carrier")
CATEGORIES = ("billing", "late_delivery", "")
OUTCOMES = (Outcome.AGREED, Outcome.INVESTIGATING, Outcome.INFORMATION)
LATE_HOURS = [datetime(2026, 11, 1, 5, 30, tzinfo=UTC) + timedelta(hours=n) for n in range(3)]
"""Half past one, half past one again, half past two."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three hundred cases over ten months, some of them in the hours that come twice."""
    opened = Store.open(fresh(tmp_path_factory.mktemp("looked") / "calmdesk.db"), ZONE)
    random = Random(5)
    instants = [BEGAN + timedelta(seconds=random.randrange(DAYS * 86_400)) for _ in range(294)]
    cases = [_case(opened, random, at) for at in sorted([*instants, *LATE_HOURS, *LATE_HOURS])]
    with opened.transaction() as session:
        session.add_all(cases)
        session.flush()
        session.add_all(_promise(opened, random, case) for case in cases)
        session.flush()
        glances.look_at_new(session, [case.id for case in cases])
    yield opened
    opened.close()


def _case(store: Store, random: Random, at: datetime) -> Case:
    before, after = random.choice([(0, 0), (random.randint(1, 5), random.randint(1, 5))])
    case_id = store.new_id(at)
    return Case(
        id=case_id,
        ref=case_id,
        opened_at=at,
        updated_at=at,
        agent_id=store.me,
        category=random.choice(CATEGORIES),
        cause=random.choice(CAUSES),
        outcome=random.choice(OUTCOMES),
        heat_start=before,
        heat_end=after,
    )


def _promise(store: Store, random: Random, case: Case) -> Promise:
    due = _due(random, case.opened_at)
    return Promise(
        id=store.new_id(case.opened_at),
        case_id=case.id,
        agent_id=store.me,
        owner_id=store.me,
        told_at=case.opened_at,
        what="ring back",
        due_at=due,
        first_due_at=due,
        state=random.choice(["open", "open", "open", "kept"]),
    )


def _due(random: Random, at: datetime) -> datetime:
    """Now and then none, else between three weeks before NOW and three weeks after."""
    if random.random() < 0.1:
        return NOWHEN
    return max(at, NOW + timedelta(seconds=random.randint(-21 * 86_400, 21 * 86_400)))


def fits(case: Case, chosen: Filter) -> bool:
    """Whether a case is in a list, found without any SQL."""
    if chosen.since is not None and case.opened_at < chosen.since:
        return False
    if chosen.until is not None and case.opened_at >= chosen.until:
        return False
    wanted = (
        chosen.category in ("", case.category)
        and chosen.outcome in ("", case.outcome)
        and (not chosen.heat or case.heat_end >= 4)
        and (chosen.cause is None or (case.cause == chosen.cause and complained(case)))
    )
    return wanted is not chosen.all_but


def complained(case: Case) -> bool:
    return bool(case.cause) or case.outcome != Outcome.INFORMATION


@pytest.fixture(scope="module")
def cases(store: Store) -> Sequence[Case]:
    with store.reading() as session:
        return session.exec(select(Case)).all()


@pytest.fixture(scope="module")
def waiting(store: Store) -> Sequence[Promise]:
    with store.reading() as session:
        return session.exec(select(Promise).where(Promise.state == "open")).all()


_INSTANTS = st.integers(0, 320 * 86_400).map(
    lambda seconds: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
_ENDS = st.tuples(st.none() | _INSTANTS, st.none() | _INSTANTS).map(
    lambda ends: sorted(ends) if None not in ends else ends  # type: ignore[type-var]
)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Any days, any other choice, and what it leaves out."""
    since, until = draw(_ENDS)
    return Filter(
        since,
        until,
        category=draw(st.sampled_from(CATEGORIES)),
        outcome=draw(st.sampled_from(("", *OUTCOMES))),
        heat=draw(st.sampled_from(("", "", "hot"))),
        cause=draw(st.sampled_from((None, None, "", "carrier", "nobody has it"))),
        all_but=draw(st.booleans()),
    )


@given(chosen=filters())
def test_heat_by_the_hour_is_what_counting_finds(
    store: Store, cases: Sequence[Case], chosen: Filter
) -> None:
    shown = pictures.pictures(store, chosen, NOW).heat
    found = [(it.opened_at.astimezone(ZONE).hour, it) for it in cases if fits(it, chosen)]
    by_hour = Counter(hour for hour, _ in found)
    began = Counter((hour, it.heat_start) for hour, it in found)
    left = Counter((hour, it.heat_end) for hour, it in found)
    assert [it.hour for it in shown] == list(range(24))
    for it in shown:
        assert it.cases == by_hour[it.hour]
        assert it.before == tuple(began[it.hour, level] for level in range(1, 6))
        assert it.after == tuple(left[it.hour, level] for level in range(1, 6))


def test_the_hour_that_comes_twice_is_one_hour(store: Store) -> None:
    night = Filter(LATE_HOURS[0], LATE_HOURS[-1] + timedelta(minutes=1))
    shown = pictures.pictures(store, night, NOW).heat
    assert {it.hour: it.cases for it in shown if it.cases} == {1: 4, 2: 2}


@given(chosen=filters(), now=_INSTANTS)
def test_causes_by_week_are_what_counting_finds(
    store: Store, cases: Sequence[Case], chosen: Filter, now: datetime
) -> None:
    shown = pictures.pictures(store, chosen, now).causes
    today = now.astimezone(ZONE).date()
    before = chosen.until - timedelta(seconds=1) if chosen.until else now
    last = _monday(min(before.astimezone(ZONE).date(), today))
    counts: Counter[tuple[str, date]] = Counter()
    ever = chosen.of_any_day
    for case in cases:
        week = _monday(case.opened_at.astimezone(ZONE).date())
        if complained(case) and fits(case, ever) and timedelta(0) <= last - week < TEN_WEEKS:
            counts[case.cause, week] += 1
    assert shown.weeks[-1] == last
    assert set(shown.weeks) >= {week for _, week in counts}
    assert len(shown.weeks) == len(set(shown.weeks)) <= 10
    assert shown.running is (today < last + timedelta(weeks=1))
    assert shown.unknown == tuple(counts["", week] for week in shown.weeks)
    _ranks(shown, counts)


TEN_WEEKS = timedelta(weeks=10)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _ranks(shown: CauseWeeks, counts: Counter[tuple[str, date]]) -> None:
    """The named causes are the most frequent, and the others are all that is left."""
    totals: Counter[str] = Counter()
    for (cause, _), count in counts.items():
        totals[cause] += count if cause else 0
    ranked = sorted((it for it in totals if it), key=lambda it: (-totals[it], it))
    named = [cause for cause, _ in shown.causes]
    assert named == ranked[: len(named)]
    assert shown.other_causes == len(ranked) - len(named) != 1
    for cause, by_week in shown.causes:
        assert by_week == tuple(counts[cause, week] for week in shown.weeks)
    rest = ranked[len(named) :]
    assert shown.others == tuple(sum(counts[it, week] for it in rest) for week in shown.weeks)
    assert shown.cases == counts.total()


@given(chosen=filters(), now=_INSTANTS)
def test_promises_by_age_are_what_counting_finds(
    store: Store,
    cases: Sequence[Case],
    waiting: Sequence[Promise],
    chosen: Filter,
    now: datetime,
) -> None:
    shown = pictures.pictures(store, chosen, now).promises
    ever = chosen.of_any_day
    ids = {case.id for case in cases if fits(case, ever)}
    counted = Counter(_age(it.due_at, now) for it in waiting if it.case_id in ids)
    assert dict(shown) == {age: counted[age] for age in Age}


def _age(due: datetime, now: datetime) -> Age:
    if due == NOWHEN:
        return Age.UNTIMED
    days = (due.astimezone(ZONE).date() - now.astimezone(ZONE).date()).days
    if days == 0:
        return Age.LATE_TODAY if due <= now else Age.TODAY
    if days < 0:
        return Age.DAYS_LATE if days >= -7 else Age.WEEKS_LATE
    return Age.DAYS if days <= 7 else Age.LATER


def test_an_empty_record_has_empty_pictures(tmp_path: Path) -> None:
    empty = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    shown = pictures.pictures(empty, Filter(), NOW)
    empty.close()
    assert not any(it.cases for it in shown.heat)
    assert (shown.causes.cases, shown.causes.causes) == (0, ())
    assert sum(shown.promises.values()) == 0


def test_weeks_from_before_the_record_began_are_left_out(tmp_path: Path) -> None:
    young = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    Living(young).call(NOW - timedelta(days=9), cause="carrier")
    shown = pictures.pictures(young, Filter(), NOW).causes
    young.close()
    assert shown.weeks == (date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30))
    assert shown.causes == (("carrier", (1, 0, 0)),)


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("America/New_York", 2),
        ("Asia/Kolkata", 0),
        ("Australia/Lord_Howe", 2),
        ("Africa/Casablanca", 2),
        ("UTC", 0),
    ],
)
def test_every_change_of_the_clocks_is_found_to_the_second(zone: str, changes: int) -> None:
    of = ZoneInfo(zone)
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    first, *steps = wall_time.offsets(since, until, of)
    assert first[0] == since
    assert len(steps) == changes
    before = first[1]
    for at, offset in steps:
        ahead = [(at + timedelta(seconds=n)).astimezone(of).utcoffset() for n in (-1, 0)]
        assert ahead == [timedelta(seconds=before), timedelta(seconds=offset)]
        before = offset
