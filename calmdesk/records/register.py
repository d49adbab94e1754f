"""Verbs that read the promise register: what is open, what is near, what became of the rest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from calmdesk.errors import Refused
from calmdesk.guide.promises import AT_RISK, PromiseState
from calmdesk.records.follow_through import (
    MOST,
    due_lines,
    line_of,
    lines_of,
    mine_or_nobodys,
)
from calmdesk.records.journal import of_cases
from calmdesk.records.line_rows import DueLine, History, JournalLine, Try
from calmdesk.records.models import Agent, Attempt, Event, FollowUp, Promise
from calmdesk.records.store import Store

REMEMBERED = timedelta(days=30)
"""How long the register shows what became of a promise."""

GONE = "That promise is not here any more."


def register(store: Store, everyone: bool = False) -> list[DueLine]:
    """Open promises and follow-ups, soonest first: the agent's own and those whose owner has left,
    which are nobody's and thus anybody's; or everyone's."""
    with store.reading() as session:
        return due_lines(session, store.me, everyone)[:MOST]


def near(store: Store, now: datetime) -> list[DueLine]:
    """The agent's own and nobody's that are late or at risk, soonest first; also those whose
    reminder is put off, which `rests` tells."""

    def pressing(it: Any) -> Any:
        return mine_or_nobodys(it, store.me) & (it.due_at <= now + AT_RISK)

    with store.reading() as session:
        lines = _both(session, store.me, pressing)
    return sorted(lines, key=lambda line: (line.due_at, line.id))


def late(store: Store, now: datetime) -> list[DueLine]:
    """What is past its time and open, whoever keeps it: the most pressing of each case, promises
    before follow-ups, the latest first."""
    with store.reading() as session:
        lines = _both(session, store.me, lambda it: it.due_at <= now)
    first: dict[str, DueLine] = {}
    for line in sorted(lines, key=lambda line: (line.follow_up, line.due_at, line.id)):
        first.setdefault(line.case_id, line)
    return list(first.values())


def line(store: Store, line_id: str) -> DueLine | None:
    """One promise or follow-up; None when there is none of that id."""
    with store.reading() as session:
        return line_of(session, store.me, line_id)


def left_behind(store: Store, agent_id: str) -> tuple[int, int]:
    """How many open promises and follow-ups somebody keeps, who has left or is about to."""
    with store.reading() as session:
        lines = _both(session, store.me, lambda it: it.owner_id == agent_id)
    follow_ups = sum(line.follow_up for line in lines)
    return len(lines) - follow_ups, follow_ups


def settled(store: Store, now: datetime, everyone: bool = False) -> list[DueLine]:
    """What became of promises and follow-ups in the last thirty days, the latest first: those that
    the agent keeps or gave, or everyone's."""

    def lately(it: Any) -> Any:
        told = it.settled_at.between(now - REMEMBERED, now)
        older = (  # an older calmdesk kept no instant
            it.settled_at.is_(None)
            & it.due_at.between(now - REMEMBERED, now)
            & (it.state != PromiseState.WITHDRAWN)
        )
        past = (it.state != PromiseState.OPEN) & (told | older)
        if everyone:
            return past
        mine = it.owner_id == store.me
        return past & (or_(mine, it.agent_id == store.me) if it is Promise else mine)

    with store.reading() as session:
        lines = _both(session, store.me, lately, of_any_state=True, latest=True)
    return sorted(lines, key=lambda line: line.settled_at or line.due_at, reverse=True)[:MOST]


def history(store: Store, line_id: str) -> History:
    """The tries and the journal of one promise or follow-up. Raises Refused when it is none."""
    with store.reading() as session:
        line = session.get(Promise, line_id) or session.get(FollowUp, line_id)
        if line is None:
            raise Refused(GONE)
        tries = session.exec(
            select(Attempt, Agent.name)
            .join(Agent, col(Agent.id) == Attempt.agent_id)
            .where(Attempt.line_id == line_id)
            .order_by(col(Attempt.at))
        ).all()
        return History(
            tries=tuple(Try(it.at, it.result, name, it.note) for it, name in tries),
            journal=tuple(_journal(session, line)),
        )


@dataclass(frozen=True)
class Dated:
    """A line for a calendar, with the age of what the calendar shows of it."""

    line: DueLine
    changes: int
    """How often it was changed since it was set."""
    changed_at: datetime


def dated(store: Store, now: datetime, everyone: bool = False) -> list[Dated]:
    """What a calendar is told: the open lines, and those settled lately, which it can drop."""
    lines = [*register(store, everyone), *settled(store, now, everyone)]
    with store.reading() as session:
        changed = _changes(session, lines)
    return [
        Dated(line, len(changes), max(changes, default=line.told_at or now))
        for line in lines
        for changes in (changed[line.id],)
    ]


def _both(session: Session, me: str, chosen: Any, **how: bool) -> list[DueLine]:
    """Lines of both tables; `chosen` makes the condition for either."""
    return [
        *lines_of(session, me, Promise, chosen(Promise), **how),
        *lines_of(session, me, FollowUp, chosen(FollowUp), **how),
    ]


def _journal(session: Session, line: Promise | FollowUp) -> list[JournalLine]:
    """The entries of its case that name it."""
    entries = session.exec(
        select(Event, Agent.name)
        .join(Agent, col(Agent.id) == Event.agent_id)
        .where(
            of_cases([line.case_id]),
            col(Event.payload).contains(line.id),
        )
        .order_by(col(Event.at), col(Event.seq))
    )
    return [JournalLine(it.at, it.kind, name, json.loads(it.payload)) for it, name in entries]


def _changes(session: Session, lines: Sequence[DueLine]) -> dict[str, list[datetime]]:
    """When each line was changed, by its id."""
    named: dict[str, list[datetime]] = {line.id: [] for line in lines}
    entries = session.exec(
        select(Event.at, Event.payload)
        .where(
            of_cases({line.case_id for line in lines}),
            col(Event.kind).in_(_CHANGES),
        )
        .order_by(col(Event.at), col(Event.seq))
    )
    for at, payload in entries:
        for value in json.loads(payload).values():
            if value in named:
                named[value].append(at)
    return named


_CHANGES = (
    "promise changed",
    "promise reagreed",
    "promise handed over",
    "promise kept",
    "promise missed",
    "promise withdrawn",
    "follow up set",
    "follow up handed over",
    "follow up withdrawn",
    "followed up",
    "reminder deferred",
    "reminder recalled",
    "keeping undone",
)
"""Kinds of entries after which a calendar is to show something else."""
