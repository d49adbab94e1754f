"""Whole at three sizes, and honest below the smallest."""

from pathlib import Path

import pytest
from textual.widget import Widget

from calmdesk.guide.stages import STAGES
from calmdesk.widgets.key_line import KeyLine
from tests.player import Player, playing

SIZES = [(48, 30), (80, 24), (120, 40)]


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
