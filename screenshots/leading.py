"""What a supervisor does in ten minutes: the day, its pictures, a case, its review, a customer, a
find."""

from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.records.ids import seeded_ids
from calmdesk.screens.day import DayScreen
from screenshots.rehearsal import Keep
from tests.made_once import whole_demo
from tests.player import SATURDAY, ZONE, Player, running


async def lead(size: tuple[int, int], keep: Keep) -> None:
    """Lead the demo's day, and keep nothing."""
    clock = HandClock(SATURDAY, ZONE)
    with demo_app(clock, "calm-dark", seeded_ids(11), whole_demo) as app:
        async with running(app, size, clock) as player:
            await player.press("ctrl+g", "y")
            await keep(player, "day")
            await player.press("p", "c")
            await keep(player, "pictures")
            await player.press("escape", "t")
            await read_case(player, "Eleanor Whitfield")
            await keep(player, "case")
            await player.press("v")
            await player.write("asked what had gone wrong before it offered anything")
            await player.press("enter", "p", "y", "y")
            await player.write("say when we ring, also when nothing is known yet")
            await keep(player, "review")
            await player.press("escape", "escape", "ctrl+f")
            await player.write("curier friday")
            await keep(player, "find")
            await player.press("escape", "ctrl+g", "u")
            await player.write("carla calder")
            await player.press("enter", "enter")
            await keep(player, "customer")


async def read_case(player: Player, customer: str) -> None:
    """Read a customer's case on the Day, wherever it stands in its list."""
    await player.press("home", "enter")
    day = player.app.screen
    assert isinstance(day, DayScreen)
    for _ in range(day.table.count):
        if day.work.whole is not None and day.work.whole.line.customer == customer:
            return
        await player.press("right_square_bracket")
    raise AssertionError(f"{customer} has no case on this day")
