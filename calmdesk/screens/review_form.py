"""A colleague's work on a case, looked at in five minutes at most: what went well first, then the
three justices, one thing to try, and a note that only they and the reviewer read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.errors import CalmdeskError
from calmdesk.guide.reviewing import Judged, Justice
from calmdesk.records import reviews
from calmdesk.records.review_rows import ReviewWords
from calmdesk.screens.guarded_form import GuardedForm
from calmdesk.widgets.choice_line import ChoiceLine
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.tick import Tick
from calmdesk.words import one_line

if TYPE_CHECKING:
    from calmdesk.records.case_rows import CaseWhole
    from calmdesk.screens.workplace import Workplace

ANSWERS = [(it, it) for it in (Judged.YES, Judged.PARTLY, Judged.NO)]
KEYS = "ctrl+s keeps it · f7 better words\nescape leaves it for later"
JUDGING = "y yes · p partly · n no"


class JudgedLine(ChoiceLine):
    """The answer to one of the three questions, one key each."""

    BINDINGS = [
        Binding(
            it[0],
            f"judge('{it}')",
            it,
            id=f"review.{it}",
            tooltip=f"The answer is {it}",
            show=False,
        )
        for it, _ in ANSWERS
    ]

    def __init__(self, asked: Justice) -> None:
        super().__init__(ANSWERS, id=f"review-{asked}")
        self.asked = asked

    def action_judge(self, answer: str) -> None:
        """Answer, and go on to what follows."""
        self._choose(answer)
        self.screen.focus_next()


class ReviewForm(GuardedForm[str]):
    """Answers the id of the review once the record has it."""

    DEFAULT_CSS = """
    ReviewForm.-wide > .box { width: 104; }
    ReviewForm FormRow > .row-label { width: 18; }
    ReviewForm #review-hint { padding-top: 1; }
    """

    GUARDED = "review-well"

    def __init__(
        self,
        place: Workplace,
        whole: CaseWhole,
        workers: Mapping[str, str],
        stands: Mapping[str, ReviewWords],
    ) -> None:
        """`workers` are those whose work can be looked at, names by their ids; `stands` is what was
        kept before of each and nobody has read yet, the latest last."""
        super().__init__(place)
        self._whole = whole
        self._workers = workers
        self._words_of = {it: ReviewWords(it, name) for it, name in workers.items()} | {
            it: words for it, words in stands.items() if it in workers
        }
        self._of = next((it for it in reversed([*stands]) if it in workers), next(iter(workers)))
        """Whose work stands in the fields."""
        self._typed_in: Input | None = None
        """The field that was typed in last: the guard reads it."""

    def compose(self) -> ComposeResult:
        stands, names = self._words_of[self._of], list(self._workers.items())
        with Vertical(classes="box"):
            who = names[0][1] if len(names) == 1 else "colleagues"
            title = f"The work of {who} on {self._whole.line.ref}"
            yield Static(title, classes="box-title", markup=False)
            if len(names) > 1:
                yield FormRow("Whose work", ChoiceLine(names, id="review-of"))
            yield FormRow(
                "Went well", Field(stands.went_well, "what they did well", id="review-well")
            )
            for asked in Justice:
                yield FormRow(asked.label, JudgedLine(asked))
            yield FormRow(
                "One thing to try", Field(stands.try_next, "the next time", id="review-try")
            )
            yield FormRow(
                "To them alone",
                Field(stands.note, self._who_reads, id="review-note"),
            )
            yield FormRow(
                "Example",
                Tick("to learn from", self._whole.example, id="review-example"),
            )
            yield self.guard_view()
            yield Static(KEYS, id="review-hint", classes="box-hint", markup=False)

    @property
    def of_id(self) -> str:
        """Id of the agent whose work it is about."""
        return self._of

    @property
    def _who_reads(self) -> str:
        """Whom a private note reaches: with a shared folder it may stay at this desk."""
        settings = self.place.settings
        if settings.share is not None and not settings.private_notes:
            return "here alone: private_notes is off"
        return "only they and you read it"

    def on_mount(self) -> None:
        """Before what was left here is put back."""
        self._fill(self._words_of[self._of])
        if len(self._workers) > 1:
            self.query_one("#review-of", ChoiceLine).value = self._of
            self.call_next(self._know_whose)
        self.set_focus(self.query_one("#review-well"))

    def _know_whose(self) -> None:
        """What was left here may be said of another one."""
        self._of = self.query_one("#review-of", ChoiceLine).value or self._of

    def _fill(self, words: ReviewWords) -> None:
        """Let the fields say what is said of somebody's work."""
        for asked in Justice:
            self.query_one(f"#review-{asked}", ChoiceLine).value = words.judged.get(asked) or None
        texts = {"well": words.went_well, "try": words.try_next, "note": words.note}
        for field, text in texts.items():
            self.query_one(f"#review-{field}", Input).value = text

    @on(ChoiceLine.Chosen, "#review-of")
    def turn_to(self, event: ChoiceLine.Chosen) -> None:
        """What was typed of one colleague stays with them; the other has words of their own."""
        if event.value != self._of:
            self._words_of[self._of] = self._said()
            self._of = event.value
            self._fill(self._words_of[self._of])

    @property
    def guarded(self) -> Input:
        return self._typed_in or super().guarded

    @on(Input.Changed)
    def note_field(self, event: Input.Changed) -> None:
        if event.input.has_focus:
            self._typed_in = event.input

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to whatever comes next; in the last field it keeps."""
        if event.input.id != "review-note":
            event.stop()
            event.prevent_default()  # elsewhere it goes from field to field
            self.focus_next()

    @on(events.DescendantFocus)
    def ask(self, event: events.DescendantFocus) -> None:
        """Ask in full what the line stands for."""
        line = event.widget
        self._hint(f"{line.asked.question}\n{JUDGING}" if isinstance(line, JudgedLine) else KEYS)

    def _text(self, field: str) -> str:
        return one_line(self.query_one(f"#review-{field}", Input).value)

    def _words(self) -> ReviewWords | None:
        """What stands here; None when nothing went well yet, and a hint says so."""
        said = self._said()
        if said.went_well:
            return said
        self.set_focus(self.query_one("#review-well"))
        self.call_after_refresh(self._hint, "What went well? One thing at least comes first.")
        return None

    def _said(self) -> ReviewWords:
        lines = {asked: self.query_one(f"#review-{asked}", ChoiceLine) for asked in Justice}
        judged = {asked: Judged(line.value or "") for asked, line in lines.items()}
        well, to_try, note = (self._text(field) for field in ("well", "try", "note"))
        return ReviewWords(self._of, self._workers[self._of], well, judged, to_try, note)

    def action_answer(self) -> None:
        """Keep it; the box goes only when the record has it."""
        words = self._words()
        if words is not None and not self.asking:
            self.asking = True
            self.keep(words)

    @work(group="keeping")
    async def keep(self, words: ReviewWords) -> None:
        place, example = self.place, self.query_one("#review-example", Tick).value
        case_id = self._whole.line.id
        try:
            asked = place.desk.ask(reviews.review, case_id, words, place.now(), example)
            review_id = await self.kept(asked)
        except CalmdeskError as error:
            self.asking = False
            self._hint(f"! not kept: {error}")
            return
        self.leave(review_id)

    def _hint(self, words: str) -> None:
        self.query_one("#review-hint", Static).update(words)
