"""The sections about the calls: how many, how heated, and why."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from calmdesk.guide.day_hours import OFFICE_HOURS
from calmdesk.guide.english.days import day
from calmdesk.guide.stages import HEAT_ANCHORS, HEATS
from calmdesk.reports.counting import how_long, share
from calmdesk.reports.labels import Labels
from calmdesk.reports.page import Bars, Figure, Pareto, Section, Series, Table
from calmdesk.reports.pictures import cause_lanes, heat_map
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.report_rows import Report

MOST_CAUSES = 12
"""Rows of the chart of causes; JSON has them all."""
_FEW_DAYS = 8
"""Up to so many bars have room for the weekday."""


def calls(report: "Report", step: str, labels: Labels) -> Section:
    """How many calls came and went, and how they ended."""
    if not report.calls_count:
        return Section("Calls", says=("No call came in, and none went out.",))
    figures: tuple[Figure, ...] = (
        Figure("Calls that came in", str(report.came_in)),
        Figure("Calls that went out", str(report.went_out)),
        Figure(
            "Cases opened",
            str(report.cases),
            "A call that was made part of an earlier case opens none.",
        ),
    )
    if report.listened:
        told = Figure("Listened", how_long(report.listened), "All agents together.")
        figures = (*figures, told)
    outcomes = ((name or "not finished yet", count) for name, count in report.outcomes)
    return Section(
        "Calls",
        figures,
        charts=(_chart(report, step, labels),),
        tables=(table("How the calls ended", "outcome", "calls", outcomes),),
    )


def _chart(report: "Report", step: str, labels: Labels) -> Bars:
    shown = list(report.calls)
    if step == "hour":
        hours = [labels.wall(it.began).hour for it in shown]
        busy = [place for place, it in enumerate(shown) if it.count]
        office = [place for place, hour in enumerate(hours) if hour in OFFICE_HOURS]
        shown = shown[min(busy + office) : max(busy + office) + 1]
    few = step == "day" and len(shown) <= _FEW_DAYS
    told = "weekday" if few else step
    under = tuple(_label(labels.wall(it.began), told) for it in shown)
    series = (
        Series("came in", tuple(it.came_in for it in shown)),
        Series("went out", tuple(it.went_out for it in shown)),
    )
    return Bars(f"Calls by {step}", under, series, stacked=True)


def _label(began: datetime, step: str) -> str:
    if step == "hour":
        return f"{began.hour:02}" if not began.minute else f"{began:%H:%M}"
    if step == "weekday":
        return day(began)
    if step == "year":
        return str(began.year)
    return f"{began:%b} {began.year}" if step == "month" else f"{began.day} {began:%b}"


def heat(report: "Report") -> Section:
    """How far from settled they were before and after; a distribution, never a mean (flow.md)."""
    cells = [
        (before, after, report.heat[before - 1][after - 1]) for before in HEATS for after in HEATS
    ]
    marked = sum(count for *_, count in cells)
    title = "Heat before and after"
    unmarked = _unmarked(report.heat_unmarked)
    if not marked:
        return Section(title, says=("In no case was it marked before and after.",))
    fell = sum(count for before, after, count in cells if after < before)
    rose = sum(count for before, after, count in cells if after > before)
    figures = (
        Figure(
            "It fell",
            share(fell, marked),
            "Of the cases with a mark at the start and one at the end.",
        ),
        Figure("It stayed", share(marked - fell - rose, marked)),
        Figure("It rose", share(rose, marked)),
    )
    before = tuple(sum(report.heat[level - 1]) for level in HEATS)
    after = tuple(sum(row[level - 1] for row in report.heat) for level in HEATS)
    rows = tuple(
        (_heat_name(level), *(str(count or "–") for count in report.heat[level - 1]))
        for level in HEATS
    )
    heads = ("before", *(f"after {level}" for level in HEATS))
    return Section(
        title,
        figures,
        charts=(
            Bars(
                "Cases by heat",
                tuple(map(_heat_name, HEATS)),
                (Series("before", before), Series("after", after)),
            ),
            *heat_map(report.pictures),
        ),
        tables=(Table(heads, rows, frozenset(range(1, 6)), "From which heat to which, in cases"),),
        says=unmarked,
    )


def _heat_name(level: int) -> str:
    return f"{level} {HEAT_ANCHORS[level]}"


def _unmarked(cases: int) -> tuple[str, ...]:
    return (f"{count(cases, 'case')} without both marks.",) if cases else ()


def causes(report: "Report", labels: Labels) -> Section:
    """What the cases were about, and why they happened."""
    title = "Causes"
    if not report.cases:
        return Section(title, says=("No case was opened.",))
    found = _fewer([(labels.cause(cause), count) for cause, count in report.causes])
    about = ((labels.category(category), count) for category, count in report.categories)
    says = []
    if not found:
        says.append("No cause was found yet; it is named when a case is read again.")
    elif report.cause_unknown:
        says.append(f"Of {count(report.cause_unknown, 'case')} the cause is not found yet.")
    return Section(
        title,
        charts=(
            *((Pareto("Why it happened", found),) if found else ()),
            *cause_lanes(report.pictures, labels),
        ),
        tables=(table("What it was about", "category", "cases", about),),
        says=tuple(says),
    )


def _fewer(rows: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The rows that a chart can show; the least frequent are one row at its end."""
    if len(rows) <= MOST_CAUSES:
        return tuple(rows)
    shown, others = rows[: MOST_CAUSES - 1], rows[MOST_CAUSES - 1 :]
    return (*shown, (f"{len(others)} other causes", sum(count for _, count in others)))


def table(title: str, what: str, count_of: str, counts: Iterable[tuple[str, int]]) -> Table:
    """A table of things and how often each was there."""
    rows = tuple((name, str(count)) for name, count in counts)
    return Table((what, count_of), rows, frozenset({1}), title)
