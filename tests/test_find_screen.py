"""ctrl+f, from anywhere: typed, looked through, read."""

import asyncio
import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calmdesk.clock import HandClock
from calmdesk.commands import app
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.notes import Sign
from calmdesk.records import calls, people, search, tending
from calmdesk.records.store import Store
from calmdesk.screens.day import DayScreen
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.find import Find
from calmdesk.widgets.case_view import CaseView
from tests import made_once
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE, Player, playing
from tests.test_sizes import SIZES, assert_whole


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up day, every word of it indexed."""
    file = tmp_path_factory.mktemp("demo") / "calmdesk.db"
    made_once.demo(file, HandClock(SATURDAY, ZONE)).close()
    store = Store.open(file, ZONE)
    people.introduce(store, "Sam Ortiz", "", "")
    tending.build(store)
    store.close()
    return file


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    (tmp_path / "calmdesk.db").write_bytes(demo.read_bytes())
    return tmp_path


async def type_in(player: Player, text: str) -> None:
    """Type key by key, as fast as the app takes it."""
    for letter in text:
        await player.pilot.press("space" if letter == " " else letter)
    await player.quiet()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_case_is_found_as_it_is_typed_and_read(size: tuple[int, int], home: Path) -> None:
    async with playing(home, size=size) as player:
        await player.press("ctrl+f")
        assert_whole(player)
        assert "telephone numbers" in player.box()
        await type_in(player, "dana fly")
        assert_whole(player)
        shown = player.box()
        assert "1 found" in shown
        assert "Dana Reyes" in shown
        assert "Flyers" in shown
        await player.press("enter")
        assert isinstance(player.app.screen, DayScreen)
        assert "Dana Reyes" in player.text()
        assert_whole(player)


async def test_the_words_are_marked(home: Path) -> None:
    async with playing(home, size=(120, 40)) as player:
        await player.press("ctrl+f")
        await type_in(player, "plate")
        strips = player.app.screen._compositor.render_strips()
        marked = {
            segment.text.casefold()
            for strip in strips
            for segment in strip
            if segment.style is not None and segment.style.underline and segment.style.bold
        }
        assert marked & {"plate", "plates"}


async def test_up_and_down_walk_while_the_field_keeps_the_keys(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await type_in(player, "late")
        find = player.app.screen
        assert isinstance(find, Find)
        first = find.found.row
        assert len(find.found.rows) > 3
        await player.press("down")
        second = find.found.row
        assert second == find.found.rows[1] != first
        await player.press("up")
        assert find.found.row == first
        await player.press("pagedown")
        assert find.found.row not in (first, second)
        await player.press("r")
        assert find.line.value == "later"


async def test_what_was_half_typed_waits_and_is_written_over(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await type_in(player, "dana fl")
        await player.press("escape")
        assert isinstance(player.app.screen, DeskScreen)
        await player.press("ctrl+f")
        find = player.app.screen
        assert isinstance(find, Find)
        assert find.line.value == "dana fl"
        assert "Dana Reyes" in player.box()
        await type_in(player, "k")
        assert find.line.value == "k"


async def test_during_a_call_a_case_is_read_over_it_and_escape_leads_back(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+n")
        await player.write("half a note")
        await player.press("ctrl+f")
        await type_in(player, "dana flyers")
        await player.press("enter")
        assert player.app.screen.query(CaseView), "it is read over the call"
        assert "Dana Reyes" in player.box()
        assert_whole(player)
        await player.press("escape", "escape")
        assert player.screen.note_line.input.value == "half a note"
        assert player.app.focused is player.screen.note_line.input


async def test_it_is_said_what_was_not_found_and_what_was_taken_for_it(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await type_in(player, "flyres")
        assert "no “flyres”: flyers" in player.box()
        await player.press("ctrl+u")
        await type_in(player, "qqqqqq")
        assert "Nothing found · no “qqqqqq”" in player.box()
        await player.press("ctrl+u")
        await player.write("😀 --")
        assert "no letter and no figure" in player.box()


async def test_anything_may_be_pasted_and_no_command_is_one_there(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await player.write('"Dana" [/b] AND (flyers\n' + "late " * 5_000)
        find = player.app.screen
        assert isinstance(find, Find)
        assert "Dana Reyes" in player.box()
        await player.press("ctrl+u")
        await player.write("/hold")
        assert find.line.value == "/hold"
        await player.press("enter")
        assert isinstance(player.app.screen, DayScreen)


async def test_on_a_list_of_a_filter_it_is_looked_for_there_until_the_filter_is_left(
    home: Path,
) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.app.switch_mode("day")
        await player.quiet()
        day = player.app.screen
        assert isinstance(day, DayScreen)
        nobody = Filter(until=player.app.place.now().replace(year=2000))
        day.list_cases(nobody, "of long ago")
        await player.quiet()
        await player.press("ctrl+f")
        await type_in(player, "dana")
        assert "Looks only in: of long ago · ctrl+r looks in all cases" in player.box()
        assert "Nothing found in these cases" in player.box()
        await player.press("ctrl+r")
        assert "of long ago" not in player.box()
        assert "Dana Reyes" in player.box()


async def test_a_filter_typed_among_the_words_is_one_and_shown_as_such(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        assert "heat:hot menus" in player.box()
        await player.write("status:closed dana")
        assert "status:closed · Nothing found" in player.box()
        await player.press("ctrl+u")
        await player.write("status:inv dana")
        assert "status:investigating · 1 found" in player.box()
        await player.press("ctrl+u")
        await player.write("heat:ho")
        assert "heat: “ho” is not known; write hot, none or 1 to 5." in player.box()
        await player.press("ctrl+u")
        await player.write("promise:late")
        assert "promise:late · " in player.box()
        assert "reference CD-" in player.box()


async def test_what_was_looked_for_in_vain_is_not_said_to_be_shown(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+f")
        await player.write("flyres agent:nobody")
        assert "Nothing found · no “flyres”: looked for flyers" in player.box()


async def test_it_opens_over_every_place(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        for place in ("desk", "promises", "day", "learn", "letters", "playbook"):
            await player.app.switch_mode(place)
            await player.quiet()
            await player.press("ctrl+f", "ctrl+f")
            assert isinstance(player.app.screen, Find), place
            await player.press("escape")
            assert not isinstance(player.app.screen, Find), place


async def test_a_note_of_this_call_is_found_within_a_second(home: Path) -> None:
    async with playing(home, size=(80, 24)) as player:
        await player.press("ctrl+n")
        await player.note("the gazebo fell on the cake")
        other = Store.open(fresh(home / "calmdesk.db"), ZONE)
        assert not other.owner
        for _ in range(600):
            await asyncio.sleep(0.1)
            if search.find(other, "gazebo", Filter(), SATURDAY).total:
                break
        assert search.find(other, "gazebo", Filter(), SATURDAY).total == 1
        other.close()


def test_the_command_finds_too(home: Path) -> None:
    run = CliRunner().invoke
    database = ["--database", str(home / "calmdesk.db")]
    done = run(app, [*database, "find", "flyres", "dana"])
    assert done.exit_code == 0
    assert "Dana Reyes" in done.output
    assert "· no “flyres”: flyers" in done.output
    done = run(app, [*database, "find", "--json", "+1 (415) 555-0134"])
    (case, *_) = json.loads(done.output)["cases"]
    assert case["customer"] == "Dana Reyes"
    assert case["marks"]
    done = run(app, [*database, "find", "status:inv", "dana"])
    assert "status:investigating: 1 case" in done.output
    done = run(app, [*database, "find", "--json", "status:closed", "dana"])
    assert (json.loads(done.output)["filter"], json.loads(done.output)["cases"]) == (
        "status:closed",
        [],
    )


def test_the_command_tells_of_very_many_which_it_shows(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["--database", str(home / "calmdesk.db"), "find", "late"]
    assert CliRunner().invoke(app, command).output.endswith(" cases\n")
    monkeypatch.setattr(import_module("calmdesk.records.search"), "NEWEST", 1)
    told = "more than 1 case; these are the best of the newest and of those so named\n"
    assert CliRunner().invoke(app, command).output.endswith(told)


def test_the_command_knows_what_was_written_last(home: Path) -> None:
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    contact, case = store.new_id(SATURDAY), store.new_id(SATURDAY)
    calls.answer(store, contact, case, h.Answered(), SATURDAY)
    calls.happen(store, contact, h.Noted("n1", Sign.SAYS, "the gazebo fell"), SATURDAY)
    store.close()
    done = CliRunner().invoke(app, ["--database", str(home / "calmdesk.db"), "find", "gazebo"])
    assert "note: the gazebo fell" in done.output
