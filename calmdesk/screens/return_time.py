"""An investigating case always has a time at which they are rung: without one it is asked (S50, S82)."""

from __future__ import annotations

import asyncio
from datetime import datetime

from calmdesk.guide.next_step import next_morning
from calmdesk.guide.outcome import RING_BACK, Status
from calmdesk.guide.promises import PromiseKind, PromiseState
from calmdesk.records import browse
from calmdesk.screens import on_case
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.widgets.stage_pane import Around

TITLE = "When do you ring back? An investigating case needs a time."


async def offer_return_time(screen: DueScreen, case_id: str) -> None:
    """Ask for the next return call, when an investigating case has no open promise with a time any
    more; asked in a worker. Escape leaves it, and the Desk says so. Raises StoreError."""
    place = screen.place
    whole = await place.desk.look(browse.whole, case_id, place.now())
    timed = any(it["state"] == PromiseState.OPEN and it["due_at"] for it in whole.promises)
    if whole.line.status != Status.INVESTIGATING or timed:
        return
    around = on_case.around(place, whole)
    due = await asyncio.to_thread(_next_morning, around)  # public holidays are slow to look up
    form = TellPromise(around, RING_BACK, due, PromiseKind.RETURN_CALL, title=TITLE)
    await on_case.ask(screen, case_id, form)


def _next_morning(around: Around) -> datetime:
    """When the next working day begins, or is day for them as well."""
    hours = around.settings.hours
    return around.instant(next_morning(around.wall(None), hours, around.theirs, hours.opens))
