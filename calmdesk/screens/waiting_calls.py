"""Live calls that wait on hold behind the one on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.records import calls
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.workplace import Workplace

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.guide.happenings import Happening
    from calmdesk.records.call_rows import OpenCall


class WaitingCalls:
    """Holds them as they stood when another one was answered; what happens to them is kept."""

    def __init__(self, place: Workplace, keeper: Keeper) -> None:
        self._place = place
        self._keeper = keeper
        self._opened: dict[str, OpenCall] = {}
        """By contact id, the one that was left last at the end."""

    def __bool__(self) -> bool:
        return bool(self._opened)

    def __contains__(self, contact_id: str) -> bool:
        return contact_id in self._opened

    @property
    def calls(self) -> list[Call]:
        """The calls, the one that was left last first."""
        return [it.call for it in reversed(self._opened.values())]

    def put(self, opened: OpenCall) -> None:
        """A call waits from now on."""
        self._opened[opened.call.contact_id] = opened

    def take(self, contact_id: str) -> OpenCall | None:
        """One is shown again; None when it does not wait here."""
        return self._opened.pop(contact_id, None)

    def happened(self, contact_id: str, *happenings: Happening, at: datetime) -> None:
        """Something happened to one while it waits."""
        for happening in happenings:
            self._opened[contact_id].call.add(happening, at)
        self._keeper.keep(calls.enter, contact_id, happenings, (), at)

    def hung_up(self, contact_id: str, at: datetime) -> None:
        """One is over: its wrap-up waits to be finished."""
        from calmdesk.guide.happenings import CallEnded, Parked

        self.happened(contact_id, CallEnded(), Parked(), at=at)
        del self._opened[contact_id]

    async def gather(self, on_screen: str) -> None:
        """After a start: whatever was live beside the call that was taken up again. Raises
        StoreError."""
        desk = self._place.desk
        for contact_id in await desk.look(calls.live):
            if contact_id != on_screen:
                opened = await desk.ask(calls.unfinished, contact_id)
                if opened is not None:
                    self.put(opened)
