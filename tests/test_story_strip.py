"""The story so far on a call, at the sizes of a terminal: the words they were told come first."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from calmdesk.guide.happenings import Promised
from calmdesk.records import follow_through, people
from calmdesk.records.store import Store
from calmdesk.screens.call import CallScreen
from tests.made_once import fresh
from tests.player import SAM, SATURDAY, ZONE, Player, playing
from tests.telling import tell
from tests.test_sizes import SIZES, assert_whole

NOW = SATURDAY.astimezone(UTC)
NUMBER = "+1 415 555 0134"
PROMISED = "fresh flyers arrive at the hall, with the new date"
TOLD = "the courier has them and rings an hour before he comes"


def a_story(home: Path, due_in: timedelta) -> None:
    """They were promised something yesterday, and told something since."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    told = tell(store, NOW - timedelta(days=1), NOW + due_in, PROMISED, number=NUMBER)
    said = Promised(store.new_id(NOW), TOLD, NOW + timedelta(days=3), feasible=True, how="by phone")
    follow_through.happen(store, told.case_id, said, NOW - timedelta(hours=2))
    store.close()


def strip(player: Player) -> list[str]:
    """What stands on the strip, row by row."""
    screen = player.app.screen
    assert isinstance(screen, CallScreen)
    region = screen.story.region
    return player.text().splitlines()[region.y : region.bottom]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_what_they_were_told_is_read_at_every_size(
    size: tuple[int, int], tmp_path: Path
) -> None:
    a_story(tmp_path, timedelta(hours=25))
    async with playing(tmp_path, size=size, call=NUMBER) as player:
        rows = strip(player)
        shown = " ".join(" ".join(row.split()) for row in rows)
        assert "Sun 22 Nov 15:02, in 1 day" in shown, "the told time is whole"
        assert "promised fresh flyers arrive at" in shown
        assert f"last told {TOLD}"[:40] in shown
        assert len(rows) <= (5 if size[0] < 60 else 3)
        if size[0] < 60:
            assert TOLD in shown, "two rows for the words"
        assert "f12" in player.text()
        assert_whole(player)


async def test_on_a_narrow_and_low_window_words_and_hour_share_a_row(tmp_path: Path) -> None:
    a_story(tmp_path, timedelta(hours=25))
    async with playing(tmp_path, size=(48, 24), call=NUMBER) as player:
        rows = strip(player)
        assert len(rows) == 3
        assert rows[1].rstrip().endswith("Sun 15:02, in 1 day")
        assert "promised fresh flyers" in rows[1]
        assert "last told the courier has them and rings" in rows[2]


async def test_on_a_narrow_window_a_late_one_still_leads_with_how_late(tmp_path: Path) -> None:
    a_story(tmp_path, timedelta(hours=-3))
    async with playing(tmp_path, size=(48, 30), call=NUMBER) as player:
        assert strip(player)[1].startswith(" ! 3 h late fresh flyers arrive")
