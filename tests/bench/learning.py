"""How long it takes to add up what was learned, from a long journal."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import SQLModel

from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.stages import Stage
from calmdesk.records import calls, coaching
from calmdesk.records.ids import new_id
from calmdesk.records.store import Store
from tests.bench.rows import Row, seconds

EVENTS = 100_000
MOST = 1.0
"""Seconds that it may take, beside the work and away from the screen."""
LIFE: list[h.Happening] = [
    h.Answered("+1 415 555 0134"),
    h.HeatMarked(4),
    *(h.Noted("n", Sign.SAYS, "the flyers were promised for friday") for _ in range(10)),
    h.StoryTold(),
    h.StageEntered(Stage.ACKNOWLEDGE),
    *(h.PhraseSaid(f"phrase {n}", "acknowledge", "I see what that means.") for n in range(4)),
    h.HeatMarked(3),
    h.Heard(),
    h.StageEntered(Stage.CLARIFY),
    h.CategoryChosen("late_delivery"),
    h.PhraseSaid("phrase 9", "probing", "What matters most to you?"),
    h.CallEnded(),
    h.HeatMarked(2),
    h.Finished(Outcome.AGREED),
]


def what_was_learned(quick: bool) -> list[Row]:
    """The verb that the Playbook asks, over 100,000 entries of some 3,800 calls; beside it the
    bare SELECT of every entry's kind and payload."""
    with tempfile.TemporaryDirectory(prefix="calmdesk-bench-") as folder:
        store = Store.open(Path(folder) / "calmdesk.db")
        _fill(store, 10_000 if quick else EVENTS)
        ours, theirs = [], []
        for _ in range(3 if quick else 7):
            began = time.perf_counter()
            coaching.learned(store)
            done = time.perf_counter()
            _bare(store)
            ours.append(done - began)
            theirs.append(time.perf_counter() - done)
        store.close()
    ratio = min(ours) / min(theirs)
    goal = f"max < {MOST:.0f} s"
    return [Row("what was learned", seconds(ours), seconds(theirs), ratio, goal, max(ours) < MOST)]


def _bare(store: Store) -> None:
    with store.reading() as session:
        session.connection().exec_driver_sql("SELECT kind, payload FROM event").fetchall()


def _fill(store: Store, events: int) -> None:
    """Write the same call again and again, past the verbs: only the reading is measured."""
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    case_id = new_id(now)
    calls.answer(store, new_id(now), case_id, h.Answered(), now)
    tables = SQLModel.metadata.tables
    written = [(happening.kind(), h.payload(happening)) for happening in LIFE]
    contacts, rows = [], []
    for place, (kind, payload) in enumerate(islice(cycle(written), events)):
        at = now + timedelta(seconds=place)
        if place % len(LIFE) == 0:
            contacts.append({"id": new_id(at), "case_id": case_id, "agent_id": store.me})
        rows.append(
            {
                "id": new_id(at),
                "case_id": case_id,
                "contact_id": contacts[-1]["id"],
                "agent_id": store.me,
                "at": at,
                "kind": kind,
                "payload": payload,
                "device": "bench",
                "seq": place,
                **dict.fromkeys(("payload_digest", "prev", "mac"), ""),
            }
        )
    usual = {
        "direction": "in",
        "number": "",
        "answered_at": now,
        "stage": "listen",
        "state": "finished",
        "outcome": "",
        **dict.fromkeys(("verified", "card_line", "card_mail"), False),
    }
    with store.transaction() as session:
        session.connection().execute(insert(tables["contact"]), [{**usual, **c} for c in contacts])
        session.connection().execute(insert(tables["event"]), rows)
