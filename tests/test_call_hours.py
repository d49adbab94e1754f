"""Calls by the hour are those that a wall clock beside each of them would have shown."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from calmdesk.guide.filters import Filter
from calmdesk.records import figures
from calmdesk.records.derived import Glance
from calmdesk.records.models import Contact
from calmdesk.records.store import Store
from tests.filling import fill
from tests.made_once import fresh
from tests.test_rolling import DAY, DAYS, LORD_HOWE, NEW_YORK


@pytest.fixture(params=[NEW_YORK, LORD_HOWE], ids=["New York", "Lord Howe"])
def lived(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Store, ZoneInfo, datetime]]:
    zone, since = request.param
    store = Store.open(fresh(tmp_path / "calmdesk.db"), zone)
    fill(store, Random(3), 200, since, since + DAYS * DAY)
    yield store, zone, since
    store.close()


def shown(store: Store, zone: ZoneInfo, chosen: Filter) -> list[int]:
    """The same, call by call; of hot cases when these are chosen."""
    assert chosen.since is not None
    assert chosen.until is not None
    with store.transaction() as session:
        hot = set(session.exec(select(Glance.case_id).where(Glance.hot)))
        calls = session.exec(select(Contact)).all()
    found = Counter(
        it.answered_at.astimezone(zone).hour
        for it in calls
        if it.direction == "in" and it.state != "not rung"
        if chosen.since <= it.answered_at < chosen.until
        if not chosen.heat or it.case_id in hot
    )
    return [found[hour] for hour in range(24)]


@pytest.mark.parametrize("heat", ["", "hot"])
def test_hours_are_those_of_the_wall_through_a_change_of_the_clocks(
    heat: str, lived: tuple[Store, ZoneInfo, datetime]
) -> None:
    store, zone, since = lived
    for first in range(-1, DAYS + 1):
        for length in (DAY, timedelta(hours=5, seconds=1), DAYS * DAY, 1000 * DAY):
            began = since + first * DAY
            chosen = Filter(began, began + length, heat=heat)
            found = figures.figures(store, chosen, [], began + length)
            assert list(found.hours) == shown(store, zone, chosen)


def test_a_call_counts_on_its_own_day_whenever_its_case_was_opened(
    lived: tuple[Store, ZoneInfo, datetime],
) -> None:
    store, zone, since = lived
    after = Filter(since + DAYS * DAY, since + (DAYS + 2) * DAY)
    found = figures.figures(store, after, [], since + 30 * DAY)
    assert found.now.cases == 0
    assert sum(found.hours) == sum(shown(store, zone, after)) > 0
