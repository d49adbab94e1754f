"""The Day beside the clock: calls about something old, midnight, a promise that grows late; a filter
within what another screen had listed, and one that is left half typed."""

from datetime import timedelta
from pathlib import Path

import pytest

from calmdesk.clock import HandClock
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.outcome import Outcome
from calmdesk.records import calls, follow_through, tending
from calmdesk.records.store import Store
from calmdesk.screens.day import DayScreen
from calmdesk.widgets.filter_line import FilterLine
from tests.at_the_day import rows, to_day
from tests.player import SATURDAY, ZONE, Player, playing
from tests.telling import tell
from tests.test_day_screen import (
    DAY,
    HOUR,
    asks_for_help,
    assorted,
    listed,
    lived,
    type_in,
    words,
)
from tests.test_promises import MINUTE, NOW, Before, elsewhere
from tests.test_sizes import SIZES, assert_whole

LATE_IN_THE_EVENING = SATURDAY.replace(hour=23, minute=59)


def rang_again(store: Store, case_id: str, ago: timedelta) -> None:
    """They rang about a case that was there."""
    at = NOW - ago
    contact = store.new_id(at)
    calls.answer(store, contact, store.new_id(at), h.Answered(""), at)
    ends = (h.CaseJoined(case_id, "CD"), h.CallEnded(), h.Finished(Outcome.AGREED))
    for happening in ends:
        calls.happen(store, contact, happening, at + MINUTE)


async def seen(player: Player, screen: DayScreen) -> None:
    """Let the Day see what was written, and how late it is."""
    await player.tick()
    screen.live.look()
    await player.quiet()


# -- calls ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_day_on_which_all_rang_about_something_old_had_calls(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    for number in range(2):
        _, case = lived(before.store, f"Old {number}", ago=2 * DAY)
        rang_again(before.store, case, (number + 1) * HOUR)
    before.done()
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        assert "Nothing needs you. 2 calls on earlier cases" in words(player)
        assert "No new case today yet. ctrl+n takes a call." in words(player)
        figures = screen.figures.figures
        assert figures is not None
        assert figures.now.cases == 0
        assert {hour: count for hour, count in enumerate(figures.hours) if count} == {12: 1, 13: 1}
        assert screen.figures.display, "their hours are in sight"
        await player.press("left", "left")
        figures = screen.figures.figures
        assert figures is not None
        assert sum(figures.hours) == 2, "the day on which they rang first"
        assert len(listed(player)) == 2


async def test_cases_without_a_call_are_told_as_such(tmp_path: Path) -> None:
    before = Before(tmp_path)
    contact, _ = lived(before.store, "Ada Agreed")
    with before.store.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE contact SET direction = 'out' WHERE id = ?", (contact,)
        )
    before.done()
    async with playing(tmp_path) as player:
        await to_day(player)
        assert "Nothing needs you. 1 case without a call, all promises" in words(player)


# -- midnight -------------------------------------------------------------------------------------


async def test_after_midnight_the_day_is_the_new_one(tmp_path: Path) -> None:
    assorted(tmp_path)
    clock = HandClock(LATE_IN_THE_EVENING, ZONE)
    async with playing(tmp_path, clock=clock) as player:
        screen = await to_day(player)
        assert "Sat 21 Nov 2026" in player.text()
        assert len(listed(player)) == 3
        player.wind(120)
        await player.tick()
        assert "Sun 22 Nov 2026" in player.text()
        assert listed(player) == []
        assert rows(player, "left hot, not rung since"), "the evening before is not forgotten"
        assert not screen.check_action("today", ()), "it is today"


async def test_whoever_reads_a_case_at_midnight_goes_on_reading(tmp_path: Path) -> None:
    assorted(tmp_path)
    clock = HandClock(LATE_IN_THE_EVENING, ZONE)
    async with playing(tmp_path, clock=clock) as player:
        screen = await to_day(player)
        await player.press("enter")
        player.wind(120)
        await player.tick()
        assert screen.has_class("-reading")
        assert "Sat 21 Nov 2026" in player.text()
        await player.press("escape")
        await player.tick()
        assert "Sun 22 Nov 2026" in player.text()


async def test_whoever_types_a_filter_at_midnight_goes_on_typing(tmp_path: Path) -> None:
    assorted(tmp_path)
    clock = HandClock(LATE_IN_THE_EVENING, ZONE)
    async with playing(tmp_path, clock=clock) as player:
        await to_day(player)
        await player.press("slash")
        player.wind(120)
        await type_in(player, "heat:hot")
        await player.tick()
        assert listed(player) == ["Hot Harriet"]
        assert "Sat 21 Nov 2026" in player.text()
        await player.press("escape")
        await player.tick()
        assert "Sun 22 Nov 2026" in player.text()


