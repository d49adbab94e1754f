"""Verbs of the live call. Each is one intent in one transaction; instants are those of the key
press, handed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, SQLModel, col, func, select

from calmdesk.clock import local
from calmdesk.errors import NoSuchCase, Refused
from calmdesk.guide.breath import USUAL_BREAK, break_minutes
from calmdesk.guide.call import Call
from calmdesk.guide.happenings import (
    Answered,
    CaseJoined,
    Happening,
    PhraseSaid,
    Reopened,
    restore,
)
from calmdesk.guide.outcome import CallState
from calmdesk.records import journal
from calmdesk.records.awaited import awaited
from calmdesk.records.call_rows import Earlier, KeptDraft, OpenCall
from calmdesk.records.errand import errand
from calmdesk.records.identity import of_customer
from calmdesk.records.ids import reference
from calmdesk.records.models import Case, Contact, Draft, Event, Moment
from calmdesk.records.settle import settle, settle_spans
from calmdesk.records.stepping_back import stands_for
from calmdesk.records.store import LiveCall, Store
from calmdesk.records.touched import touched
from calmdesk.words import settled


def answer(store: Store, contact_id: str, case_id: str, answered: Answered, at: datetime) -> str:
    """Begin a call and its case, under ids made at the key press. Returns the case's reference."""
    with store.transaction() as session:
        ref = _free_reference(session, case_id, local(at, store.zone))
        case = Case(id=case_id, ref=ref, agent_id=store.me, opened_at=at, updated_at=at)
        session.add(case)
        session.flush()
        session.add(
            Contact(
                id=contact_id,
                case_id=case_id,
                agent_id=store.me,
                direction=answered.direction,
                number=answered.number,
                answered_at=at,
            )
        )
        session.flush()
        happen(store, contact_id, answered, at)
    return ref


def _free_reference(session: Session, case_id: str, day: datetime) -> str:
    attempt = 0
    while True:
        ref = reference(case_id, day, attempt)
        if session.exec(select(Case.id).where(Case.ref == ref)).first() is None:
            return ref
        attempt += 1


def ring(
    store: Store, contact_id: str, case_id: str, line_id: str, at: datetime
) -> OpenCall | None:
    """Begin an outgoing call on a case, for a promise or follow-up of it; '' for none. None when
    another calmdesk has the calls. Raises NoSuchCase."""
    if not store.owner:
        return None
    with store.transaction() as session:
        found = session.get(Case, case_id)
        if found is None:
            raise NoSuchCase("That case is not here any more.")
        case = stands_for(session, found)
        caller = of_customer(session, case)
        session.add(
            Contact(
                id=contact_id,
                case_id=case.id,
                agent_id=store.me,
                direction="out",
                number=caller.number,
                answered_at=at,
                about=line_id,
            )
        )
        session.flush()
        happen(store, contact_id, Answered(caller.number, "out", line_id), at)
        happen(store, contact_id, caller, at)
    return unfinished(store, contact_id)


def happen(store: Store, contact_id: str, happening: Happening, at: datetime) -> None:
    """Keep one thing that happened in a call: its entry in the journal, and the rows it changes."""
    with store.transaction() as session:
        live = _live(store, session, contact_id)
        call, contact = live.call, live.contact
        spans, was = call.spans, live.case.id
        call.add(happening, at)
        if call.case_id != live.case.id:
            live.case = session.get_one(Case, call.case_id)
        journal.append(store, session, happening, at, case_id=call.case_id, contact_id=contact_id)
        settle(session, call, happening, at, live.case, contact, store.dialling)
        if call.spans is not spans:
            settle_spans(session, call)
        if isinstance(happening, CaseJoined):  # others may have gone over with this call's case
            store.calls = {contact_id: live}
        touched(session, happening, was, live.case.id)
    if call.finished:
        store.calls.pop(contact_id, None)


def enter(
    store: Store,
    contact_id: str,
    happenings: Sequence[Happening],
    drafts: Sequence[KeptDraft],
    at: datetime,
) -> None:
    """Keep all that one key press made happen, and what is half typed after it, in one go: a note
    is never both kept and still in the line."""
    with store.transaction():
        for happening in happenings:
            happen(store, contact_id, happening, at)
        keep_drafts(store, contact_id, drafts, at)


def _live(store: Store, session: Session, contact_id: str) -> LiveCall:
    """The call as it stands: kept from the last time, or added up from its journal."""
    if contact_id not in store.calls:
        contact = session.get_one(Contact, contact_id)
        case = session.get_one(Case, contact.case_id)
        store.calls[contact_id] = LiveCall(_added_up(session, contact, case), contact, case)
    return store.calls[contact_id]


def _added_up(session: Session, contact: Contact, case: Case) -> Call:
    """A call from its journal. Whichever case it was made part of may have stepped back since: it
    belongs to the one that its row names."""
    entries = journal.of_contact(session, contact.id)
    if not entries:
        return Call(contact.id, case.id, case.ref, answered_at=contact.answered_at)
    call = Call.of(contact.id, case.id, case.ref, entries)
    call.case_id, call.ref = case.id, case.ref
    return call


