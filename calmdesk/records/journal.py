"""The journal: every happening of a case, appended and linked, never rewritten."""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, insert
from sqlmodel import Session, SQLModel, col, or_, select

from calmdesk.exchange.stored_times import stored
from calmdesk.guide.happenings import Happening, payload, restore
from calmdesk.records.bulk import Rows
from calmdesk.records.ids import NewId
from calmdesk.records.models import Case, Contact, Event, Meta
from calmdesk.records.store import Store

KEY = b""
"""Key of the chain; empty until a database has one."""
CHAIN = "chain "
"""Begins the keys of the facts that name the chains begun in this very file: those of its calmdesk,
and of others that were opened beside it."""


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
    seq, prev = _tail(store, session)
    seq += 1
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


def _tail(store: Store, session: Session) -> tuple[int, str]:
    """Number and seal of this device's last entry; 0 and '' before its first."""
    if store.tail is None:
        last = session.exec(
            select(Event.seq, Event.mac)
            .where(Event.device == store.device)
            .order_by(col(Event.seq).desc())
            .limit(1)
        ).first()
        if last is None:
            session.merge(Meta(key=CHAIN + store.device, value=store.device))
        store.tail = last or (0, "")
    return store.tail


def append_new(
    store: Store,
    session: Session,
    happenings: Iterable[tuple[str, Happening]],
    at: datetime,
    ids: NewId,
) -> None:
    """Write the next entries of this device's chain: one happening each of many cases, by the id of
    its case."""
    seq, prev = _tail(store, session)
    me, device, written, instant = (
        store.me,
        store.device,
        stored(at),
        at.astimezone(UTC).isoformat(),
    )
    kinds: dict[type[Happening], str] = {}
    rows = Rows(
        "event",
        "id case_id agent_id at kind payload device seq payload_digest prev mac",
    )
    for case_id, happening in happenings:
        seq += 1
        kind = kinds.get(type(happening)) or kinds.setdefault(type(happening), happening.kind())
        text, entry = payload(happening), ids(at)
        digest = hashlib.sha256(text.encode()).hexdigest()
        mac = _mac((device, str(seq), entry, case_id, "", me, instant, kind, digest, prev))
        rows.add((entry, case_id, me, written, kind, text, device, seq, digest, prev, mac))
        prev = mac
    rows.write(session)
    store.tail = (seq, prev)


def seal(entry: Event) -> str:
    """What an entry's `mac` must be: over all its fields, the digest in place of the payload."""
    return _mac(
        (
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
    )


def _mac(parts: Sequence[str]) -> str:
    return hmac.digest(KEY, "\n".join(parts).encode(), "sha256").hex()


def of_contact(session: Session, contact_id: str) -> list[tuple[datetime, Happening]]:
    """What happened in one call, in the order in which it was written."""
    entries = session.exec(
        select(Event).where(Event.contact_id == contact_id).order_by(col(Event.seq))
    )
    found = ((entry.at, restore(entry.kind, entry.payload)) for entry in entries)
    return [(at, happening) for at, happening in found if happening is not None]


def of_cases(case_ids: Collection[str]) -> ColumnElement[bool]:
    """The condition for the entries of cases: those of all their calls, also from before a call was
    made part of its case, and those between the calls, also of cases that are part of them now."""
    calls = select(Contact.id).where(col(Contact.case_id).in_(case_ids))
    parts = select(Case.id).where(col(Case.joined_to).in_(case_ids))
    of_case = col(Event.case_id)
    return or_(col(Event.contact_id).in_(calls), of_case.in_(case_ids), of_case.in_(parts))
