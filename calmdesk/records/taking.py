"""What another calmdesk sent is taken into this record: by `calmdesk merge`, from a file or from a
shared folder, both alike. What was taken before is taken again without a trace."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from calmdesk.errors import StoreError
from calmdesk.records import journal, references
from calmdesk.records.bundles import known_by, people_of, rows_of
from calmdesk.records.parcels import Brought, Common, Parcel
from calmdesk.records.parted_people import gather
from calmdesk.records.plain_rows import (
    ACTION,
    AGENT,
    CASE,
    CUSTOMER,
    MERGE,
    NAME,
    NUMBER,
    OF_A_CASE,
)
from calmdesk.records.renewing import renew
from calmdesk.records.stepping_back import straighten
from calmdesk.records.store import Store
from calmdesk.records.taking_cases import Cases, People
from calmdesk.records.taking_common import take_common
from calmdesk.records.writing_rows import Page


def take(store: Store, parcel: Parcel, at: datetime, keep: bool = True) -> Brought:
    """Take what another calmdesk sent. Without `keep`, only tell what would become of it. What does
    not fit (a copy of a record in which work went on by itself) is refused, and the rest taken.
    Raises StoreError."""
    _forget(store, {it["id"] for bundle in parcel.bundles for it in bundle.cases})
    try:
        with store.transaction() as session:
            taking = _Taking(store, session, parcel)
            taken = taking.take()
            if keep:
                taking.keep(at)
    except StoreError as error:
        if not isinstance(error.__cause__, IntegrityError):
            raise
        return _one_by_one(store, parcel, at, keep)
    _forget(store, taking.changed)
    return taken


def _one_by_one(store: Store, parcel: Parcel, at: datetime, keep: bool) -> Brought:
    """Take each part by itself, so that only what does not fit is refused."""
    parts = [replace(parcel, bundles=[it], common=Common()) for it in parcel.bundles]
    if parcel.common:
        parts.insert(0, replace(parcel, bundles=()))
    if len(parts) == 1:
        return Brought(refused=len(parcel.bundles))
    return sum((take(store, part, at, keep) for part in parts), Brought())


def _forget(store: Store, case_ids: set[str]) -> None:
    """Have a live call added up again when its case may change here."""
    if any(live.case.id in case_ids for live in store.calls.values()):
        store.forget()


class _Taking:
    """One parcel on its way into the record."""

    def __init__(self, store: Store, session: Session, parcel: Parcel) -> None:
        self.store, self.session, self.parcel = store, session, parcel
        self.connection = session.connection()
        self.page = Page(self.connection)
        self.changed: set[str] = set()
        """Cases of which lists may see something else now."""

    def take(self) -> Brought:
        """Lay everything on the page. Returns what becomes of it."""
        parcel, me = self.parcel, self.store.me
        other = take_common(self.connection, self.page, parcel.common, me, parcel.sender)
        self.cases = self._know()
        taken = sum((self.cases.take(it) for it in parcel.bundles), Brought())
        return replace(taken, other=other, renamed=tuple(self._name()))

    def _know(self) -> Cases:
        """Read what this record holds of all that was sent."""
        bundles, page = self.parcel.bundles, self.page
        ours = rows_of(self.connection, {it["id"] for bundle in bundles for it in bundle.cases})
        for part in OF_A_CASE:
            page.know(part, ours[part.name])
        sent = [row["id"] for bundle in bundles for row in bundle.rows["customer"]]
        known = {it["id"] for it in ours["customer"]}
        customers, merges = people_of(self.connection, {*sent, *known})
        page.know(CUSTOMER, customers)
        page.know(MERGE, merges)
        for part in (NUMBER, NAME):
            page.know(part, part.rows(self.connection, [it["id"] for it in customers]))
        actions = [row["id"] for bundle in bundles for row in bundle.rows["action"]]
        page.know(ACTION, ACTION.rows(self.connection, actions))
        return Cases(page, known_by(ours["event"]), self._people())

    def _people(self) -> People:
        names = {it["id"]: str(it["name"]) for it in self.page.all(AGENT)}
        me = self.store.me
        mine = names.get(me, "").casefold()
        too = {it for it, name in names.items() if mine and name.casefold() == mine and it != me}
        return People(me, frozenset(too), names, self.parcel.sender)

    def _name(self) -> list[tuple[str, str]]:
        """Give cases whose reference is another's here the next one of their own. Returns what it
        was, and is."""
        renamed = []
        named = self.page.put_rows(CASE)
        held = references.holders(self.connection, [it["ref"] for it in named])
        moved = {it["id"]: it["ref"] for it in named}
        held = {ref: it for ref, it in held.items() if moved.get(it, ref) == ref}
        for row in sorted(named, key=lambda it: str(it["id"])):
            was = row["ref"]
            if held.setdefault(was, row["id"]) == row["id"]:
                continue
            ref = references.another(self.connection, row, held)
            held[ref] = row["id"]
            self.page.put(CASE, {**row, "ref": ref})
            self.cases.keep_words(row, self.parcel.sender, (f"ref: {was}",))
            renamed.append((was, ref))
        return renamed

    def keep(self, at: datetime) -> None:
        """Write it."""
        self.changed |= gather(self.connection, self.page, self.cases.apart)
        self.page.write()
        for case_id, merged in self.cases.merged:
            journal.append(self.store, self.session, merged, at, case_id=case_id)
        self.changed |= self.cases.changed
        self.changed |= straighten(self.session, self.changed)
        renew(self.session, self.changed)
