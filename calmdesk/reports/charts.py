"""The charts of a report as SVG: pure, for paper, with every number in or beside its bar."""

from collections.abc import Iterator

from calmdesk.guide.shares import FEWEST, percent
from calmdesk.reports.drawing import (
    FILLS,
    SIZE,
    WIDE,
    box,
    dot,
    legend,
    line,
    picture,
    upright,
    words,
)
from calmdesk.reports.grids import heat_map, lanes
from calmdesk.reports.measure import lines_within, pixels
from calmdesk.reports.page import Bars, Chart, HeatMap, Lanes, Pareto, Parts

_PLOT = 120.0
"""Height of the longest upright bar."""
_SMALL = 10
_APART = 6.0
"""Least room between two labels."""
_NAME = 270.0
"""Room for the names of a Pareto chart."""
_LEAST = 6.0
"""Width of the smallest part of a whole."""
_ROW, _LINE = 24.0, 14.0
"""Height of a row in it, and of each further line of a name."""
_TOP = 20.0
_RULE = 80
"""Percent: the few causes on this side make most of it."""


def draw(chart: Chart, name: str) -> str:
    """A chart as one SVG element; `name` is its own on the page."""
    match chart:
        case Bars():
            return _bars(chart, name)
        case Parts():
            return _parts(chart, name)
        case Pareto():
            return _pareto(chart, name)
        case HeatMap():
            return heat_map(chart, name)
        case Lanes():
            return lanes(chart, name)


# -- upright bars -----------------------------------------------------------------------------


def _bars(chart: Bars, name: str) -> str:
    groups = len(chart.labels)
    step = WIDE / max(1, groups)
    totals = [value for series in chart.series for value in series.values]
    if chart.stacked:
        totals = [sum(values) for values in zip(*(it.values for it in chart.series), strict=True)]
    most = max(totals, default=0) or 1
    bar = step * (0.72 if chart.stacked else 0.8 / len(chart.series))
    lies = all(pixels(str(total), _SMALL) <= bar + step * 0.2 for total in totals)
    above = SIZE + 2 if lies else pixels(str(most), _SMALL) + 6
    ground = above + _PLOT
    drawn = [line([(0, ground), (WIDE, ground)])]
    for place in range(groups):
        middle = step * (place + 0.5)
        values = [series.values[place] for series in chart.series]
        for x, stack in _stacks(values, middle, bar, chart.stacked):
            top = ground
            for fill, value in stack:
                height = _PLOT * value / most
                top -= height
                if value:
                    drawn.append(box(name, fill, x, top, bar, height))
            total = sum(value for _, value in stack)
            if total and lies:
                drawn.append(words(str(total), x + bar / 2, top - 4, "middle", _SMALL))
            elif total:
                drawn.append(upright(str(total), x + bar / 2 + _SMALL * 0.35, top - 4, _SMALL))
    drawn += _under(chart.labels, step, ground + SIZE + 4)
    names = [
        (FILLS[place], _with_total(it.name, it.values)) for place, it in enumerate(chart.series)
    ]
    meant, end = legend(name, names, ground + SIZE + 16)
    return picture(name, chart.title, end, [*drawn, *meant])


def _stacks(
    values: list[int], middle: float, bar: float, stacked: bool
) -> Iterator[tuple[float, list[tuple[str, int]]]]:
    """For each bar its left edge, and what stands in it from the ground up."""
    filled = list(zip(FILLS, values, strict=False))
    if stacked:
        yield middle - bar / 2, filled
        return
    for place, one in enumerate(filled):
        yield middle - bar * len(values) / 2 + bar * place, [one]


def _under(labels: tuple[str, ...], step: float, y: float) -> Iterator[str]:
    """The labels under the bars, as many as there is room for, none over another."""
    widest = max((pixels(label, _SMALL) for label in labels), default=0.0) + _APART
    every = max(1, -int(-widest // step))
    free = 0.0
    for place in range(0, len(labels), every):
        half = pixels(labels[place], _SMALL) / 2
        middle = min(max(step * (place + 0.5), half), WIDE - half)
        if middle - half >= free:
            yield words(labels[place], middle, y, "middle", _SMALL)
            free = middle + half + _APART


def _with_total(name: str, values: tuple[int, ...]) -> str:
    return f"{name}: {sum(values)}"


# -- one whole and its parts ------------------------------------------------------------------


def _parts(chart: Parts, name: str) -> str:
    """One lying bar; a part has the same pattern in every report, and none is too small to see."""
    parts = [
        (FILLS[place % len(FILLS)], label, count)
        for place, (label, count) in enumerate(chart.parts)
        if count
    ]
    whole = sum(count for *_, count in parts) or 1
    room = WIDE - 2 - _LEAST * len(parts)
    drawn, x = [], 1.0
    for fill, _, count in parts:
        width = _LEAST + room * count / whole
        drawn.append(box(name, fill, x, 1, width, 36))
        plate = pixels(str(count), SIZE) + 6
        if plate + 4 <= width:
            middle = x + width / 2
            drawn.append(box(name, "empty", middle - plate / 2, 10, plate, 18))
            drawn.append(words(str(count), middle, 23.5, "middle"))
        x += width
    meant, end = legend(name, [(fill, f"{label}: {count}") for fill, label, count in parts], 48)
    return picture(name, chart.title, end, [*drawn, *meant])


# -- what is most frequent --------------------------------------------------------------------


def _pareto(chart: Pareto, name: str) -> str:
    """Bars from the longest to the shortest, and the line of what they make together so far; bar
    and line have one measure, so that the line leaves from the end of the first bar."""
    counted = chart.total >= FEWEST
    counts = max((pixels(str(count), SIZE) for _, count in chart.rows), default=0.0)
    left = _NAME + counts + 18
    right = WIDE - (52 if counted else pixels(f"{chart.total} of {chart.total}", SIZE) + 14)
    per = (right - left) / max(1, chart.total)
    drawn, points, y = [], [], _TOP
    for (label, count), so_far in zip(chart.rows, chart.so_far(), strict=True):
        names = lines_within(label, SIZE, _NAME, 2)
        high = _ROW + _LINE * (len(names) - 1)
        middle = y + high / 2
        for number, name_line in enumerate(names):
            base = middle + 4 + _LINE * (number - (len(names) - 1) / 2)
            drawn.append(words(name_line, _NAME, base, "end"))
        told = percent(so_far, chart.total) if counted else f"{so_far} of {chart.total}"
        drawn.append(words(str(count), left - 8, middle + 4, "end"))
        drawn.append(box(name, "light", left, middle - 8, per * count, 16))
        drawn.append(words(told, WIDE - 1, middle + 4, "end"))
        points.append((left + per * so_far, middle))
        y += high
    if counted:
        rule = left + (right - left) * _RULE / 100
        drawn.append(line([(rule, _TOP - 4), (rule, y)], 0.8, "3 3"))
        drawn.append(words(f"{_RULE} %", rule, _TOP - 8, "middle", _SMALL))
    drawn.append(words("so far", WIDE - 1, _TOP - 8, "end", _SMALL))
    drawn += [line([(left, _TOP), (left, y)]), line(points, 1.4)]
    drawn += [dot(*point) for point in points]
    return picture(name, chart.title, y + 4, drawn)
