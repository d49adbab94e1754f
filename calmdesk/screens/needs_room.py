"""What needs somebody today: read for the strip on top of the Day, and dealt with, a key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calmdesk.errors import CalmdeskError
from calmdesk.guide.afterwards import HandoverTaken
from calmdesk.guide.needing import Step, Why
from calmdesk.records import follow_through, needs, register
from calmdesk.records.day_rows import Need
from calmdesk.screens.due_screen import DueScreen

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen

SEEN = "Seen. u brings it back."


class NeedsRoom:
    """Each public coroutine does one thing about a line; what the record refuses is said."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self.place = screen.place
        self._seen: Need | None = None
        """What was marked as seen last."""

    async def act(self, need: Need) -> None:
        """Do what its line proposes."""
        try:
            await self._steps(need)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)

    async def _steps(self, need: Need) -> None:
        if need.step is Step.RING:
            self.screen.post_message(DueScreen.RingWanted(need.case_id, need.line_id))
        elif need.step is Step.REASSIGN:
            await self._reassign(need)
        elif need.step is Step.TAKE:
            await self._take(need)
        else:
            self.screen.open_case(need.case_id)
        if need.why is Why.HELP:  # whoever asked sees at once that somebody comes
            await self._mark_seen(need)

    async def _reassign(self, need: Need) -> None:
        """Somebody else keeps the promise."""
        line = await self.place.desk.look(register.line, need.line_id)
        if line is None:
            self._say(register.GONE, wrong=True)
        else:
            self.screen.keeping.hand_on(line)

    async def _take(self, need: Need) -> None:
        """The case is this agent's from now on, and is read."""
        place = self.place
        handed = await place.desk.look(follow_through.handed, need.case_id)
        if handed is not None:
            taken = HandoverTaken(handed.id)
            await place.desk.ask(follow_through.happen, need.case_id, taken, place.now())
            self._say("It is yours now.")
        self.screen.open_case(need.case_id)

    # -- seen -----------------------------------------------------------------------------------

    async def see(self, need: Need) -> None:
        """Somebody took note of it: it leaves the strip."""
        try:
            await self._mark_seen(need)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)

    async def _mark_seen(self, need: Need) -> None:
        place = self.place
        await place.desk.ask(needs.seen, need.case_id, need.why, place.now())
        self._seen = need
        self._say(SEEN)
        self.screen.top.show()

    def forget(self) -> None:
        """Something else was changed: that is taken back first."""
        self._seen = None

    @property
    def can_undo(self) -> bool:
        """Whether the last change was that something was seen."""
        return self._seen is not None

    async def undo(self) -> None:
        """What was seen last stands there again."""
        need, self._seen = self._seen, None
        if need is None:
            return
        try:
            await self.place.desk.ask(needs.unseen, need.case_id, need.why, self.place.now())
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
            return
        self._say("It stands there again.")
        self.screen.top.show()

    def _say(self, words: str, wrong: bool = False) -> None:
        self.screen.notify(words, severity="warning" if wrong else "information", markup=False)
