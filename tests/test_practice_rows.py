"""Rows of practices.md that no other file shows, each through the real app, by their numbers."""

import sqlite3
from pathlib import Path

import pytest
from sqlmodel import SQLModel
from textual.widgets import Input

from calmdesk.guide.outcome import Outcome, outcomes
from calmdesk.guide.stages import Stage
from calmdesk.records.people_rows import Me
from calmdesk.screens.box import Box
from calmdesk.screens.card import Card
from calmdesk.screens.promise import PromiseScreen
from calmdesk.screens.welcome import STAKES, Welcome
from calmdesk.widgets.acknowledge_pane import AcknowledgePane
from calmdesk.widgets.listening_line import ListeningLine
from tests.player import Player, playing

SIZES = [(48, 30), (80, 24), (120, 40)]


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def flat(player: Player) -> str:
    """What stands in the box, or on the screen, as one line: a long sentence may be on two."""
    shown = player.box() if isinstance(player.app.screen, Box) else player.text()
    return " ".join(shown.replace("│", " ").split())


# -- before and at the first ring -----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_s91_s104_the_stakes_are_told_once_to_somebody_new(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size, me=None) as player:
        assert STAKES in flat(player)
        assert isinstance(player.app.focused, Input), "and the name can be typed at once"
        await player.write("Ana Brandt")
        await player.press("ctrl+s")
        player.app.own_room.introduce()
        await player.quiet()
        assert isinstance(player.app.screen, Welcome)
        assert STAKES not in flat(player)
    async with playing(tmp_path, size=size, clock=player.clock) as player:
        assert STAKES not in flat(player), "nor at the next start"


async def test_s91_the_stakes_are_told_in_no_call(tmp_path: Path) -> None:
    async with playing(tmp_path, me=None) as player:
        await player.press("escape", "ctrl+n")
        await player.note("/card")
        assert isinstance(player.app.screen, Welcome), "the card is asked for where it is needed"
        assert STAKES not in flat(player)


async def test_s40_one_key_takes_a_call_wherever_one_is_and_asks_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", "y")
        await player.pilot.press("ctrl+n", *"flyers", "enter")
        await player.quiet()
        assert not isinstance(player.app.screen, Box)
        assert [note.text for note in player.call.notes] == ["flyers"], "typing goes on at once"


