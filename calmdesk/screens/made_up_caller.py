"""The made-up caller of `calmdesk phone test`: shown for some seconds, and kept nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from calmdesk.phone.events import Kind, PhoneEvent
from calmdesk.phone.machine import Taken
from calmdesk.phone.phone_call import PhoneCall, State

if TYPE_CHECKING:
    from calmdesk.screens.rings import Rings

RINGS = timedelta(seconds=10)
"""For so long one rings at most: the command may have been ended before it told the end."""


class MadeUpCaller:
    """Rings as somebody would, and is no call of the telephone's."""

    def __init__(self, rings: Rings) -> None:
        self._rings = rings
        self._ringing: dict[str, PhoneCall] = {}

    async def hear(self, event: PhoneEvent, now: datetime) -> Taken:
        """One rings, or does so no more."""
        before = self._ringing.pop(event.key, None)
        if before is not None:
            self._rings.end(before)
        if event.kind is not Kind.RING or now - event.at >= RINGS:
            return Taken([], None, "over")
        call = PhoneCall(event.key, event.source, event.number, event.name)
        call.turn(State.RINGING, event.at)
        self._ringing[event.key] = call
        await self._rings.show(call)
        return Taken([], None, "shown")

    def end(self) -> bool:
        """Let none ring any more. Returns whether one did."""
        ringing = [*self._ringing.values()]
        self._ringing.clear()
        for call in ringing:
            self._rings.end(call)
        return bool(ringing)

    def tick(self, now: datetime) -> None:
        """Let time pass: none rings for long."""
        if any(now - call.began_at >= RINGS for call in self._ringing.values()):
            self.end()
