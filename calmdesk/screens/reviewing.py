"""A case is reviewed where it is read; then the next of the list that nobody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.records import reviews
from calmdesk.screens.case_steps import go_to
from calmdesk.screens.ways_back import WayBack

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseWhole
    from calmdesk.records.review_rows import ReviewWords
    from calmdesk.screens.day import DayScreen


def workers(whole: CaseWhole) -> dict[str, str]:
    """Whose work on a case can be reviewed at this desk, by id, whoever had the last call first:
    those who had one, but for the agent who sits here."""
    had = {it["agent_id"]: it["agent"] or "a colleague" for it in reversed(whole.contacts)}
    return {agent_id: name for agent_id, name in had.items() if agent_id != whole.read_by}


async def review(screen: DayScreen, whole: CaseWhole) -> None:
    """Ask how a colleague worked on it, and go on to the next that waits."""
    from calmdesk.screens.review_form import ReviewForm

    place, case_id = screen.place, whole.line.id
    try:
        stands = await place.desk.look(reviews.standing, case_id)
    except StoreError as error:
        screen.title_line.warning = str(error)
        return
    form = ReviewForm(place, whole, workers(whole), stands)
    review_id = await screen.app.push_screen_wait(form.hold(place.half_typed, case_id))
    if review_id is None:
        return
    mended = any(it["id"] == review_id for it in whole.reviews)
    before = stands.get(form.of_id) if mended else None
    screen.ways_back.remember(_way_back(screen, whole, review_id, before))
    await _next(screen, case_id)


def _way_back(
    screen: DayScreen, whole: CaseWhole, review_id: str, before: ReviewWords | None
) -> WayBack:
    """From a review, or to what it said `before` it was mended."""
    place, case_id, example = screen.place, whole.line.id, whole.example

    async def go() -> None:
        told = (case_id, review_id, before, example, place.now())
        await place.desk.ask(reviews.take_back, *told)

    said = "is taken back" if before is None else "says again what it said before"
    return WayBack(go, f"The review {said}.")


async def _next(screen: DayScreen, case_id: str) -> None:
    """Read the next case of the list that nobody has reviewed."""
    place = screen.place
    chosen, sort = screen.listed_as
    try:
        found = await place.desk.look(reviews.next_to_review, chosen, sort, place.now(), case_id)
    except StoreError as error:
        screen.title_line.warning = str(error)
        return
    kept = "Kept. They see it on their Desk; u takes it back."
    if found is None:
        screen.notify(f"{kept} No other case of this list waits for a review.", markup=False)
        return
    screen.notify(f"{kept} This is the next one.", markup=False)
    to_read, row = found
    held = screen.table.place_of(to_read)
    go_to(screen, held if held is not None else min(row, screen.table.count - 1))
