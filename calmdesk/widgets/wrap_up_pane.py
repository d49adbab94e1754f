"""Wrap-up: one outcome, then save. Everything else came out of the call, or is optional."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.call import Call
from calmdesk.guide.happenings import (
    CategoryChosen,
    Finished,
    FollowUpSet,
    Happening,
    HeatMarked,
    OutcomeChosen,
    PromiseChanged,
    Summed,
)
from calmdesk.guide.outcome import NEXT_STEP, Outcome, Verdict
from calmdesk.guide.stages import HEAT_ANCHORS
from calmdesk.guide.times import working_day
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import StagePane
from calmdesk.widgets.tick import Tick

LAST_STEP = 3
"""The step of the boundary ladder that ends a call."""


class OutcomeList(OptionList):
    """How it ended: ten ways, each with what it means."""

    DEFAULT_CSS = """
    OutcomeList { height: auto; max-height: 10; border: none; padding: 0 1; background: $background; }
    OutcomeList:focus { border: none; }
    """


class WrapUpPane(StagePane):
    """Only the outcome is required. A case that stays open is offered its next step (S103)."""

    DEFAULT_CSS = """
    WrapUpPane .hint { color: $quiet; padding: 0 1; height: auto; }
    WrapUpPane #next-row { display: none; }
    WrapUpPane #next-row.-needed { display: block; height: auto; }
    WrapUpPane #whens { height: auto; }
    """

    def compose(self) -> ComposeResult:
        self._marked: Outcome | None = None
        self._next_id = self.around.new_id()
        yield Static(
            "How did it end? enter chooses, ctrl+s saves",
            id="outcome-hint",
            classes="hint",
            markup=False,
        )
        yield OutcomeList(id="outcome", markup=False)
        for promise in self.call.promises:
            if promise.due is None:
                yield FormRow(
                    "when?",
                    Field(placeholder=f"{promise.what}: by when?", id=f"when-{promise.promise_id}"),
                )
        yield FormRow("Next step", Tick(value=True, id="next-on"), id="next-row")
        yield FormRow(
            "Heat now",
            ChoiceLine(
                [(str(n), f"{n} {words}") for n, words in HEAT_ANCHORS.items()], id="heat-end"
            ),
        )
        yield FormRow("About", Field(id="category", placeholder="late delivery, billing, ..."))
        yield Static(id="category-hint", classes="hint", markup=False)
        yield FormRow(
            "Summary",
            Field(self.draft("summary", self.call.summary), placeholder="optional", id="summary"),
        )

    def on_mount(self) -> None:
        self.query_one("#category-hint").display = False
        self._fill()
        self.show()

    def _fill(self) -> None:
        options = self.query_one(OutcomeList)
        options.set_options(Option(self._line(outcome), id=outcome.value) for outcome in Outcome)
        chosen = self.call.outcome or likely(self.call)
        options.highlighted = list(Outcome).index(chosen) if chosen is not None else 0

    def _line(self, outcome: Outcome) -> Content:
        sign = "●" if outcome is self.call.outcome else "○"
        means = outcome.help if self.size.width >= 72 else ""
        return Content.assemble(f"{sign} {outcome.value:<27}", (means, "$quiet"))

    def on_resize(self) -> None:
        self._fill()

    def show(self) -> None:
        if self.call.outcome is not self._marked:
            self._marked = self.call.outcome
            self._fill()
        about = self.query_one("#category", Input)
        if not about.has_focus:
            about.value = self.around.playbook.category_name(self.call.category)
        heat = self.call.heat
        self.query_one("#heat-end", ChoiceLine).value = str(heat.level) if heat else None
        next_row = self.query_one("#next-row", FormRow)
        step = self.next_step()
        next_row.set_class(step is not None, "-needed")
        if step is not None:
            when = self.around.spell(self.around.wall(step.due))
            self.query_one("#next-on", Tick).label = f"{step.what}, {when}"

    @property
    def outcome(self) -> Outcome | None:
        """The outcome to save: the chosen one, else the marked one when the call itself says so."""
        return self.call.outcome or likely(self.call)

    def next_step(self) -> FollowUpSet | None:
        """The next action to offer; None when the case closes, or has one already (S103)."""
        outcome, call = self.outcome, self.call
        if outcome is None or call.follow_up is not None:
            return None
        if any(promise.due for promise in call.promises) or outcome not in NEXT_STEP:
            return None
        now, hours = self.around.wall(None), self.around.settings.hours
        if outcome is Outcome.CUT_OFF:
            due = now.replace(second=0, microsecond=0) + timedelta(minutes=10)
        else:
            due = datetime.combine(working_day(now.date(), 1, hours), time(10))
        return FollowUpSet(self._next_id, self.around.instant(due), NEXT_STEP[outcome])

    def last_words(self) -> list[Happening]:
        """What the form still holds when the case is saved."""
        summary = self.query_one("#summary", Input).value.strip()
        said: list[Happening] = []
        if summary and summary != self.call.summary:
            said.append(Summed(summary))
        step = self.next_step()
        if step is not None and self.query_one("#next-on", Tick).value:
            said.append(step)
        if self.outcome is not None:
            said.append(Finished(self.outcome))
        return said

    @on(OptionList.OptionSelected, "#outcome")
    def chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.did(OutcomeChosen(Outcome(event.option.id or "")))

    @on(ChoiceLine.Chosen, "#heat-end")
    def heat_chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self.did(HeatMarked(int(event.value)))

    @on(Input.Changed, "#category")
    def category_typed(self, event: Input.Changed) -> None:
        found = self.around.playbook.category(event.value)
        hint = self.query_one("#category-hint", Static)
        hint.display = bool(event.value.strip()) and event.input.has_focus
        hint.update(found.name if found else "not in the playbook; kept as typed")

    @on(Input.Blurred, "#category")
    def category_left(self, event: Input.Blurred) -> None:
        self._categorise(event.value)

    @on(Input.Submitted, "#category")
    def category_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._categorise(event.value)
        self.screen.focus_next()

    def _categorise(self, typed: str) -> None:
        self.query_one("#category-hint").display = False
        found = self.around.playbook.category(typed)
        category = found.id if found else typed.strip()
        if category and category != self.call.category:
            self.did(CategoryChosen(category))

    @on(Input.Submitted)
    def time_entered(self, event: Input.Submitted) -> None:
        """A time for a promise that was noted without one."""
        field = event.input.id or ""
        if not field.startswith("when-"):
            return
        event.stop()
        reading = self.around.read(event.value)
        promise = next((p for p in self.call.promises if f"when-{p.promise_id}" == field), None)
        if reading is None or promise is None:
            event.input.placeholder = "not read; e.g. thu 12:00, +2h, 24 nov"
            event.input.value = ""
            return
        due = self.around.instant(reading.wall)
        self.did(
            PromiseChanged(promise.promise_id, promise.what, due, promise.feasible, promise.asked)
        )
        event.input.value = self.around.spell(reading.wall)
        self.screen.focus_next()


def likely(call: Call) -> Outcome | None:
    """The outcome that the call itself speaks for; None when it speaks for none."""
    if call.boundary >= LAST_STEP:
        return Outcome.ENDED_AFTER_WARNING
    if call.agreed_at is not None or call.verdict is Verdict.YES:
        return Outcome.AGREED
    if call.escalated is not None and call.verdict is Verdict.NO:
        return Outcome.HANDED_OVER
    if call.promises and call.verdict is None:
        return Outcome.INVESTIGATING
    return None
