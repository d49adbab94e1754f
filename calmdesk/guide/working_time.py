"""Time counted as the firm works it. Instants are aware and in UTC; days are those on the wall of
`zone`, where None is the machine's own. A change of the clocks makes no working hour longer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from calmdesk.clock import instant, local
from calmdesk.working_hours import WorkingHours, working_day

Shift = tuple[datetime, datetime]
"""The instants at which work begins and ends on one day."""


def worked(since: datetime, until: datetime, hours: WorkingHours, zone: tzinfo | None) -> timedelta:
    """How much working time lies between two instants."""
    total = timedelta()
    for begins, ends in _shifts(since, hours, zone):
        if begins >= until:
            break
        total += max(timedelta(), min(ends, until) - max(begins, since))
    return total


def later(at: datetime, span: timedelta, hours: WorkingHours, zone: tzinfo | None) -> datetime:
    """The first instant by which that much working time has passed since `at`."""
    if not span:
        return at
    for begins, ends in _shifts(at, hours, zone):
        begins = max(begins, at)
        if ends - begins >= span:
            return begins + span
        span -= max(timedelta(), ends - begins)
    raise AssertionError("there is always another working day")


def closing(at: datetime, count: int, hours: WorkingHours, zone: tzinfo | None) -> datetime:
    """When the working day closes that is `count` working days after the local day of `at`."""
    day = working_day(local(at, zone).date(), count, hours)
    return instant(datetime.combine(day, hours.closes), zone)


def taken_up(at: datetime, hours: WorkingHours, zone: tzinfo | None) -> datetime:
    """When what comes in at an instant is taken up: at once, or, on a day off and after closing,
    when the next working day opens."""
    wall = local(at, zone)
    if hours.works(wall.date()) and wall.time() < hours.closes:
        return at
    return _shift(working_day(wall.date(), 1, hours), hours, zone)[0]


def _shifts(at: datetime, hours: WorkingHours, zone: tzinfo | None) -> Iterator[Shift]:
    """The shifts from the local day of `at` on, without end."""
    day = local(at, zone).date()
    if hours.works(day):
        yield _shift(day, hours, zone)
    while True:
        day = working_day(day, 1, hours)
        yield _shift(day, hours, zone)


def _shift(day: date, hours: WorkingHours, zone: tzinfo | None) -> Shift:
    begins, ends = (
        instant(datetime.combine(day, wall), zone) for wall in (hours.opens, hours.closes)
    )
    return begins, max(begins, ends)
