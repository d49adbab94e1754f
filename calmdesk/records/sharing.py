"""What changed at this desk since it was shared last, as lines for the shared folder.

Changes are found along the chains of the journal that were begun in this record, each from the last
entry that was shared; no list of cases is searched. What changes without an entry (an alarm was
seen, a review was read) is looked for by when it did.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from calmdesk.exchange.stored_times import stored
from calmdesk.records.bundles import Bundle, Known, bundles_of
from calmdesk.records.deltas import Shared, said_by
from calmdesk.records.journal import CHAIN
from calmdesk.records.parcels import Common
from calmdesk.records.plain_rows import ACTION, AGENT, EVENT, ISSUE, Row
from calmdesk.records.store import Store

KEPT = timedelta(days=31)
"""How far back a file begins. What is older comes with `calmdesk merge FILE`."""
MOST = 400
"""Entries that are looked at in one go."""
_AGAIN = timedelta(minutes=10)
"""How far before the last mark is looked for what changed without an entry."""

_CHAINS = text("SELECT value FROM meta WHERE key >= :first AND key < :past")
_NEW = text(
    "SELECT seq, case_id, payload FROM event WHERE device = :device AND seq > :seq"
    " ORDER BY seq LIMIT :most"
)
_FROM = text(
    "SELECT seq, at FROM event WHERE device = :device AND seq >= :seq ORDER BY seq LIMIT 1"
)
_LAST = text("SELECT seq FROM event WHERE device = :device ORDER BY seq DESC LIMIT 1")
_SEEN = text("SELECT case_id FROM alarm WHERE seen_by = :me AND seen_at >= :since")
_UNSEEN = text("SELECT case_id FROM alarm WHERE seen_by = '' AND seen_at >= :since")
_READ = text("SELECT case_id FROM review WHERE of_id = :me AND read_at >= :since")


@dataclass(frozen=True)
class Changes:
    """What is to be shared now."""

    lines: tuple[dict[str, Any], ...]
    mark: dict[str, Any]
    """The line that ends them."""
    more: bool
    """Whether there is more than was looked at in one go."""


def changes(store: Store, shared: Shared, now: datetime, private_notes: bool = False) -> Changes:
    """What changed since `shared` at this desk; of a file that is begun, what changed lately. A
    review goes without what it says to its agent alone, unless `private_notes` are wanted there."""
    with store.reading() as session:
        looking = _Looking(session.connection(), store, shared, now)
        looking.private_notes = private_notes
        return looking.changes()


class _Looking:
    """One look at the record, at one instant of it."""

    def __init__(self, connection: Connection, store: Store, shared: Shared, now: datetime) -> None:
        self.connection, self.store, self.shared, self.now = connection, store, shared, now
        self.private_notes = False
        self.through = dict(shared.through)
        self.before = shared.as_of or stored(now - KEPT)
        """The instant up to which all was shared."""
        self.cases: set[str] = set()
        """Cases with new entries."""
        self.seen: set[str] = set()
        """Cases of which something was seen or read."""
        self.actions: set[str] = set()
        self.events: list[int] = []

    def changes(self) -> Changes:
        """Follow the chains, then write what they lead to."""
        more = self._follow()
        if not more:
            self._without_entry()
        me = AGENT.rows(self.connection, [self.store.me])
        mark = {
            "as_of": self.before if more else stored(self.now),
            "through": self.through,
            "agent": me[0]["name"] if me else "",
        }
        lines = [*self._common(), *self._of_cases()]
        return Changes(tuple(lines), {"mark": mark}, more)

    def _follow(self) -> bool:
        """Note what the new entries of this record are about. Returns whether there are more."""
        left = MOST
        given = {"first": CHAIN, "past": CHAIN[:-1] + chr(ord(CHAIN[-1]) + 1)}
        beside = self.connection.execute(_CHAINS, given).scalars().all()
        for device in sorted({self.store.home, *beside}):
            seq = self.through.get(device)
            seq = self._lately(device) if seq is None else seq
            new = {"device": device, "seq": seq, "most": left}
            for entry in self.connection.execute(_NEW, new).all() if left else ():
                seq, left = entry.seq, left - 1
                if entry.case_id is not None:
                    self.cases.add(entry.case_id)
                else:
                    self.actions.add(str(json.loads(entry.payload).get("action_id", "")))
            if left or device in self.through or new["seq"] != seq:
                self.through[device] = seq
        return not left

    def _lately(self, device: str) -> int:
        """The number of the last entry that is too old to be shared."""
        cut = stored(self.now - KEPT)
        low, high = 0, self.connection.execute(_LAST, {"device": device}).scalar() or 0
        while low < high:
            middle = (low + high + 1) // 2
            found = self.connection.execute(_FROM, {"device": device, "seq": middle}).first()
            if found is not None and found.at < cut:
                low = found.seq
            else:
                high = middle - 1
        return int(low)

    def _without_entry(self) -> None:
        """Note the cases of which an alarm was seen here, or was not after all, or a review read."""
        since = datetime.fromisoformat(self.before).replace(tzinfo=UTC) - _AGAIN
        given = {"me": self.store.me, "since": stored(since)}
        for query in (_SEEN, _READ):
            self.seen |= set(self.connection.execute(query, given).scalars())
        taken_back = self.connection.execute(_UNSEEN, {"since": given["since"]}).scalars()
        self.seen |= {it for it in taken_back if it in self.shared.said}  # by whoever said "seen"

    def _common(self) -> Iterable[dict[str, Any]]:
        """Who works here, known issues and actions: what of them was not said so before."""
        until = stored(self.now - KEPT)
        common = Common(
            AGENT.all(self.connection, "TRUE ORDER BY id"),
            ISSUE.all(self.connection, "until_at > :until ORDER BY id", until=until),
        )
        said = dict(said_by({"common": common.plain()}))
        new = {name for name, digest in said.items() if self.shared.said.get(name) != digest}
        common.agents = common.agents if "agents" in new else []
        common.issues = common.issues if "issues" in new else []
        if self.actions:
            common.actions = ACTION.rows(self.connection, self.actions)
            common.events = [it for it in self._caseless() if _action(it) in self.actions]
        plain = common.plain()
        if plain:
            yield {"common": plain}

    def _caseless(self) -> list[Row]:
        return EVENT.all(self.connection, "case_id IS NULL ORDER BY device, seq")

    def _of_cases(self) -> Iterable[dict[str, Any]]:
        """The cases, each with what of its journal was not shared before."""
        for bundle in bundles_of(self.connection, self.cases | self.seen):
            new = [it for it in bundle.rows["event"] if not _carried(it, self.shared.carried)]
            rows = {**bundle.rows, "event": new}
            if not self.private_notes:
                rows["review"] = [{**it, "note": ""} for it in rows["review"]]
            line = {"case": Bundle(rows, bundle.known).plain()}
            said = dict(said_by(line))
            entered = new and any(it["id"] in self.cases for it in bundle.cases)
            if entered or self.shared.said.get(bundle.id) != said[bundle.id]:
                yield line


def _action(entry: Row) -> str:
    return str(json.loads(entry["payload"]).get("action_id", ""))


def _carried(entry: Row, carried: Known) -> bool:
    return bool(carried.get(entry["case_id"], {}).get(entry["device"], 0) >= entry["seq"])
