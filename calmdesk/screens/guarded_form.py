"""A form with one line that is meant for a customer: the guard reads it while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import on
from textual.binding import Binding
from textual.widgets import Input

from calmdesk.guide.language import Finding
from calmdesk.screens.form_screen import FormScreen
from calmdesk.screens.workplace import Workplace
from calmdesk.widgets.guard_view import GuardView

Answer = TypeVar("Answer")


class GuardedForm(FormScreen[Answer]):
    """A form of these composes a `GuardView` and names the line that it looks at."""

    BINDINGS = [
        Binding(
            "f7",
            "take_better",
            "better words",
            id="form.better",
            tooltip="Take what the guard says instead",
        )
    ]

    GUARDED: str
    """The id of the field that is looked at."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place

    def guard_view(self) -> GuardView:
        """What the guard says of the line; to be composed once, beside it."""
        return GuardView(self.review, quiet=True)

    def review(self, line: str) -> Sequence[Finding]:
        """What is wrong with the line; asked on a thread."""
        return self.place.review(line)

    @property
    def guarded(self) -> Input:
        """The line that is looked at."""
        return self.query_one(f"#{self.GUARDED}", Input)

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        if event.input is self.guarded:
            self.query_one(GuardView).look_soon(event.value)

    def action_take_better(self) -> None:
        """Take what the guard says instead of the line."""
        better = self.query_one(GuardView).better
        if better is not None:
            self.guarded.value = better
