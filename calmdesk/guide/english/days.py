"""Local days and times as they are written on screens, in lists and in letters."""

from datetime import date, datetime


def day(wall: date) -> str:
    """A day of a year that everybody knows: `Thu 26 Nov`."""
    return f"{wall:%a} {wall.day} {wall:%b}"


def day_with_year(wall: date) -> str:
    """`Thu 26 Nov 2026`."""
    return f"{day(wall)} {wall.year}"


def with_year(wall: datetime) -> str:
    """A local time in full: `Thu 26 Nov 2026 12:00`."""
    return f"{day_with_year(wall)} {wall:%H:%M}"


def without_year(wall: datetime) -> str:
    """A local time of what is never a year away: `Fri 20 Nov 12:00`."""
    return f"{day(wall)} {wall:%H:%M}"


def short(wall: datetime, now: datetime) -> str:
    """A local time as short as it can be told: `14:10` today, `Mon 09:00` on another day."""
    return f"{wall:%H:%M}" if wall.date() == now.date() else f"{wall:%a %H:%M}"


def hour_or_day(wall: datetime, now: datetime) -> str:
    """The hour of today, and of another day only which it is: `14:10`, `Mon 23 Nov`."""
    return f"{wall:%H:%M}" if wall.date() == now.date() else day(wall)


def full_date(wall: date) -> str:
    """A day in full, as a letter is dated: `26 November 2026`."""
    return f"{wall.day} {wall:%B %Y}"
