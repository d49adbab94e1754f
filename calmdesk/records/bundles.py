"""A bundle: a case with everything on it that may travel, as plain values, and the part of the
journal that is about it. Files of other calmdesks and shared folders are read as bundles alike.

Cases that were made one stay together: a call of the one may have been taken over by the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from calmdesk.records.plain_rows import (
    ACTION,
    AROUND,
    CASE,
    CONTACT,
    CUSTOMER,
    EVENT,
    MERGE,
    NAME,
    NUMBER,
    OF_A_CASE,
    Part,
    Row,
    Unreadable,
)
from calmdesk.records.sound_values import LARGEST

Rows = dict[str, list[Row]]
"""Rows by the name of their table."""
Known = dict[str, dict[str, int]]
"""How far the journal is known: of each case, by device, the number of the last entry."""

_PARTS = {part.name: part for part in (*OF_A_CASE, *AROUND)}


@dataclass
class Bundle:
    """A case, or some that were made one, with all rows."""

    rows: Rows
    known: Known = field(default_factory=dict)
    """How far its sender knew its journal; entries that were sent before need not be in it."""

    @property
    def cases(self) -> list[Row]:
        """Its cases; one, where none was made part of another."""
        return self.rows["case"]

    @property
    def id(self) -> str:
        """What it goes by: the oldest of its cases."""
        return str(min(it["id"] for it in self.cases))

    @property
    def changed(self) -> str:
        """When one of its cases was last changed."""
        return str(max(it["updated_at"] for it in self.cases))

    def plain(self) -> dict[str, Any]:
        """The bundle for a line of JSON."""
        return {"known": self.known, **{name: rows for name, rows in self.rows.items() if rows}}


def read_bundle(plain: Any) -> Bundle:
    """A bundle from a line of JSON. Raises Unreadable."""
    if not isinstance(plain, dict) or not plain.get("case"):
        raise Unreadable("A line is no case.")
    rows: Rows = {}
    for name, part in _PARTS.items():
        some = plain.get(name, [])
        if not isinstance(some, list):
            raise Unreadable(f"A line has no rows of {name}.")
        rows[name] = part.checked(some)
    return Bundle(rows, read_known(plain.get("known")))


def read_known(plain: Any) -> Known:
    """How far journals are known, from a line of JSON. Raises Unreadable."""
    try:
        return {
            str(case_id): {str(device): _number(seq) for device, seq in devices.items()}
            for case_id, devices in plain.items()
        }
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise Unreadable("A line does not say how far its journal is known.") from error


def _number(seq: Any) -> int:
    number = int(seq)
    if not 0 <= number < LARGEST:
        raise OverflowError
    return number


def known_by(events: Iterable[Row]) -> Known:
    """How far a journal goes that is whole."""
    known: Known = {}
    for it in events:
        devices = known.setdefault(it["case_id"], {})
        if it["seq"] > devices.get(it["device"], 0):
            devices[it["device"]] = it["seq"]
    return known


# -- reading from a record --------------------------------------------------------------------


def bundles_of(connection: Connection, case_ids: Iterable[str]) -> list[Bundle]:
    """The bundles in which some cases are, each whole; ids of none are left out."""
    return list(_apart(rows_of(connection, case_ids)))


def foreign_bundles(connection: Connection, case_ids: Iterable[str]) -> list[Bundle]:
    """The same from a record that is not ours. Raises Unreadable where it holds what no record
    should."""
    rows = rows_of(connection, case_ids)
    return list(_apart({name: _PARTS[name].checked(some) for name, some in rows.items()}))


def rows_of(connection: Connection, case_ids: Iterable[str]) -> Rows:
    """All rows of some cases and of those that were made one with them."""
    gathered = _Gathering(connection)
    gathered.follow(set(case_ids))
    return gathered.whole()


class _Gathering:
    """Gathers the rows of cases; what leads to another case is followed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cases: dict[str, Row] = {}
        self._contacts: dict[str, Row] = {}
        self._events: dict[str, Row] = {}
        self._looked: set[str] = set()

    def follow(self, wanted: set[str]) -> None:
        """Gather cases, calls and entries, until none leads on."""
        while wanted := wanted - self._looked:
            self._looked |= wanted
            joined = CASE.rows(self._connection, wanted, by="joined_to")
            cases = [*CASE.rows(self._connection, wanted), *joined]
            self._cases |= {it["id"]: it for it in cases}
            wanted = {it["id"] for it in cases}
            contacts = CONTACT.rows(self._connection, wanted)
            self._contacts |= {it["id"]: it for it in contacts}
            taken_over = {it["joined_to"] for it in joined}
            events = EVENT.rows(self._connection, wanted)
            events += EVENT.rows(
                self._connection,
                (it["id"] for it in contacts if it["case_id"] in taken_over),
                by="contact_id",
            )
            self._events |= {it["id"]: it for it in events}
            wanted = {it["id"] for it in joined} | self._leads(cases, events)

    def _leads(self, cases: Sequence[Row], events: Sequence[Row]) -> set[str]:
        """The other cases that some are part of, and those to which their calls went over."""
        leads = {it["joined_to"] for it in cases if it["joined_to"]}
        leads |= {it["case_id"] for it in events if it["case_id"]}
        calls = {it["contact_id"] for it in events if it["contact_id"]} - set(self._contacts)
        for call in CONTACT.rows(self._connection, calls, by="id"):
            self._contacts[call["id"]] = call
            leads.add(call["case_id"])
        return leads

    def whole(self) -> Rows:
        """Everything of what was gathered."""
        rows: Rows = {
            "case": list(self._cases.values()),
            "contact": list(self._contacts.values()),
            "event": sorted(self._events.values(), key=lambda it: (it["device"], it["seq"])),
        }
        for part in OF_A_CASE:
            if part.name not in rows:
                of_calls = part.by == "contact_id"
                ids = list(self._contacts if of_calls else self._cases)
                rows[part.name] = part.rows(self._connection, ids)
        rows["agent"] = []
        whose = {it["customer_id"] for it in self._cases.values() if it["customer_id"]}
        rows["customer"], rows["customer_merge"] = people_of(self._connection, whose)
        ids = [it["id"] for it in rows["customer"]]
        rows["customer_number"] = NUMBER.rows(self._connection, ids)
        rows["customer_name"] = NAME.rows(self._connection, ids)
        rows["action"] = ACTION.rows(self._connection, {it["action_id"] for it in rows["pledge"]})
        return rows


