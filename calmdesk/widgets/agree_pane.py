"""Agree: say the deal back, what they were told by when, how to reach me, and when I look again."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from calmdesk.guide.call import Promise
from calmdesk.guide.commands import find
from calmdesk.guide.happenings import (
    CardGiven,
    FollowUpDropped,
    FollowUpSet,
    Happening,
    Promised,
    PromiseTakenBack,
    ReadBack,
)
from calmdesk.guide.outcome import Told, read_back
from calmdesk.guide.remedies import spoken
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.guard_view import GuardView
from calmdesk.widgets.stage_pane import StagePane
from calmdesk.widgets.tick import Tick


class PromiseList(OptionList):
    """What they were told. Enter mends one, delete takes it back."""

    DEFAULT_CSS = """
    PromiseList { height: auto; max-height: 6; border: none; padding: 0 1; background: $background; }
    PromiseList:focus { border: none; }
    """

    BINDINGS = [
        Binding(
            "enter",
            "select",
            "mend",
            id="promise.mend",
            tooltip="Its words, time, whether it can be done, and who was asked",
        ),
        Binding(
            "delete,backspace",
            "take_back",
            "take back",
            id="promise.back",
            tooltip="They were not told this after all",
        ),
    ]

    def action_take_back(self) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.screen.query_one(AgreePane).did(PromiseTakenBack(option.id))


class AgreePane(StagePane):
    """The read-back is built from the fields until the agent edits it."""

    DEFAULT_CSS = """
    AgreePane .hint { color: $quiet; padding: 0 1; height: auto; }
    AgreePane #readback { height: 4; }
    AgreePane GuardView { max-height: 4; }
    """

    @dataclass
    class PromiseOpened(Message):
        """A promise is to be mended."""

        promise_id: str

    class CardWanted(Message):
        """The contact card was ticked while it is not filled in."""

    guard_view = getters.query_one(GuardView)

    _shown: tuple[Promise, ...] = ()
    """The promises as they stand in the list."""

    def compose(self) -> ComposeResult:
        yield FormRow("Read it back", TextArea(self.draft("readback"), id="readback"))
        yield GuardView(lambda line: self.around.playbook.guard.review(line), quiet=True)
        yield FormRow(
            "They said", ChoiceLine([("yes", "yes, agreed"), ("no", "not quite")], id="agreed")
        )
        yield FormRow(
            "Told them",
            Field(
                self.draft("promise"),
                placeholder="what, and by when: ring back thu 12:00",
                id="promise",
            ),
        )
        yield PromiseList(id="promises", markup=False)
        yield Static(id="promise-hint", classes="hint", markup=False)
        yield FormRow("My contact", Tick("direct line", id="card-line"))
        yield FormRow("", Tick("e-mail", id="card-mail"))
        yield FormRow(
            "Follow up",
            Field(self.draft("follow", self._follow_words()), placeholder="none", id="follow"),
        )
        yield Static(id="follow-hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(TextArea).highlight_cursor_line = False
        self.show()

    def show(self) -> None:
        call = self.call
        self.fill("readback", call.read_back or self._words())
        self._read_again()
        self.query_one("#agreed", ChoiceLine).value = (
            "yes" if call.agreed_at else "no" if call.read_back else None
        )
        if self._shown != tuple(call.promises):
            self._shown = tuple(call.promises)
            self.query_one(PromiseList).set_options(
                Option(self._line(number, p), id=p.promise_id)
                for number, p in enumerate(call.promises, 1)
            )
        self.query_one(PromiseList).display = bool(call.promises)
        self._ticks()
        self.fill("follow", self._follow_words())
        self._follow_hint(self.value("follow"))

    def _read_again(self) -> None:
        """Let the guard read what is to be said back, if it has changed since."""
        text = self.query_one("#readback", TextArea).text
        if text != self.guard_view.asked:
            self.guard_view.look_soon(text)

    @on(TextArea.Changed, "#readback")
    def read_back_typed(self) -> None:
        self._read_again()

    def take_better(self) -> None:
        """Put what the guard says instead into the read-back, as if it had been typed."""
        better = self.guard_view.better
        area = self.query_one("#readback", TextArea)
        if better is not None:
            area.replace(better, area.document.start, area.document.end)

    @on(GuardView.Looked)
    def guard_looked(self, event: GuardView.Looked) -> None:
        event.stop()
        self.screen.refresh_bindings()

    def _words(self) -> str:
        """The read-back, from what is on the table, what they were told and the follow-up."""
        call, around = self.call, self.around
        offers = [
            spoken(
                around.spoken(o.text),
                o.amount,
                around.playbook.remedy(o.remedy),
                around.settings.currency,
            )
            for o in (call.given or call.table)
        ]
        told = [Told(p.what, around.aloud(p.due) if p.due else "") for p in call.promises]
        follow = around.aloud(call.follow_up.due) if call.follow_up else ""
        who_rings = call.follow_up.owner if call.follow_up else ""
        return read_back(offers, told, follow, who_rings)

    def _line(self, number: int, promise: Promise) -> Content:
        if promise.due is None:
            when = Content.styled("when?", "$warning bold")
        else:
            when = Content(self.around.told(promise.due))
        feasible = "can be done" if promise.feasible else "not checked"
        asked = f" · asked {promise.asked}" if promise.asked else ""
        return Content.assemble(
            (f"{number}  ", "$quiet"), promise.what, "  ", when, (f" · {feasible}{asked}", "$quiet")
        )

    def _ticks(self) -> None:
        call, around = self.call, self.around
        for tick, label, given in (
            ("#card-line", f"direct line {around.direct_line}".strip(), call.card.line),
            ("#card-mail", f"e-mail {around.email}".strip(), call.card.mail),
        ):
            box = self.query_one(tick, Tick)
            box.label, box.value = label, given
        unclear = [p for p in call.promises if p.due is None]
        unchecked = [p for p in call.promises if not p.feasible]
        hint = ""
        if unclear:
            hint = "A promise has no time yet: enter on it, then type one."
        elif unchecked:
            hint = "Can each be done? enter on it: tick it, and whom you asked."
        line = self.query_one("#promise-hint", Static)
        line.update(hint)
        line.display = bool(hint)

    def _follow_words(self) -> str:
        if self.call.follow_up is None:
            return ""
        follow_up = self.call.follow_up
        when = self.around.dated(follow_up.due).lower()
        return f"{when} @{follow_up.owner}" if follow_up.owner else when

    def _follow_hint(self, typed: str) -> None:
        wanted = self.around.follow_up(typed, "") if typed.strip() else None
        if wanted is None:
            words = "No follow-up. Who sees to it that it held?"
        elif isinstance(wanted, FollowUpSet):
            words = f"{self.around.told(wanted.due)} · {wanted.owner or 'me'}"
        else:
            words = wanted
        self.query_one("#follow-hint", Static).update(words)

    @on(Input.Changed, "#follow")
    def follow_typed(self, event: Input.Changed) -> None:
        self._follow_hint(event.value)

    @on(Input.Submitted, "#follow")
    def follow_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep_follow_up(event.value)

    @on(Input.Blurred, "#follow")
    def follow_left(self, event: Input.Blurred) -> None:
        self._keep_follow_up(event.value)

    def _keep_follow_up(self, typed: str) -> None:
        current = self.call.follow_up
        if "follow" not in self.edited or typed.strip() == self._follow_words():
            return
        self.settle("follow")
        if not typed.strip():
            if current is not None:
                self.did(FollowUpDropped(current.follow_up_id))
            return
        wanted = self.around.follow_up(
            typed, current.follow_up_id if current else self.around.new_id()
        )
        if isinstance(wanted, FollowUpSet):
            self.did(wanted)

    @on(ChoiceLine.Chosen, "#agreed")
    def answered(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        text = self.query_one("#readback", TextArea).text.strip()
        self.settle("readback")
        self.did(ReadBack(text, agreed=event.value == "yes"))

    @on(Input.Submitted, "#promise")
    def told(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            what, due = self.around.promise(event.value)
            self.did(Promised(self.around.new_id(), what, due))
            self.take(event)

    @on(Input.Changed, "#promise")
    def promise_typed(self, event: Input.Changed) -> None:
        reading = self.around.read(event.value) if event.value.strip() else None
        line = self.query_one("#promise-hint", Static)
        if reading is not None:
            line.update(self.around.told(self.around.due(reading)))
            line.display = True
        elif event.value.strip():
            line.update(self.around.ask(event.value, "by when? e.g. thu 12:00"))
            line.display = True

    def leftovers(self) -> list[Happening]:
        told = self.value("promise")
        if not told or find(told) is not None:
            return []
        self.query_one("#promise", Input).value = ""
        self.settle("promise")
        what, due = self.around.promise(told)
        return [Promised(self.around.new_id(), what, due)]

    @on(OptionList.OptionSelected, "#promises")
    def opened(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.post_message(self.PromiseOpened(event.option.id))

    @on(Tick.Turned)
    def card_ticked(self, event: Tick.Turned) -> None:
        event.stop()
        line = self.query_one("#card-line", Tick).value
        mail = self.query_one("#card-mail", Tick).value
        if (line and not self.around.direct_line) or (mail and not self.around.email):
            self.post_message(self.CardWanted())
        self.did(CardGiven(line, mail))
