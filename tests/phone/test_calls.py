"""The real app beside a softphone: it rings, is answered, is held, is hung up."""

from pathlib import Path

from calmdesk.guide.listening import Kind
from calmdesk.guide.stages import Stage
from tests.phone.at_the_phone import Softphone
from tests.player import playing


async def test_a_whole_call_without_a_key(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        focused = player.app.focused
        await phone.says("ring", name="Erika Muster")
        assert "rings 0:00  Erika Muster  +493012345678" in player.text()
        assert player.app.focused is focused
        await phone.says("answer")
        assert "rings" not in player.text()
        assert player.call.stage is Stage.LISTEN
        assert player.call.caller.number == "+493012345678"
        await phone.says("hold")
        assert player.call.held
        player.wind(9)
        await phone.says("resume")
        assert not player.call.held
        assert player.call.seconds(Kind.HOLD, player.clock.now()) == 10
        await phone.says("hangup")
        assert player.call.stage is Stage.WRAP_UP
        assert player.call.ended_at is not None
        print(player.text())


async def test_a_missed_call_is_a_line_and_no_case(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring")
        player.wind(11)
        await phone.says("hangup")
        print(player.text())
        assert player.app.place.live is None
