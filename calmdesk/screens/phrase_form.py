"""A phrase to write or to mend, checked by the file's own rules while it is typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from calmdesk.errors import PlaybookError
from calmdesk.guide.english.said import names_feeling
from calmdesk.guide.english.sample import reviewed
from calmdesk.guide.language import Finding
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook.entries import MOST_LINE, MOST_MOVE
from calmdesk.guide.playbook.typed import (
    FIELDS,
    LISTS,
    Typed,
    completed,
    last_word,
    new_id,
    read_typed,
    words_for,
)
from calmdesk.screens.guarded_form import GuardedForm
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.guard_view import GuardView

_LABELS = {
    "line": ("Line", "what you say, in at most 14 words"),
    "move": ("Move", "what you do, in at most three words"),
    "class": ("Class", "such as acknowledge"),
    "stages": ("Stages", "such as listen, acknowledge"),
    "heat": ("Heat", "any, or such as 3-5"),
    "subjects": ("About", "anything, or such as billing, refund"),
    "when": ("When", "always, or such as heard"),
}


class _Words(Suggester):
    """Completes the last word of a field; the right arrow takes it."""

    def __init__(self, words: Sequence[str], several: bool) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = words
        self._several = several

    async def get_suggestion(self, value: str) -> str | None:
        return completed(value, self._words, self._several) or None


class PhraseForm(GuardedForm[Phrase]):
    """Answers the phrase once it is kept; what cannot be kept stays on the screen."""

    DEFAULT_CSS = """
    PhraseForm > .box { width: 84; padding: 0 2; }
    PhraseForm FormRow > .row-label { width: 9; }
    PhraseForm #phrase-hint { min-height: 2; }
    """

    GUARDED = "phrase-line"

    def __init__(
        self,
        place: Workplace,
        typed: dict[str, str],
        base: Phrase | None,
        phrase_id: str,
        keep: Callable[[Phrase], Awaitable[None]],
    ) -> None:
        """`typed` holds what stands in the fields, and goes on doing so; `phrase_id` is '' for a
        new phrase; `keep` writes it, or raises PlaybookError with what is in the way."""
        super().__init__(place)
        self.typed = typed
        self._base = base
        self._phrase_id = phrase_id
        self._keep = keep

    def compose(self) -> ComposeResult:
        title = "Mend this phrase" if self._phrase_id else "A phrase of your own"
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(title, classes="box-title", markup=False)
            for name in FIELDS:
                label, placeholder = _LABELS[name]
                field = Field(self.typed.get(name, ""), placeholder, id=f"phrase-{name}")
                field.suggester = _Words(words_for(name, self.place.words()), name in LISTS)
                yield FormRow(label, field)
            yield self.guard_view()
            yield Static(id="phrase-hint", classes="box-hint", markup=False)
            yield Static(
                "enter goes on · right completes · f7 better words · ctrl+s keeps it · escape leaves it",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self.guarded.focus()
        if self.typed.get("line"):
            self.query_one(GuardView).look(self.typed["line"])
        self.show_hint()

    def review(self, line: str) -> Sequence[Finding]:
        """The line is read as it will be said, with words in its slots."""
        return reviewed(self.place.review, line)

    def on_input_changed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("phrase-")
        self.typed[name] = event.value
        self.show_hint()

    def on_descendant_focus(self) -> None:
        self.show_hint()

    def read(self) -> Typed:
        """What stands in the fields, read."""
        taken = {phrase.id for phrase in self.place.words().phrases}
        phrase_id = self._phrase_id or new_id(self.typed.get("line", ""), taken)
        return read_typed(self.typed, phrase_id, self._base, self.place.words())

    def show_hint(self) -> None:
        """Say what the field takes, or what is wrong with what stands in it."""
        name = (self.focused.id or "").removeprefix("phrase-") if self.focused else ""
        read = self.read()
        typed = self.typed.get(name, "").strip()
        words = words_for(name, self.place.words())
        begun = [word for word in words if word.startswith(last_word(typed, name in LISTS))]
        if typed and name in read.wrong and not begun:
            self._hint(f"! {read.wrong[name]}", "$warning")
        elif words:
            self._hint(", ".join(begun or words))
        elif name == "line":
            count = len(read.phrase.line.split())
            cold = " · names a feeling: a cold caller never hears it"
            slots = " · {name} {order} {thing} {day} ... are filled in"
            self._hint(f"{count} of {MOST_LINE} words{cold if names_feeling(typed) else slots}")
        elif name == "move":
            self._hint(f"{len(read.phrase.move.split())} of {MOST_MOVE} words")
        else:
            self._hint("1 settled, 2 irked, 3 upset, 4 furious or ice-cold, 5 threatening")

    def _hint(self, words: str, style: str = "") -> None:
        self.query_one("#phrase-hint", Static).update(Content.styled(words, style))

    def answer(self) -> Phrase | None:
        read = self.read()
        wrong = next((name for name in FIELDS if name in read.wrong), None)
        if wrong is not None:
            self.query_one(f"#phrase-{wrong}").focus()
            self.call_after_refresh(self._hint, f"! {read.wrong[wrong]}", "$warning")
        elif read.wrong:
            self._hint(f"! {next(iter(read.wrong.values()))}", "$warning")
        return None if read.wrong else read.phrase

    def action_answer(self) -> None:
        phrase = None if self.asking else self.answer()
        if phrase is not None:
            self.asking = True
            self.write(phrase)

    @work(exclusive=True, group="write")
    async def write(self, phrase: Phrase) -> None:
        """Have it kept; what stands in the way is said, and the words stay."""
        try:
            await self.kept(self._keep(phrase))
        except PlaybookError as error:
            self.asking = False
            self._hint(f"! {error}", "$warning")
            return
        self.leave(phrase)
