"""One letter: written, marked by the guard, held, read by a colleague, released, sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from calmdesk.errors import CalmdeskError, StoreError
from calmdesk.guide.english.days import hour_or_day
from calmdesk.letters.writing import kind_of
from calmdesk.records import post
from calmdesk.records.letter_rows import LetterRow
from calmdesk.screens.early import Early
from calmdesk.screens.keeping import Keeper
from calmdesk.screens.letter_keys import KEYS
from calmdesk.screens.letter_release import forms, may_release, reads_first, to_clipboard, to_file
from calmdesk.screens.question import Question
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.guard_view import GuardView
from calmdesk.widgets.hold_line import HoldLine
from calmdesk.widgets.key_line import KeyLine
from calmdesk.widgets.tick import Tick
from calmdesk.widgets.title_line import TitleLine
from calmdesk.words import clean, one_line

_WRITERS = ("keep", "drop", "take_better", "early", "sent", "to_file", "to_clipboard")
"""What only the writer of a letter does."""
_FORM_WORDS = {
    "html": "html: a page to print or attach",
    "text": "text: a plain e-mail",
    "markdown": "markdown: for a ticket or a wiki",
}


class LetterScreen(Screen[None]):
    """What stands in its fields is the letter. It is kept every second, and on every way out."""

    HELP = "A letter. What you type is kept; f4 and ctrl+l take it out, you send it."
    AUTO_FOCUS = "#letter-text"

    DEFAULT_CSS = """
    LetterScreen #letter-text { height: 1fr; min-height: 4; border: none; padding: 0 1; }
    LetterScreen #letter-text:focus { border: none; }
    LetterScreen GuardView { max-height: 5; }
    LetterScreen #reader-row, LetterScreen #read-row { display: none; }
    LetterScreen.-reader #reader-row, LetterScreen.-reader #read-row { display: block; }
    LetterScreen #letter-said { height: auto; padding: 0 1; }
    """

    BINDINGS = KEYS

    title_line = getters.query_one(TitleLine)
    guard_view = getters.query_one(GuardView)
    hold = getters.query_one(HoldLine)
    tick_read = getters.query_one("#letter-read", Tick)
    area = getters.query_one("#letter-text", TextArea)

    def __init__(self, place: Workplace, keeper: Keeper, letter: LetterRow) -> None:
        super().__init__()
        self.place = place
        self.keeper = keeper
        self.letter = letter
        """As it stands in the fields."""
        self._kept = (letter.subject, letter.text)
        """The subject and the text that are on their way to disk, or there."""
        self._early = ""
        """Why it does not wait out its hour."""
        self._files: dict[str, Path] = {}
        """Form to where it lies already; a second key press is no second file."""
        self._busy = False
        """Whether it is being released; a second key press is no second letter."""

    # -- what it looks like -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        letter = self.letter
        yield TitleLine(self._title())
        yield FormRow("Subject", Field(letter.subject, "", id="letter-subject"))
        yield TextArea(letter.text, id="letter-text", soft_wrap=True, show_line_numbers=False)
        yield GuardView(self.place.review, quiet=True)
        reader = Field(letter.reader, "a colleague's name", id="letter-reader")
        yield FormRow("Read first by", reader, id="reader-row")
        yield FormRow("", Tick(id="letter-read"), id="read-row")
        yield HoldLine(self.place.wall, letter.promised)
        yield Static(id="letter-said", markup=False)
        yield KeyLine()

    def _title(self) -> str:
        letter = self.letter
        parts = [kind_of(letter.kind).name, letter.ref, letter.customer]
        return " · ".join(part for part in parts if part)

    def on_mount(self) -> None:
        self.area.highlight_cursor_line = False
        self.set_interval(1.0, self.tick)
        self.show()
        self.guard_view.look_soon(self.letter.text)
        self.say(self._news())
        if not self.written_here:
            self.set_focus(self.tick_read)

    def _news(self) -> str:
        """What is to be done with it, when it is opened."""
        letter = self.letter
        if not self.written_here:
            return f"{letter.writer} asks you to read it first."
        if letter.state != "released":
            return ""
        if letter.sent_at is not None:
            return f"It was sent, out of {letter.released_to}."
        return f"Released to {letter.released_to}. Send it; ctrl+o then ticks that it was sent."

    def show(self) -> None:
        """Show the letter as it now stands, and what can be done with it."""
        letter = self.letter
        open_here = self.written_here and letter.state == "draft"
        self.area.read_only = not open_here
        for name in ("subject", "reader"):
            self.query_one(f"#letter-{name}", Field).disabled = not open_here
        wanted = reads_first(self.place, letter.kind) or bool(letter.reader)
        self.set_class(wanted and letter.state == "draft", "-reader")
        self.tick_read.label = "they have read it" if self.written_here else "I have read it"
        self.tick_read.value = letter.read_at is not None
        self.hold.until, self.hold.early = letter.held_until, self._early
        self.tick()

    @property
    def written_here(self) -> bool:
        """Whether the agent at this desk writes it."""
        return self.letter.mine

    def tick(self) -> None:
        """Once a second: the hour goes on, and what was typed is kept."""
        self.hold.now = self.place.now()
        if not self._busy:
            self.keep()
        self.title_line.right = self._standing()
        self.title_line.warning = self.keeper.state.trouble
        self.refresh_bindings()

    def _standing(self) -> str:
        letter = self.letter
        if letter.sent_at is not None:
            return f"sent {self._when(letter.sent_at)}"
        if letter.released_at is not None:
            return f"released {self._when(letter.released_at)}"
        kept = self.keeper.state.kept_at or letter.updated_at
        return f"draft, kept {self._when(kept)}" if self.written_here else "to be read"

    def _when(self, at: datetime) -> str:
        return hour_or_day(self.place.wall(at), self.place.wall())

    def say(self, sentence: str) -> None:
        """Say what came of a key, below the letter."""
        self.query_one("#letter-said", Static).update(sentence)

    # -- typing -----------------------------------------------------------------------------

    @on(TextArea.Changed, "#letter-text")
    def text_typed(self) -> None:
        self._typed(replace(self.letter, text=clean(self.area.text)))
        self.guard_view.look_soon(self.letter.text)

    @on(Input.Changed, "#letter-subject")
    def subject_typed(self, event: Input.Changed) -> None:
        self._typed(replace(self.letter, subject=one_line(event.value)))

    def _typed(self, letter: LetterRow) -> None:
        """A colleague's tick was for the words that they read."""
        changed = (letter.subject, letter.text) != (self.letter.subject, self.letter.text)
        if changed and self.letter.read_at is not None:
            letter = replace(letter, read_at=None)
            self.tick_read.value = False
            self.say("They read it in other words; have them read it again.")
        self.letter = letter

    def keep(self) -> None:
        """Hand what was typed to the keeper; what is half typed in the record is no loss."""
        words = (self.letter.subject, self.letter.text)
        if words != self._kept and self.letter.state == "draft":
            self._kept = words
            self.keeper.keep(post.change, self.letter.id, *words, self.place.now())

    def on_unmount(self) -> None:
        """Whatever takes the letter away: a call, the end."""
        self.keep()

    @on(GuardView.Looked)
    def looked(self, event: GuardView.Looked) -> None:
        event.stop()
        self.refresh_bindings()

    def action_take_better(self) -> None:
        """Take the guard's words, one finding at a time."""
        better = self.guard_view.better
        if better is not None:
            at = self.area.cursor_location
            self.area.text = better
            self.area.cursor_location = at
            self.guard_view.look(better)

    # -- keys -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted or action == "leave":
            return True
        draft = self.letter.state == "draft"
        if not self.written_here and action in _WRITERS:
            return False
        match action:
            case "keep" | "drop":
                return draft
            case "take_better":
                return draft and self.guard_view.better is not None
            case "early":
                return draft and self.hold.held and not self._early
            case "sent":
                return self.letter.state == "released" and self.letter.sent_at is None
            case "to_file" | "to_clipboard":
                return self.letter.state != "dropped"
            case _:
                return True

    @work(group="letter")
    async def action_keep(self) -> None:
        """Keep it, and say so."""
        self.keep()
        await self.keeper.settle()
        self.say(self.keeper.state.trouble or "Kept as a draft in Letters.")
        self.tick()

    @work(group="leaving")
    async def action_leave(self) -> None:
        """Back to where it was opened; the list there is read when all is on disk."""
        self.keep()
        await self.keeper.settle()
        self._close()

    @work(group="letter")
    async def action_to_file(self) -> None:
        await self._release(self._ask_form)

    async def _ask_form(self) -> str | None:
        """Ask for the form of the file, where more than one is of use. A letter that may not go yet
        is refused first."""
        await may_release(self.place, self.letter, self._early)
        known = forms(self.place, self.letter.kind)
        if len(known) == 1:
            return await self._to_file(known[0])
        answers = [(form, _FORM_WORDS[form]) for form in known]
        await self.app.push_screen(Question("Which form?", answers), self._form_chosen)
        return None

    def _form_chosen(self, form: str | None) -> None:
        if form is not None:
            self._file_as(form)

    @work(group="letter")
    async def _file_as(self, form: str) -> None:
        await self._release(partial(self._to_file, form))

    async def _to_file(self, form: str) -> str:
        file = self._files.get(form)
        if file is None or not file.exists():
            file = await to_file(self.place, self.letter, self._early, form)
            self._files[form] = file
        return f"In {file}"

    @work(group="letter")
    async def action_to_clipboard(self) -> None:
        await self._release(self._to_clipboard)

    async def _to_clipboard(self) -> str:
        terminal = self.app.copy_to_clipboard
        return await to_clipboard(self.place, self.letter, terminal, self._early)

    async def _release(self, out: Callable[[], Awaitable[str | None]]) -> None:
        """Take the letter out by one of the ways, and say what came of it. A second key press
        meanwhile is no second letter."""
        if self._busy:
            return
        self._busy = True
        self.keep()
        await self.keeper.settle()
        try:
            done = await out()
            if done is not None:
                await self._done(f"{done} · Send it; ctrl+o then ticks that it was sent.")
        except CalmdeskError as error:
            self.say(f"! {error}")
        finally:
            self._busy = False

    @work(group="letter")
    async def action_sent(self) -> None:
        """Its writer sent it."""
        await self._did("Ticked as sent.", post.sent)

    @work(group="box")
    async def action_early(self) -> None:
        """Ask why it does not wait; the answer stays with the agent."""
        reason = await self.app.push_screen_wait(
            Early().hold(self.place.half_typed, self.letter.id)
        )
        if reason is not None:
            self._early = reason
            self.say("f4 takes it to a file, ctrl+l to the clipboard.")
            self.show()

    @work(group="box")
    async def action_drop(self) -> None:
        """Ask once; what is dropped cannot be sent."""
        answers = [("stay", "Go on with it"), ("drop", "Drop it")]
        if await self.app.push_screen_wait(Question("Drop this letter?", answers)) == "drop":
            self._drop()

    @work(group="leaving")
    async def _drop(self) -> None:
        self.keep()
        await self.keeper.settle()
        if await self._did("Dropped.", post.drop):
            self._close()

    def _close(self) -> None:
        """Go, unless another screen came on top meanwhile: that one would be taken away."""
        if self.app.screen is self:
            _ = self.dismiss()

    # -- the second reader ------------------------------------------------------------------

    @on(Input.Submitted, "#letter-reader")
    @on(Input.Blurred, "#letter-reader")
    def reader_named(self, event: Input.Submitted | Input.Blurred) -> None:
        event.stop()
        if one_line(event.value) != self.letter.reader and self.letter.state == "draft":
            self.ask_reader(one_line(event.value))

    @work(group="reader")
    async def ask_reader(self, name: str) -> None:
        words = f"{name} is asked to read it." if name else "Nobody is asked to read it."
        await self._did(words, post.ask_reader, name)

    @on(Tick.Turned, "#letter-read")
    @work(group="reader")
    async def read_ticked(self, event: Tick.Turned) -> None:
        """They have read it, beside the writer or at their own desk; or not after all."""
        self.keep()
        read = self._kept
        await self.keeper.settle()
        name = self._reader()
        if not event.value:
            await self._did("Not read yet.", post.ask_reader, name)
        elif await self._did("Read, and it may go.", post.mark_read, name, *read):
            return
        self.tick_read.value = self.letter.read_at is not None

    def _reader(self) -> str:
        """Who reads it: whoever is named, or the colleague at this desk."""
        if not self.written_here:
            return self.letter.reader
        return one_line(self.query_one("#letter-reader", Field).value)

    async def _did(self, words: str, verb: Callable[..., None], *about: str) -> bool:
        """Have a verb done on this letter, and say so. Returns whether it was done."""
        try:
            await self.place.desk.ask(verb, self.letter.id, *about, self.place.now())
        except CalmdeskError as error:
            self.say(f"! {error}")
            return False
        await self._done(words)
        return True

    async def _done(self, words: str) -> None:
        """Say what was done, and show what the record made of it. What is typed meanwhile stays; but
        a letter that left stands there as it left (S65), and words that came too late for it go to
        the rescue file."""
        self.say(words)
        try:
            row = await self.place.desk.look(post.letter, self.letter.id, self.place.now())
        except StoreError as error:
            self.say(f"{words} · ! {error}")
            return
        typed = (self.letter.subject, self.letter.text)
        gone = row.state == "released"
        self.letter = row if gone else replace(row, subject=typed[0], text=typed[1])
        reader = self.query_one("#letter-reader", Field)
        if not reader.has_focus:
            reader.value = row.reader
        self.show()
        if gone and typed != (row.subject, row.text):
            self.query_one("#letter-subject", Field).value = row.subject
            self.area.text = row.text
            if self.written_here:
                where = self.keeper.rescue(post.change, self.letter.id, *typed)
                self.say(f"{words} · What you typed meanwhile did not leave with it. {where}")