def keep_drafts(store: Store, contact_id: str, drafts: Sequence[KeptDraft], at: datetime) -> None:
    """Keep what is half typed. A trailing run of 11 or more digits waits until it ends: half a
    card number on disk is as good as a whole one."""
    with store.transaction() as session:
        connection = session.connection()
        for draft in drafts:
            values = {
                "of_contact": contact_id,
                "of_field": draft.field,
                "text": settled(draft.text),
                "cursor": draft.cursor,
                "focused": draft.focused,
                "at": at,
            }
            if not connection.execute(_REPLACE_DRAFT, values).rowcount:
                connection.execute(_FIRST_DRAFT, values)


_DRAFT = SQLModel.metadata.tables["draft"]
_REPLACE_DRAFT = (
    update(_DRAFT)
    .where(_DRAFT.c.contact_id == bindparam("of_contact"), _DRAFT.c.field == bindparam("of_field"))
    .values({name: bindparam(name) for name in ("text", "cursor", "focused", "at")})
)
_FIRST_DRAFT = insert(_DRAFT).values(
    {
        "contact_id": bindparam("of_contact"),
        "field": bindparam("of_field"),
        **{name: bindparam(name) for name in ("text", "cursor", "focused", "at")},
    }
)
"""Plain statements: a draft is kept several times a second, and needs no object of its own."""


def claim(store: Store) -> bool:
    """Whether calls are taken here; a calmdesk that had them and is gone gives them up."""
    return store.claim()


def unfinished(store: Store, contact_id: str = "") -> OpenCall | None:
    """The call that was live when calmdesk last ended, or the one named; None when there is none,
    or when another calmdesk has it."""
    if not store.owner:
        return None
    with store.transaction() as session:
        query = select(Contact).where(Contact.agent_id == store.me)
        query = query.where(
            Contact.id == contact_id if contact_id else Contact.state == CallState.LIVE
        )
        contact = session.exec(query.order_by(col(Contact.answered_at).desc())).first()
        if contact is None:
            return None
        drafts = session.exec(select(Draft).where(Draft.contact_id == contact.id)).all()
        last = session.exec(select(func.max(Event.at)).where(Event.contact_id == contact.id)).one()
        case = session.get_one(Case, contact.case_id)
        # a sum of its own: the screen adds to it, and must not add to the store's
        call = _added_up(session, contact, case)
        return OpenCall(
            call=call,
            drafts=tuple(KeptDraft(d.field, d.text, d.cursor, d.focused) for d in drafts),
            last_sign=max([last, *(draft.at for draft in drafts)]),
            earlier=_earlier(session, case, contact),
            errand=errand(session, case, contact) if contact.direction == "out" else None,
            pause_after=_pause(session, contact.id),
            gone=call.ended_at is not None,
        )


def live(store: Store) -> list[str]:
    """Ids of the calls of this agent that are live: one, or one and those that wait on hold."""
    with store.reading() as session:
        mine = select(Contact.id).where(
            Contact.agent_id == store.me, Contact.state == CallState.LIVE
        )
        return list(session.exec(mine.order_by(col(Contact.answered_at))))


def take_up(store: Store, contact_id: str, at: datetime) -> OpenCall | None:
    """Take up a parked wrap-up again; None when another calmdesk has the calls."""
    if not store.owner:
        return None
    happen(store, contact_id, Reopened(), at)
    return unfinished(store, contact_id)


def join(store: Store, contact_id: str, case_id: str, at: datetime) -> Earlier:
    """Make a call part of an earlier case, or of the one which that one is part of by now. Returns
    what that case brings to it. Raises Refused for a call that we made: it was made on its case;
    and for one that is part of it already."""
    with store.transaction() as session:
        contact = session.get_one(Contact, contact_id)
        if contact.direction == "out":
            raise Refused("You rang them about a case; this call stays with it.")
        case = stands_for(session, session.get_one(Case, case_id, populate_existing=True))
        if case.id == contact.case_id:
            raise Refused("That case and this call's are one already.")
        happen(store, contact_id, CaseJoined(case.id, case.ref), at)
        return _earlier(session, case, contact)


def _earlier(session: Session, case: Case, contact: Contact) -> Earlier:
    brought = awaited(session, case.id, contact.id)
    began_here = case.opened_at == contact.answered_at
    return Earlier(_said(session, case.id), brought, "" if began_here else case.id, case.ref)


def _said(session: Session, case_id: str) -> frozenset[str]:
    entries = session.exec(
        select(Event).where(journal.of_cases([case_id]), Event.kind == PhraseSaid.kind())
    )
    said = (restore(entry.kind, entry.payload) for entry in entries)
    return frozenset(it.phrase for it in said if isinstance(it, PhraseSaid))


def _pause(session: Session, contact_id: str) -> int:
    """Minutes of the pause that was asked for: those of the last break, the usual ones else."""
    kinds = session.exec(
        select(Moment.kind).where(Moment.contact_id == contact_id).order_by(col(Moment.at))
    ).all()
    breaks = [kind.partition(" ")[2] for kind in kinds if kind.startswith("break")]
    return (break_minutes(breaks[-1] if breaks else "") or USUAL_BREAK) if kinds else 0


def moment(store: Store, contact_id: str, kind: str, at: datetime) -> None:
    """Keep something of the agent's own: `shaken`, `break 5`. It is in no list and no export."""
    with store.transaction() as session:
        session.add(
            Moment(id=store.new_id(at), agent_id=store.me, contact_id=contact_id, at=at, kind=kind)
        )
