"""The journals of many cases, a row an entry: those of a case behind each other, in their order."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from calmdesk.clock import local
from calmdesk.exchange.stored_times import Wall, instant_of
from calmdesk.guide.afterwards import PRIVATE_KINDS
from calmdesk.guide.filters import Filter
from calmdesk.guide.listening import minutes
from calmdesk.guide.playbook import Playbook
from calmdesk.records.case_whole import TELL_LISTENING, TELLS_HEARD
from calmdesk.records.derived import Glance
from calmdesk.records.export_lines import as_stored
from calmdesk.records.exporting import Row, along_the_table
from calmdesk.records.journal_words import entry_words
from calmdesk.records.models import Agent, Case, Contact, Event
from calmdesk.records.store import Store

AT_ONCE = 200
"""Cases whose journals make a page."""


def journal_rows(
    store: Store, chosen: Filter, playbook: Playbook, currency: str
) -> Iterator[tuple[int, list[Row]]]:
    """The entries of the cases of a filter, a page at a time, with how many cases it holds. What is
    nobody's business but its writer's is left out, and what tells how long a colleague listened, as
    where a case is read."""
    pages = _Pages(store, chosen, playbook, currency)
    place = -1
    while True:
        cases, place, rows = pages.after(place)
        if not cases:
            return
        yield cases, rows


class _Pages:
    def __init__(self, store: Store, chosen: Filter, playbook: Playbook, currency: str) -> None:
        self._store, self._playbook, self._currency = store, playbook, currency
        self._chosen = along_the_table(chosen)
        self._wall = Wall(store.zone)

    def after(self, place: int) -> tuple[int, int, list[Row]]:
        """How many cases the page behind a place has, its last place, and its rows."""
        with self._store.reading() as session:
            query = select(Glance.case_id, Case.ref, Glance.place).join(Case)
            query = query.where(*self._chosen, Glance.place > place).order_by(col(Glance.place))
            found = session.exec(query.limit(AT_ONCE)).all()
            refs = {case_id: ref for case_id, ref, _ in found}
            agents = dict(session.exec(select(Agent.id, Agent.name)).all())
            entries: dict[str, list[Any]] = {case_id: [] for case_id in refs}
            for entry in _entries(session, list(refs), self._store.me):
                entries[entry.of].append(entry)
        rows = [
            row
            for case_id, ref in refs.items()
            for row in self._case(ref, entries[case_id], agents)
        ]
        return len(found), found[-1][2] if found else place, rows

    def _case(self, ref: str, entries: list[Any], agents: Mapping[str, str]) -> Iterator[Row]:
        named: dict[str, str] = {}
        for entry in entries:
            fields = json.loads(entry.payload)
            _name(named, fields)
            words = entry_words(
                entry.kind, fields, named, self._local, self._currency, self._playbook
            )
            hidden = entry.others and entry.kind == TELLS_HEARD
            yield [
                ref,
                "" if hidden else self._wall.iso(entry.at),
                agents.get(entry.agent_id, ""),
                "" if hidden else _clock(entry.at, entry.began),
                entry.kind,
                words,
                entry.payload,
                entry.of,
                "" if hidden else entry.id,  # an id begins with its instant
            ]

    def _local(self, at: datetime) -> datetime:
        return local(at, self._store.zone).replace(tzinfo=None)


def _entries(session: Session, ids: list[str], me: str) -> Any:
    """What happened to cases, and to those that turned out to be part of them, as `me` may read
    it."""
    others = func.coalesce(col(Contact.agent_id), me) != me
    of = func.coalesce(func.nullif(Case.joined_to, ""), Case.id)
    query = (
        sa.select(
            of.label("of"),
            col(Event.id),
            as_stored(Event.at).label("at"),
            col(Event.agent_id),
            col(Event.kind),
            col(Event.payload),
            as_stored(Contact.answered_at).label("began"),
            others.label("others"),
        )
        .join(Case, col(Case.id) == Event.case_id)
        .outerjoin(Contact, col(Contact.id) == Event.contact_id)
        .where(or_(col(Case.id).in_(ids), col(Case.joined_to).in_(ids)))
        .where(col(Event.kind).not_in(PRIVATE_KINDS))
        .where(~others | col(Event.kind).not_in(TELL_LISTENING))
        .order_by(col(Event.at), col(Event.seq))
    )
    return session.connection().execute(query)


def _name(named: dict[str, str], fields: Mapping[str, Any]) -> None:
    """Remember what an entry calls the thing whose id it gives."""
    said = next((fields[name] for name in ("what", "text", "question") if name in fields), None)
    if said:
        ids = (value for name, value in fields.items() if name.endswith("_id"))
        named.update({value: said for value in ids if value and value not in named})


def _clock(at: str, began: str | None) -> str:
    """The time of the call, `4:07`; '' between calls."""
    if not began:
        return ""
    spent: timedelta = instant_of(at) - instant_of(began)
    return minutes(max(0.0, spent.total_seconds()))
