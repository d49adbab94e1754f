"""What needs somebody today, on top of the Day: who, why, how old, and the one key that helps. At most
three at once, the others a step further down (flow.md, The supervisor)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from calmdesk.guide.english.times import distance
from calmdesk.guide.money import spell_amount
from calmdesk.guide.needing import Why
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.long_list import LongList

if TYPE_CHECKING:
    from calmdesk.records.day_rows import Need

MOST = 3
"""Lines that are shown."""
_NARROW = 64
"""Columns below which each takes two rows."""


class NeedsStrip(LongList):
    """Its first row is a heading, or says that nothing needs anybody. A key with its number does what a
    line proposes, wherever the focus is."""

    DEFAULT_CSS = """
    NeedsStrip { height: auto; background: $surface; display: none; }
    NeedsStrip.-known { display: block; }
    NeedsStrip > .needs-strip--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    """
    COMPONENT_CLASSES = {"needs-strip--cursor"}

    BINDINGS = [
        Binding(
            "enter",
            "open",
            "do it",
            id="needs.act",
            tooltip="What the marked line proposes: take, reassign, ring or read",
        ),
        Binding(
            "s",
            "seen",
            "seen",
            id="needs.seen",
            tooltip="Seen: it leaves the list, and comes back only for another reason",
        ),
        Binding(
            "r", "read", "read it", id="needs.read", tooltip="Read the case of the marked line"
        ),
    ]

    needs: reactive[Sequence[Need] | None] = reactive(None)
    """What needs somebody, the most pressing first; None while that is not known."""
    calm: reactive[str] = reactive("")
    """What is said when nothing needs anybody."""
    now: reactive[datetime | None] = reactive(None)
    """This instant, against which it is told how old they are."""

    @dataclass
    class Acted(Message):
        """What a line proposes is to be done."""

        need: Need

    @dataclass
    class Seen(Message):
        """A supervisor took note of it."""

        need: Need

    @dataclass
    class Opened(Message):
        """A case is to be read."""

        case_id: str

    def __init__(self, currency: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._currency = currency
        self._marked = ("", "")
        """Case and reason on which the cursor stood last."""
        self._first = 0
        """Which of them stands on the first line."""

    # -- what it holds ------------------------------------------------------------------------

    @property
    def shown(self) -> Sequence[Need]:
        """Those that have a line."""
        return (self.needs or ())[self._first : self._first + MOST]

    @property
    def _across(self) -> int:
        """Columns of a row: all that the screen has, also while a case is read in its place."""
        return self.screen.size.width - self.gutter.width

    @property
    def _tall(self) -> int:
        """Rows of one of them."""
        return 2 if self._across < _NARROW else 1

    @property
    def _calm(self) -> list[str]:
        """The rows that say that nothing needs anybody."""
        return wrap(self.calm, max(20, self._across), max_lines=2, placeholder="…") or [""]

    def watch_needs(self) -> None:
        self._fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        if has_focus:
            self.moved()
        else:
            self._marked = ("", "")
        self._fit()

    def watch_calm(self) -> None:
        self._fit()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        """As high as what there is to say; the cursor stays on what it was on."""
        self.set_class(self.needs is not None, "-known")
        keys = [need.key for need in self.needs or ()]
        place = keys.index(self._marked) if self._marked in keys else 0
        self._first = max(place - MOST + 1, min(self._first, place, len(keys) - MOST), 0)
        self.can_focus = bool(self.shown)
        rows = len(self._calm) if not self.shown else 1 + len(self.shown) * self._tall
        self.hold(rows)
        self.styles.height = rows
        self.set_reactive(NeedsStrip.cursor, 1 + (place - self._first) * self._tall)
        if self.has_focus:
            self.moved()
        self.refresh()

    def need(self, number: int) -> Need | None:
        """The one on a line, from 0; None when there is none."""
        return self.shown[number] if 0 <= number < len(self.shown) else None

    @property
    def marked(self) -> Need | None:
        """The one that is marked."""
        return self.need((self.cursor - 1) // self._tall)

    def stands(self, place: int) -> bool:
        return 0 < place < self.count and (place - 1) % self._tall == 0

    def moved(self) -> None:
        if self.marked is not None:
            self._marked = self.marked.key

    def action_walk(self, rows: int) -> None:
        """Past the last line, or the first, the others follow."""
        before = self.cursor
        super().action_walk(rows)
        if self.cursor == before:
            self._slide(self._first + (1 if rows > 0 else -1))

    def action_end(self, way: int) -> None:
        self._slide(0 if way < 0 else len(self.needs or ()))
        super().action_end(way)

    def _slide(self, first: int) -> None:
        """Have another one on the first line."""
        self._first = max(0, min(first, len(self.needs or ()) - MOST))
        self.moved()
        self.refresh()

    def action_open(self) -> None:
        if self.marked is not None:
            self.post_message(self.Acted(self.marked))

    def action_seen(self) -> None:
        if self.marked is not None:
            self.post_message(self.Seen(self.marked))

    def action_read(self) -> None:
        if self.marked is not None:
            self.post_message(self.Opened(self.marked.case_id))

    # -- what it looks like -------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.width
        if self.needs is None or self.now is None or width <= 0:
            return Strip.blank(max(0, width), self.rich_style)
        if not self.shown:
            calm = self._calm[y] if y < len(self._calm) else ""
            return self._drawn(Content.styled(calm, "$success"), width)
        number, row = divmod(y - 1, self._tall)
        if y == 0:
            return self._drawn(self._heading(width), width)
        if number >= len(self.shown):
            return Strip.blank(width, self.rich_style)
        content = self._need(number, self.now, width)[row]
        if self.has_focus and self.marked is self.shown[number]:
            style = self.get_component_rich_style("needs-strip--cursor")
            return Strip([Segment(content.plain, style)]).adjust_cell_length(width, style)
        return self._drawn(content, width)

    def _drawn(self, content: Content, width: int) -> Strip:
        (strip,) = Visual.to_strips(self, content, width, 1, self.visual_style, pad=True)
        return strip

    def _heading(self, width: int) -> Content:
        left = Content.styled("Needs you", "bold")
        more = len(self.needs or ()) - len(self.shown)
        words = "enter does it · s seen · r reads" if self.has_focus else "n goes there"
        if more and self.has_focus:
            last = self._first + len(self.shown)
            words = f"{self._first + 1}-{last} of {len(self.needs or ())} · {words}"
        elif more:
            words = f"and {more} more · {words}"
        right = Content.styled(words, "$quiet")
        gap = max(1, width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right).truncate(width, ellipsis=True)

    def _need(self, number: int, now: datetime, width: int) -> list[Content]:
        """The rows of one of them."""
        need = self.shown[number]
        age = distance(need.since, now).removesuffix(" late").replace("in 0 min", "now")
        account = spell_amount(need.value, self._currency) if need.value else ""
        words = need.words
        if account and need.why is Why.LEAVING:
            words += f", account {account}"
        grave = need.why.is_grave
        sign = Part("!" if grave else "·", 1, "$error bold" if grave else "$warning bold")
        key = Part(f" {number + 1} {need.step}", 11, "$primary bold")
        old = Part(age, 9, "$quiet", right=True)
        if self._tall == 1:
            who = Part(need.who, max(14, min(28, width // 4)), "bold")
            return [columns([sign, who, Part(words), old, key], width, gap=1)]
        who = Part(need.who, 0, "bold")
        return [
            columns([sign, who, old, key], width, gap=1),
            columns([Part("", 1), Part(words)], width, gap=1),
        ]
