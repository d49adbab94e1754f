"""What every piece of work on a case between its calls needs: its times, and the way to the record."""

from __future__ import annotations

from functools import partial

from calmdesk.errors import CalmdeskError
from calmdesk.guide.zones import zone_of_number
from calmdesk.records import follow_through
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.screens.ways_back import WayBack
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


STANDS = WayBack(None, "What was written into the case stands there; u does not take it back.")


async def ask(
    screen: DueScreen, case_id: str, form: KeptForm, about: str = "", way_back: WayBack = STANDS
) -> Happenings:
    """Open a box over a screen whose answer is kept before it goes; what happened by it. What is
    typed and not kept waits there: `about` is its id, where the box asks about less than the case."""
    form.send = partial(_send, screen, case_id, way_back)
    half_typed = form.hold(screen.place.half_typed, about or case_id)
    return await screen.app.push_screen_wait(half_typed) or ()


async def keep(
    screen: DueScreen, case_id: str, happenings: Happenings, way_back: WayBack = STANDS
) -> str:
    """Keep what happened, all or none; why it could not be, as a sentence, or ''."""
    try:
        await _send(screen, case_id, way_back, happenings)
    except CalmdeskError as error:
        return str(error)
    return ""


async def _send(screen: DueScreen, case_id: str, way_back: WayBack, happenings: Happenings) -> None:
    place = screen.place
    change = partial(place.desk.ask, follow_through.together, case_id, happenings, place.now())
    await screen.ways_back.make(change, lambda _: way_back)
