"""A call that turns out to belong to an earlier case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from calmdesk.errors import CalmdeskError
from calmdesk.guide import happenings as h
from calmdesk.records import calls
from calmdesk.screens.beside import run_beside

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class Joining:
    """Makes one call part of an earlier case."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen

    @property
    def possible(self) -> bool:
        """Whether the case in the story is one that this call can be made part of."""
        screen = self.screen
        known = screen.match is not None and screen.match.story is not None
        return known and not screen.call.joined and screen.call.back is None

    def same(self) -> None:
        """Make this call part of the case in the story."""
        match = self.screen.match
        if match is not None and match.story is not None and not self.screen.call.joined:
            run_beside(self.screen, partial(self.join, match.story.case_id))

    async def join(self, case_id: str) -> None:
        """The rest of this call, and what it brought so far, belongs to an earlier case."""
        screen = self.screen
        await screen.keeper.settle()
        at = screen.place.now()
        try:
            earlier = await screen.place.desk.ask(calls.join, screen.call.contact_id, case_id, at)
        except CalmdeskError as error:
            screen.note_line.hint = f"! {error}"
            return
        screen.earlier = earlier
        screen.suggesting.said_before |= earlier.said
        screen.call.add(h.CaseJoined(earlier.case_id, earlier.ref), at)
        screen.note_line.hint = f"part of {earlier.ref} now"
        screen.refresh_call()
