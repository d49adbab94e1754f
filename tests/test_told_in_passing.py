"""What is told in passing: one thing at a time, and a warning for its time."""

from pathlib import Path

from textual.widgets._toast import Toast

from tests.player import Player, playing

PRACTICE = "Run calmdesk practice: a made-up caller, and nothing kept."
LOCKED = "The file is locked."


async def told(player: Player) -> list[str]:
    """The words that lie over the screen, from the oldest."""
    await player.quiet()
    return [str(toast.render()) for toast in player.app.screen.query(Toast)]


async def test_what_is_told_next_takes_the_place_of_the_last_but_not_of_a_warning(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        app = player.app
        app._disable_notifications = False
        await player.press("ctrl+g", "p")
        app.notify("It is yours now.", markup=False)
        assert await told(player) == ["It is yours now."]
        app.tell_practice()
        app.tell_practice()
        assert await told(player) == [PRACTICE]
        app.notify(LOCKED, severity="warning", markup=False)
        assert await told(player) == [LOCKED]
        app.tell_practice()
        assert await told(player) == [LOCKED, PRACTICE]
        app.notify("The disk is full.", severity="warning", markup=False)
        app.notify(LOCKED, severity="warning", markup=False)
        assert await told(player) == ["The disk is full.", LOCKED]


async def test_what_was_given_a_longer_time_stays_for_it(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(80, 24)) as player:
        app = player.app
        app._disable_notifications = False
        await player.press("ctrl+g", "p")
        app.notify("The letter lies in the outbox.", timeout=2 * app.NOTIFICATION_TIMEOUT)
        app.tell_practice()
        assert await told(player) == ["The letter lies in the outbox.", PRACTICE]