async def test_another_day_stays_where_it_is_at_midnight(tmp_path: Path) -> None:
    assorted(tmp_path)
    clock = HandClock(LATE_IN_THE_EVENING, ZONE)
    async with playing(tmp_path, clock=clock) as player:
        screen = await to_day(player)
        await player.press("left")
        player.wind(120)
        await player.tick()
        assert "Fri 20 Nov 2026" in player.text()
        await player.press("right")
        player.wind(2)
        await player.tick()
        assert "Sat 21 Nov 2026" in player.text(), "yesterday was asked for"
        assert screen.check_action("today", ())


# -- what needs somebody now ----------------------------------------------------------------------


@pytest.mark.parametrize("elsewhere_", ["day", "week", "list"])
async def test_a_call_for_help_stands_on_the_day_whatever_is_shown(
    elsewhere_: str, tmp_path: Path
) -> None:
    before = Before(tmp_path)
    lived(before.store, "Hot Harriet", h.HeatMarked(5), outcome=Outcome.DECLINED)
    before.store.me = before.ana.id
    contact, _ = lived(before.store, "Helpless Helen", ago=5 * MINUTE, outcome=None)
    before.store.me = before.me
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        if elsewhere_ == "list":
            screen.list_cases(Filter(status="closed"), "closed · all days")
            await player.quiet()
        else:
            await player.press("left" if elsewhere_ == "day" else "p")
        assert not screen.needs.display
        store = elsewhere(tmp_path)
        store.me = before.ana.id
        asks_for_help(store, contact)
        store.close()
        await seen(player, screen)
        assert rows(player, "! Helpless Helen", "Ana asks for help", "1 read")
        assert not rows(player, "not rung since"), "what can wait stands on today alone"
        await player.press("1")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Helpless Helen"


# -- by the clock ---------------------------------------------------------------------------------


async def test_a_promise_that_grows_late_moves_up_without_anybody_writing(tmp_path: Path) -> None:
    before = Before(tmp_path)
    tell(before.store, NOW - 3 * HOUR, NOW + 5 * MINUTE, name="Soon Sue", number="")
    lived(before.store, "Ada Agreed")
    tending.build(before.store)  # nothing is left to write while nobody waits
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        await seen(player, screen)
        assert listed(player) == ["Ada Agreed", "Soon Sue"]
        player.wind(6 * 60)
        await seen(player, screen)
        assert listed(player) == ["Soon Sue", "Ada Agreed"]


async def test_a_list_of_late_ones_grows_by_the_clock_in_any_order(tmp_path: Path) -> None:
    before = Before(tmp_path)
    tell(before.store, NOW - 3 * HOUR, NOW + 5 * MINUTE, name="Soon Sue", number="")
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        await player.press("o", "t", "slash")
        await type_in(player, "promise:late")
        await player.press("enter")
        assert listed(player) == []
        player.wind(6 * 60)
        await seen(player, screen)
        assert listed(player) == ["Soon Sue"]


# -- filters --------------------------------------------------------------------------------------


async def test_all_but_within_a_list_of_learn_stays_within_it(tmp_path: Path) -> None:
    before = Before(tmp_path)
    for name, cause in (("Cal One", "carrier"), ("Cal Two", "carrier"), ("Eve", "equipment")):
        _, case = lived(before.store, name, h.HeatMarked(5 if name == "Cal One" else 2))
        follow_through.happen(before.store, case, f.CauseFound(cause), NOW)
    before.done()
    async with playing(tmp_path) as player:
        screen = await to_day(player)
        since, until = NOW - DAY, NOW + DAY
        screen.list_cases(Filter(since, until, cause="carrier"), "carrier · November")
        await player.quiet()
        assert sorted(listed(player)) == ["Cal One", "Cal Two"]
        await player.press("slash")
        await type_in(player, "but not heat:hot")
        await player.press("enter")
        assert listed(player) == ["Cal Two"]
        assert rows(player, "1 of 2 cases")
        await player.press("slash")
        screen.filter_line.field.value = "cause:equipment"
        await player.press("enter")
        assert listed(player) == []
        assert rows(player, "0 of 2 cases")


async def half_typed(player: Player) -> FilterLine:
    """A filter is in force; another one is half typed, and the list clicked."""
    screen = await to_day(player)
    await player.press("slash")
    await type_in(player, "agent:sam")
    await player.press("enter", "slash")
    await type_in(player, "heat:hot")
    await player.pilot.click(screen.table)
    await player.quiet()
    line = screen.filter_line
    assert line.typing
    assert not line.field.has_focus
    return line


async def test_escape_brings_back_what_was_there_after_a_click_beside_the_line(
    tmp_path: Path,
) -> None:
    assorted(tmp_path)
    async with playing(tmp_path) as player:
        line = await half_typed(player)
        assert listed(player) == ["Hot Harriet"]
        await player.press("slash", "escape")
        assert line.words == "agent:sam"
        assert len(listed(player)) == 3


async def test_what_was_cleared_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path) as player:
        line = await half_typed(player)
        await player.press("x")
        assert not line.typing
        await player.press("slash", "escape")
        assert line.words == ""
        assert len(listed(player)) == 3
