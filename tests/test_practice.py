"""A practice call through the real screen: a caller who answers, a debrief, and nothing kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import OptionList
from typer.testing import CliRunner

from calmdesk.clock import HandClock
from calmdesk.commands import app as commands
from calmdesk.errors import CalmdeskError
from calmdesk.guide.practice import reading
from calmdesk.guide.practice.ending import Ending
from calmdesk.guide.stages import STAGES, Stage
from calmdesk.paths import Places
from calmdesk.practice import Practice, practice_app
from calmdesk.records.store import Store
from calmdesk.screens.briefing import Briefing
from calmdesk.screens.debrief import DebriefScreen
from calmdesk.screens.practice import PracticeCall
from calmdesk.screens.practice_desk import PracticeDesk
from calmdesk.settings import Settings
from tests.player import SATURDAY, ZONE, Player, running
from tests.test_sizes import SIZES, assert_whole

SCENARIOS = reading.load()


@asynccontextmanager
async def practising(
    home: Path, name: str = "", size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Player]:
    """Practice with the agent's own calmdesk in `home`; a name is briefed at once."""
    clock = HandClock(SATURDAY, ZONE)
    own = Places.within(home)
    first = reading.choose(SCENARIOS, name) if name else None
    with practice_app(own, SCENARIOS, first, Settings(), clock) as rehearsal:
        async with running(rehearsal, size, clock) as player:
            yield player


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte by byte."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def assert_on(player: Player, kind: type[Screen[Any]]) -> None:
    """Some screen is shown."""
    assert isinstance(player.app.screen, kind), player.app.screen


def on_the_line(player: Player) -> PracticeCall:
    screen = player.app.screen
    assert isinstance(screen, PracticeCall), screen
    return screen


async def listen(player: Player) -> None:
    """Hear them out, and one breath more."""
    screen = on_the_line(player)
    player.wind(screen.play.caller.story_ends - screen.second() + 1)
    await player.tick()


async def answered(player: Player) -> None:
    """Let them end what they are saying."""
    screen = on_the_line(player)
    player.wind(max(0.0, screen.play.caller.speech.until - screen.second()) + 1)
    await player.tick()


async def test_a_whole_practice_call_from_the_list_to_the_debrief(tmp_path: Path) -> None:
    async with practising(tmp_path) as player:
        assert_on(player, PracticeDesk)
        assert "Flyers for Friday" in player.text()
        await player.press("enter")
        assert_on(player, Briefing)
        assert "You can give" in player.text()
        assert "$60.00" in player.text()
        await player.press("enter")
        screen = on_the_line(player)
        assert "mock call" in player.text()
        await player.press("ctrl+t", "4")
        await player.note("flyers due today, told they ship mon")
        player.wind(16)
        await player.tick()
        assert "Marta is speaking" in player.text()
        await player.note("$ flyers in hand fri morning")
        await listen(player)
        assert "Marta waits" in player.text()
        await player.press("f2")
        player.wind(2)
        await player.press("f2")
        assert player.call.stage is Stage.CLARIFY
        assert screen.play.caller.heard_at is not None
        await answered(player)
        assert "Thank you. That's it." in player.text()
        await player.note('" What would put this right for you?')
        await answered(player)
        assert "Friday morning" in player.text()
        await player.note("= courier at our cost, fri 9, 45")
        await answered(player)
        await player.note("+ ring with tracking thu 12:00")
        await answered(player)
        assert "I can breathe again" in player.text() or screen.play.caller.agreed is not None
        await player.note("/heat 2")
        await player.note("/settle yes")
        await player.note("/agreed")
        await player.note("/wrap")
        assert "is gone" in player.text()
        await player.press("ctrl+s")
        shown = player.text()
        assert "✓ They said that settles it." in shown
        assert "They were not interrupted." in shown
        assert "5 threatening" in shown
        assert "●" in shown
        assert "Your estimate" in shown
        assert "^n" not in shown.splitlines()[-1], "no other call from here"
        await player.press("a")
        assert isinstance(player.app, Practice)
        assert player.app.next == "late-flyers"


