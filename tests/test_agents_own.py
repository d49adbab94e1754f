"""What is the agent's own: their line, a breath, the minutes after. Nobody else ever sees it."""

import sqlite3
from pathlib import Path

import pytest
from textual.widgets import Input
from typer.testing import CliRunner

from calmdesk.commands import app
from calmdesk.guide.breath import USUAL_BREAK
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.pause import Pause
from tests.player import Player, playing

OWN = "breathe out first; it is not about me"


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


async def write_own_line(player: Player, words: str) -> None:
    """In the box that asks who is at this desk."""
    player.app.own_room.introduce()
    await player.quiet()
    await player.press("tab", "tab", "tab")
    assert player.app.focused is player.app.screen.query_one("#me-own", Input)
    await player.write(words)
    await player.press("ctrl+s")


async def finish(player: Player, outcome: str = "explained") -> None:
    await player.note(f"/outcome {outcome}")
    await player.note("/wrap")
    await player.press("ctrl+s")


# -- the own line -------------------------------------------------------------------------------


async def test_the_own_line_stands_on_the_desk_and_is_there_again_tomorrow(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        assert OWN not in player.text(), "nothing stands there that nobody wrote"
        await write_own_line(player, OWN)
        assert OWN in player.text()
    async with playing(tmp_path, clock=player.clock) as player:
        assert OWN in player.text()
        await player.press("ctrl+n")
        assert OWN not in player.text(), "it is for the minute before"


async def test_filling_in_the_contact_card_in_a_call_keeps_the_own_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await write_own_line(player, OWN)
        await player.press("ctrl+n")
        player.screen.ask_card()
        await player.quiet()
        await player.press("ctrl+s")
        assert player.app.place.me.own_line == OWN


@pytest.mark.parametrize("size", [(48, 30), (80, 24)], ids=str)
async def test_a_long_or_hostile_own_line_leaves_the_desk_usable(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await write_own_line(player, "calm [/b] \x1b[2J[urgent] " + "and slow " * 60)
        assert "calm [/b] [2J[urgent]" in player.text()
        ready = player.app.screen.query_one("#ready").region
        assert ready.height <= size[1] // 3
        assert "^n call" in player.text()


async def test_nothing_of_it_leaves_by_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(tmp_path) as player:
        await write_own_line(player, OWN)
        await player.press("ctrl+n", "f9", "f9")
        await player.note("/shaken")
        await finish(player)
        await player.press("enter")
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    ((ref,),) = rows(tmp_path, 'SELECT ref FROM "case"')
    printed = ""
    for words in (
        ["cases", "--from", "2026-11-01", "--format", "json"],
        ["cases", "--from", "2026-11-01", "--format", "csv"],
        ["cases", "--from", "2026-11-01"],
        ["show", str(ref)],
        ["show", str(ref), "--json"],
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        printed += done.stdout
    assert str(ref) in printed
    for private in (OWN, "shaken", "breathe", "pause"):
        assert private not in printed


# -- one breath ---------------------------------------------------------------------------------


async def test_f9_is_silence_and_f9_again_the_same_line_to_say(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        before = player.screen.panel.first
        assert before is not None
        await player.press("f9")
        assert before.line not in player.text()
        assert "breathe in" in player.text()
        for _ in range(4):
            await player.tick()
        assert "breathe out" in player.text()
        await player.press("f5")
        assert player.call.said == set(), "nothing is said while one breathes"
        await player.note("still typing")
        assert "breathe out" in player.text(), "a note does not break it off"
        await player.press("f9")
        assert player.screen.panel.first == before
    kinds = {kind for (kind,) in rows(tmp_path, "SELECT kind FROM event")}
    assert kinds == {"answered", "noted"}, "a breath is nobody's business"


# -- the minutes after --------------------------------------------------------------------------


async def test_a_usual_call_ends_on_the_desk(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await finish(player)
        assert isinstance(player.app.screen, DeskScreen)


@pytest.mark.parametrize("word", ["/shaken", "/break"])
async def test_after_a_hard_call_three_minutes_come_before_ready(word: str, tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note(word)
        await finish(player)
        assert isinstance(player.app.screen, Pause)
        assert "Ready" not in player.text()
        player.wind(USUAL_BREAK * 60 - 5)
        await player.tick()
        assert isinstance(player.app.screen, Pause)
        player.wind(5)
        await player.tick()
        assert isinstance(player.app.screen, DeskScreen), "it ends by itself"
    kinds = [kind for (kind,) in rows(tmp_path, "SELECT kind FROM moment")]
    assert kinds == [{"/shaken": "shaken", "/break": "break 3"}[word]], (
        "that the pause was taken is written nowhere"
    )


async def test_a_call_that_was_ended_after_a_warning_brings_the_pause_by_itself(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for _ in range(3):
            await player.note("/boundary")
            await player.press("f5")
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, Pause)
        await player.press("enter")
        assert isinstance(player.app.screen, DeskScreen), "enter skips it"
    assert rows(tmp_path, "SELECT kind FROM moment") == []


async def test_a_parked_call_still_brings_the_pause_when_it_is_finished(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/shaken")
        await player.note("/wrap")
        await player.press("ctrl+n")
        await finish(player)
        assert isinstance(player.app.screen, DeskScreen), "the call after it was a usual one"
        await player.press("enter")
        await finish(player)
        assert isinstance(player.app.screen, Pause)


async def test_the_next_call_goes_before_the_pause(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/shaken")
        await finish(player)
        await player.press("ctrl+n")
        assert player.call.answered_at <= player.clock.now()
        assert player.screen.call.stage == "listen"
        player.wind(USUAL_BREAK * 60)
        await player.tick()
        assert not isinstance(player.app.screen, Pause)
