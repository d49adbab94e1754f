"""The phone ends the call: the note goes on, and nobody is there to be spoken to."""

from pathlib import Path

import pytest

from calmdesk.guide.stages import Stage
from calmdesk.phone.spool import put
from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import OTHER
from tests.player import playing


async def test_a_note_that_is_being_written_is_entered_and_chooses_no_outcome(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await player.write("they want it on Friday")
        await phone.says("hangup", number=OTHER)
        assert player.call.stage is Stage.WRAP_UP
        await player.press("enter")
        assert [note.text for note in player.call.notes] == ["they want it on Friday"]
        assert player.call.outcome is None


async def test_nothing_is_to_be_said_aloud_once_the_phone_has_ended_the_call(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await player.note("/wrap")
        assert player.screen.panel.suggestions, "they may be there still"
        await player.press("f3")
        await phone.says("hangup", number=OTHER)
        assert player.call.stage is Stage.WRAP_UP
        assert not player.screen.panel.suggestions
        await player.press("ctrl+g", "d")
    async with playing(tmp_path) as player:
        assert player.call.stage is Stage.WRAP_UP
        assert not player.screen.panel.suggestions
        await player.press("f3")
        assert player.screen.panel.suggestions, "the call went on after all"


@pytest.mark.parametrize("late", [0, 5])
async def test_a_promise_that_is_half_typed_is_kept_when_they_hang_up(
    tmp_path: Path, late: int
) -> None:
    """Also when that is heard of late."""
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await player.note("/agree")
        player.screen.set_focus(player.screen.query_one("#promise"))
        await player.write("send the plates tomorrow 10:00")
        at = player.clock.now().timestamp()
        player.wind(late)
        put(phone.file, "hangup", "", OTHER, "", "hook", at)
        await phone.heard()
        assert [promise.what for promise in player.call.promises] == ["send the plates"]
