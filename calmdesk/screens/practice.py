"""A practice call: the real call screen, with a caller who answers from a script (S39, S84)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from calmdesk.guide import happenings as h
from calmdesk.guide.english.said import is_apology
from calmdesk.guide.listening import Kind
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.practice.debrief import Debrief, look_back
from calmdesk.guide.practice.following import Play
from calmdesk.guide.practice.scenario import Scenario
from calmdesk.guide.stages import Stage
from calmdesk.screens.call import CallScreen
from calmdesk.screens.call_commands import CallCommands
from calmdesk.widgets.acknowledge_pane import AcknowledgePane
from calmdesk.widgets.caller_voice import CallerVoice
from calmdesk.widgets.story_strip import StoryStrip

if TYPE_CHECKING:
    from calmdesk.guide.phrases import Phrase
    from calmdesk.records.call_rows import OpenCall
    from calmdesk.screens.keeping import Keeper, Keeping
    from calmdesk.screens.workplace import Workplace

GLANCE = 0.4
"""Seconds between two looks at what the caller is saying: about a word."""
SAYING = ('" ', "“ ", "” ", "/say ")
"""What a line begins with that the agent says aloud in their own words."""


class PracticeCommands(CallCommands):
    """The commands of a call, and saying something in one's own words."""

    def __init__(self, screen: PracticeCall) -> None:
        super().__init__(screen)
        self._practice = screen

    async def run(self, line: str) -> bool:
        sign = next((sign for sign in SAYING if line.startswith(sign)), None)
        if sign is not None:
            self._practice.say(line.removeprefix(sign).strip().strip('"“”'))
            return True
        if line.strip() in {sign.strip() for sign in SAYING}:
            self.screen.note_line.hint = 'What do you say? " and a space, then your words'
            return True
        return await super().run(line)


class PracticeCall(CallScreen):
    """Hands the caller what happens, and shows what they say to it."""

    HELP = 'A practice call. " and a space: what you say in your own words.'
    DEFAULT_CSS = """
    PracticeCall.-short CallerVoice, PracticeCall.-low CallerVoice { height: 4; }
    PracticeCall.-short.-deciding CallerVoice, PracticeCall.-low.-deciding CallerVoice { height: 3; }
    PracticeCall.-short.-wrapping CallerVoice, PracticeCall.-low.-wrapping CallerVoice { height: 2; }
    PracticeCall.-low.-narrow CallerVoice { height: 2; }
    PracticeCall.-low.-narrow ListeningLine { height: 0; }
    """

    voice = getters.query_one(CallerVoice)

    def __init__(
        self, place: Workplace, keeper: Keeper, opened: OpenCall, scenario: Scenario
    ) -> None:
        super().__init__(place, keeper, opened)
        self.scenario = scenario
        self.play = Play(scenario, self._faults, self._phrase)
        self.commands = PracticeCommands(self)
        self._left_alone = False
        """Whether they hung up and the screen has seen it."""

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield widget
            if isinstance(widget, StoryStrip):
                yield CallerVoice(self.scenario.name)

    def on_mount(self) -> None:  # type: ignore[override]  # Textual calls both, this one first
        self.note_line.input.placeholder = 'what they say; " what you say'
        self.set_interval(GLANCE, self.show_voice)
        self.run_worker(self._wake_guard, thread=True, exit_on_error=False)

    def _faults(self, said: str) -> Iterable[str]:
        """What the language guard finds wrong with what the agent said."""
        return (finding.category for finding in self.place.guard().review(said))

    def _wake_guard(self) -> None:
        """The language guard loads what it needs when it is first asked: before they answer."""
        self.place.guard().wake()

    def _phrase(self, name: str) -> Phrase | None:
        return next((p for p in self.place.words().phrases if p.id == name), None)

    # -- the caller -------------------------------------------------------------------------

    def second(self, at: datetime | None = None) -> float:
        """The second of the call, now or at an instant."""
        return ((at or self.place.now()) - self.call.answered_at).total_seconds()

    def tick(self) -> None:
        super().tick()
        self.show_voice()

    def show_voice(self) -> None:
        """Show what they are saying, and notice when they have hung up."""
        caller, second = self.play.caller, self.second()
        caller.pass_time(second)
        voice = self.voice
        voice.lines = caller.speech.heard(second)
        if caller.over and self.panel.suggestions:
            self.show_suggestions()
            self.refresh_bindings()
        if caller.gone_at is not None and second >= caller.gone_at:
            voice.state = "has hung up"
            self._see_them_gone()
        elif caller.ended_at is not None:
            voice.state = "is gone"
        elif caller.held_at is not None:
            voice.state = "is on hold"
        else:
            voice.state = "is speaking …" if caller.speech.speaking(second) else "waits"

    def _see_them_gone(self) -> None:
        if not self._left_alone and self.call.ended_at is None:
            self._left_alone = True
            self.close_line()

    @work
    async def close_line(self) -> None:
        """They hung up: the wrap-up opens by itself, as it does in life."""
        await self.enter(Stage.WRAP_UP)

    def say(self, words: str) -> None:
        """Say something aloud, in one's own words."""
        if not words:
            return
        now = self.place.now()
        self.play.say(words, self.second(now))
        if is_apology(words):
            super()._add(now, h.Apologised())  # it counts in the call; they heard the words
            self.refresh_call()
        self.show_voice()

    def debrief(self) -> Debrief:
        """What this call adds up to."""
        now = self.place.now()
        listened = self.call.seconds(Kind.LISTEN, now)
        return look_back(self.play.caller, self.play.marks, listened, self.second(now))

    # -- what is otherwise than in life ------------------------------------------------------

    def _add(self, at: datetime, *happenings: h.Happening) -> None:
        for happening in happenings:
            self.play.follow(happening, self.call, self.second(at))
        super()._add(at, *happenings)
        if self.is_mounted:
            self.show_voice()

    async def heard(self) -> None:
        """The line is said; whether it was a yes, the caller decides."""
        if self.play.caller.heard_at is None:
            pane = self.panes.pane(Stage.ACKNOWLEDGE)
            line = pane.line if isinstance(pane, AcknowledgePane) else ""
            if not line:
                self.note_line.hint = 'First say it back: in the form, or " in your own words.'
                return
            heard = self.play.say_back(line, self.second())
            self.show_voice()
            if not heard:
                self.note_line.hint = "That was no yes: mend the line and f2, or f3 listens on."
                return
        await super().heard()

    def show_suggestions(self) -> None:
        """Nothing is suggested to who is no longer there."""
        if self.play.caller.over:
            self.panel.suggestions = ()
        else:
            super().show_suggestions()

    async def enter(self, stage: Stage, at: datetime | None = None) -> None:
        await super().enter(stage, at)
        if stage is Stage.WRAP_UP:
            if self.play.caller.gone_at is not None and self.call.outcome is None:
                self.did(h.OutcomeChosen(Outcome.CUT_OFF))  # no other fits who hung up
            self.note_line.hint = "ctrl+s ends the practice and shows how it went"

    async def action_save(self) -> None:
        if self.call.stage is not Stage.WRAP_UP:
            self.note_line.hint = "A practice call: nothing of it is kept."
            return
        await super().action_save()

    def _keeping(self, state: Keeping) -> None:
        super()._keeping(state)
        if self.is_attached:
            self.header.kept = "mock call"

    @on(Input.Changed)
    @on(TextArea.Changed)
    def stirred(self) -> None:
        """Who types is not silent: in a practice call typing stands for speaking."""
        self.play.caller.stir(self.second())
