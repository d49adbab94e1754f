"""They are rung: the promise on top, reached or in vain, what arrived, and whether it held."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.guide.afterwards import PromiseKept
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import FollowUpResult, Reached
from calmdesk.guide.stages import Stage
from calmdesk.records import follow_through
from calmdesk.records.ids import seeded_ids
from calmdesk.widgets.agree_pane import AgreePane
from calmdesk.widgets.convey_pane import ConveyPane
from tests.made_once import whole_demo
from tests.player import SATURDAY, ZONE, Player, playing, running


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the record holds."""
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


async def promised(player: Player, line: str = "+ ring with the plate status +1h") -> None:
    """A call that ends with a promise, and its time has come."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, +1 415 555 0134")
    await player.note("$ wants her flyers fri")
    await player.note(line)
    await player.note("/wrap")
    await player.note("/outcome investigating")
    await player.press("ctrl+s")
    player.wind(3600 + 32 * 60)
    await player.tick()


async def agreed(player: Player) -> None:
    """A call that ends with an agreement, a remedy and a follow-up."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, +1 415 555 0134")
    await player.press("ctrl+r")
    await player.note("$ her flyers")
    await player.press("ctrl+r")
    await player.write("courier at our cost, 45")
    await player.press("enter")
    await player.note("/settle yes")
    await player.note("/follow +2h")
    await player.note("/agreed")
    await player.note("/wrap")
    await player.press("ctrl+s")
    player.wind(2 * 3600)
    await player.tick()


async def choose(player: Player, id: str, value: str) -> None:
    """Choose in a line of choices, with the keys."""
    line = player.screen.query_one(f"#{id}")
    player.screen.set_focus(line)
    values = [choice for choice, _ in line.choices]  # type: ignore[attr-defined]
    while values[line.mark] != value:  # type: ignore[attr-defined]
        await player.press("right")
    await player.press("enter")


async def reached(player: Player) -> None:
    """A promise whose time has come; they are rung for it, and reached."""
    await promised(player)
    await player.press("enter")
    await choose(player, "try", "reached")


