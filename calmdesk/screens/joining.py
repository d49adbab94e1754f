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
        self._asked = False

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
            self.join(match.story.case_id)

    def join(self, case_id: str) -> None:
        """The rest of this call, and what it brought so far, belongs to an earlier case; also when
        the screen makes room for another call meanwhile."""
        if not self._asked:
            self._asked = True
            run_beside(self.screen.app, partial(self._join, case_id))

    async def _join(self, case_id: str) -> None:
        screen = self.screen
        await screen.keeper.settle()
        at = screen.place.now()
        try:
            earlier = await screen.place.desk.ask(calls.join, screen.call.contact_id, case_id, at)
        except CalmdeskError as error:
            self._asked = False
            hint = f"! {error}"
        else:
            screen.opened.earlier = earlier
            screen.suggesting.said_before |= earlier.said
            screen.call.add(h.CaseJoined(earlier.case_id, earlier.ref), at)
            hint = f"part of {earlier.ref} now"
        run_beside(screen, partial(self._tell, hint))

    async def _tell(self, hint: str) -> None:
        """What became of it, unless the screen made room meanwhile."""
        self.screen.note_line.hint = hint
        self.screen.refresh_call()
