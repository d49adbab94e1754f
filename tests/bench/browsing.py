"""How long the lists of a supervisor take on a record of years: each beside plain sqlite3 putting
the very same questions to the same file."""

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from calmdesk.guide.filters import Filter, PromiseFilter, Sort
from calmdesk.records import browse
from calmdesk.records.case_rows import PAGE
from calmdesk.records.store import Store
from tests.bench.million import UNTIL, ZONE, million
from tests.bench.rows import Row, at, milliseconds

FRAME = 1 / 60
DAY = timedelta(days=1)
MIDNIGHT = UNTIL.replace(hour=0)
MOST = 3.0
"""Times plain sqlite3, and a frame more."""
SOON = 0.1
"""Seconds that no list may take, whatever plain sqlite3 takes for the same question."""
Question = Callable[[Store], object]

FILTERS = {
    "today": Filter(MIDNIGHT, MIDNIGHT + DAY),
    "a day of two years ago": Filter(MIDNIGHT - 731 * DAY, MIDNIGHT - 730 * DAY),
    "all years": Filter(),
    "one agent": Filter(agent="Sam Ortiz"),
    "one status": Filter(status="investigating"),
    "one outcome": Filter(outcome="closed, final answer given"),
    "one category": Filter(category="no_answer"),
    "one cause": Filter(cause="supplier"),
    "a cause nobody has": Filter(cause="never_heard_of"),
    "left hot": Filter(heat="hot"),
    "promise late": Filter(promise=PromiseFilter.LATE, seen_at=UNTIL),
    "promise broken": Filter(promise=PromiseFilter.BROKEN, seen_at=UNTIL),
    "rang again": Filter(repeat=True),
    "dear": Filter(cost=12_000),
    "dearer than any": Filter(cost=10**8),
    "worsened by what few had": Filter(factor="never_heard_of"),
    "reviewed": Filter(reviewed=True),
    "all but agreed": Filter(outcome="agreed", all_but=True),
    "one agent, hot, of a year": Filter(MIDNIGHT - 365 * DAY, agent="Sam Ortiz", heat="hot"),
    "broken, billing, rang again": Filter(
        promise=PromiseFilter.BROKEN, seen_at=UNTIL, category="billing", repeat=True
    ),
}
MONTH = Filter(MIDNIGHT - 30 * DAY, MIDNIGHT + DAY)


def lists(quick: bool) -> list[Row]:
    """First rows of every kind of list, the next page of a long one, and a month in every order."""
    return measure(million(20_000 if quick else 1_000_000), 5 if quick else 15)


def measure(file: Path, rounds: int) -> list[Row]:
    """The rows of one file."""
    store = Store.open(file, ZONE)
    gc.freeze()  # as the app does once it is painted
    try:
        first = [_beside(store, name, _first(chosen), rounds) for name, chosen in FILTERS.items()]
        orders = [
            _beside(store, f"a month by {sort}", _order(sort), rounds)
            for sort in Sort
            if sort is not Sort.TIME
        ]
        return [*first, *orders, _paging(store, 20 * rounds)]
    finally:
        store.close()


def _first(chosen: Filter) -> Question:
    return lambda store: browse.page(store, chosen, 0, UNTIL)


def _order(sort: Sort) -> Question:
    return lambda store: browse.at_places(
        store, browse.order(store, MONTH, sort, UNTIL)[:PAGE], UNTIL
    )


def _beside(store: Store, name: str, question: Question, rounds: int) -> Row:
    """A question to the record beside what it asks of SQLite, put to it plainly."""
    with _asked() as queries:
        question(store)
    ours, theirs = [], []
    with _plain(store) as plain:
        for _ in range(rounds):
            began = time.perf_counter()
            question(store)
            ours.append(time.perf_counter() - began)
            theirs.append(_answered(plain, queries))
    most = min(MOST * at(theirs, 0.5) + FRAME, SOON)
    return Row(
        name,
        milliseconds(ours, 0.5),
        milliseconds(theirs, 0.5),
        at(ours, 0.5) / at(theirs, 0.5),
        f"<= {MOST:.0f}x + 1 frame, {1000 * SOON:.0f} ms",
        at(ours, 0.5) <= most,
    )


@contextmanager
def _plain(store: Store) -> Iterator[sqlite3.Connection]:
    """The same file without any of ours."""
    plain = sqlite3.connect(f"{store.file.as_uri()}?mode=ro", uri=True)
    plain.create_function("casefold", 1, str.casefold, deterministic=True)
    yield plain
    plain.close()


def _answered(plain: sqlite3.Connection, queries: list[tuple[str, Any]]) -> float:
    """Seconds in which some questions are answered."""
    began = time.perf_counter()
    for query, given in queries:
        plain.execute(query, given).fetchall()
    return time.perf_counter() - began


def _paging(store: Store, pages: int) -> Row:
    """Going down a list of all years, page by page."""
    ours, theirs = [], []
    count = browse.count(store, Filter())
    line = browse.page(store, Filter(), 0, UNTIL)[-1]
    with _plain(store) as plain:
        for number in range(1, min(pages, count // PAGE)):
            with _asked() as queries:
                began = time.perf_counter()
                line = browse.page(store, Filter(), number, UNTIL, line.place)[-1]
                ours.append(time.perf_counter() - began)
            theirs.append(_answered(plain, queries))
    return Row(
        "next page, p95",
        milliseconds(ours, 0.95),
        milliseconds(theirs, 0.95),
        at(ours, 0.95) / at(theirs, 0.95),
        "<= 5 ms",
        at(ours, 0.95) <= 0.005,
    )


@contextmanager
def _asked() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of SQLite meanwhile."""
    queries: list[tuple[str, Any]] = []

    def note(_: object, __: object, query: str, given: Any, *rest: object) -> None:
        if query.startswith("SELECT"):
            queries.append((query, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield queries
    event.remove(Engine, "before_cursor_execute", note)
