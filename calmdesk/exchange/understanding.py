"""Rows of a log understood, one by one, by its mapping; how its days are spelled is found once."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache

from calmdesk.exchange import meanings
from calmdesk.exchange.dates import clock_time
from calmdesk.exchange.headers import Field
from calmdesk.exchange.lines import CallSaid, OfferSaid
from calmdesk.exchange.mapping import Mapping
from calmdesk.exchange.row_reading import AHEAD, as_wide, line_of, spellings, text_of
from calmdesk.exchange.spelt_numbers import amount_of, seconds_of
from calmdesk.exchange.tables import Table
from calmdesk.exchange.taken import Rejected, Taken, Unfit
from calmdesk.exchange.typed_times import Instants
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.stages import Fault

_FIRST = 1970
_DAY = timedelta(days=1)
_MIDNIGHT = time()
LONGEST_REF = 24
"""Characters up to which a log's own reference is that of the case."""
_ENDS = (Field.CLOSED, Field.AGREED, Field.TOLD)
_TIMES = (Field.OPENED, *_ENDS)
_OF_CALLS = (Field.CHANNEL, Field.MINUTES, Field.COST)
Named = Callable[[str], str]
"""Our id for a name of theirs, or the name itself."""


def row_key(*parts: str) -> bytes:
    """What tells a row from all others, out of its cells."""
    return hashlib.blake2b("\x1f".join(parts).encode(errors="replace"), digest_size=16).digest()


_TEXTS: dict[Field, Named] = {
    Field.REFERENCE: line_of,
    Field.AGENT: line_of,
    Field.CUSTOMER: line_of,
    Field.COMPANY: line_of,
    Field.ASK: text_of,
    Field.SAID: lambda cell: text_of(cell).strip(),
    Field.STAKE: text_of,
    Field.SUMMARY: text_of,
    Field.READ_BACK: text_of,
    Field.TOLD_HOW: line_of,
}
"""What is kept as it is written, but for what steers a terminal."""
_CALLED = {Field.REFERENCE: "ref"}


