"""A report, said: the counts as a page of words, tables and charts."""

from typing import TYPE_CHECKING

from calmdesk.reports.asked_section import asked, pairs
from calmdesk.reports.calls_section import calls, causes, heat
from calmdesk.reports.counting import share
from calmdesk.reports.kept_section import afterwards, promises, times
from calmdesk.reports.labels import Labels
from calmdesk.reports.page import Figure, Page, Section
from calmdesk.reports.period import Period, spoken_day

if TYPE_CHECKING:
    from calmdesk.records.report_rows import Report

TITLE = "What was asked, what was given, what was kept"
_EMPTY = "Nothing was counted: no call, no case, and nothing was due."


def say(report: "Report", period: Period, labels: Labels) -> Page:
    """The page of a report. An empty one says so in one sentence."""
    counted = labels.wall(report.now)
    about = (
        *((labels.firm,) if labels.firm else ()),
        period.words,
        f"Counted on {spoken_day(counted.date())} at {counted:%H:%M}",
    )
    if report.is_empty:
        return Page(TITLE, about, (Section("At a glance", says=(_EMPTY,)),))
    sections = (
        _glance(report),
        calls(report, period.step, labels),
        asked(report, labels),
        promises(report),
        times(report),
        heat(report),
        causes(report, labels),
        afterwards(report),
        *((pairs(report, labels),) if report.asked else ()),
    )
    return Page(TITLE, about, sections)


def _glance(report: "Report") -> Section:
    kept = report.promises
    marked = sum(sum(row) for row in report.heat)
    fell = sum(sum(row[:place]) for place, row in enumerate(report.heat))
    settled = [it for it in report.asked if it.settled_in]
    first = sum(it.settled_in == 1 for it in settled)
    return Section(
        "At a glance",
        (
            Figure("Calls", f"{report.came_in} in, {report.went_out} out"),
            Figure("Cases", f"{report.cases} opened, {report.closed.count} closed"),
            Figure(
                "Promises kept by the time told first",
                share(kept.at_first_time, kept.due - kept.waiting),
            ),
            Figure("Promises open and past their time", str(kept.overdue)),
            Figure(
                "Settled in one conversation",
                share(report.closed.in_one_talk, report.closed.count),
            ),
            Figure("Settled with the first offer", share(first, len(settled))),
            Figure("Heat fell", share(fell, marked)),
        ),
        says=("Each is counted as its section says. Fewer than twenty are never a percentage.",),
    )
