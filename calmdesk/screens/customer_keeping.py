"""What is done about customers, on every screen that shows some: done by the record, told, and taken
back by one key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
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
        return await self._change(
            "One person now.",
            partial(self._ask, one_person.merge, kept_id, gone_id),
            lambda merge_id: partial(self._ask, one_person.unmerge, merge_id),
            "They are two people again.",
        )

    async def part(self, merged: Merged, kept_id: str) -> None:
        """One is two people after all."""
        await self._change(
            "Two people again.",
            partial(self._ask, duplicates.part, merged.merge_id),
            lambda gone: partial(self._ask, duplicates.rejoin, kept_id, gone),
            "One person.",
        )

    async def apart(self, one_id: str, other_id: str) -> None:
        """Two are not one person, and are not suggested again."""
        ask = self.place.desk.ask
        await self._change(
            "Not the same; they are not suggested again.",
            partial(self._ask, duplicates.not_same, one_id, other_id),
            lambda _: partial(ask, duplicates.may_be_same, one_id, other_id),
            "They may be one person.",
        )

    async def mend(self, words: str, customer_id: str, *changes: tuple[Any, ...]) -> None:
        """Mend what is known of a customer: each change is a verb and what it is told. What is
        refused ends it; what was mended before that stays."""

        async def mend() -> list[Mended]:
            made: list[Mended] = []
            try:
                for verb, *told in changes:
                    made.append(await self._ask(verb, customer_id, *told))
            except CalmdeskError as error:
                if not made:
                    raise
                self._say(str(error), broken=True)
            return made

        await self._change(
            words,
            mend,
            lambda made: partial(self._ask, customer_details.put_back, made),
            "It is as it was.",
        )

    def _ask(self, verb: Any, *arguments: Any) -> Awaitable[Any]:
        """Ask the record for a change, now. Raises what it raises."""
        told = (*arguments, self.place.now())
        return self.place.desk.ask(verb, *told)

    async def _change(
        self,
        words: str,
        change: Callable[[], Awaitable[Any]],
        back: Callable[[Any], Callable[[], Awaitable[Any]]],
        undone: str,
    ) -> bool:
        """Have something changed, and say so, or what is in the way; whether it was. `back` makes of
        the record's answer what takes it back."""
        try:
            await self.ways_back.make(change, lambda made: WayBack(back(made), undone))
        except CalmdeskError as error:
            self._say(str(error), broken=True)
            return False
        self._say(f"{words} u takes it back.")
        self._changed()
        return True

    def _say(self, words: str, broken: bool = False) -> None:
        severity: SeverityLevel = "warning" if broken else "information"
        self.screen.notify(words, severity=severity, markup=False)
