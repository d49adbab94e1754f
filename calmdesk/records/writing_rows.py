"""What a record holds of some rows, and what is to be written of them: laid side by side in memory,
written in one go."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from calmdesk.records.plain_rows import AROUND, ISSUE, OF_A_CASE, Part, Row

Key = tuple[Any, ...]
_ORDER = (*AROUND, ISSUE, *OF_A_CASE)
"""Each table after those that it leans on."""


class Page:
    """Rows as they will stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, dict[Key, Row]] = {part.name: {} for part in _ORDER}
        self._of_case: dict[str, dict[str, dict[Key, None]]] = {part.name: {} for part in _ORDER}
        self._here: dict[str, set[Key]] = {part.name: set() for part in _ORDER}
        self._put: dict[str, set[Key]] = {part.name: set() for part in _ORDER}
        self._dropped: dict[str, dict[Key, Row]] = {part.name: {} for part in _ORDER}
        self.changes = 0
        """Rows that were put or dropped so far."""

    def know(self, part: Part, rows: Iterable[Row]) -> None:
        """These rows are in the record; one that is on the page already stays as it is."""
        for row in rows:
            key = part.key(row)
            self._here[part.name].add(key)
            if key not in self._rows[part.name] and key not in self._dropped[part.name]:
                self._lay(part, key, row)

    def _lay(self, part: Part, key: Key, row: Row) -> None:
        self._rows[part.name][key] = row
        if part.by == "case_id":
            self._of_case[part.name].setdefault(row["case_id"], {})[key] = None

    def get(self, part: Part, row: Row) -> Row | None:
        """The row of the same keys."""
        return self._rows[part.name].get(part.key(row))

    def all(self, part: Part) -> list[Row]:
        """All rows of a table that are on the page."""
        return list(self._rows[part.name].values())

    def of_cases(self, part: Part, case_ids: Iterable[str]) -> list[Row]:
        """Rows of a table that belong to some cases."""
        rows, of_case = self._rows[part.name], self._of_case[part.name]
        found = [rows[key] for it in case_ids for key in of_case.get(it, ()) if key in rows]
        wanted = set(case_ids)
        return [row for row in found if row["case_id"] in wanted]

    def settle(self, part: Part, theirs: Row, stands: Callable[[Row, Row], Row]) -> bool:
        """Have the row that stands of theirs and ours. Returns whether ours changed."""
        ours = self.get(part, theirs)
        row = theirs if ours is None or ours == theirs else stands(theirs, ours)
        if row == ours:
            return False
        self.put(part, row)
        return True

    def put(self, part: Part, row: Row) -> None:
        """Have a row stand as it is given."""
        key = part.key(row)
        self._lay(part, key, row)
        self._put[part.name].add(key)
        self._dropped[part.name].pop(key, None)
        self.changes += 1

    def add(self, part: Part, rows: Iterable[Row]) -> None:
        """Put those rows that are not here yet."""
        there = self._rows[part.name]
        for row in rows:
            if part.key(row) not in there:
                self.put(part, row)

    def drop(self, part: Part, row: Row) -> None:
        """Have a row go."""
        key = part.key(row)
        self._rows[part.name].pop(key, None)
        self._put[part.name].discard(key)
        self._dropped[part.name][key] = row
        self.changes += 1

    def put_rows(self, part: Part) -> list[Row]:
        """The rows that were put."""
        return [self._rows[part.name][key] for key in self._put[part.name]]

    def write(self) -> None:
        """Write what was put and dropped."""
        for part in reversed(_ORDER):
            gone = self._dropped[part.name]
            part.delete(self._connection, [gone[it] for it in gone if it in self._here[part.name]])
        for part in _ORDER:
            here = self._here[part.name]
            rows = self._rows[part.name]
            put = sorted(self._put[part.name])
            part.update(self._connection, [rows[key] for key in put if key in here])
            part.insert(self._connection, [rows[key] for key in put if key not in here])
