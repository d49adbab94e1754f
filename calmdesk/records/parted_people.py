"""Who is one person, by all that was merged and parted at several desks: lived through once more in
the order of time, so that every desk comes to the same."""

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import Connection

from calmdesk.records.one_person import Moved
from calmdesk.records.plain_rows import CASE, CUSTOMER, MERGE, NAME, NUMBER, Part, Row
from calmdesk.records.writing_rows import Page


def moved_by(merge: Row) -> Moved | None:
    """What a merge moved; None when that cannot be read."""
    try:
        moved = Moved(**json.loads(merge["moved"]))
    except (TypeError, ValueError, RecursionError):
        return None
    lists: Any = (moved.cases, moved.numbers, moved.names)
    sound = all(isinstance(it, list) and all(isinstance(one, str) for one in it) for it in lists)
    filled: Any = moved.filled
    sound = sound and isinstance(filled, dict) and isinstance(moved.called, str)
    return moved if sound and all(isinstance(it, str | int) for it in filled.values()) else None


class Merges:
    """Merges and partings, lived through."""

    def __init__(self, merges: Iterable[Row]) -> None:
        self.into: dict[str, str] = {}
        """The customer whom another one turned out to be, by the other's id."""
        self.holder: dict[str, str] = {}
        """The customer whose a case, number or name is, by its id; of what was moved once."""
        self.ended: dict[str, str] = {}
        """When merges ended of which nobody said so: they were one already, or went elsewhere."""
        self._by_id = {it["id"]: it for it in merges}
        self._moved = {key: moved_by(it) or Moved() for key, it in self._by_id.items()}
        self._stands: dict[str, str] = {}
        """The merge that stands, by who went."""
        self.gone = {str(it["gone_id"]) for it in self._by_id.values()}
        self.people = self.gone | {str(it["kept_id"]) for it in self._by_id.values()}
        self._live()

    def _live(self) -> None:
        happened: list[tuple[str, int, str, Callable[[str], None]]] = []
        for key, it in self._by_id.items():
            if it["undone_at"] is None or it["undone_at"] > it["at"]:
                happened.append((it["at"], 1, key, self._merge))
                if it["undone_at"] is not None:
                    happened.append((it["undone_at"], 0, key, self._part))
        for *_, key, happens in sorted(happened, key=lambda it: it[:3]):
            happens(key)

    def _merge(self, key: str) -> None:
        merge = self._by_id[key]
        kept, gone = merge["kept_id"], merge["gone_id"]
        if self.root(kept) == self.root(gone):
            self.ended[key] = merge["at"]
            return
        if gone in self._stands:
            self.ended[self._stands[gone]] = merge["at"]
            self._part(self._stands[gone])
        for it in self._things(key):
            self.holder.setdefault(it, gone)
        self.holder = {it: kept if whose == gone else whose for it, whose in self.holder.items()}
        self.into[gone], self._stands[gone] = kept, key

    def _part(self, key: str) -> None:
        merge = self._by_id[key]
        gone, whole = merge["gone_id"], self.root(merge["kept_id"])
        if self._stands.get(gone) != key:
            return
        for it in self._things(key):
            if self.root(self.holder[it]) == whole:
                self.holder[it] = gone
        del self.into[gone], self._stands[gone]

    def _things(self, key: str) -> list[str]:
        moved = self._moved[key]
        return [*moved.cases, *moved.numbers, *moved.names]

    def root(self, customer_id: str) -> str:
        """The customer whom this one turned out to be."""
        while customer_id in self.into:
            customer_id = self.into[customer_id]
        return customer_id

    def struck(self) -> set[str]:
        """Ids of the names that only were there while two were one."""
        undone = {key for key, it in self._by_id.items() if it["undone_at"]} | set(self.ended)
        return {self._moved[key].called for key in undone} - {""}


def gather(connection: Connection, page: Page, apart: Collection[str]) -> set[str]:
    """Have all that is on the page be whose it is by all merges; of cases, those that went on
    `apart` at two desks, and those of somebody who is another one. Returns the ids of the cases of
    which lists may see something else now."""
    merges = Merges(page.all(MERGE))
    for row in page.all(MERGE):
        if row["undone_at"] is None and row["id"] in merges.ended:
            page.put(MERGE, {**row, "undone_at": merges.ended[row["id"]]})
    touched = _customers(page, merges)
    into = {it["id"]: it["merged_into"] for it in page.all(CUSTOMER) if it["merged_into"]}

    def root(customer_id: str) -> str:
        for _ in into:
            customer_id = into.get(customer_id, customer_id)
        return customer_id

    for part in (NUMBER, NAME):
        touched |= _belongings(page, part, merges, root)
    touched |= {it["id"] for it in page.put_rows(CUSTOMER) if it["merged_into"]}
    page.know(CASE, CASE.rows(connection, touched, by="customer_id"))
    changed = set()
    for row in page.all(CASE):
        was = whose = row["customer_id"]
        if row["id"] in apart and whose in merges.people:
            whose = merges.holder.get(row["id"], whose)
        if whose is not None and root(whose) != was:
            page.put(CASE, {**row, "customer_id": root(whose)})
            changed.add(row["id"])
        elif whose in touched:
            changed.add(row["id"])
    return changed


def _customers(page: Page, merges: Merges) -> set[str]:
    """Who went into whom. Returns the ids of those of whom that changed."""
    touched = set()
    for row in page.all(CUSTOMER):
        into = merges.into.get(row["id"], "")
        if row["id"] in merges.gone and row["merged_into"] != into:
            page.put(CUSTOMER, {**row, "merged_into": into})
            touched.add(row["id"])
    return touched


def _belongings(page: Page, part: Part, merges: Merges, root: Callable[[str], str]) -> set[str]:
    """Whose numbers and names are. Returns the ids of the customers of whom that changed."""
    touched: set[str] = set()
    struck = merges.struck()
    for row in page.all(part):
        was: Any = row["customer_id"]
        whose = root(merges.holder.get(row["id"], was))
        if part is NAME and row["id"] in struck:
            page.drop(part, row)
            touched.add(was)
        elif whose != was:
            page.put(part, {**row, "customer_id": whose})
            touched |= {was, whose}
    return touched
