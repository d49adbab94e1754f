"""How the day goes: calls by the hour, heat before and after, and each figure beside its usual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from calmdesk.guide.beside_usual import (
    count_words,
    share_words,
    short_share,
    short_usual_count,
    short_usual_share,
)
from calmdesk.guide.money import spell_about
from calmdesk.widgets.sparks import busy_hours, spark, upright
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.day_rows import DayFigures, Figures, Share

Cells = tuple[Content, ...]
"""One row of figures."""

_NARROW, _WIDE = 60, 100
"""Columns below which it says least, and from which it says most."""
_BLOCKS = 4
"""Blocks that the calls of a day are drawn in, at least; fewer tell nothing of its hours."""
_EXPLAINED = (
    "Usually: the last four such weekdays, or the four periods before. "
    "What is not over stands beside as much of each as has gone of it."
)


class FiguresStrip(Widget):
    """Two lines; three in a narrow window, and three in a wide one. It says nothing of nothing."""

    DEFAULT_CSS = """
    FiguresStrip { height: auto; padding: 0 1; display: none; }
    FiguresStrip.-known { display: block; }
    """

    figures: reactive[DayFigures | None] = reactive(None, layout=True)
    """What was counted; None while that is not known."""

    def __init__(self, currency: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._currency = currency

    def watch_figures(self) -> None:
        self.tooltip = Content(whole_words(self.figures)) if self.figures is not None else None
        it = self.figures
        self.set_class(it is not None and (it.now.cases > 0 or any(it.hours)), "-known")

    def render(self) -> Content:
        figures, width = self.figures, self.content_size.width
        if figures is None or width <= 0:
            return Content("")
        return Content("\n").join(self.drawn(figures, width))

    # -- by width -----------------------------------------------------------------------------

    def drawn(self, it: DayFigures, width: int) -> list[Content]:
        """The rows of so many columns."""
        if width >= _WIDE:
            return self._wide(it, width)
        return self._normal(it, width) if width >= _NARROW else self._narrow(it, width)

    def _normal(self, it: DayFigures, width: int) -> list[Content]:
        stops = (0, 25, 50)

        def rows(short: bool) -> list[Cells]:
            cases, agreed, kept, first = self._main(it, short)
            hours, heat = _hours(it, stops[1] - 1), _heat(it, width - stops[2])
            return [(cases, agreed, first), (hours, kept, heat)]

        return _laid_out(rows, stops, width)

    def _narrow(self, it: DayFigures, width: int) -> list[Content]:
        stops = (0, 25)

        def rows(short: bool) -> list[Cells]:
            cases, agreed, kept, first = self._main(it, short)
            room = width - stops[1]
            return [(cases, _hours(it, room)), (agreed, kept), (first, _heat(it, room))]

        return _laid_out(rows, stops, width)

    def _wide(self, it: DayFigures, width: int) -> list[Content]:
        first_hour, last_hour = busy_hours(it.hours)
        hours = it.hours[first_hour : last_hour + 1]
        broad = max(1, min(3, 24 // max(1, len(hours))))
        drawn = ["".join(block * broad for block in row) for row in upright(hours, 2)]
        top, low = (Content.styled(row, "$primary") for row in drawn)
        ends = f"{first_hour}", f"{last_hour + 1} h"
        calls = f" {_calls(it, 24 - len(''.join(ends)))} "
        room = min(len(hours) * broad, 26 - len(ends[1])) - len(ends[0])
        axis = Content.styled(f"{ends[0]}{calls:^{max(0, room)}}{ends[1]}", "$quiet")
        before, after = _levels(it)

        def rows(short: bool) -> list[Cells]:
            cases, agreed, kept, first = self._main(it, short)
            came = _counted("came hot", it, lambda f: f.came_hot, short)
            left = _counted("left hot", it, lambda f: f.hot, short)
            again = _counted("rang again", it, lambda f: f.repeats, short)
            return [
                (top, cases, kept, before.append(" ").append(came)),
                (low, agreed, first, after.append(" ").append(left)),
                (axis, again, self._spent(it, short)),
            ]

        return _laid_out(rows, (0, 27, 57, 91), width)

    # -- the figures ----------------------------------------------------------------------------

    def _main(self, it: DayFigures, short: bool) -> list[Content]:
        """Cases, the agreed, the kept, the settled at once."""
        usual = short_usual_count([before.cases for before in it.before])
        if usual and short:  # the one place where brackets say what they are
            usual = f"usually {usual}"
        return [
            _figure("", count(it.now.cases, "case"), usual, short),
            _shared("agreed", it, lambda f: f.agreed, short),
            _shared("kept", it, lambda f: f.kept, short),
            _shared("first call", it, lambda f: f.first_contact, short),
        ]

    def _spent(self, it: DayFigures, short: bool) -> Content:
        usual = round(sum(f.cost for f in it.before) / len(it.before)) if it.before else None
        beside = "" if usual is None else spell_about(usual, self._currency)
        return _figure("remedies", spell_about(it.now.cost, self._currency), beside, short)


def whole_words(it: DayFigures) -> str:
    """Every share and count in whole words, for whoever rests the mouse on them."""
    shares: dict[str, Callable[[Figures], Share]] = {
        "Agreed": lambda f: f.agreed,
        "Promises kept": lambda f: f.kept,
        "Settled on the first call": lambda f: f.first_contact,
    }
    counts: dict[str, Callable[[Figures], int]] = {
        "Cases": lambda f: f.cases,
        "Came hot": lambda f: f.came_hot,
        "Left hot": lambda f: f.hot,
        "Rang again": lambda f: f.repeats,
    }
    first, last = busy_hours(it.hours)
    when = f", from {first} to {last + 1} h" if last >= first else ""
    lines = [f"Calls: {count_words(sum(it.hours), it.calls_before)}{when}"]
    lines += [
        f"{name}: {count_words(of(it.now), [of(f) for f in it.before])}"
        for name, of in counts.items()
    ]
    for name, of in shares.items():
        now, before = of(it.now), [of(f) for f in it.before]
        words = share_words((now.part, now.of), [(part.part, part.of) for part in before])
        lines.append(f"{name}: {words}")
    lines.append(f"Heat 1 to 5: {_level_words(it, lambda f: f.heat_before)}")
    lines.append(f"Left at 1 to 5: {_level_words(it, lambda f: f.heat_after)}")
    return "\n".join([*lines, _EXPLAINED])


def _level_words(it: DayFigures, levels: Callable[[Figures], Sequence[int]]) -> str:
    """How many there were of each level, beside their usual: `0 3 9 4 1, usually 1 2 8 5 1`."""
    now = " ".join(map(str, levels(it.now)))
    if not it.before:
        return now
    usual = (round(sum(of) / len(it.before)) for of in zip(*map(levels, it.before), strict=True))
    return f"{now}, usually {' '.join(map(str, usual))}"


def _laid_out(
    rows: Callable[[bool], Sequence[Cells]], stops: Sequence[int], width: int
) -> list[Content]:
    """Rows of cells that begin at the same columns, in whole words or, where one of them does not fit,
    all in short. A short one that is longer still moves what stands behind it."""
    ends = [*(stop - 1 for stop in stops[1:]), width]
    whole = rows(False)
    fits = all(
        stop + cell.cell_length <= end
        for row in whole
        for cell, stop, end in zip(row, stops, ends, strict=False)
    )
    return [_row(row, stops, width) for row in (whole if fits else rows(True))]


def _row(cells: Cells, stops: Sequence[int], width: int) -> Content:
    row = Content("")
    for cell, stop in zip(cells, stops, strict=False):
        gap = max(stop - row.cell_length, 1 if row else 0)
        row = Content.assemble(row, " " * gap, cell)
    return row.truncate(width, ellipsis=True)


def _figure(label: str, value: str, usual: str, short: bool) -> Content:
    """`agreed 65 %, usually 58 %`; short, `agreed 65 % (58 %)`."""
    beside = (f" ({usual})" if short else f", usually {usual}") if usual else ""
    return Content.assemble(
        (f"{label} " if label else "", "$quiet"), (value, "bold"), (beside, "$quiet")
    )


def _counted(label: str, it: DayFigures, of: Callable[[Figures], int], short: bool) -> Content:
    usual = short_usual_count([of(f) for f in it.before])
    return _figure(label, f"{of(it.now):,}", usual, short)


def _shared(label: str, it: DayFigures, share: Callable[[Figures], Share], short: bool) -> Content:
    now = share(it.now)
    before = [(share(f).part, share(f).of) for f in it.before]
    return _figure(label, short_share(now.part, now.of), short_usual_share(before), short)


def _hours(it: DayFigures, room: int) -> Content:
    """Calls by the hour, from the first busy one to the last, and how many; by some hours together
    where there is no room for each."""
    first, last = busy_hours(it.hours)
    hours = it.hours[first : last + 1]
    ends = f" {_calls(it, room - min(len(hours), _BLOCKS) - 1)}" if hours else ""
    step = max(1, -(-len(hours) // max(1, room - len(ends))))
    drawn = spark([sum(hours[at : at + step]) for at in range(0, len(hours), step)])
    return Content.assemble((drawn, "$primary"), (ends, "$quiet"))


def _calls(it: DayFigures, room: int) -> str:
    """How many calls there were beside their usual, as far as there is room; never less than the
    number."""
    words = count(sum(it.hours), "call")
    usual = short_usual_count(it.calls_before)
    whole = f"{words} ({usual})"
    return whole if usual and len(whole) <= room else words


def _heat(it: DayFigures, room: int) -> Content:
    """How many came hot and how many were left so, beside their usual: `hot 30→7 (21→2)`; before it,
    where there is room, how many came and were left at each level."""
    came = short_usual_count([f.came_hot for f in it.before])
    left = short_usual_count([f.hot for f in it.before])
    usual = f"{came}→{left}" if came else ""
    words = _figure("hot", f"{it.now.came_hot:,}→{it.now.hot:,}", usual, short=True)
    before, after = _levels(it)
    drawn = Content.assemble(before, ("→", "$quiet"), after, " ", words)
    marked = any((*it.now.heat_before, *it.now.heat_after))
    return drawn if marked and drawn.cell_length <= room else words


def _levels(it: DayFigures) -> tuple[Content, Content]:
    """How many came at each level of heat, 1 to 5, and how many were left at each."""
    before, after = it.now.heat_before, it.now.heat_after
    highest = max(1, *before, *after)
    return (
        Content.styled(spark(before, highest), "$warning"),
        Content.styled(spark(after, highest), "$primary"),
    )
