"""After a progress report the next one: as far on again, while the case is open (S67)."""

from __future__ import annotations

import asyncio
from datetime import datetime

from calmdesk.guide.outcome import Status
from calmdesk.guide.promises import PromiseKind, PromiseState, next_report
from calmdesk.records import browse
from calmdesk.screens import on_case
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.screens.workplace import Workplace
from calmdesk.working_hours import working_day

_KEPT = (PromiseState.KEPT, PromiseState.LATE)


async def offer_next_report(screen: DueScreen, case_id: str, promise_id: str) -> None:
    """Offer the next one, when a promise that was just kept was a progress report; asked in a
    worker. Only what they are told becomes a promise: escape leaves it. Raises StoreError."""
    place = screen.place
    whole = await place.desk.look(browse.whole, case_id, place.now())
    report = next((it for it in whole.promises if it["id"] == promise_id), None)
    if report is None or report["kind"] != PromiseKind.PROGRESS or report["state"] not in _KEPT:
        return
    if whole.line.status == Status.CLOSED or not report["first_due_at"]:
        return
    due = next_report(report["told_at"], report["first_due_at"], place.now())
    due = await asyncio.to_thread(_worked, place, due)  # public holidays are slow to look up
    around = on_case.around(place, whole)
    form = TellPromise(around, report["what"], due, PromiseKind.PROGRESS)
    await on_case.ask(screen, case_id, form, promise_id)


def _worked(place: Workplace, due: datetime) -> datetime:
    """The same hour of the next working day, when that day is none."""
    wall, hours = place.wall(due), place.settings.hours
    if hours.works(wall.date()):
        return due
    return place.instant(datetime.combine(working_day(wall.date(), 1, hours), wall.time()))
