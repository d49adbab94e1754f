"""Keeping and saving one call: what is half typed, the hand-over, Save, and putting it aside."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from calmdesk.errors import StoreError
from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import Attempted
from calmdesk.guide.breath import USUAL_BREAK
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import Reached
from calmdesk.guide.stages import Stage
from calmdesk.records import browse, calls
from calmdesk.records.call_rows import KeptDraft
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens.beside import run_beside
from calmdesk.screens.drafts import Drafts
from calmdesk.widgets.wrap_up_pane import OutcomeList, WrapUpPane

if TYPE_CHECKING:
    from calmdesk.screens.call import CallScreen


class Saving:
    """Keeps the words of one call screen, and saves its case."""

    def __init__(self, screen: CallScreen) -> None:
        self.screen = screen
        self.drafts = Drafts(screen, self._keep_drafts)

    # -- while it goes on -------------------------------------------------------------------

    def flush(self) -> None:
        """On the way out: hand over what is half typed."""
        self.drafts.flush()

    def pulse(self) -> None:
        """A sign of life, so that a restart knows how long it was away."""
        self._keep_drafts([KeptDraft("pulse", "")])

    def _keep_drafts(self, drafts: list[KeptDraft]) -> None:
        screen = self.screen
        at = screen.place.now()
        screen.keeper.keep(calls.keep_drafts, screen.call.contact_id, drafts, at)

    async def park(self) -> None:
        """Put the wrap-up aside, to finish later; nothing is asked."""
        self.flush()
        self.screen.did(h.Parked())

    # -- Save -------------------------------------------------------------------------------

    async def save(self) -> None:
        """In a live call: when the words were kept. In Wrap-up: save the case."""
        screen = self.screen
        if screen.call.finished:
            return
        if screen.call.stage is not Stage.WRAP_UP:
            await self._tell_kept()
            return
        if line := screen.note_line.input.value.strip():
            screen.note_line.write("")
            if not await screen.commands.run(line):
                screen.notes.enter(line)
        pane = screen.query_one(WrapUpPane)
        if pane.outcome is None:
            screen.note_line.hint = "One thing first: how did it end? enter chooses"
            screen.set_focus(screen.query_one(OutcomeList))
        elif held := pane.held():
            screen.note_line.hint = held
            pane.show()
            screen.set_focus(screen.query_one("#next-on"))
        elif pane.outcome is Outcome.HANDED_OVER and not screen.call.handed_to:
            self.hand_over(then_save=True)
        elif doubt := pane.doubt():
            screen.note_line.hint = doubt
        else:
            self._finish(pane)

    async def _tell_kept(self) -> None:
        screen = self.screen
        self.flush()
        await screen.keeper.settle()
        kept = screen.header.kept or "not yet kept"
        screen.note_line.hint = screen.keeper.state.trouble or f"Every word is {kept}."

    def _finish(self, pane: WrapUpPane) -> None:
        screen, call = self.screen, self.screen.call
        back = call.back
        in_vain = pane.outcome is Outcome.NOT_REACHED
        if back is not None and (back.reached is None or (in_vain and not back.in_vain)):
            result = Reached.NO_ANSWER if in_vain else Reached.REACHED  # nobody ticked it
            screen.did(Attempted(screen.place.new_id(), back.about, result))
        screen.did(*pane.last_words())
        ended = call.outcome is Outcome.ENDED_AFTER_WARNING
        pause = screen.opened.pause_after or (USUAL_BREAK if ended else 0)
        done = screen.Done(call, pause, screen.opened.look_back, pane.in_writing)
        screen.post_message(done)

    # -- handing over -----------------------------------------------------------------------

    def hand_over(self, name: str = "", then_save: bool = False) -> None:
        """Ask who goes on with it, with a brief made of this call (S63)."""
        run_beside(self.screen, partial(self._hand_over, name, then_save), group="box")

    async def _hand_over(self, name: str, then_save: bool) -> None:
        from calmdesk.screens.hand_over import HandOver
        from calmdesk.screens.handover_brief import call_brief

        screen, call, place = self.screen, self.screen.call, self.screen.place
        await screen.keeper.settle()
        whole: CaseWhole | None = None
        with suppress(StoreError):  # what this call brought is better than no brief
            whole = await place.desk.look(browse.whole, call.case_id, place.now())
        brief = call_brief(call, screen.around, whole, screen.match)
        box = HandOver(place, screen.around, brief, name or self._called_in)
        handed = await screen.app.push_screen_wait(box.hold(place.half_typed, call.contact_id))
        if handed is None:
            if then_save:
                screen.note_line.hint = "Who goes on with it? ctrl+s asks again; ctrl+n parks it."
            return
        screen.did(*handed, h.OutcomeChosen(Outcome.HANDED_OVER))
        if then_save:
            self._finish(screen.query_one(WrapUpPane))
        else:
            screen.note_line.hint = f"{call.handed_to} has it, with the brief."

    @property
    def _called_in(self) -> str:
        """Who was called in, the likely one to go on."""
        called = self.screen.call.escalated
        return called.name if called is not None and called.number else ""
