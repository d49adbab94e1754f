"""The Playbook: every phrase, found as it is typed, tried against the guard, pinned, muted, mended."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from calmdesk.errors import PlaybookError, StoreError
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook import writing
from calmdesk.guide.playbook.typed import spelled
from calmdesk.screens.coach import choose, read_choices, read_learned
from calmdesk.screens.due_screen import DueScreen
from calmdesk.screens.phrase_form import PhraseForm
from calmdesk.screens.phrase_shelf import Shelf
from calmdesk.screens.playbook_keys import KEYS
from calmdesk.screens.question import Question
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.guard_view import GuardView
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.phrase_list import PhraseList
from calmdesk.widgets.phrase_view import PhraseView
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.records.people_rows import Choice
    from calmdesk.screens.own_words import OwnWords
    from calmdesk.screens.workplace import Workplace


class PlaybookScreen(DueScreen):
    """The list, the marked phrase beside it, and a line to try. A call goes on meanwhile."""

    HELP = "Every phrase. / finds, t tries a line against the guard, e mends the marked one."

    DEFAULT_CSS = """
    PlaybookScreen #playbook-body { height: 1fr; }
    PlaybookScreen PhraseList { width: 3fr; }
    PlaybookScreen PhraseView { width: 2fr; }
    PlaybookScreen FormRow > .row-label { width: 12; }
    PlaybookScreen #try-row { border-top: solid $border-blurred; }
    PlaybookScreen.-short #try-row { border-top: none; }
    PlaybookScreen.-narrow #playbook-body { layout: vertical; }
    PlaybookScreen.-narrow PhraseList { width: 1fr; height: 1fr; }
    PlaybookScreen.-narrow PhraseView {
        width: 1fr; height: 1fr; border-left: none; border-top: solid $border;
    }
    """

    BINDINGS = KEYS
    TAKES_BACK = False

    title_line = getters.query_one(TitleLine)
    phrases = getters.query_one(PhraseList)
    view = getters.query_one(PhraseView)
    guard_view = getters.query_one(GuardView)
    finding = getters.query_one("#find", Field)
    trying = getters.query_one("#try", Field)

    class Left(Message):
        """The way back: to the call, or to the Desk."""

    def __init__(self, place: Workplace, own_words: OwnWords) -> None:
        super().__init__()
        self.place = place
        self.own_words = own_words
        self.shelf = Shelf(place)

    def compose(self) -> ComposeResult:
        yield TitleLine("Playbook")
        yield FormRow("find", Field(placeholder="words, a move, a class, a stage", id="find"))
        with Horizontal(id="playbook-body"):
            yield PhraseList()
            yield PhraseView()
        placeholder = "what you would say: the guard reads along"
        yield FormRow("try a line", Field(placeholder=placeholder, id="try"), id="try-row")
        yield GuardView(self.place.review)
        yield KeyLine()

    def on_mount(self) -> None:
        self.phrases.focus()

    def on_screen_resume(self) -> None:
        self.bring()
        self.look_due()

    @work(exclusive=True, group="bring")
    async def bring(self) -> None:
        """Bring what was chosen and counted, and show the list."""
        self.show_list()
        await asyncio.to_thread(
            import_module, "rapidfuzz.process"
        )  # before the first key of a search
        try:
            await read_choices(self.place)
            await read_learned(self.place)
            self.title_line.warning = ""
        except StoreError as error:
            self.title_line.warning = str(error)
        self.show_list()

    def tick(self) -> None:
        """Once a second: words that were read again are shown."""
        super().tick()
        if self.is_current and self.shelf.stale:
            self.show_list()

    def show_list(self, phrase_id: str = "") -> None:
        """Show what is found, with the cursor on a phrase, or where it is."""
        marked = self.phrases.listed
        phrase_id = phrase_id or (marked.phrase.id if marked else "")
        self.phrases.show(self.shelf.rows(self.finding.value), phrase_id)
        demo = " · demo" if self.place.demo else ""
        self.title_line.right = f"{self.shelf.count()}{demo}"

    @on(Input.Changed, "#find")
    def find_changed(self) -> None:
        """The best one is marked; back among all of them, the one that was found."""
        marked = self.phrases.listed
        found = marked.phrase.id if marked and not self.finding.value else ""
        self.phrases.show(self.shelf.rows(self.finding.value), found)

    @on(Input.Changed, "#try")
    def try_changed(self) -> None:
        self.guard_view.look_soon(self.trying.value)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self.trying:
            self.guard_view.look(event.value)
        else:
            self.phrases.focus()

    @on(PhraseList.Marked)
    def marked(self, event: PhraseList.Marked) -> None:
        self.view.reading = self.shelf.reading(event.listed) if event.listed else None
        self.refresh_bindings()

    @on(PhraseList.Opened)
    @on(GuardView.Looked)
    def looked(self, event: Message) -> None:
        event.stop()
        if isinstance(event, PhraseList.Opened):
            self.action_edit()
        self.refresh_bindings()

    # -- keys -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        listed = self.phrases.listed
        match action:
            case "choose" | "edit" | "copy":
                return self.phrases.has_focus and listed is not None
            case "undo":
                return self.phrases.has_focus and listed is not None and listed.origin != ""
            case "add" | "find" | "try":
                return self.phrases.has_focus
            case "to_list":
                return not self.phrases.has_focus
            case "take_better":
                return self.trying.has_focus and self.guard_view.better is not None
            case _:
                return True

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def action_find(self) -> None:
        self.finding.focus()

    def action_try(self) -> None:
        self.trying.focus()

    def action_to_list(self) -> None:
        self.phrases.focus()

    def action_take_better(self) -> None:
        """Take the guard's words, one finding at a time."""
        better = self.guard_view.better
        if better is not None:
            self.trying.value = better
            self.trying.cursor_position = len(better)
            self.guard_view.look(better)

    def action_leave(self) -> None:
        """From a field to the list; from what was found to everything; then back."""
        if not self.phrases.has_focus:
            self.phrases.focus()
        elif self.finding.value:
            self.finding.value = ""
        else:
            self.post_message(self.Left())

    @work(group="choose")
    async def action_choose(self, choice: Choice) -> None:
        """Pin or mute the marked phrase; the same key takes it back."""
        if (listed := self.phrases.listed) is None:
            return
        try:
            await choose(self.place, listed.phrase.id, choice)
        except StoreError as error:
            self.title_line.warning = str(error)
        self.show_list()

    def action_edit(self) -> None:
        if (listed := self.phrases.listed) is not None:
            self.write("edit", listed.phrase)

    def action_add(self) -> None:
        self.write("add")

    def action_copy(self) -> None:
        if (listed := self.phrases.listed) is not None:
            self.write("copy", listed.phrase)

    @work(group="box")
    async def write(self, how: str, base: Phrase | None = None) -> None:
        """Have a phrase written; what is left half typed stands there the next time."""
        typed = spelled(base) if base else {}
        phrase_id = base.id if base and how == "edit" else ""
        form = PhraseForm(self.place, typed, base, phrase_id, self.keep)
        half = self.place.half_typed
        kept = await self.app.push_screen_wait(form.hold(half, base.id if base else ""))
        if kept is not None:
            self.finding.value = ""
            self.show_list(kept.id)

    async def keep(self, phrase: Phrase) -> None:
        """Write a phrase into the own file. Raises PlaybookError with what is in the way."""
        trouble = await self.own_words.change(partial(writing.keep, phrase=phrase))
        if trouble:
            raise PlaybookError(trouble)

    @work(group="box")
    async def action_undo(self) -> None:
        """Take the marked phrase's own words away."""
        if (listed := self.phrases.listed) is None:
            return
        after = "what ships returns" if listed.origin == "changed" else "it is gone then"
        answer = await self.app.push_screen_wait(
            Question(
                f"Take your own words away, “{listed.phrase.line}”? {after.capitalize()}.",
                [("stay", "Leave them"), ("away", "Take them away")],
            )
        )
        if answer == "away":
            take_back = partial(writing.take_back, phrase_id=listed.phrase.id)
            self.title_line.warning = await self.own_words.change(take_back)
            self.show_list()
