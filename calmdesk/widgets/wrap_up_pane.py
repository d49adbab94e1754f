"""Wrap-up: one outcome, then save. Everything else came out of the call, or is optional."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.fitting import contradiction, unanswered
from calmdesk.guide.happenings import (
    CategoryChosen,
    Finished,
    FollowUpSet,
    Happening,
    OutcomeChosen,
    PromiseChanged,
    Promised,
    Summed,
)
from calmdesk.guide.heat import heat_marked
from calmdesk.guide.next_step import lacks_step, likely, next_step, try_again
from calmdesk.guide.outcome import TRY_AGAIN, Outcome, outcomes
from calmdesk.guide.stages import HEAT_ANCHORS
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import StagePane
from calmdesk.widgets.tick import Tick
from calmdesk.widgets.when_rows import TryAgain, WhenRows
from calmdesk.widgets.wrap_up_more import WrapUpMore

HOW_IT_ENDED = "How did it end? enter chooses, ctrl+s saves"
IN_WRITING = (("", "not now"), ("draft", "a draft"), ("file", "to a file"))
"""What Save makes of what they agreed to: a letter that confirms it, or none (S65)."""


class OutcomeList(OptionList):
    """How it ended, and what each way means."""

    DEFAULT_CSS = """
    OutcomeList { height: auto; max-height: 10; border: none; padding: 0 1; background: $background; }
    .-wide.-tall OutcomeList { max-height: 13; }
    OutcomeList:focus { border: none; }
    """


class WrapUpPane(StagePane):
    """Only the outcome is required. A case that stays open is offered its next step (S103)."""

    DEFAULT_CSS = """
    WrapUpPane .hint { color: $quiet; padding: 0 1; height: auto; }
    WrapUpPane #next-row { display: none; }
    WrapUpPane #next-row.-needed { display: block; height: auto; }
    WrapUpPane #next-on { height: auto; text-wrap: wrap; }
    """

    _marked: Outcome | None = None
    """The outcome that the list shows as chosen."""
    _next_id = ""
    """Id of the next step that is offered."""
    _provided: datetime | None = None
    """When it last had a next action; None while it has none, and that was said."""

    def compose(self) -> ComposeResult:
        yield Static(HOW_IT_ENDED, id="outcome-hint", classes="hint", markup=False)
        yield OutcomeList(id="outcome", markup=False)
        yield WhenRows(self.call, self.around, self.draft, id="whens")
        yield TryAgain(self.around, self.draft("again", TRY_AGAIN))
        yield FormRow("Next step", Tick(value=True, id="next-on"), id="next-row")
        yield FormRow("In writing", ChoiceLine(IN_WRITING, id="in-writing"), id="writing-row")
        yield FormRow(
            "Heat now",
            ChoiceLine(
                [(str(n), f"{n} {words}") for n, words in HEAT_ANCHORS.items()], id="heat-end"
            ),
        )
        yield FormRow(
            "About", Field(self.draft("category"), "late delivery, billing, ...", id="category")
        )
        yield Static(id="category-hint", classes="hint", markup=False)
        yield FormRow(
            "Summary",
            Field(self.draft("summary", self.call.summary), placeholder="optional", id="summary"),
        )
        yield WrapUpMore(self.call, self.around)

    def on_mount(self) -> None:
        self._doubts_told: set[str] = set()
        self.query_one("#category-hint").display = False
        self.query_one("#in-writing", ChoiceLine).value = ""
        self._fill()
        self.show()

    @property
    def _outcomes(self) -> tuple[Outcome, ...]:
        return outcomes(self.call.back is not None)

    def _fill(self) -> None:
        options = self.query_one(OutcomeList)
        options.set_options(
            Option(self._line(outcome), id=outcome.value) for outcome in self._outcomes
        )
        chosen = self.call.outcome or likely(self.call)
        options.highlighted = self._outcomes.index(chosen) if chosen is not None else 0

    def _line(self, outcome: Outcome) -> Content:
        sign = "●" if outcome is self.outcome else "○"
        means = outcome.help if self.size.width >= 72 else ""
        return Content.assemble(f"{sign} {outcome.value:<27}", (means, "$quiet"))

    def on_resize(self) -> None:
        self._fill()

    def show(self) -> None:
        if self.call.outcome is not self._marked:
            self._marked = self.call.outcome
            self._fill()
        doubt = contradiction(self.call, self.outcome)
        self.query_one("#outcome-hint", Static).update(doubt or HOW_IT_ENDED)
        self.fill("category", self.around.playbook.category_name(self.call.category))
        self.fill("summary", self.call.summary)
        self.query_one(WhenRows).show()
        heat = self.call.heat
        self.query_one("#heat-end", ChoiceLine).value = str(heat.level) if heat else None
        self.query_one("#writing-row").display = self.can_confirm
        next_row = self.query_one("#next-row", FormRow)
        again = self.query_one(TryAgain)
        again.display = self.outcome is Outcome.NOT_REACHED
        again.show()
        self.query_one(WrapUpMore).show()
        step = self.next_step()
        next_row.set_class(step is not None, "-needed")
        if step is None:
            self._provided = self.around.now()
        else:
            when = self.around.told(step.due) if step.due else ""
            self.query_one("#next-on", Tick).label = f"{step.what}, {when}"
            next_row.label("Told them" if isinstance(step, Promised) else "Next step")

    @property
    def outcome(self) -> Outcome | None:
        """The outcome to save: the chosen one, else the marked one when the call itself says so."""
        return self.call.outcome or likely(self.call)

    @property
    def can_confirm(self) -> bool:
        """Whether there is an agreement to confirm in writing."""
        return self.call.agreed_at is not None

    @property
    def in_writing(self) -> str:
        """What Save makes of the agreement: `draft`, `file`, or '' for no letter."""
        chosen = self.query_one("#in-writing", ChoiceLine).value
        return chosen or "" if self.can_confirm else ""

    def confirm(self, how: str | None = None) -> None:
        """Choose what Save makes of the agreement; without saying what, the next choice."""
        ways = [way for way, _ in IN_WRITING]
        after = ways[(ways.index(self.in_writing) + 1) % len(ways)]
        self.query_one("#in-writing", ChoiceLine).value = after if how is None else how

    def next_step(self) -> FollowUpSet | Promised | None:
        """The next action to offer; None when the case closes, or has one already (S103)."""
        outcome, around = self.outcome, self.around
        if outcome is None or not lacks_step(self.call, outcome, around.now(), around.awaited()):
            return None
        self._next_id = self._next_id or around.new_id()
        return next_step(outcome, self._next_id, around.now(), around.next_morning())

    def held(self) -> str:
        """Why the case cannot be saved yet, as a sentence; '' when it can (S51). That a told time
        ran out is said once."""
        if self.outcome is Outcome.NOT_REACHED and self.query_one(TryAgain).until is None:
            return "When do you try again? A time to come, such as +1h or mon 9."
        step = self.next_step()
        if isinstance(step, Promised) and self._ran_out():
            return "What they were told is over by now: when do you ring back?"
        unsaid = isinstance(step, Promised) and not self.query_one("#next-on", Tick).value
        if not unsaid or self.query_one(WhenRows).left():
            return ""
        return "When do you ring back? Nobody waits without a time: tick it, or /ring thu 12:00"

    def _ran_out(self) -> bool:
        """Whether a told time passed while the wrap-up stood open; true once, so that no
        other time is promised unseen."""
        at, self._provided = self._provided, None
        if at is None or self.outcome is None:
            return False
        return not lacks_step(self.call, self.outcome, at, self.around.awaited())

    def doubt(self) -> str:
        """What does not fit together in what is to be saved, told once as a sentence; '' when it
        fits, or was told (S16, S60)."""
        doubts = (contradiction(self.call, self.outcome), unanswered(self.call, self.outcome))
        words = next((it for it in doubts if it and it not in self._doubts_told), "")
        self._doubts_told.add(words)
        return words

    def _try_again(self) -> list[Happening]:
        """The next try, after a call in vain."""
        until = self.query_one(TryAgain).until
        if self.outcome is not Outcome.NOT_REACHED or until is None:
            return []
        return [try_again(self.call, until, self.around.new_id)]

    def leftovers(self) -> list[Happening]:
        left: list[Happening] = [*self.query_one(WhenRows).left()]
        summary = self.value("summary")
        if summary and summary != self.call.summary:
            left.append(Summed(summary))
        category = self._category(self.value("category"))
        if "category" in self.edited and category and category != self.call.category:
            left.append(CategoryChosen(category))
        self.settle("summary", "category")
        return left

    def last_words(self) -> list[Happening]:
        """What the form still holds when the case is saved, and the outcome last."""
        said = self.leftovers()
        timed = any(isinstance(it, PromiseChanged) for it in said)
        step = self.next_step()
        if step is not None and not timed and self.query_one("#next-on", Tick).value:
            said.append(step)
        said += self._try_again()
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
        self.did(heat_marked(self.call.heat, int(event.value)))

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
        category = self._category(typed)
        if category and category != self.call.category:
            self.did(CategoryChosen(category))
        self.settle("category")

    def _category(self, typed: str) -> str:
        """The category that was typed; what the playbook does not know is kept as typed."""
        found = self.around.playbook.category(typed)
        return found.id if found else typed.strip()

    @on(Input.Submitted, "#summary")
    def summary_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @on(Input.Submitted, "#whens Input")
    def time_entered(self, event: Input.Submitted) -> None:
        """A time for a promise that was noted without one."""
        event.stop()
        said = self.query_one(WhenRows).entered(event.input)
        if said is None or said.due is None:
            return
        self.settle(event.input.id or "")
        self.did(said)
        event.input.value = self.around.dated(said.due).lower()
        self.screen.focus_next()
