"""As of when others' cases are known here: `as of  Ana 14:01 · Bo 13:20, 41 min ago`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from calmdesk.guide.english.days import without_year
from calmdesk.guide.english.times import distance

if TYPE_CHECKING:
    from calmdesk.records.people_rows import AsOf

FRESH = timedelta(minutes=3)
"""So long a sign is as good as new; each desk gives one a minute."""


class AsOfLine(Static):
    """Nothing at all where nobody else's cases are read."""

    DEFAULT_CSS = """
    AsOfLine { height: auto; max-height: 2; padding: 0 1; color: $quiet; display: none; }
    AsOfLine.-others { display: block; }
    """

    sources: reactive[Sequence[AsOf]] = reactive(())
    """Who else works on cases that are read here, and their last signs."""
    now: reactive[datetime | None] = reactive(None)
    """This instant, to say how old a sign is."""

    def __init__(self, wall: Callable[[datetime], datetime]) -> None:
        """`wall` turns an instant into naive local time."""
        super().__init__(markup=False)
        self._wall = wall

    def watch_sources(self) -> None:
        self.set_class(bool(self.sources), "-others")
        self._draw()

    def watch_now(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.now is not None and self.sources:
            parts = [self._part(it, self.now) for it in self.sources]
            self.update(Content("as of  ") + Content(" · ").join(parts))

    def _part(self, it: AsOf, now: datetime) -> Content:
        at, today = self._wall(it.at), self._wall(now).date()
        when = f"{at:%H:%M}" if at.date() == today else without_year(at)
        if now - it.at <= FRESH:
            return Content(f"{it.agent} {when}")
        old = distance(at, self._wall(now)).removesuffix(" late")
        return Content.styled(f"{it.agent} {when}, {old} ago", "$warning")
