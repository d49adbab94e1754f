"""Causes as bars, the heaviest first, with their numbers and what they add up to (S68, S70)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from calmdesk.guide.money import spell_amount
from calmdesk.guide.pareto import MOST_OF_IT, Bar, CauseLine, Measure, grouped, rank
from calmdesk.guide.shares import percent
from calmdesk.widgets.columns import Part, columns
from calmdesk.widgets.row_list import RowList

UNKNOWN = "not looked for yet"
WORSENED = "Made it worse"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NARROW = 60
"""Columns below which the bars are short."""


@dataclass(frozen=True)
class CauseRow:
    """One line of the list: a cause with its bar, or what made cases worse."""

    line: CauseLine
    bar: Bar | None = None
    factor: bool = False


class CauseBars(RowList[CauseRow]):
    """The bars share one axis: the whole is all cases whose cause is known. `│` is where a bar and
    all above it end together, `┊` is at 80 %."""

    BINDINGS = [
        Binding("enter", "open", "its cases", id="causes.open", tooltip="The cases of this cause"),
        Binding("a", "act", "action", id="causes.act", tooltip="Open an action for this cause"),
        Binding(
            "c",
            "measure('cases')",
            "cases",
            id="causes.cases",
            show=False,
            tooltip="Weigh by number of cases",
        ),
        Binding(
            "m",
            "measure('minutes')",
            "minutes",
            id="causes.minutes",
            show=False,
            tooltip="Weigh by the minutes that their calls took",
        ),
        Binding(
            "e",
            "measure('cost')",
            "cost",
            id="causes.cost",
            show=False,
            tooltip="Weigh by the cost of what was given",
        ),
        Binding(
            "r",
            "measure('repeat calls')",
            "repeats",
            id="causes.repeats",
            show=False,
            tooltip="Weigh by how often they had to ring again",
        ),
        Binding(
            "g", "level", "groups", id="causes.level", tooltip="One level higher, and back again"
        ),
    ]

    @dataclass
    class Opened(Message):
        """The cases of a cause are wanted."""

        cause: str
        """Its id; '' for what nobody has looked for."""
        factor: bool
        """Whether they are the cases that it made worse."""

    @dataclass
    class ActionWanted(Message):
        """A corrective action for a cause is wanted; '' is for none yet."""

        cause: str

    class Turned(Message):
        """They are weighed in another way now, or seen from another level."""

    def __init__(
        self,
        name: Callable[[str], str],
        group: Callable[[str], str],
        currency: str,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._cause_name = name
        """Names a cause."""
        self._group_of = group
        """Names the group of a cause."""
        self._currency = currency
        self._lines: Sequence[CauseLine] = ()
        self.measure = Measure.CASES
        """By what they are weighed."""
        self.in_groups = False
        """Whether groups of causes are shown."""
        self.of_group = ""
        """The group whose causes alone are shown; '' shows all."""
        self.pareto = rank((), Measure.CASES)
        """What is drawn."""

    def weigh(self, lines: Sequence[CauseLine]) -> None:
        """Show these causes of a period."""
        self._lines = lines
        self._draw()

    def _draw(self) -> None:
        lines = [it for it in self._lines if not self.of_group or self._in_group(it.cause)]
        higher = grouped(lines, self._group_of) if self.in_groups else lines
        self.pareto = drawn = rank(higher, self.measure)
        rows: list[CauseRow | str] = [CauseRow(bar.line, bar) for bar in drawn.bars]
        if drawn.in_percent and 0 < drawn.most_of_it < len(drawn.bars):
            most, every = drawn.most_of_it, len(drawn.bars)
            rows.insert(most, f"┄┄ {most} of {every} make {percent(MOST_OF_IT, 1)} of it ┄┄")
        if drawn.unknown.value(self.measure):
            rows.append(CauseRow(drawn.unknown))
        if drawn.factors and not self.in_groups:
            rows += [WORSENED, *(CauseRow(line, factor=True) for line in drawn.factors)]
        self.show(rows)
        self.post_message(self.Turned())

    def _in_group(self, cause: str) -> bool:
        return bool(cause) and self._group_of(cause) == self.of_group

    def heads(self) -> Content:
        """What the columns are."""
        share = "up to" if self.pareto.in_percent else ""
        return self._cells("", "", str(self.measure), share, "", self.width)

    def known_by(self, row: CauseRow) -> str:
        return f"{row.factor} {row.line.cause}"

    def line(self, row: CauseRow, width: int) -> Content:
        cause, room = row.line.cause, self._room(width)
        if row.factor:
            count = f"in {row.line.worsened}"
            return self._cells(self._cause_name(cause), "", count, "", "", width)
        value = self._value(row.line)
        if row.bar is None:
            return self._cells(UNKNOWN, "", value, "", "", width, "$quiet")
        name = cause if self.in_groups else self._cause_name(cause)
        group = "" if self.in_groups else self._group_of(cause)
        if not self.pareto.in_percent:
            return self._cells(name, lying(row.bar.of_largest, room), value, "", group, width)
        drawn = _marked(lying(row.bar.share, room), row.bar.until)
        return self._cells(name, drawn, value, percent(row.bar.until, 1), group, width)

    def _value(self, line: CauseLine) -> str:
        value = line.value(self.measure)
        match self.measure:
            case Measure.COST:
                return spell_amount(round(value), self._currency)
            case Measure.MINUTES:
                return f"{value:,.0f} min"
            case _:
                return f"{value:,.0f}"

    def _room(self, width: int) -> int:
        """Columns of a bar."""
        return 8 if width < _NARROW else min(40, width // 4)

    def _cells(
        self,
        name: str,
        bar: str,
        value: str,
        share: str,
        group: str,
        width: int,
        style: str = "",
    ) -> Content:
        return columns(
            [
                Part(name, style=style),
                Part(group, 22, "$quiet", from_width=100),
                Part(bar, self._room(width), "$primary"),
                Part(value, 12 if width >= _NARROW else 9, right=True),
                Part(share, 5, "$quiet", right=True),
            ],
            width,
            gap=1,
        )

    def action_open(self) -> None:
        row = self.row
        if row is None:
            return
        if self.in_groups and row.line.cause:
            self.of_group, self.in_groups = row.line.cause, False
            self._draw()
        else:
            self.post_message(self.Opened(row.line.cause, row.factor))

    def action_act(self) -> None:
        row = self.row
        known = row is not None and not self.in_groups
        self.post_message(self.ActionWanted(row.line.cause if row is not None and known else ""))

    def action_measure(self, measure: str) -> None:
        self.measure = Measure(measure)
        self._draw()

    def action_level(self) -> None:
        """To the groups; from the groups, or from within one, to all causes."""
        self.in_groups = not self.in_groups and not self.of_group
        self.of_group = ""
        self._draw()

    def back(self) -> bool:
        """From the causes of a group to the groups. Returns whether there was a way back."""
        if not self.of_group:
            return False
        self.of_group, self.in_groups = "", True
        self._draw()
        return True


def lying(share: float, room: int) -> str:
    """A bar of eighths of a column, within `room`; what is there at all shows."""
    eighths = max(1, round(share * room * 8))
    full, rest = divmod(eighths, 8)
    return ("█" * full + _EIGHTHS[rest].strip()).ljust(room)[:room]


def _marked(bar: str, until: float) -> str:
    """The bar with where it and all before it end, and where 80 % is; never over the bar itself."""
    room = len(bar)
    cells = list(bar)
    for place, mark in ((round(MOST_OF_IT * room) - 1, "┊"), (round(until * room) - 1, "│")):
        if 0 <= place < room and cells[place] in " ┊":
            cells[place] = mark
    return "".join(cells)
