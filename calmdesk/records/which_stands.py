"""Which of two rows stands, where two calmdesks know the same case each in its own way.

Who knows the other's whole journal of a case, and more, is right. Where both went on by themselves,
the row of a case that was changed last stands whole; of what a case has, each row as the last entry
about it left it. Both sides come to the same, whoever reads whom first.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.records.bundles import Known
from calmdesk.records.plain_rows import CASE, Part, Row

Stamp = tuple[str, str]
"""When an entry was made, and its id."""
Stamps = dict[str, Stamp]


class Standing(Enum):
    """How the journal of a case that came from elsewhere stands to ours."""

    SAME = "same"
    AHEAD = "ahead"
    """It holds all of ours, and more."""
    BEHIND = "behind"
    """Ours holds all of it, and more."""
    APART = "apart"
    """Each holds what the other does not know."""


def standing(theirs: Known, ours: Known) -> Standing:
    """How far theirs goes beside ours, in the cases that theirs is about."""
    more = _beyond(theirs, ours)
    less = _beyond({it: ours.get(it, {}) for it in theirs}, theirs)
    if more and less:
        return Standing.APART
    return Standing.AHEAD if more else Standing.BEHIND if less else Standing.SAME


def _beyond(one: Known, other: Known) -> bool:
    return any(
        seq > other.get(case_id, {}).get(device, 0)
        for case_id, devices in one.items()
        for device, seq in devices.items()
    )


# -- the last entry about a row ---------------------------------------------------------------

_HANDED_OVER = f.CaseHandedOver.kind()
_VERDICT = h.VerdictGiven.kind()
CAUSE_FOUND = f.CauseFound.kind()
_GONE = {h.OfferWithdrawn.kind(): "offer_id", f.ReviewWithdrawn.kind(): "review_id"}
"""Entries that took a row away for good, and where they name it."""


def stamps(events: Iterable[Row]) -> Stamps:
    """The last entry about each thing that entries name; some are about more than they name."""
    last: Stamps = {}
    for it in events:
        stamp = (it["at"], it["id"])
        fields = json.loads(it["payload"])
        named = [
            value
            for name, value in fields.items()
            if name.endswith("_id") and isinstance(value, str)
        ]
        for name in (*named, it["contact_id"], it["kind"], f"{it['kind']} {it['contact_id']}"):
            if name and stamp > last.get(name, ("", "")):
                last[name] = stamp
    return last


def gone(events: Iterable[Row]) -> set[str]:
    """Ids of what was taken away."""
    said = [(it, _GONE[it["kind"]]) for it in events if it["kind"] in _GONE]
    return {str(json.loads(it["payload"]).get(name)) for it, name in said}


def is_sound(entry: Row) -> bool:
    """Whether an entry is what was written, and can be read."""
    try:
        fields = json.loads(entry["payload"])
    except (ValueError, RecursionError):
        return False
    digest = hashlib.sha256(entry["payload"].encode()).hexdigest()
    return isinstance(fields, dict) and digest == entry["payload_digest"]


def _about(part: Part, row: Row) -> list[str]:
    """What the entries about a row name."""
    if part.name in ("contact", "span"):
        return [row.get("contact_id") or row["id"]]
    named = [row.get("id") or row["action_id"]]
    if part.name == "offer":
        named.append(f"{_VERDICT} {row['contact_id']}")
    elif part.name == "promise":
        named.append(_HANDED_OVER)
    elif part.name == "attempt" and row["contact_id"]:
        named.append(row["contact_id"])
    return named


def _last(about: Sequence[str], of: Stamps) -> Stamp:
    return max(of.get(name, ("", "")) for name in about)


def plainly(rows: Any) -> str:
    """Rows as one text, by which two that are alike in age are told apart on both sides alike."""
    return json.dumps(rows, sort_keys=True)


# -- the row that stands ----------------------------------------------------------------------


class Choice:
    """Chooses between rows of one bundle and ours."""

    def __init__(
        self,
        how: Standing,
        changed: tuple[str, str],
        last: Callable[[], tuple[Stamps, Stamps]],
    ) -> None:
        """`changed` is when theirs and ours were last changed; `last` tells the last entries about
        things as theirs and ours know them. It is asked only where it matters."""
        self.how = how
        self._changed = changed
        self._last = last
        self._stamps: tuple[Stamps, Stamps] | None = None

    def theirs_stands(self, part: Part, theirs: Row, ours: Row) -> bool:
        """Whether their row stands, of two that differ."""
        if self.how in (Standing.AHEAD, Standing.BEHIND):
            return self.how is Standing.AHEAD
        if part is CASE:
            return _newer(theirs, ours)
        about = _about(part, theirs)
        return self._later(about, plainly(theirs), plainly(ours))

    def theirs_stand(self, theirs: Sequence[Row], ours: Sequence[Row]) -> bool:
        """The same for what made a case worse, which is found out whole."""
        if self.how in (Standing.AHEAD, Standing.BEHIND):
            return self.how is Standing.AHEAD
        return self._later([CAUSE_FOUND], plainly(theirs), plainly(ours))

    def _later(self, about: Sequence[str], theirs: str, ours: str) -> bool:
        if self._stamps is None:
            self._stamps = self._last()
        their_last, our_last = (_last(about, of) for of in self._stamps)
        return (their_last, self._changed[0], theirs) > (our_last, self._changed[1], ours)


def _newer(theirs: Row, ours: Row) -> bool:
    return (theirs["updated_at"], plainly(theirs)) > (ours["updated_at"], plainly(ours))


def customer(theirs: Row, ours: Row) -> Row:
    """The customer as they were written last."""

    def age(row: Row) -> tuple[str, str, str]:
        return row["updated_at"], plainly({**row, "merged_into": ""}), plainly(row)

    return max(theirs, ours, key=age)


def customer_merge(theirs: Row, ours: Row) -> Row:
    """The merge; its first end stands."""
    ended = min((it for it in (theirs["undone_at"], ours["undone_at"]) if it), default=None)
    return {
        **max(theirs, ours, key=lambda it: plainly({**it, "undone_at": ""})),
        "undone_at": ended,
    }


def alarm(theirs: Row, ours: Row) -> Row:
    """The alarm as it was raised last, and then as it was seen last, or that was taken back."""

    def age(row: Row) -> tuple[str, str, str]:
        return row["at"], row["seen_at"] or "", plainly(row)

    return max(theirs, ours, key=age)


def review(theirs: Row, ours: Row) -> Row:
    """The review as it was written last; once read it is read, and what was written to the agent
    alone is kept where it came."""
    newer = max(theirs, ours, key=lambda it: (it["at"], plainly({**it, "read_at": "", "note": ""})))
    other = ours if newer is theirs else theirs
    read_at = max(theirs["read_at"] or "", ours["read_at"] or "") or None
    return {**newer, "read_at": read_at, "note": newer["note"] or other["note"]}


def known_issue(theirs: Row, ours: Row) -> Row:
    """The known issue; its first end stands."""
    ended = min((it for it in (theirs["ended_at"], ours["ended_at"]) if it), default=None)
    return {**max(theirs, ours, key=plainly), "ended_at": ended}


def agent(theirs: Row, ours: Row, of_sender: bool) -> Row:
    """Somebody as they say of themselves at their own desk; elsewhere, whoever left has left."""
    if of_sender:
        return theirs
    left_at = max(theirs["left_at"] or "", ours["left_at"] or "") or None
    return {**ours, "name": ours["name"] or theirs["name"], "left_at": left_at}


def lost(stands: Row, falls: Row, named: Mapping[str, str]) -> tuple[str, ...]:
    """What the row of a case that does not stand says otherwise: `status: open`, `told: 2026-11-21
    19:02 UTC`. People are `named` by their ids."""
    return tuple(
        f"{_LABELS.get(name, name.removesuffix('_at').replace('_', ' '))}: {_said(name, value, named)}"
        for name, value in falls.items()
        if name not in ("id", "ref", "updated_at", "joined_to") and value != stands[name]
    )


_LABELS = {"agent_id": "owner", "customer_id": "customer"}


def _said(name: str, value: Any, named: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if name.endswith("_at"):
        return f"{value[:16]} UTC"
    return str(named.get(value, value) if name in _LABELS else value)
