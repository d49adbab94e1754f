"""The lists that screens ask for again and again read no long table from end to end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from calmdesk.guide.afterwards import CaseHandedOver, ExampleMarked
from calmdesk.guide.filters import Filter, PromiseFilter, Sort
from calmdesk.guide.happenings import CallEnded
from calmdesk.guide.needing import Why
from calmdesk.guide.playbook import load
from calmdesk.records import (
    browse,
    calls,
    customers,
    duplicates,
    examples,
    export_journal,
    exporting,
    figures,
    follow_through,
    learning,
    needs,
    people,
    pictures,
    post,
    register,
    reviews,
    saved_filters,
    search,
    tending,
)
from calmdesk.records.customer_rows import Search
from calmdesk.records.derived import Glance, place_of
from calmdesk.records.models import Case, Customer
from calmdesk.records.store import Store
from tests.bench.browsing import FILTERS, MONTH
from tests.filling import roll
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE
from tests.telling import tell

NOW = SATURDAY
DAY = timedelta(days=1)
BOOK = load()
CHOSEN = (
    FILTERS
    | {f"promise {it}": Filter(promise=it, seen_at=NOW) for it in PromiseFilter}
    | {
        "heat": Filter(heat="3"),
        "not reviewed": Filter(reviewed=False),
        "rang once": Filter(repeat=False),
    }
)


def first_page(chosen: Filter) -> Callable[[Store], object]:
    return lambda store: browse.page(store, chosen, 0, NOW)


def counted(chosen: Filter) -> Callable[[Store], object]:
    return lambda store: browse.count(store, chosen)


def in_order(sort: Sort) -> Callable[[Store], object]:
    return lambda store: browse.order(store, MONTH, sort, NOW)


def next_by(sort: Sort) -> Callable[[Store], object]:
    return lambda store: reviews.next_to_review(store, MONTH, sort, NOW, "")


LOOKED_FOR = ("plate", "pl", "plaet again", "415 555 0134", '"plate status"', "nothing like it")
NARROW = Filter(since=NOW - DAY, agent="Sam", status="closed")


def finding(text: str, chosen: Filter) -> Callable[[Store], object]:
    def find(store: Store) -> object:
        tending.tend(store, 1.0)
        return search.find(store, text, chosen, NOW)

    return find


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
    "page of a rare cost": lambda store: browse.page(store, Filter(cost=10**8), 0, NOW),
    "page of a rare factor": lambda store: browse.page(store, Filter(factor="rare"), 0, NOW),
    "page of a factor": lambda store: browse.page(store, Filter(factor="service"), 0, NOW),
    "where a case stands": lambda store: browse.above(
        store, Filter(since=NOW - DAY), place_of(NOW)
    ),
    "order of a day": lambda store: browse.order(store, Filter(since=NOW - DAY), Sort.RISK, NOW),
    "one promise": lambda store: register.line(store, "none"),
    "handed": lambda store: follow_through.handed(store, "none"),
    "own promises": lambda store: register.register(store),
    "all promises": lambda store: register.register(store, everyone=True),
    "own settled": lambda store: register.settled(store, NOW),
    "all settled": lambda store: register.settled(store, NOW, everyone=True),
    "pareto": lambda store: learning.pareto(store, NOW - 30 * DAY, NOW, NOW),
    "above usual": lambda store: learning.above_usual(
        store, NOW - 7 * DAY, NOW, [(NOW - 14 * DAY, NOW - 7 * DAY)]
    ),
    "figures of a day": lambda store: figures.figures(
        store, Filter(since=NOW - DAY, until=NOW), [(NOW - 8 * DAY, NOW - 7 * DAY)], NOW
    ),
    "figures of an agent": lambda store: figures.figures(
        store, Filter(since=NOW - DAY, until=NOW, agent="sam"), [], NOW
    ),
    "roll-ups": lambda store: roll(store, 3),
    "needs": lambda store: needs.needs(store, NOW, (NOW - DAY, NOW + DAY)),
    "seen": lambda store: needs.seen(store, "", Why.HELP, NOW),
    "seen taken back": lambda store: needs.unseen(store, "", Why.HELP, NOW),
    "seen by": lambda store: needs.seen_by(store, ""),
    "saved filters": lambda store: saved_filters.saved(store),
    "pictures of a day": lambda store: pictures.pictures(
        store, Filter(since=NOW - DAY, until=NOW), NOW
    ),
    "pictures of a status": lambda store: pictures.pictures(
        store, Filter(since=NOW - DAY, until=NOW, status="open"), NOW
    ),
    "letters": lambda store: post.letters(store, NOW),
    "examples": lambda store: examples.examples(store),
    "next to review": lambda store: reviews.next_to_review(store, Filter(), Sort.TIME, NOW, ""),
    **{f"next to review by {sort}": next_by(sort) for sort in Sort},
    "private notes": lambda store: reviews.notes(store, "x"),
    "a customer": lambda store: customers.customer(store, somebody(store), NOW),
    "their cases": lambda store: browse.page(
        store, Filter(customer_id=somebody(store)), 1, NOW, place_of(NOW)
    ),
    "customers by number": lambda store: customers.named(store, "+1 415"),
    "customers by name": lambda store: customers.named(store, "rey"),
    "who calls": lambda store: people.who_calls(store, "", "Dana R", "", NOW),
    "who calls by number": lambda store: people.who_calls(store, "+49 30 12345678", "", "", NOW),
    "likely the same": lambda store: duplicates.likely(store, somebody(store)),
    "same number": lambda store: duplicates.look_on(store, Search()),
    "same firm": lambda store: duplicates.look_on(store, Search(1)),
    "same name": lambda store: duplicates.look_on(store, Search(2)),
    **{f"find {text}": finding(text, Filter()) for text in LOOKED_FOR},
    **{f"find {text} in a filter": finding(text, NARROW) for text in LOOKED_FOR},
    "tend": lambda store: tending.tend(store, 0.1),
    **{f"first page, {name}": first_page(it) for name, it in CHOSEN.items()},
    **{f"count, {name}": counted(it) for name, it in CHOSEN.items()},
    **{f"a month by {sort}": in_order(sort) for sort in Sort},
    "export": lambda store: list(exporting.case_rows(store, Filter(), BOOK, "USD")),
    "export of a status": lambda store: list(
        exporting.case_rows(store, Filter(status="closed"), BOOK, "USD")
    ),
    "export of journals": lambda store: list(
        export_journal.journal_rows(store, Filter(), BOOK, "USD")
    ),
}
LONG = (
    r"case|glance|contact|promise|follow_up|alarm|note|review|span|seen_need|day_\w+|rolled_day"
    r"|customer|customer_number|customer_name|customer_merge|letter|event|offer|attempt|waiting"
    r"|consult|handover|factor|search_(?:text|word|slip|number)|source"
)
WHOLE = re.compile(rf"SCAN (?:{LONG})(?:_\d+)?\b")
"""A long table, or one of its indexes, read from end to end."""


class Accepted(NamedTuple):
    """A step that WHOLE takes for one, and that is right in a question."""

    step: str
    query: str
    why: str

    def is_it(self, step: str, query: str) -> bool:
        told = " ".join(query.split())
        return bool(re.fullmatch(self.step, step) and re.search(self.query, told))


ACCEPTED = [
    Accepted(
        r"SCAN glance",
        r"FROM glance (WHERE glance\.place < \? )?ORDER BY glance\.place DESC LIMIT",
        "it walks down the order of time and ends after a page: every case is in the list",
    ),
    Accepted(
        r"SCAN glance",
        r"FROM glance WHERE glance\.outcome != \? ORDER BY glance\.place DESC LIMIT",
        "the same, for all but some: most are in the list",
    ),
    Accepted(
        r"SCAN contact USING COVERING INDEX ix_contact_answered",
        r"FROM contact ORDER BY contact\.answered_at( DESC)? LIMIT",
        "it takes the first entry of an index, or the last",
    ),
    Accepted(
        r"SCAN rolled_day",
        r"^SELECT rolled_day\.since, rolled_day\.until FROM rolled_day$",
        "days that stand are passed over by heart: they are a few thousand, once a minute",
    ),
    Accepted(
        r"SCAN glance USING COVERING INDEX \w+",
        r"^SELECT count\(\*\) AS count_1 FROM glance( WHERE glance\.outcome != \?)?$",
        "how many there are of all years, or all but some, is counted on an index alone",
    ),
]


def somebody(store: Store) -> str:
    """The id of a customer."""
    with store.reading() as session:
        return session.exec(select(Customer.id).where(Customer.name == "Dana Reyes")).one()


def a_case(store: Store, name: str) -> str:
    """A case with a promise that is near and one follow-up: an example, with a letter, which Ana
    hands to this desk. Returns its id."""
    case_id = tell(store, NOW - DAY / 24, NOW + DAY / 96, name=name, follow_up=NOW + DAY).case_id
    post.draft(store, case_id, "holding", "Where it stands", "So it is.", NOW)
    handed = CaseHandedOver(f"h{case_id}", store.me, "Sam Ortiz", "Ring them.")
    follow_through.together(store, case_id, [ExampleMarked(example=True), handed], NOW)
    return case_id


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a store with a case."""
    file = tmp_path_factory.mktemp("plans") / "calmdesk.db"
    store = Store.open(file, ZONE)
    people.introduce(store, "Sam Ortiz", "", "")
    a_case(store, "Dana Reyes")
    store.close()
    return file.read_bytes()


