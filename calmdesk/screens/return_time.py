"""An investigating case always has a time at which they are rung: without one it is asked (S50, S82)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from textual.screen import Screen

from calmdesk.guide.outcome import RING_BACK, Status
from calmdesk.guide.promises import PromiseKind, PromiseState
from calmdesk.records import browse
from calmdesk.screens import on_case
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.screens.workplace import Workplace
from calmdesk.working_hours import working_day

TITLE = "When do you ring back? An investigating case needs a time."


async def offer_return_time(screen: Screen[Any], place: Workplace, case_id: str) -> None:
    """Ask for the next return call, when an investigating case has no open promise with a time any
    more; asked in a worker. Escape leaves it, and the Desk says so. Raises StoreError."""
    whole = await place.desk.look(browse.whole, case_id, place.now())
    timed = any(it["state"] == PromiseState.OPEN and it["due_at"] for it in whole.promises)
    if whole.line.status != Status.INVESTIGATING or timed:
        return
    due = await asyncio.to_thread(_next_morning, place)  # public holidays are slow to look up
    around = on_case.around(place, whole)
    form = TellPromise(around, RING_BACK, due, PromiseKind.RETURN_CALL, title=TITLE)
    await on_case.ask(screen, place, case_id, form)


def _next_morning(place: Workplace) -> datetime:
    """When the next working day begins."""
    hours = place.settings.hours
    return place.instant(datetime.combine(working_day(place.wall().date(), 1, hours), hours.opens))
