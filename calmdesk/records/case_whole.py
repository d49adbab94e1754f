"""Everything on one case, gathered to be read. Nothing of it is private: no letter that was not
released, no hour of its hold, no debrief, no moment of the agent's own."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import PRIVATE_KINDS
from calmdesk.guide.listening import Kind
from calmdesk.guide.promises import PromiseState
from calmdesk.guide.span_bar import CONVERSATION, TimeSpent, as_one, totals
from calmdesk.records.case_rows import CaseLine, CaseWhole
from calmdesk.records.journal import of_cases
from calmdesk.records.line_rows import JournalLine
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Attempt,
    Case,
    Consult,
    Contact,
    Customer,
    Event,
    Factor,
    FollowUp,
    Handover,
    Letter,
    Note,
    Offer,
    Promise,
    Review,
    Span,
    Waiting,
)
from calmdesk.records.reputation import may_go_public

Rows = tuple[dict[str, Any], ...]

TELL_LISTENING = tuple(it.kind() for it in (h.StoryTold, h.Heard, h.StageEntered))
"""Entries that are read by whoever listened alone: their instants tell how long that was."""
TELLS_HEARD = h.BackSaid.kind()
"""It is kept when they say that they are heard; of a colleague's call its words are read, and its
instant is not."""
_OF_A_LETTER = ("id", "kind", "subject", "text", "reader", "released_at", "released_to")


def gather(session: Session, case: Case, line: CaseLine, me: str, now: datetime) -> CaseWhole:
    """A case with everything on it, as the agent `me` may read it."""
    contacts = session.exec(
        select(Contact).where(Contact.case_id == case.id).order_by(col(Contact.answered_at))
    ).all()
    customer = session.get(Customer, case.customer_id) if case.customer_id else None
    rows = _Rows(session, case.id, me, now)
    return CaseWhole(
        line=line,
        number=next((c.number for c in reversed(contacts) if c.number), ""),
        since=customer.since if customer else 0,
        value=customer.value if customer else 0,
        zone=customer.zone if customer else "",
        customer_id=case.customer_id or "",
        ask=case.ask,
        stake=case.stake,
        fault=case.fault,
        cold=case.cold,
        read_back=case.read_back,
        agreed_at=case.agreed_at,
        summary=case.summary,
        deadline_at=case.deadline_at,
        may_go_public=case.id in may_go_public(session, [case.id]),
        closed_at=case.closed_at,
        told_at=case.told_at,
        told_how=case.told_how,
        cause=case.cause,
        factors=rows.factors(),
        example=case.example,
        contacts=rows.contacts(contacts),
        notes=rows.of(Note, col(Note.at)),
        offers=rows.of(Offer, col(Offer.at)),
        promises=tuple(rows.overdue(row) for row in rows.of(Promise, col(Promise.told_at))),
        follow_ups=rows.of(FollowUp, col(FollowUp.due_at)),
        attempts=rows.of(Attempt, col(Attempt.at)),
        consults=rows.of(Consult, col(Consult.asked_at)),
        handovers=rows.of(Handover, col(Handover.at)),
        waitings=rows.of(Waiting, col(Waiting.began_at)),
        letters=rows.letters(),
        reviews=rows.of(Review, col(Review.at), without={"note", "read_at"}),
        read_by=me,
        journal=tuple(rows.journal({c.id: c for c in contacts})),
    )


class _Rows:
    """The rows of one case as plain values; people stand in them by their names."""

    def __init__(self, session: Session, case_id: str, me: str, now: datetime) -> None:
        self._session = session
        self._case_id = case_id
        self._me = me
        self._now = now
        self._names = dict(session.exec(select(Agent.id, Agent.name)).all())

    def of(self, table: type[SQLModel], order: Any, without: Set[str] = frozenset()) -> Rows:
        """All rows of a table that belong to the case, without some of their fields."""
        query = select(table).where(table.case_id == self._case_id)  # type: ignore[attr-defined]
        return tuple(
            self._plain(row, {"case_id", *without})
            for row in self._session.exec(query.order_by(order))
        )

    def _plain(self, row: SQLModel, without: Set[str]) -> dict[str, Any]:
        """A row's fields; what has no time yet says None, and beside an agent's id stands the name."""
        fields = {n: getattr(row, n) for n in type(row).model_fields if n not in without}
        fields = {name: None if value == NOWHEN else value for name, value in fields.items()}
        people = {
            name.removesuffix("_id"): self._names.get(fields[name], "")
            for name in ("agent_id", "owner_id", "from_id", "to_id", "of_id")
            if name in fields
        }
        return {**fields, **people}

    def overdue(self, promise: dict[str, Any]) -> dict[str, Any]:
        """A promise, and whether its time has passed while it is open."""
        due, is_open = promise["due_at"], promise["state"] == PromiseState.OPEN
        return {**promise, "overdue": is_open and due is not None and due <= self._now}

    def contacts(self, contacts: Sequence[Contact]) -> Rows:
        """Calls, each with the seconds that went into each kind of time. How long a colleague
        listened, and what would tell it, is left out: theirs are the seconds of both together."""
        stretches: dict[str, list[TimeSpent]] = defaultdict(list)
        spans = select(Span).where(col(Span.contact_id).in_([it.id for it in contacts]))
        for span in self._session.exec(spans.order_by(col(Span.contact_id), col(Span.seq))):
            length = (span.ended_at or self._now) - span.began_at
            stretches[span.contact_id].append((span.kind, max(0.0, length.total_seconds())))
        return tuple(self._contact(it, stretches[it.id]) for it in contacts)

    def _contact(self, contact: Contact, spent: Sequence[TimeSpent]) -> dict[str, Any]:
        mine, together = contact.agent_id == self._me, as_one(spent)
        told = set() if mine else {"told_at", "heard_at"}
        shown = spent if mine else together
        seconds = {**totals(shown), **totals(together)}
        hidden = set() if mine else {Kind.LISTEN, Kind.TALK}
        return {
            **self._plain(contact, {"case_id", "stage", "self_check", *told}),
            **{
                f"{kind}_seconds": None if kind in hidden else round(seconds.get(kind, 0.0))
                for kind in (*Kind, CONVERSATION)
            },
            "spans": [{"kind": kind, "seconds": round(length)} for kind, length in shown],
        }

    def factors(self) -> tuple[str, ...]:
        """What made it worse."""
        query = select(Factor.cause).where(Factor.case_id == self._case_id)
        return tuple(self._session.exec(query.order_by(col(Factor.cause))))

    def letters(self) -> Rows:
        """Letters that left the house; a draft is nobody's business but the writer's."""
        released = self._session.exec(
            select(Letter)
            .where(Letter.case_id == self._case_id, Letter.state == "released")
            .order_by(col(Letter.released_at))
        )
        return tuple({name: getattr(row, name) for name in _OF_A_LETTER} for row in released)

    def journal(self, calls: Mapping[str, Contact]) -> list[JournalLine]:
        """Every entry: those of its calls, and those between them; of a colleague's calls nothing
        that tells how long they listened."""
        entries = self._session.connection().execute(
            sa.select(
                col(Event.at),
                col(Event.kind),
                col(Event.payload),
                col(Event.contact_id),
                col(Event.agent_id),
            )
            .where(of_cases([self._case_id]), col(Event.kind).not_in(PRIVATE_KINDS))
            .order_by(col(Event.at), col(Event.seq))
        )
        lines = []
        for at, kind, payload, contact_id, agent_id in entries:
            call = calls.get(contact_id or "")
            others = call is not None and call.agent_id != self._me
            if others and kind in TELL_LISTENING:
                continue
            hidden = others and kind == TELLS_HEARD
            clock = None if call is None or hidden else (at - call.answered_at).total_seconds()
            names, fields = self._names, json.loads(payload)
            when = None if hidden else at
            lines.append(JournalLine(when, kind, names.get(agent_id, ""), fields, clock))
        return lines
