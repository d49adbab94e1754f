"""What the index is asked: which words there are, and which cases have them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from calmdesk.guide.filters import Filter
from calmdesk.guide.folding import LAST
from calmdesk.guide.misspelt import slip_count, slips
from calmdesk.guide.telephone import asked
from calmdesk.records.choosing import conditions
from calmdesk.records.derived import Glance, place_of
from calmdesk.records.full_text import each, rows

ALIKE_FROM = 2
"""First letters that a word with two slips must have right."""
_HITS = sa.table("search_index", sa.column("rowid", sa.Integer))

Word = tuple[str, int]
"""A word, and how many cases have it."""


def known(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    """Those of some words that any case has, and how many have it."""
    return dict(each(connection, "SELECT term, cases FROM search_word WHERE term IN", words))


def going_on(connection: Connection, begins: str, most: int) -> list[Word]:
    """How a beginning goes on, what most cases have first."""
    return rows(
        connection,
        "SELECT term, cases FROM search_word WHERE term > ? AND term < ?"
        " ORDER BY cases DESC, term LIMIT ?",
        (begins, begins + LAST, most),
    )


def alike(connection: Connection, word: str) -> list[Word]:
    """Words that one with a slip may be meant for; a long one with two slips, if it begins right."""
    left = [word, *slips(word)]
    terms = [*left, *(term for _, term in _slipped(connection, left))]
    found = known(connection, sorted(set(terms) - {word}))
    if slip_count(word) > 1:
        begins = word[:ALIKE_FROM]
        near = rows(
            connection,
            "SELECT term, cases FROM search_word"
            " WHERE term > ? AND term < ? AND length(term) BETWEEN ? AND ?",
            (begins, begins + LAST, len(word) - 2, len(word) + 2),
        )
        found |= dict(near)
    return list(found.items())


def _slipped(connection: Connection, left: Sequence[str]) -> list[tuple[str, str]]:
    return each(connection, "SELECT slip, term FROM search_slip WHERE slip IN", left)


def telephones(connection: Connection, run: str, most: int) -> list[str]:
    """The telephone numbers that a typed run of figures may be, as the index knows them."""
    begun, whole = asked(run)
    found = [
        term
        for begins in begun
        for (term,) in rows(
            connection,
            "SELECT term FROM search_number WHERE begins >= ? AND begins < ? LIMIT ?",
            (begins, begins + LAST, most),
        )
    ]
    found += [
        term
        for (term,) in each(connection, "SELECT term FROM search_number WHERE begins IN", whole)
    ]
    return list(dict.fromkeys(found))[:most]


def places(
    session: Session, match: str, chosen: Filter, most: int, before: int | None = None
) -> list[int]:
    """Places of the newest cases that an expression of the full text matches, in a filter; those
    before a place, when there is one."""
    query = select(_HITS.c.rowid).where(sa.text("search_index MATCH :match"))
    if limits := conditions(chosen):
        query = query.join(Glance, col(Glance.place) == _HITS.c.rowid).where(*limits)
        if chosen.since is not None:
            query = query.where(_HITS.c.rowid >= place_of(chosen.since))
        if chosen.until is not None:
            query = query.where(_HITS.c.rowid < place_of(chosen.until))
    if before is not None:
        query = query.where(_HITS.c.rowid < before)
    query = query.order_by(_HITS.c.rowid.desc()).limit(most)
    found = session.connection().execute(query, {"match": match})
    return [place for (place,) in found]


def newest(session: Session, chosen: Filter, before: int | None, most: int) -> list[int]:
    """Places of the newest cases of a filter; those before a place, when there is one."""
    query = select(Glance.place).where(*conditions(chosen))
    if before is not None:
        query = query.where(Glance.place < before)
    return list(session.exec(query.order_by(col(Glance.place).desc()).limit(most)))


def either(terms: Sequence[str], phrases: Sequence[Sequence[str]] = (), begun: str = "") -> str:
    """An expression for one of some words, or some words side by side, or any that begins so."""
    parts = [_quoted(term) for term in terms]
    parts += [_quoted(" ".join(phrase)) for phrase in phrases]
    parts += [f"{_quoted(begun)} *"] if begun else []
    return f"({' OR '.join(parts)})"


def of_caller(begun: Sequence[str]) -> str:
    """An expression for callers with all of some words in their names and companies, each perhaps
    half typed."""
    return f"{{who}} : ({' AND '.join(f'{_quoted(word)} *' for word in begun)})"


def naming(match: str) -> str:
    """An expression for cases that another one matches in what names them: who called, the
    reference, the numbers."""
    return f"{{who ref numbers}} : ({match})"


def _quoted(words: str) -> str:
    return f'"{words}"'  # folded words hold no quotation mark
