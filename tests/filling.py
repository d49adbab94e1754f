"""Many varied cases at once, written past the verbs, what lists see of them, and the counts
of their days."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlmodel import SQLModel

from calmdesk.guide.outcome import Outcome, Status
from calmdesk.records import glances, rolling
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Alarm,
    Case,
    Contact,
    Customer,
    Factor,
    FollowUp,
    Note,
    Offer,
    Promise,
    Review,
    Span,
)
from calmdesk.records.store import Store

AGENTS = ("Sam Ortiz", "Ana Lindqvist", "Samira Kaya", "Österreicher 100%_x", "")
CUSTOMERS = ("Dana Reyes", "عمر", "🙂 Zed", "o'hara [/b]", "", "Ärger", "dana reyes")
CATEGORIES = ("late", "billing", "")
CAUSES = ("carrier", "equipment", "", "as typed")
HOUR = timedelta(hours=1)


def fill(store: Store, random: Random, count: int, since: datetime, until: datetime) -> list[str]:
    """Write some cases that were opened in a stretch of time. Returns their ids, the oldest first."""
    with store.transaction() as session:
        filler = _Filler(store, random)
        instants = sorted(since + (until - since) * random.random() for _ in range(count))
        instants = [at.replace(microsecond=0) if random.random() < 0.3 else at for at in instants]
        for at in sorted(instants):
            filler.case(at)
        for table in SQLModel.metadata.sorted_tables:
            rows = [it.model_dump() for it in filler.rows if it.__tablename__ == table.name]
            if rows:
                session.connection().execute(insert(table), rows)
        glances.look_at_new(session, filler.ids)
    return filler.ids


class _Filler:
    def __init__(self, store: Store, random: Random) -> None:
        self.store, self.random = store, random
        at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        agents = [Agent(id=self.id(at), name=name, created_at=at) for name in AGENTS]
        self.agents = [store.me, *(it.id for it in agents)]
        people = [Customer(id=self.id(at), name=name, updated_at=at) for name in CUSTOMERS]
        self.people = [None, *(it.id for it in people)]
        self.rows: list[SQLModel] = [*agents, *people]
        self.ids: list[str] = []

    def id(self, at: datetime) -> str:
        return self.store.new_id(at)

    def case(self, at: datetime) -> None:
        random, case_id, agent = self.random, self.id(at), self.random.choice(self.agents)
        status = random.choice(list(Status))
        heat = random.randrange(6)
        self.ids.append(case_id)
        self.rows.append(
            Case(
                id=case_id,
                ref=case_id,
                agent_id=agent,
                customer_id=random.choice(self.people),
                opened_at=at,
                updated_at=at,
                status=status,
                outcome=random.choice(["", *Outcome]) if status != "live" else "",
                category=random.choice(CATEGORIES),
                cause=random.choice(CAUSES),
                stake=random.choice(["", "", "last order ever", "fair on friday"]),
                heat_start=heat,
                heat_end=random.randrange(heat + 1),
            )
        )
        for number in range(random.choice((0, 1, 1, 1, 2, 3))):
            self._call(case_id, agent, at + number * 7 * HOUR, goes_on=random.random() < 0.05)
        for _ in range(random.choice((0, 0, 1, 2))):
            self._promise(case_id, agent, at)
        if random.random() < 0.2:
            self.rows.append(Factor(case_id=case_id, cause=random.choice(CAUSES[:2])))
        if random.random() < 0.1:
            self.rows.append(Factor(case_id=case_id, cause="service_made_it_worse"))
        if random.random() < 0.2:
            at += HOUR
            review = Review(id=self.id(at), case_id=case_id, agent_id=agent, of_id=agent, at=at)
            self.rows.append(review)

    def _call(self, case_id: str, agent: str, at: datetime, goes_on: bool) -> None:
        random, contact_id = self.random, self.id(at)
        over = at + timedelta(seconds=random.randrange(60, 900))
        self.rows.append(
            Contact(
                id=contact_id,
                case_id=case_id,
                agent_id=agent,
                direction=random.choice(("in", "in", "out")),
                number=random.choice(("", "+1 415 555 0134")),
                answered_at=at,
                ended_at=None if goes_on else over,
                state="live" if goes_on else random.choice(("finished", "not rung", "to finish")),
                observed=random.choice(("", "", "", "abuse")),
            )
        )
        half = at + (over - at) / 2
        self.rows.append(
            Span(contact_id=contact_id, seq=0, kind="listen", began_at=at, ended_at=half)
        )
        ended = None if goes_on else over
        self.rows.append(
            Span(contact_id=contact_id, seq=1, kind="talk", began_at=half, ended_at=ended)
        )
        if random.random() < 0.5:
            self.rows.append(
                Offer(
                    id=self.id(at),
                    case_id=case_id,
                    contact_id=contact_id,
                    at=at,
                    round=1,
                    text="courier",
                    amount=random.choice((0, 1, 4500, 5000, 5001, 120_000)),
                    verdict=random.choice(("yes", "yes", "no", "")),
                )
            )
        note = Note(id=self.id(at), case_id=case_id, at=half, sign="", text="late again")
        note.contact_id = contact_id
        self.rows.append(note)
        if random.random() < 0.1:
            kind = random.choice(("help", "safety", "boundary"))
            self.rows.append(
                Alarm(contact_id=contact_id, kind=kind, case_id=case_id, agent_id=agent, at=half)
            )

    def _promise(self, case_id: str, agent: str, at: datetime) -> None:
        random = self.random
        due = NOWHEN if random.random() < 0.2 else at + random.randrange(1, 200) * HOUR
        state = random.choice(("kept", "kept", "kept", "late", "missed", "withdrawn", "open"))
        self.rows.append(
            Promise(
                id=self.id(at),
                case_id=case_id,
                agent_id=agent,
                owner_id=random.choice(self.agents),
                told_at=at,
                what="ring back",
                due_at=due,
                first_due_at=due,
                state=state,
                missed_once=state in ("late", "missed"),
                settled_at=None if state == "open" else at + HOUR,
            )
        )
        if random.random() < 0.3:
            self.rows.append(
                FollowUp(id=self.id(at), case_id=case_id, owner_id=agent, due_at=at + 50 * HOUR)
            )


def roll(store: Store, most: int) -> bool:
    """Count some of the days that are to be counted, as is done while nobody waits. Returns whether
    more are left."""
    store.look_after()
    found = rolling.to_count(store, most + 1)
    rolling.count(store, found[:most], 60.0)
    return len(found) > most
