"""Every chart as a table of its numbers."""

from calmdesk.guide.stages import HEATS
from calmdesk.reports.counting import share
from calmdesk.reports.page import Bars, Chart, HeatMap, Lanes, Pareto, Parts, Table

_NONE = "–"


def as_table(chart: Chart) -> Table:
    """The numbers of a chart under its title."""
    rows: list[tuple[str, ...]]
    match chart:
        case Bars():
            heads = ("", *(series.name for series in chart.series))
            rows = [
                (label, *(str(series.values[place]) for series in chart.series))
                for place, label in enumerate(chart.labels)
            ]
        case Parts():
            heads = ("", "count")
            rows = [(label, str(count)) for label, count in chart.parts]
        case Pareto():
            heads = ("", "count", "so far")
            so_far = [share(it, chart.total) for it in chart.so_far()]
            rows = [
                (label, str(count), so_far[place])
                for place, (label, count) in enumerate(chart.rows)
            ]
        case HeatMap():
            halves = [(half, level) for half in ("began", "left") for level in HEATS]
            heads = ("hour", *(f"{half} {level}" for half, level in halves))
            rows = [
                (hour, *(str(count or _NONE) for count in (*began, *left)))
                for hour, began, left in zip(chart.hours, chart.began, chart.left, strict=True)
            ]
        case Lanes():
            heads = ("", *chart.columns)
            rows = [(row.name, *(str(it or _NONE) for it in row.values)) for row in chart.rows]
    return Table(heads, tuple(rows), frozenset(range(1, len(heads))), chart.title)
