"""Daily roll-ups: the counts of local days whose cases stand still, so that years are added up at
once. A change to a case takes the counts of its day back (`glances`); here they are made again.

A day with a call that goes on, or with an open promise that has a time, has no counts that stand:
they would depend on the hour. Nor has the newest day, which may not be over.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, func, or_, select

from calmdesk.clock import instant, local
from calmdesk.records import day_counts
from calmdesk.records.day_counts import Counts, Row, Stretch, added
from calmdesk.records.derived import (
    PLACES,
    DayCause,
    DayFactor,
    DayFigure,
    Glance,
    RolledDay,
    place_of,
)
from calmdesk.records.models import NOWHEN
from calmdesk.records.store import Store

Between = tuple[datetime, datetime]
"""From an instant, until before another one."""

_TABLES: tuple[type[SQLModel], ...] = (DayCause, DayFactor, DayFigure)


def roll(store: Store, days: int) -> int:
    """Count up to so many local days whose counts do not stand, the newest first. Returns how many
    are left that could be. Only the calmdesk that looks after the days counts: another one, on a
    wall elsewhere, would have its days begin at other hours."""
    if not store.look_after():
        return 0
    with store.transaction() as session:
        open_days = list(_open_days(session, store.zone))
        for day in open_days[:days]:
            _roll(session, day)
    return max(0, len(open_days) - days)


def _open_days(session: Session, zone: tzinfo | None) -> Iterator[Stretch]:
    """The local days between the first case and the last whose counts could stand and do not, the
    newest first."""
    first, last = began(session), session.exec(select(func.max(Glance.place))).one()
    if first is None or last is None:
        return
    standing = dict(session.exec(select(RolledDay.since, RolledDay.until)).all())
    moving = session.exec(
        select(Glance.place).where(
            or_(col(Glance.running).is_(True), col(Glance.promise_due_at) < NOWHEN)
        )
    )
    restless = sorted(moving)
    day, until = _day_of(last, zone), 0
    while until == 0 or until > first:
        since = place_of(instant(datetime.combine(day, time()), zone))
        if until and since < until and standing.get(since) != until:
            nearest = bisect_left(restless, since)
            if nearest == len(restless) or restless[nearest] >= until:
                yield since, until
        day, until = day - timedelta(days=1), since


def _day_of(place: int, zone: tzinfo | None) -> date:
    return local(datetime.fromtimestamp(place // PLACES, UTC), zone).date()


def _roll(session: Session, day: Stretch) -> None:
    """Count one day, in the place of all that was counted of its hours before."""
    since, until = day
    connection = session.connection()
    overlapping = (col(RolledDay.since) < until, col(RolledDay.until) > since)
    connection.execute(delete(RolledDay).where(*overlapping))
    counts = (
        day_counts.causes(session, [day]),
        day_counts.factors(session, [day]),
        day_counts.figures(session, [day]),
    )
    for table, rows in zip(_TABLES, counts, strict=True):
        began = _columns(table)[0]
        connection.execute(delete(table).where(began >= since, began < until))
        names = [column.name for column in _columns(table)]
        if rows:
            connection.execute(
                insert(table), [dict(zip(names, (since, *row), strict=True)) for row in rows]
            )
    connection.execute(insert(RolledDay), {"since": since, "until": until})


def began(session: Session) -> int | None:
    """The place of the first case of the record; None while there is none."""
    place: int | None = session.exec(select(func.min(Glance.place))).one()
    return place


def causes(session: Session, between: Between, now: datetime | None = None) -> Counts:
    """The complaints of a period by cause: cases, seconds, cost, repeat calls. Calls that go on
    count until `now`, or not at all."""
    rows = [
        *_rolled(session, DayCause, between),
        *day_counts.causes(session, _without(session, between)),
    ]
    if now is not None:
        rows += day_counts.running(session, _without(session, between), now)
    return added(rows)


def factors(session: Session, between: Between, now: datetime) -> Counts:
    """How many complaints of a period each factor made worse."""
    direct = day_counts.factors(session, _without(session, between), now)
    return added([*_rolled(session, DayFactor, between), *direct])


def figures(session: Session, between: Between, now: datetime) -> Counts:
    """The figures of all cases of a period, by their names."""
    direct = day_counts.figures(session, _without(session, between), now)
    return added([*_rolled(session, DayFigure, between), *direct])


def _rolled(session: Session, table: type[SQLModel], between: Between) -> list[Row]:
    """What the days of a period that stand hold of each name."""
    began, name, *counts = _columns(table)
    query = select(name, *(func.sum(count) for count in counts))
    query = query.select_from(RolledDay).join(table, began == RolledDay.since)
    rows = session.exec(query.where(*_inside(between)).group_by(name))
    return [tuple(row) for row in rows]


def _without(session: Session, between: Between) -> list[Stretch]:
    """The stretches of a period of which no day stands."""
    at, end = (place_of(edge) for edge in between)
    days = select(RolledDay.since, RolledDay.until).where(*_inside(between))
    found: list[Stretch] = []
    for since, until in session.exec(days.order_by(col(RolledDay.since))):
        if at < since:
            found.append((at, since))
        at = until
    return [*found, (at, end)] if at < end else found


def _inside(between: Between) -> tuple[Any, Any]:
    since, until = (place_of(edge) for edge in between)
    return col(RolledDay.since) >= since, col(RolledDay.until) <= until


def _columns(table: type[SQLModel]) -> list[Any]:
    return list(SQLModel.metadata.tables[str(table.__tablename__)].columns)