def people_of(connection: Connection, ids: Iterable[str]) -> tuple[list[Row], list[Row]]:
    """Some customers and everybody with whom they ever were one; and what made them so."""
    found: dict[str, Row] = {}
    merges: dict[str, Row] = {}
    looked: set[str] = set()
    wanted = set(ids)
    while wanted := wanted - looked:
        looked |= wanted
        some = CUSTOMER.rows(connection, wanted)
        found |= {it["id"]: it for it in some}
        into = MERGE.rows(connection, wanted)
        away = MERGE.rows(connection, wanted, by="gone_id")
        merges |= {it["id"]: it for it in (*into, *away)}
        wanted = {it["merged_into"] for it in some if it["merged_into"]}
        wanted |= {it["gone_id"] for it in into} | {it["kept_id"] for it in away}
    return list(found.values()), list(merges.values())


def _apart(rows: Rows) -> Iterator[Bundle]:
    """Rows of many cases as a bundle each."""
    first = _first_of_each(rows)
    cases: dict[str, Rows] = {it: {name: [] for name in rows} for it in set(first.values())}
    by_call = {it["id"]: it["case_id"] for it in rows["contact"]}
    for part in OF_A_CASE:
        for row in rows[part.name]:
            case_id = _case_of(part, row, by_call)
            cases[first[case_id]][part.name].append(row)
    around = {name: {it["id"]: it for it in rows[name]} for name in ("customer", "action")}
    of_customer: dict[str, list[tuple[str, Row]]] = {}
    for name in ("customer_number", "customer_name"):
        for row in rows[name]:
            of_customer.setdefault(row["customer_id"], []).append((name, row))
    for row in rows["customer_merge"]:
        for customer_id in (row["kept_id"], row["gone_id"]):
            of_customer.setdefault(customer_id, []).append(("customer_merge", row))
    for of_one in cases.values():
        _lean(of_one, around, of_customer)
        yield Bundle(of_one, known_by(of_one["event"]))


def _case_of(part: Part, row: Row, by_call: dict[str, str]) -> str:
    if part is CASE:
        return str(row["id"])
    if part.by == "contact_id":
        return by_call[row["contact_id"]]
    return str(row["case_id"])


def _lean(rows: Rows, around: dict[str, dict[str, Row]], of_customer: Any) -> None:
    """Add the customers and actions that rows of one bundle lean on."""
    wanted = [it["customer_id"] for it in rows["case"] if it["customer_id"]]
    for customer_id in wanted:
        customer = around["customer"].get(customer_id)
        if customer is None or customer in rows["customer"]:
            continue
        rows["customer"].append(customer)
        for name, row in of_customer.get(customer_id, ()):
            if name != "customer_merge":
                rows[name].append(row)
            elif row not in rows[name]:
                rows[name].append(row)
                wanted += [row["kept_id"], row["gone_id"]]
        if customer["merged_into"]:
            wanted.append(customer["merged_into"])
    for action_id in {it["action_id"] for it in rows["pledge"]}:
        rows["action"].append(around["action"][action_id])


def _first_of_each(rows: Rows) -> dict[str, str]:
    """The oldest case of those that belong together, for each case."""
    first = {it["id"]: it["id"] for it in rows["case"]}

    def find(case_id: str) -> str:
        while first[case_id] != case_id:
            case_id = first[case_id]
        return case_id

    by_call = {it["id"]: it["case_id"] for it in rows["contact"]}
    pairs = [(it["id"], it["joined_to"]) for it in rows["case"] if it["joined_to"] in first]
    pairs += [
        (it["case_id"], by_call[it["contact_id"]])
        for it in rows["event"]
        if it["contact_id"] and by_call[it["contact_id"]] != it["case_id"]
    ]
    for one, other in pairs:
        older, newer = sorted((find(one), find(other)))
        first[newer] = older
    return {case_id: find(case_id) for case_id in first}
