"""Daily roll-ups: the counts of local days whose cases stand still, so that years are added up at
once. A change to a case takes the counts of its day back (`glances`); here they are made again.

A day with a call that goes on, or with an open promise that has a time, has no counts that stand:
they would depend on the hour. Nor has the newest day, which may not be over. Days without a case
are passed over: all that lie between two that have one stand as one stretch.
"""

import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, func, or_, select

from calmdesk.clock import local, midnight
from calmdesk.records import day_counts
from calmdesk.records.day_counts import Counts, PlaceRange, Row, added
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
from calmdesk.records.tending import PIECE

SOME = 50
"""Stretches that are found in one look."""

Between = tuple[datetime, datetime]
"""From an instant, until before another one."""

_RESTLESS = or_(col(Glance.running).is_(True), col(Glance.promise_due_at) < NOWHEN)
"""What is true of a case whose counts depend on the hour."""
_TABLES: tuple[type[SQLModel], ...] = (DayCause, DayFactor, DayFigure)


def look_after(store: Store) -> bool:
    """Look after the days from now on, if nobody does. Returns whether we do."""
    return store.look_after()


def to_count(store: Store, most: int = SOME) -> Sequence[PlaceRange]:
    """The newest stretches whose counts could stand and do not, where this process looks after
    them: local days, and what lies empty between two days that have a case. Another calmdesk, on a
    wall elsewhere, would have its days begin at other hours."""
    if not store.tends:
        return []
    with store.reading() as session:
        return list(islice(_open_stretches(session, store.zone), most))


def count(
    store: Store, stretches: Sequence[PlaceRange], budget_seconds: float = PIECE
) -> Sequence[PlaceRange]:
    """Count some stretches, but those in which something began to go on since they were found: as
    many as about fit the time. Returns those that are left."""
    until, done = time.perf_counter() + budget_seconds, 0
    with store.transaction() as session:
        while done < len(stretches) and (not done or time.perf_counter() < until):
            if not _moves(session, stretches[done]):
                _roll(session, stretches[done])
            done += 1
    return stretches[done:]


def _moves(session: Session, stretch: PlaceRange) -> bool:
    """Whether counts of a stretch depend on the hour."""
    within = (col(Glance.place) >= stretch[0], col(Glance.place) < stretch[1])
    found = session.exec(select(Glance.place).where(*within, _RESTLESS).limit(1))
    return found.first() is not None


def _open_stretches(session: Session, zone: tzinfo | None) -> Iterator[PlaceRange]:
    """The stretches before the newest day whose counts could stand and do not, the newest first.
    It goes from one day that has a case to the next, however far apart they are."""
    newest = _newest(session)
    if newest is None:
        return
    standing = dict(session.exec(select(RolledDay.since, RolledDay.until)).all())
    begins = {until: since for since, until in standing.items()}
    restless = sorted(session.exec(select(Glance.place).where(_RESTLESS)))
    until = _past(begins, _day_of(newest, zone)[0])
    while (place := _newest(session, col(Glance.place) < until)) is not None:
        since, end = _day_of(place, zone)
        for begin, past in ((end, until), (since, end)):
            nearest = bisect_left(restless, begin)
            rests = nearest == len(restless) or restless[nearest] >= past
            if begin < past and rests and standing.get(begin) != past:
                yield begin, past
        until = _past(begins, since)


def _past(begins: dict[int, int], until: int) -> int:
    """Where the stretches begin that stand one before the other, up to a place."""
    while until in begins:
        until = begins[until]
    return until


def _newest(session: Session, *conditions: Any) -> int | None:
    place: int | None = session.exec(select(func.max(Glance.place)).where(*conditions)).one()
    return place


def _day_of(place: int, zone: tzinfo | None) -> PlaceRange:
    """The local day in which a place lies."""
    day = local(datetime.fromtimestamp(place // PLACES, UTC), zone).date()
    return place_of(midnight(day, zone)), place_of(midnight(day + timedelta(days=1), zone))


def _roll(session: Session, day: PlaceRange) -> None:
    """Count one stretch, in the place of all that was counted of its hours before."""
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


def _without(session: Session, between: Between) -> list[PlaceRange]:
    """The stretches of a period of which no day stands."""
    at, end = (place_of(edge) for edge in between)
    days = select(RolledDay.since, RolledDay.until).where(*_inside(between))
    found: list[PlaceRange] = []
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
