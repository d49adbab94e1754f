"""The lists that screens ask for again and again read no long table from end to end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from calmdesk.guide.afterwards import CaseHandedOver, ExampleMarked
from calmdesk.guide.filters import Filter
from calmdesk.guide.happenings import CallEnded
from calmdesk.records import (
    browse,
    calls,
    examples,
    follow_through,
    learning,
    people,
    pictures,
    post,
    register,
)
from calmdesk.records.derived import place_of
from calmdesk.records.models import Case
from calmdesk.records.store import Store
from tests.player import SATURDAY, ZONE
from tests.telling import tell

NOW = SATURDAY
DAY = timedelta(days=1)
LISTS: dict[str, Callable[[Store], object]] = {
    "board": lambda store: browse.board(store, NOW, NOW - DAY / 2, NOW + DAY),
    "near": lambda store: register.near(store, NOW),
    "late": lambda store: register.late(store, NOW),
    "count": lambda store: browse.count(store, Filter(since=NOW - DAY, until=NOW)),
    "first page": lambda store: browse.page(store, Filter(), 0, NOW),
    "next page": lambda store: browse.page(store, Filter(), 1, NOW, place_of(NOW)),
    "page of a day": lambda store: browse.page(store, Filter(since=NOW - DAY), 0, NOW),
    "page of a status": lambda store: browse.page(store, Filter(status="open"), 0, NOW),
    "page of a cause": lambda store: browse.page(store, Filter(cause="carrier"), 0, NOW),
    "page of a factor": lambda store: browse.page(store, Filter(factor="service"), 0, NOW),
    "own promises": lambda store: register.register(store),
    "all promises": lambda store: register.register(store, everyone=True),
    "own settled": lambda store: register.settled(store, NOW),
    "all settled": lambda store: register.settled(store, NOW, everyone=True),
    "pareto": lambda store: learning.pareto(store, NOW - 30 * DAY, NOW, NOW),
    "above usual": lambda store: learning.above_usual(
        store, NOW - 7 * DAY, NOW, [(NOW - 14 * DAY, NOW - 7 * DAY)]
    ),
    "pictures of a day": lambda store: pictures.pictures(
        store, Filter(since=NOW - DAY, until=NOW), NOW
    ),
    "pictures of a status": lambda store: pictures.pictures(
        store, Filter(since=NOW - DAY, until=NOW, status="open"), NOW
    ),
    "letters": lambda store: post.letters(store, NOW),
    "examples": lambda store: examples.examples(store),
}
BARE = re.compile(r"SCAN (?:case|glance|contact|promise|follow_up)\b(?! USING)")
A_PAGE = re.compile(r"FROM glance.* ORDER BY glance\.place DESC\s+LIMIT", re.DOTALL)
"""It walks down the order of time and ends after a page."""


def a_case(store: Store, name: str) -> str:
    """A case with a promise that is near and one follow-up: an example, with a letter, which Ana
    hands to this desk. Returns its id."""
    case_id = tell(store, NOW - DAY / 24, NOW + DAY / 96, name=name, follow_up=NOW + DAY).case_id
    post.draft(store, case_id, "holding", "Where it stands", "So it is.", NOW)
    handed = CaseHandedOver(f"h{case_id}", store.me, "Sam Ortiz", "Ring them.")
    follow_through.together(store, case_id, [ExampleMarked(example=True), handed], NOW)
    return case_id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "calmdesk.db", ZONE)
    people.introduce(store, "Sam Ortiz", "", "")
    a_case(store, "Dana Reyes")
    yield store
    store.close()


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The queries that are asked meanwhile, each with what is put into it."""
    queries: list[tuple[str, Any]] = []

    def note(_: object, __: object, query: str, given: Any, *rest: object) -> None:
        if query.startswith("SELECT"):
            queries.append((query, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield queries
    event.remove(Engine, "before_cursor_execute", note)


def plans(store: Store, queries: list[tuple[str, Any]]) -> list[str]:
    """How SQLite goes about some queries, step by step; walking down to the end of a page is none."""
    with store.reading() as session:
        connection = session.connection()
        return [
            step[3]
            for query, given in queries
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given)
            if not (step[3] == "SCAN glance" and A_PAGE.search(query))
        ]


@pytest.mark.parametrize("name", LISTS)
def test_no_long_table_is_read_from_end_to_end(name: str, store: Store) -> None:
    with asked() as queries:
        LISTS[name](store)
    steps = plans(store, queries)
    assert steps
    assert [step for step in steps if BARE.match(step)] == []


def test_a_query_without_an_index_would_be_found(store: Store) -> None:
    with asked() as queries, store.reading() as session:
        session.exec(select(Case).where(Case.summary == "x")).all()
    assert any(BARE.match(step) for step in plans(store, queries))


@pytest.mark.parametrize("name", ["board", "late", "first page", "letters", "examples"])
def test_a_longer_list_takes_no_more_queries(name: str, store: Store) -> None:
    with asked() as few:
        LISTS[name](store)
    for customer in ("Bo Lind", "Cy Moss", "Eve Hart"):
        a_case(store, customer)
    with asked() as many:
        LISTS[name](store)
    assert len(few) == len(many)


def test_a_case_of_many_calls_is_read_with_as_many_queries_as_one_of_few(store: Store) -> None:
    case_id = a_case(store, "Bo Lind")
    with asked() as few:
        browse.whole(store, case_id, NOW)
    for contact in ("c1", "c2", "c3"):
        calls.ring(store, contact, case_id, "", NOW)
        calls.happen(store, contact, CallEnded(), NOW)
    with asked() as many:
        assert len(browse.whole(store, case_id, NOW).contacts) == 4
    assert len(few) == len(many)
