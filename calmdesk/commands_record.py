"""The record, for one command: the store opened, and days as they are typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from calmdesk.errors import CalmdeskError
from calmdesk.guide.dialling import ANYWHERE, Dialling
from calmdesk.paths import Places

if TYPE_CHECKING:
    from calmdesk.records.store import Store


@contextmanager
def opened(places: Places, make: bool = False, dialling: Dialling = ANYWHERE) -> "Iterator[Store]":
    """The store; a database that is not there yet is made only where that makes sense. The calls are
    left to the app: a command may go on for long."""
    from calmdesk.records.store import Store

    if not make and not places.database.exists():
        raise CalmdeskError(
            f"There is no database at {places.database} yet; calmdesk makes it when it is first "
            "started. calmdesk demo shows a made-up day."
        )
    store = Store.open(places.database, takes_calls=False, dialling=dialling)
    try:
        yield store
    finally:
        store.close()


def day_of(words: str) -> date | None:
    """A day as typed; None when none was. Raises CalmdeskError with one clear sentence."""
    if not words:
        return None
    today = this_day()
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CalmdeskError(
            f"{words} is not a day; write it as {today.isoformat()}, today or yesterday."
        ) from None


def this_day() -> date:
    """Today, on the wall."""
    from calmdesk.clock import SystemClock, local

    clock = SystemClock()
    return local(clock.now(), clock.zone).date()


def begin_of(day: date | None, after: int = 0) -> datetime | None:
    """The instant at which a local day began, or so many days after it; None where time does not
    reach so far: nothing lies beyond."""
    from calmdesk.clock import SystemClock, midnight

    if day is None:
        return None
    try:
        return midnight(day + timedelta(days=after), SystemClock.zone)
    except (OverflowError, ValueError):
        return None
