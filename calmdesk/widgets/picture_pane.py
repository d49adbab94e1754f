"""The pictures of some days, one below the other; where there is room, two of them side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from calmdesk.widgets.cause_weeks import CauseWeekChart
from calmdesk.widgets.heat_chart import BESIDE, HeatChart
from calmdesk.widgets.picture import Picture
from calmdesk.widgets.promise_ages import PromiseAges

if TYPE_CHECKING:
    from calmdesk.records.picture_rows import Pictures

_TALL = 32
"""Rows from which the pictures are drawn twice as high."""


class PicturePane(VerticalScroll):
    """Heat over the day, causes by week, waiting promises by age."""

    DEFAULT_CSS = """
    PicturePane { scrollbar-size-vertical: 1; }
    PicturePane > * { visibility: hidden; }
    PicturePane.-drawn > * { visibility: visible; }
    PicturePane > HeatChart { margin-bottom: 1; }
    PicturePane > #below { height: auto; layout: vertical; }
    PicturePane CauseWeekChart { margin-bottom: 1; }
    PicturePane.-beside > #below { layout: horizontal; }
    PicturePane.-beside CauseWeekChart { width: 3fr; margin-bottom: 0; }
    PicturePane.-beside PromiseAges { width: 2fr; }
    """

    heat = getters.query_one(HeatChart)
    causes = getters.query_one(CauseWeekChart)
    promises = getters.query_one(PromiseAges)

    def __init__(self, name: Callable[[str], str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._cause = name
        """Names a cause."""

    def compose(self) -> ComposeResult:
        yield HeatChart()
        with Horizontal(id="below"):
            yield CauseWeekChart(self._cause)
            yield PromiseAges()

    def show(self, pictures: Pictures) -> None:
        """Draw these; before them nothing is said."""
        self.add_class("-drawn")
        self.heat.hours = pictures.heat
        self.causes.weeks = pictures.causes
        self.promises.counts = pictures.promises

    def on_resize(self, event: events.Resize) -> None:
        beside = event.size.width >= BESIDE
        self.set_class(beside, "-beside")
        for picture in self.query(Picture):
            picture.tall = beside and event.size.height >= _TALL