async def test_enter_on_what_is_due_rings_with_the_promise_on_top(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await player.press("enter")
        assert player.call.stage is Stage.CONVEY
        assert player.call.caller.name == "Dana Reyes"
        assert player.call.caller.number == "+1 415 555 0134"
        shown = player.text()
        assert "! told: ring with the plate status · Sat 21 Nov 15:02, 32 min late" in shown
        assert "! promise missed" in shown
        first = player.screen.panel.first
        assert first is not None
        assert first.phrase.move == "Name the miss"


async def test_whoever_has_two_cases_is_rung_with_the_story_of_this_one(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("$ plates redone")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        await player.press("ctrl+s", "home", "enter")
        shown = player.text()
        assert "told: ring with the plate status" in shown
        assert "asked wants her flyers fri" in shown
        assert "plates redone" not in shown
        assert "f12" not in shown


async def test_beside_seven_stages_the_heat_is_whole(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await promised(player)
        await player.press("enter")
        stages, aim = player.text().splitlines()[1:3]
        assert stages.rstrip().endswith("heat ?")
        assert aim.rstrip().endswith("new offers")
        await player.note("/heat 4")
        await player.note("/heat 5 cold")
        stages = player.text().splitlines()[1]
        assert stages.rstrip().endswith("heat 5 cold"), "what it was has no room"


async def test_voicemail_is_an_attempt_and_moves_nothing_that_was_told(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        told = rows(tmp_path, "SELECT due_at, first_due_at FROM promise")
        await player.press("enter")
        await choose(player, "try", "voicemail")
        assert player.call.outcome is Outcome.NOT_REACHED
        assert player.call.stage is Stage.WRAP_UP
        assert "what they were told stays" in player.text()
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT result FROM attempt") == [("voicemail",)]
        assert rows(tmp_path, "SELECT due_at, first_due_at FROM promise") == told
        assert rows(tmp_path, "SELECT state, deferred_until IS NOT NULL FROM promise") == [
            ("open", 1)
        ]
        assert rows(tmp_path, 'SELECT status, outcome FROM "case"') == [
            ("investigating", "investigating")
        ]


async def test_reached_and_not_reached_are_not_saved_together_without_a_word(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await player.note("/wrap")
        await player.note("/outcome not reached")
        assert "You marked them as reached" in player.text()
        await player.press("ctrl+s")
        assert not player.call.finished
        assert player.screen.note_line.hint.startswith("You marked them as reached")
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT result FROM attempt") == [("no answer",)]


async def test_another_outcome_keeps_that_they_were_reached(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await player.note("/wrap")
        await player.note("/outcome not reached")
        await player.press("ctrl+s")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT result FROM attempt") == [("reached",)]


async def test_not_reached_where_nothing_was_chosen_counts_as_no_answer(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await player.press("enter")
        await player.note("/wrap")
        await player.note("/outcome not reached")
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT result FROM attempt") == [("no answer",)]


async def test_reached_and_agreed_anew_sets_a_new_instant_and_keeps_the_old(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        (before,) = rows(tmp_path, "SELECT due_at FROM promise")
        await player.press("enter")
        await choose(player, "try", "reached")
        await choose(player, "promise-now", "anew")
        await player.write("tue 15:00")
        assert "Tue 24 Nov 15:00, in 2 days" in player.text()
        await player.press("enter")
        assert not player.screen.header.missed
        due, first, missed = rows(
            tmp_path, "SELECT due_at, first_due_at, missed_once FROM promise"
        )[0]
        assert due.startswith("2026-11-24 20:00")
        assert (first,) == before
        assert missed == 1
        (entry,) = rows(tmp_path, "SELECT payload FROM event WHERE kind = 'promise reagreed'")
        assert '"due_before":"2026-11-21T20:02:00+00:00"' in entry[0]


async def test_a_new_time_stands_on_top_and_what_was_told_first_beside_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await choose(player, "promise-now", "anew")
        await player.write("tue 15:00")
        await player.press("enter")
        told = player.screen.query_one("#told", Static).visual
        anew = "told: ring with the plate status · Tue 24 Nov 15:00, in 2 days · 12:00 theirs"
        assert str(told) == f"{anew} (first told Sat 21 Nov 15:02)"
        await choose(player, "promise-now", "anew")
        player.screen.query_one("#anew", Input).value = "wed 9"
        await player.press("enter")
        again = str(player.screen.query_one("#told", Static).visual)
        assert (
            "Wed 25 Nov 09:00, in 3 days · 06:00 theirs, early for them (first told Sat 21 Nov 15:02)"
            in again
        )
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        assert str(player.screen.query_one("#told", Static).visual) == again, "after a restart"


async def test_a_call_that_agreed_on_a_new_time_proposes_to_go_on_finding_out(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await choose(player, "promise-now", "anew")
        await player.write("tue 15:00")
        await player.press("enter")
        await player.note("/wrap")
        assert "● investigating" in player.text()
        assert "Told them" not in player.text(), "a time that lies ahead was told just now"
        await player.press("ctrl+s")
        assert player.app.place.live is None
        assert rows(tmp_path, 'SELECT status, outcome FROM "case"') == [
            ("investigating", "investigating")
        ]
        assert rows(tmp_path, "SELECT count(*) FROM promise") == [(1,)]


@pytest.mark.parametrize("seen", [False, True], ids=["at-once", "a-second-later"])
async def test_who_was_told_a_time_that_lies_ahead_is_not_asked_for_another(
    tmp_path: Path, seen: bool
) -> None:
    async with playing(tmp_path) as player:
        await promised(player, "+ ring with the plate status +3h")
        await player.press("ctrl+g", "p", "home", "enter")
        await choose(player, "try", "reached")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        assert "Told them" not in player.text()
        player.wind(2 * 3600)
        if seen:
            await player.tick()
        await player.press("ctrl+s")
        assert "What they were told is over by now" in player.screen.note_line.hint
        assert "Told them" in player.text()
        await player.press("ctrl+s")
        assert player.app.place.live is None
        assert rows(tmp_path, "SELECT what FROM promise ORDER BY due_at") == [
            ("ring with the plate status",),
            ("ring back with what I found",),
        ]


async def test_a_call_joined_to_a_case_that_was_told_a_time_is_not_asked_for_another(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await promised(player, "+ ring with the plate status mon 15:00")
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        assert "Told them" in player.text(), "as far as is known it is another matter"
        await player.note("/same")
        assert "Told them" not in player.text()
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT count(*) FROM promise") == [(1,)]


async def test_a_new_time_that_cannot_be_read_or_is_over_changes_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await choose(player, "promise-now", "anew")
        await player.write("tomorow 25:00")
        await player.press("enter")
        assert "“tomorow 25:00” is no time to come" in player.text()
        assert rows(tmp_path, "SELECT due_at = first_due_at FROM promise") == [(1,)]
        field = player.screen.query_one("#anew")
        assert field.value == "tomorow 25:00"  # type: ignore[attr-defined]


async def test_a_promise_kept_after_its_time_is_late(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await choose(player, "promise-now", "kept")
        assert rows(tmp_path, "SELECT state, missed_once FROM promise") == [("late", 1)]
        assert not player.screen.header.missed


async def test_it_held_goes_straight_to_the_wrap_up(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player)
        await player.press("enter")
        assert player.call.stage is Stage.CONVEY
        assert player.call.back is not None
        await choose(player, "try", "reached")
        (offer,) = rows(tmp_path, "SELECT id FROM offer WHERE amount > 0")
        await choose(player, f"given-{offer[0]}", "yes")
        await choose(player, "held", "held")
        assert player.call.back.held is FollowUpResult.HELD
        await player.press("f4")
        assert "How did it end?" in player.text()
        await player.press("ctrl+s")
        assert rows(tmp_path, 'SELECT status, outcome FROM "case"') == [("closed", "it held")]
        assert rows(tmp_path, "SELECT received FROM offer WHERE amount > 0") == [("yes",)]
        assert rows(tmp_path, "SELECT state, result FROM follow_up") == [("kept", "held")]


async def test_a_remedy_that_did_not_arrive_opens_the_case_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreed(player)
        assert rows(tmp_path, 'SELECT status FROM "case"') == [("closed",)]
        await player.press("enter")
        await choose(player, "try", "reached")
        (offer,) = rows(tmp_path, "SELECT id FROM offer WHERE amount > 0")
        await choose(player, f"given-{offer[0]}", "no")
        assert "It is open again" in player.text()
        assert rows(tmp_path, 'SELECT status, told_at FROM "case"') == [("open", None)]
        await player.press("f4")
        assert player.call.stage is Stage.LISTEN, "they tell it"
        assert player.call.ref == rows(tmp_path, 'SELECT ref FROM "case"')[0][0]


async def test_a_call_that_was_never_rung_leaves_nothing_but_its_entry(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await player.press("enter")
        await choose(player, "try", "not rung")
        assert player.app.place.live is None
        assert rows(tmp_path, "SELECT count(*) FROM attempt") == [(0,)]
        assert rows(tmp_path, "SELECT state FROM contact ORDER BY answered_at") == [
            ("finished",),
            ("not rung",),
        ]
        assert "today 1 call" in player.text()
        assert rows(tmp_path, 'SELECT status FROM "case"') == [("investigating",)]


async def test_a_restart_opens_the_same_outgoing_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        assert player.call.stage is Stage.CONVEY
        assert player.call.back is not None
        assert player.call.back.reached is Reached.REACHED
        assert "told: ring with the plate status" in player.text()


async def test_a_rung_customer_can_make_a_new_agreement(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await player.press("ctrl+r")
        await player.write("reprint at our cost, 30")
        await player.press("enter")
        await player.note("/settle yes")
        await player.note("/agreed")
        assert player.screen.query_one(AgreePane).display
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert rows(tmp_path, 'SELECT outcome FROM "case"') == [("agreed",)]


async def test_every_size_shows_the_promise_and_whether_they_were_reached(tmp_path: Path) -> None:
    for size in ((48, 30), (80, 24), (120, 40)):
        async with playing(tmp_path / f"{size[0]}", size=size) as player:
            await promised(player)
            await player.press("enter")
            shown = player.text()
            assert "ring with the plate status" in shown
            assert "Reached?" in shown
            assert "no answer" in shown


async def test_where_it_is_narrow_nothing_stands_there_twice_and_all_of_it_is_in_sight(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        await promised(player)
        await player.press("enter")
        rows_shown = [row.strip() for row in player.text().splitlines()]
        told = rows_shown.index("! told: ring with the plate status")
        assert rows_shown[told + 1] == "Sat 21 Nov 15:02, 32 min late · 12:02 theirs"
        assert rows_shown[told + 2 : told + 4] == ["dial +1 415 555 0134", ""]
        assert player.text().count("Dana Reyes") == 1
        await choose(player, "try", "reached")
        await choose(player, "promise-now", "anew")
        await player.write("tue 15:00")
        assert player.text().count("Tue 24 Nov 15:00") == 1
        await player.press("enter")
        shown = player.text()
        assert shown.count("Tue 24 Nov 15:00") == 1, "on top, and not below its field as well"
        assert "(first told Sat 21 Nov 15:02)" in shown
        assert "kept [a new time] stays open" in shown
        assert "/wrap ends the call." in shown
        assert player.screen.query_one(ConveyPane).max_scroll_y == 0


async def test_however_long_it_is_the_promise_stands_on_top_when_the_call_begins() -> None:
    clock = HandClock(SATURDAY, ZONE)
    with demo_app(clock, "calm-dark", seeded_ids(11), whole_demo) as app:
        async with running(app, (48, 30), clock) as player:
            await player.press("ctrl+g", "p", "home", "enter")
            assert player.screen.query_one(ConveyPane).max_scroll_y > 0, "more than there is room"
            shown = player.text()
            assert "! told: ring with the driver's name and" in shown
            assert "kept  a new time  stays open" in shown, "the scrollbar takes one column"


async def test_a_try_again_that_is_over_holds_the_save_and_loses_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await player.press("enter")
        await choose(player, "try", "voicemail")
        again = player.screen.query_one("#again")
        player.screen.set_focus(again)
        again.value = "2026-11-21 09:00"  # type: ignore[attr-defined]
        await player.press("ctrl+s")
        assert "When do you try again?" in player.screen.note_line.hint
        again.value = "+2h"  # type: ignore[attr-defined]
        await player.press("ctrl+s")
        assert player.app.place.live is None
        assert rows(tmp_path, "SELECT state FROM contact ORDER BY answered_at") == [
            ("finished",),
            ("finished",),
        ]
        assert not (tmp_path / "not-kept.txt").exists()


async def test_a_call_that_we_made_is_never_made_part_of_another_case(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await promised(player)
        await promised(player, "+ send a proof +3h")
        await player.press("home", "enter")
        await player.press("f12")
        await player.note("/same")
        assert "this call stays with it" in player.screen.note_line.hint
        assert rows(tmp_path, "SELECT count(*) FROM \"case\" WHERE joined_to = ''") == [(2,)]


async def test_a_wrap_up_is_not_taken_up_over_a_live_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ K. Oduya")
        await player.note("/wrap")
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.press("ctrl+g", "d", "home", "enter")
        assert player.call.caller.name == "Dana Reyes"
        assert rows(tmp_path, "SELECT count(*) FROM contact WHERE state = 'live'") == [(1,)]


async def test_what_was_kept_elsewhere_meanwhile_loses_no_word_of_the_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        ((line_id, case_id),) = rows(tmp_path, "SELECT id, case_id FROM promise")
        kept = PromiseKept(line_id)
        await player.app.desk.ask(follow_through.happen, case_id, kept, player.clock.now())
        await choose(player, "promise-now", "kept")
        await player.note("she is glad")
        assert rows(tmp_path, "SELECT count(*) FROM note WHERE text = 'she is glad'") == [(1,)]
        assert not (tmp_path / "not-kept.txt").exists()
