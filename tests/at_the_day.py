"""The Day in a play: how one gets there, what stands there, whose case is read."""

from calmdesk.screens.day import DayScreen
from tests.player import Player


async def to_day(player: Player) -> DayScreen:
    """Go there by keys."""
    await player.press("ctrl+g", "y")
    return day(player)


def day(player: Player) -> DayScreen:
    """The Day; the play must be on it."""
    screen = player.app.screen
    assert isinstance(screen, DayScreen), screen
    return screen


def read(player: Player) -> str:
    """Whose case is read."""
    shown = day(player).work.whole
    assert shown is not None
    return shown.line.customer


def rows(player: Player, *having: str) -> list[str]:
    """Lines of the screen in which all of these stand."""
    return [row for row in player.text().splitlines() if all(it in row for it in having)]
