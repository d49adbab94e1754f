"""The filter of a list: one line to type it in, and while it is in force one line that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from calmdesk.widgets.field import Field

AS_BEFORE = "list as before"
"""Stands in the place of the count while what is typed is not understood."""


class FilterField(Field):
    """Tab completes the half-typed word; enter and escape end the typing."""

    BINDINGS = [
        Binding(
            "tab", "complete", "complete", id="filter.complete", tooltip="Complete the typed word"
        ),
        Binding(
            "escape",
            "give_up",
            "as it was",
            id="filter.leave",
            tooltip="Show what was shown before",
        ),
    ]

    class Completed(Message):
        """The word is to be completed."""

    class GivenUp(Message):
        """What was shown before is wanted back."""

    def action_complete(self) -> None:
        self.post_message(self.Completed())

    def action_give_up(self) -> None:
        self.post_message(self.GivenUp())

    async def entered(self) -> None:
        await self.action_submit()


class FilterLine(Vertical):
    """It takes no room while nothing is typed and no filter is in force."""

    DEFAULT_CSS = """
    FilterLine { height: auto; background: $surface; display: none; }
    FilterLine.-typing, FilterLine.-filtered { display: block; }
    FilterLine Horizontal { height: 1; padding: 0 1; display: none; }
    FilterLine.-typing Horizontal { display: block; }
    FilterLine #filter-sign { width: 2; color: $primary; text-style: bold; }
    FilterLine Input, FilterLine Input:focus {
        border: none; height: 1; padding: 0; width: 1fr; background: $panel;
    }
    FilterLine #filter-said { width: auto; padding: 0 0 0 2; color: $quiet; }
    FilterLine #filter-hint { height: auto; max-height: 2; padding: 0 1 0 3; color: $quiet; display: none; }
    FilterLine.-typing #filter-hint { display: block; }
    FilterLine #filter-force { height: 1; padding: 0 1; display: none; }
    FilterLine.-filtered #filter-force { display: block; }
    FilterLine.-typing #filter-force { display: none; }
    """

    words: reactive[str] = reactive("")
    """The filter in force, as it is typed; '' while there is none."""
    said: reactive[str] = reactive("")
    """How many cases it leaves: `12 of 214 cases`."""
    hint: reactive[str] = reactive("")
    """What can be typed here, or what is wrong."""
    wrong: reactive[bool] = reactive(False)
    """Whether what is typed cannot be read."""
    unread: reactive[bool] = reactive(False)
    """Whether the list is not that of what is typed, which means nothing yet or anyhow."""
    offers: Sequence[str] = ()
    """The whole line as it would be with each completion of its last word."""

    field = getters.query_one(FilterField)

    @dataclass
    class Typed(Message):
        """The line was changed."""

        text: str

    @dataclass
    class Entered(Message):
        """The line is to be in force."""

        text: str

    class Left(Message):
        """What was shown before is wanted back."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("/", id="filter-sign", markup=False)
            yield FilterField(placeholder="status:open heat:hot agent:sam")
            yield Static(id="filter-said", markup=False)
        yield Static(id="filter-hint", markup=False)
        yield Static(id="filter-force", markup=False)

    def begin(self) -> None:
        """Let the filter be typed, or the one in force be changed."""
        self.add_class("-typing")
        self.field.value = f"{self.words} " if self.words else ""
        self.field.cursor_position = len(self.field.value)
        self.field.focus()

    @property
    def typing(self) -> bool:
        """Whether a filter is half typed."""
        return self.has_class("-typing")

    @property
    def room(self) -> int:
        """Columns of one line of the hint."""
        return max(0, self.size.width - 4)

    def end(self) -> None:
        """No more typing."""
        self.remove_class("-typing")
        self.unread = False

    # -- what it shows --------------------------------------------------------------------------

    def watch_words(self) -> None:
        self.set_class(bool(self.words), "-filtered")
        self._draw()

    def watch_said(self) -> None:
        self._draw()

    def watch_hint(self) -> None:
        self._draw()

    def watch_wrong(self) -> None:
        self._draw()

    def watch_unread(self) -> None:
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        said = AS_BEFORE if self.unread else self.said
        self.query_one("#filter-said", Static).update(said)
        hint = Content.styled(self.hint, "$warning" if self.wrong else "$quiet")
        self.query_one("#filter-hint", Static).update(hint)
        right = Content.assemble((f"{self.said} · ", "$quiet"), ("x", "$primary bold"), " clears")
        sign, width = Content.styled("/ ", "$primary bold"), max(0, self.size.width - 2)
        room = max(0, width - right.cell_length - sign.cell_length - 2)
        words = Content.styled(self.words, "bold").truncate(room, ellipsis=True)
        gap = " " * max(2, width - right.cell_length - sign.cell_length - words.cell_length)
        self.query_one("#filter-force", Static).update(Content.assemble(sign, words, gap, right))

    # -- what is typed --------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.typing:
            self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(event.value))

    @on(FilterField.GivenUp)
    def _given_up(self, event: FilterField.GivenUp) -> None:
        event.stop()
        self.post_message(self.Left())

    @on(FilterField.Completed)
    def _complete(self, event: FilterField.Completed) -> None:
        event.stop()
        if self.offers:
            self.field.value = self.offers[0]
            self.field.cursor_position = len(self.field.value)
