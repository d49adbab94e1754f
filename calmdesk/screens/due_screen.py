"""A screen between calls: what presses most stands on one line under its title."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from calmdesk.errors import StoreError
from calmdesk.records import register
from calmdesk.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from calmdesk.guide.filters import Filter
    from calmdesk.records.line_rows import DueLine
    from calmdesk.screens.line_keeping import LineKeeping
    from calmdesk.screens.ways_back import WaysBack
    from calmdesk.screens.workplace import Workplace
    from calmdesk.widgets.due_strip import DueStrip

EVERY = timedelta(seconds=20)
"""How often the record is read for what has come due."""


class DueScreen(Screen[None]):
    """One of these has a `TitleLine` and a place to work in, and looks for the first time when it is
    shown. Nothing of the strip is made before there is something to show."""

    BINDINGS = [
        Binding(
            "ctrl+r",
            "ring_due",
            "ring due",
            id="due.ring",
            tooltip="Ring for what presses most, as the line under the title says",
        ),
        Binding(
            "ctrl+l",
            "later_due",
            "later",
            id="due.later",
            tooltip="Put the reminder of what presses most off; what they were told stays",
        ),
    ]

    class RingWanted(Message):
        """They are to be rung for a promise or follow-up."""

        def __init__(self, case_id: str, line_id: str) -> None:
            super().__init__()
            self.case_id = case_id
            self.line_id = line_id

    class CaseWanted(Message):
        """A case is to be read whole."""

        def __init__(self, case_id: str) -> None:
            super().__init__()
            self.case_id = case_id

    class LetterWanted(Message):
        """A letter about a case is to be written."""

        def __init__(self, case_id: str) -> None:
            super().__init__()
            self.case_id = case_id

    class CustomerWanted(Message):
        """A customer is to be shown."""

        def __init__(self, customer_id: str) -> None:
            super().__init__()
            self.customer_id = customer_id

    STRIP = True
    """Whether the line is shown; a list that begins with what presses needs none."""
    TAKES_BACK = True
    """Whether `u` takes back here what was done about a line."""
    place: Workplace
    near: tuple[DueLine, ...] = ()
    """What is late or at risk, soonest first."""
    _looked_at: datetime | None = None
    _due_strip: DueStrip | None = None
    """The line; None before there is something to stand on it."""

    @cached_property
    def keeping(self) -> LineKeeping:
        """What can be done about a promise here; its code is not needed for the first paint."""
        from calmdesk.screens.line_keeping import LineKeeping

        return LineKeeping(self, self.place, self.ways_back, self.changed)

    @cached_property
    def ways_back(self) -> WaysBack:
        """How what was changed here is taken back."""
        from calmdesk.screens.ways_back import WaysBack

        return WaysBack(self, self.place, self.changed)

    @property
    def searched(self) -> tuple[Filter | None, str]:
        """The filter of the cases that are listed here, in which one is looked for, and its words."""
        return None, ""

    @property
    def pressing(self) -> tuple[DueLine, ...]:
        """What of it is not put off."""
        now = self.place.now()
        return tuple(line for line in self.near if not line.rests(now))

    def on_mount(self) -> None:
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Once a second: the strip's minutes go on; now and then the record is read anew."""
        now = self.place.now()
        if not self.is_current or self._looked_at is None:
            return
        if now - self._looked_at >= EVERY:
            self.look_due()
            self.look_again()
        self._show_due()

    def look_again(self) -> None:
        """Every so often: a screen that lists promises reads its list anew."""

    def changed(self) -> None:
        """A promise was changed here."""
        self.look_due()

    def look_due(self) -> None:
        """Look what presses, without holding anything up."""
        self._looked_at = self.place.now()
        self.read_due()

    @work(exclusive=True, group="due")
    async def read_due(self) -> None:
        try:
            lines = await self.place.desk.look(register.near, self.place.now())
        except StoreError:
            return  # whoever reads a list here says what is wrong with the store
        self.near = tuple(lines)
        await self._strip()
        self._show_due()
        self.refresh_bindings()

    async def _strip(self) -> None:
        """The line itself, once there is something to stand on it."""
        from calmdesk.widgets.due_strip import DueStrip

        if self.STRIP and self.near and self._due_strip is None:
            self._due_strip = DueStrip(self.place.wall)
            await self.mount(self._due_strip, after=self.query_one(TitleLine))

    def _show_due(self) -> None:
        if self._due_strip is not None:
            now, pressing = self.place.now(), self.pressing
            late = sum(it.due_at <= now for it in self.near) - sum(
                it.due_at <= now for it in pressing
            )
            self._due_strip.now, self._due_strip.lines = now, pressing
            self._due_strip.put_off = late

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("ring_due", "later_due"):
            return self.STRIP and bool(self.pressing)
        return True

    def action_ring_due(self) -> None:
        self.ring(self.pressing[0])

    def action_later_due(self) -> None:
        self.keeping.put_off(self.pressing[0])

    def ring(self, line: DueLine) -> None:
        """Ring them for a promise or follow-up."""
        self.post_message(self.RingWanted(line.case_id, line.id))
