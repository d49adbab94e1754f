"""The customer's own clock: known by their number or a name, and told beside the agent's."""

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from calmdesk.guide.zones import beside, place, wall_there, zone_named, zone_of_number

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime.fromisoformat("2026-11-24T12:00Z")
"""A Tuesday: 07:00 in New York."""


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+44 20 7946 0018", "Europe/London"),
        ("0044 20 7946 0018", "Europe/London"),
        ("+1 (212) 555-0134", "America/New_York"),
        ("+1 415 555 0134", "America/Los_Angeles"),
        ("+49 30 123456", "Europe/Berlin"),
        ("+81 3 1234 5678", "Asia/Tokyo"),
        ("+44 7911 123456", "Europe/London"),
    ],
)
def test_a_number_of_one_clock_tells_its_zone(number: str, zone: str) -> None:
    assert zone_of_number(number) == zone


@pytest.mark.parametrize(
    "number",
    [
        "",
        "555 0134",
        "020 7946 0018",
        "+61 491 570 006",
        "+34 612 345 678",
        "+1 800 555 1234",
        "+999 1234567",
        "+",
        "withheld",
        "[b]+44[/b]",
        "+44" + "9" * 400,
    ],
)
def test_a_number_of_no_clock_or_of_several_tells_none(number: str) -> None:
    assert zone_of_number(number) == ""


def test_without_the_library_no_number_tells_a_zone() -> None:
    code = (
        "import sys; sys.modules['phonenumbers'] = None;"
        "from calmdesk.guide.zones import zone_of_number;"
        "print(repr(zone_of_number('+442079460018')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "''"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("london", "Europe/London"),
        ("  New  York ", "America/New_York"),
        ("new_york", "America/New_York"),
        ("lord howe", "Australia/Lord_Howe"),
        ("Kolkata", "Asia/Kolkata"),
        ("Londn", "Europe/London"),
        ("amsterdm", "Europe/Amsterdam"),
        ("Indianapolis", "America/Indianapolis"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_city_its_key_or_the_nearest_spelling(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed",
    ["", " ", "EST", "US/Eastern", "nowhere at all", "rom", "here", "../../etc/passwd", "\x00"],
)
def test_what_names_no_place_names_no_zone(typed: str) -> None:
    assert zone_named(typed) == ""


@pytest.mark.parametrize(
    ("at", "theirs", "words"),
    [
        ("2026-11-24T17:00Z", "Europe/London", "17:00 theirs"),
        ("2026-11-24T19:00Z", "Asia/Kolkata", "Wed 00:30 theirs, late for them"),
        ("2026-11-24T02:00Z", "Europe/London", "Tue 02:00 theirs, late for them"),
        ("2026-11-24T12:59Z", "America/Los_Angeles", "04:59 theirs, early for them"),
        ("2026-11-24T15:59Z", "America/Los_Angeles", "07:59 theirs, early for them"),
        ("2026-11-24T16:00Z", "America/Los_Angeles", "08:00 theirs"),
        ("2026-11-24T20:59Z", "Europe/London", "20:59 theirs"),
        ("2026-11-24T21:00Z", "Europe/London", "21:00 theirs, late for them"),
        ("2026-11-24T17:00Z", "America/Toronto", ""),
        ("2026-11-24T17:00Z", "", ""),
        ("2026-11-24T17:00Z", "Atlantis/Capital", ""),
        ("2026-11-24T17:00Z", "../../etc/passwd", ""),
        ("2026-03-20T17:00Z", "Europe/London", "17:00 theirs"),
        ("2026-04-20T17:00Z", "Europe/London", "18:00 theirs"),
    ],
)
def test_both_walls_are_told_only_where_they_differ(at: str, theirs: str, words: str) -> None:
    instant = datetime.fromisoformat(at)
    mine = instant.astimezone(NEW_YORK).replace(tzinfo=None)
    assert beside(mine, wall_there(instant, theirs)) == words


def test_a_wall_is_naive_and_none_where_the_zone_is_not_known() -> None:
    assert wall_there(NOON, "Asia/Kolkata") == datetime.fromisoformat("2026-11-24T17:30")
    assert wall_there(NOON, "nowhere") is None
    assert place("") is None
    assert beside(NOON.replace(tzinfo=None), wall_there(NOON, "Africa/Abidjan")) == ""
