"""The live call: listening to wrap-up, on one screen that never blocks and never loses a word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from calmdesk.errors import StoreError
from calmdesk.guide import happenings as h
from calmdesk.guide.heat import heat_marked
from calmdesk.guide.listening import Kind
from calmdesk.guide.notes import Sign, sign_at
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.stages import Stage
from calmdesk.guide.zones import zone_of_number
from calmdesk.records import calls
from calmdesk.records.call_rows import Errand, Match, OpenCall
from calmdesk.records.people_rows import KnownIssue
from calmdesk.screens.absence import PULSE, Absence
from calmdesk.screens.action_watch import ActionWatch
from calmdesk.screens.call_commands import CallCommands
from calmdesk.screens.call_keys import KEYS
from calmdesk.screens.caller_search import CallerSearch
from calmdesk.screens.drafts import put_back
from calmdesk.screens.due_watch import DueWatch
from calmdesk.screens.help_watch import HelpWatch
from calmdesk.screens.issue_watch import IssueWatch
from calmdesk.screens.joining import Joining
from calmdesk.screens.keeping import Keeper, Keeping
from calmdesk.screens.note_taking import NoteTaking
from calmdesk.screens.own_room import introduced
from calmdesk.screens.saving import Saving
from calmdesk.screens.situation import missed
from calmdesk.screens.suggesting import Suggesting
from calmdesk.widgets.acknowledge_pane import AcknowledgePane
from calmdesk.widgets.agree_pane import AgreePane
from calmdesk.widgets.call_header import CallHeader, account_words
from calmdesk.widgets.convey_pane import ConveyPane
from calmdesk.widgets.dial_line import HandOver
from calmdesk.widgets.field import Field
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.known_issue_strip import KnownIssueStrip
from calmdesk.widgets.listening_line import ListeningLine
from calmdesk.widgets.note_line import NoteLine
from calmdesk.widgets.stage_bar import StageBar, heat_words
from calmdesk.widgets.stage_pane import Around, StagePane
from calmdesk.widgets.stage_panes import StagePanes
from calmdesk.widgets.story_strip import StoryStrip
from calmdesk.widgets.suggestion_panel import SuggestionPanel
from calmdesk.widgets.wrap_up_pane import WrapUpPane

if TYPE_CHECKING:
    from calmdesk.guide.call import Call
    from calmdesk.screens.workplace import Workplace

ELSEWHERE = "! you are typing elsewhere: this window has lost the focus"
TWICE = 0.8
"""Seconds within which a second f2 is a slip of the finger, not a second yes."""


class CallScreen(Screen[None]):
    """One call. It adds what happens to the call and hands it to the keeper, nothing else."""

    CSS_PATH = Path(__file__).with_name("call.tcss")
    HELP = "A live call. Type what they say; a sign and a space make it something else."
    AUTO_FOCUS = "#note"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-short"), (28, "-tall")]

    BINDINGS = KEYS

    header = getters.query_one(CallHeader)
    stage_bar = getters.query_one(StageBar)
    story = getters.query_one(StoryStrip)
    panel = getters.query_one(SuggestionPanel)
    listening = getters.query_one(ListeningLine)
    panes = getters.query_one(StagePanes)
    note_line = getters.query_one(NoteLine)

    class Done(Message):
        """The call is saved, or parked to be finished later."""

        def __init__(
            self, call: Call, pause: int = 0, look_back: bool = False, in_writing: str = ""
        ) -> None:
            super().__init__()
            self.call = call
            self.pause = pause
            """Private minutes that come before the next call; 0 for none."""
            self.look_back = look_back
            """Whether the agent wants to look back on it."""
            self.in_writing = in_writing
            """What becomes of the agreement: `draft` or `file` confirms it in a letter."""

    class KeysWanted(Message):
        """Every key and command is to be shown."""

    def __init__(self, place: Workplace, keeper: Keeper, opened: OpenCall) -> None:
        super().__init__()
        self.place = place
        self.keeper = keeper
        self.call = opened.call
        self.match: Match | None = None
        """The customer who seems to be calling."""
        self.commands = CallCommands(self)
        self.suggesting = Suggesting(place, opened.earlier.said)
        self.search = CallerSearch(self)
        self.issues = IssueWatch(self)
        self.actions = ActionWatch(self)
        self.dues = DueWatch(self)
        self.help = HelpWatch(self)
        self.opened = opened
        """As it was taken up; what outlives this screen is put there."""
        self.notes = NoteTaking(self)
        self.saving = Saving(self)
        self.joining = Joining(self)
        self.absence = Absence(self)
        self._forward_at = 0.0
        self._hint_before = ""
        self._handed = HandOver.OURS

    # -- what it looks like -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield CallHeader(self.call, self.place.wall)
        yield StageBar()
        yield KnownIssueStrip(self.place.wall)
        yield StoryStrip(self.place.wall)
        yield SuggestionPanel()
        yield ListeningLine()
        drafts = {draft.field: draft.text for draft in self.opened.drafts}
        yield StagePanes(self.call, lambda: self.around, drafts, id="stage-body")
        yield NoteLine()
        yield KeyLine()

    async def on_mount(self) -> None:
        self.keeper.tell = self._keeping
        self.set_interval(1.0, self.tick)
        self.set_interval(PULSE, self.saving.pulse)
        self.watch(self.app, "app_focus", self._focus_elsewhere, init=False)
        self.watch(self.note_line.input, "selection", self._cursor_moved, init=False)
        if self.call.back is not None:
            self.stage_bar.stages = tuple(Stage)
            line = self.opened.errand.line if self.opened.errand is not None else None
            self.story.below = line is not None and not line.follow_up
            self.story.same_key = ""
        await self._show_stage()
        put_back(self, self.opened.drafts)
        if not any(draft.focused for draft in self.opened.drafts):
            self._focus_stage()
        self.refresh_call()
        self.tick()
        self._keeping(self.keeper.state)
        if self.call.caller.number or self.call.caller.name:
            self.search.bring()
        self.absence.begin(self.opened.last_sign)
        self.actions.begin()

    async def _show_stage(self) -> None:
        """Show the form of the stage, and leave out what the stage does not need."""
        stage = self.call.stage
        await self.panes.show_stage()
        self.listening.display = stage is Stage.LISTEN
        self.set_class(stage in (Stage.RESOLVE, Stage.AGREE), "-deciding")
        self.set_class(stage is Stage.WRAP_UP, "-wrapping")

    @property
    def around(self) -> Around:
        """What the forms need to know of the world."""
        place = self.place
        return Around(
            settings=place.settings,
            playbook=place.words(),
            wall=place.wall,
            instant=place.instant,
            now=place.now,
            new_id=place.new_id,
            direct_line=place.me.direct_line,
            email=place.me.email,
            had=self.match.had if self.match else (),
            errand=self.opened.errand,
            awaited=lambda: self.opened.earlier.awaited,
            team=self.place.team,
            zone=self.call.caller.zone or zone_of_number(self.call.caller.number),
            handed=lambda: self._handed,
        )

    def show_handed(self, handed: HandOver) -> None:
        """Show whose hands the number is in that is to be rung."""
        self._handed = handed
        if self.query("#dial"):  # else it will be shown with the pane
            self.panes.show_call()

    def show_errand(self, errand: Errand) -> None:
        """Show what an outgoing call is for, where more is known of it by now."""
        self.opened.errand = errand
        for pane in self.query(StagePane):
            pane.around = self.around
        self.refresh_call()

    @property
    def known(self) -> tuple[KnownIssue, ...]:
        """Known issues about what this call is about, the latest first."""
        return self.issues.matching

    def refresh_call(self) -> None:
        """Show the call as it now stands, everywhere."""
        self.stage_bar.stage = self.call.stage
        self.stage_bar.heat = heat_words(self.call)
        self.panes.show_call()
        self.header.missed = missed(self.call, self.match, self.opened.errand, self.place.now())
        self.header.account = account_words(self.call, self.place.settings.currency)
        self.story.joined = bool(self.opened.earlier.case_id)
        self.header.refresh()
        self.issues.show()
        self.actions.look()
        self.show_suggestions()
        self.refresh_bindings()

    def show_suggestions(self) -> None:
        """Show what may be said now: nothing, once nobody is on the line."""
        gone = self.opened.gone and self.call.ended_at is not None
        choose, errand = self.suggesting.choose, self.opened.errand
        self.panel.suggestions = () if gone else choose(self.call, self.match, self._room, errand)

    @property
    def _room(self) -> int:
        """How many lines to say there is room for."""
        narrow, tall = self.has_class("-narrow"), self.has_class("-tall")
        if narrow and (not tall or self.has_class("-deciding")):
            return 1
        return 3 if tall and not narrow else 2

    def show_match(self, match: Match | None) -> None:
        """Show who seems to be calling, with their story."""
        self.match = match
        self.story.now = self.place.wall()
        self.story.match = match
        self.header.calls_before = match.calls if match else 0
        self.refresh_call()

    def put_aside(self) -> OpenCall:
        """The call as it stands here, on hold, to be shown again by another screen."""
        self.saving.flush()
        if self.call.ended_at is None and not self.call.held:
            self.did(h.Held())
        opened = self.opened
        opened.drafts, opened.last_sign = self.saving.drafts.everything(), None
        return opened

    # -- time -------------------------------------------------------------------------------

    def tick(self) -> None:
        """Once a second: the clocks go on, and a machine that slept is noticed."""
        now = self.place.now()
        self.header.now = now
        self.issues.tick()
        self.dues.tick()
        self.help.tick()
        listened = self.call.seconds(Kind.LISTEN, now)
        self.listening.seconds = int(listened)
        if self.panel.breathing is not None:
            self.panel.breathing += 1
        self.story.now = self.place.wall()
        match = self.match.at(now) if self.match is not None else None
        if match is not self.match:
            self.show_match(match)
        if self.panel.breathing is None:
            self.show_suggestions()
        self.absence.tick()

    async def end_at(self, at: datetime) -> None:
        """The call was over at an instant that has passed: nobody is on the line."""
        self.opened.gone = True
        await self.enter(Stage.WRAP_UP, at)

    async def hung_up(self, at: datetime | None) -> None:
        """The telephone says that nobody is on the line: from now on (None), or since an instant that
        has passed. A note that is being written is written on."""
        writing = self.focused is self.note_line.input and bool(self.note_line.input.value)
        await self.end_at(at or self.place.now())
        if writing:
            self.set_focus(self.note_line.input)

    def _focus_elsewhere(self, here: bool) -> None:
        """In a live call a terminal without focus swallows words: say so. What stood there before is
        there again when somebody comes back from the softphone."""
        if not here and not self.call.ended_at:
            self._hint_before = self.note_line.hint
            self.note_line.hint = ELSEWHERE
        elif self.note_line.hint == ELSEWHERE:
            self.note_line.hint = self._hint_before

    # -- what happens -----------------------------------------------------------------------

    def did(self, *happenings: h.Happening, at: datetime | None = None) -> None:
        """Let something have happened, now or at an instant that has passed: in the call, on its way
        to disk, on the screen."""
        if happenings:
            self._add(at or self.place.now(), *happenings)
            self.refresh_call()

    def _add(self, at: datetime, *happenings: h.Happening) -> None:
        for happening in happenings:
            self.call.add(happening, at)
        drafts = self.saving.drafts.gather()
        self.keeper.keep(calls.enter, self.call.contact_id, happenings, drafts, at)

    async def enter(self, stage: Stage, at: datetime | None = None) -> None:
        """Go to a stage, whichever: leaving Listen counts as told, Wrap-up as the call's end. With
        `at` that was at an instant that has passed."""
        call = self.call
        if stage is call.stage:
            return
        happenings = self.panes.leftovers()
        if call.stage is Stage.LISTEN and call.told_at is None:
            happenings.append(h.StoryTold())
        if stage is Stage.WRAP_UP:
            happenings.append(h.CallEnded())
        else:
            if call.ended_at is not None:
                self.opened.gone = False
                happenings.append(h.CallWentOn())
            happenings.append(h.StageEntered(stage))
        if stage is Stage.AGREE and call.follow_up is None and not call.no_follow_up:
            due = self.around.usual_follow_up()
            happenings.append(h.FollowUpSet(self.place.new_id(), due))
        self.suggesting.begin_stage()
        self.did(*happenings, at=at)
        await self._show_stage()
        self.refresh_call()
        self._focus_stage()

    def _focus_stage(self) -> None:
        """Begin where the stage begins. A pane is scrolled only once it is laid out."""
        first = self.panes.wants_focus() or self.note_line.input
        self.set_focus(first, scroll_visible=False)
        self.call_after_refresh(self._bring_into_sight, first)

    def _bring_into_sight(self, first: Widget) -> None:
        """Scroll to where the stage begins, if that is below what is seen. One that is seen stays
        where it is, also while the pane is still too low to show all of it."""
        pane = next((it for it in first.ancestors if isinstance(it, StagePane)), None)
        if pane is None or first.region.y - pane.region.y >= pane.size.height - 1:
            first.scroll_visible(animate=False)

    def _cursor_moved(self) -> None:
        self.saving.drafts.touch(self.note_line.input)

    def _keeping(self, state: Keeping) -> None:
        if not self.is_attached:
            return
        kept = f"kept {self.place.wall(state.kept_at):%H:%M:%S}" if state.kept_at else ""
        self.header.kept = kept
        self.header.trouble = state.trouble
        if state.trouble:
            self.note_line.hint = f"! not kept: {state.trouble}"
        elif self.note_line.hint.startswith("! not kept"):
            self.note_line.hint = ""

    # -- keys -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "heat_mark":
                return self.is_mounted and self.note_line.input.armed
            case "said" | "another":
                return (self.is_mounted and self.panel.first is not None) or None
            case "better":
                return self.is_mounted and bool(self.guarded)
            case "in_writing":
                return any(pane.can_confirm for pane in self.query(WrapUpPane))
            case "same":
                return self.joining.possible
            case "hold":
                return self.call.ended_at is None or None
            case _:
                return True

    async def action_forward(self) -> None:
        """Story told; then: they said yes, heard. It only goes forward."""
        now = self.place.clock.monotonic()
        if now - self._forward_at < TWICE:
            return
        self._forward_at = now
        if self.call.stage is Stage.LISTEN:
            await self.enter(Stage.ACKNOWLEDGE)
        elif self.call.stage is Stage.ACKNOWLEDGE:
            await self.heard()
        elif self.call.stage is Stage.CONVEY:
            self.note_line.hint = "Reached? Then say why you ring; f4 listens."
        else:
            self.note_line.hint = "They are heard; f4 goes on, f3 goes back."

    async def heard(self) -> None:
        """They said yes: the line that was said back is kept, and Clarify opens."""
        pane = self.panes.pane(Stage.ACKNOWLEDGE)
        line = pane.line if isinstance(pane, AcknowledgePane) else ""
        if self.call.stage is Stage.LISTEN:
            self.did(h.StoryTold())
        self.did(*([h.BackSaid(line)] if line else []), h.Heard())
        if self.call.stage in (Stage.LISTEN, Stage.ACKNOWLEDGE):
            await self.enter(Stage.CLARIFY)

    async def action_next(self) -> None:
        await self.enter(self.call.stage_after)

    async def action_back(self) -> None:
        await self.enter(self.call.stage_before)

    async def action_resolve(self) -> None:
        """The resolution form, at its first empty field."""
        await self.enter(Stage.RESOLVE)
        self.set_focus(self.query_one("#offer" if self.call.ask else "#ask"))

    def action_note(self) -> None:
        """To the note line, from anywhere, losing nothing; there, it puts mending aside."""
        if self.focused is self.note_line.input:
            self.notes.put_aside()
        self.set_focus(self.note_line.input)

    def action_said(self) -> None:
        """The suggestion was said aloud."""
        said = self.suggesting.meant() if self.panel.first is not None else None
        if said is None:
            return
        told: list[h.Happening] = [h.PhraseSaid(said.phrase.id, said.phrase.group, said.line)]
        if said.phrase.step:
            self.suggesting.step = 0
            told.append(h.BoundarySet(said.phrase.step, said.phrase.move))
        told += self.actions.pledged_by(said.phrase)
        self.did(*told)

    def action_another(self) -> None:
        """Pass over this suggestion for the rest of the stage."""
        if self.panel.first is not None:
            self.suggesting.pass_over(self.panel.first)
            self.show_suggestions()

    def action_breathe(self) -> None:
        self.panel.breathing = 0 if self.panel.breathing is None else None
        self.refresh_bindings()

    def action_heat(self) -> None:
        """Wait for one digit, or c."""
        self.set_focus(self.note_line.input)
        self.note_line.input.arm()
        self.note_line.hint = "heat: 1 settled 2 irked 3 upset 4 furious 5 threatening c cold"
        self.refresh_bindings()

    def action_heat_mark(self, digit: str) -> None:
        self.note_line.input.disarm()
        self.did(heat_marked(self.call.heat, None if digit == "c" else int(digit)))

    def action_hold(self) -> None:
        if self.call.ended_at is not None:
            self.note_line.hint = "The call is over; f3 goes back into it."
            return
        self.did(h.Resumed() if self.call.held else h.Held())

    @property
    def guarded(self) -> list[AgreePane]:
        """The form whose text the guard has better words for; none is the usual case."""
        return [pane for pane in self.query(AgreePane) if pane.guard_view.better is not None]

    def action_better(self) -> None:
        """Take what the guard says instead."""
        for pane in self.guarded:
            pane.take_better()

    def action_in_writing(self) -> None:
        """Have Save confirm the agreement in a letter, or not."""
        self.query_one(WrapUpPane).confirm()

    @work(group="box")
    async def action_caller(self) -> None:
        """Who is calling: number, name, company, since when, account value."""
        from calmdesk.screens.caller import CallerScreen

        box = CallerScreen(self.place, self.call, self.search.shown)
        answer = await self.app.push_screen_wait(box)
        if isinstance(answer, h.CallerNamed):
            self.did(answer)
            self.search.bring()
        elif answer is not None:
            self.joining.join(answer.case_id)

    def action_same(self) -> None:
        """Make this call part of the case in the story."""
        self.joining.same()

    async def action_save(self) -> None:
        """In a live call: when the words were kept. In Wrap-up: save the case."""
        await self.saving.save()

    # -- the note line ----------------------------------------------------------------------

    @on(Field.Commanded)
    async def command_in_form(self, event: Field.Commanded) -> None:
        event.stop()
        await self.commands.run(event.line)

    @on(NoteLine.Entered)
    async def line_entered(self, event: NoteLine.Entered) -> None:
        event.stop()
        self.note_line.input.unkept = ""
        if not await self.commands.run(event.line):
            self.notes.enter(event.line)

    @on(NoteLine.MendWanted)
    def mend_last(self, event: NoteLine.MendWanted) -> None:
        self.notes.mend_last()

    @on(NoteLine.Disarmed)
    def disarmed(self) -> None:
        self.note_line.hint = ""
        self.refresh_bindings()

    @on(NoteLine.LeftForForm)
    def on_to_form(self, event: NoteLine.LeftForForm) -> None:
        """Tab: take the caller that was found, or go on into the form."""
        taken = self.search.completed()
        if taken and sign_at(self.note_line.input.value) is Sign.CALLER:
            self.note_line.write(taken)
        else:
            self.focus_next()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self, event: Input.Changed | TextArea.Changed) -> None:
        field = event.control
        if field.id != "note" and isinstance(field, Input) and field.value == "/":
            field.value = ""  # a command is meant, wherever the cursor stands
            self.set_focus(self.note_line.input)
            self.note_line.write("/")
            return
        if field.has_focus or field.id == "note":
            self.saving.drafts.touch(field)
        if event.control is self.note_line.input:
            self.notes.explain(event.control.value)

    # -- the rest ---------------------------------------------------------------------------

    @on(StagePane.Happened)
    def form_did(self, event: StagePane.Happened) -> None:
        event.stop()
        if isinstance(event.happening, h.OutcomeChosen):
            self.note_line.hint = ""  # what was asked for is there
        self.did(event.happening)

    @on(ConveyPane.NotReached)
    async def rung_in_vain(self) -> None:
        self.did(h.OutcomeChosen(Outcome.NOT_REACHED))
        await self.enter(Stage.WRAP_UP)

    @on(ConveyPane.NeverRung)
    def never_rung(self) -> None:
        self.did(h.NotRung())
        self.post_message(self.Done(self.call))

    @on(AgreePane.PromiseOpened)
    @work(group="box")
    async def mend_promise(self, event: AgreePane.PromiseOpened) -> None:
        from calmdesk.screens.promise import PromiseScreen

        promise = next(p for p in self.call.promises if p.promise_id == event.promise_id)
        form = PromiseScreen(promise, self.around).hold(self.place.half_typed, promise.promise_id)
        changed = await self.app.push_screen_wait(form)
        if changed is not None:
            self.did(changed)

    @on(AgreePane.CardWanted)
    def fill_card(self, event: AgreePane.CardWanted) -> None:
        self.ask_card()

    @work(group="box")
    async def ask_card(self) -> None:
        """Ask for the agent's own line and mail, where they are first needed."""
        try:
            await introduced(self.app, self.place)
        except StoreError as error:
            self.note_line.hint = f"! {error}"
        else:
            for pane in self.query(AgreePane):
                pane.around = self.around
            self.refresh_call()

    def read_back_agreed(self) -> None:
        """The read-back, as it stands in the form, was said and agreed."""
        text = self.query_one("#readback", TextArea).text.strip()
        self.did(h.ReadBack(text, agreed=True))

    @on(StageBar.Chosen)
    async def stage_chosen(self, event: StageBar.Chosen) -> None:
        await self.enter(event.stage)

    @on(StagePane.Settled)
    def field_settled(self, event: StagePane.Settled) -> None:
        """What was half written there is dealt with: its draft goes."""
        event.stop()
        for field in self.query(f"#{event.field}"):
            if isinstance(field, Input | TextArea):
                self.saving.drafts.touch(field)

    def on_key(self, event: events.Key) -> None:
        """What no field takes is typed into the note line, but for keys that mean something here."""
        means = self.active_bindings.get(event.key)
        if event.is_printable and event.character and means is None:
            event.stop()
            self.set_focus(self.note_line.input)
            self.note_line.input.insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted beside a field goes on in the note line."""
        event.stop()
        self.set_focus(self.note_line.input)
        self.note_line.input.insert_text_at_cursor(" ".join(event.text.split()))
