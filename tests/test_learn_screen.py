"""Learn, by hand: causes and their cases, changes and their proof, examples without names."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.actions import ActionState
from calmdesk.guide.periods import Days, Length, Period
from calmdesk.guide.stages import Stage
from calmdesk.records import browse, follow_through, people
from calmdesk.records.learn_rows import ActionLine
from calmdesk.records.reading import read_case
from calmdesk.records.store import Store
from calmdesk.screens.action_forms import ActionForm, CheckForm, DoneForm, OpenForm
from calmdesk.screens.day import DayScreen
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.form_screen import AS_LEFT
from calmdesk.screens.learn import LearnScreen
from calmdesk.screens.period_form import PeriodForm
from calmdesk.screens.question import Question
from calmdesk.words import one_line
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE, Player, playing
from tests.test_learning import case, given_remedy, opened
from tests.test_sizes import SIZES, assert_whole

DAY = timedelta(days=1)


def store_of(home: Path) -> Store:
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    return store


def filled(home: Path) -> None:
    """A month with causes: three are most of it."""
    store = store_of(home)
    for cause, count, cost in (
        ("carrier", 9, 100),
        ("equipment", 6, 9900),
        ("not_checked", 5, 0),
        ("no_update", 3, 0),
        ("supplier", 1, 0),
        ("", 4, 0),
    ):
        for place in range(count):
            remedy = given_remedy(cost) if cost else []
            case(store, cause, *remedy, at=SATURDAY - DAY * place)
    store.close()


def learn(player: Player) -> LearnScreen:
    screen = player.app.screen
    assert isinstance(screen, LearnScreen), screen
    return screen


def lines_with(player: Player, words: str) -> list[str]:
    return [line for line in player.text().splitlines() if words in line]


def stands(player: Player, screen: type[Screen[Any]]) -> bool:
    """Whether a screen of a kind is on top."""
    return isinstance(player.app.screen, screen)


async def put(player: Player, field: str, text: str) -> None:
    """Have a form's field hold a text, as if it were typed anew."""
    form = player.app.screen
    assert isinstance(form, ActionForm)
    form.field(field).value = text
    await player.quiet()


async def to_learn(player: Player) -> None:
    await player.press("ctrl+g", "l")


# -- causes -------------------------------------------------------------------------------------