async def test_s41_how_long_and_how_much_stand_beside_the_name(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134, since 2016")
        await player.press("ctrl+l")
        player.app.screen.query_one("#who-value", Input).value = "48000"
        await player.press("ctrl+s")
        await player.note("$ flyers by friday")
        await player.note("/ring +2h")
        await player.note("/wrap")
        await player.press("ctrl+s")
        await player.app.action_take_call("+1 415 555 0134")
        await player.quiet()
        header = player.text().splitlines()[0]
        for known in ("Dana Reyes", "since 2016", "account $48,000.00", "2nd call"):
            assert known in header, header
        assert "investigating" in player.text(), "their open case"


# -- listening ------------------------------------------------------------------------------


async def test_s2_s95_nothing_has_to_be_filled_in_while_they_tell_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        assert not player.screen.panes.query(Input), "the note line is all there is"
        assert player.app.focused is player.screen.note_line.input
        await player.press("f2")
        assert player.call.stage is Stage.ACKNOWLEDGE, "and nothing holds it up"


async def test_s24_s25_listening_counts_up_with_quiet_marks_and_never_alarms(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        line = player.screen.query_one(ListeningLine)
        for seconds in (100, 140, 660):
            player.wind(seconds)
            await player.tick()
            assert "2:00" in line.render().plain
            assert "5:00" in line.render().plain
            assert {str(span.style) for span in line.render().spans} == {"$foreground"}
        assert "listening 15:0" in player.text()
        assert player.call.stage is Stage.LISTEN, "it ends by nothing but the agent's key"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_s19_each_stage_says_what_would_inflame_if_it_came_now(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        for later in ("reasons, questions, fixes", "data requests, offers", "offers", "paperwork"):
            assert f"leave for later: {later}" in player.text(), player.call.stage
            await player.press("f4")


async def test_s3_s96_being_heard_is_kept_and_can_be_all_there_was(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("nobody rang back, twice")
        await player.press("f2")
        assert player.screen.query(AcknowledgePane)
        player.wind(5)
        await player.press("f2")
        await player.note("/outcome explained")
        await player.note("/wrap")
        await player.press("ctrl+s")
    assert rows(tmp_path, "SELECT heard_at > told_at FROM contact") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM offer") == [(0,)]
    assert rows(tmp_path, 'SELECT status FROM "case"') == [("closed",)]


# -- clearing it up -------------------------------------------------------------------------


async def test_s52_s53_what_they_say_and_what_was_found_stand_apart_each_with_its_source(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("told today they ship mon")
        await player.note("! plate failed tue @production log")
        await player.note("! on the press since noon @dispatch")
        await player.press("f4", "f4")
        shown = player.text()
        facts = shown.index("Verified facts, with their source")
        says = shown.index("The customer says")
        assert facts < shown.index("production log") < says
        assert facts < shown.index("dispatch") < says
        assert says < shown.index("told today they ship mon")


# -- settling it ----------------------------------------------------------------------------


async def test_s11_s34_what_can_be_given_is_one_word_away(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        await player.press("ctrl+n")
        await player.note("/remedies")
        assert isinstance(player.app.screen, Card)
        shown = flat(player)
        for name in ("part refund", "full refund", "voucher", "delivery free", "none, explained"):
            assert name in shown, name
        assert "a better one" not in shown, "nobody is sold more until the firm wants it"
        await player.press("escape")
        await player.note("$ flyers by friday")
        await player.press("ctrl+r")
        assert "/remedies lists all" in flat(player)


async def test_s57_s58_a_promise_says_whether_it_can_be_done_and_who_was_asked(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("+ courier brings the flyers fri 9")
        for _ in range(4):
            await player.press("f4")
        assert "not checked" in player.text()
        assert "Can each be done?" in player.text()
        player.screen.query_one("#promises").focus()
        await player.press("down", "enter")
        assert isinstance(player.app.screen, PromiseScreen)
        player.app.screen.set_focus(player.app.screen.query_one("#promise-asked"))
        await player.write("dispatch, yes")
        await player.press("tab", "space", "ctrl+s")
        assert "can be done · asked dispatch, yes" in player.text()
        await player.note("/outcome agreed")
        await player.note("/wrap")
        await player.press("ctrl+s")
    assert rows(tmp_path, "SELECT feasible, asked FROM promise") == [(1, "dispatch, yes")]


async def test_s29_s64_the_steps_are_listed_and_read_aloud_with_their_times(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        await player.press("ctrl+n")
        await player.note("= courier at our cost, 45")
        await player.note("+ courier brings the flyers fri 9")
        await player.note("+ ring with tracking thu 12:00")
        for _ in range(4):
            await player.press("f4")
        shown = player.text()
        assert "1  courier brings the flyers  Fri 27 Nov 09:00" in shown
        assert "2  ring with tracking  Thu 26 Nov 12:00" in shown
        aloud = player.screen.query_one("#readback").text  # type: ignore[attr-defined]
        assert "Courier brings the flyers: Friday 27 November at 9:00." in aloud
        assert "Ring with tracking: Thursday 26 November at 12:00." in aloud
        assert aloud.endswith("Is that right?")


async def test_s82_the_way_out_of_a_pressed_answer_forces_a_date(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for undated in ("/ring", "/ring soonish"):
            await player.note(undated)
            assert player.call.promises == []
            assert player.call.outcome is None
            assert "/ring thu 12:00" in player.text()
            await player.press(*["backspace"] * len(undated))
        await player.note("/ring thu 12:00")
        assert [promise.due is not None for promise in player.call.promises] == [True]


# -- the contact card -----------------------------------------------------------------------


async def test_s8_the_card_is_one_word_away_and_counts_as_given(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/card")
        assert isinstance(player.app.screen, Card)
        assert "555 0100" in player.text()
        assert "sam@printco.example" in player.text()
        await player.press("escape")
        assert (player.call.card.line, player.call.card.mail) == (True, True)


async def test_s9_a_card_is_whole_only_with_a_direct_number_and_a_mail(tmp_path: Path) -> None:
    async with playing(tmp_path, me=Me("", "Sam Ortiz", "", "")) as player:
        player.app.own_room.introduce()
        await player.quiet()
        line = player.app.screen.query_one("#me-line", Input)
        line.value = "555 0100 ext 12"
        await player.press("ctrl+s")
        assert "without an extension" in flat(player)
        assert line.value == "555 0100 ext 12", "what was typed is still there"
        line.value = "555 0100"
        await player.press("ctrl+s")
        assert player.app.place.me.direct_line == "555 0100"
        await player.press("ctrl+n")
        await player.note("/card")
        await player.press("escape")
        assert (player.call.card.line, player.call.card.mail) == (True, False), "no mail was given"


# -- afterwards -----------------------------------------------------------------------------


def test_s1_that_somebody_speaks_for_us_can_be_kept_and_is_proposed_by_nothing() -> None:
    assert Outcome.SPEAKS_FOR_US in outcomes(callback=True)
    assert Outcome.SPEAKS_FOR_US not in outcomes(callback=False)


async def test_s1_an_advocate_is_found_when_they_are_rung_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("= courier at our cost, 45")
        await player.note("/settle yes")
        await player.note("/follow +2h")
        await player.note("/agreed")
        await player.note("/wrap")
        await player.press("ctrl+s")
        player.wind(2 * 3600)
        await player.tick()
        await player.press("enter")
        assert player.call.stage is Stage.CONVEY
        await player.note("/outcome speaks")
        await player.note("/wrap")
        await player.press("ctrl+s")
    assert rows(tmp_path, 'SELECT status, outcome FROM "case"') == [("closed", "speaks for us")]


@pytest.mark.parametrize("table", ["promise", "follow_up"])
def test_d14_every_promise_and_every_follow_up_has_exactly_one_owner(table: str) -> None:
    columns = SQLModel.metadata.tables[table].columns
    owners = [column for column in columns if column.name.startswith("owner")]
    assert [column.name for column in owners] == ["owner_id"]
    assert not owners[0].nullable
