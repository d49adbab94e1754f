"""How long it takes to count the causes of a year, on a large file."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from calmdesk.records import learning
from calmdesk.records.models import NOWHEN
from calmdesk.records.store import Store
from tests.bench.rows import Row, seconds

CASES = 20_000
MOST = 1.0
"""Seconds that it may take, beside the work and away from the screen."""
CAUSES = ("carrier", "equipment", "supplier", "no_update", "not_checked", "", "not_in_stock")
KINDS = ("listen", "talk", "hold", "talk", "wrap_up")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def causes_of_a_year(quick: bool) -> list[Row]:
    """The verb that Learn asks, over 20,000 cases of one year with 25,000 calls in 125,000 spans;
    beside it the bare SELECT of every case's cause."""
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        store = Store.open(Path(folder) / "calmdesk.db")
        _fill(store, 2_000 if quick else CASES)
        until = BEGAN + timedelta(days=365)
        ours, theirs = [], []
        for _ in range(3 if quick else 7):
            began = time.perf_counter()
            learning.pareto(store, BEGAN, until, until)
            done = time.perf_counter()
            with store.reading() as session:
                session.connection().exec_driver_sql('SELECT cause FROM "case"').fetchall()
            ours.append(done - began)
            theirs.append(time.perf_counter() - done)
        store.close()
    ratio = min(ours) / min(theirs)
    goal = f"max < {MOST:.0f} s"
    return [Row("causes of a year", seconds(ours), seconds(theirs), ratio, goal, max(ours) < MOST)]


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
