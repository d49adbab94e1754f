"""What every piece of work on a case between its calls needs: its times, and the way to the record."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial
from typing import Any

from textual.screen import Screen

from calmdesk.errors import CalmdeskError
from calmdesk.guide.zones import zone_of_number
from calmdesk.records import follow_through
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.stage_pane import Around


def around(place: Workplace, whole: CaseWhole) -> Around:
    """Words, settings and both walls, for a form about a case."""
    return Around(
        place.settings,
        place.words(),
        place.wall,
        place.instant,
        place.now,
        place.new_id,
        zone=whole.zone or zone_of_number(whole.number),
    )


async def ask(
    screen: Screen[Any], place: Workplace, case_id: str, form: KeptForm, about: str = ""
) -> Happenings:
    """Open a box over a screen whose answer is kept before it goes; what happened by it. What is
    typed and not kept waits there: `about` is its id, where the box asks about less than the case."""
    form.send = partial(_send, place, case_id)
    return await screen.app.push_screen_wait(form.hold(place.half_typed, about or case_id)) or ()


async def keep(place: Workplace, case_id: str, happenings: Happenings) -> str:
    """Keep what happened, all or none; why it could not be, as a sentence, or ''."""
    try:
        await _send(place, case_id, happenings)
    except CalmdeskError as error:
        return str(error)
    return ""


def _send(place: Workplace, case_id: str, happenings: Happenings) -> Awaitable[None]:
    return place.desk.ask(follow_through.together, case_id, happenings, place.now())
