"""Known issues: announce one in an honest sentence, and end one that is over (S38)."""

from __future__ import annotations

from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.errors import StoreError
from calmdesk.records import coaching
from calmdesk.records.people_rows import KnownIssue
from calmdesk.screens.guarded_form import GuardedForm
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.known_issue_strip import until_words
from calmdesk.widgets.stage_pane import Around
from calmdesk.words import one_line


class IssueList(OptionList):
    """The issues that stand now."""

    BINDINGS = [
        Binding(
            "enter,delete,backspace",
            "end",
            "end it",
            id="issue.end",
            tooltip="The marked known issue is over",
        ),
    ]

    class Ended(Message):
        """The marked issue is over."""

        def __init__(self, issue_id: str) -> None:
            super().__init__()
            self.issue_id = issue_id

    def action_end(self) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.post_message(self.Ended(option.id))


class KnownIssues(GuardedForm[KnownIssue]):
    """Answers the issue that was announced. Ending one leaves the box open, its words in the
    fields: so it can be said anew, and a slip of the finger costs nothing."""

    DEFAULT_CSS = """
    KnownIssues #issues-title { padding-top: 1; }
    KnownIssues .box-hint { padding-top: 1; }
    """

    GUARDED = "issue-sentence"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.around = Around(
            place.settings, place.words(), place.wall, place.instant, place.now, place.new_id
        )
        self._current: tuple[KnownIssue, ...] = ()
        self.hold(place.half_typed, "")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("What is known to be wrong?", classes="box-title", markup=False)
            yield FormRow(
                "About", Field(placeholder="late delivery, billing, ...", id="issue-category")
            )
            yield FormRow(
                "Sentence",
                Field(placeholder="what is so, in one honest sentence", id="issue-sentence"),
            )
            yield FormRow("Until", Field(placeholder="16:00, mon noon, +2h", id="issue-until"))
            yield Static(id="issue-reading", markup=False)
            yield self.guard_view()
            yield Static("Said now: enter ends one", id="issues-title", markup=False)
            yield IssueList(id="issues", markup=False)
            yield Static(
                "It stands on every call about it.\nctrl+s announces it · f7 better words · escape leaves",
                classes="box-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        self._show(())
        self.bring()
        self._read()

    # -- what stands now --------------------------------------------------------------------

    @work(exclusive=True, group="issues")
    async def bring(self) -> None:
        """Read what stands now, and list it."""
        place = self.place
        try:
            self._show(await place.desk.look(coaching.known_issues, place.now()))
        except StoreError as error:
            self._hint(str(error))

    def _show(self, issues: tuple[KnownIssue, ...]) -> None:
        self._current = issues
        issue_list = self.query_one(IssueList)
        issue_list.set_options(Option(self._line(issue), id=issue.id) for issue in issues)
        issue_list.highlighted = 0 if issues else None
        issue_list.display = self.query_one("#issues-title").display = bool(issues)

    def _line(self, issue: KnownIssue) -> Content:
        until = until_words(self.place.wall(issue.until_at), self.place.wall())
        by = f" · {issue.agent}" if issue.agent else ""
        about = self.place.words().category_name(issue.category)
        return Content.assemble(f"{about}: {issue.sentence}", (f"  {until}{by}", "$quiet"))

    @on(IssueList.Ended)
    @work(group="ending")
    async def end(self, event: IssueList.Ended) -> None:
        """End one; where nothing is half typed, its words go into the fields."""
        place = self.place
        try:
            await place.desk.ask(coaching.end_issue, event.issue_id, place.now())
        except StoreError as error:
            self._hint(str(error))
            return
        ended = next((it for it in self._current if it.id == event.issue_id), None)
        if ended is not None and not self._text("sentence"):
            self._field("category").value = place.words().category_name(ended.category)
            self._field("sentence").value = ended.sentence
        self._show(tuple(it for it in self._current if it.id != event.issue_id))
        self.set_focus(self.query_one(IssueList) if self._current else self._field("until"))
        self._hint("Ended. ctrl+s says it anew, with another time.")

    # -- a new one --------------------------------------------------------------------------

    def action_answer(self) -> None:
        """Announce it; the box goes only when the record has it."""
        words = self._announcement()
        if words is not None and not self.asking:
            self.asking = True
            self.announce(*words)

    @work(group="announcing")
    async def announce(self, category: str, sentence: str, until: datetime) -> None:
        place = self.place
        try:
            asked = place.desk.ask(coaching.announce, category, sentence, until, place.now())
            issue = await self.kept(asked)
        except StoreError as error:
            self.asking = False
            self._hint(f"! not announced: {error}")
            return
        self.leave(issue)

    def _announcement(self) -> tuple[str, str, datetime] | None:
        """Category, sentence and end as they stand; None when one is missing, and a hint says so."""
        category, sentence, until = self._category(), self._text("sentence"), self._until()
        for value, field, hint in (
            (category, "category", "About what? Calls about it will show the sentence."),
            (sentence, "sentence", "What is so? One honest sentence."),
            (until, "until", "Until when? e.g. 16:00, mon noon, +2h"),
        ):
            if not value:
                self._hint(hint)
                self.set_focus(self._field(field))
                return None
        assert until is not None
        return category, sentence, until

    def _category(self) -> str:
        """The category that was typed; what the playbook does not know is kept as typed."""
        typed = self._text("category")
        found = self.place.words().category(typed)
        return found.id if found else typed

    def _until(self) -> datetime | None:
        """The end as typed; None while it cannot be read, or when it is over already."""
        reading = self.around.read(self._text("until"))
        until = self.around.due(reading) if reading else None
        return until if until is not None and until > self.place.now() else None

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        if event.input.has_focus:
            self._read()

    @on(Input.Blurred, "#issue-category")
    def complete(self) -> None:
        """The beginning of a category becomes its name."""
        found = self.place.words().category(self._text("category"))
        if found is not None:
            self._field("category").value = found.name

    def _read(self) -> None:
        """Show back what will be announced: about what, and until when, in full."""
        typed, words = self._text("category"), self.place.words()
        about = words.category_name(self._category())
        if typed and words.category(typed) is None:
            about = f"{typed} (not in the playbook; kept as typed)"
        until = self._until()
        when = f"until {self.around.spell(self.place.wall(until))}" if until else "until when?"
        self._hint(f"{about or 'about what?'} · {when}")

    def _hint(self, words: str) -> None:
        self.query_one("#issue-reading", Static).update(words)

    def _field(self, field: str) -> Input:
        return self.query_one(f"#issue-{field}", Input)

    def _text(self, field: str) -> str:
        return one_line(self._field(field).value)
