"""How notes are typed, out of `hearing.toml`: a firm's own file adds to the lists that ship."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook.files import Source
from calmdesk.guide.playbook.reading import Row, unknown
from calmdesk.guide.spelling import Words

_TABLES = ("short", "days")
_LISTS = {
    "": ("once",),
    "words": (
        *("between", "ambiguous", "before_day", "beside"),
        *("before_place", "no_places", "numbered", "counted", "plural"),
    ),
    "things": ("nouns",),
}
"""The lists of words, by the heading under which they stand."""


def read_words(sources: Iterable[Source]) -> Words:
    """The words of all these files, those that ship first."""
    files = list(sources)
    lists: dict[str, dict[str, None]] = {name: {} for names in _LISTS.values() for name in names}
    tables: dict[str, dict[str, str]] = {name: {} for name in _TABLES}
    stemmer = Words.stemmer
    for source in files:
        source.only("stemmer", *_TABLES, *filter(None, (*_LISTS, "once")))
        row = Row(source.table, source.tell_key)
        stemmer = _stemmer(row, stemmer)
        for name, table in tables.items():
            table |= row.pairs(name)
        for heading, names in _LISTS.items():
            group = _group(source, heading, names)
            for name in names:
                lists[name] |= dict.fromkeys(group.words(name))
    return Words(
        stemmer=stemmer,
        short=tables["short"],
        days=tables["days"],
        between=frozenset(lists["between"]),
        ambiguous=frozenset(lists["ambiguous"]),
        before_day=frozenset(lists["before_day"]),
        beside=frozenset(lists["beside"]),
        before_place=tuple(lists["before_place"]),
        no_places=frozenset(lists["no_places"]),
        numbered=tuple(lists["numbered"]),
        counted=frozenset(lists["counted"]),
        plural=tuple(lists["plural"]),
        things=tuple(lists["nouns"]),
        once=tuple(lists["once"]),
    )


def _stemmer(row: Row, before: str) -> str:
    """The language whose rules bring words to their stem; the one before where none is named."""
    named = row.text("stemmer", before).casefold()
    if named == before:
        return before
    from snowballstemmer import algorithms

    known = tuple(algorithms())
    if named in known:
        return named
    row.tell("stemmer", unknown(f"stemmer {named!r}", named, known))
    return before


def _group(source: Source, heading: str, names: Sequence[str]) -> Row:
    """The lists under one heading; those of the whole file under none."""
    if not heading:
        return Row(source.table, source.tell_key)
    values = source.table.get(heading, {})
    row = Row(values, source.tell_key)
    if not isinstance(values, dict):
        source.tell_key(heading, f"{heading} must be a table of lists")
    row.only(*names)
    return row


def said_once(phrase: Phrase, once: Iterable[str]) -> Phrase:
    """The phrase, marked with the words of it that are said once in a call."""
    said = frozenset(words for words in once if words in phrase.line.casefold())
    return replace(phrase, once=said) if said else phrase
