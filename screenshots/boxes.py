"""The boxes of a case and of what is learnt, each opened over its screen for a picture."""

from textual.widgets import Input

from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.records.ids import seeded_ids
from screenshots.leading import read_case
from screenshots.rehearsal import Keep
from tests.made_once import whole_demo
from tests.player import SATURDAY, ZONE, Player, running

CUSTOMER = "Thandiwe Dlamini"
"""Whose case is worked on: it is being looked into, and she was not told yet."""


async def open_boxes(size: tuple[int, int], keep: Keep) -> None:
    """Open one box after the other in the demo; fill in what one would, and keep nothing."""
    clock = HandClock(SATURDAY, ZONE)
    with demo_app(clock, "calm-dark", seeded_ids(11), whole_demo) as app:
        async with running(app, size, clock) as player:
            await player.press("b")
            await keep(player, "look-back")
            await player.press("escape", "ctrl+g", "y", "t")
            await read_case(player, CUSTOMER)
            await player.press("m")
            await keep(player, "case-menu")
            await player.press("s", "right", "enter")
            await player.write("We found your programmes; they reach you on Monday.")
            await keep(player, "told-customer")
            await player.press("escape", "c", "enter")
            await keep(player, "close-case")
            await player.press("escape", "y")
            await _filled(player, "cause-factors", "no update")
            await keep(player, "cause")
            await player.press("escape", "escape", "ctrl+g", "l", "2", "v")
            await player.write("one restart in the daytime, down from five")
            await keep(player, "action-check")


async def _filled(player: Player, field: str, words: str) -> None:
    """Type into a field in place of what stands there."""
    found = player.app.screen.query_one(f"#{field}", Input)
    player.app.screen.set_focus(found)
    found.value = ""
    await player.write(words)
