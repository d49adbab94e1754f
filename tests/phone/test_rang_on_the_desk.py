"""Who rang in vain, on the Desk: behind what is late, whole at its sizes, with what the keys do there."""

from pathlib import Path

import pytest

from calmdesk.widgets.board_list import BoardList
from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import DANA, OTHER, know_dana, opened, say_while_closed
from tests.player import Player, playing


def board(player: Player) -> list[str]:
    """What stands on the list, row by row."""
    region = player.app.screen.query_one(BoardList).region
    return player.text().splitlines()[region.y : region.bottom]


async def test_what_is_late_stands_before_all_who_rang(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path, size=(80, 24)) as player:
        phone = Softphone(player)
        for number in range(10):
            await phone.says("ring", "hangup", number=f"030 5550{number:02}")
        rows = board(player)
        assert rows[0].strip() == "Due"
        assert "1 day late" in rows[1]
        assert rows[2].strip() == "Rang"
        assert "030 555009" in rows[3]
        assert any("Open" in row for row in rows), "the last section begins in sight"


async def test_after_a_save_the_list_begins_with_its_heading_and_who_rang_last(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(80, 18)) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup", number="030 1")
        await phone.says("ring", "answer", number=DANA)
        for number in range(2, 12):
            await phone.says("ring", "hangup", number=f"030 {number}")
        await phone.says("hangup", number=DANA)
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        assert board(player)[0].strip() == "Rang"
        assert "030 11" in board(player)[1]
        assert player.app.screen.query_one(BoardList).highlighted == 1


async def test_no_key_acts_on_who_rang_while_it_was_reached_for(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup", number="030 1")
        await phone.says("ring", "hangup", number="030 2")
        await player.press("k")
        assert "030 2" in player.text()
        assert "030 1" not in player.text()


@pytest.mark.parametrize("size", [(80, 24), (48, 30)], ids=["80x24", "48x30"])
async def test_the_number_of_a_call_while_calmdesk_was_closed_can_be_read(
    size: tuple[int, int], tmp_path: Path
) -> None:
    know_dana(tmp_path)
    say_while_closed(tmp_path, ("ring", 900), ("answer", 892), ("hangup", 700))
    async with playing(tmp_path, size=size) as player:
        await opened(player)
        assert DANA in player.text()
        assert "call while closed, 3:12" in player.text()


async def test_the_keys_say_what_they_do_about_a_call(tmp_path: Path) -> None:
    say_while_closed(tmp_path, ("answer", 892), ("hangup", 700))
    async with playing(tmp_path) as player:
        phone = await opened(player)
        assert "⏎ write down" in player.text()
        assert "k dealt with" in player.text()
        await phone.says("ring", "hangup", number=OTHER)
        await player.press("home")
        assert "⏎ ring back" in player.text()
