"""A report as text: aligned, eighty columns, no colours."""

from collections.abc import Iterator, Sequence

from calmdesk.guide.shares import FEWEST, percent
from calmdesk.reports.counting import share
from calmdesk.reports.measure import cells, padded, wrapped
from calmdesk.reports.page import (
    Bars,
    Chart,
    Figure,
    HeatMap,
    Lanes,
    Page,
    Pareto,
    Parts,
    Section,
    Table,
)
from calmdesk.reports.tables import as_table
from calmdesk.words import one_line

WIDTH = 80
_LABEL = 36
_NAME = 38
_BAR = 20
_GAP = "  "


def text(page: Page) -> str:
    """The page, line by line; what somebody typed cannot steer the terminal."""
    lines = [page.title, "=" * cells(page.title), "", *(one_line(line) for line in page.about)]
    for section in page.sections:
        lines += ["", "", section.title, "-" * cells(section.title)]
        lines += _section(section)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    for figure in section.figures:
        yield from _figure(figure)
    for chart in section.charts:
        yield from ("", chart.title, *_chart(chart))
    for table in section.tables:
        yield from ("", table.title, *_table(table))
    if section.says and (section.figures or section.charts or section.tables):
        yield ""
    for sentence in section.says:
        yield from wrapped(sentence, WIDTH)


def _figure(figure: Figure) -> Iterator[str]:
    label = wrapped(figure.label, _LABEL)
    words = wrapped(one_line(figure.words), WIDTH - _LABEL - len(_GAP))
    for place in range(max(len(label), len(words))):
        left = label[place] if place < len(label) else ""
        right = words[place] if place < len(words) else ""
        yield f"{padded(left, _LABEL)}{_GAP}{right}"
    for line in wrapped(figure.how, WIDTH - 4) if figure.how else ():
        yield f"    {line}"


def _chart(chart: Chart) -> Iterator[str]:
    match chart:
        case Bars(stacked=True):
            yield from _bars(
                [
                    (label, [(series.values[place], series.name) for series in chart.series])
                    for place, label in enumerate(chart.labels)
                ]
            )
        case Bars():
            yield from _bars(
                [
                    (label if number == 0 else "", [(series.values[place], series.name)])
                    for place, label in enumerate(chart.labels)
                    for number, series in enumerate(chart.series)
                ]
            )
        case Parts():
            yield from _bars([(label, [(count, "")]) for label, count in chart.parts])
        case Pareto():
            total = chart.total
            short = percent if total >= FEWEST else share
            so_far = [f"so far {short(it, total)}" for it in chart.so_far()]
            yield from _bars([(label, [(count, "")]) for label, count in chart.rows], so_far)
        case HeatMap() | Lanes():
            yield from _table(as_table(chart))


def _bars(
    rows: Sequence[tuple[str, Sequence[tuple[int, str]]]], after: Sequence[str] = ()
) -> Iterator[str]:
    """`09  ######++++  3 came in, 2 went out`; the longest bar is as long as there is room for."""
    most = max((sum(count for count, _ in parts) for _, parts in rows), default=0) or 1
    labels = [wrapped(one_line(label), _NAME) for label, _ in rows]
    wide = max((cells(line) for label in labels for line in label), default=0)
    for place, (_, parts) in enumerate(rows):
        bar = "".join(
            sign * (max(1, round(_BAR * count / most)) if count else 0)
            for sign, (count, _) in zip("#+o", parts, strict=False)
        )
        shown = [it for it in parts if it[0] or len(parts) == 1]
        told = ", ".join(f"{count} {name}".rstrip() for count, name in shown)
        tail = f"{_GAP}{after[place]}" if after else ""
        first, *more = labels[place]
        yield f"{padded(first, wide)}{_GAP}{padded(bar[:_BAR], _BAR)}{_GAP}{told}{tail}"
        yield from more


def _table(table: Table) -> Iterator[str]:
    rows = [table.heads, *([one_line(cell) for cell in row] for row in table.rows)]
    widths = _widths(rows, table.numbers)
    for number, row in enumerate(rows):
        parts = [wrapped(cell, widths[place]) for place, cell in enumerate(row)]
        for line in range(max(map(len, parts))):
            yield _GAP.join(
                padded(
                    part[line] if line < len(part) else "", widths[place], place in table.numbers
                )
                for place, part in enumerate(parts)
            )
        if not number:
            yield _GAP.join("-" * width for width in widths)


def _widths(rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> list[int]:
    """The widths of the columns: where they do not fit, the heads over numbers are wrapped, then the
    widest give way until all of them fit."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    if sum(widths) > room:
        for place in numbers:
            head, *counts = columns[place]
            widths[place] = max(map(cells, [*head.split(), *counts]))
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths
