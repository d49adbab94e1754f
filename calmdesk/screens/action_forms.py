"""The small forms of corrective actions: open one or word it anew, done, checked (S71, S72)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from calmdesk.errors import CalmdeskError
from calmdesk.guide.actions import DAYS, MOST_DAYS
from calmdesk.records import actions
from calmdesk.records.learn_rows import ActionLine
from calmdesk.screens.form_screen import FormScreen
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.field import Field
from calmdesk.widgets.form_row import FormRow
from calmdesk.widgets.stage_pane import Around
from calmdesk.words import one_line

MOST_NAMED = 4
"""Causes that are named while one is typed."""


class ActionForm(FormScreen[bool]):
    """Goes only when the record has it: what the record refuses is said, and every word stays."""

    DEFAULT_CSS = """
    ActionForm #action-reading { padding: 1 0; }
    """

    TITLE_WORDS: str
    """What is asked for."""
    HINT = "ctrl+s keeps it · escape leaves it as it was"

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.around = Around(
            place.settings, place.words(), place.wall, place.instant, place.now, place.new_id
        )

    def rows(self) -> ComposeResult:
        """The rows of the form."""
        raise NotImplementedError

    def asked(self) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
        """The verb and what it needs, as the fields say; None when a hint says what is wanting."""
        raise NotImplementedError

    def reading(self) -> str:
        """The fields, shown back."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self.TITLE_WORDS, classes="box-title", markup=False)
            yield from self.rows()
            yield Static(id="action-reading", classes="box-hint", markup=False)
            yield Static(self.HINT, classes="box-hint", markup=False)

    def on_mount(self) -> None:
        self.call_next(lambda: self.hint(self.reading()))  # when all that was left is back

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        if event.input.has_focus:
            self.hint(self.reading())

    def action_answer(self) -> None:
        asked = None if self.asking else self.asked()
        if asked is not None:
            self.asking = True
            self.keep(*asked)

    @work(group="keeping")
    async def keep(self, verb: Callable[..., Any], words: tuple[Any, ...]) -> None:
        """Ask the record; the box goes only when it has it."""
        try:
            await self.kept(self.place.desk.ask(verb, *words))
        except CalmdeskError as error:
            self.asking = False
            self.hint(f"! {error}")
            return
        self.leave(True)

    def hint(self, words: str) -> None:
        """Say something below the fields."""
        self.query_one("#action-reading", Static).update(words)

    def field(self, name: str) -> Input:
        """A field, by its name."""
        return self.query_one(f"#action-{name}", Input)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return one_line(self.field(name).value)

    def when(self, name: str) -> datetime | None:
        """The instant typed in a field; None while it cannot be read."""
        reading = self.around.read(self.text(name))
        return self.around.due(reading) if reading else None

    def spelt(self, at: datetime) -> str:
        """An instant, shown back in full."""
        return self.around.spell(self.place.wall(at))

    def wanting(self, name: str, words: str) -> None:
        """Say what is wanting, and go to its field."""
        self.hint(words)
        self.set_focus(self.field(name))


