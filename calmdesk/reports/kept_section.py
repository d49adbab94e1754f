"""The sections about what was kept: promises, how long it took, and what followed the calls."""

from typing import TYPE_CHECKING

from calmdesk.letters.writing import KINDS
from calmdesk.reports.calls_section import table
from calmdesk.reports.counting import how_long, share
from calmdesk.reports.page import Figure, Parts, Section
from calmdesk.reports.pictures import promise_bars
from calmdesk.words import count

if TYPE_CHECKING:
    from calmdesk.records.report_rows import Promises, Report

_LETTERS = {kind.id: kind.name.lower() for kind in KINDS}


def promises(report: "Report") -> Section:
    """What became of what they were told, by the instant that they were told first."""
    kept = report.promises
    title = "Promises"
    without = (f"{count(kept.untimed, 'promise')} given without a time.",) if kept.untimed else ()
    waiting = promise_bars(report.pictures)
    if not kept.due:
        return Section(title, charts=waiting, says=("No promise was due.", *without))
    figures = [
        Figure(
            "Kept by the time told first",
            share(kept.at_first_time, kept.due - kept.waiting),
            "Of the promises whose first told time lay in these days and is over, or which were "
            "settled before it.",
        ),
        Figure("Open, and past their time", str(kept.overdue)),
    ]
    progress = report.progress
    if progress.due:
        figures.append(
            Figure(
                "Progress reports given in time",
                share(progress.at_first_time, progress.due - progress.waiting),
                "A word in between, before they have to ask; counted above as well.",
            )
        )
    return Section(
        title,
        tuple(figures),
        (Parts("What became of the promises", _parts(kept)), *waiting),
        says=without,
    )


def _parts(kept: "Promises") -> tuple[tuple[str, int], ...]:
    return (
        ("kept by the time told first", kept.at_first_time),
        ("kept by a time agreed anew", kept.at_later_time),
        ("kept late", kept.late),
        ("missed", kept.missed),
        ("open, past its time", kept.overdue),
        ("open, time to come", kept.waiting),
        ("withdrawn, with a reason", kept.withdrawn),
    )


def times(report: "Report") -> Section:
    """How long until somebody spoke with them, and until it was settled."""
    waited, closed = report.first_contact, report.closed
    spoken = how_long(waited.reached)
    if waited.rang_first:
        spoken += f"; {waited.rang_first} rang again before we did"
    if waited.waiting:
        spoken += f"; {waited.waiting} wait still"
    return Section(
        "How long it took",
        (
            Figure(
                "Until we rang them",
                spoken if waited.count else "nobody waited for a call",
                "From the promise to ring back, which each case that is looked into carries, or from "
                "the opening where they had not rung us, until we spoke with them; of the cases "
                "opened in these days. A voicemail is no contact.",
            ),
            Figure(
                "Until it was closed",
                how_long(closed.seconds) if closed.count else "no case was closed",
                "From opening to closing, of the cases closed in these days; nights count, the "
                "time in which they let us wait does not.",
            ),
            Figure(
                "Settled in one conversation",
                share(closed.in_one_talk, closed.count),
                "Of the cases closed in these days: one conversation, whoever rang, and nothing came "
                "back; a call that only sees whether it held is none. The Day's “first call” asks "
                "only how often they rang us. The record judges this, not the customer.",
            ),
        ),
    )


def afterwards(report: "Report") -> Section:
    """What was done between the calls."""
    letters = ((_LETTERS.get(kind, kind), count) for kind, count in report.letters)
    tables = tuple(
        it
        for it in (
            table("Tries to ring them", "came of it", "tries", report.attempts),
            table("Follow-ups due", "found", "follow-ups", report.follow_ups),
            table("Letters that went out", "letter", "letters", letters),
        )
        if it.rows
    )
    nothing = () if tables else ("Nobody was rung, no follow-up was due, and no letter went out.",)
    return Section("After the calls", tables=tables, says=nothing)
