"""The causes of a period: by what they are weighed, the bars, and what is wanting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from calmdesk.guide.pareto import CauseLine, Measure
from calmdesk.guide.shares import FEWEST
from calmdesk.widgets.cause_bars import CauseBars

_KEYS = {Measure.CASES: "c", Measure.MINUTES: "m", Measure.COST: "e", Measure.REPEATS: "r"}


class CausesPart(Vertical):
    """Says under the bars why there are none, or no shares."""

    DEFAULT_CSS = """
    CausesPart > .causes-line { height: 1; padding: 0 1; color: $quiet; }
    CausesPart.-none CauseBars { height: 1; }
    CausesPart > #causes-wanting { height: auto; padding: 1 1 0 1; color: $quiet; }
    """

    bars = getters.query_one(CauseBars)

    def __init__(
        self,
        name: Callable[[str], str],
        group: Callable[[str], str],
        currency: str,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._bars = CauseBars(name, group, currency)
        self._period = ""

    def compose(self) -> ComposeResult:
        yield Static(id="causes-by", classes="causes-line", markup=False)
        yield Static(id="causes-heads", classes="causes-line", markup=False)
        yield self._bars
        yield Static(id="causes-wanting", markup=False)

    def show_period(self, period: str, lines: Sequence[CauseLine]) -> None:
        """Show the causes of a period of a name."""
        self._period = period
        self.bars.weigh(lines)

    @on(CauseBars.Turned)
    @on(CauseBars.Resized)
    def draw_heads(self) -> None:
        """Say by what is weighed now, with the key of each."""
        bars = self.bars
        by = "  ".join(
            f"[{key} {measure}]" if measure is bars.measure else f"{key} {measure}"
            for measure, key in _KEYS.items()
        )
        self.query_one("#causes-by", Static).update(by)
        self.query_one("#causes-heads", Static).update(bars.heads())
        wanting = self._wanting()
        self.set_class(not bars.count, "-none")
        self.query_one("#causes-wanting", Static).update(wanting)
        self.query_one("#causes-wanting").display = bool(wanting)

    def _wanting(self) -> str:
        """Why there is nothing, or no share; '' when all is there."""
        bars = self.bars
        if not bars.count:
            return (
                f"Nothing to weigh by {bars.measure} in {self._period}. A cause is noted on a case "
                "once it is known; which ones recur then stands here."
            )
        known = bars.pareto.cases
        if not known:
            return "Note the cause on a case once it is known; which ones recur then stands here."
        few = known < FEWEST
        return f"{known} of {FEWEST} cases that shares need: numbers only." if few else ""