async def test_nothing_of_it_enters_the_case_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path / "calmdesk.db", ZONE).close()
    before = contents(tmp_path)
    async with practising(tmp_path, "third-call") as player:
        folder = player.app.place.places.data
        await player.press("enter")
        await player.note("a word of a practice call")
        await player.note("/wrap")
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        assert_on(player, DebriefScreen)
        assert folder != tmp_path
        assert (folder / "practice.db").exists()
    assert contents(tmp_path) == before
    assert not folder.exists()
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    listed = CliRunner().invoke(commands, ["cases", "--from", "2000-01-01", "--format", "csv"])
    assert len(listed.stdout.splitlines()) == 1


async def test_the_broken_promise_stands_there_before_hello(tmp_path: Path) -> None:
    async with practising(tmp_path, "third-call", size=(80, 24)) as player:
        await player.press("enter")
        await player.tick()
        assert "promise missed" in player.text()
        assert "refund of 84.60" in player.text()
        assert "3rd call" in player.text()
        first = player.screen.panel.first
        assert first is not None
        assert "missed_promise" in first.phrase.when
        await player.press("f5")
        rules = [moment.rule for moment in on_the_line(player).play.caller.log]
        assert rules == ["named_broken_promise"], "the suggestion itself names it"


async def test_who_is_interrupted_says_so_and_the_words_stand_there(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        player.wind(14)
        await player.tick()
        await player.note("/say Which order is it?")
        await answered(player)
        screen = on_the_line(player)
        assert screen.debrief().interruptions == 1
        said = " ".join(line.text for line in screen.voice.lines)
        assert "Which order is it?" in said
        assert "let me finish" in said
        assert player.call.notes == [], "what the agent says is no note"


async def test_a_line_that_is_not_theirs_gets_no_yes_and_the_stage_stays(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await listen(player)
        await player.press("f2")
        player.wind(2)
        await player.press("f2")
        assert "First say it back" in player.screen.note_line.hint
        await player.note("not happy at all")
        player.wind(2)
        await player.press("f2")
        assert "no yes" in player.screen.note_line.hint
        assert player.call.heard_at is None
        await player.note('" Flyers for the open day, due today, needed on Friday. Right?')
        player.wind(2)
        await player.press("f2")
        assert player.call.stage is Stage.CLARIFY


async def test_when_they_hang_up_the_wrap_up_opens(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await listen(player)
        player.wind(600)
        await player.tick()
        player.wind(30)
        await player.tick()
        assert player.call.stage is Stage.WRAP_UP
        assert "has hung up" in player.text()
        assert on_the_line(player).play.caller.ending is Ending.HUNG_UP
        await player.note("/outcome cut off")
        await player.press("ctrl+s")
        assert "They hung up" in player.text()
        assert "It could be won like this" in _whole_debrief(player)


async def test_after_they_hung_up_nothing_is_to_be_said_and_ctrl_s_ends_it(tmp_path: Path) -> None:
    async with practising(tmp_path, "wrong-twice") as player:
        await player.press("enter")
        await listen(player)
        for _ in range(2):
            await player.note('" You should have read the terms before you ordered.')
            player.wind(2)
        player.wind(20)
        await player.tick()
        assert player.call.stage is Stage.WRAP_UP
        assert "has hung up" in player.text()
        assert player.screen.panel.suggestions == ()
        player.wind(20)
        await player.tick()
        assert player.screen.panel.first is None
        assert "ctrl+s ends the practice" in player.screen.note_line.hint
        await player.press("ctrl+s")
        assert_on(player, DebriefScreen)
        told = _whole_debrief(player)
        assert told.count("→ 5.0, they hung up") == 1
        assert told.index("they hung up") < told.index("What lowered it")


async def test_who_has_said_goodbye_is_told_nothing_more(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await listen(player)
        assert _suggested(player)
        await player.note("/wrap")
        assert not _suggested(player)
        assert player.call.outcome is None, "how it ended is theirs to say"
        await player.press("f3")
        assert _suggested(player), "the call goes on"


def _suggested(player: Player) -> bool:
    return player.screen.panel.first is not None


def _whole_debrief(player: Player) -> str:
    screen = player.app.screen
    assert isinstance(screen, DebriefScreen)
    return "\n".join(line.plain for line in screen._lines(60))


async def test_an_apology_in_ones_own_words_counts_in_the_call(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await listen(player)
        await player.note('" I am so sorry this happened.')
        assert player.call.sorries == 1
        log = on_the_line(player).play.caller.log
        assert [moment.rule for moment in log].count("regret") == 1, "heard once, not twice"


async def test_saying_nothing_says_how(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await player.note("/say")
        assert "your words" in player.screen.note_line.hint


async def test_in_a_real_call_a_quotation_mark_is_what_they_say(tmp_path: Path) -> None:
    from tests.player import playing

    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note('" never again" she said')
        assert [note.text for note in player.call.notes] == ['" never again" she said']


async def test_leaving_asks_only_while_somebody_is_on_the_line(tmp_path: Path) -> None:
    async with practising(tmp_path, "late-flyers") as player:
        await player.press("enter")
        await player.press("ctrl+q")
        assert "Nothing of it is kept" in player.text()
        await player.press("escape")
        on_the_line(player)
        await player.press("ctrl+n")
        on_the_line(player)


async def test_escape_in_the_briefing_returns_to_the_list(tmp_path: Path) -> None:
    async with practising(tmp_path, "ice-cold") as player:
        assert_on(player, Briefing)
        await player.press("escape")
        assert_on(player, PracticeDesk)
        chosen = player.app.screen.query_one(OptionList).highlighted
        assert chosen == [it.id for it in SCENARIOS].index("ice-cold")


async def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    nasty = "Mr [/b] O'Hara [urgent] \x1b[2J"
    async with practising(tmp_path, "abusive", size=(120, 40)) as player:
        await player.press("enter")
        await listen(player)
        for line in (f'" {nasty}', f"= {nasty}", f"+ {nasty}", f"/boundary {nasty}", nasty):
            await player.note(line)
            await answered(player)
        assert "Mr [/b] O'Hara [urgent]" in player.text()
        assert "\x1b" not in player.text()
        await player.note("/wrap")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        assert_on(player, DebriefScreen)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_practice_screen_is_whole(size: tuple[int, int], tmp_path: Path) -> None:
    async with practising(tmp_path, "third-call", size=size) as player:
        assert_whole(player)
        await player.press("escape")
        assert_whole(player)
        await player.press("enter", "enter")
        await player.note("? which statement")
        await listen(player)
        for stage in STAGES:
            assert player.call.stage is stage
            assert_whole(player)
            assert player.screen.note_line.input.region.height == 1
            assert player.screen.note_line.input.region.bottom <= size[1]
            assert player.screen.panes.region.height >= 4, stage
            assert on_the_line(player).voice.region.height >= 2
            await player.press("f4")
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        assert_on(player, DebriefScreen)
        assert_whole(player)


# -- the command line -----------------------------------------------------------------------


def test_the_list_names_every_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    done = CliRunner().invoke(commands, ["practice", "--list"])
    assert done.exit_code == 0, done.output
    for scenario in SCENARIOS:
        assert scenario.id in done.stdout
        assert scenario.brief in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_call_names_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    done = CliRunner().invoke(commands, ["practice", "icecold"])
    assert isinstance(done.exception, CalmdeskError)
    assert "did you mean ice-cold" in str(done.exception)


def test_a_broken_scenario_of_ones_own_is_one_sentence_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    folder = tmp_path / "playbook" / "practice"
    folder.mkdir(parents=True)
    for name in ("ours.toml", "late-flyers.toml"):
        (folder / name).write_text("title = 3\n", encoding="utf-8")
    (folder / "common.toml").write_text("[says]\nhurd = []\n", encoding="utf-8")
    done = CliRunner().invoke(commands, ["practice", "--list"])
    assert done.exit_code == 0, done.output
    told = done.stderr.splitlines()
    assert len(told) == 3, told
    assert "ours.toml, title must be text. It is left out." in done.stderr
    assert all(scenario.brief in done.stdout for scenario in SCENARIOS)


def test_a_broken_playbook_and_settings_keep_nobody_from_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    (tmp_path / "playbook").mkdir()
    (tmp_path / "playbook" / "phrases.toml").write_text("[[phrase]\n", encoding="utf-8")
    (tmp_path / "settings.toml").write_text("langauge = 3\n", encoding="utf-8")
    done = CliRunner().invoke(commands, ["practice", "--list"])
    assert done.exit_code == 0, done.output
    settings, phrases = done.stderr.splitlines()
    assert "langauge" in settings
    assert settings.endswith("The defaults are used.")
    assert "phrases.toml" in phrases
    assert phrases.endswith("The playbook that ships is used.")
    assert all(scenario.brief in done.stdout for scenario in SCENARIOS)
