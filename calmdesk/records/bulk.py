"""Many new rows at once, past the session: plain values, made as the tables keep them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import literal
from sqlmodel import Session, SQLModel

from calmdesk.exchange.stored_times import stored

Values = tuple[Any, ...]
_IN_ONE = 500
"""Rows in one statement."""
_MARKS = 30_000
"""Values in one statement; SQLite takes 32,766."""


class Rows:
    """New rows of one table, each a tuple of the columns named; the other columns have the value of
    a new row. Instants are text as `stored` makes it."""

    def __init__(self, table: str, columns: str) -> None:
        self._given = tuple(columns.split())
        self._insert = _insert(table, self._given)
        self.values: list[Values] = []
        self.add = self.values.append

    def write(self, session: Session) -> None:
        """Insert them: as many in one statement as it takes, the rest one by one."""
        into, row = self._insert
        some = min(_IN_ONE, _MARKS // len(self._given))
        whole = len(self.values) // some * some
        connection = session.connection()
        for first in range(0, whole, some):
            values = tuple(chain.from_iterable(self.values[first : first + some]))
            connection.exec_driver_sql(into + ", ".join([row] * some), values)
        if rest := self.values[whole:]:
            connection.exec_driver_sql(into + row, rest)


def among(session: Session, query: str, wanted: Sequence[str]) -> Iterator[Any]:
    """The rows of a query whose last words are `IN`, for so many values."""
    for first in range(0, len(wanted), _MARKS):
        some = tuple(wanted[first : first + _MARKS])
        marks = ", ".join("?" * len(some))
        yield from session.connection().exec_driver_sql(f"{query} ({marks})", some).all()


def write(session: Session, rows: Iterable[Rows]) -> None:
    """Insert the rows of several tables, in the order given."""
    for table in rows:
        table.write(session)


@cache
def _insert(name: str, given: tuple[str, ...]) -> tuple[str, str]:
    """The statement that inserts such rows, and what it says of each of them; what a row does not
    give stands in it."""
    columns = SQLModel.metadata.tables[name].columns
    others = {it.name: _usual(it.default) for it in columns if it.name not in given}
    names = ", ".join(f'"{it}"' for it in (*given, *others))
    values = ", ".join(["?"] * len(given) + list(others.values()))
    return f'INSERT INTO "{name}" ({names}) VALUES ', f"({values})"


def _usual(default: Any) -> str:
    """The value of a new row, as SQL."""
    value = default.arg if default is not None else None
    if value is None:
        return "NULL"
    value = stored(value) if isinstance(value, datetime) else value
    value = int(value) if isinstance(value, bool) else value
    return str(literal(value).compile(compile_kwargs={"literal_binds": True}))
