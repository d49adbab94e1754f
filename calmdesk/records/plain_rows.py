"""Rows as plain values, for what goes from one calmdesk to another: which tables and fields travel,
how they are read and written as they lie in the file, and whether they can be what they say.

What is somebody's own stays at home: moments, debriefs, drafts, an agent's own line, pinned
phrases, saved filters, letters that have not left, what one asked oneself after a call. So do the
entries of the journal about these: each that travels still fits its own seal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, text
from sqlmodel import SQLModel

import calmdesk.records.models  # noqa: F401  (the tables)
from calmdesk.errors import CalmdeskError
from calmdesk.guide.afterwards import PRIVATE_KINDS
from calmdesk.records.sound_values import WRONG, Check, check_of, default_of

Row = dict[str, Any]
"""A row by the names of its fields: text, whole numbers and None; an instant is text in UTC,
`2026-11-21 19:02:00.000000`, whose order is that of time."""

_PRIVATE = {"agent": ("own_line",), "contact": ("self_check",)}
"""Fields that never travel; where a row is new they begin empty."""
_WHERE = {
    "letter": " AND state = 'released'",
    "event": f" AND kind NOT IN ({', '.join(repr(kind) for kind in PRIVATE_KINDS)})",
}
_INSTEAD = {
    "letter": {
        "made_at": "released_at",
        "updated_at": "released_at",
        "read_at": "CASE WHEN read_at IS NULL THEN NULL ELSE released_at END",
    }
}
"""A letter says when it left, and not how long it waited."""
_AT_ONCE = 500


class Unreadable(CalmdeskError):
    """What came from elsewhere is not what calmdesk writes."""


@dataclass(frozen=True)
class Part:
    """A table of which rows travel."""

    name: str
    by: str = "case_id"
    """The field by which its rows belong together."""
    keys: tuple[str, ...] = ("id",)
    own: tuple[str, ...] = field(init=False)
    """Its fields that stay at home."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", _PRIVATE.get(self.name, ()))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields that travel."""
        table = SQLModel.metadata.tables[self.name]
        return tuple(it.name for it in table.columns if it.name not in self.own)

    @cached_property
    def _checks(self) -> tuple[tuple[str, "Check", Any], ...]:
        table = SQLModel.metadata.tables[self.name]
        return tuple(
            (name, check_of(table.c[name]), default_of(table.c[name])) for name in self.columns
        )

    def key(self, row: Row) -> tuple[Any, ...]:
        """What names a row in its table."""
        return tuple(row[name] for name in self.keys)

    def rows(self, connection: Connection, ids: Iterable[str], by: str = "") -> list[Row]:
        """The rows that belong to some ids, by another field than usual where one is named."""
        wanted, found = list(ids), []
        select = self._select(by or self.by)
        for first in range(0, len(wanted), _AT_ONCE):
            some = connection.execute(select, {"ids": wanted[first : first + _AT_ONCE]})
            found += [dict(zip(self.columns, row, strict=True)) for row in some]
        return found

    def all(self, connection: Connection, where: str = "", **given: Any) -> list[Row]:
        """All rows, or those that fulfil a condition."""
        query = f'SELECT {self._listed} FROM "{self.name}"' + (f" WHERE {where}" if where else "")
        some = connection.execute(text(query), given)
        return [dict(zip(self.columns, row, strict=True)) for row in some]

    def _select(self, by: str) -> Any:
        also = _WHERE.get(self.name, "")
        query = f'SELECT {self._listed} FROM "{self.name}" WHERE {by} IN :ids{also}'
        return text(query).bindparams(bindparam("ids", expanding=True))

    @cached_property
    def _listed(self) -> str:
        instead = _INSTEAD.get(self.name, {})
        quoted = {name: f'"{name}"' for name in self.columns}
        return ", ".join(f"{instead.get(name, it)} AS {it}" for name, it in quoted.items())

    def insert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Put new rows."""
        if rows:
            names = ", ".join(f'"{name}"' for name in (*self.columns, *self.own))
            given = ", ".join((*(f":{name}" for name in self.columns), *("''" for _ in self.own)))
            query = f'INSERT INTO "{self.name}" ({names}) VALUES ({given})'
            connection.exec_driver_sql(query, rows)

    def update(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Put rows in place of those of the same keys; what stays at home is left as it is."""
        changed = [name for name in self.columns if name not in self.keys]
        if rows and changed:
            sets = ", ".join(f'"{name}" = :{name}' for name in changed)
            query = f'UPDATE "{self.name}" SET {sets} WHERE {self._named}'
            connection.exec_driver_sql(query, rows)

    def delete(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Take rows away."""
        if rows:
            connection.exec_driver_sql(f'DELETE FROM "{self.name}" WHERE {self._named}', rows)

    @cached_property
    def _named(self) -> str:
        return " AND ".join(f'"{name}" = :{name}' for name in self.keys)

    def checked(self, rows: Sequence[Any]) -> list[Row]:
        """Rows from elsewhere with this table's fields, no other, and what they can hold. Raises
        Unreadable."""
        if not all(isinstance(row, dict) for row in rows):
            raise Unreadable(f"A row of {self.name} is none.")
        sound: list[Row] = [{} for _ in rows]
        for name, check, default in self._checks:
            values = [row.get(name, default) for row in rows]
            for row, value in zip(sound, check(values), strict=True):
                row[name] = value
                if value is WRONG:
                    raise Unreadable(f"A row of {self.name} has no {name} that can be read.")
        return sound


# -- what travels -----------------------------------------------------------------------------

CASE = Part("case", by="id")
CONTACT = Part("contact")
SPAN = Part("span", by="contact_id", keys=("contact_id", "seq"))
NOTE = Part("note")
PROMISE = Part("promise")
FOLLOW_UP = Part("follow_up")
EVENT = Part("event")
OFFER = Part("offer")
FACTOR = Part("factor", keys=("case_id", "cause"))
ALARM = Part("alarm", keys=("contact_id", "kind"))
REVIEW = Part("review")
OF_A_CASE = (
    CASE,
    CONTACT,
    SPAN,
    NOTE,
    OFFER,
    PROMISE,
    FOLLOW_UP,
    Part("attempt"),
    Part("consult"),
    Part("handover"),
    Part("waiting"),
    FACTOR,
    Part("pledge", keys=("case_id", "action_id")),
    Part("letter"),
    ALARM,
    REVIEW,
    EVENT,
)
"""A case and what it has, each after what it leans on."""
CUSTOMER = Part("customer", by="id")
NUMBER = Part("customer_number", by="customer_id")
NAME = Part("customer_name", by="customer_id")
MERGE = Part("customer_merge", by="kept_id")
ACTION = Part("action", by="id")
AGENT = Part("agent", by="id")
ISSUE = Part("known_issue", by="id")
AROUND = (AGENT, CUSTOMER, NUMBER, NAME, MERGE, ACTION)
"""What cases lean on."""