async def test_causes_stand_in_order_with_what_they_add_up_to(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        shown = player.text()
        assert "Nov 2026" in shown
        assert "28 cases" in shown
        order = [
            "lost or late on the way",
            "a machine or tool failed",
            "left the house unchecked",
            "3 of 5 make 80 % of it",
            "no word while it took",
            "a supplier delivered late",
            "not looked for yet",
        ]
        body = shown.split("[c cases]")[1]
        assert [body.index(words) for words in order] == sorted(body.index(w) for w in order)
        assert "9" in lines_with(player, "lost or late on the way")[-1]
        assert "38 %" in lines_with(player, "lost or late on the way")[-1]
        assert "83 %" in lines_with(player, "left the house unchecked")[-1]
        assert "100 %" in lines_with(player, "a supplier delivered late")[-1]
        assert "█" in body


async def test_they_are_weighed_by_cost_minutes_and_repeat_calls(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("e")
        row = lines_with(player, "a machine or tool failed")[-1]
        assert "$594.00" in row
        assert "99 %" in row
        assert "left the house unchecked" not in player.text().split("[e cost]")[1]
        await player.press("m")
        assert "27 min" in lines_with(player, "lost or late on the way")[-1]
        await player.press("r")
        assert "Nothing to weigh by repeat calls in Nov 2026" in player.text()
        await player.press("c")
        assert "[c cases]" in player.text()


async def test_under_twenty_cases_there_is_no_percentage(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    for _ in range(19):
        case(store, "carrier", at=SATURDAY)
    store.close()
    async with playing(tmp_path) as player:
        await to_learn(player)
        assert "%" not in player.text()
        assert "19 of 20 cases that shares need: numbers only." in player.text()


async def test_left_and_right_change_the_period_and_p_its_length(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("left")
        assert "◂ Oct 2026 ▸" in player.text()
        assert "Nothing to weigh by cases in Oct 2026" in player.text()
        await player.press("right", "p")
        assert "◂ Oct-Dec 2026 ▸" in player.text()
        await player.press("p", "left")
        assert "◂ 2025 ▸" in player.text()
        await player.press("right", "p")
        period = learn(player).period
        assert isinstance(period, Period)
        assert period.length is Length.WEEK
        assert "◂ 16-22 Nov 2026 ▸" in player.text()


async def type_period(player: Player, words: str) -> None:
    """Type a period into its box, over what stands there."""
    player.app.screen.query_one("#period-typed", Input).value = ""
    await player.write(words)


async def test_any_period_is_typed_and_all_of_the_causes_follow(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    for days_ago, count in ((2, 4), (45, 3), (60, 1), (100, 2), (150, 1)):
        for _ in range(count):
            case(store, "carrier", at=SATURDAY - DAY * days_ago)
    case(store, "equipment", at=SATURDAY - DAY)
    store.close()
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("f")
        assert stands(player, PeriodForm)
        await type_period(player, "1 oct - 20 nov")
        assert "Thu 1 Oct 2026 to Fri 20 Nov 2026, 51 days" in player.text()
        await player.press("enter")
        assert "◂ 1 Oct-20 Nov 2026 ▸" in player.text()
        assert "8 cases" in player.text().splitlines()[0]
        assert "7" in lines_with(player, "lost or late on the way")[-1]
        assert "↑ above usual  lost or late on the way 7, usually 2" in player.text()
        await player.press("enter")
        assert "Cases  lost or late on the way · 1 Oct-20 Nov 2026" in player.text()
        assert "7 cases" in player.text()
        await player.press("escape", "left")
        assert "◂ 11 Aug-30 Sep 2026 ▸" in player.text()
        assert "3 cases" in player.text().splitlines()[0]
        await player.press("right", "right")
        assert "◂ 21 Nov 2026-10 Jan 2027 ▸" in player.text()
        assert "Nothing to weigh by cases in 21 Nov 2026-10 Jan 2027" in one_line(player.text())
        await player.press("left", "p")
        assert "◂ Oct 2026 ▸" in player.text()


async def test_a_period_that_is_not_read_loses_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("2", "f")
        await type_period(player, "[b]whenever")
        await player.press("enter")
        assert "“[b]whenever” is no period calmdesk can read; e.g. 1 oct - 20 nov" in player.text()
        assert player.app.screen.query_one("#period-typed", Input).value == "[b]whenever"
        await type_period(player, "1/10 - 20/11")
        await player.press("ctrl+s")
        assert "“1/10”: which is the month?" in player.text()
        await player.press("escape")
        assert "◂ Nov 2026 ▸" in player.text(), "escape changes nothing"
        await player.press("f")
        await type_period(player, "19 nov")
        await player.press("enter")
        assert learn(player).period == Days((SATURDAY - 2 * DAY).date(), 1)
        assert player.app.focused is learn(player).bars, "the causes are shown"
        assert "5 cases" in player.text().splitlines()[0]
        await player.press("right")
        assert "◂ 20 Nov 2026 ▸" in player.text()


async def test_no_period_is_shown_from_before_there_were_calls(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("f")
        await type_period(player, "1971")
        await player.press("enter", "left", "left")
        assert "◂ 1970 ▸" in player.text()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_period_is_typed_at_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=size) as player:
        await to_learn(player)
        assert "f from-to" in player.text(), "the key stands in the last lines"
        await player.press("f")
        assert "Which days? e.g. 1 oct - 20 nov, last 30 days" in boxed(player)
        await type_period(player, "20 dec 2025 to 20 jan")
        assert "20 dec 2025 to 20 jan" in boxed(player)
        assert "Sat 20 Dec 2025 to Tue 20 Jan 2026, 32 days" in boxed(player)
        await player.press("enter")
        assert_whole(player)
        assert "◂ 20 Dec 2025-20 Jan 2026 ▸" in player.text()


def boxed(player: Player) -> str:
    """What stands in a box, on one line."""
    return one_line(player.text().replace("│", " "))


async def test_a_cause_above_its_usual_leads(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    for months_ago, count in ((0, 5), (1, 2), (2, 2), (3, 1), (4, 3)):
        for _ in range(count):
            case(store, "carrier", at=SATURDAY - timedelta(days=32 * months_ago))
    store.close()
    async with playing(tmp_path) as player:
        await to_learn(player)
        assert "↑ above usual  lost or late on the way 5, usually 2" in player.text()
        await player.press("left")
        assert "above usual" not in player.text()


async def test_groups_are_one_level_higher_and_open_to_their_causes(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("g")
        assert "10" in lines_with(player, "partners")[-1]
        await player.press("enter")
        assert lines_with(player, "lost or late on the way")
        assert lines_with(player, "a supplier delivered late")
        assert not lines_with(player, "a machine or tool failed")
        await player.press("escape")
        assert lines_with(player, "machines and systems")
        await player.press("g")
        assert lines_with(player, "a machine or tool failed")


async def test_one_key_leads_from_a_cause_to_its_cases_and_one_back(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("down", "enter")
        day = player.app.screen
        assert isinstance(day, DayScreen)
        shown = player.text()
        assert "Cases  a machine or tool failed · Nov 2026" in shown
        assert "6 cases" in shown
        assert "16 Nov" in shown, "they are of more than one day"
        await player.press("enter", "escape", "escape")
        assert learn(player).bars.cursor == 1
        await player.press("home", "enter", "t")
        assert "Day  ◂ Sat 21 Nov 2026 ▸" in player.text()
        await player.press("escape")
        assert stands(player, DeskScreen)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_causes_cases_say_that_enter_reads_one_whatever_was_shown_before(
    size: tuple[int, int], tmp_path: Path
) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+g", "y", "enter")
        await to_learn(player)
        await player.press("enter")
        assert "⏎ read it" in player.text(), "a case was read"
        await player.press("enter")
        assert player.app.screen.has_class("-reading")
        await player.press("escape", "escape")
        await player.press("ctrl+g", "y", "right")
        assert "No new case on this day." in player.text()
        await player.press("left")
        assert "⏎ read it" in player.text(), "a day without calls was shown"


async def test_what_made_it_worse_leads_to_its_cases_too(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    lived = case(store, "carrier", h.Promised("p", "ring", SATURDAY - DAY / 2), at=SATURDAY - DAY)
    follow_through.happen(store, lived.case_id, f.PromiseMissed("p", "ill"), SATURDAY - DAY / 3)
    case(store, "carrier", at=SATURDAY)
    store.close()
    async with playing(tmp_path) as player:
        await to_learn(player)
        assert "in 1" in lines_with(player, "service made it worse")[0]
        await player.press("end", "enter")
        assert "Cases  service made it worse · Nov 2026" in player.text()
        assert "1 case" in player.text()


# -- actions ------------------------------------------------------------------------------------


def listed(player: Player) -> list[ActionLine]:
    return [row for row in learn(player).action_list.rows if not isinstance(row, str)]


async def test_an_action_lives_from_its_cause_to_its_close(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("a")
        assert stands(player, OpenForm)
        await player.write("two couriers")
        await player.press("enter")
        await player.write("dispatch")
        await player.press("enter")
        await player.write("fri 12:00")
        assert "lost or late on the way · by Fri 27 Nov 12:00, in 5 days" in player.text()
        await player.press("enter")
        (action,) = listed(player)
        assert (action.cause, action.owner) == ("carrier", "dispatch")
        assert "· under way two couriers" in player.text()

        await player.press("x")
        assert "! It cannot be closed before its effect was checked" in player.text()
        await player.press("d")
        assert stands(player, DoneForm)
        assert "30 days before and after · checked Mon 21 Dec 14:02, in 30 days" in player.text()
        await player.press("ctrl+s")
        assert "… done" in player.text()

        await player.press("v")
        assert stands(player, CheckForm)
        await player.write("fewer are lost")
        await player.press("enter")
        assert "Its check is due on Mon 21 Dec 2026" in player.text()
        assert "fewer are lost" in player.text(), "nothing typed is lost"
        await player.press("escape")

        player.wind(31 * 86400)
        await player.press("ctrl+g", "d", "ctrl+g", "l", "2")
        assert "? check due" in player.text()
        await player.press("v")
        await player.write("fewer are lost")
        await player.press("enter")
        assert "9 → 0, fell" in player.text()
        await player.press("enter")
        assert "fewer are lost" in player.text()
        await player.press("escape", "x")
        assert "✓ closed" in player.text()
        assert listed(player)[0].state(player.clock.now()) is ActionState.CLOSED


async def test_a_culprit_is_refused_and_every_word_stays(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("2", "n")
        for words in ("cour", "two couriers", "Sam Ortiz", "fri 12"):
            await player.write(words)
            await player.press("enter")
        form = player.app.screen
        assert isinstance(form, OpenForm)
        assert "never a culprit" in player.text()
        assert (form.text("cause"), form.text("change")) == (
            "lost or late on the way",
            "two couriers",
        )
        await put(player, "owner", "dispatch")
        await player.press("ctrl+s")
        assert listed(player)[0].owner == "dispatch"


async def test_bad_words_in_the_form_get_one_sentence(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("2", "n")
        await player.write("prom")
        assert "a promise nobody was reminded of" in player.text(), "causes as they are typed"
        await player.press("ctrl+s")
        assert "By when?" in player.text()
        await player.write("tomorow 25:00")
        await player.press("ctrl+s")
        assert "By when?" in player.text()
        form = player.app.screen
        assert isinstance(form, OpenForm)
        await put(player, "due", "fri 12")
        await player.press("ctrl+s")
        assert "What is to be changed?" in player.text()
        assert stands(player, OpenForm)


async def test_an_action_that_is_half_worded_waits_and_is_read_back_until_it_is_kept(
    tmp_path: Path,
) -> None:
    filled(tmp_path)
    async with playing(tmp_path, size=(100, 30)) as player:
        await to_learn(player)
        await player.press("a")
        await player.write("two couriers")
        await put(player, "due", "fri 12:00")
        await player.press("escape", "a")
        assert AS_LEFT in player.text()
        assert "lost or late on the way · by Fri 27 Nov 12:00, in 5 days" in player.text()
        await put(player, "owner", "dispatch")
        await player.press("ctrl+s")
        assert listed(player)[0].change == "two couriers"
        await player.press("n")
        assert AS_LEFT not in player.text(), "another action"


async def test_days_that_are_no_number_are_asked_for(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    opened(store, at=SATURDAY)
    store.close()
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("2", "d")
        form = player.app.screen
        assert isinstance(form, DoneForm)
        await put(player, "days", "many")
        await player.press("ctrl+s")
        assert "How many days before and after?" in player.text()
        await put(player, "days", "10")
        await put(player, "check", "mon 9")
        await player.press("ctrl+s")
        assert "The 10 days after it end on Tue 1 Dec 2026" in player.text()
        await put(player, "check", "2 dec 9:00")
        await player.press("ctrl+s")
        assert listed(player)[0].days == 10


async def test_an_overdue_action_says_so_and_is_worded_anew(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    opened(store, at=SATURDAY - 9 * DAY, due=SATURDAY - DAY)
    store.close()
    async with playing(tmp_path) as player:
        await to_learn(player)
        await player.press("2")
        assert "! overdue" in player.text()
        assert "1 day late" in player.text()
        await player.press("w")
        form = player.app.screen
        assert isinstance(form, OpenForm)
        await put(player, "due", "wed 12:00")
        await player.press("ctrl+s")
        assert "· under way" in player.text()


# -- examples -----------------------------------------------------------------------------------


async def test_an_example_is_read_without_its_names(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    lived = case(
        store,
        "carrier",
        h.CallerNamed("Mr [/b] O'Hara [urgent]", "Reyes [bold]", "+1 415 555 0134"),
        h.AskPut("flyers for Mr [/b] O'Hara [urgent] by fri"),
        h.CategoryChosen("late_delivery"),
        h.HeatMarked(4),
        *given_remedy(4500),
        h.HeatMarked(1),
        at=SATURDAY,
    )
    follow_through.happen(store, lived.case_id, f.ExampleMarked(True), SATURDAY)
    store.close()
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_learn(player)
        await player.press("3")
        assert "4→1" in player.text()
        assert "flyers for the customer by fri" in player.text()
        await player.press("enter")
        shown = player.text()
        assert "courier · $45.00 · yes" in shown
        assert "O'Hara" not in shown
        assert "Reyes" not in shown
        await player.press("escape")
        assert player.app.focused is learn(player).example_list
        await player.press("escape")
        assert stands(player, DeskScreen)


# -- in a call ----------------------------------------------------------------------------------


def pledges(home: Path) -> list[tuple[str]]:
    with sqlite3.connect(home / "calmdesk.db") as connection:
        rows = connection.execute("SELECT action_id FROM pledge").fetchall()
    connection.close()
    return rows


def may_pledge(player: Player) -> bool:
    """Whether a line that it will not recur may be suggested now."""
    return player.screen.suggesting.corrective_action


async def test_d11_without_an_action_nothing_is_pledged(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/pledge")
        assert "No change is under way for this: kept as a note" in player.text()
        assert player.screen.note_line.input.value == "", "the line is free again"
        assert [note.text for note in player.call.notes] == ["it will not happen again"]
        assert list(player.call.pledged) == []
        assert not may_pledge(player)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_d11_what_was_told_without_an_action_is_kept_as_a_note_and_no_pledge(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        await player.note("/pledge we check every  plate [twice]")
        shown = one_line(player.text())
        assert "No change is under way for this: kept as a note, not as a pledge." in shown
        assert "Say: I'm reporting this to the people who own that process." in shown
        assert "told we check every plate [twice]" in shown, "it stands among the notes"
        assert player.screen.note_line.input.value == "", "the line is free again"
        await player.note("they calm down")
        assert [note.text for note in player.call.notes][-1] == "they calm down"
        assert not player.call.promises, "nobody promised a time for it"
        assert pledges(tmp_path) == []
        case_id = player.call.case_id
        whole = await player.app.desk.look(browse.whole, case_id, player.clock.now())
        read = read_case(whole, player.app.place.wall, player.app.place.words(), "USD")
        told = "told that it will not happen again, while no change was under way: "
        assert f"{told}we check every plate [twice]" in "\n".join(line.words for line in read)
    async with playing(tmp_path) as player:
        assert list(player.call.pledged) == [], "nor after a restart"
        assert not may_pledge(player)


async def test_words_that_name_no_change_are_kept_where_others_fit(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    case(store, "carrier", h.CategoryChosen("late_delivery"), at=SATURDAY - DAY)
    opened(store, at=SATURDAY - DAY, change="two couriers for every van")
    store.close()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("# late delivery")
        await player.note("/pledge a third driver")
        assert "/pledge alone shows those that fit." in one_line(player.text())
        assert player.call.notes[-1].text == "a third driver"
        assert list(player.call.pledged) == []


async def test_d11_a_pledge_is_linked_to_an_open_action_and_only_then_suggested(
    tmp_path: Path,
) -> None:
    store = store_of(tmp_path)
    case(store, "carrier", h.CategoryChosen("late_delivery"), at=SATURDAY - DAY)
    opened(store, at=SATURDAY - DAY, change="two couriers for every van")
    opened(store, "a2", at=SATURDAY - DAY, cause="equipment", change="a spare plate")
    store.close()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("# late delivery")
        assert not may_pledge(player)
        await player.note("/pledge")
        assert stands(player, Question)
        assert "two couriers for every van · dispatch" in player.text()
        assert "a spare plate" not in player.text()
        await player.press("enter")
        assert list(player.call.pledged) == ["a1"]
        assert "linked: two couriers for every van (dispatch)" in player.text()
        assert may_pledge(player)
        assert pledges(tmp_path) == [("a1",)]
        await player.note("/pledge plate")
        assert list(player.call.pledged) == ["a1", "a2"]
    async with playing(tmp_path) as player:
        assert list(player.call.pledged) == ["a1", "a2"], "the journal keeps it"


async def test_a_pledge_that_is_said_is_the_known_causes_own(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    lived = case(store, "carrier", at=SATURDAY - DAY)
    opened(store, at=SATURDAY - DAY)
    store.close()
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        assert not may_pledge(player)
        player.screen.did(h.CaseJoined(lived.case_id, "CD-261120-AAAA"))
        await player.quiet()
        assert may_pledge(player)
        await player.screen.enter(Stage.AGREE)
        phrase = player.app.place.words().by_id["pledge-changing"]
        assert player.screen.actions.pledged_by(phrase) == [f.Pledged("a1", "another courier")]
        closing = player.app.place.words().by_id["will-report"]
        assert player.screen.actions.pledged_by(closing) == []


# -- everywhere ---------------------------------------------------------------------------------


async def test_on_an_empty_record_each_part_says_how_it_fills(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await to_learn(player)
        assert "A cause is noted on a case once it is known" in one_line(player.text())
        await player.press("enter", "g", "e", "a", "escape", "2")
        assert "No change is under way." in player.text()
        await player.press("enter", "d", "v", "x", "w", "3")
        assert "No case is marked as an example." in player.text()
        await player.press("enter")
        assert stands(player, LearnScreen)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_learn_is_whole_at_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    filled(tmp_path)
    store = store_of(tmp_path)
    opened(store, at=SATURDAY - 9 * DAY, due=SATURDAY - DAY, change="a long change " * 9)
    store.close()
    async with playing(tmp_path, size=size) as player:
        await to_learn(player)
        assert_whole(player)
        row = lines_with(player, "lost or late")[-1]
        assert "9" in row
        assert "38 %" in row
        await player.press("tab")
        assert_whole(player)
        assert "! overdue" in player.text()
        for key in ("enter", "escape", "n", "escape", "d", "escape", "v", "escape", "3"):
            await player.press(key)
            assert_whole(player)
        await player.press("shift+tab")
        assert player.app.focused is learn(player).action_list


async def test_a_store_that_fails_is_told_in_the_title(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_learn(player)
        with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
            connection.execute("ALTER TABLE factor RENAME TO gone")
        connection.close()
        await player.press("left")
        assert "cannot be used just now" in one_line(player.text())
        with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
            connection.execute("ALTER TABLE gone RENAME TO factor")
        connection.close()
        await player.press("right")
        assert "cannot be used" not in one_line(player.text())


async def test_learn_is_in_the_palette_and_leaves_a_call_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    async with playing(tmp_path) as player:
        titles = [it.title for it in player.app.get_system_commands(player.app.screen)]
        assert "Learn" in titles
        await player.press("ctrl+n")
        await to_learn(player)
        await player.press("escape")
        assert player.screen.call is player.call
