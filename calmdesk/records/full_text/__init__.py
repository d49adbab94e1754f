"""The index of the search: the one place that knows SQLite's full text, and nothing else does.

    search_text     the folded words of a case by field, a line a piece; its key is the case's place
    search_index    FTS5 over these: which places have a word
    search_word     every word and how many cases have it: how a beginning goes on
    search_slip     every word under what it becomes when one letter is left out: how it is misspelt
    search_number   every telephone number under all that one may begin to type of it

The newest case has the largest place: the newest that fit are read from the end, however many there
are before them.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

FIELDS = ("who", "ref", "numbers", "about", "agreed", "said", "letters")
AT_ONCE = 500
"""Values in one question."""


class Entry(NamedTuple):
    """A case as it is found."""

    place: int
    case_id: str
    fields: tuple[str, ...]
    """Folded text by field, in the order of `FIELDS`; each piece a line."""


def entries(connection: Connection, column: str, values: Sequence[Any]) -> list[Entry]:
    """What the index holds where a column, `place` or `case_id`, has one of some values."""
    found = each(connection, f"SELECT * FROM search_text WHERE {column} IN", values)
    return [Entry(row[0], row[1], row[2:]) for row in found]


def each(connection: Connection, question: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a question that ends with IN, asked for some hundred values at once."""
    found: list[Any] = []
    for first in range(0, len(values), AT_ONCE):
        some = tuple(values[first : first + AT_ONCE])
        marks = ", ".join("?" * len(some))
        found += rows(connection, f"{question} ({marks})", some)
    return found


def rows(connection: Connection, question: str, given: tuple[Any, ...] = ()) -> list[Any]:
    """The rows of a question as plain tuples: a search reads many."""
    cursor = connection.exec_driver_sql(question, given).cursor
    return list(cursor.fetchall())
