"""What is late leads the Day of today, and its row in the list says so, through the pilot."""

from datetime import timedelta
from pathlib import Path

import pytest

from calmdesk.guide.afterwards import PromiseMissed
from calmdesk.guide.outcome import Outcome
from calmdesk.records import follow_through, people
from calmdesk.widgets.late_strip import LateStrip
from tests.at_the_day import rows, to_day
from tests.player import playing
from tests.telling import tell
from tests.test_promises import LATE, MINUTE, NOW, Before
from tests.test_sizes import SIZES, assert_whole


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_latest_three_lead_the_day_whoever_keeps_them(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    before.by_ana("Grace Mwangi", -119 * MINUTE, "send the proof")
    before.told("Dana Reyes", -40 * MINUTE, "ring back")
    before.told("K. Oduya", LATE - NOW)
    before.told("M. Lindqvist", -5 * MINUTE)
    before.told("Olena Kovalchuk", 60 * MINUTE)
    before.done()
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        assert len(rows(player, "Late · 1-3 of 4")) == 1
        text = player.text().splitlines()
        start = text.index(rows(player, "Late · 1-3 of 4")[0])
        for row, name, left in zip(
            text[start + 1 : start + 4],
            ("Grace Mwangi", "Dana Reyes", "K. Oduya"),
            ("1 h late", "40 min late", "32 min late"),
            strict=True,
        ):
            assert row.startswith(" ! "), row
            assert name in row
            assert left in row
        assert "send the pr" in text[start + 1]
        assert len(rows(player, "! 1 h late")) == 1, "its row in the list says it as well"
        assert len(rows(player, "! 5 min late")) == 1
        await player.press("l", "end")
        assert rows(player, "Late · 2-4 of 4", "enter reads it"), "the heading stays"
        assert not rows(player, "! Grace Mwangi")
        assert rows(player, "! M. Lindqvist")
        await player.press("home", "down", "enter")
        assert screen.has_class("-reading")
        assert_whole(player)
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Dana Reyes"
        await player.press("escape")
        assert screen.late.display


async def test_only_today_and_only_while_something_is_late(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.told("Dana Reyes", 2 * MINUTE)
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        assert not screen.late.display
        assert not rows(player, "late ones"), "no key to nowhere"
        assert rows(player, "Dana Reyes", "agreed")
        player.wind(180)
        await player.tick()
        player.wind(20)
        await player.tick()
        assert screen.query_one(LateStrip).display
        assert rows(player, "Dana Reyes", "! 1 min late"), "the list goes on with the clock"
        await player.press("left")
        assert not screen.late.display
        await player.press("t")
        assert screen.late.display


async def test_a_promise_of_an_earlier_day_leads_a_day_without_calls(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = tell(before.store, NOW - timedelta(days=2), NOW - timedelta(days=1), name="Dana Reyes")
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        assert rows(player, "! Dana Reyes", "1 day late")
        await player.press("l", "enter")
        assert screen.work.whole is not None
        assert screen.work.whole.line.id == told.case_id
        assert "Journal" in player.text()


async def test_what_nobody_keeps_any_more_says_so_behind_what_was_told(tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.by_ana("Dana Reyes", LATE - NOW)
    people.has_left(before.store, before.ana.id, NOW)
    before.done()
    async with playing(tmp_path, size=(120, 40)) as player:
        await to_day(player)
        assert rows(player, "! Dana Reyes", "ring them", "nobody's")


async def test_a_missed_promise_with_none_after_it_is_told_in_its_row(tmp_path: Path) -> None:
    before = Before(tmp_path)
    told = tell(before.store, NOW - 60 * MINUTE, LATE, outcome=Outcome.INVESTIGATING)
    missed = PromiseMissed(told.promise_id, "the press stood still")
    follow_through.happen(before.store, told.case_id, missed, NOW)
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        assert rows(player, "Dana Reyes", "! missed")
        assert not screen.late.display, "nothing is open any more"