class Understanding:
    """Reads the rows of a table as cases."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        zone: tzinfo | None,
        now: datetime,
        currency: str,
        category: Named = str,
        cause: Named = str,
    ) -> None:
        """Raises CalmdeskError when the days of a column cannot be told."""
        self._table, self._mapping = table, mapping
        self._latest, self._currency = now + AHEAD, currency
        self._instants = Instants(zone)
        at = {name: place for place, name in enumerate(table.header)}
        self._at = {field: at[name] for field, name in mapping.columns.items()}
        self._width = len(table.header)
        used = set(self._at.values())
        self._others = [(line_of(name), place) for name, place in at.items() if place not in used]
        times = {it: mapping.columns[it] for it in _TIMES if it in self._at}
        self.spellings = spellings(table, times, mapping.order)
        self._seen: dict[bytes, int] = {}
        self._outcomes = lru_cache(4096)(self._outcome)
        self._statuses = lru_cache(4096)(self._status)
        plain: dict[Field, Named] = {
            **_TEXTS,
            Field.CATEGORY: lru_cache(4096)(lambda cell: category(line_of(cell))),
            Field.CAUSE: lru_cache(4096)(lambda cell: cause(line_of(cell))),
        }
        self._texts = [
            (_CALLED.get(field, str(field)), place, plain[field])
            for field, place in self._at.items()
            if field in plain
        ]
        self._rest = [(field, place) for field, place in self._at.items() if field not in plain]
        self._tells_of_calls = any(field in self._at for field in _OF_CALLS)

    def rows(self) -> Iterator[Taken | Rejected]:
        """Every row, as a case or with why it is none. Asked again, it begins anew."""
        self._seen.clear()
        for line, cells in self._table.rows():
            try:
                yield self.take(line, cells)
            except Unfit as why:
                yield Rejected(line, str(why), tuple(cells))

    def take(self, line: int, cells: Sequence[str]) -> Taken:
        """One row as a case. Raises Unfit."""
        cells = as_wide(cells, self._width)
        said = {field: cells[place] for field, place in self._rest if cells[place]}
        opened = self._opened(said)
        taken = Taken(line, b"", opened)
        for attribute, place, plain in self._texts:
            if cell := cells[place]:
                setattr(taken, attribute, plain(cell))
        for name, place in self._others:
            if cell := cells[place]:
                taken.rest[name] = text_of(cell)
        taken.key = self._key(taken, said[Field.OPENED], cells)
        self._people(taken, said)
        self._found(taken, said)
        self._end(taken, said)
        if self._tells_of_calls:
            self._contact(taken, said)
        return taken

    def _key(self, taken: Taken, opened: str, cells: Sequence[str]) -> bytes:
        """Of its reference, else of all that it says; the same once more is another case then."""
        key = row_key(taken.ref, opened) if taken.ref else row_key(*cells)
        before = self._seen.setdefault(key, taken.line)
        if before == taken.line:
            return key
        if taken.ref:
            raise Unfit(f"line {before} has the same reference and the same time")
        times = 1
        while (again := row_key(str(times), *cells)) in self._seen:
            times += 1
        self._seen[again] = taken.line
        return again

    def _opened(self, said: dict[Field, str]) -> datetime:
        words = said.get(Field.OPENED, "").strip()
        if not words:
            raise Unfit("it does not say when it was opened")
        found = self._time(Field.OPENED, words, said.get(Field.OPENED_TIME, ""))
        if found is None:
            name = self.spellings[Field.OPENED].name
            raise Unfit(f"{line_of(words)[:40]} is no time that is spelled as the others ({name})")
        if found.year < _FIRST:
            raise Unfit(f"it was opened before {_FIRST}")
        if found > self._latest:
            raise Unfit(f"it was opened at a time still to come, {line_of(words)[:40]}")
        return found

    def _time(self, field: Field, words: str, hour: str = "") -> datetime | None:
        """The instant of a time; `hour` is that of a day that says none."""
        found = self.spellings[field].read(words)
        if found is None:
            return None
        if hour and found.time() == _MIDNIGHT and (clock := clock_time(hour)) is not None:
            found = datetime.combine(found, clock, found.tzinfo)
        try:
            return self._instants.of(found)
        except (OverflowError, ValueError):
            return None

    def _people(self, taken: Taken, said: dict[Field, str]) -> None:
        if taken.ref:
            reference = taken.ref.upper()
            if len(reference) > LONGEST_REF:
                taken.rest[self._mapping.columns[Field.REFERENCE]] = taken.ref
            taken.ref = reference if len(reference) <= LONGEST_REF else ""
        if not taken.customer:
            parts = (said.get(Field.FIRST_NAME, ""), said.get(Field.LAST_NAME, ""))
            taken.customer = line_of(" ".join(part for part in parts if part))
        else:
            self._keep(taken, said, Field.FIRST_NAME, Field.LAST_NAME)
        if meanings.is_nobody(taken.customer):
            taken.customer = ""
        if number := line_of(said.get(Field.NUMBER, "").lstrip("'")):
            taken.numbers = (number,)

    def _found(self, taken: Taken, said: dict[Field, str]) -> None:
        """Whose fault it was, and how hot they were."""
        if whose := said.get(Field.FAULT):
            fault = meanings.fault(whose)
            taken.fault = str(fault or Fault.UNKNOWN)
            if fault is None:
                self._keep(taken, said, Field.FAULT)
        taken.heat_before = self._heat(taken, said, Field.HEAT_BEFORE)
        taken.heat_after = self._heat(taken, said, Field.HEAT_AFTER) or taken.heat_before

    def _heat(self, taken: Taken, said: dict[Field, str], field: Field) -> int:
        words = said.get(field, "").strip()
        if words in ("1", "2", "3", "4", "5"):
            return int(words)
        if words:
            self._keep(taken, said, field)
        return 0

    def _end(self, taken: Taken, said: dict[Field, str]) -> None:
        for field in _ENDS:
            if field in said and (words := said[field].strip()):
                setattr(taken, field, self._later(taken.opened, field, words))
                if getattr(taken, field) is None:
                    self._keep(taken, said, field)
        outcome = self._outcomes(said.get(Field.OUTCOME, ""))
        if outcome is None:
            self._keep(taken, said, Field.OUTCOME)
        status = self._statuses(said.get(Field.STATUS, ""))
        if status is None:
            self._keep(taken, said, Field.STATUS)
        if status is None:
            status = Status.CLOSED if taken.closed else outcome.status(False) if outcome else None
        taken.outcome, taken.status = str(outcome or ""), str(status or Status.OPEN)
        if taken.status != Status.CLOSED and taken.closed is not None:
            taken.closed = None
            self._keep(taken, said, Field.CLOSED)

    def _later(self, opened: datetime, field: Field, words: str) -> datetime | None:
        """A time after the opening; a day without an hour is not before that of the opening."""
        found = self._time(field, words)
        if found is None or found > self._latest or found <= opened - _DAY:
            return None
        return max(opened, found)

    def _outcome(self, words: str) -> Outcome | None:
        if (own := self._mapping.outcomes.get(words.strip())) is not None:
            return Outcome(own) if own else None
        return meanings.outcome(words)

    def _status(self, words: str) -> Status | None:
        if (own := self._mapping.statuses.get(words.strip())) is not None:
            return Status(own) if own else None
        return meanings.status(words)

    def _contact(self, taken: Taken, said: dict[Field, str]) -> None:
        """A call, where the row tells of one: by its channel, its minutes, or what was given."""
        way = meanings.call(said.get(Field.CHANNEL, ""))
        seconds = seconds_of(said.get(Field.MINUTES, "0"))
        cost = amount_of(said.get(Field.COST, ""), self._currency)
        self._keep(taken, said, Field.CHANNEL)
        if seconds is None:
            self._keep(taken, said, Field.MINUTES)
        if not cost:
            self._keep(taken, said, Field.COST)
        if way or seconds or cost:
            taken.calls = (CallSaid(taken.opened, way or "in", seconds or 0),)
        if cost:
            taken.offers = (OfferSaid("yes", cost, taken.outcome or "as in the log"),)
            taken.currency = self._currency

    def _keep(self, taken: Taken, said: dict[Field, str], *fields: Field) -> None:
        """What could not be put in its place is kept as it was written."""
        for field in fields:
            if field in said:
                taken.rest[self._mapping.columns[field]] = text_of(said[field])
