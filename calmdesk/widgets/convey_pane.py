"""Convey: why we ring. The promise on top, whether they were reached, and what to say (S15-S17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from calmdesk.guide.afterwards import (
    Attempted,
    CaseReopened,
    ChangeTold,
    FollowedUp,
    PromiseKept,
    PromiseReagreed,
    RemedyChecked,
)
from calmdesk.guide.callback import Callback
from calmdesk.guide.english.days import short
from calmdesk.guide.happenings import Apologised, Happening
from calmdesk.guide.outcome import CallState
from calmdesk.guide.promises import FollowUpResult, Reached, Received
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.dial_line import dial_line
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.note_list import NoteList
from calmdesk.widgets.stage_pane import StagePane
from calmdesk.widgets.tick import Tick
from calmdesk.widgets.told_line import told_line

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Errand, Given, Rang

NARROW = 64
"""Columns below which what was told takes a line for each of its parts."""
NOT_RUNG = CallState.NOT_RUNG.value
"""The choice of an agent who pressed the wrong key."""


class ConveyPane(StagePane):
    """From top to bottom it is the order in which to say it."""

    DEFAULT_CSS = """
    ConveyPane { scrollbar-size-vertical: 1; }
    ConveyPane .told { padding: 0 1; height: auto; }
    ConveyPane .dial { padding: 0 1; height: auto; margin-bottom: 1; }
    ConveyPane .hint { color: $quiet; padding: 0 1; height: auto; }
    ConveyPane NoteList { height: auto; max-height: 6; }
    ConveyPane .given { padding: 0 1; height: auto; }
    """

    @dataclass
    class NotReached(Message):
        """They were rung in vain."""

    @dataclass
    class NeverRung(Message):
        """They were not rung after all."""

    @property
    def errand(self) -> Errand:
        """What this call is for."""
        assert self.around.errand is not None
        return self.around.errand

    @property
    def back(self) -> Callback:
        """What the call found so far."""
        assert self.call.back is not None
        return self.call.back

    def compose(self) -> ComposeResult:
        line = self.errand.line
        yield Static(id="told", classes="told", markup=False)
        yield Static(id="dial", classes="dial", markup=False)
        yield FormRow(
            "Reached?",
            ChoiceLine([*((it.value, it.value) for it in Reached), (NOT_RUNG, NOT_RUNG)], id="try"),
        )
        if line is not None and not line.follow_up:
            choices = [("kept", "kept"), ("anew", "a new time"), ("open", "stays open")]
            yield FormRow("The promise", ChoiceLine(choices, id="promise-now"))
            yield FormRow(
                "New time",
                Field(self.draft("anew"), "as they agree to it: tue 15:00", id="anew"),
                id="anew-row",
            )
            yield Static(id="anew-hint", classes="hint", markup=False)
        if self.errand.missed:
            yield FormRow("Convey", Tick("sorry once more, that they had to wait", id="sorry"))
        yield FormRow(
            "Changed since",
            Field(
                self.draft("change", self.errand.changed),
                "what has changed; enter: told",
                id="change",
            ),
        )
        for given in self.errand.given:
            yield from self._arrived(given)
        if line is not None and line.follow_up:
            results = [("held", "it held"), ("not yet", "not yet"), ("not held", "it did not")]
            yield FormRow("Did it hold?", ChoiceLine(results, id="held"))
        yield Static(id="convey-hint", classes="hint", markup=False)
        yield NoteList(self.around.wall, id="conveyed")

    def _arrived(self, given: Given) -> ComposeResult:
        yield FormRow("Arrived?", Static(given.text, classes="given", markup=False))
        yield FormRow(
            "", ChoiceLine([(it.value, it.value) for it in Received], id=f"given-{given.offer_id}")
        )

    def on_mount(self) -> None:
        self.show()

    # -- what it shows ----------------------------------------------------------------------

    def show(self) -> None:
        self._show_told()
        self._choose("try", self.back.reached or "")
        self._choose("promise-now", "kept" if self.back.kept else "anew" if self.back.due else "")
        self._choose("held", self.back.held or "")
        for given in self.errand.given:
            arrived = self.back.received.get(given.offer_id) or given.received
            self._choose(f"given-{given.offer_id}", arrived)
        for tick in self.query("#sorry").results(Tick):
            tick.value = self.call.sorries > 0
        self._show_new_time()
        self.query_one("#convey-hint", Static).update(self._hint())
        self.query_one("#conveyed", NoteList).show(self.call.notes)

    def _choose(self, id: str, value: str) -> None:
        """Show a choice as made; one that is being made now stays."""
        for choice in self.query(f"#{id}").results(ChoiceLine):
            choice.value = value or choice.value

    def on_resize(self) -> None:
        if self.screen.focused is self.query_one("#try"):  # the promise stays on top of it
            self.call_after_refresh(self.scroll_home, animate=False)
        self._show_told()
        self.query_one("#convey-hint", Static).update(self._hint())

    @property
    def _narrow(self) -> bool:
        return self.size.width < NARROW

    def _show_told(self) -> None:
        line = self.errand.line
        told = [self._rang(self.errand.rang)] if self.errand.rang is not None else []
        if line is not None:
            told.append(told_line(line, self.back, self.around, self._narrow))
        words = "No promise is due; you ring them about the case."
        self.query_one("#told", Static).update(
            Content("\n").join(told) if told else Content.styled(words, "$quiet")
        )
        dialling, number = self.around.settings.phone.dialling, self.call.caller.number
        number_line = dial_line(number, dialling, self.around.handed())
        self.query_one("#dial", Static).update(number_line)

    def _rang(self, rang: Rang) -> Content:
        """When they rang, which this call returns."""
        when = short(self.around.wall(rang.at), self.around.wall(None))
        answered = "unclear whether answered" if rang.unclear else "nobody answered"
        return Content.assemble(("they rang: ", "$quiet"), f"{when}, {answered}")

    def _show_new_time(self) -> None:
        for choice in self.query("#promise-now").results(ChoiceLine):
            wanted = choice.value == "anew"
            self.query_one("#anew-row").display = wanted
            self._read_new_time(self.value("anew"))

    def _hint(self) -> str:
        if self.back.reopens:
            return "It is open again. f4 listens; what they are told now is told anew."
        if self.back.held is FollowUpResult.HELD:
            return "It held. f4 to the wrap-up."
        if self.back.reached is Reached.REACHED:
            ends = "/wrap ends the call."
            return ends if self._narrow else f"f4 listens, ctrl+r offers, {ends}"
        return ""

    # -- what is done in it -----------------------------------------------------------------

    @on(ChoiceLine.Chosen, "#try")
    def tried(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        if event.value == NOT_RUNG:
            self.post_message(self.NeverRung())
            return
        line = self.errand.line
        result = Reached(event.value)
        self.did(Attempted(self.around.new_id(), line.id if line else "", result))
        if result is not Reached.REACHED:
            self.post_message(self.NotReached())

    @on(ChoiceLine.Chosen, "#promise-now")
    def promise_chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        line = self.errand.line
        if event.value == "kept" and line is not None and not self.back.kept:
            self.did(PromiseKept(line.id))
        self._show_new_time()
        if event.value == "anew":
            self.call_after_refresh(self.query_one("#anew").focus)

    @on(Input.Changed, "#anew")
    def new_time_typed(self, event: Input.Changed) -> None:
        self._read_new_time(event.value)

    def _read_new_time(self, typed: str) -> None:
        reading = self.around.read(typed) if typed.strip() else None
        usual = "by when? e.g. tue 15:00, tue 15:00 theirs"
        words = (
            self.around.told(self.around.due(reading)) if reading else self.around.ask(typed, usual)
        )
        hint = self.query_one("#anew-hint", Static)
        hint.update(words)
        agreed = reading is not None and self.around.due(reading) == self.back.due
        hint.display = self.query_one("#anew-row").display and not agreed

    @on(Input.Submitted, "#anew")
    def new_time_entered(self, event: Input.Submitted) -> None:
        event.stop()
        if happening := self._reagreed():
            self.did(happening)
            self.settle("anew")
            self.screen.focus_next()
        elif event.value.strip():
            words = f"“{event.value.strip()}” is no time to come; e.g. tue 15:00, +2h"
            self.query_one("#anew-hint", Static).update(words)

    def _reagreed(self) -> PromiseReagreed | None:
        """The new time as it stands in its field; None while it cannot be read or is over."""
        line, reading = self.errand.line, self.around.read(self.value("anew"))
        if line is None or reading is None or self.back.kept:
            return None
        due = self.around.due(reading)
        if due == self.back.due or due <= self.around.now():
            return None
        return PromiseReagreed(line.id, due, due_before=self.back.due or line.due_at)

    @on(Tick.Turned, "#sorry")
    def said_sorry(self, event: Tick.Turned) -> None:
        event.stop()
        if event.value:
            self.did(Apologised())

    @on(Input.Submitted, "#change")
    def change_told(self, event: Input.Submitted) -> None:
        event.stop()
        words = self.value("change")
        if words and words != self.back.change:
            self.did(ChangeTold(words))
        self.settle("change")
        self.screen.focus_next()

    @on(ChoiceLine.Chosen, "#held")
    def looked(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        line = self.errand.line
        if line is not None and self.back.held in (None, FollowUpResult.NOT_YET):
            self.did(FollowedUp(line.id, FollowUpResult(event.value)))

    @on(ChoiceLine.Chosen)
    def arrived(self, event: ChoiceLine.Chosen) -> None:
        """Whether a remedy arrived; one that did not opens the case again."""
        field, _, offer_id = (event.choice.id or "").partition("-")
        if field != "given":
            return
        event.stop()
        received = Received(event.value)
        self.did(RemedyChecked(offer_id, received))
        if received is Received.NO and self.errand.closed and not self.back.reopens:
            self.did(CaseReopened("a remedy did not arrive"))

    def leftovers(self) -> list[Happening]:
        """A new time that was typed and not entered, and a change that was told."""
        left: list[Happening] = []
        chosen = [choice.value for choice in self.query("#promise-now").results(ChoiceLine)]
        if chosen == ["anew"] and (reagreed := self._reagreed()):
            left.append(reagreed)
        words = self.value("change")
        if "change" in self.edited and words and words != self.back.change:
            left.append(ChangeTold(words))
        self.settle("anew", "change")
        return left
