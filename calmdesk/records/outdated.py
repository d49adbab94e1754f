"""What is kept beside the record and is to be made anew: the counts of days, and what the search
knows of a case. Here it is marked; `rolling` and `tending` make it again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import TextClause, text
from sqlmodel import Session, col, select

from calmdesk.records.derived import Glance

_DAY_OF = text(
    "DELETE FROM rolled_day WHERE until > :place"
    " AND since = (SELECT max(since) FROM rolled_day WHERE since <= :place)"
)
_DAYS_BETWEEN = text("DELETE FROM rolled_day WHERE until > :first AND since <= :last")
_WORDS = text("INSERT OR IGNORE INTO search_todo VALUES (:case_id)")


def days_of(session: Session, places: Iterable[int]) -> None:
    """The counts of the days in which some places lie stand no more."""
    _each(session, _DAY_OF, [{"place": it} for it in set(places)])


def days_between(session: Session, first: int, last: int) -> None:
    """The same of all days from one place to another."""
    _each(session, _DAYS_BETWEEN, [{"first": first, "last": last}])


def words_of(session: Session, case_ids: Iterable[str]) -> None:
    """The words of some cases have changed: the search is to learn them."""
    _each(session, _WORDS, [{"case_id": it} for it in case_ids])


def words_of_customers(session: Session, customer_ids: Sequence[str]) -> None:
    """The same of all cases of some customers: they are called another name, or are others."""
    theirs = select(Glance.case_id).where(col(Glance.customer_id).in_(customer_ids))
    words_of(session, session.exec(theirs).all())


def _each(session: Session, statement: TextClause, given: Sequence[dict[str, int | str]]) -> None:
    if given:
        session.connection().execute(statement, given)
