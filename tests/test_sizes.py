"""Whole at three sizes, and honest below the smallest."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest
from textual.widget import Widget

from calmdesk.guide.commands import COMMANDS
from calmdesk.guide.stages import STAGES
from calmdesk.records import coaching, people
from calmdesk.records.store import Store
from calmdesk.settings import Settings
from calmdesk.widgets.case_view import CaseView
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.promise_table import PromiseTable
from tests.player import SATURDAY, ZONE, Player, playing
from tests.telling import tell

SIZES = [(48, 30), (80, 24), (120, 40)]
COLUMNS = [(40, 12), (40, 20), (48, 24), (40, 30), (48, 30)]
"""What people leave beside a softphone."""


def assert_whole(player: Player) -> None:
    """Nothing stands outside of the screen, and its last line shows keys."""
    width, height = player.app.size
    screen = player.app.screen
    for widget in screen.query("*"):
        if not _seen(widget):
            continue
        region = widget.region
        assert region.right <= width, (widget, region)
        assert region.width > 0, widget
    keys = screen.query(KeyLine)
    if keys:
        region = keys.first().region
        assert region.bottom == height
        assert region.height >= 1


def _seen(widget: Widget) -> bool:
    return widget.is_on_screen and widget.display and widget.visible


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_screen_is_whole(size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(tmp_path, size=size) as player:
        assert_whole(player)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134")
        await player.note("a long line of what they say, " * 6)
        await player.note("? proof of the plate test")
        for stage in STAGES:
            assert player.call.stage is stage
            assert_whole(player)
            region = player.screen.note_line.input.region
            assert region.height == 1
            assert region.bottom <= size[1]
            assert player.screen.panel.region.height >= 1
            assert player.screen.panes.region.height >= 5, "room to work in"
            await player.press("f4")
        for line in ("/who", "/escalate", "/safety", "/keys"):
            await player.note(line)
            assert_whole(player)
            await player.press("escape")
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        assert_whole(player)
        await player.press("ctrl+g")
        assert_whole(player)
        await player.press("y")
        assert_whole(player)
        await player.press("enter")
        assert_whole(player)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_key_stands_in_the_footer(size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        shown = player.text()
        for key in (
            "f2",
            "f3",
            "f4",
            "f5",
            "f8",
            "f9",
            "^t",
            "^o",
            "^r",
            "^l",
            "^s",
            "^n",
            "^g",
            "^q",
        ):
            assert key in shown, key


@pytest.mark.parametrize("size", COLUMNS, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_beside_a_softphone_a_full_call_keeps_its_note_line(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """The worst of calls: a promise that was missed, and something known to be wrong."""
    _something_is_late(tmp_path)
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("# late delivery")
        await player.note("$ wants the flyers fri morning")
        for stage in STAGES:
            assert player.call.stage is stage
            await player.press("escape")
            _assert_typed_in_sight(player)
            await player.write("/")
            _assert_typed_in_sight(player)
            assert f"▸ /{COMMANDS[0].word}" in player.text()
            await player.press("ctrl+u", "f4")


def _something_is_late(home: Path) -> None:
    """A promise to Dana Reyes, and a known issue that explains it."""
    store = Store.open(home / "calmdesk.db", ZONE)
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    now = SATURDAY.astimezone(UTC)
    tell(store, now - timedelta(days=3), now - timedelta(days=2))
    sentence = "A press stood still on Tuesday; late jobs ship on Monday."
    coaching.announce(store, "late_delivery", sentence, now + timedelta(hours=2), now)
    store.close()


def _assert_typed_in_sight(player: Player) -> None:
    """The line that is typed in, room for the form and some keys stand within the screen."""
    width, height = player.app.size
    screen = player.screen
    assert screen.max_scroll_y == 0
    assert screen.note_line.input.region.height == 1
    keys = screen.query_one(KeyLine).region
    assert screen.note_line.input.region.bottom <= keys.y < keys.bottom == height
    assert screen.panes.region.height >= (1 if height < 20 else 3)
    assert screen.panel.region.height >= 1
    assert all(it.region.right <= width for it in screen.query("*") if _seen(it))


async def test_where_keys_are_left_out_the_last_leads_to_all_of_them(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(40, 12)) as player:
        await player.press("ctrl+n")
        assert player.text().splitlines()[-1] == " f2 told  f5 said  f8 other  f1 keys"


async def test_a_compact_desk_is_arranged_as_a_narrow_one_however_wide(tmp_path: Path) -> None:
    _something_is_late(tmp_path)
    async with playing(tmp_path, size=(120, 40), settings=Settings(compact=True)) as player:
        await player.press("ctrl+g")
        box = player.app.screen.query_one(".box")
        assert box.styles.padding.top == 0, "no blank rows"
        await player.press("p")
        table, case = (player.app.screen.query_one(it) for it in (PromiseTable, CaseView))
        assert case.region.y >= table.region.bottom
        assert table.region.width == 120
        await player.press("ctrl+n")
        assert_whole(player)


async def test_a_window_too_small_says_so_and_keeps_the_call(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        await player.press("ctrl+n")
        await player.note("flyers due fri")
        await player.pilot.resize_terminal(36, 10)
        await player.quiet()
        assert "too small" in player.text()
        await player.press("h", "i")
        await player.pilot.resize_terminal(80, 24)
        await player.quiet()
        assert "too small" not in player.text()
        assert "flyers due fri" in player.text()
        assert player.screen.note_line.input.value == "hi"


async def test_without_colour_every_state_has_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("/heat 4")
        shown = player.text()
        assert "[Listen]" in shown
        assert "heat 4" in shown
        await player.press("ctrl+o")
        assert "hold" in player.text().splitlines()[0]
