"""A report as JSON: the counts as they are, under names that stay."""

from dataclasses import asdict
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from calmdesk.clock import local_iso
from calmdesk.reports.counting import ninth_tenth
from calmdesk.reports.labels import Labels
from calmdesk.reports.period import Period
from calmdesk.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calmdesk.records.picture_rows import CauseWeeks
    from calmdesk.records.report_rows import Asked, Counts, Promises, Report


def as_json(report: "Report", period: Period, labels: Labels) -> dict[str, Any]:
    """The report as plain values. Instants are ISO 8601 with their offset, lengths are seconds,
    amounts are minor units beside their currency; an unknown cause or category is ''."""

    def at(instant: datetime) -> str:
        return local_iso(instant, labels.zone)

    waited, closed = report.first_contact, report.closed
    return {
        "calmdesk_report": 1,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "since": at(report.since),
        "until": at(report.until),
        "counted_at": at(report.now),
        "currency": labels.currency,
        "cases": report.cases,
        "calls": {
            "in": report.came_in,
            "out": report.went_out,
            "by": period.step,
            "each": [
                {"began": at(it.began), "in": it.came_in, "out": it.went_out} for it in report.calls
            ],
            "outcomes": _counts(report.outcomes),
        },
        "asked_and_given": {
            "each": [_asked(it, at, labels) for it in report.asked],
            "settled": sum(it.settled_in > 0 for it in report.asked),
            "settled_in_round_one": sum(it.settled_in == 1 for it in report.asked),
            "remedies": _remedies(report, labels),
            "received": {
                answer or "not asked": sum(gave.received == answer for gave in report.gave)
                for answer in ("yes", "no", "not yet", "")
            },
        },
        "promises": _promises(report.promises),
        "progress_reports": _promises(report.progress),
        "open_promises": {
            age.name.lower(): count for age, count in report.pictures.promises.items()
        },
        "time_to_first_contact": {
            **_seconds(waited.reached),
            "rang_before_us": waited.rang_first,
            "waiting": waited.waiting,
        },
        "time_to_resolve": _seconds(closed.seconds),
        "listened": _seconds(report.listened),
        "first_contact_resolution": {
            "judged_by": "record",
            "at_first_contact": closed.in_one_talk,
            "closed": closed.count,
        },
        "heat": {
            "before_and_after": [
                {"before": before, "after": after, "cases": count}
                for before, row in enumerate(report.heat, 1)
                for after, count in enumerate(row, 1)
                if count
            ],
            "not_marked": report.heat_unmarked,
            "by_hour": [asdict(it) for it in report.pictures.heat if it.cases],
        },
        "categories": _counts(report.categories),
        "causes": {
            "found": _counts(report.causes),
            "not_looked_for": report.cause_unknown,
            "by_week": _weeks(report.pictures.causes),
        },
        "attempts": _counts(report.attempts),
        "follow_ups": _counts(report.follow_ups),
        "letters": _counts(report.letters),
    }


def _counts(counts: "Counts") -> list[dict[str, Any]]:
    return [{"id": clean(thing), "count": count} for thing, count in counts]


def _weeks(of: "CauseWeeks") -> dict[str, Any]:
    """Counts of the last weeks, one for each Monday."""
    return {
        "weeks": [day.isoformat() for day in of.weeks],
        "last_week_is_over": not of.running,
        "found": [{"id": clean(cause), "counts": counts} for cause, counts in of.causes],
        "others": of.others,
        "other_causes": of.other_causes,
        "not_looked_for": of.unknown,
    }


def _promises(promises: "Promises") -> dict[str, int]:
    return {"due": promises.due, **asdict(promises)}


def _seconds(seconds: "Sequence[float]") -> dict[str, float | int | None]:
    return {
        "count": len(seconds),
        "median_seconds": round(median(seconds)) if seconds else None,
        "ninth_tenth_seconds": round(ninth_tenth(seconds)) if seconds else None,
    }


def _asked(it: "Asked", at: Any, labels: Labels) -> dict[str, Any]:
    return {
        "ref": it.ref,
        "opened_at": at(it.opened_at),
        "asked": clean(it.ask),
        "given": [
            {
                **asdict(gave),
                "text": clean(gave.text),
                "costs_money": labels.costs(gave.remedy, gave.text, gave.amount),
            }
            for gave in it.gave
        ],
        "rounds": it.rounds,
        "settled_in_round": it.settled_in or None,
        "outcome": it.outcome,
    }


def _remedies(report: "Report", labels: Labels) -> dict[str, dict[str, int]]:
    """How many and how much, by whether they cost money."""
    sums = {kind: {"count": 0, "amount": 0} for kind in ("no_cost", "cost", "not_known")}
    kinds = {False: "no_cost", True: "cost", None: "not_known"}
    for gave in report.gave:
        kind = sums[kinds[labels.costs(gave.remedy, gave.text, gave.amount)]]
        kind["count"] += 1
        kind["amount"] += gave.amount
    return sums
