"""What can be done about a promise or follow-up between calls, on every screen that shows some."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from calmdesk.errors import CalmdeskError
from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import Happening
from calmdesk.guide.promises import Reached
from calmdesk.records import follow_through
from calmdesk.screens.beside import run_beside

if TYPE_CHECKING:
    from calmdesk.records.line_rows import DueLine
    from calmdesk.records.people_rows import Colleague
    from calmdesk.screens.kept_form import Happenings, KeptForm
    from calmdesk.screens.workplace import Workplace


@dataclass(frozen=True)
class Undo:
    """What takes the last change back."""

    case_id: str
    happening: Happening | None
    """None where taking it back would not be honest."""
    words: str
    """What is said then."""


class LineKeeping:
    """Opens the small boxes, sends what happened, and remembers how to take the last one back."""

    def __init__(self, screen: Screen[None], place: Workplace, changed: Callable[[], None]) -> None:
        """`changed` is called when a line was changed."""
        self.screen = screen
        self.place = place
        self._changed = changed
        self._last: Undo | None = None

    # -- with one key -----------------------------------------------------------------------

    def keep(self, line: DueLine) -> None:
        """It was done."""
        kept = f.FollowedUp(line.id) if line.follow_up else f.PromiseKept(line.id)
        back = Undo(line.case_id, f.KeepingUndone(line.id), "Open again.")
        self._do(line.case_id, kept, "Marked as kept. u takes it back.", back)

    def undo(self) -> None:
        """Take the last change back, or say why that cannot be."""
        last, self._last = self._last, None
        if last is None:
            self._say("There is nothing to take back.")
        elif last.happening is None:
            self._say(last.words)
        else:
            self._do(last.case_id, last.happening, last.words, None)

    def can_undo(self, undo: Undo) -> None:
        """Something else was changed here, and this takes it back."""
        self._last = undo

    # -- with a box -------------------------------------------------------------------------

    def put_off(self, line: DueLine) -> None:
        """Put the reminder off; what was told stays."""
        self._box(partial(self._put_off, line))

    def hand_on(self, line: DueLine) -> None:
        """Somebody else keeps it."""
        self._box(partial(self._hand_on, line))

    def miss(self, line: DueLine) -> None:
        """It was not done and will not be."""
        self._box(partial(self._give_reason, line, "Missed for good: why?", _missed))

    def withdraw(self, line: DueLine) -> None:
        """The customer knows that it will not be done."""
        self._box(
            partial(self._give_reason, line, "Withdrawn: what do they know, and why?", _withdrawn)
        )

    def tried(self, line: DueLine, first: Reached) -> None:
        """They were rung in vain, without a call in here."""
        self._box(partial(self._tried, line, first))

    async def _put_off(self, line: DueLine) -> None:
        from calmdesk.screens.put_off import PutOff

        place, before = self.place, line.deferred_until
        until = await self.screen.app.push_screen_wait(PutOff(place, line))
        if until is None:
            return
        back: Happening = f.ReminderRecalled(line.id)
        if before is not None and line.rests(place.now()):
            back = f.ReminderDeferred(line.id, before)
        words = "Put off. What they were told stays. u takes it back."
        undo = Undo(line.case_id, back, "The reminder is as it was.")
        self._do(line.case_id, f.ReminderDeferred(line.id, until), words, undo)

    async def _hand_on(self, line: DueLine) -> None:
        from calmdesk.screens.give_promise import GivePromise

        def given(to: Colleague, note: str) -> Happening:
            return _handed(line, to.id, to.name, note)

        form = GivePromise(self.place, line, given)
        happened, to = await self._ask(form, line), form.to_whom
        if not happened or to is None:
            return
        back = _handed(line, line.owner_id, line.owner, "")
        whose = "It is yours again." if line.mine else f"{line.owner} keeps it again."
        undo = Undo(line.case_id, back, whose)
        words = "You keep it now." if to.me else f"{to.name} keeps it now; you stay informed."
        for happening in happened:
            self._happened(line.case_id, happening, words, undo)

    async def _give_reason(
        self, line: DueLine, title: str, happening: Callable[[DueLine, str], Happening]
    ) -> None:
        from calmdesk.screens.reason import Reason

        words = "It stands in the record with its reason, and cannot be taken back."
        for what in await self._ask(Reason(title, line, happening), line):
            missed = isinstance(what, f.PromiseMissed)
            how = "Missed" if missed else "Withdrawn"
            said = f"{how}, with its reason; it cannot be taken back."
            self._happened(line.case_id, what, said, _fixed(words))

    async def _tried(self, line: DueLine, first: Reached) -> None:
        from calmdesk.screens.tried import Tried

        for tried in await self._ask(Tried(line, first, self.place.new_id), line):
            assert isinstance(tried, f.Attempted)
            words = f"Tried: {tried.result}. It is no contact yet, and stays due."
            undo = _fixed("A try stands in the record; it was made.")
            self._happened(line.case_id, tried, words, undo)

    # -- what they share --------------------------------------------------------------------

    def _box(self, asking: Callable[[], Coroutine[Any, Any, None]]) -> None:
        run_beside(self.screen, asking, group="box")

    async def _ask(self, form: KeptForm, line: DueLine) -> Happenings:
        """Open a box about a line, and have its answer kept; what happened by it."""
        from calmdesk.screens import on_case

        return await on_case.ask(self.screen, self.place, line.case_id, form, line.id)

    def _do(self, case_id: str, happening: Happening, words: str, undo: Undo | None) -> None:
        run_beside(
            self.screen, partial(self._happen, case_id, happening, words, undo), group="keeping"
        )

    async def _happen(
        self, case_id: str, happening: Happening, words: str, undo: Undo | None
    ) -> None:
        place = self.place
        try:
            await place.desk.ask(follow_through.happen, case_id, happening, place.now())
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
            return
        self._happened(case_id, happening, words, undo)

    def _happened(self, case_id: str, happening: Happening, words: str, undo: Undo | None) -> None:
        """It is kept: say so, and ask for what comes of it."""
        self._last = undo
        self._say(words)
        self._changed()
        if isinstance(happening, f.PromiseKept | f.PromiseMissed | f.PromiseWithdrawn):
            self._box(partial(self._next_promise, case_id, happening))

    async def _next_promise(
        self, case_id: str, settled: f.PromiseKept | f.PromiseMissed | f.PromiseWithdrawn
    ) -> None:
        """What they wait for next, where the case cannot be without."""
        from calmdesk.screens.next_report import offer_next_report
        from calmdesk.screens.return_time import offer_return_time

        try:
            if isinstance(settled, f.PromiseKept):
                await offer_next_report(self.screen, self.place, case_id, settled.promise_id)
            await offer_return_time(self.screen, self.place, case_id)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
        self._changed()

    def _say(self, words: str, wrong: bool = False) -> None:
        self.screen.notify(words, severity="warning" if wrong else "information", markup=False)


def _fixed(words: str) -> Undo:
    return Undo("", None, words)


def _missed(line: DueLine, reason: str) -> Happening:
    return f.PromiseMissed(line.id, reason)


def _withdrawn(line: DueLine, reason: str) -> Happening:
    return (
        f.FollowUpWithdrawn(line.id, reason)
        if line.follow_up
        else f.PromiseWithdrawn(line.id, reason)
    )


def _handed(line: DueLine, to_id: str, to_name: str, note: str) -> Happening:
    return (
        f.FollowUpHandedOver(line.id, to_id, to_name, note)
        if line.follow_up
        else f.PromiseHandedOver(line.id, to_id, to_name, note)
    )
