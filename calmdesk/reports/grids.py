"""The charts of a report that have columns of time: heat by hour, causes by week."""

from collections.abc import Iterator, Sequence

from calmdesk.guide.stages import HEAT_ANCHORS
from calmdesk.reports.drawing import SIZE, WIDE, box, line, picture, shade, words
from calmdesk.reports.measure import lines_within, pixels
from calmdesk.reports.page import HeatMap, Lanes

_SMALL = 10
_LEVEL = 20.0
"""Height of a row of heat."""
_BAR = 24.0
"""Height of the longest bar of a lane."""
_LINE = 13.0
_DARK = 0.72
"""The share from which a number is white."""
_GAP = 8.0


def heat_map(chart: HeatMap, name: str) -> str:
    """A row for each heat, the hottest on top: the more cases, the darker; first as they began,
    then as they were left, in one measure."""
    names = {level: f"{level} {HEAT_ANCHORS[level]}" for level in reversed(HEAT_ANCHORS)}
    left = max(pixels(it, SIZE) for it in names.values()) + _GAP
    step = (WIDE - left - 1) / max(1, len(chart.hours))
    most = max((n for half in (chart.began, chart.left) for hour in half for n in hour), default=0)
    drawn, y = [], 0.0
    for title, counts in (("began at", chart.began), ("left at", chart.left)):
        drawn.append(words(title, 0, y + 12, size=_SMALL))
        drawn += _heads(chart.hours, left, step, y + 12)
        y += 18
        for level, label in names.items():
            drawn.append(words(label, left - _GAP, y + _LEVEL / 2 + 4, "end"))
            drawn += _shaded([hour[level - 1] for hour in counts], most, left, step, y)
            y += _LEVEL
        y += 8
    told = "How many cases of each hour began at heat 1 to 5, and were left at it."
    return picture(name, chart.title, y, drawn, told)


def _shaded(counts: Sequence[int], most: int, left: float, step: float, y: float) -> Iterator[str]:
    size = _fitting(most, step)
    for place, count in enumerate(counts):
        x, share = left + step * place, count / (most or 1)
        yield shade(x, y, step, _LEVEL, share)
        if count:
            middle, base = x + step / 2, y + _LEVEL / 2 + 4
            yield words(str(count), middle, base, "middle", size, light=share > _DARK)


def _fitting(most: int, step: float) -> float:
    """Size of letters in which the largest count fits its column."""
    return min(_SMALL, (step - 2) / pixels(str(most), 1))


def _heads(labels: Sequence[str], left: float, step: float, y: float) -> Iterator[str]:
    """The names of columns over their middles, as many as there is room for."""
    widest = max((pixels(label, _SMALL) for label in labels), default=0.0) + 4
    every = max(1, -int(-widest // step))
    for place in range(0, len(labels), every):
        yield words(labels[place], left + step * (place + 0.5), y, "middle", _SMALL)


def lanes(chart: Lanes, name: str) -> str:
    """A line of little bars for each row, with their numbers on top, all in one measure."""
    left = 230.0
    step = (WIDE - left - 1) / max(1, len(chart.columns))
    bar = min(30.0, step * 0.6)
    most = max((count for row in chart.rows for count in row.values), default=0) or 1
    size = _fitting(most, step)
    drawn, y = [*_heads(chart.columns, left, step, 12)], 18.0
    for row in chart.rows:
        ground = y + _BAR + 14
        label = lines_within(row.name, SIZE, left - _GAP, 2)
        for number, label_line in enumerate(label):
            base = ground - 2 - _LINE * (len(label) - 1 - number)
            drawn.append(words(label_line, left - _GAP, base, "end"))
        for column, count in enumerate(row.values):
            middle, high = left + step * (column + 0.5), _BAR * count / most
            if count:
                drawn.append(box(name, "light", middle - bar / 2, ground - high, bar, high))
                drawn.append(words(str(count), middle, ground - high - 3, "middle", size))
        drawn.append(line([(left, ground), (WIDE, ground)], 0.5))
        y = ground
    told = "How many cases of each week had each cause."
    return picture(name, chart.title, y + 4, drawn, told)
