"""Which days are worked: weekdays, public holidays, the firm's own days."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from calmdesk.clock import HandClock
from calmdesk.errors import SettingsError
from calmdesk.guide.english.times import read
from calmdesk.guide.targets import CaseClock, ClockChoice, Targets, target
from calmdesk.settings import Settings
from calmdesk.working_hours import WorkingHours, check_holidays, working_day, working_day_before
from tests.player import ZONE, playing

CHRISTMAS = date(2026, 12, 25)
"""A Friday; in England the Monday after it is a holiday in place of the Saturday."""
ENGLAND = WorkingHours(holidays="GB-ENG")


@pytest.mark.parametrize(
    ("hours", "day", "worked"),
    [
        (WorkingHours(), "2026-12-25", True),
        (ENGLAND, "2026-12-25", False),
        (ENGLAND, "2026-12-28", False),
        (ENGLAND, "2026-12-29", True),
        (ENGLAND, "2026-12-26", False),
        (WorkingHours(holidays="gb-sct"), "2026-11-30", False),
        (ENGLAND, "2026-11-30", True),
        (WorkingHours(holidays="US"), "2026-11-26", False),
        (WorkingHours(holidays="USA-CA"), "2026-11-26", False),
        (WorkingHours(closed=frozenset({date(2026, 12, 24)})), "2026-12-24", False),
        (WorkingHours(holidays="GB-ENG", open=frozenset({CHRISTMAS})), "2026-12-25", True),
        (WorkingHours(open=frozenset({date(2026, 11, 21)})), "2026-11-21", True),
        (WorkingHours(), "2026-11-21", False),
    ],
)
def test_a_day_is_worked_as_the_firm_says(hours: WorkingHours, day: str, worked: bool) -> None:
    assert hours.works(date.fromisoformat(day)) is worked


def test_counting_working_days_passes_over_a_holiday_weekend() -> None:
    assert working_day(date(2026, 12, 24), 1, ENGLAND) == date(2026, 12, 29)
    assert working_day(date(2026, 12, 24), 1, WorkingHours()) == CHRISTMAS
    assert working_day_before(date(2026, 12, 29), ENGLAND) == date(2026, 12, 24)
    assert working_day_before(CHRISTMAS, WorkingHours(days=frozenset())) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("typed", "now", "due"),
    [
        ("2 working days", "2026-12-23T10:00", "2026-12-29 17:30"),
        ("within 1 business day", "2026-12-24T10:00", "2026-12-29 17:30"),
        ("at 9", "2026-12-24T16:00", "2026-12-29 09:00"),
    ],
)
def test_a_typed_time_knows_the_holidays(typed: str, now: str, due: str) -> None:
    found = read(typed, datetime.fromisoformat(now), ENGLAND)
    assert found is not None
    assert found.wall == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("place", "meant"),
    [
        ("GBX-ENG", "did you mean GB?"),
        ("SVW", "did you mean"),
        ("GB-ENGL", "did you mean GB-ENG?"),
        ("us-cal", "did you mean US-CA?"),
        ("DEX", "did you mean DE?"),
    ],
)
def test_a_place_that_is_not_known_is_named_with_the_nearest_code(place: str, meant: str) -> None:
    hours = WorkingHours(holidays=place)
    with pytest.raises(SettingsError, match=r"\[hours\] holidays") as caught:
        check_holidays(hours)
    assert repr(place) in str(caught.value)
    assert meant in str(caught.value)
    assert hours.works(CHRISTMAS), "what is not known takes no day away"


@pytest.mark.parametrize("place", ["", "GB", "gb-eng", "US-NY", "DEU", "UK"])
def test_a_place_that_is_known_passes(place: str) -> None:
    check_holidays(WorkingHours(holidays=place))


async def test_the_desk_says_what_is_left_out_of_the_settings(tmp_path: Path) -> None:
    typed = Settings(hours=WorkingHours(holidays="GB-ENGL"))
    async with playing(tmp_path, settings=typed) as player:
        assert "[hours] holidays 'GB-ENGL' is not known; did you mean GB-ENG?" in player.text()


async def test_the_desk_says_that_no_such_preset_is_known(tmp_path: Path) -> None:
    own = Targets(acknowledge=target("2h", CaseClock.ACKNOWLEDGE))
    typed = Settings(clocks=ClockChoice("fca_dips", own))
    async with playing(tmp_path, settings=typed) as player:
        assert "[clocks] preset 'fca_dips' is not known; did you mean fca_disp?" in player.text()
        assert player.app.place.targets() == own


async def test_what_is_due_before_the_holidays_end_is_near(tmp_path: Path) -> None:
    clock = HandClock(datetime(2026, 12, 24, 14, 2, tzinfo=ZONE), ZONE)
    typed = Settings(hours=WorkingHours(holidays="GB-ENG"))
    async with playing(tmp_path, settings=typed, clock=clock) as player:
        until = player.app.place.wall(player.app.place.near_until())
        assert until.date() == date(2026, 12, 29)


def test_nobody_without_a_country_loads_the_library() -> None:
    code = (
        "import sys; from datetime import date; from calmdesk.working_hours import *;"
        "hours = WorkingHours(closed=frozenset({date(2026, 12, 24)})); check_holidays(hours);"
        "working_day(date(2026, 11, 21), 9, hours); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
