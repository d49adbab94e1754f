"""The banner at the sizes of a window: whom the key takes is always read, with what they were told."""

from pathlib import Path

import pytest

from calmdesk.settings import Settings
from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import DANA, OTHER, know_dana
from tests.player import playing


@pytest.mark.parametrize(
    ("size", "shown"),
    [((40, 12), 1), ((80, 24), 2), ((120, 40), 4)],
    ids=["40x12", "80x24", "wide"],
)
async def test_many_who_ring_leave_the_screen_its_rows(
    size: tuple[int, int], shown: int, tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        phone = Softphone(player)
        for number in range(19):
            await phone.says("ring", number=f"030 5550{number:02}")
        rows = player.text().splitlines()
        assert "030 555018" in rows[0]
        assert "ctrl+n" in rows[0]
        assert sum("☎" in row for row in rows) == shown
        assert f"and {19 - shown} more ring" in rows[shown]
        assert "Ready" in player.text()


@pytest.mark.parametrize(
    ("size", "missed"),
    [
        ((80, 24), ("! promised ring with", "Fri 20 Nov 14:02, 1 day late")),
        ((48, 30), ("! 1 day late ring with",)),
    ],
    ids=["80x24", "48x30"],
)
async def test_how_late_the_promise_of_a_second_caller_is_stands_there_in_a_call(
    size: tuple[int, int], missed: tuple[str, ...], tmp_path: Path
) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path, size=size) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", number=DANA)
        rows = player.text().splitlines()
        assert "Dana Reyes" in rows[0]
        assert "ctrl+n" in rows[0]
        for words in missed:
            assert words in rows[1]
        assert "asked" not in player.text(), "who is on the line goes first"


async def test_two_who_ring_in_a_wrap_up_leave_out_neither_story_nor_key(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path, size=(48, 30)) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", "hangup", number="030 1")
        await phone.says("ring", number=OTHER, name="Erika Muster")
        await phone.says("ring", number=DANA)
        rows = player.text().splitlines()
        assert "ctrl+n takes it" in rows[0]
        assert "asked" in rows[1]
        assert "! 1 day late" in rows[2]
        assert any("Erika Muster" in row for row in rows[3:8])


async def test_the_banner_names_the_key_that_the_agent_has(tmp_path: Path) -> None:
    settings = Settings(keys={"app.call": "f12"})
    async with playing(tmp_path, settings=settings) as player:
        await Softphone(player).says("ring")
        assert "f12 takes it" in player.text()
        await player.press("f12")
        assert player.call.caller.number == "+493012345678"
