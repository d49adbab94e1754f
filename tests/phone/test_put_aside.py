"""What is kept of that which makes room for a call."""

from pathlib import Path

from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import DANA, OTHER, know_dana
from tests.player import playing


async def test_the_wish_to_look_back_outlives_a_second_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await player.note("/debrief")
        await phone.says("ring", "answer", "hangup", number=DANA)
        await phone.says("resume", number=OTHER)
        assert player.call.caller.number == OTHER
        assert player.screen.opened.look_back


async def test_same_matter_holds_though_a_second_call_comes_at_that_moment(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=DANA)
        first, room = player.call, player.app.call_room
        player.screen.action_same()
        await room.answered(OTHER, player.app.place.now(), {first.contact_id})
        await player.quiet()
        assert first.joined
        await phone.says("hangup", number=OTHER)
        await phone.says("resume", number=DANA)
        assert player.call is first
        assert "part of this case" in player.text()


async def test_the_story_of_an_earlier_case_stands_there_again_after_a_second_call(
    tmp_path: Path,
) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path, size=(48, 30)) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=DANA)
        await player.press("f12")
        await phone.says("ring", "answer", number=OTHER)
        player.wind(2)
        await player.press("ctrl+n")
        assert player.call.caller.number == DANA
        assert "! 1 day late ring with the plate status" in player.text()
        assert "part of this case" in player.text()


async def test_what_was_typed_in_find_waits_though_a_call_took_it_away(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+f")
        await player.write("plate status of dana")
        await Softphone(player).says("ring", "answer", number=OTHER)
        await player.press("ctrl+f")
        assert "plate status of dana" in player.box()
