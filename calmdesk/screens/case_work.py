"""A case worked on between its calls: each piece of work opens its box, and what happened is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calmdesk.errors import StoreError
from calmdesk.guide import afterwards as f
from calmdesk.guide.consulting import consult_note
from calmdesk.guide.happenings import Happening, Noted
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records import register
from calmdesk.records.beside_reading import read_other
from calmdesk.records.case_rows import CaseWhole
from calmdesk.screens import case_out, on_case
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.handover_brief import case_brief
from calmdesk.screens.kept_form import Happenings, KeptForm
from calmdesk.screens.lines_form import LinesForm, Row
from calmdesk.screens.next_report import offer_next_report
from calmdesk.screens.question import Question
from calmdesk.screens.return_time import offer_return_time
from calmdesk.screens.reviewing import review, workers
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.screens.ways_back import WayBack

if TYPE_CHECKING:
    from calmdesk.screens.day import DayScreen

ANY_TIME = frozenset({"ring", "letter", "ask", "fact", "cause", "example", "copy", "file"})
"""What can be done to a closed case, too."""
WHILE_OPEN = frozenset({"promise", "told", "hand", "close"})
CHANGES_NOTHING = frozenset({"other", "copy", "file"})
"""After these the case need not be read again."""


def possible(whole: CaseWhole) -> frozenset[str]:
    """What can be done to a case as it stands; nothing while its call is on."""
    status = whole.line.status
    if status == Status.LIVE:
        return frozenset()
    answers = {"answered"} if any(not it["answered_at"] for it in whole.consults) else set()
    answers |= {"review"} if workers(whole) else set()
    answers |= {"other"} if whole.others else set()
    answers |= {"customer"} if whole.customer_id else set()
    if status == Status.CLOSED:
        return ANY_TIME | answers | {"reopen"}
    keeps = {"kept", "later"} if _open_promises(whole) else set()
    waits = {"back"} if whole.line.waits else {"wait"}
    unfinished = {"close"} if status == Status.TO_FINISH else set()
    return (ANY_TIME | WHILE_OPEN | answers | keeps | waits) - unfinished


class CaseWork:
    """The work on the case that a screen shows. Each public coroutine is one kind of it."""

    def __init__(self, screen: DayScreen) -> None:
        self.screen = screen
        self.whole: CaseWhole | None = None
        """The case that is shown; None while none is."""

    async def run(self, kind: str) -> None:
        """Do one kind of work, and show the case as it then stands; not when it led to another."""
        whole = self.whole
        if whole is not None and kind in possible(whole):
            await getattr(self, kind)(whole)
            if kind not in CHANGES_NOTHING and self.screen.reading == whole.line.id:
                self.screen.read(whole.line.id)

    async def ring(self, whole: CaseWhole) -> None:
        """Ring them: an outgoing call, for what is due first on the case."""
        waiting = [
            it for it in (*whole.promises, *whole.follow_ups) if it["state"] == PromiseState.OPEN
        ]
        waiting.sort(key=lambda it: (it["due_at"] is None, it["due_at"]))
        line_id = waiting[0]["id"] if waiting else ""
        self.screen.post_message(DueScreen.RingWanted(whole.line.id, line_id))

    # -- what they were told ----------------------------------------------------------------

    async def promise(self, whole: CaseWhole) -> None:
        """They were told what will happen."""
        await self._ask(TellPromise(on_case.around(self.screen.place, whole)), whole)

    async def kept(self, whole: CaseWhole) -> None:
        """A promise is kept; what they wait for next is offered (S50, S67)."""
        promise = await self._which("Which one is kept?", _open_promises(whole), "what")
        if promise is None:
            return
        screen, case_id, undone = self.screen, whole.line.id, f.KeepingUndone(promise["id"])
        way_back = screen.keeping.way_back(case_id, undone, "Open again.")
        if not await self._keep(whole, f.PromiseKept(promise["id"]), way_back=way_back):
            return
        try:
            await offer_next_report(screen, case_id, promise["id"])
            await offer_return_time(screen, case_id)
        except StoreError as error:
            self.screen.title_line.warning = str(error)

    async def later(self, whole: CaseWhole) -> None:
        """The reminder of a promise is put off; what they were told stays."""
        screen = self.screen
        promise = await self._which("Whose reminder is put off?", _open_promises(whole), "what")
        if promise is None:
            return
        try:
            line = await screen.place.desk.look(register.line, promise["id"])
        except StoreError as error:
            screen.title_line.warning = str(error)
            return
        if line is None:
            screen.title_line.warning = register.GONE
        else:
            screen.keeping.put_off(line)

    async def told(self, whole: CaseWhole) -> None:
        """They were told the answer."""
        from calmdesk.screens.told_customer import ToldCustomer

        await self._ask(ToldCustomer(self.screen.place), whole)

    async def letter(self, whole: CaseWhole) -> None:
        """Something leaves the house in writing."""
        self.screen.post_message(DueScreen.LetterWanted(whole.line.id))

    async def customer(self, whole: CaseWhole) -> None:
        """Who they are, with all their cases."""
        self.screen.post_message(DueScreen.CustomerWanted(whole.customer_id))

    # -- finding out ------------------------------------------------------------------------

    async def ask(self, whole: CaseWhole) -> None:
        """Somebody was asked what is possible (S52, S58)."""
        rows = (
            Row("Whom", "dispatch, Kim", "Who was asked?"),
            Row("What", "a courier on Friday?", "What were they asked?"),
        )

        def asked(lines: Sequence[str]) -> Happenings:
            return (f.Consulted(self.screen.place.new_id(), *lines),)

        for happening in await self._ask(LinesForm("Who was asked, and what?", rows, asked), whole):
            if isinstance(happening, f.Consulted):
                await self._hand_note(whole, happening)

    async def _hand_note(self, whole: CaseWhole, consulted: f.Consulted) -> None:
        """A note to whoever is asked, with context and thanks, if it is wanted (S59)."""
        answers = [("yes", "copy it"), ("no", "no need")]
        question = f"A note to {consulted.whom}, to paste where you write to them?"
        if await self.screen.app.push_screen_wait(Question(question, answers)) != "yes":
            return
        dues = [it["due_at"] for it in _open_promises(whole) if it["due_at"]]
        by = on_case.around(self.screen.place, whole).dated(min(dues)) if dues else ""
        line = whole.line
        note = consult_note(line.customer, line.ref, whole.ask, by, consulted.question)
        await case_out.to_clipboard(self.screen, note)

    async def answered(self, whole: CaseWhole) -> None:
        """Whoever was asked has answered."""
        waiting = [it for it in whole.consults if not it["answered_at"]]
        consult = await self._which("Who has answered?", waiting, "whom", "question")
        if consult is None:
            return
        rows = (Row("Answer", "yes, by courier", "What did they answer?"),)
        title = f"What did {consult['whom']} answer?"

        def answer(lines: Sequence[str]) -> Happenings:
            return (f.ConsultAnswered(consult["id"], *lines),)

        await self._ask(LinesForm(title, rows, answer), whole, consult["id"])

    async def fact(self, whole: CaseWhole) -> None:
        """A fact was found; without a source it is not verified (S53)."""
        rows = (
            Row("Fact", "the plate failed", "What was found?"),
            Row("Source", "log; empty: unverified"),
        )

        def found(lines: Sequence[str]) -> Happenings:
            return (Noted(self.screen.place.new_id(), Sign.FACT, *lines),)

        await self._ask(LinesForm("What was found, and where?", rows, found), whole)

    # -- the case ---------------------------------------------------------------------------

    async def hand(self, whole: CaseWhole) -> None:
        """Somebody else goes on with it."""
        from calmdesk.screens.hand_over import HandOver

        around = on_case.around(self.screen.place, whole)
        await self._ask(HandOver(self.screen.place, around, case_brief(whole, around)), whole)

    async def wait(self, whole: CaseWhole) -> None:
        """It waits for the customer."""
        from calmdesk.screens.wait_for import WaitFor

        await self._ask(WaitFor(on_case.around(self.screen.place, whole)), whole)

    async def back(self, whole: CaseWhole) -> None:
        """The customer answered."""
        open_ones = [it for it in whole.waitings if it["ended_at"] is None]
        await self._keep(whole, *(f.WaitingEnded(it["id"]) for it in open_ones))

    async def cause(self, whole: CaseWhole) -> None:
        """Why it happened."""
        from calmdesk.screens.cause_form import CauseForm

        await self._ask(CauseForm(self.screen.place.words(), whole), whole)

    async def example(self, whole: CaseWhole) -> None:
        """Colleagues may learn from it, or no longer (S84)."""
        back = f.ExampleMarked(whole.example)
        way_back = self.screen.keeping.way_back(whole.line.id, back, "It is as it was.")
        await self._keep(whole, f.ExampleMarked(not whole.example), way_back=way_back)

    async def review(self, whole: CaseWhole) -> None:
        """How a colleague worked on it; then the next that nobody has looked at."""
        await review(self.screen, whole)

    async def other(self, whole: CaseWhole) -> None:
        """Read another case of the same customer."""
        wall, book = self.screen.place.wall, self.screen.place.words()
        others = [(it.id, read_other(it, wall, book)) for it in whole.others]
        words = {case_id: f"{line.label} · {line.words}" for case_id, line in others}
        chosen: str | None = next(iter(words))
        if len(words) > 1:
            question = Question("Which of their other cases?", list(words.items()))
            chosen = await self.screen.app.push_screen_wait(question)
        if chosen:
            self.screen.read(chosen)

    async def copy(self, whole: CaseWhole) -> None:
        """The case whole, as Markdown on the clipboard."""
        await case_out.copy(self.screen, whole)

    async def file(self, whole: CaseWhole) -> None:
        """The case whole, in a Markdown file."""
        await case_out.write(self.screen, whole)

    async def close(self, whole: CaseWhole) -> None:
        """It is over."""
        from calmdesk.screens.close_case import CloseCase

        await self._ask(CloseCase(self.screen.place, whole), whole)

    async def reopen(self, whole: CaseWhole) -> None:
        """It is not over after all."""
        from calmdesk.screens.reopen_case import ReopenCase

        await self._ask(ReopenCase(on_case.around(self.screen.place, whole)), whole)

    # -- how each is asked and kept ---------------------------------------------------------

    async def _ask(self, form: KeptForm, whole: CaseWhole, about: str = "") -> Happenings:
        """Open a box about the case, or about one thing of it; what happened by it."""
        return await on_case.ask(self.screen, whole.line.id, form, about)

    async def _keep(
        self, whole: CaseWhole, *happenings: Happening, way_back: WayBack = on_case.STANDS
    ) -> bool:
        """Keep what needs no box; whether it was kept."""
        trouble = await on_case.keep(self.screen, whole.line.id, happenings, way_back)
        self.screen.title_line.warning = trouble
        return not trouble

    async def _which(
        self, question: str, rows: Sequence[Mapping[str, Any]], *fields: str
    ) -> Mapping[str, Any] | None:
        """One of several, asked for only when there are several."""
        if len(rows) < 2:
            return next(iter(rows), None)
        answers = [(row["id"], ": ".join(row[name] for name in fields)) for row in rows]
        chosen = await self.screen.app.push_screen_wait(Question(question, answers))
        return next((row for row in rows if row["id"] == chosen), None)


def _open_promises(whole: CaseWhole) -> list[dict[str, Any]]:
    return [it for it in whole.promises if it["state"] == PromiseState.OPEN]
