"""Everything on one case, gathered to be read. Nothing of it is private: no letter that was not
released, no hour of its hold, no debrief, no moment of the agent's own."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from calmdesk.guide.listening import Kind
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
    Span,
    Waiting,
)
from calmdesk.records.reputation import may_go_public

Rows = tuple[dict[str, Any], ...]

_PRIVATE = ("self checked", "letter drafted", "letter read", "letter dropped")
"""Entries that are nobody's business but the writer's: what they asked themselves, and letters that
have not left, whose instants would tell how long one waited."""
_OF_A_LETTER = ("id", "kind", "subject", "text", "reader", "released_at", "released_to")


def gather(session: Session, case: Case, line: CaseLine, now: datetime) -> CaseWhole:
    """A case with everything on it."""
    contacts = session.exec(
        select(Contact).where(Contact.case_id == case.id).order_by(col(Contact.answered_at))
    ).all()
    customer = session.get(Customer, case.customer_id) if case.customer_id else None
    rows = _Rows(session, case.id, now)
    return CaseWhole(
        line=line,
        number=next((c.number for c in reversed(contacts) if c.number), ""),
        since=customer.since if customer else 0,
        value=customer.value if customer else 0,
        zone=customer.zone if customer else "",
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
        journal=tuple(rows.journal({c.id: c.answered_at for c in contacts})),
    )


class _Rows:
    """The rows of one case as plain values; people stand in them by their names."""

    def __init__(self, session: Session, case_id: str, now: datetime) -> None:
        self._session = session
        self._case_id = case_id
        self._now = now
        self._names = dict(session.exec(select(Agent.id, Agent.name)).all())

    def of(self, table: type[SQLModel], order: Any) -> Rows:
        """All rows of a table that belong to the case."""
        query = select(table).where(table.case_id == self._case_id)  # type: ignore[attr-defined]
        return tuple(
            self._plain(row, {"case_id"}) for row in self._session.exec(query.order_by(order))
        )

    def _plain(self, row: SQLModel, without: set[str]) -> dict[str, Any]:
        """A row's fields; what has no time yet says None, and beside an agent's id stands the name."""
        fields = {n: getattr(row, n) for n in type(row).model_fields if n not in without}
        fields = {name: None if value == NOWHEN else value for name, value in fields.items()}
        people = {
            name.removesuffix("_id"): self._names.get(fields[name], "")
            for name in ("agent_id", "owner_id", "from_id", "to_id")
            if name in fields
        }
        return {**fields, **people}

    def overdue(self, promise: dict[str, Any]) -> dict[str, Any]:
        """A promise, and whether its time has passed while it is open."""
        due, is_open = promise["due_at"], promise["state"] == "open"
        return {**promise, "overdue": is_open and due is not None and due <= self._now}

    def contacts(self, contacts: Sequence[Contact]) -> Rows:
        """Calls, each with the seconds that went into each kind of time."""
        spent: dict[tuple[str, str], float] = defaultdict(float)
        spans = select(Span).where(col(Span.contact_id).in_([it.id for it in contacts]))
        for span in self._session.exec(spans.order_by(col(Span.contact_id), col(Span.seq))):
            length = (span.ended_at or self._now) - span.began_at
            spent[span.contact_id, span.kind] += length.total_seconds()
        return tuple(
            {
                **self._plain(contact, {"case_id", "stage", "self_check"}),
                **{f"{kind}_seconds": round(spent[contact.id, kind]) for kind in Kind},
            }
            for contact in contacts
        )

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

    def journal(self, began: Mapping[str, datetime]) -> list[JournalLine]:
        """Every entry: those of its calls, and those between them."""
        entries = self._session.exec(
            select(Event, Agent.name)
            .join(Agent, col(Agent.id) == Event.agent_id)
            .where(of_cases([self._case_id]))
            .order_by(col(Event.at), col(Event.seq))
        )
        return [
            JournalLine(
                at=entry.at,
                kind=entry.kind,
                agent=agent,
                fields=json.loads(entry.payload),
                clock=(entry.at - at).total_seconds()
                if (at := began.get(entry.contact_id or "")) is not None
                else None,
            )
            for entry, agent in entries
            if entry.kind not in _PRIVATE
        ]
