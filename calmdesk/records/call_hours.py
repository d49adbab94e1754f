"""The calls that customers made, by the hour on the agent's wall in which each began."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from calmdesk.records.choosing import Condition
from calmdesk.records.derived import Glance
from calmdesk.records.models import Contact
from calmdesk.records.rolling import Between
from calmdesk.records.rung import IS_CALL
from calmdesk.records.wall_time import offsets

_AT = col(Contact.answered_at)
_SECOND = timedelta(seconds=1)
_DAY = 1440
"""Minutes of a day."""
_MINUTE = func.substr(sa.cast(_AT, sa.String), 12, 5).label("minute")
"""The minute of its day in which a call began, as `14:02` in UTC."""


def hours(
    session: Session, between: Between, zone: tzinfo | None, conditions: Sequence[Condition] = ()
) -> tuple[int, ...]:
    """How many calls of a period began in each local hour, 0 to 23. With conditions on glances, only
    those on cases that fulfil them. When a case was opened is all the same: today they may ring
    about something old."""
    query = _counting(conditions).add_columns(_MINUTE)
    counts = [0] * 24
    for since, until, ahead in _steps(session, between, zone):
        of_it = (since <= _AT, until > _AT)
        for count, minute in session.connection().execute(query.where(*of_it).group_by("minute")):
            counts[(_minutes(minute) + ahead) % _DAY // 60] += count
    return tuple(counts)


def calls(session: Session, between: Between, conditions: Sequence[Condition] = ()) -> int:
    """How many there were in a period, chosen alike."""
    since, until = between
    query = _counting(conditions).where(since <= _AT, until > _AT)
    return int(session.connection().execute(query).scalar_one())


def _counting(conditions: Sequence[Condition]) -> "sa.Select[Any]":
    query: sa.Select[Any] = sa.select(func.count()).select_from(Contact)
    if conditions:
        query = query.join(Glance, col(Glance.case_id) == Contact.case_id).where(*conditions)
    return query.where(col(Contact.direction) == "in", IS_CALL)


def _steps(
    session: Session, between: Between, zone: tzinfo | None
) -> Iterator[tuple[datetime, datetime, int]]:
    """The stretches of a period that have calls, in each of which the wall is as many minutes ahead
    of UTC."""
    ends = (select(_AT).order_by(order) for order in (_AT, _AT.desc()))
    first, last = (session.exec(end.limit(1)).first() for end in ends)
    if first is None or last is None:
        return
    since, until = max(between[0], first), min(between[1], last + _SECOND)
    if since >= until:
        return
    steps = offsets(since, until, zone)
    edges = [since, *(at for at, _ in steps[1:]), until]
    for (began, over), (_, ahead) in zip(pairwise(edges), steps, strict=True):
        yield began, over, ahead // 60


def _minutes(words: str) -> int:
    hour, minute = words.split(":")
    return 60 * int(hour) + int(minute)
