"""Find: any case ever, by any words of it, while they are typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from calmdesk.guide.filters import Filter
from calmdesk.guide.looked_for import Sought, sought
from calmdesk.guide.ranking import Fit, Matcher, Wanted, passage
from calmdesk.guide.telephone import figures
from calmdesk.records.browse import lines_of
from calmdesk.records.candidates import having_all, having_some, named
from calmdesk.records.derived import Glance
from calmdesk.records.findable import Pieces, gather, note
from calmdesk.records.full_text import FIELDS, Entry, asking, entries
from calmdesk.records.search_rows import Found, FoundCase
from calmdesk.records.store import Store
from calmdesk.records.widening import misspelt, widened

NEWEST = 200
"""Cases that are ranked: the newest that fit."""
NAMED = 50
"""Of these, where more fit, the newest that are named so, of all years."""
SHOWN = 40
"""Cases that are handed out, the best of these."""
FEW = 10
"""With fewer, words that are spelt alike are looked for as well."""
TOLD = 8
"""Things that are looked for, the rarest, when more were typed or pasted."""
_WHERE = dict(
    zip(FIELDS, ("name", "reference", "number", "about", "case", "note", "letter"), strict=True)
)


Alike = tuple[str, tuple[str, ...]]
"""A word as it was typed, and those that were taken for it."""


def find(
    store: Store, text: str, chosen: Filter, now: datetime, *, filtered: bool = False
) -> Found:
    """The cases of a filter that a typed or pasted text fits, the best first. The last word may be
    half typed; any may be misspelt. Any text at all is a search; of one that was nothing but filters
    (`filtered`), the newest cases are found."""
    if filtered and not text.strip():
        return _newest(store, chosen, now)
    things = sought(text)
    if not things:
        return Found(nothing_asked=True)
    with store.searching() as session:
        found, wanted, places = _look(session, things, chosen)
        rows = _rows(session, Matcher(wanted), places, now)
        return replace(found, rows=rows)


def _newest(store: Store, chosen: Filter, now: datetime) -> Found:
    with store.searching() as session:
        places = asking.newest(session, chosen, None, NEWEST + 1)
        found = session.exec(select(Glance).where(col(Glance.place).in_(places[:SHOWN])))
        lines = sorted(lines_of(session, found.all(), now), key=lambda it: -it.place)
        rows = tuple(FoundCase(it, "reference", it.ref, ()) for it in lines)
    return Found(rows, total=min(len(places), NEWEST), more=len(places) > NEWEST)


def _look(
    session: Session, things: Sequence[Sought], chosen: Filter
) -> tuple[Found, list[Wanted], list[int]]:
    """How many cases there are, what was taken for what, and the places of those that are ranked."""
    connection = session.connection()
    wanted = [it for thing in things for it in widened(connection, thing)]
    wanted, instead, unknown = _spelt_otherwise(connection, wanted)
    if len(wanted) > TOLD:
        wanted = sorted(wanted, key=lambda it: it.cases)[:TOLD]
    places = having_all(session, wanted, chosen, NEWEST + 1)
    also: list[Alike] = []
    if len(places) < FEW:
        wider, taken = _wider(connection, wanted)
        more = having_all(session, wider, chosen, NEWEST + 1) if taken else []
        if len(more) > len(places):
            wanted, places, also = wider, more, taken
    partly = not places and len(wanted) > 1
    if partly:
        places = having_some(session, wanted, chosen, NEWEST + 1)
    found = Found(
        total=min(len(places), NEWEST),
        more=len(places) > NEWEST,
        instead=tuple(instead),
        also=tuple(also),
        unknown=tuple(unknown),
        partly=partly and bool(places),
    )
    if found.more:
        first = named(session, wanted, chosen, NAMED, partly=partly)
        places = [*dict.fromkeys([*first, *places])]
    return found, wanted, places[:NEWEST]


def _spelt_otherwise(
    connection: Connection, wanted: Sequence[Wanted]
) -> tuple[list[Wanted], list[Alike], list[str]]:
    """For words that no case has, those that they may be meant for; and words that mean nothing."""
    kept: list[Wanted] = []
    instead: list[Alike] = []
    unknown: list[str] = []
    for it in wanted:
        other = it if it.found else misspelt(connection, it)
        if not other.found:
            unknown.append(it.sought.text)
            continue
        kept.append(other)
        if other is not it:
            instead.append((it.sought.text, tuple(other.terms)))
    return kept, instead, unknown


def _wider(connection: Connection, wanted: Sequence[Wanted]) -> tuple[list[Wanted], list[Alike]]:
    """The same with words that are spelt alike, and what was taken for what."""
    wider = [misspelt(connection, it) for it in wanted]
    taken = [
        (it.sought.text, tuple(term for term in other.terms if term not in it.terms))
        for it, other in zip(wanted, wider, strict=True)
        if other is not it
    ]
    return wider, [(typed, words) for typed, words in taken if words]


def _rows(
    session: Session, matcher: Matcher, places: Sequence[int], now: datetime
) -> tuple[FoundCase, ...]:
    """The best of the cases at some places."""
    connection = session.connection()
    fits = [
        (matcher.fit(dict(zip(FIELDS, it.fields, strict=True))), it)
        for it in entries(connection, "place", places)
    ]
    fits.sort(key=lambda fit: (-fit[0].things, -round(fit[0].score, 1), -fit[1].place))
    best = fits[:SHOWN]
    found = session.exec(select(Glance).where(col(Glance.place).in_([it.place for _, it in best])))
    lines = {line.place: line for line in lines_of(session, found.all(), now)}
    written = [it.case_id for fit, it in best if fit.field not in ("", "said")]
    pieces = gather(connection, written, {fit.field for fit, _ in best} - {"said"})
    rows = []
    for fit, it in best:
        line = lines.get(it.place)
        if line is not None and line.id == it.case_id:
            text = _piece(connection, it, fit, pieces.get(it.case_id, {}))
            shown, marks = passage(text, matcher)
            if fit.field == "numbers" and not marks:
                marks = ((0, len(shown)),)
            rows.append(FoundCase(line, _WHERE.get(fit.field, ""), shown, marks))
    return tuple(rows)


def _piece(connection: Connection, it: Entry, fit: Fit, pieces: Pieces) -> str:
    """The piece of a case that shows best what was looked for, as it was written; as it is compared,
    where it was changed since."""
    if not fit.field:
        return ""
    compared = it.fields[FIELDS.index(fit.field)].split("\n")[fit.line]
    if fit.field == "numbers":
        return _as_spelt(compared, pieces.get("numbers", ()))
    if fit.field == "said":
        return note(connection, it.case_id, fit.line) or compared
    texts = pieces.get(fit.field, ())
    text = texts[fit.line] if fit.line < len(texts) else compared
    return text.replace("_", " ") if fit.field == "about" else text


def _as_spelt(compared: str, texts: Sequence[str]) -> str:
    """A telephone number as somebody wrote it."""
    digits = compared.split(" ")[0]
    spelt = (text for text in texts if figures(text).lstrip("0") == digits)
    return next(spelt, digits)
