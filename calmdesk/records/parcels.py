"""What one calmdesk sends another, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection

from calmdesk.records.bundles import Bundle
from calmdesk.records.plain_rows import ACTION, AGENT, EVENT, ISSUE, Row, Unreadable


@dataclass
class Common:
    """What is of no single case: who works there, known issues, actions with their entries."""

    agents: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def plain(self) -> dict[str, Any]:
        """For a line of JSON; what is empty is left out."""
        return {name: rows for name, rows in vars(self).items() if rows}


def read_common(plain: Any) -> Common:
    """What is of no single case, from a line of JSON. Raises Unreadable."""
    parts = {"agents": AGENT, "issues": ISSUE, "actions": ACTION, "events": EVENT}
    if not isinstance(plain, dict) or not all(isinstance(plain.get(it, []), list) for it in parts):
        raise Unreadable("A line is none of calmdesk's.")
    return Common(**{name: part.checked(plain.get(name, [])) for name, part in parts.items()})


def common_of(connection: Connection) -> Common:
    """All that is of no single case."""
    return Common(
        AGENT.all(connection),
        ISSUE.all(connection),
        ACTION.all(connection),
        EVENT.all(connection, "case_id IS NULL ORDER BY device, seq"),
    )


@dataclass(frozen=True)
class Parcel:
    """What is taken in one go."""

    bundles: Sequence[Bundle] = ()
    common: Common = field(default_factory=Common)
    sender: str = ""
    """Id of the agent at the desk that sent it; '' is not known."""


@dataclass(frozen=True)
class Brought:
    """What became of what was sent; cases are counted."""

    new: int = 0
    newer: int = 0
    """Known here, and brought further."""
    older: int = 0
    """Known further here."""
    same: int = 0
    refused: int = 0
    """Left out: they do not fit into this record."""
    other: int = 0
    """Known issues and corrective actions, new or newer."""
    renamed: tuple[tuple[str, str], ...] = ()
    """References that were another case's here, and what stands instead."""

    def __add__(self, more: "Brought") -> "Brought":
        return Brought(
            **{it.name: getattr(self, it.name) + getattr(more, it.name) for it in fields(self)}
        )

    @property
    def cases(self) -> int:
        """All cases that were looked at."""
        return self.new + self.newer + self.older + self.same + self.refused

    @property
    def anything(self) -> bool:
        """Whether this record changed by it."""
        return bool(self.new or self.newer or self.other)
