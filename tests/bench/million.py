"""A record of years, made up: the same for everybody, and kept for the next bench.

`million(cases)` gives the file; it is made once, in some minutes, and stands in the user's cache.
"""

import hashlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from platformdirs import user_cache_path
from sqlmodel import SQLModel

from calmdesk.records import tending
from calmdesk.records.ids import new_id
from calmdesk.records.journal import seal
from calmdesk.records.models import NOWHEN, Event
from calmdesk.records.store import Store
from tests.bench import wording
from tests.filling import roll

ZONE = UTC
UNTIL = datetime(2026, 11, 21, 14, tzinfo=ZONE)
"""The afternoon at which the record ends."""
READER = "Sam Ortiz"
"""Who sits at the desk of the file."""
DAYS = 4 * 365
"""How many days a record of years has."""
MADE = "2"
"""How it is made; another way makes another file."""
AT_ONCE = 5_000
AGENTS = 40
CALLS_BY_HOUR = (9, 12, 14, 13, 9, 11, 13, 12, 8, 4)
"""Weights of the hours from eight to five."""
CALLS_BY_WEEKDAY = (14, 12, 11, 11, 12, 4, 1)
Rows = dict[str, list[dict[str, Any]]]


@cache
def million(cases: int = 1_000_000, days: int = DAYS) -> Path:
    """A file with so many cases of so many days and their journals, seeded; made now if it is not
    there yet. It is read once, as one that is worked with all day was: the machine's memory holds what
    it has room for."""
    folder = user_cache_path("calmdesk") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    of = "" if days == DAYS else f"-of-{days}-days"
    file = folder / f"cases-{cases}{of}-{MADE}.db"
    if not file.exists():
        fresh = file.with_suffix(".new")
        for leftover in folder.glob(f"{fresh.name}*"):
            leftover.unlink()
        _make(fresh, cases, days)
        fresh.rename(file)
    Store.open(file, ZONE).close()  # an older one is upgraded
    with file.open("rb", buffering=0) as read:
        while read.read(1 << 24):
            pass
    return file


def _make(file: Path, cases: int, days: int) -> None:
    """Write the rows past the verbs, in the order of time; then all that stands beside them."""
    began = time.monotonic()
    store = Store.open(file, ZONE)
    me, device = store.me, store.device
    store.close()
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute("UPDATE agent SET name = ? WHERE id = ?", (READER, me))
    maker = _Maker(me, device, cases, days)
    _write(connection, maker.people())
    for done, rows in maker.cases():
        _write(connection, rows)
        _say(f"{done:,} of {cases:,} cases", began)
    connection.execute("DELETE FROM meta WHERE key = 'glances'")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    _say("counting what lists see", began)
    store = Store.open(file, ZONE)
    tending.build(store, lambda done, of: _say(f"indexing {done:,} of {of:,} cases", began))
    _say("adding up days", began)
    while roll(store, 30):
        pass
    store.close()
    _say("done", began)
    print(file=sys.stderr)


def _say(what: str, began: float) -> None:
    print(f"\r  {what}, {time.monotonic() - began:.0f} s  ", end="", file=sys.stderr, flush=True)


def _write(connection: sqlite3.Connection, rows: Rows) -> None:
    for table, values in rows.items():
        if values:
            names = ", ".join(values[0])
            marks = ", ".join(f":{name}" for name in values[0])
            insert = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
            connection.executemany(insert, values)


