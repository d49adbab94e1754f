"""What is added up from daily roll-ups is what a full recount finds, whatever happened meanwhile."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import select

from calmdesk.clock import local
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.pareto import CauseLine, Unusual
from calmdesk.records import calls, figures, follow_through, learning, rolling
from calmdesk.records.day_rows import DayFigures
from calmdesk.records.derived import DayCause, Glance, RolledDay, place_of
from calmdesk.records.models import Promise
from calmdesk.records.store import Store
from tests.filling import fill, roll
from tests.made_once import fresh
from tests.test_query_plans import asked

DAY = timedelta(days=1)
NEW_YORK = (ZoneInfo("America/New_York"), datetime(2026, 10, 28, tzinfo=UTC))
LORD_HOWE = (ZoneInfo("Australia/Lord_Howe"), datetime(2026, 9, 30, tzinfo=UTC))
"""Both change their clocks on the fifth day; the island by half an hour."""
DAYS = 8
ALL = 1_000
Told = tuple[list[CauseLine], tuple[Unusual, ...], DayFigures]


def told(store: Store, since: datetime, until: datetime) -> Told:
    """Everything that is added up of a period."""
    now, apart = until + DAYS * DAY, until - since
    before = [(since - apart, since), (since - 2 * apart, since - apart)]
    lines = learning.pareto(store, since, until, now)
    return (
        sorted(lines, key=lambda line: line.cause),
        learning.above_usual(store, since, until, before),
        figures.figures(store, Filter(since, until), before, now),
    )


def standing(store: Store) -> list[tuple[int, int]]:
    with store.transaction() as session:
        return sorted((it.since, it.until) for it in session.exec(select(RolledDay)))


def recount(store: Store) -> None:
    """Forget every roll-up."""
    with store.transaction() as session:
        session.connection().execute(delete(RolledDay))


def cause_found(store: Store, case_id: str, at: datetime, random: Random) -> None:
    factors = tuple(random.sample(("carrier", "no_update", "service_made_it_worse"), 2))
    cause = random.choice(("carrier", "equipment", ""))
    follow_through.happen(store, case_id, f.CauseFound(cause, factors), at)


def call_begun(store: Store, case_id: str, at: datetime, random: Random) -> None:
    """They ring; the call may become part of the case, and may go on."""
    contact = store.new_id(at)
    calls.answer(store, contact, store.new_id(at), h.Answered("+1 415 555 0134"), at)
    if random.random() < 0.5:
        calls.happen(store, contact, h.CaseJoined(case_id, "CD"), at)
    calls.happen(store, contact, h.HeatMarked(random.randrange(1, 6)), at)
    if random.random() < 0.7:
        over = at + timedelta(minutes=5)
        calls.happen(store, contact, h.CallEnded(), over)
        calls.happen(store, contact, h.Finished(random.choice([*Outcome][:8])), over)


def promised(store: Store, case_id: str, at: datetime, random: Random) -> None:
    due = random.choice((None, at + DAY))
    given_ = h.Promised(store.new_id(at), "ring back", due)
    follow_through.happen(store, case_id, given_, at)


def promises_kept(store: Store, case_id: str, at: datetime, random: Random) -> None:
    with store.transaction() as session:
        opened = session.exec(select(Promise).where(Promise.state == "open")).all()
        kept = [(it.id, it.case_id) for it in opened]
    for promise, case in kept:
        follow_through.happen(store, case, f.PromiseKept(promise), at)


def more_came(store: Store, case_id: str, at: datetime, random: Random) -> None:
    fill(store, random, 6, at - DAY, at + DAY)


def rolled(store: Store, case_id: str, at: datetime, random: Random) -> None:
    roll(store, random.choice((1, 3, ALL)))


CHANGES: tuple[Callable[[Store, str, datetime, Random], None], ...] = (
    *(cause_found, call_begun, promised, promises_kept, more_came),
    *(rolled, rolled, rolled),
)


@pytest.mark.parametrize(("zone", "since"), [NEW_YORK, LORD_HOWE], ids=["New York", "Lord Howe"])
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    changes=st.lists(st.sampled_from(CHANGES), max_size=8),
    cut=st.integers(0, 24 * DAYS),
)
def test_roll_ups_are_what_a_full_recount_finds(
    zone: ZoneInfo,
    since: datetime,
    seed: int,
    changes: list[Callable[[Store, str, datetime, Random], None]],
    cut: int,
) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        store = Store.open(fresh(Path(folder) / "calmdesk.db"), zone)
        ids = fill(store, random, 40, since, since + DAYS * DAY)
        roll(store, ALL)
        for change in changes:
            at = since + DAYS * DAY * random.random()
            change(store, random.choice(ids), at, random)
        periods = [
            (since - DAY, since + (DAYS + 2) * DAY),
            (since + timedelta(hours=cut), since + (DAYS + 1) * DAY),
        ]
        quick = [told(store, *period) for period in periods]
        recount(store)
        assert quick == [told(store, *period) for period in periods]
        store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), NEW_YORK[0])
    yield store
    store.close()


def quiet_days(store: Store) -> list[str]:
    """A few cases a day, of which nothing goes on any more. Returns their ids."""
    ids = []
    for number in range(DAYS * 4):
        at = NEW_YORK[1] + number * timedelta(hours=6)
        contact, case_id = store.new_id(at), store.new_id(at)
        calls.answer(store, contact, case_id, h.Answered("+1 415 555 0134"), at)
        calls.happen(store, contact, h.CallEnded(), at + timedelta(minutes=2))
        calls.happen(store, contact, h.Finished(Outcome.AGREED), at + timedelta(minutes=3))
        ids.append(case_id)
    return ids


def test_days_are_those_of_the_wall_through_a_change_of_the_clocks(store: Store) -> None:
    quiet_days(store)
    assert not roll(store, ALL)
    days = standing(store)
    assert len(days) >= DAYS - 1
    for (since, until), (after, _) in itertools.pairwise(days):
        assert until == after
        assert local(datetime.fromtimestamp(since // 4096, UTC), store.zone).hour == 0
    assert 25 * 3600 * 4096 in [until - since for since, until in days]


def test_a_few_days_are_counted_at_a_time_the_newest_first(store: Store) -> None:
    quiet_days(store)
    assert roll(store, 2)
    newest = standing(store)
    assert len(newest) == 2
    assert roll(store, 1)
    assert standing(store)[1:] == newest
    assert not roll(store, ALL)
    assert standing(store)[-2:] == newest
    assert rolling.to_count(store, ALL) == [], "what stands is not counted again"


def test_a_day_far_from_all_others_takes_no_more_steps_than_another(store: Store) -> None:
    far = datetime(1970, 1, 9, 12, tzinfo=UTC)
    fill(store, Random(2), 3, far, far + timedelta(hours=1))
    quiet_days(store)
    with asked() as queries:
        steps = 1
        while roll(store, 2):
            steps += 1
    assert steps <= DAYS
    assert len(queries) < 40 * DAYS
    days = standing(store)
    assert days[-1][1] - days[0][0] > 56 * 365 * 86_400 * 4096
    assert all(before[1] == after[0] for before, after in itertools.pairwise(days))
    until = NEW_YORK[1] + (DAYS + 2) * DAY
    periods = [(far - DAY, until), (far + 9 * DAY, until), (NEW_YORK[1] - DAY, until)]
    quick = [told(store, *period) for period in periods]
    recount(store)
    assert quick == [told(store, *period) for period in periods]


def test_a_case_between_two_days_far_apart_is_counted(store: Store) -> None:
    far = NEW_YORK[1] - 900 * DAY
    fill(store, Random(2), 3, far, far + timedelta(hours=1))
    quiet_days(store)
    roll(store, ALL)
    between = NEW_YORK[1] - 400 * DAY
    fill(store, Random(3), 3, between, between + timedelta(hours=1))
    quick = told(store, far, NEW_YORK[1])
    roll(store, ALL)
    again = told(store, far, NEW_YORK[1])
    recount(store)
    assert quick == again == told(store, far, NEW_YORK[1])


def test_a_day_on_which_a_call_begins_before_it_is_counted_stands_not(store: Store) -> None:
    ids = quiet_days(store)
    found = rolling.to_count(store, ALL)
    calls.ring(store, "c1", ids[17], "", NEW_YORK[1] + 30 * DAY)
    rolling.count(store, found, 60.0)
    with store.transaction() as session:
        place = session.exec(select(Glance.place).where(Glance.case_id == ids[17])).one()
    assert set(found) - set(standing(store)) == {it for it in found if it[0] <= place < it[1]}
    assert len(standing(store)) == len(found) - 1


def test_the_newest_day_is_not_over_and_stands_not(store: Store) -> None:
    quiet_days(store)
    roll(store, ALL)
    with store.transaction() as session:
        last = session.exec(select(Glance.place).order_by(Glance.place.desc())).first()  # type: ignore[attr-defined]
    assert last is not None
    assert standing(store)[-1][1] <= last


def test_what_depends_on_the_hour_never_stands(store: Store) -> None:
    ids = quiet_days(store)
    at = NEW_YORK[1] + 30 * DAY
    follow_through.happen(store, ids[9], h.Promised("p1", "ring back", at + DAY), at)
    calls.ring(store, "c1", ids[17], "", at)
    follow_through.happen(store, ids[21], h.Promised("p2", "ring back", None), at)
    roll(store, ALL)

    def stands(case_id: str) -> bool:
        with store.transaction() as session:
            place = session.exec(select(Glance.place).where(Glance.case_id == case_id)).one()
        return any(since <= place < until for since, until in standing(store))

    assert not stands(ids[9]), "a promise with a time is open"
    assert not stands(ids[17]), "a call goes on"
    assert stands(ids[21]), "a promise without a time is never late"
    follow_through.happen(store, ids[9], f.PromiseKept("p1"), at)
    roll(store, ALL)
    assert stands(ids[9])


def test_another_wall_counts_its_own_days(tmp_path: Path) -> None:
    for zone in (NEW_YORK[0], LORD_HOWE[0], None):
        store = Store.open(fresh(tmp_path / "calmdesk.db"), zone)
        if zone is NEW_YORK[0]:
            quiet_days(store)
        roll(store, ALL)
        days = standing(store)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(days))
        with store.transaction() as session:
            counted = sum(it.cases for it in session.exec(select(DayCause)))
        since, until = NEW_YORK[1] - DAY, NEW_YORK[1] + (DAYS + 2) * DAY
        assert sum(line.cases for line in learning.pareto(store, since, until, until)) == DAYS * 4
        assert counted <= DAYS * 4, "no hour is kept twice"
        store.close()


def test_only_who_takes_the_calls_counts(store: Store) -> None:
    quiet_days(store)
    second = Store.open(store.file, LORD_HOWE[0])
    assert not roll(second, ALL)
    assert standing(store) == []
    second.close()


def test_an_empty_record_has_nothing_to_count(store: Store) -> None:
    assert not roll(store, ALL)
    assert learning.pareto(store, NEW_YORK[1], NEW_YORK[1] + DAY, NEW_YORK[1]) == ()
    assert place_of(NEW_YORK[1]) % 4096 == 0
