"""A softphone beside a player: what it says goes through the real spool."""

from __future__ import annotations

import asyncio

from calmdesk.phone.spool import Spool, put
from tests.player import Player

SLOW = 30
"""Seconds after which nothing is waited for any more."""


class Softphone:
    """Says things as the hook does."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.file = str(player.app.place.places.spool)

    async def says(
        self, *kinds: str, number: str = "+493012345678", key: str = "", name: str = ""
    ) -> None:
        """Events of one call, a second apart, each acted on before the next one comes."""
        for kind in kinds:
            at = self.player.clock.now().timestamp()
            put(self.file, kind, key, number, name, "hook", at)
            await self.heard()
            self.player.wind(1)

    async def heard(self) -> None:
        """Wait until all that was said is acted on, and shown."""
        async with asyncio.timeout(SLOW):
            while not self._acted_on():  # noqa: ASYNC110
                await asyncio.sleep(0.01)  # the thread looks by the machine's own clock
        await self.player.quiet()

    def _acted_on(self) -> bool:
        spool = Spool(self.file)
        try:
            queued, logged = spool.after(0), spool.log()
        finally:
            spool.close()
        return {row[0] for row in queued} <= {line[0] for line in logged} and bool(logged)

    def lets_go_of_nothing(self) -> None:
        """From now on all that was said lies there still: as after a crash, before the record is
        asked."""
        room = self.player.app.phone_room
        assert room is not None
        watch = room.spooled._watch
        assert watch is not None
        done = watch.done
        watch.done = lambda uid, ids, lines: done(uid, [], lines)  # type: ignore[method-assign]

    @property
    def log(self) -> list[str]:
        """What became of each event."""
        spool = Spool(self.file)
        try:
            return [line[-1] for line in spool.log()]
        finally:
            spool.close()
