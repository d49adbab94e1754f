"""The softphone rings: between calls, and over a call that is on."""

from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.records.ids import seeded_ids
from screenshots.rehearsal import Keep
from tests.made_once import whole_demo
from tests.phone.at_the_phone import Softphone
from tests.player import SATURDAY, ZONE, Player, running

FIRST, SECOND = "+1 415 555 0134", "+1 415 555 0160"
"""Dana Reyes, to whom a promise was missed; and somebody whom nobody knows."""


async def ring(size: tuple[int, int], keep: Keep) -> None:
    """Let Dana ring, take the call, and let a second one ring into it."""
    clock = HandClock(SATURDAY, ZONE)
    with demo_app(clock, "calm-dark", seeded_ids(11), whole_demo) as app:
        async with running(app, size, clock) as player:
            app.follow_phone()
            phone = Softphone(player)
            await player.quiet()
            await phone.says("ring", number=FIRST)
            await _shown(player)
            await keep(player, "ring")
            await phone.says("answer", number=FIRST)
            await player.note("the flyers were due friday, and nobody rang")
            await phone.says("ring", number=SECOND, name="Erika Muster")
            await _shown(player)
            await keep(player, "second-call")


async def _shown(player: Player) -> None:
    """Let the screen and the banner see how late it is."""
    room = player.app.phone_room
    assert room is not None
    room.rings.tick()
    await player.tick()
