"""Verbs of the filters that an agent keeps by name."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from calmdesk.errors import Refused
from calmdesk.records.day_rows import NamedFilter
from calmdesk.records.models import SavedFilter
from calmdesk.records.store import Store
from calmdesk.words import one_line


def save(store: Store, name: str, words: str, at: datetime) -> None:
    """Keep a filter, as it would be typed, under a name; in the place of one that has it. Raises
    Refused without a name or words."""
    name, words = one_line(name), one_line(words)
    if not name:
        raise Refused("What is the filter to be called?")
    if not words:
        raise Refused("The filter lets everything through; type what it is to show first.")
    with store.transaction() as session:
        _drop(session, store.me, name)
        row = {"agent_id": store.me, "name": name, "words": words, "saved_at": at}
        session.connection().execute(insert(SavedFilter), row)


def saved(store: Store) -> tuple[NamedFilter, ...]:
    """The agent's own filters, by name."""
    with store.reading() as session:
        mine = select(SavedFilter.name, SavedFilter.words).where(SavedFilter.agent_id == store.me)
        found = [NamedFilter(*row) for row in session.exec(mine)]
    return tuple(sorted(found, key=lambda it: it.name.casefold()))


def drop(store: Store, name: str) -> None:
    """Keep a filter no longer."""
    with store.transaction() as session:
        _drop(session, store.me, one_line(name))


def _drop(session: Session, me: str, name: str) -> None:
    """Remove the agent's filter of a name, in whichever case it is written."""
    mine = select(SavedFilter.name).where(SavedFilter.agent_id == me)
    same = [it for it in session.exec(mine) if it.casefold() == name.casefold()]
    gone = (col(SavedFilter.agent_id) == me, col(SavedFilter.name).in_(same))
    session.connection().execute(delete(SavedFilter).where(*gone))
