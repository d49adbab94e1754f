"""calmdesk is ended in the middle and started again: the calls are the same ones, and no more."""

from pathlib import Path

import pytest

from calmdesk.guide.stages import Stage
from calmdesk.phone.spool import put
from calmdesk.records import phone_calls
from tests.phone.at_the_phone import Softphone
from tests.phone.test_at_one_moment import room_of
from tests.phone.test_calls import OTHER, opened, say_while_closed
from tests.player import playing


@pytest.mark.parametrize("number", [OTHER, ""])
async def test_a_call_without_an_id_is_held_taken_back_and_ended(
    tmp_path: Path, number: str
) -> None:
    async with playing(tmp_path) as player:
        await Softphone(player).says("ring", "answer", number=number)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = Softphone(player)
        assert len(room_of(player).machine.calls) == 1
        for said, held in (("hold", True), ("resume", False)):
            await phone.says(said, number=number)
            assert player.call.held is held
        await phone.says("hangup", number=number)
        assert player.call.ended_at is not None


async def test_calls_in_vain_that_are_returned_are_not_on_the_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        for _ in range(2):
            await phone.says("ring", "hangup", number=OTHER)
        await player.press("home", "enter")
        assert player.call.stage is Stage.CONVEY
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = Softphone(player)
        assert player.call.ended_at is None
        assert len(room_of(player).machine.live) == 1
        await player.note("/wrap")
        await player.press("3", "ctrl+s")
        await phone.says("answer", number=OTHER)
        assert player.call.caller.number == OTHER
        assert player.call.ended_at is None


async def test_a_wrap_up_is_no_call_while_calmdesk_was_closed(tmp_path: Path) -> None:
    """Killed just after they hung up, before it could let go of the events."""
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        phone.lets_go_of_nothing()
        await phone.says("ring", "answer", "hangup", number=OTHER)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        await Softphone(player).heard()
        assert player.call.stage is Stage.WRAP_UP
        await player.press("ctrl+g", "d")
        assert "while" not in player.text()


async def test_to_whom_one_spoke_before_the_start_nothing_is_to_be_said(tmp_path: Path) -> None:
    say_while_closed(tmp_path, ("ring", 900), ("answer", 892), ("hangup", 700))
    async with playing(tmp_path) as player:
        await opened(player)
        await player.press("home", "enter")
        assert player.call.stage is Stage.WRAP_UP
        assert not player.screen.panel.suggestions


async def test_an_id_of_before_the_restart_is_another_call(tmp_path: Path) -> None:
    """Some phones count their calls anew when they are started."""
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup", number=OTHER, key="1")
        await player.press("home", "k")
        said = ("ring", "answer", "hangup")
        await phone.says(*said, number=OTHER, key="2", name="Erika Muster")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        player.wind(300)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup", number="+14155550134", key="1")
        assert "+14155550134" in player.text(), "it is not the one that was dealt with"
        await phone.says("ring", "answer", number="", key="2")
        place = player.app.place
        (line, contact_id), *_ = await place.desk.look(phone_calls.live)
        assert (line.number, line.name) == ("", ""), "who withholds a number is nobody of before"
        assert await place.desk.look(phone_calls.name_shown, contact_id) == ""
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = Softphone(player)
        await phone.says("hangup", number="", key="2")
        assert player.call.ended_at is not None
        assert player.call.caller.number == ""


async def test_an_id_that_came_again_while_calmdesk_was_closed_is_of_who_rang(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await Softphone(player).says("ring", "hangup", number=OTHER, key="1")
        clock = player.clock
    at = clock.now().timestamp()
    for seconds, said in ((10, "ring"), (12, "hangup")):
        put(str(tmp_path / "phone-spool.db"), said, "1", "+14155550134", "", "hook", at + seconds)
    clock.wind(60)
    async with playing(tmp_path, clock=clock) as player:
        await Softphone(player).heard()
        assert "+14155550134" in player.text()
        assert "rang 2 times" not in player.text()
