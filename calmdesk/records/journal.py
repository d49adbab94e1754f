"""The journal: every happening of a case, appended and linked, never rewritten."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, insert
from sqlmodel import Session, SQLModel, col, or_, select

from calmdesk.guide.happenings import Happening, payload, restore
from calmdesk.records.models import Contact, Event
from calmdesk.records.store import Store

KEY = b""
"""Key of the chain; empty until a database has one."""


_APPEND = insert(SQLModel.metadata.tables["event"])
"""A plain statement: an entry is written once, and no session need watch it."""


def append(
    store: Store,
    session: Session,
    happening: Happening,
    at: datetime,
    *,
    case_id: str | None,
    contact_id: str | None = None,
) -> Event:
    """Write one happening as the next entry of this device's chain; `case_id` is None for what is
    of no single case."""
    if store.tail is None:
        store.tail = _tail(session, store.device)
    seq, prev = store.tail[0] + 1, store.tail[1]
    text = payload(happening)
    entry = Event(
        id=store.new_id(at),
        case_id=case_id,
        contact_id=contact_id,
        agent_id=store.me,
        at=at,
        kind=happening.kind(),
        payload=text,
        device=store.device,
        seq=seq,
        payload_digest=hashlib.sha256(text.encode()).hexdigest(),
        prev=prev,
        mac="",
    )
    entry.mac = seal(entry)
    session.connection().execute(_APPEND, entry.model_dump())
    store.tail = (seq, entry.mac)
    return entry


def _tail(session: Session, device: str) -> tuple[int, str]:
    """Number and seal of a device's last entry; 0 and '' before its first."""
    last = session.exec(
        select(Event.seq, Event.mac)
        .where(Event.device == device)
        .order_by(col(Event.seq).desc())
        .limit(1)
    ).first()
    return last or (0, "")


def seal(entry: Event) -> str:
    """What an entry's `mac` must be: over all its fields, the digest in place of the payload."""
    parts = (
        entry.device,
        str(entry.seq),
        entry.id,
        entry.case_id or "",
        entry.contact_id or "",
        entry.agent_id,
        entry.at.astimezone(UTC).isoformat(),
        entry.kind,
        entry.payload_digest,
        entry.prev,
    )
    return hmac.new(KEY, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def of_contact(session: Session, contact_id: str) -> list[tuple[datetime, Happening]]:
    """What happened in one call, in the order in which it was written."""
    entries = session.exec(
        select(Event).where(Event.contact_id == contact_id).order_by(col(Event.seq))
    )
    found = ((entry.at, restore(entry.kind, entry.payload)) for entry in entries)
    return [(at, happening) for at, happening in found if happening is not None]


def of_cases(case_ids: Collection[str]) -> ColumnElement[bool]:
    """The condition for the entries of cases: those of all their calls, also from before a call was
    made part of its case, and those between the calls."""
    calls = select(Contact.id).where(col(Contact.case_id).in_(case_ids))
    return or_(col(Event.contact_id).in_(calls), col(Event.case_id).in_(case_ids))