class OpenForm(ActionForm):
    """Opens an action, or words one anew. Answers whether the record has it."""

    TITLE_WORDS = "What is to be changed?"

    def __init__(self, place: Workplace, cause: str = "", action: ActionLine | None = None) -> None:
        super().__init__(place)
        self._action = action
        self._cause = action.cause if action else cause
        self.hold(place.half_typed, action.id if action else cause)

    def rows(self) -> ComposeResult:
        action, words = self._action, self.place.words()
        due = self.place.wall(action.due_at) if action else None
        typed = f"{due.day} {due:%b %Y} {due:%H:%M}".lower() if due else ""
        if action is None:
            cause = words.cause_name(self._cause)
            yield FormRow("Cause", Field(cause, "courier, stock, ...", id="action-cause"))
        change = action.change if action else ""
        yield FormRow("Change", Field(change, "what will be different", id="action-change"))
        owner = action.owner if action else ""
        yield FormRow("Owner", Field(owner, "a role, as dispatch", id="action-owner"))
        yield FormRow("By when", Field(typed, "fri 12:00, 15 dec", id="action-due"))

    def on_mount(self) -> None:
        if self._cause:
            self.set_focus(self.field("change"))

    @on(Input.Blurred, "#action-cause")
    def complete(self) -> None:
        """The beginning of a cause becomes its name."""
        found = self.place.words().cause(self.text("cause"))
        if found is not None:
            self.field("cause").value = found.name

    def _named(self) -> str:
        """The cause's id; what the playbook does not know is kept as typed."""
        if self._action is not None:
            return self._action.cause
        typed = self.text("cause")
        found = self.place.words().cause(typed)
        return found.id if found else typed

    def asked(self) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
        due, now = self.when("due"), self.place.now()
        if due is None:
            self.wanting("due", "By when? e.g. fri 12:00, 15 dec, +2w")
            return None
        words = (self.text("change"), self.text("owner"), due, now)
        if self._action is not None:
            return actions.change_action, (self._action.id, *words)
        return actions.open_action, (self.place.new_id(), self._named(), *words)

    def reading(self) -> str:
        due, words = self.when("due"), self.place.words()
        when = f"by {self.spelt(due)}" if due else "by when?"
        typing = self._action is None and self.focused is self.field("cause")
        if not typing:
            return f"{words.cause_name(self._named()) or 'which cause?'} · {when}"
        typed = self.text("cause")
        like = [cause.name for cause in words.causes_like(typed)[:MOST_NAMED]]
        return " · ".join(like) if like else f"{typed} (not in the playbook; kept as typed)"


class DoneForm(ActionForm):
    """The change is made: over how many days it is counted, and when that is looked at."""

    TITLE_WORDS = "The change is made. When is its effect checked?"

    def __init__(self, place: Workplace, action: ActionLine) -> None:
        super().__init__(place)
        self._action = action
        self.hold(place.half_typed, action.id)

    def rows(self) -> ComposeResult:
        yield Static(self._action.change, markup=False)
        yield FormRow("Days", Field(str(DAYS), "counted before and after", id="action-days"))
        yield FormRow("Check", Field("", "as soon as they are over", id="action-check"))

    def _days(self) -> int | None:
        typed = self.text("days")
        return int(typed) if typed.isdecimal() and 1 <= int(typed) <= MOST_DAYS else None

    def _check(self, days: int) -> datetime | None:
        """When it is checked; None for what cannot be read."""
        if self.text("check"):
            return self.when("check")
        return self.place.instant(self.place.wall() + timedelta(days=days))

    def asked(self) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
        now, days = self.place.now(), self._days()
        if days is None:
            self.wanting("days", f"How many days before and after? 1 to {MOST_DAYS}.")
            return None
        check = self._check(days)
        if check is None:
            self.wanting("check", "Checked when? e.g. 21 dec 9:00; empty is when they are over.")
            return None
        return actions.action_done, (self._action.id, check, days, now)

    def reading(self) -> str:
        days = self._days()
        check = self._check(days) if days is not None else None
        if days is None or check is None:
            return "how many days?" if days is None else "checked when?"
        return f"{days} days before and after · checked {self.spelt(check)}"


class CheckForm(ActionForm):
    """Did the cause fall? The record counts; what was found is said in words (S72)."""

    TITLE_WORDS = "Did the cause really fall?"

    def __init__(self, place: Workplace, action: ActionLine) -> None:
        super().__init__(place)
        self._action = action
        self.hold(place.half_typed, action.id)

    def rows(self) -> ComposeResult:
        yield Static(self._action.change, markup=False)
        yield FormRow("Found", Field(self._action.finding, "in a few words", id="action-finding"))

    def asked(self) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
        return actions.check_action, (self._action.id, self.text("finding"), self.place.now())

    def reading(self) -> str:
        action = self._action
        if action.check_at is None:
            return "The change is not made yet."
        return f"{action.days} days before and after · due {self.spelt(action.check_at)}"
