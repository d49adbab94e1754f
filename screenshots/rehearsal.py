"""One practice call, played for its pictures: the caller on the line, and the debrief."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from calmdesk.clock import HandClock
from calmdesk.guide.practice import reading
from calmdesk.paths import Places
from calmdesk.practice import practice_app
from calmdesk.screens.practice import PracticeCall
from calmdesk.settings import Settings
from tests.player import SATURDAY, ZONE, Player, running

SCENARIO = "late-flyers"
Keep = Callable[[Player, str], Awaitable[None]]
"""Takes a picture of what a player sees, under a name."""


async def rehearse(size: tuple[int, int], keep: Keep) -> None:
    """Play the call as a learner might: one interruption, one hollow sorry, and a good end."""
    clock = HandClock(SATURDAY, ZONE)
    scenarios = reading.load()
    with tempfile.TemporaryDirectory() as folder:
        own = Places.within(Path(folder))
        first = reading.choose(scenarios, SCENARIO)
        with practice_app(own, scenarios, first, Settings(), clock) as rehearsal:
            async with running(rehearsal, size, clock) as player:
                await _play(player, keep)


async def _play(player: Player, keep: Keep) -> None:
    await player.press("enter", "ctrl+t", "4")
    await player.note("flyers due today, told they ship mon")
    player.wind(14)
    await player.note('" Which order is it?')
    await _answered(player)
    await player.note("$ flyers in hand fri morning")
    await keep(player, "practice")
    await _heard_out(player)
    await player.press("f2")
    player.wind(2)
    await player.press("f2")
    await _answered(player)
    await player.note("\" I'm sorry if this was inconvenient for you.")
    await _answered(player)
    await player.note('" What would put this right for you?')
    await _answered(player)
    await player.note("= courier at our cost, fri 9, 45")
    await _answered(player)
    await player.note("+ ring with tracking thu 12:00")
    await _answered(player)
    for line in ("/heat 2", "/settle yes", "/agreed", "/wrap"):
        await player.note(line)
    await player.press("ctrl+s")
    await keep(player, "practice-debrief")


def _call(player: Player) -> PracticeCall:
    screen = player.app.screen
    assert isinstance(screen, PracticeCall), screen
    return screen


async def _heard_out(player: Player) -> None:
    """Until they have told it."""
    player.wind(max(0.0, _call(player).play.caller.story_ends - _call(player).second() + 1))
    await player.tick()


async def _answered(player: Player) -> None:
    """Until they have said what they say to it."""
    player.wind(max(0.0, _call(player).play.caller.speech.until - _call(player).second()) + 1)
    await player.tick()
