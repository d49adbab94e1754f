"""A list, its complement and its order hold the cases that they should: no more, no less."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from calmdesk.guide.filters import Filter, PromiseFilter, Sort
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.records import browse, figures
from calmdesk.records.case_rows import PAGE, CaseLine
from calmdesk.records.derived import Glance
from calmdesk.records.models import Agent, Contact
from calmdesk.records.store import Store
from tests.filling import AGENTS, CATEGORIES, CAUSES, fill
from tests.player import ZONE

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = datetime(2026, 11, 21, tzinfo=UTC)
NOW = datetime(2026, 11, 15, tzinfo=UTC)
CASES = 300


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file: Path = tmp_path_factory.mktemp("filters") / "calmdesk.db"
    store = Store.open(file, ZONE)
    fill(store, Random(5), CASES, SINCE, UNTIL)
    yield store
    store.close()


INSTANTS = st.one_of(
    st.none(),
    st.integers(0, 20 * 24).map(lambda hours: SINCE + timedelta(hours=hours)),
)
MAYBE = st.one_of(st.none(), st.booleans())
FILTERS = st.builds(
    Filter,
    since=INSTANTS,
    until=INSTANTS,
    agent=st.sampled_from(["", "", "sam", "ÖSTER", "100%", "nobody", "sam o", "_"]),
    status=st.sampled_from(["", "", "", *Status]),
    cause=st.sampled_from([None, None, None, *CAUSES]),
    factor=st.sampled_from(["", "", "", "carrier", SERVICE]),
    outcome=st.sampled_from(["", "", "", *Outcome]),
    category=st.sampled_from(["", "", *CATEGORIES]),
    heat=st.sampled_from(["", "", "", "hot", *"012345"]),
    promise=st.sampled_from([None, None, None, *PromiseFilter]),
    repeat=MAYBE,
    cost=st.sampled_from([None, None, 0, 1, 5000, 5001]),
    reviewed=MAYBE,
    all_but=st.booleans(),
    seen_at=st.sampled_from([None, NOW]),
)


def listed(store: Store, chosen: Filter) -> list[CaseLine]:
    """Every case of a list, page by page."""
    rows: list[CaseLine] = []
    while True:
        before = rows[-1].place if rows else None
        page = browse.page(store, chosen, len(rows) // PAGE, NOW, before)
        rows += page
        if len(page) < PAGE:
            return rows


@settings(max_examples=60)
@given(chosen=FILTERS)
def test_a_list_and_its_complement_are_all_cases_of_the_days(store: Store, chosen: Filter) -> None:
    ours = {row.id for row in listed(store, chosen)}
    others = {row.id for row in listed(store, replace(chosen, all_but=not chosen.all_but))}
    every = {row.id for row in listed(store, Filter(chosen.since, chosen.until))}
    assert ours & others == set()
    assert ours | others == every


WITHIN = FILTERS.map(lambda it: it.timeless)
"""Lists of which others are chosen."""


@settings(max_examples=60)
@given(chosen=FILTERS, listed_=WITHIN)
def test_within_a_list_a_filter_and_its_complement_are_all_of_it(
    store: Store, chosen: Filter, listed_: Filter
) -> None:
    days = replace(listed_, since=chosen.since, until=chosen.until, seen_at=chosen.seen_at)
    every = {row.id for row in listed(store, days)}
    ours, others = (
        {row.id for row in listed(store, replace(chosen, all_but=all_but).chosen_of(days))}
        for all_but in (chosen.all_but, not chosen.all_but)
    )
    assert ours & others == set()
    assert ours | others == every
    assert ours == every & {row.id for row in listed(store, chosen)}


def test_a_cause_within_a_list_of_another_is_none_of_both(store: Store) -> None:
    carrier, equipment = (Filter(SINCE, UNTIL, cause=it) for it in ("carrier", "equipment"))
    assert browse.count(store, carrier) > 0
    assert browse.count(store, equipment.chosen_of(carrier)) == 0
    rest = replace(equipment, all_but=True).chosen_of(carrier)
    assert browse.count(store, rest) == browse.count(store, carrier)


@settings(max_examples=60)
@given(
    chosen=FILTERS | st.builds(Filter.chosen_of, FILTERS, FILTERS),
    sort=st.sampled_from(Sort),
)
def test_count_pages_and_every_order_agree(store: Store, chosen: Filter, sort: Sort) -> None:
    rows = listed(store, chosen)
    assert browse.count(store, chosen) == len(rows)
    assert [row.place for row in rows] == sorted((row.place for row in rows), reverse=True)
    places = browse.order(store, chosen, sort, NOW)
    assert sorted(places) == sorted(row.place for row in rows)
    if sort is Sort.TIME:
        assert places == [row.place for row in rows]
    jumped = [
        row
        for number in range(len(rows) // PAGE + 1)
        for row in browse.page(store, chosen, number, NOW)
    ]
    assert jumped == rows
    assert browse.at_places(store, places[:PAGE], NOW) == sorted(
        (row for row in rows if row.place in places[:PAGE]), key=lambda row: places.index(row.place)
    )


def wanted(glance: Glance, names: dict[str, str], chosen: Filter) -> bool:
    """Whether a case is in a list, said again in plain words."""
    due = glance.promise_due_at
    late = chosen.seen_at is not None and due <= chosen.seen_at
    kinds = {
        PromiseFilter.LATE: late,
        PromiseFilter.OPEN: glance.promises_open > 0,
        PromiseFilter.KEPT: bool(glance.promises_kept)
        and not glance.broken
        and not glance.promises_open,
        PromiseFilter.BROKEN: glance.broken or late,
        PromiseFilter.NONE: not (glance.promises_open or glance.promises_kept or glance.broken),
    }
    answers = [
        names[glance.agent_id].casefold().startswith(chosen.agent.casefold()),
        chosen.status in ("", glance.status),
        chosen.outcome in ("", glance.outcome),
        chosen.category in ("", glance.category),
        chosen.cause is None or (glance.complaint and chosen.cause == glance.cause),
        chosen.heat in ("", str(glance.heat_end)) or (chosen.heat == "hot" and glance.heat_end > 3),
        chosen.promise is None or kinds[chosen.promise],
        chosen.repeat in (None, glance.repeat),
        chosen.cost is None or glance.cost >= chosen.cost,
        chosen.reviewed in (None, glance.reviewed),
        not chosen.factor or (glance.complaint and (glance.worsened or late)),
    ]
    return all(answers) is not chosen.all_but


@settings(max_examples=60)
@given(chosen=FILTERS.map(lambda it: replace(it, since=SINCE, until=UNTIL, factor="")))
def test_a_list_holds_what_it_says_and_its_figures_are_theirs(store: Store, chosen: Filter) -> None:
    with store.transaction() as session:
        names = {it.id: it.name for it in session.exec(select(Agent))}
        every = session.exec(select(Glance)).all()
        theirs = [it for it in every if wanted(it, names, chosen)]
        ids = {it.case_id for it in theirs}
        calls = sum(
            it.case_id in ids
            and it.direction == "in"
            and it.state != "not rung"
            and it.answered_at < UNTIL
            for it in session.exec(select(Contact))
        )
    assert {row.id for row in listed(store, chosen)} == ids
    found = figures.figures(store, chosen, [(SINCE, UNTIL)], NOW)
    assert sum(found.hours) == calls
    assert_figures(found.now, theirs)
    assert found.before == (found.now,), "the usual is chosen alike"


def assert_figures(found: Any, theirs: list[Glance]) -> None:
    ended = [it for it in theirs if it.outcome not in ("", "information only")]
    closed = [it for it in theirs if it.status == "closed"]
    told = sum(
        it.promises_kept + it.promises_late + it.promises_missed + (it.promise_due_at <= NOW)
        for it in theirs
    )
    assert found.cases == len(theirs)
    assert (found.agreed.part, found.agreed.of) == (
        sum(it.outcome == "agreed" for it in ended),
        len(ended),
    )
    assert (found.kept.part, found.kept.of) == (sum(it.promises_kept for it in theirs), told)
    assert found.first_contact.part == sum(it.first_contact for it in closed)
    assert found.first_contact.of == len(closed)
    assert found.hot == sum(it.heat_end >= 4 for it in theirs)
    assert found.repeats == sum(it.repeat for it in theirs)
    assert found.cost == sum(it.cost for it in theirs)
    for level in range(1, 6):
        assert found.heat_before[level - 1] == sum(it.heat_start == level for it in theirs)
        assert found.heat_after[level - 1] == sum(it.heat_end == level for it in theirs)


def test_the_cases_are_varied_enough_to_tell(store: Store) -> None:
    with store.transaction() as session:
        every = session.exec(select(Glance)).all()
    assert len(every) == CASES
    for sign in ("hot", "repeat", "first_contact", "running", "broken", "worsened", "reviewed"):
        share = sum(getattr(it, sign) for it in every)
        assert 0 < share < CASES, sign
    assert len({it.agent_id for it in every}) == len(AGENTS) + 1


def test_late_without_an_hour_is_never(store: Store) -> None:
    assert browse.count(store, Filter(promise=PromiseFilter.LATE)) == 0
    assert browse.count(store, Filter(promise=PromiseFilter.LATE, seen_at=NOW)) > 0
