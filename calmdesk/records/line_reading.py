"""One promise or follow-up as lines to read: what was told, how it stands, what was tried."""

from datetime import datetime

from calmdesk.guide.english.days import without_year
from calmdesk.guide.english.times import distance
from calmdesk.guide.promises import FollowUpKind, PromiseState
from calmdesk.guide.zones import beside, wall_there
from calmdesk.records.journal_words import Wall, entry_words
from calmdesk.records.line_rows import DueLine, History
from calmdesk.records.read_lines import Line, Tone


def read_line(line: DueLine, history: History, wall: Wall, now: datetime) -> list[Line]:
    """The line from top to bottom: what was told, when, to whom and by whom; tries; its journal.
    `now` is an instant."""
    return [
        *_told(line, wall, now),
        *_standing(line, wall, now),
        *(Line("tried", _try(it.at, it.result, it.note, it.agent, wall)) for it in history.tries),
        Line("case", f"{line.ref} · {_kind(line)}", Tone.QUIET),
        *_journal(line, history, wall),
    ]


def _told(line: DueLine, wall: Wall, now: datetime) -> list[Line]:
    to = " · ".join(part for part in (line.customer, line.number) if part)
    lines = [Line("do" if line.follow_up else "told", line.what, Tone.TITLE), Line("to", to)]
    if line.giver and line.told_at is not None:
        lines.append(Line("told by", f"{line.giver}, {without_year(wall(line.told_at))}"))
    lines.append(Line("due", _due(line, wall, now), _tone(line, now)))
    if line.first_due_at is not None:
        lines.append(Line("", f"first told {without_year(wall(line.first_due_at))}", Tone.QUIET))
    return lines


def _tone(line: DueLine, now: datetime) -> Tone:
    return Tone.ALERT if line.state == PromiseState.OPEN and line.due_at <= now else Tone.PLAIN


def _due(line: DueLine, wall: Wall, now: datetime) -> str:
    """The told instant on the agent's wall, and on the customer's where it is another."""
    if not line.timed:
        return "no time was said; ask them when"
    words = without_year(wall(line.due_at))
    if line.state == PromiseState.OPEN:
        words = f"{words}, {distance(line.due_at, now)}"
    theirs = beside(wall(line.due_at), wall_there(line.due_at, line.zone))
    return f"{words} · {theirs} ({line.zone})" if theirs else words


def _standing(line: DueLine, wall: Wall, now: datetime) -> list[Line]:
    owner = f"{line.owner} has left; nobody keeps it" if line.owner_left else line.owner or "you"
    lines = [Line("kept by", owner, Tone.ALERT if line.owner_left else Tone.PLAIN)]
    if line.state != PromiseState.OPEN:
        when = f", {without_year(wall(line.settled_at))}" if line.settled_at is not None else ""
        why = f": {line.reason}" if line.reason else ""
        lines.append(Line("became", f"{line.state}{when}{why}"))
    elif line.deferred_until is not None and line.rests(now):
        until = without_year(wall(line.deferred_until))
        lines.append(Line("reminder", f"put off to {until}; what they were told stays"))
    if not line.follow_up:
        can = "can be done" if line.feasible else "not known whether it can be done"
        lines.append(Line("feasible", f"{can} · asked {line.asked}" if line.asked else can))
    return lines


def _kind(line: DueLine) -> str:
    if not line.follow_up:
        return line.kind
    return f"follow-up: {FollowUpKind(line.kind).words}" if line.kind in _KINDS else "follow-up"


_KINDS = {kind.value for kind in FollowUpKind}


def _try(at: datetime, result: str, note: str, agent: str, wall: Wall) -> str:
    by = f" · {agent}" if agent else ""
    return f"{without_year(wall(at))} {result}{': ' + note if note else ''}{by}"


def _journal(line: DueLine, history: History, wall: Wall) -> list[Line]:
    lines = []
    for entry in history.journal:
        words = entry_words(entry.kind, entry.fields, {line.id: line.what}, wall, "")
        if words and entry.at is not None:
            by = f" · {entry.agent}" if entry.agent else ""
            lines.append(Line(f"{wall(entry.at):%d %b %H:%M}", words + by, Tone.QUIET))
    return [Line("", ""), Line("", "History", Tone.TITLE), *lines] if lines else []
