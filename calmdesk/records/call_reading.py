"""The calls of a case as lines to read: when, whose, how long, and what the time went into."""

from collections.abc import Mapping
from typing import Any

from calmdesk.guide.english.days import with_year
from calmdesk.guide.listening import minutes
from calmdesk.guide.span_bar import TimeSpent, bar, legend
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.journal_words import Wall
from calmdesk.records.read_lines import Line, Tone, parts


def read_calls(whole: CaseWhole, wall: Wall) -> list[Line]:
    """Each call with its time as a bar; the longest call has the longest bar."""
    spent = [_stretches(contact) for contact in whole.contacts]
    longest = max((_seconds(it) for it in spent), default=0.0)
    lines = []
    for contact, stretches in zip(whole.contacts, spent, strict=True):
        took = minutes(_seconds(stretches)) if stretches else ""
        who = contact["agent"] or "this desk"
        label = "call" if contact["direction"] == "in" else "rang them"
        lines.append(Line(label, parts([with_year(wall(contact["answered_at"])), who, took])))
        if drawn := bar(stretches, longest):
            lines.append(Line(" ", drawn, Tone.BAR))
            lines += [Line(" ", row, Tone.QUIET) for row in legend(stretches)]
    return lines


def _stretches(contact: Mapping[str, Any]) -> list[TimeSpent]:
    return [(it["kind"], it["seconds"]) for it in contact["spans"]]


def _seconds(stretches: list[TimeSpent]) -> float:
    return sum(seconds for _, seconds in stretches)
