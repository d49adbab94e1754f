"""A time on the customer's own wall, from the typed words to what is shown and said."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calmdesk.clock import instant, local
from calmdesk.guide.outcome import spoken_time
from calmdesk.guide.playbook import load
from calmdesk.guide.stages import Stage
from calmdesk.settings import Settings
from calmdesk.widgets.stage_pane import Around
from tests.player import playing

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime.fromisoformat("2026-11-22T22:00-05:00")
"""A Sunday evening in New York; in Kolkata it is Monday, half past eight."""


def around(zone: str) -> Around:
    return Around(
        settings=Settings(),
        playbook=load(),
        wall=lambda at: local(at or NOW, NEW_YORK).replace(tzinfo=None),
        instant=lambda wall: instant(wall, NEW_YORK),
        now=lambda: NOW,
        new_id=lambda: "1",
        zone=zone,
    )


@pytest.mark.parametrize(
    ("text", "zone", "due", "what"),
    [
        ("ring back tue 15:00 theirs", "Europe/London", "2026-11-24T15:00Z", "ring back"),
        ("ring back tue 15:00 their time", "Asia/Kolkata", "2026-11-24T09:30Z", "ring back"),
        ("ring back at 3pm today theirs", "Asia/Kolkata", "2026-11-23T09:30Z", "ring back"),
        (
            "call at 9 their time, not before",
            "Asia/Kolkata",
            "2026-11-23T03:30Z",
            "call not before",
        ),
        ("ring back +2h theirs", "Asia/Kolkata", "2026-11-23T05:00Z", "ring back"),
        ("ring back tue 15:00", "Asia/Kolkata", "2026-11-24T20:00Z", "ring back"),
    ],
)
def test_a_promise_on_their_wall_is_due_at_its_instant(
    text: str, zone: str, due: str, what: str
) -> None:
    assert around(zone).promise(text) == (what, datetime.fromisoformat(due))


def test_where_their_zone_is_not_known_their_time_is_refused_and_the_hint_says_so() -> None:
    unknown, text = around(""), "ring back tue 15:00 theirs"
    assert unknown.read(text) is None
    assert unknown.promise(text) == (text, None)
    assert unknown.ask(text, "when?") == "Their zone is not known: name your own time."
    assert unknown.ask("ring back", "when?") == "when?"
    assert around("Europe/London").ask("soon their time", "when?") == "when?"


def test_a_time_is_shown_on_both_walls_and_said_on_theirs() -> None:
    due = datetime.fromisoformat("2026-11-24T19:00Z")
    assert (
        around("Asia/Kolkata").told(due)
        == "Tue 24 Nov 14:00, in 1 day · Wed 00:30 theirs, late for them"
    )
    assert around("America/Toronto").told(due) == "Tue 24 Nov 14:00, in 1 day"
    assert around("").told(due) == "Tue 24 Nov 14:00, in 1 day"
    night = around("Asia/Kolkata").aloud(due)
    assert night == "Wednesday 25 November at 0:30 in the morning your time"
    assert around("").aloud(due) == "Tuesday 24 November at 14:00"
    said = around("Europe/London").spoken("a courier by tue 15:00 theirs, signed")
    assert said == "a courier by Tuesday 24 November at 15:00 your time, signed"


@pytest.mark.parametrize(
    ("typed", "aloud"),
    [
        ("courier brings them by 16:00", "courier brings them by 16:00"),
        ("courier at 4", "courier at 4"),
        ("courier within 2 hours", "courier within 2 hours"),
        ("courier in 3 days", "courier in 3 days"),
        ("courier tue 9", "courier Tuesday 24 November at 14:00 your time"),
        ("courier by 9 on tue", "courier Tuesday 24 November at 14:00 your time"),
        ("courier 24 nov", "courier Tuesday 24 November at 22:30 your time"),
    ],
)
def test_an_offer_is_dated_only_where_it_names_a_day(typed: str, aloud: str) -> None:
    assert around("Europe/London").spoken(typed) == aloud


async def test_a_promise_in_their_time_waits_for_one_that_can_be_read(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.press("escape")
        await player.write("+ ring back tue 15:00 theirs")
        assert player.screen.note_line.hint == "Their zone is not known: name your own time."
        await player.press("enter")
        (promise,) = player.call.promises
        assert (promise.what, promise.due) == ("ring back tue 15:00 theirs", None)


@pytest.mark.parametrize("command", ["/ring tue 15:00 theirs", "/follow fri 11 their time"])
async def test_a_command_in_their_time_is_handed_back_with_the_reason(
    tmp_path: Path, command: str
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note(command)
        assert player.screen.note_line.hint == "Their zone is not known: name your own time."
        assert player.screen.note_line.input.value == command
        assert not player.call.promises
        assert player.call.follow_up is None


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (0, "at 0:30 in the morning"),
        (1, "at 1:30 in the morning"),
        (6, "at 6:30 in the morning"),
        (7, "at 7:30"),
        (9, "at 9:30"),
        (13, "at 13:30"),
        (19, "at 19:30"),
        (20, "at 20:30"),
        (23, "at 23:30"),
    ],
)
def test_an_hour_outside_the_day_says_which_half_it_is(hour: int, said: str) -> None:
    wall = datetime.fromisoformat(f"2026-11-25T{hour:02}:30")
    assert spoken_time(wall) == f"Wednesday 25 November {said}"


async def test_a_follow_up_is_proposed_for_an_hour_that_is_day_for_them(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.press("f4", "f4", "f4", "f4")
        assert player.call.stage is Stage.AGREE
        assert player.call.follow_up is not None
        assert player.call.follow_up.due == datetime.fromisoformat("2026-11-24T12:00-05:00")
        await player.note("/follow tue 9")
        assert "06:00 theirs, early for them" in player.text()
