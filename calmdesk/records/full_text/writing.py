"""How the index learns: cases are taken out and put in, and their words are counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from calmdesk.guide.misspelt import can_slip, slips
from calmdesk.guide.telephone import Number, beginnings
from calmdesk.records.full_text import FIELDS, Entry, each

PAGES = 500
"""Pages of the index that are put together in one step."""

_COLUMNS = ", ".join(FIELDS)
_MARKS = ", ".join("?" * len(FIELDS))
_FORGET = (
    f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) VALUES ('delete', ?, {_MARKS})"
)
_LEARN = f"INSERT INTO search_index (rowid, {_COLUMNS}) VALUES (?, {_MARKS})"


def replace(connection: Connection, old: Iterable[Entry], new: Iterable[Entry]) -> None:
    """Let the index forget some cases and know others, or the same anew. What has not changed is
    not touched."""
    gone, come = set(old), set(new)
    gone, come = gone - come, come - gone
    _many(connection, "DELETE FROM search_text WHERE place = ?", [(it.place,) for it in gone])
    # one place after the other: going back would have SQLite begin another part of its index
    steps = sorted([(it.place, 0, it) for it in gone] + [(it.place, 1, it) for it in come])
    if gone:
        for place, is_new, it in steps:
            _many(connection, _LEARN if is_new else _FORGET, [(place, *it.fields)])
    else:
        _many(connection, _LEARN, [(place, *it.fields) for place, _, it in steps])
    known = [(it.place, it.case_id, *it.fields) for it in come]
    _many(connection, f"INSERT INTO search_text VALUES (?, ?, {_MARKS})", sorted(known))
    _count(connection, gone, come)
    _number(connection, come)


def _count(connection: Connection, gone: Iterable[Entry], come: Iterable[Entry]) -> None:
    """Keep count of the cases that have a word. One that comes first is learned with its slips; one
    that nobody has any more is forgotten."""
    change: Counter[str] = Counter()
    for entry in come:
        change.update(_words(entry))
    for entry in gone:
        change.subtract(_words(entry))
    changed = {term: cases for term, cases in sorted(change.items()) if cases}
    question = "SELECT term, cases FROM search_word WHERE term IN"
    known: dict[str, int] = dict(each(connection, question, [*changed]))
    _many(
        connection,
        "INSERT INTO search_word VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET cases = cases + excluded.cases",
        [*changed.items()],
    )
    learn = "INSERT OR IGNORE INTO search_slip VALUES (?, ?)"
    _many(connection, learn, _slips(it for it in changed if it not in known))
    lost = [it for it, cases in known.items() if cases + changed[it] <= 0]
    _many(connection, "DELETE FROM search_word WHERE term = ?", [(it,) for it in lost])
    _many(connection, "DELETE FROM search_slip WHERE slip = ? AND term = ?", _slips(lost))


def _slips(words: Iterable[str]) -> list[tuple[str, str]]:
    return sorted((slip, it) for it in words if can_slip(it) for slip in slips(it))


def _words(entry: Entry) -> set[str]:
    """The words of a case that one goes on to from a beginning. None has figures in it: of those
    there are as many as cases."""
    found = set(" ".join(entry.fields).split())
    return {word for word in found if word.isalpha() or not any(map(str.isdecimal, word))}


def _number(connection: Connection, come: Iterable[Entry]) -> None:
    numbers = {
        tuple(line.split())
        for it in come
        for line in it.fields[FIELDS.index("numbers")].split("\n")
    }
    rows = {
        (begins, digits)
        for digits, *national in filter(None, numbers)
        for begins in beginnings(Number(digits, "".join(national)))
    }
    _many(connection, "INSERT OR IGNORE INTO search_number VALUES (?, ?)", sorted(rows))


def _many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def settle(connection: Connection, begin: bool) -> bool:
    """After very many cases: put the parts of the index together, one step. `begin` takes all parts
    there are. Returns whether there is more to do."""
    raw: Any = connection.connection.driver_connection
    before = raw.total_changes
    connection.exec_driver_sql(
        "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)",
        (-PAGES if begin else PAGES,),
    )
    return bool(raw.total_changes - before > 1)


def misplaced(connection: Connection) -> None:
    """Places were given anew: what stands elsewhere now is to be indexed again."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO search_todo SELECT search_text.case_id FROM search_text"
        " LEFT JOIN glance ON glance.case_id = search_text.case_id"
        " WHERE glance.place IS NOT search_text.place"
    )
