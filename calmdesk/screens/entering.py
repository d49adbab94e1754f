"""From an entered line to what it makes happen. Pure: the screen only lets it happen."""

from __future__ import annotations

from dataclasses import replace

from calmdesk.guide.call import Call, Note
from calmdesk.guide.happenings import (
    AskPut,
    CallerNamed,
    CategoryChosen,
    DeadlineNamed,
    Happening,
    Noted,
    NoteMended,
    OfferWithdrawn,
    PromiseChanged,
    Promised,
)
from calmdesk.guide.notes import Entry, Sign, caller, parse
from calmdesk.widgets.stage_pane import Around
from calmdesk.words import one_line


def entered(line: str, call: Call, around: Around) -> list[Happening]:
    """What a line entered in the note line makes happen, first the note itself."""
    entry = parse(one_line(line))
    note_id = around.new_id()
    noted = Noted(note_id, entry.sign, entry.text, entry.source)
    return [noted, *_beside(entry, note_id, call, around)]


def _beside(entry: Entry, note_id: str, call: Call, around: Around) -> list[Happening]:
    """What a signed note does beyond being a note; it carries the note's own id."""
    match entry.sign:
        case Sign.ASK:
            return [AskPut(entry.text)]
        case Sign.PROMISE:
            what, due = around.promise(entry.text)
            return [Promised(note_id, what, due)]
        case Sign.OFFER:
            return [around.offer(entry.text, note_id)]
        case Sign.CALLER:
            return [named(entry.text, call.caller)]
        case Sign.STAKE:
            due = around.deadline(entry.text)
            return [DeadlineNamed(due)] if due else []
        case Sign.CATEGORY:
            found = around.playbook.category(entry.text)
            return [CategoryChosen(found.id if found else entry.text)]
        case _:
            return []


def named(text: str, known: CallerNamed) -> CallerNamed:
    """The caller as typed after `@ `, over what was known."""
    words = caller(text)
    return replace(
        known,
        name=words.name or known.name,
        company=words.company or known.company,
        number=words.number or known.number,
        since=words.since or known.since,
    )


def mended(line: str, note: Note, call: Call, around: Around) -> list[Happening]:
    """What mending a note makes happen: the note anew, and what it stands for with it."""
    entry = parse(one_line(line))
    happenings: list[Happening] = [
        NoteMended(note.note_id, entry.text, note.text, entry.sign, entry.source)
    ]
    promise = next((p for p in call.promises if p.promise_id == note.note_id), None)
    if entry.sign is Sign.PROMISE and promise is not None:
        what, due = around.promise(entry.text)
        changed = PromiseChanged(note.note_id, what, due, promise.feasible, promise.asked)
        return [*happenings, changed]
    if note.sign is Sign.STAKE and call.deadline is not None and around.deadline(note.text):
        happenings.append(DeadlineNamed(None))  # it was the old words that named the time
    tabled = any(offer.offer_id == note.note_id for offer in call.table)
    if entry.sign is Sign.OFFER and tabled:
        offer = around.offer(entry.text)
        return [*happenings, OfferWithdrawn(note.note_id), offer]
    if entry.sign is not note.sign or entry.sign in _ANEW:
        return [*happenings, *_beside(entry, around.new_id(), call, around)]
    return happenings


_ANEW = (Sign.ASK, Sign.CALLER, Sign.CATEGORY, Sign.STAKE)
"""What stands for more than a note each time that it is written."""


def line_of(note: Note) -> str:
    """A note as it was typed, to be mended."""
    source = f" @{note.source}" if note.source else ""
    return f"{note.sign.value} {note.text}{source}".strip()
