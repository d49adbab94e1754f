"""What they were told before a call stands for all of it, and nothing else does (S50, S103)."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from calmdesk.guide.stages import Stage
from calmdesk.records import browse
from calmdesk.widgets.agree_pane import PromiseList
from tests.player import Player, playing
from tests.test_outgoing_call import promised, reached, rows

Then = Callable[[Player], Awaitable[None]]


async def call_in_between(player: Player) -> None:
    """Somebody else rings: the wrap-up is parked, and taken up again after that call."""
    await player.press("ctrl+n")
    await player.note("@ K. Oduya")
    await player.note("/wrap")
    await player.note("/outcome information")
    await player.press("ctrl+s")
    (parked,) = (await player.app.desk.look(browse.board, *[player.clock.now()] * 3)).to_finish
    await player.app.call_room.take_up(parked[0])
    await player.quiet()


async def joined(player: Player) -> None:
    """A case that waits for Monday, and a call that turns out to be part of it, in its wrap-up."""
    await promised(player, "+ ring with the plate status mon 15:00")
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, +1 415 555 0134")
    await player.note("/same")
    await player.note("/wrap")
    await player.note("/outcome investigating")
    assert "Told them" not in player.text()


async def caller_named_again(player: Player) -> None:
    await player.note("@ Dana Reyes, Printco")


@pytest.mark.parametrize("then", [caller_named_again, call_in_between])
async def test_a_joined_call_goes_on_knowing_what_they_were_told(
    then: Then, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await joined(player)
        await then(player)
        assert player.call.joined
        assert "Told them" not in player.text()
        await player.press("ctrl+s")
        assert player.app.place.live is None
        assert rows(tmp_path, "SELECT count(*) FROM promise") == [(1,)], "one that they were told"


async def test_a_restart_of_a_joined_call_goes_on_knowing_what_they_were_told(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await joined(player)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        assert player.call.joined
        assert "Told them" not in player.text()
        await player.press("ctrl+s")
        assert rows(tmp_path, "SELECT count(*) FROM promise") == [(1,)]


async def test_what_is_promised_in_the_call_and_taken_back_is_told_by_nobody(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await reached(player)
        await player.note("+ send the proof tue 10:00")
        await player.note("/wrap")
        await call_in_between(player)
        await player.note("/outcome investigating")
        assert "Told them" not in player.text(), "it stands still"
        await player.press("f3")
        assert player.call.stage is Stage.AGREE
        listed = player.screen.query_one(PromiseList)
        player.screen.set_focus(listed)
        await player.press("home", "delete")
        assert player.call.promises == []
        await player.note("/wrap")
        assert "Told them" in player.text()
