"""The day behind `calmdesk demo`: sixty stories from `stories.toml`, written by the verbs that a
real call uses, in a database that is thrown away."""

import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calmdesk.clock import Clock, SystemClock, instant, local
from calmdesk.paths import Places, places
from calmdesk.records.ids import NewId, new_id, seeded_ids

if TYPE_CHECKING:
    from calmdesk.app import CalmDesk
    from calmdesk.records.store import Store

STORIES = Path(__file__).with_name("stories.toml")
READER = "Sam Ortiz"
"""The agent whose desk the demo shows."""
SUPERVISOR = "Kim Adeyemi"
"""Who announced what is known to be wrong."""
KNOWN_ISSUE = ("late_delivery", "A press stood still on Tuesday; late jobs ship on Monday.")
"""Its category, and the sentence."""
LATEST = time(13, 55)
"""Local time of the last story; the day is moved so that it lies just behind now."""


def make(file: Path, clock: Clock) -> "Store":
    """Write the day into a fresh database, in one transaction. Returns it open, at Sam's desk."""
    from calmdesk.demo.colleagues import work_together
    from calmdesk.demo.living import live_through, sit_down
    from calmdesk.demo.mending import mend
    from calmdesk.records.store import Store

    stories: list[dict[str, Any]] = tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]
    store = Store.open(file, clock.zone, seeded_ids(7))
    shift = _shift(clock)
    with store.transaction():
        for story in sorted(stories, key=lambda it: (-it["days_ago"], it["at"])):
            at = _local(story, clock, clock.zone) + shift
            live_through(store, story, instant(at, clock.zone), clock, shift)
        sit_down(store, SUPERVISOR, clock.now())
        _announce(store, clock, shift)
        mend(store, clock.now())
        work_together(store, READER, SUPERVISOR, clock.now())
        sit_down(store, READER, clock.now())
    return store


def make_with_weeks(file: Path, clock: Clock) -> "Store":
    """The same with the weeks before it."""
    from calmdesk.demo.earlier import live_earlier

    store = make(file, clock)
    live_earlier(store, clock, _shift(clock))
    return store


@contextmanager
def demo_app(
    clock: Clock | None = None,
    theme: str = "calm-dark",
    ids: NewId = new_id,
    record: "Callable[[Path, Clock], Store]" = make_with_weeks,
) -> "Iterator[CalmDesk]":
    """The app on a `record` of its own, which is gone when the app is left."""
    from calmdesk import settings
    from calmdesk.app import CalmDesk

    folder = Path(tempfile.mkdtemp(prefix="calmdesk-demo-"))
    own = places()
    here = replace(Places.within(folder, "demo.db"), config=own.config)
    clock = clock or SystemClock()

    def open_store() -> "Store":
        return record(here.database, clock)

    chosen = settings.Settings(
        company="Printco",
        theme=theme,
        limit=5000,
        escalation=(
            settings.Escalation(
                name=SUPERVISOR,
                number="555 0190",
                say="I have a caller who needs a decision over my limit.",
            ),
        ),
    )
    try:
        yield CalmDesk(here, open_store, clock=clock, settings=chosen, demo=True, ids=ids)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _announce(store: "Store", clock: Clock, shift: timedelta) -> None:
    """What is known to be wrong on that day, for about two hours more."""
    from calmdesk.records import coaching

    today = local(clock.now(), clock.zone).date()
    until = datetime.combine(today, LATEST) + shift + timedelta(hours=2, minutes=5)
    made = clock.now() - timedelta(minutes=40)
    coaching.announce(store, *KNOWN_ISSUE, instant(until, clock.zone), made)


def _shift(clock: Clock) -> timedelta:
    """How far the day's times are moved, in whole quarters of an hour, so that it ends just now."""
    now = local(clock.now(), clock.zone).replace(tzinfo=None)
    ends = datetime.combine(now.date(), LATEST)
    return timedelta(minutes=15 * ((now - ends) // timedelta(minutes=15)))


def _local(story: dict[str, Any], clock: Clock, zone: tzinfo | None) -> datetime:
    today = local(clock.now(), zone).date()
    day = today - timedelta(days=story["days_ago"])
    return datetime.combine(day, time.fromisoformat(story["at"]))