@pytest.fixture
def store(made: bytes, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "calmdesk.db").write_bytes(made)
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(store, "Sam Ortiz", "", "")
    yield store
    store.close()


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The queries that are asked meanwhile, each with what is put into it."""
    queries: list[tuple[str, Any]] = []

    def note(_: object, __: object, query: str, given: Any, *rest: object) -> None:
        if query.startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            queries.append((query, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield queries
    event.remove(Engine, "before_cursor_execute", note)


def plans(store: Store, queries: list[tuple[str, Any]]) -> list[str]:
    """How SQLite goes about some queries, step by step, but for what is accepted."""
    with store.reading() as session:
        connection = session.connection()
        return [
            step[3]
            for query, given in queries
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given)
            if not any(it.is_it(step[3], query) for it in ACCEPTED)
        ]


@pytest.mark.parametrize("name", LISTS)
def test_no_long_table_is_read_from_end_to_end(name: str, store: Store) -> None:
    with asked() as queries:
        LISTS[name](store)
    assert queries
    assert [step for step in plans(store, queries) if WHOLE.match(step)] == []


OTHER = aliased(Case)


@pytest.mark.parametrize(
    ("query", "step"),
    [
        (select(Case).where(Case.summary == "x"), "SCAN case"),
        (select(OTHER.id).where(OTHER.summary == "x"), "SCAN case_1"),
        (select(Glance.status).distinct(), "SCAN glance USING COVERING INDEX ix_glance_status"),
        (
            select(Glance.place).where(Glance.calls > 1).order_by(col(Glance.opened_at)).limit(1),
            "SCAN glance",
        ),
    ],
)
def test_a_query_that_reads_all_would_be_found(query: Any, step: str, store: Store) -> None:
    with asked() as queries, store.reading() as session:
        session.exec(query).all()
    assert [it for it in plans(store, queries) if WHOLE.match(it)] == [step]


@pytest.mark.parametrize("name", ["board", "late", "first page", "letters", "examples", "needs"])
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
