"""Known issues in a live call: those about its matter, as long as they stand (S38)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.records import coaching
from calmdesk.records.people_rows import KnownIssue
from calmdesk.screens.beside import run_beside
from calmdesk.screens.situation import about
from calmdesk.widgets.known_issue_strip import KnownIssueStrip

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen

EVERY = timedelta(seconds=20)
"""How often the record is read for what somebody else announced or ended."""


class IssueWatch:
    """Keeps an eye on known issues for one call screen."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self.matching: tuple[KnownIssue, ...] = ()
        """Those that stand on this call now."""
        self._current: tuple[KnownIssue, ...] = ()
        self._read_at: datetime | None = None

    def tick(self) -> None:
        """Once a second: one whose time is over vanishes; now and then the record is read anew."""
        now = self.screen.place.now()
        if self._read_at is None or now - self._read_at >= EVERY:
            self._read_at = now
            run_beside(self.screen, self._bring, exclusive=True, group="issues")
        self.show()

    def show(self) -> None:
        """Show those about what the call is about; a call that is over needs none."""
        call, now = self.screen.call, self.screen.place.now()
        live = self._current if call.ended_at is None else ()
        matters = about(call, self.screen.place) if live else ()
        standing = tuple(it for it in live if any(it.stands(now, one) for one in matters))
        if standing != self.matching:
            self.matching = standing
            self.screen.query_one(KnownIssueStrip).issues = standing
            self.screen.suggesting.known_issue = standing[0].sentence if standing else ""
            self.screen.show_suggestions()

    async def _bring(self) -> None:
        place = self.screen.place
        try:
            self._current = await place.desk.look(coaching.known_issues, place.now())
        except StoreError:
            return  # the keeper says what is wrong with the store; what is known stays shown
        self.show()
