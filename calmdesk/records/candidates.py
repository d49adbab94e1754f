"""Which cases come into question for a search: the newest that have what is looked for.

A word that few cases have is asked of the index, and the filter of what it gives. One that very many
have is gone after the other way, from the newest case of the filter on. Where very many come into
question, those that are named so do as well, however old they are.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection
from sqlmodel import Session

from calmdesk.guide.filters import Filter
from calmdesk.guide.ranking import Matcher, Wanted
from calmdesk.records.choosing import conditions
from calmdesk.records.full_text import FIELDS, asking, entries

COMMON = 50_000
"""Cases from which a word is so common that the cases of a filter are read instead."""
AT_ONCE = 250
"""Cases of a filter that are read at once."""
READ = 2_000
"""Cases of a filter that are read at most; then the index is asked after all."""
SIFTED = 100_000
"""Cases with a word that are sifted at most for those that are named so: more take longer than one
waits for the answer to a key."""
AS_TYPED = 0.9
"""How well a term is, at least, just what was typed; a telephone number may be spelt otherwise."""


def having_all(session: Session, wanted: Sequence[Wanted], chosen: Filter, most: int) -> list[int]:
    """Places of the newest cases of a filter that have all that is wanted."""
    if not wanted:
        return []
    match = " AND ".join(map(_match, wanted))
    found: list[int] = []
    before: int | None = None
    if min(it.cases for it in wanted) >= COMMON and conditions(chosen):
        found, before = _read(session, Matcher(wanted), chosen, most)
        if before is None:
            return found
    return found + asking.places(session, match, chosen, most - len(found), before)


def having_some(session: Session, wanted: Sequence[Wanted], chosen: Filter, most: int) -> list[int]:
    """Places of the newest cases of a filter that have any of it."""
    return asking.places(session, " OR ".join(map(_match, wanted)), chosen, most)


def named(
    session: Session, wanted: Sequence[Wanted], chosen: Filter, most: int, *, partly: bool
) -> list[int]:
    """Places of the newest cases of a filter that have all that is wanted, or `partly` any of it,
    as it was typed, in what names them; none where too many cases would be sifted for them."""
    typed = [_as_typed(it) for it in wanted]
    sifted = [_cases(session.connection(), it) for it in typed]
    if (sum(sifted) if partly else min(sifted)) > SIFTED:
        return []
    match = (" OR " if partly else " AND ").join(map(_match, typed))
    return asking.places(session, asking.naming(match), chosen, most)


def _as_typed(it: Wanted) -> Wanted:
    """The same without what it may go on to or be meant for, where it is known as it stands."""
    known = {term: quality for term, quality in it.terms.items() if quality >= AS_TYPED}
    return replace(it, terms=known, begun="") if known else it


def _cases(connection: Connection, it: Wanted) -> int:
    """About how many cases the index goes through for it."""
    counts = asking.known(connection, [*it.terms, *it.side_by_side])
    side_by_side = min((counts.get(word, 0) for word in it.side_by_side), default=0)
    return sum(counts.get(term, 0) for term in it.terms) + side_by_side


def _match(wanted: Wanted) -> str:
    rows = [wanted.side_by_side] if wanted.side_by_side else []
    return asking.either([*wanted.terms], rows, wanted.begun)


def _read(
    session: Session, matcher: Matcher, chosen: Filter, most: int
) -> tuple[list[int], int | None]:
    """The newest cases of a filter that have all of it, as they are read one after the other; and
    the place from which on nothing was read, None when that was not needed."""
    found: list[int] = []
    before: int | None = None
    for _ in range(READ // AT_ONCE):
        places = asking.newest(session, chosen, before, AT_ONCE)
        read = {it.place: it for it in entries(session.connection(), "place", places)}
        for place in places:
            fields = dict(zip(FIELDS, read[place].fields, strict=True)) if place in read else {}
            if matcher.fit(fields).things == len(matcher.wanted):
                found.append(place)
        if len(places) < AT_ONCE or len(found) >= most:
            return found[:most], None
        before = places[-1]
    return found, before
