"""How long it takes to count the causes and the figures of a year, on a large file and on a larger
one; with daily roll-ups and without."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import SQLModel

from calmdesk.guide.filters import Filter
from calmdesk.records import figures, glances, learning
from calmdesk.records.derived import RolledDay, place_of
from calmdesk.records.models import NOWHEN
from calmdesk.records.store import Store
from tests.bench.million import UNTIL, ZONE, million
from tests.bench.rows import Row, milliseconds, seconds
from tests.filling import roll

CASES = 20_000
MOST = 1.0
"""Seconds that it may take, beside the work and away from the screen."""
AT_ONCE = 0.2
"""Seconds for the totals of a year on a record of four."""
ALL = 10_000
CAUSES = ("carrier", "equipment", "supplier", "no_update", "not_checked", "", "not_in_stock")
KINDS = ("listen", "talk", "hold", "talk", "wrap_up")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def causes_of_a_year(quick: bool) -> list[Row]:
    """The verb that Learn asks, over 20,000 cases of one year with 25,000 calls in 125,000 spans,
    without roll-ups and with them; beside it the bare SELECT of every case's cause."""
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        store = Store.open(Path(folder) / "calmdesk.db")
        _fill(store, 2_000 if quick else CASES)
        until, rounds = BEGAN + timedelta(days=365), 3 if quick else 7

        def ask() -> None:
            learning.pareto(store, BEGAN, until, until)

        def plainly() -> None:
            with store.reading() as session:
                session.connection().exec_driver_sql('SELECT cause FROM "case"').fetchall()

        theirs, direct = _timed(plainly, rounds), _timed(ask, rounds)
        roll(store, ALL)
        rolled = _timed(ask, rounds)
        store.close()
    return [
        _row("causes of a year, counted", direct, theirs, MOST),
        _row("causes of a year, rolled up", rolled, theirs, MOST),
    ]


def totals_of_years(quick: bool) -> list[Row]:
    """A year's causes and figures on a record of four years, of which all but the last two weeks
    stand; beside each plain sqlite3 counting the same cases without roll-ups."""
    file = million(20_000 if quick else 1_000_000)
    store = Store.open(file, ZONE)
    until = UNTIL.replace(hour=0) + timedelta(days=1)
    since, rounds = until - timedelta(days=365), 3 if quick else 7
    before = [(since - n * (until - since), since - (n - 1) * (until - since)) for n in range(1, 4)]
    year = Filter(since, until)
    asked: dict[str, Callable[[], object]] = {
        "causes": lambda: learning.pareto(store, since, until, UNTIL),
        "figures": lambda: figures.figures(store, year, [], UNTIL),
        "figures beside three years": lambda: figures.figures(store, year, before, UNTIL),
    }
    plain = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    edges = (place_of(since), place_of(until))
    with store.transaction() as session:
        session.connection().execute(delete(RolledDay))
    rows = [
        _row(f"a year's {name}, counted", _timed(ask, rounds), _plain(plain, name, edges, rounds))
        for name, ask in asked.items()
    ]
    rows.append(_rolling(store))
    rows += [
        _row(f"a year's {name}", _timed(ask, rounds), _plain(plain, name, edges, rounds), AT_ONCE)
        for name, ask in asked.items()
    ]
    plain.close()
    store.close()
    return rows


def _rolling(store: Store) -> Row:
    """All days that can stand, some at a time."""
    each, left = [], True
    while left:
        began = time.perf_counter()
        left = roll(store, 5)
        each.append((time.perf_counter() - began) / 5)
    return Row("a day rolled up, p50", milliseconds(each, 0.5), "", None)


_SUMS = {
    "causes": "cause, count(*), sum(seconds), sum(cost), sum(max(calls - 1, 0))",
    "figures": "1, count(*), sum(outcome = 'agreed'), sum(promises_kept), sum(hot), sum(cost)",
}


def _plain(
    connection: sqlite3.Connection, name: str, edges: tuple[int, int], rounds: int
) -> list[float]:
    """How long plain sqlite3 takes to add up the same year."""
    sums = _SUMS[name.split()[0]]
    query = f"SELECT {sums} FROM glance WHERE place >= ? AND place < ? AND complaint GROUP BY 1"
    return _timed(lambda: connection.execute(query, edges).fetchall(), rounds)


def _timed(ask: Callable[[], object], rounds: int) -> list[float]:
    """Seconds, round by round."""
    samples = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        samples.append(time.perf_counter() - began)
    return samples


def _row(what: str, ours: list[float], theirs: list[float], most: float | None = None) -> Row:
    goal = "" if most is None else f"max < {most:.1f} s"
    met = None if most is None else max(ours) < most
    return Row(what, seconds(ours), seconds(theirs), min(ours) / min(theirs), goal, met)


def _fill(store: Store, cases: int) -> None:
    """Write cases past the verbs: only the reading is measured."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("case", "contact", "span", "offer", "promise", "factor")
    }
    numbers = count()
    for place in range(cases):
        at = BEGAN + timedelta(days=365) * place / cases
        _case(rows, store, f"{place:08}", at, place, numbers)
    tables = SQLModel.metadata.tables
    with store.transaction() as session:
        for name, table_rows in rows.items():
            session.connection().execute(insert(tables[name]), table_rows)
        glances.look_at_all(session)


def _case(
    rows: dict[str, list[dict[str, Any]]],
    store: Store,
    case_id: str,
    at: datetime,
    place: int,
    numbers: "count[int]",
) -> None:
    me = {"agent_id": store.me}
    usual = _usual("case") | {"status": "closed", "outcome": "agreed"}
    rows["case"].append(
        {**usual, **me, "id": case_id, "ref": case_id, "opened_at": at, "updated_at": at}
        | {"cause": CAUSES[place % len(CAUSES)]}
    )
    for _ in range(2 if place % 4 == 0 else 1):
        contact_id = f"c{next(numbers):08}"
        rows["contact"].append(
            {**_usual("contact"), **me, "id": contact_id, "case_id": case_id, "answered_at": at}
        )
        for seq, kind in enumerate(KINDS):
            began = at + timedelta(seconds=60 * seq)
            span = {"contact_id": contact_id, "seq": seq, "kind": kind, "began_at": began}
            rows["span"].append({**span, "ended_at": began + timedelta(seconds=60)})
    offer = {"id": f"o{case_id}", "case_id": case_id, "contact_id": contact_id, "at": at}
    rows["offer"].append(
        {**_usual("offer"), **offer, "round": 1, "text": "courier", "amount": 4500}
        | {"verdict": "yes"}
    )
    told = {"id": f"p{case_id}", "case_id": case_id, "contact_id": contact_id, "told_at": at}
    rows["promise"].append(
        {**_usual("promise"), **me, **told, "owner_id": store.me, "what": "ring back"}
        | {"due_at": NOWHEN, "state": "kept", "missed_once": place % 9 == 0}
    )
    if place % 3 == 0:
        rows["factor"].append({"case_id": case_id, "cause": "hard_to_reach"})


def _usual(name: str) -> dict[str, Any]:
    """The values that a row has when nothing is said of them."""
    columns = SQLModel.metadata.tables[name].columns
    return {c.name: c.default.arg for c in columns if c.default is not None}  # type: ignore[attr-defined]
