"""In which order do the cases stand? One letter each."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from calmdesk.guide.filters import Sort
from calmdesk.screens.question import Question

ORDERS = (
    (Sort.RISK, "r", "by risk", "missed promise, rang again, left hot"),
    (Sort.TIME, "t", "by time", "the newest first"),
    (Sort.AGENT, "a", "by agent", "by name, no more"),
    (Sort.CUSTOMER, "c", "by customer", "by name"),
    (Sort.CATEGORY, "b", "by what it is about", ""),
    (Sort.HEAT, "h", "by heat left", "the hottest first"),
    (Sort.OUTCOME, "o", "by outcome", ""),
    (Sort.NEXT, "n", "by what is next", "due soonest first"),
    (Sort.COST, "m", "by remedy cost", "the dearest first"),
)
"""Order, its letter, its words, and what comes first."""


def in_words(sort: Sort) -> str:
    """`by risk`."""
    return next(words for order, _, words, _ in ORDERS if order is sort)


class OrderMenu(Question):
    """Answers the order that is wanted, as text. Where only time can be had, it says why."""

    DEFAULT_CSS = """
    OrderMenu > .box { width: 66; }
    OrderMenu .box-hint { padding-top: 1; }
    """

    def __init__(self, now: Sort, unsorted: str) -> None:
        """`unsorted` says why there is no other order than that of time; '' where there is."""
        super().__init__("In which order?", [(order, words) for order, _, words, _ in ORDERS])
        self._now = now
        self._unsorted = unsorted

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="box-title", markup=False)
            yield OptionList(*map(self._option, ORDERS), markup=False)
            if self._unsorted:
                yield Static(self._unsorted, classes="box-hint", markup=False)
            hint = "letter or enter chooses · escape changes nothing"
            yield Static(hint, classes="box-hint", markup=False)

    def on_mount(self) -> None:
        places = [order for order, *_ in ORDERS]
        self.query_one(OptionList).highlighted = places.index(self._now)

    def _option(self, order: tuple[Sort, str, str, str]) -> Option:
        sort, key, words, first = order
        chosen = " ▾" if sort is self._now else ""
        row = Content.assemble(
            (f"{key}  ", "bold $primary"),
            f"{words}{chosen}",
            (f"  {first}" if first else "", "$quiet"),
        )
        return Option(row, id=sort, disabled=bool(self._unsorted) and sort is not Sort.TIME)

    def on_key(self, event: events.Key) -> None:
        """The letter of an order chooses it."""
        sort = next((it for it, key, *_ in ORDERS if key == event.character), None)
        if sort is not None and not (self._unsorted and sort is not Sort.TIME):
            event.stop()
            self.leave(sort)
