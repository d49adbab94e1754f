"""Rows of one of our own sheets of cases, read back exactly."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TypeVar

from calmdesk.exchange import lines
from calmdesk.exchange.cells import restored
from calmdesk.exchange.columns import CASES, OFFSETS, OURS, Kind
from calmdesk.exchange.row_reading import AHEAD, as_wide, line_of, spellings, text_of
from calmdesk.exchange.tables import Table
from calmdesk.exchange.taken import Rejected, Taken, Unfit
from calmdesk.exchange.typed_times import Instants, sound
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.stages import Fault

T = TypeVar("T")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OFFSET = re.compile(r"(\w+)([+-]\d\d:\d\d(?::\d\d)?)")
_WORDED = (Kind.TEXT, Kind.LINES)
_LIVE = (Status.LIVE, Status.TO_FINISH)
_VALUES = {"fault": Fault, "outcome": Outcome, "status": Status}
_CODED = {name: frozenset(map(str, values)) for name, values in _VALUES.items()}
"""What may stand in the columns that hold a code."""


def is_ours(header: Sequence[str]) -> bool:
    """Whether a header is that of one of our own sheets of cases."""
    return set(OURS) <= set(header)


class OwnSheet:
    """Reads the rows of our own sheet as the cases that they were. What can be counted (calls,
    promises kept, minutes) is counted again and not read."""

    def __init__(self, table: Table, zone: tzinfo | None, now: datetime, order: str = "") -> None:
        """Raises CalmdeskError when somebody's program spelled the days anew and they cannot be
        told."""
        self._table, self._latest = table, now + AHEAD
        self._instants = Instants(zone)
        self._at = {name: place for place, name in enumerate(table.header)}
        known = {column.name: column for column in (*CASES, OFFSETS)}
        self._others = [(line_of(name), at) for name, at in self._at.items() if name not in known]
        self._worded = [
            at for name, at in self._at.items() if name not in known or known[name].kind in _WORDED
        ]
        instants = [column.name for column in CASES if column.kind is Kind.INSTANT]
        times = {name: name for name in instants if name in self._at}
        self.spellings = spellings(table, times, order)

    def rows(self) -> Iterator[Taken | Rejected]:
        """Every row, as a case or with why it is none."""
        seen: dict[str, int] = {}
        for line, cells in self._table.rows():
            try:
                taken = self.take(line, cells)
                before = seen.setdefault(taken.case_id, line)
                if before != line:
                    raise Unfit(f"line {before} is the same case")
                yield taken
            except Unfit as why:
                yield Rejected(line, str(why), tuple(cells))

    def take(self, line: int, cells: list[str]) -> Taken:
        """One row as a case. Raises Unfit."""
        cells = [*as_wide(cells, len(self._table.header))]
        if self._table.harmless:
            for at in self._worded:
                if cells[at][:1] == "'":
                    cells[at] = restored(cells[at])
        said = {name: cells[at] for name, at in self._at.items()}
        taken = Taken(line, b"", self._opened(said))
        self._who(taken, said)
        self._what(taken, said)
        self._several(taken, said)
        taken.rest = {name: text_of(cells[at]) for name, at in self._others if cells[at]}
        return taken

    def _who(self, taken: Taken, said: dict[str, str]) -> None:
        taken.case_id, taken.customer_id = said["case_id"], said.get("customer_id", "")
        for name in (taken.case_id, taken.customer_id or taken.case_id):
            if not _ID.fullmatch(name):
                raise Unfit(f"{line_of(name)[:40]!r} is no id")
        for attribute in ("ref", "agent", "customer", "company"):
            setattr(taken, attribute, line_of(said.get(attribute, "")))
        numbers = said.get("numbers", "").split("\n")
        taken.numbers = tuple(filter(None, map(line_of, numbers)))

    def _what(self, taken: Taken, said: dict[str, str]) -> None:
        for name in (
            *("category", "cause", "ask", "stake", "read_back", "summary", "told_how", "currency"),
        ):
            setattr(taken, name, text_of(said.get(name, "")))
        taken.outcome = _coded("outcome", said, "")
        taken.fault = _coded("fault", said, str(Fault.UNKNOWN))
        status = _coded("status", said, str(Status.OPEN))
        taken.status = str(Status.OPEN) if status in _LIVE else status
        taken.heat_before = _heat(said.get("heat_before", ""))
        taken.heat_after = _heat(said.get("heat_after", ""))
        taken.agreed, taken.told = self._time("agreed_at", said), self._time("told_at", said)
        taken.closed = self._time("closed_at", said)
        taken.example = said.get("example") == "yes"
        taken.reviewed = self._time("reviewed_at", said)
        taken.reviewed_by = line_of(said.get("reviewed_by", ""))

    def _several(self, taken: Taken, said: dict[str, str]) -> None:
        def read(name: str, reading: Callable[[str], tuple[T, ...]]) -> tuple[T, ...]:
            try:
                return reading(said.get(name, ""))
            except ValueError as error:
                raise Unfit(f"its {name} cannot be read: {line_of(str(error))[:60]}") from error

        taken.calls = read("call_times", lines.calls)
        taken.promises = read("promises", lines.promises)
        taken.follow_ups = read("follow_ups", lines.follow_ups)
        taken.offers = read("offers", lines.offers)
        if taken.offers and not taken.calls:
            raise Unfit("it has offers, and no call in which they were made")

    def _opened(self, said: dict[str, str]) -> datetime:
        opened = self._time("opened_at", said)
        if opened is None:
            raise Unfit("it does not say when it was opened")
        if opened > self._latest:
            words = line_of(said["opened_at"])[:40]
            raise Unfit(f"it was opened at a time still to come, {words}")
        return opened

    def _time(self, name: str, said: dict[str, str]) -> datetime | None:
        words = said.get(name, "").strip()
        if not words:
            return None
        found = self.spellings[name].read(words)
        try:
            if found is not None:
                return sound(self._instants.of(_exact(sound(found), name, said)))
        except (ValueError, OverflowError):
            pass
        raise Unfit(f"its {name} is no time: {line_of(words)[:40]}")


def _exact(found: datetime, name: str, said: dict[str, str]) -> datetime:
    """A time with the offset that a workbook says of it, where it says none itself. Raises
    ValueError."""
    if found.tzinfo is not None:
        return found
    offset = dict(_OFFSET.findall(said.get(OFFSETS.name, ""))).get(name, "")
    return datetime.fromisoformat(f"{found.isoformat()}{offset}")


def _coded(name: str, said: dict[str, str], usual: str) -> str:
    """A value of a column that holds a code; `usual` where nothing stands there. Raises Unfit."""
    value = said.get(name, "") or usual
    if value and value not in _CODED[name]:
        known = ", ".join(map(str, _VALUES[name]))
        raise Unfit(f"its {name} is one of {known}; not {line_of(value)[:40]}")
    return value


def _heat(words: str) -> int:
    if words in ("", "0"):
        return 0
    if words not in ("1", "2", "3", "4", "5"):
        raise Unfit(f"a heat is 1 to 5, not {line_of(words)[:10]}")
    return int(words)
