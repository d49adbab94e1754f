"""Whom we ring: their number handed to the softphone, where the settings ask for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from calmdesk.errors import DialError
from calmdesk.phone import dial
from calmdesk.widgets.dial_line import HandOver

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


async def call_back(screen: CallScreen) -> None:
    """Hand over the number of a call that has just begun. Made-up people are never rung."""
    place, number = screen.place, screen.call.caller.number
    phone = place.settings.phone
    if not phone.call_back or not number or place.demo:
        return
    screen.show_handed(HandOver.UNDER_WAY)
    try:
        address = await asyncio.to_thread(dial.address, phone.call_back, number, phone.dialling)
        await asyncio.to_thread(dial.hand_over, address)
    except DialError as error:
        screen.show_handed(HandOver.OURS)
        screen.app.notify(str(error), severity="warning", markup=False)
    else:
        screen.show_handed(HandOver.DONE)
