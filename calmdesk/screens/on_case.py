"""What every piece of work on a case between its calls needs: its times, and the way to the record."""

from __future__ import annotations

from calmdesk.errors import CalmdeskError
from calmdesk.guide.zones import zone_of_number
from calmdesk.records import follow_through
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.kept_form import Happenings
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


async def keep(place: Workplace, case_id: str, happenings: Happenings) -> str:
    """Keep what happened, all or none; why it could not be, as a sentence, or ''."""
    try:
        await place.desk.ask(follow_through.together, case_id, happenings, place.now())
    except CalmdeskError as error:
        return str(error)
    return ""
