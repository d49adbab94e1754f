"""The journal of a case as lines to read: day by day, each entry with the clock of its call."""

from collections.abc import Iterator
from datetime import date

from calmdesk.guide.english.days import day_with_year
from calmdesk.guide.listening import minutes
from calmdesk.guide.playbook import Playbook
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.journal_words import Wall, entry_words
from calmdesk.records.read_lines import Line, Tone, parts, several


def read_journal(whole: CaseWhole, wall: Wall, playbook: Playbook, currency: str) -> list[Line]:
    """The journal in words; what is named by its id is named by its own words. Where several people
    wrote in it, each is named where their entries begin."""
    named = dict(_named(whole))
    lines: list[Line] = []
    alone = len({entry.agent for entry in whole.journal}) < 2
    shown: date | None = None
    writer = ""
    for entry in whole.journal:
        words = entry_words(entry.kind, entry.fields, named, wall, currency, playbook)
        if not words:
            continue
        at = wall(entry.at) if entry.at is not None else None
        day = at.date() if at is not None else shown
        another_day = day != shown and (shown is not None or entry.clock is None)
        another = "" if alone or entry.agent == writer else entry.agent or "this desk"
        if another_day or another:
            lines.append(Line("", parts([day_with_year(at) if at else "", another]), Tone.QUIET))
        shown, writer = day, entry.agent
        clock = minutes(entry.clock) if entry.clock is not None else ""
        first, *rest = words.split("\n")
        lines.append(Line(f"{clock:>6} {f'{at:%H:%M}' if at is not None else 'then'}", first))
        lines += several("\n".join(rest))
    return lines


def _named(whole: CaseWhole) -> Iterator[tuple[str, str]]:
    """The words of everything that has an id."""
    for row in (*whole.notes, *whole.offers, *whole.promises, *whole.follow_ups, *whole.waitings):
        yield row["id"], row.get("text") or row.get("what") or ""
    for consult in whole.consults:
        yield consult["id"], f"{consult['whom']}, {consult['question']}"
