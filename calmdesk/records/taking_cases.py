"""Cases taken from another calmdesk, laid beside ours row by row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from calmdesk.guide.afterwards import Imported, Merged
from calmdesk.guide.happenings import payload
from calmdesk.records import references, which_stands
from calmdesk.records.bundles import Bundle, Known
from calmdesk.records.one_person import Moved
from calmdesk.records.parcels import Brought
from calmdesk.records.parted_people import Merges, moved_by
from calmdesk.records.plain_rows import (
    ACTION,
    ALARM,
    CASE,
    CONTACT,
    CUSTOMER,
    EVENT,
    FACTOR,
    FOLLOW_UP,
    MERGE,
    NAME,
    NOTE,
    NUMBER,
    OF_A_CASE,
    OFFER,
    PROMISE,
    REVIEW,
    SPAN,
    Part,
    Row,
)
from calmdesk.records.sheet_ids import is_of_sheet
from calmdesk.records.which_stands import (
    Choice,
    Stamps,
    Standing,
    gone,
    is_sound,
    stamps,
    standing,
)
from calmdesk.records.writing_rows import Page

_IMPORT = Imported.kind()
_OF_A_LINE = (CONTACT, SPAN, NOTE, OFFER, PROMISE, FOLLOW_UP, REVIEW)
"""What an import makes of a line."""
_TO_ACT = {
    "case": "agent_id",
    "promise": "owner_id",
    "follow_up": "owner_id",
    "handover": "to_id",
    "review": "of_id",
}
"""Whose turn it is, by table."""


@dataclass(frozen=True)
class People:
    """Who is who between two desks."""

    me: str
    """Id of the agent at this desk."""
    me_too: frozenset[str]
    """Others who bear the same name, and are thus the same person at another desk."""
    names: Mapping[str, str]
    sender: str
    """Id of the agent at the desk that sent it."""


class Cases:
    """The cases of one parcel, on their way onto the page."""

    def __init__(self, page: Page, known: Known, people: People) -> None:
        """`known` is how far our own journal goes."""
        self.page, self.known, self.people = page, known, people
        self.numbers = {(it["customer_id"], it["digits"]): it for it in page.all(NUMBER)}
        self.apart: set[str] = set()
        """Cases that went on at both desks, here as one customer's and there as another's."""
        self.moved: set[str] = set()
        """Ids of numbers and names that a merge moved."""
        self.gone: set[str] = set()
        """Ids of customers of whom merges say whose they are."""
        for merge in page.all(MERGE):
            self._know(merge)
        self.merged: list[tuple[str, Merged]] = []
        """What is to be written into the journal of cases."""
        self.changed: set[str] = set()
        """Cases of which lists may see something else now."""
        self.told: set[str] = set()
        """Cases that came here by a sheet, and now from where they were lived."""

    def take(self, bundle: Bundle) -> Brought:
        """Lay one bundle on the page. Returns what became of it."""
        if not _are_sound(bundle):
            return Brought(refused=1)
        page = self.page
        before = page.changes
        known = [it for sent in bundle.cases if (it := page.get(CASE, sent)) is not None]
        ours = page.of_cases(EVENT, [it["id"] for it in bundle.cases])
        how = standing(bundle.known, self.known)
        if not known:
            how = Standing.AHEAD
        self._customers(bundle)
        changed = (bundle.changed, max((it["updated_at"] for it in known), default=""))
        page.add(EVENT, bundle.rows["event"])
        self._by_sheet(bundle, ours)
        self._rows(bundle, Choice(how, changed, partial(_last, bundle, ours)), ours)
        if page.changes != before:
            self.changed |= {it["id"] for it in bundle.cases}
        if not known:
            return Brought(new=sum(not it["joined_to"] for it in bundle.cases))
        cases = sum(not it["joined_to"] for it in known)
        if page.changes != before:
            return Brought(newer=cases)
        return Brought(older=cases) if how is Standing.BEHIND else Brought(same=cases)

    def _customers(self, bundle: Bundle) -> None:
        page = self.page
        for row in bundle.rows["customer_merge"]:
            page.settle(MERGE, row, which_stands.customer_merge)
            self._know(row)
        for row in bundle.rows["customer"]:
            page.settle(CUSTOMER, row, self._customer)
        for row in bundle.rows["customer_number"]:
            twin = self.numbers.setdefault((row["customer_id"], row["digits"]), row)
            if twin["id"] == row["id"] or self.moved & {twin["id"], row["id"]}:
                page.settle(NUMBER, row, self._where_it_went)
            elif row["id"] < twin["id"]:  # the same number twice would be nobody's alone
                page.drop(NUMBER, twin)
                page.put(NUMBER, row)
                self.numbers[row["customer_id"], row["digits"]] = row
        struck = Merges(page.all(MERGE)).struck() if bundle.rows["customer_name"] else ()
        for row in bundle.rows["customer_name"]:
            if row["id"] not in struck:
                page.settle(NAME, row, self._where_it_went)
        for row in bundle.rows["action"]:
            page.settle(ACTION, row, lambda theirs, mine: mine)

    def _know(self, merge: Row) -> None:
        moved = moved_by(merge) or Moved()
        self.moved |= {*moved.numbers, *moved.names}
        self.gone.add(merge["gone_id"])

    def _customer(self, theirs: Row, ours: Row) -> Row:
        """The customer who stands; whose they are is found at the end, by all merges (`gather`)."""
        stands = which_stands.customer(theirs, ours)
        return {**stands, "merged_into": ours["merged_into"]} if ours["id"] in self.gone else stands

    def _where_it_went(self, theirs: Row, ours: Row) -> Row:
        """A number or name goes with the customer whom its own turned out to be; one that a merge
        moved does so at the end."""
        if ours["id"] in self.moved:
            return ours
        customer = self.page.get(CUSTOMER, {"id": ours["customer_id"]})
        return theirs if customer is not None and customer["merged_into"] else ours

    def _by_sheet(self, bundle: Bundle, ours: Sequence[Row]) -> None:
        """Of a case that was lived at one desk and came to the other by a sheet, the calls, promises
        and all else that the sheet told of it go: they would be there twice."""
        lived = _lived([*ours, *bundle.rows["event"]])
        if not lived:
            return

        self.told |= lived - {it["case_id"] for it in ours if it["kind"] != _IMPORT}
        page, sent = self.page, bundle.rows

        def is_told(part: Part, row: Row) -> bool:
            if part is SPAN:
                return row["contact_id"] in calls
            return row["case_id"] in lived and is_of_sheet(row["id"], row["case_id"])

        contacts = (*page.of_cases(CONTACT, lived), *sent[CONTACT.name])
        calls = {it["id"] for it in contacts if is_told(CONTACT, it)}
        for part in _OF_A_LINE:
            here = page.all(part) if part is SPAN else page.of_cases(part, lived)
            for row in here:
                if is_told(part, row):
                    page.drop(part, row)
            sent[part.name] = [it for it in sent[part.name] if not is_told(part, it)]

    def _rows(self, bundle: Bundle, choice: Choice, events: Sequence[Row]) -> None:
        page = self.page
        taken_away = gone([*bundle.rows["event"], *events])
        of_these = [it["id"] for it in bundle.cases]
        for part in OF_A_CASE:
            if part in (EVENT, FACTOR):
                continue
            for sent in bundle.rows[part.name]:
                row = self._for_me(part, sent)
                if part in (OFFER, REVIEW) and row["id"] in taken_away:
                    continue
                ours = page.get(part, row)
                if ours is None:
                    page.put(part, row)
                elif part is CASE:
                    self._case(row, ours, choice)
                elif row != ours:
                    self._row(part, row, ours, choice)
        for part in (OFFER, REVIEW):
            for it in page.of_cases(part, of_these) if taken_away else ():
                if it["id"] in taken_away:
                    page.drop(part, it)
        self._factors(bundle, choice, of_these)

    def _for_me(self, part: Part, row: Row) -> Row:
        """A row as it is at this desk: whoever bears this agent's name is this agent, and what was
        written to somebody else alone is not kept here."""
        to_act = _TO_ACT.get(part.name)
        if to_act and row[to_act] in self.people.me_too:
            row = {**row, to_act: self.people.me}
        if part is REVIEW and self.people.me not in (row["of_id"], row["agent_id"]):
            row = {**row, "note": ""}
        return row

    def _row(self, part: Part, theirs: Row, ours: Row, choice: Choice) -> None:
        if part is ALARM:
            stands = which_stands.alarm(theirs, ours)
        elif part is REVIEW:
            stands = which_stands.review(theirs, ours)
        else:
            stands = theirs if choice.theirs_stands(part, theirs, ours) else ours
        if stands != ours:
            self.page.put(part, stands)

    def _case(self, theirs: Row, ours: Row, choice: Choice) -> None:
        """The row of a case; where both went on, what the one that does not stand said is kept."""
        ref = references.later(theirs["id"], theirs["ref"], ours["ref"])
        theirs, mine = {**theirs, "ref": ref}, {**ours, "ref": ref}
        stands = mine
        if theirs != mine:
            if ours["id"] in self.told or choice.theirs_stands(CASE, theirs, mine):
                stands = theirs
            falls = mine if stands is theirs else theirs
            if choice.how is Standing.APART and theirs["customer_id"] != mine["customer_id"]:
                self.apart.add(ours["id"])
            said = which_stands.lost(stands, falls, self._named())
            if choice.how is Standing.APART and said:
                whose = self.people.me if falls is mine else self.people.sender
                self.keep_words(falls, whose, said)
        if stands != ours:
            self.page.put(CASE, stands)

    def _named(self) -> dict[str, str]:
        return {**self.people.names} | {it["id"]: it["name"] for it in self.page.all(CUSTOMER)}

    def keep_words(self, row: Row, whose: str, said: tuple[str, ...]) -> None:
        """Have what the row of a case said kept in its journal, once."""
        changed = datetime.fromisoformat(row["updated_at"]).replace(tzinfo=UTC)
        merged = Merged(self.people.names.get(whose, ""), changed, said)
        written = payload(replace(merged, of=""))
        for it in self.page.of_cases(EVENT, [row["id"]]):
            if it["kind"] == Merged.kind() and _same(it, written):
                return
        self.merged.append((row["id"], merged))

    def _factors(self, bundle: Bundle, choice: Choice, of_these: Sequence[str]) -> None:
        page = self.page
        theirs = sorted(bundle.rows["factor"], key=FACTOR.key)
        ours = sorted(page.of_cases(FACTOR, of_these), key=FACTOR.key)
        if theirs == ours or not choice.theirs_stand(theirs, ours):
            return
        for it in ours:
            if it not in theirs:
                page.drop(FACTOR, it)
        for it in theirs:
            if it not in ours:
                page.put(FACTOR, it)


def _lived(entries: Sequence[Row]) -> set[str]:
    """Cases that came by a sheet, as entries from before tell, were lived somewhere else."""
    came: dict[str, str] = {}
    for it in entries:
        if it["kind"] == _IMPORT:
            came[it["case_id"]] = min(it["at"], came.get(it["case_id"], it["at"]))
    return {it["case_id"] for it in entries if it["at"] < came.get(it["case_id"], "")}


def _last(bundle: Bundle, ours: Sequence[Row]) -> tuple[Stamps, Stamps]:
    """The last entries about things, as theirs and as ours knows them."""
    before = (
        it for it in ours if it["seq"] <= bundle.known.get(it["case_id"], {}).get(it["device"], 0)
    )
    return stamps([*before, *bundle.rows["event"]]), stamps(ours)


def _same(entry: Row, written: str) -> bool:
    """Whether an entry keeps the very words, whoever they were of."""
    said: dict[str, object] = json.loads(entry["payload"])
    return bool({**said, "of": ""} == json.loads(written))


def _are_sound(bundle: Bundle) -> bool:
    """Whether the entries that came are what was written, and merges can be lived through."""
    return all(map(is_sound, bundle.rows["event"])) and None not in map(
        moved_by, bundle.rows["customer_merge"]
    )