def _stamp(at: datetime) -> str:
    """An instant as the tables hold it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


class _Maker:
    """Makes customers and cases from one seed."""

    def __init__(self, me: str, device: str, cases: int, days: int) -> None:
        self.random = Random(20_261_121)
        self.device, self.wanted, self.days = device, cases, days
        self.agents = [me, *(self.id(UNTIL) for _ in range(AGENTS - 1))]
        self.customers = [self.id(UNTIL) for _ in range(max(20, cases // 4))]
        self.words = wording.Wording(self.random)
        self.seq, self.tail = 0, ""
        self.usual = {
            table.name: {
                c.name: _plain(c.default.arg)  # type: ignore[attr-defined]
                for c in table.columns
                if c.default is not None
            }
            for table in SQLModel.metadata.sorted_tables
        }

    def id(self, at: datetime) -> str:
        return new_id(at, self.random.getrandbits)

    def row(self, table: str, **values: Any) -> dict[str, Any]:
        return self.usual[table] | values

    def people(self) -> Rows:
        """Everybody: agents and customers, each customer with a number or two."""
        at = _stamp(UNTIL - timedelta(days=self.days))
        rows: Rows = {"agent": [], "customer": [], "customer_number": []}
        for agent in self.agents[1:]:
            name = self.words.person()
            rows["agent"].append(self.row("agent", id=agent, name=name, created_at=at))
        for customer in self.customers:
            rows["customer"].append(
                self.row(
                    "customer",
                    id=customer,
                    name=self.words.person(),
                    company=self.words.company() if self.random.random() < 0.5 else "",
                    value=self.random.choice((0, 0, 0, 120_00, 4_800_00, 48_000_00)),
                    updated_at=at,
                )
            )
            for _ in range(1 + (self.random.random() < 0.15)):
                number = self.words.number()
                digits = "".join(filter(str.isdigit, number))
                rows["customer_number"].append(
                    self.row(
                        "customer_number",
                        id=self.id(UNTIL),
                        customer_id=customer,
                        number=number,
                        digits=digits,
                    )
                )
        return rows

    def cases(self) -> Iterator[tuple[int, Rows]]:
        """The cases in the order of time, some thousand at once."""
        rows: Rows = {}
        for done, at in enumerate(self._instants(), 1):
            self._case(rows, at, done)
            if done % AT_ONCE == 0 or done == self.wanted:
                yield done, rows
                rows = {}

    def _instants(self) -> Iterator[datetime]:
        """When each case was opened, through office hours and the week."""
        first = (UNTIL - timedelta(days=self.days)).replace(hour=0)
        days = [first + timedelta(days=n) for n in range(self.days + 1)]
        weights = [CALLS_BY_WEEKDAY[day.weekday()] for day in days]
        share, left = sum(weights), self.wanted
        for day, weight in zip(days, weights, strict=True):
            count = left if day is days[-1] else round(left * weight / share)
            share, left = share - weight, left - count
            hours = self.random.choices(range(8, 18), CALLS_BY_HOUR, k=count)
            seconds = (hour * 3600 + self.random.randrange(3600) for hour in hours)
            yield from sorted(
                min(day + timedelta(seconds=second), UNTIL - timedelta(seconds=1))
                for second in seconds
            )

    def _case(self, rows: Rows, at: datetime, number: int) -> None:
        random, words = self.random, self.words
        age = UNTIL - at
        case_id, agent = self.id(at), random.choice(self.agents)
        customer = random.choice(self.customers)
        still = age < timedelta(days=14) and random.random() < 0.25
        outcome = random.choices(*wording.OUTCOMES)[0] if not still else "investigating"
        heat = random.choices((2, 3, 4, 5), (3, 5, 5, 1))[0]
        left = min(heat, random.choices((1, 2, 3, 4, 5), (9, 8, 3, 2, 1))[0])
        ask = words.sentence()
        case = self.row(
            "case",
            id=case_id,
            ref=f"CD-{at:%y%m%d}-{number:07}",
            agent_id=agent,
            customer_id=customer,
            opened_at=_stamp(at),
            updated_at=_stamp(at + timedelta(minutes=9)),
            closed_at=None if still else _stamp(at + timedelta(minutes=9)),
            told_at=None if still else _stamp(at + timedelta(minutes=9)),
            status="investigating" if still else "closed",
            outcome=outcome,
            category=random.choices(*wording.CATEGORIES)[0],
            cause=random.choices(*wording.CAUSES)[0],
            ask=ask,
            stake=words.sentence() if random.random() < 0.15 else "",
            heat_start=heat,
            heat_end=left,
            summary=words.paragraph(),
            read_back=words.paragraph() if outcome == "agreed" else "",
        )
        rows.setdefault("case", []).append(case)
        for again in range(1 + (random.random() < 0.2)):
            began = at + timedelta(hours=26 * again)
            if began < UNTIL:
                self._call(rows, case_id, agent, began, outcome)
        if random.random() < 0.6:
            self._promise(rows, case_id, agent, at, still)
        if random.random() < 0.02:
            review = self.row(
                "review",
                id=self.id(at),
                case_id=case_id,
                agent_id=self.agents[0],
                of_id=agent,
                at=_stamp(at + timedelta(days=1)),
                went_well=words.sentence(),
            )
            rows.setdefault("review", []).append(review)

    def _call(self, rows: Rows, case_id: str, agent: str, at: datetime, outcome: str) -> None:
        random, words = self.random, self.words
        contact = self.id(at)
        finished = _stamp(at + timedelta(minutes=10))
        rows.setdefault("contact", []).append(
            self.row(
                "contact",
                id=contact,
                case_id=case_id,
                agent_id=agent,
                number=words.number(),
                answered_at=_stamp(at),
                ended_at=finished,
                finished_at=finished,
                stage="wrap-up",
                state="finished",
                outcome=outcome,
            )
        )
        began = at
        for seq, kind in enumerate(("listen", "talk", "hold", "talk", "wrap_up")):
            ended = began + timedelta(seconds=random.randrange(15, 190))
            rows.setdefault("span", []).append(
                {
                    "contact_id": contact,
                    "seq": seq,
                    "kind": kind,
                    "began_at": _stamp(began),
                    "ended_at": _stamp(ended),
                }
            )
            began = ended
        of = {"case_id": case_id, "contact_id": contact, "agent_id": agent}
        self._event(rows, at, "answered", f'{{"number": "{words.number()}"}}', of)
        for place in range(random.randrange(1, 5)):
            text, later = words.paragraph(), at + timedelta(seconds=20 + 30 * place)
            note, sign = self.id(later), random.choice(("", "!", "$", "?"))
            rows.setdefault("note", []).append(
                self.row(
                    "note",
                    id=note,
                    case_id=case_id,
                    contact_id=contact,
                    at=_stamp(later),
                    sign=sign,
                    text=text,
                )
            )
            self._event(
                rows,
                later,
                "noted",
                f'{{"note_id": "{note}", "sign": "{sign}", "text": "{text}"}}',
                of,
            )
        later = at + timedelta(minutes=6)
        offer, text = self.id(later), words.offer()
        amount = random.choice((0, 0, 1500, 4500, 12000))
        rows.setdefault("offer", []).append(
            self.row(
                "offer",
                id=offer,
                case_id=case_id,
                contact_id=contact,
                at=_stamp(later),
                round=1,
                text=text,
                amount=amount,
                verdict="yes" if outcome == "agreed" else "no",
            )
        )
        self._event(rows, later, "offered", f'{{"offer_id": "{offer}", "text": "{text}"}}', of)
        self._event(rows, at + timedelta(minutes=10), "finished", f'{{"outcome": "{outcome}"}}', of)

    def _promise(self, rows: Rows, case_id: str, agent: str, at: datetime, still: bool) -> None:
        random = self.random
        told, due = at + timedelta(minutes=8), at + timedelta(days=random.randrange(1, 6))
        kept = random.choices(("kept", "late", "missed"), (85, 10, 5))[0]
        state = "open" if still else kept
        promise, what = self.id(told), self.words.offer()
        rows.setdefault("promise", []).append(
            self.row(
                "promise",
                id=promise,
                case_id=case_id,
                contact_id=None,
                agent_id=agent,
                owner_id=agent,
                told_at=_stamp(told),
                what=what,
                due_at=_stamp(due),
                first_due_at=_stamp(due),
                state=state,
                missed_once=state in ("late", "missed"),
                settled_at=None if still else _stamp(due),
            )
        )
        of = {"case_id": case_id, "contact_id": None, "agent_id": agent}
        self._event(rows, told, "promised", f'{{"promise_id": "{promise}", "what": "{what}"}}', of)

    def _event(self, rows: Rows, at: datetime, kind: str, payload: str, of: dict[str, Any]) -> None:
        self.seq += 1
        entry = Event.model_construct(
            id=self.id(at),
            at=at,
            kind=kind,
            payload=payload,
            device=self.device,
            seq=self.seq,
            payload_digest=hashlib.sha256(payload.encode()).hexdigest(),
            prev=self.tail,
            mac="",
            **of,
        )
        self.tail = seal(entry)
        values = {**entry.__dict__, "mac": self.tail, "at": _stamp(at)}
        values.pop("_sa_instance_state", None)
        rows.setdefault("event", []).append(values)


def _plain(value: Any) -> Any:
    return _stamp(NOWHEN) if value == NOWHEN else value
