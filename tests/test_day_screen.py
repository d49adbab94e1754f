"""The Day, as a supervisor plays it: what needs them, which cases of which days, in which order, and
all of it as the record changes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import CaseHandedOver, PromiseKept
from calmdesk.guide.filters import Filter, Sort
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, calls, follow_through, people, saved_filters, tending
from calmdesk.records.case_rows import PAGE
from calmdesk.records.day_rows import DayFigures, Figures
from calmdesk.records.store import Store
from calmdesk.screens.call import CallScreen
from calmdesk.screens.give_promise import GivePromise
from calmdesk.screens.order_menu import OrderMenu
from calmdesk.widgets.case_table import CaseTable
from calmdesk.widgets.figures_strip import FiguresStrip, whole_words
from tests.at_the_day import day, rows, to_day
from tests.filling import fill
from tests.player import SAM, Player, playing
from tests.telling import tell
from tests.test_promises import MINUTE, NOW, Before, elsewhere, open_lines, said
from tests.test_sizes import SIZES, assert_whole

LAPTOP_AND_MONITOR = [(80, 24), (120, 40)]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def on(player: Player, kind: type[Screen[Any]]) -> bool:
    """Whether a screen of a kind is on top."""
    return isinstance(player.app.screen, kind)


def words(player: Player) -> str:
    """What stands on the screen, however it is wrapped."""
    return " ".join(player.text().split())


def listed(player: Player) -> list[str]:
    """Who stands in the list, from the top, as far as it is in sight."""
    table = day(player).table
    found = [table.row(place) for place in range(table.count)]
    return [case.customer for case in found if case is not None]


async def type_in(player: Player, text: str) -> None:
    """Type letter by letter, each until all is quiet."""
    await player.write(text)


def a_full_day(home: Path, cases: int, seed: int) -> None:
    """Many cases of colleagues on this day."""
    before = Before(home)
    before.store.me = before.ana.id
    fill(before.store, Random(seed), cases, NOW - 10 * HOUR, NOW)
    before.store.me = before.me
    before.done()


def lived(
    store: Store,
    name: str,
    *happenings: h.Happening,
    ago: timedelta = HOUR,
    outcome: Outcome | None = Outcome.AGREED,
    number: str = "",
) -> tuple[str, str]:
    """A call some time ago, saved with an outcome, or still live. Returns its call and its case."""
    at = NOW - ago
    contact, case = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case, h.Answered(number), at)
    ends: list[h.Happening] = [h.CallEnded(), h.Finished(outcome)] if outcome else []
    for happening in (h.CallerNamed(name, number=number), *happenings, *ends):
        at += 20 * timedelta(seconds=1)
        calls.happen(store, contact, happening, at)
    return contact, case


def asks_for_help(store: Store, contact: str) -> None:
    """An agent asks for a supervisor in a live call."""
    calls.happen(store, contact, h.HelpAsked(), NOW)


def four_kinds(home: Path) -> None:
    """Ana asks for help in a call, hands a case over and is late with a promise; Sam left one hot."""
    before = Before(home)
    store = before.store
    lived(store, "Hot Harriet", h.HeatMarked(5), ago=3 * HOUR, outcome=Outcome.DECLINED)
    store.me = before.ana.id
    _, case = lived(store, "Handed Hans", ago=2 * HOUR, outcome=Outcome.HANDED_OVER)
    brief = CaseHandedOver("h1", before.me, SAM.name, "wants his money back")
    follow_through.happen(store, case, brief, NOW - HOUR)
    tell(store, NOW - 5 * HOUR, NOW - 30 * MINUTE, "send the proof", name="Late Lara", number="")
    contact, case = lived(store, "Helpless Helen", ago=5 * MINUTE, outcome=None)
    asks_for_help(store, contact)
    store.me = before.me
    before.done()


# -- what needs somebody --------------------------------------------------------------------------


@pytest.mark.parametrize("size", LAPTOP_AND_MONITOR, ids=named)
async def test_a_supervisor_sees_what_needs_them_and_acts_on_each_kind_by_one_key(
    size: tuple[int, int], tmp_path: Path
) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        assert rows(player, "Needs you", "and 1 more")
        assert rows(player, "! Helpless Helen", "Ana asks for help", "1 read")
        assert rows(player, "· Handed Hans", "Ana hands it to you", "2 take")
        assert rows(player, "! Late Lara", "promise late, Ana in a call", "30 min", "3 reassign")
        await player.press("1")
        assert screen.has_class("-reading")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Helpless Helen"
        await player.press("escape")
        assert not rows(player, "Helpless Helen", "1 read"), "Ana knows that somebody comes"
        await player.press("1")
        assert screen.work.whole.line.customer == "Handed Hans"
        assert said(player) == "It is yours now. u takes it back."
        await player.press("u", "escape")
        assert rows(player, "· Handed Hans", "Ana hands it to you", "1 take")
        await player.press("1")
        await player.press("escape", "1")
        assert on(player, GivePromise)
        await type_in(player, "Sam")
        await player.press("enter", "ctrl+s")
        assert open_lines(tmp_path)["Late Lara"].mine
        assert rows(player, "· Hot Harriet", "left hot", "1 ring")
        await player.press("1")
        assert on(player, CallScreen)
        assert player.call.caller.name == "Hot Harriet"


async def test_who_was_left_hot_the_working_day_before_is_found_in_the_morning(
    tmp_path: Path,
) -> None:
    store = elsewhere(tmp_path)
    lived(store, "Friday Fred", h.HeatMarked(5), ago=24 * HOUR, outcome=Outcome.DECLINED)
    lived(store, "Thursday Thea", h.HeatMarked(5), ago=48 * HOUR, outcome=Outcome.DECLINED)
    store.close()
    async with playing(tmp_path, size=(120, 40)) as player:
        await to_day(player)
        assert rows(player, "· Friday Fred", "left hot, not rung since", "1 ring")
        assert not rows(player, "Thursday Thea")
        await player.press("1")
        assert "I'm ringing to hear how things stand" in player.text()
        assert "promised" not in player.text(), "nobody told them of this call"


async def test_a_number_means_the_line_that_stood_there_as_it_was_reached_for(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    store = before.store
    lived(store, "Friday Fred", h.HeatMarked(5), ago=24 * HOUR, outcome=Outcome.DECLINED)
    store.me = before.ana.id
    contact, _ = lived(store, "Helpless Helen", ago=5 * MINUTE, outcome=None)
    before.done()
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await to_day(player)
        assert rows(player, "Friday Fred", "1 ring")
        await player.app.desk.ask(asks_for_help, contact)
        screen.top.show()
        await player.quiet()
        assert rows(player, "Helpless Helen", "1 read")
        await player.press("1")
        assert player.call.caller.name == "Friday Fred"
        await player.press("ctrl+g", "y", "1")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Helpless Helen"


async def test_what_is_seen_leaves_the_strip_and_comes_back(tmp_path: Path) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("n", "down", "s")
        assert not rows(player, "Handed Hans", "hands it to you")
        assert rows(player, "Hot Harriet", "3 ring"), "the next one moves up"
        assert said(player) == "Seen. u brings it back."
        await player.press("u")
        assert rows(player, "Handed Hans", "hands it to you", "2 take")
        await player.press("home", "r")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Helpless Helen"


async def test_a_number_means_nothing_when_what_stood_there_was_just_dealt_with(
    tmp_path: Path,
) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await to_day(player)
        await player.press("n", "s", "1")
        assert rows(player, "Handed Hans", "1 take"), "it was not meant, and was not taken"
        await player.press("1")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Handed Hans"


@pytest.mark.parametrize("size", [(48, 30), (80, 24)], ids=named)
async def test_those_behind_the_first_three_are_walked_to(
    size: tuple[int, int], tmp_path: Path
) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        await player.press("n", "down", "down")
        assert rows(player, "Needs you", "1-3 of 4")
        await player.press("down")
        assert rows(player, "Needs you", "2-4 of 4")
        assert rows(player, "Hot Harriet", "3 ring")
        assert not rows(player, "Helpless Helen", "read")
        await player.press("home")
        assert rows(player, "! Helpless Helen", "1 read")
        await player.press("escape")
        assert player.app.focused is screen.table, "from above the list to the list"
        await player.press("n", "end", "r")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Hot Harriet"


async def test_the_case_beside_the_list_is_the_marked_one_again_after_another_was_read(
    tmp_path: Path,
) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await to_day(player)
        await player.press("n", "end", "r")
        assert screen.work.whole is not None
        assert screen.work.whole.line.customer == "Hot Harriet"
        await player.press("escape")
        assert screen.table.marked is not None
        assert screen.table.marked.customer != "Hot Harriet"
        assert screen.work.whole.line.id == screen.table.marked.id


async def test_marked_lines_act_with_enter_as_by_their_number(tmp_path: Path) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("n", "down", "down", "enter")
        assert isinstance(player.app.screen, GivePromise)


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_nothing_needs_anybody_in_true_words(size: tuple[int, int], tmp_path: Path) -> None:
    before = Before(tmp_path)
    before.done()
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        assert rows(player, "Nothing needs you. No call yet.")
        assert rows(player, "No new case today yet. ctrl+n takes a call.")
        assert not screen.figures.display, "no figures of nothing"
        store = elsewhere(tmp_path)
        lived(store, "Dana Reyes", number="555 0101")
        lived(store, "Bo Lind", number="555 0102")
        store.close()
        screen.live.look()
        await player.quiet()
        assert "Nothing needs you. 2 calls, all promises on time." in words(player)
        assert screen.table.has_focus, "the list is there now"
        store = elsewhere(tmp_path)
        tell(store, NOW - HOUR, NOW - MINUTE, name="Late Lara", number="555 0103")
        store.close()
        screen.live.look()
        await player.quiet()
        assert "Nothing needs you. 3 calls, 1 promise late." in words(player)


async def test_another_day_shows_what_cannot_wait_alone(tmp_path: Path) -> None:
    four_kinds(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("left")
        assert rows(player, "! Helpless Helen", "Ana asks for help", "1 read")
        assert not rows(player, "Handed Hans", "hands it to you")
        await player.press("n", "s")
        assert not screen.needs.display
        assert not screen.check_action("need", (0,)), "no key to nowhere"
        await player.press("t")
        assert screen.needs.display


async def test_what_needs_somebody_leaves_room_for_the_list(tmp_path: Path) -> None:
    four_kinds(tmp_path)
    store = elsewhere(tmp_path)
    for number in range(12):
        lived(store, f"Caller {number}", ago=(number + 1) * 10 * MINUTE)
    tell(store, NOW - 4 * HOUR, NOW - HOUR, name="Later Lars", number="")
    store.close()
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        assert screen.table.region.height >= 8
        assert rows(player, "Late · 1", "Later Lars"), "its line still says how late"
        await player.press("l")
        assert rows(player, "! Later Lars", "1 h late"), "with the focus it shows them"


async def test_what_was_said_under_a_case_has_the_width_of_the_day_afterwards(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path)
    lived(before.store, "Ada Agreed", ago=HOUR)
    tending.build(before.store)
    before.done()
    async with playing(tmp_path, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await player.write("ada")
        await player.press("enter")
        needs = day(player).needs
        assert not needs.display, "the case is all there is, and the Day was never seen"
        await player.press("escape")
        assert rows(player, "Nothing needs you. 1 call")
        assert needs.region.height == 1


# -- which cases ----------------------------------------------------------------------------------


def assorted(home: Path) -> None:
    """Three cases of today and one of last Saturday."""
    before = Before(home)
    store = before.store
    lived(store, "Ada Agreed", h.HeatMarked(3), ago=HOUR)
    lived(store, "Hot Harriet", h.HeatMarked(5), ago=2 * HOUR, outcome=Outcome.DECLINED)
    lived(store, "Cy Closed", h.HeatMarked(2), ago=3 * HOUR, outcome=Outcome.INFORMATION)
    lived(store, "Old Olga", ago=7 * DAY)
    before.done()


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_a_filter_is_typed_with_a_live_count_and_taken_back(
    size: tuple[int, int], tmp_path: Path
) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert listed(player) == ["Hot Harriet", "Ada Agreed", "Cy Closed"]
        await player.press("slash")
        assert rows(player, "agent: status: outcome:"), "what can be typed"
        await type_in(player, "heat:h")
        assert rows(player, "heat: hot")
        assert rows(player, "3 cases")
        await player.press("tab")
        assert screen.filter_line.field.value == "heat:hot "
        assert rows(player, "/ heat:hot", "1 of 3 cases")
        assert listed(player) == ["Hot Harriet"]
        assert_whole(player)
        await player.press("left", "left", "right")
        assert screen.shown.one_day == player.app.place.wall().date(), "the arrows walk the line"
        await player.press("escape")
        assert listed(player) == ["Hot Harriet", "Ada Agreed", "Cy Closed"]
        assert not screen.filter_line.display
        assert screen.table.has_focus


@pytest.mark.parametrize("size", LAPTOP_AND_MONITOR, ids=named)
async def test_the_filter_in_force_is_in_sight_and_cleared_by_one_key(
    size: tuple[int, int], tmp_path: Path
) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "outcome:decl")
        await player.press("enter")
        assert rows(player, '/ outcome:"declined, reason given"', "1 of 3 cases", "x clears")
        assert screen.figures.figures is not None
        assert screen.figures.figures.now.cases == 1, "its figures are those of what is listed"
        assert rows(player, "Nothing needs you.") == [] or "3 calls" in player.text()
        await player.press("left")
        assert rows(player, "No new case on this day.")
        await player.press("t")
        assert listed(player) == ["Hot Harriet"], "it stays from day to day"
        await player.press("x")
        assert len(listed(player)) == 3
        await player.press("slash")
        await type_in(player, "agent:nobody")
        await player.press("enter")
        assert rows(player, "0 of 3 cases: nothing fits “agent:nobody”. x clears it")
        assert_whole(player)
        await player.press("x")
        assert len(listed(player)) == 3
        assert screen.table.has_focus


async def test_what_cannot_be_read_stays_as_it_was_typed(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "heat:warm")
        await player.press("enter")
        assert rows(player, "“warm” is not known; write hot, none or 1 to 5.")
        assert screen.filter_line.field.value == "heat:warm"
        assert screen.filter_line.field.has_focus
        assert len(listed(player)) == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("outcome:agreed but not heat:hot", "“but not” stands before all of it"),
        ("cost:50-100", "“50-100” is not known"),
        ("about:late delivery", "“delivery” is no filter"),
    ],
)
async def test_what_is_not_understood_leaves_the_list_as_it_was_and_counts_nothing(
    typed: str, told: str, tmp_path: Path
) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("slash")
        for letter in typed:
            screen.filter_line.field.insert_text_at_cursor(letter)
            await player.quiet()
        assert rows(player, told)
        assert rows(player, "/ ", "list as before")
        assert len(listed(player)) == 3
        assert not rows(player, "of 3 cases")
        assert rows(player, "3 cases, by risk")


async def test_while_a_filter_is_typed_the_figures_are_those_of_the_list(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "heat:hot")
        figures = screen.figures.figures
        assert figures is not None
        assert (figures.now.cases, [it.cases for it in figures.before]) == (1, [0])


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_a_filter_is_chosen_from_lists(size: tuple[int, int], tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        await player.press("f")
        assert_whole(player)
        assert "3 of 3 cases" in player.box()
        await player.press("down", "c")
        assert "◂ closed ▸" in player.box(), "a letter jumps"
        await player.press("delete", "down", "right")
        assert "◂ agreed ▸" in player.box()
        assert "1 of 3 cases" in player.box()
        await player.press("enter")
        assert screen.shown.words == "outcome:agreed"
        assert listed(player) == ["Ada Agreed"]
        await player.press("f", "escape")
        assert listed(player) == ["Ada Agreed"]


async def test_a_whole_name_in_a_filter_is_that_colleagues_alone(tmp_path: Path) -> None:
    before = Before(tmp_path)
    lived(before.store, "Own Olga")
    for name, caller in (("Sam Ortiz-Bell", "Bell Bea"), ("Samir Lee", "Lee Lou")):
        before.store.me = people.add_colleague(before.store, name, NOW).id
        lived(before.store, caller, ago=2 * HOUR)
    before.store.me = before.me
    before.done()
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("slash")
        await type_in(player, "agent:sam")
        assert "agent: sam ortiz, sam ortiz-bell, samir" in words(player)
        assert len(listed(player)) == 3, "how they begin"
        await type_in(player, "ir")
        assert listed(player) == ["Lee Lou"]
        await player.press("escape", "slash")
        await type_in(player, 'agent:"Sam Ortiz"')
        await player.press("enter")
        assert listed(player) == ["Own Olga"]
        await player.press("x", "f", "right", "right")
        assert "◂ Sam Ortiz ▸" in player.box()
        assert "1 of 3 cases" in player.box()


async def test_a_filter_is_kept_by_name_used_dropped_and_brought_back(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("v", "k")
        assert "No filter is in force" in player.box()
        await player.press("escape", "slash")
        await type_in(player, "heat:hot")
        await player.press("enter", "v", "k")
        await type_in(player, "the hot ones")
        await player.press("enter")
        assert "Kept as the hot ones." in player.box()
        await player.press("escape", "x")
        assert len(listed(player)) == 3
        await player.press("v", "enter")
        assert listed(player) == ["Hot Harriet"]
        await player.press("v", "delete")
        assert "kept no longer" in player.box()
        await player.press("u")
        assert "kept again" in player.box()
        await player.press("escape")
        assert screen.shown.words == "heat:hot"
    store = elsewhere(tmp_path)
    assert [(it.name, it.words) for it in saved_filters.saved(store)] == [
        ("the hot ones", "heat:hot")
    ]
    store.close()


# -- in which order -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", LAPTOP_AND_MONITOR, ids=named)
async def test_risk_comes_first_and_any_column_can(size: tuple[int, int], tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert rows(player, "3 cases, by risk")
        assert rows(player, "! ", "Hot Harriet", "left hot"), "the sign says why"
        await player.press("o")
        assert "by risk ▾" in player.box()
        await player.press("c")
        assert listed(player) == ["Ada Agreed", "Cy Closed", "Hot Harriet"]
        assert rows(player, "customer▾", "outcome")
        await player.press("o", "t")
        assert listed(player) == ["Ada Agreed", "Hot Harriet", "Cy Closed"]
        assert rows(player, "time▾")
        await player.press("o", "h")
        assert listed(player) == ["Hot Harriet", "Ada Agreed", "Cy Closed"]
        assert screen.table.sort is Sort.HEAT


async def test_more_than_a_month_stands_in_the_order_of_time_and_says_why(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("g")
        await type_in_box(player, "last 60 days")
        await player.press("enter")
        assert rows(player, "4 cases, by time")
        assert listed(player) == ["Ada Agreed", "Hot Harriet", "Cy Closed", "Old Olga"]
        await player.press("o")
        assert "More than 31 days stand in the order of time" in " ".join(player.box().split())
        await player.press("r")
        assert on(player, OrderMenu), "no letter chooses what cannot be had"
        await player.press("escape", "t")
        assert screen.shown.order is Sort.RISK, "what was wanted holds again"


# -- which days -----------------------------------------------------------------------------------


async def type_in_box(player: Player, text: str) -> None:
    """The first letter goes into the field of the box, and the rest with it."""
    await player.pilot.press(text[0])
    await player.quiet()
    await player.write(text[1:])


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_any_day_is_jumped_to_on_a_calendar(size: tuple[int, int], tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        await player.press("g")
        assert_whole(player)
        assert "November 2026" in player.box()
        assert "[21]" in player.box()
        await player.press("up")
        assert "Sat 14 Nov 2026" in player.box()
        await player.press("enter")
        assert "◂ Sat 14 Nov 2026 ▸" in player.text()
        assert listed(player) == ["Old Olga"]
        await player.press("g", "pageup", "home", "enter")
        assert screen.shown.one_day == player.app.place.wall().date()


async def test_days_are_typed_as_in_learn(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("g")
        await type_in_box(player, "10 nov - 20 nov")
        assert "Tue 10 Nov 2026 to Fri 20 Nov 2026, 11 days" in player.box()
        await player.press("enter")
        assert "Day  ◂ 10-20 Nov 2026 ▸" in player.text()
        assert rows(player, "14 Nov", "Old Olga"), "each says its day"
        await player.press("g")
        await type_in_box(player, "30 feb")
        assert "There is no 30 feb." in player.box(), "it says why before enter"
        await player.press("ctrl+u")
        await player.write("gibberish")
        await player.press("enter")
        assert "is no period" in " ".join(player.box().split())
        await player.press("escape")
        assert "10-20 Nov" in player.text()


async def test_what_comes_all_at_once_over_the_month_is_typed_with_its_blanks(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("g")
        for sign in "3 nov - 14 nov":
            player.app.post_message(events.Key("space" if sign == " " else sign, sign))
        await player.quiet()
        assert "Tue 3 Nov 2026 to Sat 14 Nov 2026" in player.box()


@pytest.mark.parametrize("width", [46, 78, 118])
def test_calls_of_a_whole_day_are_drawn_whole(width: int) -> None:
    busy = Figures(cases=9)
    strip = FiguresStrip("USD")
    calls = [1, *[0] * 8, 5, 9, 9, *[2] * 11, 4]
    rows = strip.drawn(DayFigures(busy, (), tuple(calls)), width)
    text = "\n".join(row.plain for row in rows)
    assert f"{sum(calls)} calls" in text
    assert "…" not in text


@pytest.mark.parametrize(
    ("width", "heat"),
    [
        (46, ["hot 3→0 (2→0)"]),
        (78, ["▃▆▃▂→█▅▂   hot 3→0 (2→0)"]),
        (118, ["▃▆▃▂ came hot 3, usually 2"]),
    ],
)
def test_calls_and_heat_are_drawn_beside_their_number_and_its_usual(
    width: int, heat: list[str]
) -> None:
    hours = [0] * 8 + [1, 2, 3, 1, 0, 2, 1, 1, 1] + [0] * 7
    usual = Figures(cases=7, heat_before=(0, 1, 4, 2, 0), heat_after=(3, 3, 1, 0, 0))
    busy = Figures(cases=9, heat_before=(0, 2, 4, 2, 1), heat_after=(5, 3, 1, 0, 0))
    day = DayFigures(busy, (usual, usual), tuple(hours), (7, 9))
    text = "\n".join(row.plain for row in FiguresStrip("USD").drawn(day, width))
    assert [it for it in ("12 calls (8)", *heat) if it not in text] == []
    assert "Calls: 12, usually 8, from 8 to 17 h" in whole_words(day)
    assert "Heat 1 to 5: 0 2 4 2 1, usually 0 1 4 2 0" in whole_words(day)
    assert "Left at 1 to 5: 5 3 1 0 0, usually 3 3 1 0 0" in whole_words(day)


def test_the_only_call_of_a_day_stands_apart_from_its_hour() -> None:
    hours = [0] * 5 + [1] + [0] * 18
    drawn = FiguresStrip("USD").drawn(DayFigures(Figures(cases=1), (), tuple(hours)), 118)
    assert drawn[2].plain.startswith("5 1 call 6 h ")


async def test_what_is_typed_fast_behind_a_key_that_edits_stays(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("slash")
        await player.write("heat:hot")
        for key in ("ctrl+u", "d", "x", "backspace", "a", "n", "home", "end", "a"):
            sign = key if len(key) == 1 else None
            player.app.post_message(events.Key(key, sign))
        await player.quiet()
        assert isinstance(player.app.focused, Input)
        assert player.app.focused.value == "dana"


async def test_a_day_becomes_its_week_its_month_and_a_day_again(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        await player.press("p")
        assert "Day  ◂ 16-22 Nov 2026 ▸" in player.text()
        assert rows(player, "3 cases")
        await player.press("left")
        assert "9-15 Nov 2026" in player.text()
        assert listed(player) == ["Old Olga"]
        await player.press("p")
        assert "Day  ◂ Nov 2026 ▸" in player.text()
        assert rows(player, "4 cases, by risk")
        await player.press("p")
        assert "◂ Sat 21 Nov 2026 ▸" in player.text()


# -- figures and pictures -------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_each_figure_stands_beside_the_last_such_weekdays(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    for week in range(1, 5):
        then = week * 7 * DAY
        lived(before.store, f"Calm {week}", ago=then + 3 * HOUR, outcome=Outcome.INFORMATION)
        cooled = h.HeatMarked(5), h.HeatMarked(2)
        lived(before.store, f"Hot {week}", *cooled, ago=then + 2 * HOUR)
        tell(before.store, NOW - then - 2 * HOUR, NOW - then - HOUR, name=f"Told {week}", number="")
    lived(before.store, "Ada Agreed", h.HeatMarked(4), ago=HOUR)
    lived(before.store, "Cy Cooled", h.HeatMarked(5), h.HeatMarked(3), ago=2 * HOUR)
    lived(before.store, "Dee Declined", ago=3 * HOUR, outcome=Outcome.DECLINED)
    told = tell(before.store, NOW - 2 * HOUR, NOW - HOUR, name="Kay Kept", number="")
    kept = PromiseKept(told.promise_id)
    follow_through.happen(before.store, told.case_id, kept, NOW - 90 * MINUTE)
    before.done()
    async with playing(tmp_path, size=size) as player:
        await to_day(player)
        assert_whole(player)
        wide = size[0] > 100
        heat = (
            ["came hot 2, usually 1", "left hot 1, usually 0", "rang again 0"]
            if wide
            else ["hot 2→1 (1→0)"]
        )
        figures = [
            "4 calls (3)",
            "4 cases, usually 3" if wide else "4 cases (usually 3)",
            "agreed 3 of 4, usually 2 of 2" if wide else "agreed 3 of 4 (2 of 2)",
            "kept 1 of 1, usually 0 of 1" if wide else "kept 1 of 1 (0 of 1)",
            "first call 4 of 4, usually 2 of 2" if wide else "first call 4 of 4 (2 of 2)",
            *heat,
        ]
        assert [it for it in figures if not rows(player, it)] == [], player.text()
        assert "%" not in player.text().replace("100%", ""), "none of fewer than twenty"


async def test_days_that_are_not_over_stand_beside_as_much_of_those_before(tmp_path: Path) -> None:
    before = Before(tmp_path)
    for week in range(1, 5):
        lived(before.store, "Early", ago=week * 7 * DAY + HOUR)
        lived(before.store, "Evening", ago=week * 7 * DAY - 5 * HOUR)
    lived(before.store, "Ada Agreed", ago=HOUR)
    before.done()
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_day(player)
        assert rows(player, "1 case (usually 1)")
        await player.press("p")
        assert rows(player, "1 case (usually 1)")
        await player.press("left")
        assert rows(player, "2 cases (usually 2)"), "a week that is over, beside whole ones"


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_one_key_draws_what_is_listed(size: tuple[int, int], tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "heat:hot")
        await player.press("enter", "c")
        assert_whole(player)
        assert "Heat over the day" in player.box()
        assert "heat:hot" in player.box()
        (level,) = [row for row in player.box().splitlines() if "5 threatening" in row][:1]
        assert level.count("1") >= 1, "one came threatening"
        await player.press("escape")
        assert day(player) is screen


# -- as the record changes ------------------------------------------------------------------------


async def until(pilot: Pilot[None], so: Callable[[], bool]) -> None:
    """Wait for what comes by itself."""
    for _ in range(200):
        if so():
            return
        await pilot.pause(0.05)
    raise AssertionError("it did not come")


async def test_what_is_written_elsewhere_stands_there_by_itself(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("down")
        assert screen.table.marked is not None
        marked = screen.table.marked.id
        store = elsewhere(tmp_path)
        lived(store, "Fresh Fritz", h.HeatMarked(5), ago=MINUTE, outcome=Outcome.DECLINED)
        store.close()
        await until(player.pilot, lambda: "4 cases" in player.text())
        await player.quiet()
        assert rows(player, "Fresh Fritz", "left hot")
        assert screen.table.marked.id == marked, "the cursor stays on its case"
        assert screen.table.cursor == 2


@pytest.mark.parametrize("sort", ["r", "t"])
async def test_the_cursor_keeps_its_case_deep_in_a_long_day(sort: str, tmp_path: Path) -> None:
    a_full_day(tmp_path, 400, seed=5)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("o", sort, "end", *["pageup"] * 7)
        table = screen.table
        assert table.marked is not None
        marked, at = table.marked.id, table.cursor - table.scroll_offset.y
        store = elsewhere(tmp_path)
        for number in range(3):
            lived(store, f"Fresh {number}", h.HeatMarked(5), ago=MINUTE, outcome=Outcome.DECLINED)
        store.close()
        screen.live.look()
        await player.quiet()
        assert table.count == 403
        assert table.marked is not None
        assert table.marked.id == marked
        assert table.cursor - table.scroll_offset.y == at, "and its place on the screen"


async def test_a_half_typed_filter_keeps_its_focus_while_somebody_writes(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "heat:hot outcome:dec")
        store = elsewhere(tmp_path)
        lived(store, "Fresh Fritz", h.HeatMarked(5), ago=MINUTE, outcome=Outcome.DECLINED)
        store.close()
        screen.live.look()
        await player.quiet()
        assert screen.filter_line.field.has_focus
        assert screen.filter_line.field.value == "heat:hot outcome:dec"
        assert listed(player) == ["Fresh Fritz", "Hot Harriet"], "and the list has gone on"


async def test_a_case_that_is_read_stays_while_it_leaves_the_list(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(120, 40)) as player:
        screen = await to_day(player)
        await player.press("slash")
        await type_in(player, "reviewed:no agent:sam")
        await player.press("enter", "enter")
        assert screen.work.whole is not None
        reading = screen.work.whole.line.id
        store = elsewhere(tmp_path)
        with store.transaction() as session:
            session.connection().exec_driver_sql(
                "UPDATE glance SET reviewed = 1 WHERE case_id = ?", (reading,)
            )
        store.close()
        screen.live.look()
        await player.quiet()
        assert rows(player, "2 of 3 cases")
        assert screen.work.whole.line.id == reading
        assert screen.case_view.has_focus


# -- much, and strange ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_a_day_of_five_thousand_cases_is_walked_to_its_end(
    size: tuple[int, int], tmp_path: Path
) -> None:
    a_full_day(tmp_path, 5000, seed=3)
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        assert rows(player, "5,000 cases")
        assert not rows(player, "…" * 1 + " " * 20), "the rows in sight are there"
        table = screen.table
        while table.cursor < PAGE // 2:
            await player.press("pagedown")
        assert table.row(PAGE) is not None, "the next page is there before it is in sight"
        await player.press("end")
        assert table.cursor == 4999
        assert table.marked is not None
        store = elsewhere(tmp_path)
        since, until_ = screen.shown.between(screen.shown.days, player.app.place.instant)
        order = browse.order(store, Filter(since, until_), Sort.RISK, player.clock.now())
        store.close()
        assert table.marked.place == order[-1]
        assert len(table._pages) <= 8


STRANGE = (
    "N" * 500,
    "👩‍👩‍👧 Family 🙂🙂🙂🙂",
    "محمد عبد الله بن سعيد الأنصاري",
    "דנה כהן 12 רמת גן",
    "佐藤由美佐藤由美佐藤由美",
    "[/b] O'Hara [urgent]",
    "e\u0301" * 40,
)


@pytest.mark.parametrize("size", SIZES, ids=named)
async def test_strange_names_keep_the_columns_in_order(
    size: tuple[int, int], tmp_path: Path
) -> None:
    before = Before(tmp_path)
    for number, name in enumerate(STRANGE):
        lived(
            before.store,
            name,
            h.HeatMarked(4),
            ago=(number + 1) * MINUTE,
            outcome=Outcome.DECLINED,
        )
    tell(before.store, NOW - HOUR, NOW - MINUTE, name=STRANGE[2], number="")
    before.done()
    async with playing(tmp_path, size=size) as player:
        screen = await to_day(player)
        assert_whole(player)
        for widget in (screen.table, screen.needs, screen.late):
            for y in range(widget.size.height):
                strip = widget.render_line(y)
                assert strip.cell_length == widget.width
                assert cell_len(strip.text) == widget.width
        table = screen.table
        drawn = [table.render_line(y).text for y in range(len(STRANGE))]
        ends = {cell_len(row[: row.index("4→4")]) for row in drawn if "4→4" in row}
        assert len(ends) == 1, "every heat stands under the other"


async def test_nobody_was_left_at_a_heat_while_they_are_on_the_line(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("/heat 5")
        await to_day(player)
        (row,) = rows(player, "Dana Reyes", "5→")
        assert "5→0" not in row
        assert "left hot" not in row
        await player.press("enter")
        assert player.text().count("5→") == 2, "in its row, and where it is read"
        assert "5→0" not in player.text()


async def test_a_case_is_read_and_left_again(tmp_path: Path) -> None:
    assorted(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        screen = await to_day(player)
        await player.press("down", "enter")
        assert screen.has_class("-reading")
        assert "Journal" in player.text()
        assert not screen.needs.display or screen.has_class("-wide")
        await player.press("escape")
        assert isinstance(player.app.focused, CaseTable)
        assert screen.needs.display
