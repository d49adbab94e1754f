"""Whoever rang in vain is rung back, or what was said while calmdesk was closed is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual.app import App

from calmdesk.records import phone_calls
from calmdesk.records.call_rows import Rang

if TYPE_CHECKING:
    from calmdesk.records.phone_rows import RangInVain
    from calmdesk.screens.call_room import CallRoom
    from calmdesk.screens.keeping import Keeper


class RingingBack:
    """Begins the call that a line of the Desk asks for; the line is gone once there is one."""

    def __init__(self, app: App[Any], keeper: Keeper, call_room: CallRoom) -> None:
        self._app = app
        self._keeper = keeper
        self._call_room = call_room

    async def ring_back(self, rang: RangInVain) -> None:
        """On their open case, if they have one."""
        room = self._call_room
        if rang.talked:
            contact_id = await self._write_down(rang)
        elif not rang.number:
            self._app.notify("The number was withheld: there is none to ring.", markup=False)
            return
        elif rang.case_id:
            contact_id = await room.ring(rang.case_id, rang.line_id)
        else:
            contact_id = await room.begin_call(rang.number, "out", room.place.now())
        if contact_id:
            self._keeper.keep(phone_calls.became, rang.keys, contact_id)
            self._say_why(rang)

    def _say_why(self, rang: RangInVain) -> None:
        """They are rung since they rang; the name of the line is offered."""
        screen = self._call_room.screen
        if screen is None or screen.opened.errand is None:
            return
        screen.show_errand(replace(screen.opened.errand, rang=Rang(rang.at, rang.unclear)))
        if rang.name and not screen.call.caller.name:
            screen.note_line.hint = f"rang as {rang.name}   ctrl+l says who"

    async def _write_down(self, rang: RangInVain) -> str:
        """It is over: what was said goes into its wrap-up."""
        room = self._call_room
        began = rang.at + timedelta(seconds=rang.rang)
        contact_id = await room.begin_call(rang.number, "in", began)
        if contact_id and room.screen is not None:
            await room.screen.end_at(began + timedelta(seconds=rang.talked))
        return contact_id
