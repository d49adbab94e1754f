"""A form whose answer is kept before it goes: what is refused stays there, with the reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import work
from textual.widgets import Input, Static

from calmdesk.errors import CalmdeskError
from calmdesk.guide.happenings import Happening
from calmdesk.screens.form_screen import FormScreen
from calmdesk.words import one_line

Happenings = tuple[Happening, ...]
Send = Callable[[Happenings], Awaitable[object]]
"""Keeps what happened. Raises CalmdeskError when it cannot be."""


async def taken(happenings: Happenings) -> None:
    """Keeps nothing: whoever opened the form does."""


class KeptForm(FormScreen[Happenings]):
    """A form of these composes `hint_line()` and says by `happenings` what its fields mean."""

    DEFAULT_CSS = """
    KeptForm #form-hint { padding: 1 0 0 0; }
    """

    send: Send = staticmethod(taken)
    """Where the answer goes."""

    def hint_line(self, words: str = "ctrl+s keeps it · escape leaves it") -> Static:
        """The line that says what is wrong, or what the keys are."""
        return Static(words, id="form-hint", classes="box-hint", markup=False)

    async def happenings(self) -> Happenings | None:
        """What the fields say; None when something is missing, and the hint says what."""
        return self.answer()

    def action_answer(self) -> None:
        if not self.asking:
            self.asking = True
            self.keep()

    @work(group="keeping")
    async def keep(self) -> None:
        """Ask the record; the form goes only when it has the answer."""
        try:
            answer = await self.happenings()
            if answer is None:
                return
            await self.kept(self.send(answer))
        except CalmdeskError as error:
            self.hint(f"! {error}")
            return
        finally:
            self.asking = False
        self.leave(answer)

    def hint(self, words: str) -> None:
        """Say something in the hint line."""
        self.query_one("#form-hint", Static).update(words)

    def wants(self, field: str, words: str) -> None:
        """Say what is missing, and go to where it is filled in."""
        self.hint(words)
        self.set_focus(self.query_one(f"#{field}"))

    def text(self, field: str) -> str:
        """What stands in a field, on one line."""
        return one_line(self.query_one(f"#{field}", Input).value)
