"""References of cases that come from elsewhere: two calmdesks may have given one to two cases."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from calmdesk.records.ids import reference
from calmdesk.records.plain_rows import Row

_MOST = 64
_WHO = text('SELECT ref, id FROM "case" WHERE ref IN :refs').bindparams(
    bindparam("refs", expanding=True)
)


def attempt_of(ref: str, case_id: str) -> int:
    """The attempt at which this reference was made of the case's id; -1 for one of another make."""
    day = _day(ref)
    if day is None:
        return -1
    return next((it for it in range(_MOST) if reference(case_id, day, it) == ref), -1)


def _day(ref: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"20{ref[3:9]}")
    except ValueError:
        return None


def later(case_id: str, one: str, other: str) -> str:
    """Which of two references of one case stands: the one that was given later, because another
    case had the first."""
    return one if one == other else max(one, other, key=lambda it: (attempt_of(it, case_id), it))


def holders(connection: Connection, refs: list[str]) -> dict[str, str]:
    """The ids of the cases that have some references, by reference."""
    found = connection.execute(_WHO, {"refs": refs})
    return {row.ref: row.id for row in found}


def another(connection: Connection, case: Row, taken: dict[str, str]) -> str:
    """A free reference for a case whose own is another's."""
    day = _day(case["ref"]) or datetime.fromisoformat(case["opened_at"])
    attempt = attempt_of(case["ref"], case["id"])
    while True:
        attempt += 1
        ref = reference(case["id"], day, attempt)
        if ref not in taken and not holders(connection, [ref]):
            return ref
