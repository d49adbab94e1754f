"""What is done about customers, on every screen that shows some: done by the record, told, and taken
back by one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.notifications import SeverityLevel
from textual.screen import Screen

from calmdesk.errors import CalmdeskError
from calmdesk.records import customer_details, duplicates, one_person
from calmdesk.screens.ways_back import WayBack, WaysBack

if TYPE_CHECKING:
    from calmdesk.records.customer_rows import Mended, Merged, Person
    from calmdesk.screens.workplace import Workplace


class CustomerKeeping:
    """Asks the record, and knows the way back from what it did."""

    def __init__(
        self, screen: Screen[Any], place: Workplace, changed: Callable[[], object]
    ) -> None:
        """`changed` is called when something was changed."""
        self.screen = screen
        self.place = place
        self._changed = changed
        self.ways_back = WaysBack(screen, place, changed)

    async def decide(self, one: Person, other: Person, why: str) -> bool:
        """Look at two side by side, and do what is decided; whether they were merged."""
        from calmdesk.screens.side_by_side import SideBySide

        box = SideBySide(one, other, why, self.place.wall)
        answer = await self.screen.app.push_screen_wait(box)
        if answer is None:
            return False
        what, kept_id, gone_id = answer
        if what == "apart":
            await self.apart(kept_id, gone_id)
            return False
        return await self.merge(kept_id, gone_id)

    async def merge(self, kept_id: str, gone_id: str) -> bool:
        """Two are one person; whether the record has it."""
        async with self.ways_back.changing:
            done, merge_id = await self._ask(one_person.merge, kept_id, gone_id, self.place.now())
            if done:
                words = "They are two people again."
                back = (merge_id, self.place.now())
                self._done("One person now. u takes it back.", one_person.unmerge, back, words)
        return done

    async def part(self, merged: Merged, kept_id: str) -> None:
        """One is two people after all."""
        words = "Two people again. u takes it back."
        async with self.ways_back.changing:
            done, gone = await self._ask(duplicates.part, merged.merge_id, self.place.now())
            if done:
                back = (kept_id, gone, self.place.now())
                self._done(words, duplicates.rejoin, back, "One person.")

    async def apart(self, one_id: str, other_id: str) -> None:
        """Two are not one person, and are not suggested again."""
        words = "Not the same; they are not suggested again. u takes it back."
        async with self.ways_back.changing:
            done, _ = await self._ask(duplicates.not_same, one_id, other_id, self.place.now())
            if done:
                back = (one_id, other_id)
                self._done(words, duplicates.may_be_same, back, "They may be one person.")

    async def mend(self, words: str, customer_id: str, *changes: tuple[Any, ...]) -> None:
        """Mend what is known of a customer: each change is a verb and what it is told."""
        made: list[Mended] = []
        async with self.ways_back.changing:
            for verb, *told in changes:
                done, change = await self._ask(verb, customer_id, *told, self.place.now())
                if not done:
                    break
                made.append(change)
            if made:
                back = (made, self.place.now())
                words = f"{words} u takes it back."
                self._done(words, customer_details.put_back, back, "It is as it was.")

    async def _ask(self, verb: Any, *arguments: Any) -> tuple[bool, Any]:
        """Ask the record: whether it was done, and what it answers. What is in the way is told."""
        try:
            return True, await self.place.desk.ask(verb, *arguments)
        except CalmdeskError as error:
            self._say(str(error), broken=True)
            return False, None

    def _done(self, words: str, verb: Any, arguments: tuple[Any, ...], back: str) -> None:
        go = partial(self.place.desk.ask, verb, *arguments)
        self.ways_back.remember(WayBack(go, back))
        self._say(words)
        self._changed()

    def _say(self, words: str, broken: bool = False) -> None:
        severity: SeverityLevel = "warning" if broken else "information"
        self.screen.notify(words, severity=severity, markup=False)
