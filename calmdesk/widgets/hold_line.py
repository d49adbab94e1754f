"""Why a letter waits, how long still, one slow breath, and what waiting would cost (S80)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.breath import breath
from calmdesk.guide.posting import passed_promise


class HoldLine(Widget):
    """There only while a letter waits. Its writer alone sees it."""

    DEFAULT_CSS = """
    HoldLine { height: auto; padding: 0 1; display: none; }
    HoldLine.-held { display: block; }
    """

    until: reactive[datetime | None] = reactive(None, layout=True)
    """The instant until which it waits; None when it does not."""
    now: reactive[datetime | None] = reactive(None)
    """This instant."""
    early: reactive[str] = reactive("", layout=True)
    """Why it does not wait after all."""

    def __init__(
        self,
        wall: Callable[[datetime], datetime],
        promised: tuple[datetime, ...],
        id: str | None = None,
    ) -> None:
        """`promised` are the told instants of the case that are still to come."""
        super().__init__(id=id)
        self._wall = wall
        self._promised = promised

    @property
    def held(self) -> bool:
        """Whether it waits now."""
        return self.until is not None and self.now is not None and self.now < self.until

    def watch_now(self) -> None:
        self.set_class(self.held, "-held")

    def watch_until(self) -> None:
        self.set_class(self.held, "-held")

    def render(self) -> Content:
        if self.until is None or self.now is None or not self.held:
            return Content("")
        if self.early:
            return Content.styled("It need not wait now; why stays with you alone.", "$quiet")
        left = int((self.until - self.now).total_seconds())
        word, dots = breath(left)
        waits = f"held until {self._wall(self.until):%H:%M}, {left // 60 + 1} min"
        line = Content.assemble(
            (waits, "bold"), (f"  breathe {word:<3} ", "$quiet"), (dots, "$primary")
        )
        passed = passed_promise(self.until, self._promised, self.now)
        if passed is None:
            return line
        due = self._wall(passed)
        warning = f"! The hold passes {due:%a %H:%M}, when they were promised an answer."
        return Content("\n").join([line, Content.styled(warning, "$warning")])
