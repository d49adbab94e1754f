"""The pictures of some days over the screen: heat, causes, promises; other days by the arrows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from calmdesk.errors import StoreError
from calmdesk.guide.english.days import day_with_year
from calmdesk.guide.filters import Filter
from calmdesk.guide.periods import Days, Length, Period, Stretch
from calmdesk.records import browse, pictures
from calmdesk.screens.box import Box
from calmdesk.screens.day_live import EVERY
from calmdesk.widgets.picture_pane import PicturePane

if TYPE_CHECKING:
    from textual.worker import Worker

    from calmdesk.screens.workplace import Workplace


class PicturesScreen(Box[None]):
    """They are counted anew when it steps to other days, and when anybody has written."""

    DEFAULT_CSS = """
    PicturesScreen > .box { width: 126; height: 96%; padding: 0 1; }
    PicturesScreen.-narrow > .box { max-width: 100%; height: 100%; padding: 0; }
    PicturesScreen #pictures-title { height: auto; padding: 0 1 1 1; }
    PicturesScreen PicturePane { height: 1fr; }
    PicturesScreen .box-hint { padding: 0 1; }
    """

    BINDINGS = [
        Binding(
            "left",
            "step(-1)",
            "before",
            id="pictures.before",
            priority=True,
            tooltip="The pictures of the days before",
        ),
        Binding(
            "right",
            "step(1)",
            "after",
            id="pictures.after",
            priority=True,
            tooltip="The pictures of the days after",
        ),
        Binding("escape", "leave", "back", id="pictures.leave", tooltip="Close the pictures"),
    ]

    pane = getters.query_one(PicturePane)

    def __init__(self, place: Workplace, chosen: Filter, words: str = "") -> None:
        super().__init__()
        self.place = place
        self.chosen = chosen
        """The cases that are drawn."""
        self.words = words
        """What is chosen beside the days; '' for every case of theirs."""
        self._version: int | None = None
        """That of the record when it was last counted; None before."""
        self._counting: Worker[None] | None = None

    @classmethod
    def of_today(cls, place: Workplace) -> PicturesScreen:
        """Those of every case of today."""
        began, over = Days(place.wall().date(), 1).walls
        return cls(place, Filter(place.instant(began), place.instant(over)))

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="pictures-title", markup=False)
            yield PicturePane(self._cause)
            hint = "left and right: other days · escape leaves" if self.days else "escape leaves"
            yield Static(hint, classes="box-hint", markup=False)

    def _cause(self, cause: str) -> str:
        return self.place.words().cause_name(cause)

    def on_mount(self) -> None:
        self.pane.focus()
        self.set_interval(EVERY, self.follow)
        self.look()

    @property
    def days(self) -> Stretch | None:
        """The days that are drawn; None when they have no end."""
        since, until = self.chosen.since, self.chosen.until
        if since is None or until is None:
            return None
        first = self.place.wall(since).date()
        last = self.place.wall(until - timedelta(seconds=1)).date()
        calendar = (Period.around(length, first) for length in Length)
        whole = (it for it in calendar if (it.first, it.last) == (first, last))
        return next(whole, Days.between(first, last))

    def action_step(self, count: int) -> None:
        days = self.days
        if days is None or not days.step(count).in_reach:
            return
        began, over = days.step(count).walls
        since, until = self.place.instant(began), self.place.instant(over)
        self.chosen = replace(self.chosen, since=since, until=until)
        self.look()

    def look(self) -> None:
        """Count what is drawn."""
        self._title()
        self._version = None
        self._counting = self._count()

    def follow(self) -> None:
        """Count it again if anybody has written; unless it is being counted."""
        if self.is_current and (self._counting is None or self._counting.is_finished):
            self._counting = self._count()

    @work(exclusive=True, group="pictures")
    async def _count(self) -> None:
        look, now = self.place.desk.look, self.place.now()
        try:
            version = await look(browse.version)
            if version != self._version:
                chosen = replace(self.chosen, seen_at=now)
                self.pane.show(await look(pictures.pictures, chosen, now))
                self._title()
            self._version = version
        except StoreError as error:
            self._version = None
            self._title(str(error))

    def _title(self, warning: str = "") -> None:
        days = self.days
        name = "all days"
        if days is not None:
            name = day_with_year(days.first) if days.first == days.last else days.name
            name = f"◂ {name} ▸"
        words = f"  {self.words}" if self.words else ""
        more = ("\n! " + warning, "$warning") if warning else ("", "")
        title = Content.assemble(("Pictures", "bold"), f"  {name}", (words, "$quiet"), more)
        self.query_one("#pictures-title", Static).update(title)
