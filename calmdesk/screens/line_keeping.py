"""What can be done about a promise or follow-up between calls, on every screen that shows some."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from calmdesk.errors import CalmdeskError, Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import Happening
from calmdesk.guide.promises import Reached
from calmdesk.records import follow_through, register
from calmdesk.screens.beside import run_beside
from calmdesk.screens.ways_back import WayBack, WaysBack

if TYPE_CHECKING:
    from calmdesk.records.case_rows import HandedOver
    from calmdesk.records.line_rows import DueLine
    from calmdesk.records.people_rows import Colleague
    from calmdesk.screens.due_screen import DueScreen
    from calmdesk.screens.give_promise import GivePromise
    from calmdesk.screens.kept_form import Happenings, KeptForm
    from calmdesk.screens.workplace import Workplace


class LineKeeping:
    """Opens the small boxes, sends what happened, and knows the way back from it."""

    def __init__(
        self,
        screen: DueScreen,
        place: Workplace,
        ways_back: WaysBack,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is called when a line was changed."""
        self.screen = screen
        self.place = place
        self._ways_back = ways_back
        self._changed = changed

    # -- with one key -----------------------------------------------------------------------

    def keep(self, line: DueLine) -> None:
        """It was done."""
        kept = f.FollowedUp(line.id) if line.follow_up else f.PromiseKept(line.id)
        back = self.way_back(line.case_id, f.KeepingUndone(line.id), "Open again.")
        self._do(line.case_id, kept, self._with_way_back("Marked as kept."), back)

    async def take_over(self, handed: HandedOver, stays: bool = True) -> None:
        """A case that was handed over is this agent's from now on; with `stays` they go on from this
        screen. Raises `CalmdeskError`."""
        case_id, words = handed.case_id, "It is in your inbox again."
        way_back = self.way_back(case_id, f.TakingUndone(handed.id), words)
        take = partial(self._happen, case_id, f.HandoverTaken(handed.id))
        await self._ways_back.make(take, lambda _: way_back)
        words = "It is yours now."
        self._say(self._with_way_back(words) if stays else words)
        self._changed()

    def way_back(self, case_id: str, happening: Happening, words: str) -> WayBack:
        """By a happening in turn."""
        return WayBack(partial(self._happen, case_id, happening), words)

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

        until = await self.screen.app.push_screen_wait(PutOff(self.place, line))
        if until is None:
            return
        words = self._with_way_back("Put off. What they were told stays.")
        back = WayBack(partial(self._call_up, line, until), "The reminder is as it was.")
        self._do(line.case_id, f.ReminderDeferred(line.id, until), words, back)

    async def _call_up(self, line: DueLine, until: datetime) -> None:
        """Let a reminder that was put off until then be as it was before."""
        stands, before = await self.place.desk.look(register.line, line.id), line.deferred_until
        if stands is None or stands.deferred_until != until:
            raise Refused("The reminder was changed again since; it stays as it is.")
        back: Happening = f.ReminderRecalled(line.id)
        if before is not None and before > self.place.now():
            back = f.ReminderDeferred(line.id, before)
        await self._happen(line.case_id, back)

    async def _hand_on(self, line: DueLine) -> None:
        from calmdesk.screens.give_promise import GivePromise

        def given(to: Colleague, note: str) -> Happening:
            return _handed(line, to.id, to.name, note)

        form = GivePromise(self.place, line, given)
        whose = "It is yours again." if line.mine else f"{line.owner} keeps it again."
        back = WayBack(partial(self._bring_back, line, form), whose)
        happened, to = await self._ask(form, line, back), form.to_whom
        if not happened or to is None:
            return
        words = "You keep it now." if to.me else f"{to.name} keeps it now; you stay informed."
        for happening in happened:
            self._happened(line.case_id, happening, words)

    async def _bring_back(self, line: DueLine, form: GivePromise) -> None:
        """Whoever kept it before keeps it again, unless it went on from hand to hand."""
        stands = await self.place.desk.look(register.line, line.id)
        if stands is None or form.to_whom is None or stands.owner_id != form.to_whom.id:
            raise Refused("It was handed on again since; it stays there.")
        await self._happen(line.case_id, _handed(line, line.owner_id, line.owner, ""))

    async def _give_reason(
        self, line: DueLine, title: str, happening: Callable[[DueLine, str], Happening]
    ) -> None:
        from calmdesk.screens.reason import Reason

        words = "It stands in the record with its reason, and cannot be taken back."
        for what in await self._ask(Reason(title, line, happening), line, WayBack(None, words)):
            missed = isinstance(what, f.PromiseMissed)
            how = "Missed" if missed else "Withdrawn"
            said = f"{how}, with its reason; it cannot be taken back."
            self._happened(line.case_id, what, said)

    async def _tried(self, line: DueLine, first: Reached) -> None:
        from calmdesk.screens.tried import Tried

        fixed = WayBack(None, "A try stands in the record; it was made.")
        for tried in await self._ask(Tried(line, first, self.place.new_id), line, fixed):
            assert isinstance(tried, f.Attempted)
            words = f"Tried: {tried.result}. It is no contact yet, and stays due."
            self._happened(line.case_id, tried, words)

    # -- what they share --------------------------------------------------------------------

    def _box(self, asking: Callable[[], Coroutine[Any, Any, None]]) -> None:
        run_beside(self.screen, asking, group="box")

    async def _ask(self, form: KeptForm, line: DueLine, way_back: WayBack) -> Happenings:
        """Open a box about a line, and have its answer kept; what happened by it."""
        from calmdesk.screens import on_case

        return await on_case.ask(self.screen, line.case_id, form, line.id, way_back)

    def _do(self, case_id: str, happening: Happening, words: str, way_back: WayBack) -> None:
        doing = partial(self._have_happen, case_id, happening, words, way_back)
        run_beside(self.screen, doing, group="keeping")

    async def _have_happen(
        self, case_id: str, happening: Happening, words: str, way_back: WayBack
    ) -> None:
        try:
            await self._ways_back.make(
                partial(self._happen, case_id, happening), lambda _: way_back
            )
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
            return
        self._happened(case_id, happening, words)

    async def _happen(self, case_id: str, happening: Happening) -> None:
        place = self.place
        await place.desk.ask(follow_through.happen, case_id, happening, place.now())

    def _happened(self, case_id: str, happening: Happening, words: str) -> None:
        """It is kept: say so, and ask for what comes of it."""
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
                await offer_next_report(self.screen, case_id, settled.promise_id)
            await offer_return_time(self.screen, case_id)
        except CalmdeskError as error:
            self._say(str(error), wrong=True)
        self._changed()

    def _with_way_back(self, words: str) -> str:
        """What was done, and the key that takes it back where there is one."""
        return f"{words} u takes it back." if self.screen.TAKES_BACK else words

    def _say(self, words: str, wrong: bool = False) -> None:
        self.screen.notify(words, severity="warning" if wrong else "information", markup=False)


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
