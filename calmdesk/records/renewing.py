"""What is kept beside the record, made to agree with many cases at once: glances, the counts of
days, and what the search is to learn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, text, update
from sqlmodel import Session, SQLModel, col, select

from calmdesk.records import glances, outdated
from calmdesk.records.derived import Glance
from calmdesk.records.models import Case

_GLANCE = SQLModel.metadata.tables["glance"]
_AGAIN = text(
    'SELECT DISTINCT later.id FROM "case" AS one'
    ' JOIN "case" AS later ON later.customer_id = one.customer_id'
    " AND later.joined_to = '' AND later.opened_at > one.opened_at"
    " WHERE one.id IN :ids AND later.id NOT IN :ids"
).bindparams(bindparam("ids", expanding=True))
"""Cases of the same customers that came later: they may be repeat calls now."""


def renew(session: Session, case_ids: Iterable[str]) -> None:
    """Make glances, counts of days and the search agree with the rows of some cases."""
    wanted = sorted(case_ids)
    for first in range(0, len(wanted), glances.AT_ONCE):
        some = wanted[first : first + glances.AT_ONCE]
        later = session.connection().execute(_AGAIN, {"ids": some}).scalars().all()
        _look(session, [*some, *later])
        outdated.words_of(session, some)


def _look(session: Session, case_ids: Sequence[str]) -> None:
    connection = session.connection()
    there = dict(
        session.exec(
            select(Glance.case_id, Glance.place).where(col(Glance.case_id).in_(case_ids))
        ).all()
    )
    rows = glances.counted(session, [it for it in case_ids if it in there])
    stands = {row["case_id"] for row in rows}
    gone = [place for case_id, place in there.items() if case_id not in stands]
    if gone:
        connection.execute(delete(_GLANCE).where(_GLANCE.c.place.in_(gone)))
    if rows:
        connection.execute(_CHANGE, [{**row, "at_place": there[row["case_id"]]} for row in rows])
    outdated.days_of(session, there.values())
    new = [it for it in case_ids if it not in there]
    glances.look_at_new(session, _in_order(session, new))


_CHANGE: Any = (
    update(_GLANCE)
    .where(_GLANCE.c.place == bindparam("at_place"))
    .values({it.name: bindparam(it.name) for it in _GLANCE.columns if it.name != "place"})
)


def _in_order(session: Session, case_ids: Sequence[str]) -> Sequence[str]:
    query = select(Case.id, Case.opened_at).where(col(Case.id).in_(case_ids))
    times: list[tuple[datetime, str]] = [(at, case_id) for case_id, at in session.exec(query)]
    return [case_id for _, case_id in sorted(times)]
