"""What the cases of a page have several of, as lines of a cell: calls, promises, follow-ups, offers,
numbers; and their reviews, without a word of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import String, extract, type_coerce
from sqlmodel import Session, col, func, select

from calmdesk.exchange.lines import call_line, follow_up_line, offer_line, promise_line
from calmdesk.records.derived import Glance
from calmdesk.records.models import (
    Contact,
    CustomerNumber,
    FollowUp,
    Offer,
    Promise,
    Review,
    Span,
)


class Spelling(Protocol):
    """How the values of an export are written."""

    def iso(self, stored: str | None) -> str:
        """An instant on the agent's wall."""
        ...

    def amount(self, minor: int) -> str:
        """An amount in units of the currency."""
        ...

    def named(self, agent: str) -> str:
        """The name of an agent."""
        ...


def plain_rows(session: Session, query: Any) -> Sequence[Any]:
    """The rows of a query just as the database hands them out: nothing is made of any value."""
    return session.connection().execute(query).cursor.fetchall()


def as_stored(column: Any) -> Any:
    """An instant as the table holds it: nothing is made of it that is not needed."""
    return type_coerce(column, String)


class Several:
    """What the cases of a page have several of, as lines of a cell by case. The page is told by its
    places and the filter: a list of its cases would be longer than any question."""

    def __init__(self, session: Session, of_page: Sequence[Any], spelling: Spelling) -> None:
        self._session, self._of_page, self._spelling = session, of_page, spelling
        self.calls = self._calls()
        self.promises = _joined(self._promises())
        self.follow_ups = _joined(self._follow_ups())
        self.offers = _joined(self._offers())
        self.reviews = self._reviews()
        self.numbers = _joined(self._numbers())

    def _calls(self) -> Mapping[str, tuple[str, int]]:
        """Calls of each case, and the seconds of all of them."""
        lines: dict[str, str] = {}
        spent: dict[str, int] = {}
        for case_id, at, direction, state, seconds in self._read(_CALLS, Contact):
            line = call_line(self._spelling.iso(at), direction, state, seconds)
            lines[case_id] = f"{lines[case_id]}\n{line}" if case_id in lines else line
            spent[case_id] = spent.get(case_id, 0) + round(seconds or 0)
        return {case_id: (told, spent[case_id]) for case_id, told in lines.items()}

    def _promises(self) -> Iterator[tuple[str, str]]:
        iso = self._spelling.iso
        for case_id, state, kind, due, told, what in self._read(_PROMISED, Promise):
            yield case_id, promise_line(state, kind, iso(due), iso(told), what)

    def _follow_ups(self) -> Iterator[tuple[str, str]]:
        for case_id, state, kind, due, what in self._read(_FOLLOWING, FollowUp):
            yield case_id, follow_up_line(state, kind, self._spelling.iso(due), what)

    def _offers(self) -> Iterator[tuple[str, str]]:
        for case_id, verdict, amount, text in self._read(_OFFERED, Offer):
            yield case_id, offer_line(verdict, self._spelling.amount(amount), text)

    def _reviews(self) -> Mapping[str, tuple[str, str]]:
        """When each case was reviewed last, and by whom."""
        return {
            case_id: (self._spelling.iso(at), self._spelling.named(agent))
            for case_id, at, agent in self._read(_REVIEWS, Review)
        }

    def _numbers(self) -> Iterator[tuple[str, str]]:
        query = _NUMBERED.where(*self._of_page)
        for _, customer, number in plain_rows(self._session, query):
            yield customer, number

    def _read(self, query: Any, table: Any) -> Any:
        """The rows of a table that belong to the cases of the page."""
        of_case = query.join(Glance, col(Glance.case_id) == table.case_id)
        return plain_rows(self._session, of_case.where(*self._of_page))


_CALLS = sa.select(
    col(Contact.case_id),
    as_stored(Contact.answered_at),
    col(Contact.direction),
    col(Contact.state),
    select(func.sum(extract("epoch", col(Span.ended_at)) - extract("epoch", col(Span.began_at))))
    .where(Span.contact_id == Contact.id)
    .scalar_subquery(),
).order_by(col(Contact.answered_at), col(Contact.id))
_PROMISED = sa.select(
    col(Promise.case_id),
    col(Promise.state),
    col(Promise.kind),
    as_stored(Promise.due_at),
    as_stored(Promise.told_at),
    col(Promise.what),
).order_by(col(Promise.told_at), col(Promise.id))
_FOLLOWING = sa.select(
    col(FollowUp.case_id),
    col(FollowUp.state),
    col(FollowUp.kind),
    as_stored(FollowUp.due_at),
    col(FollowUp.what),
).order_by(col(FollowUp.due_at), col(FollowUp.id))
_OFFERED = sa.select(
    col(Offer.case_id), col(Offer.verdict), col(Offer.amount), col(Offer.text)
).order_by(col(Offer.at), col(Offer.id))
_REVIEWS = sa.select(col(Review.case_id), as_stored(Review.at), col(Review.agent_id)).order_by(
    col(Review.at)
)
_NUMBERED = (
    sa.select(col(CustomerNumber.id), col(CustomerNumber.customer_id), col(CustomerNumber.number))
    .join(Glance, col(Glance.customer_id) == CustomerNumber.customer_id)
    .distinct()
    .order_by(col(CustomerNumber.id))
)


def _joined(pairs: Iterator[tuple[str, str]]) -> Mapping[str, str]:
    """The lines of each case in one cell."""
    lines: dict[str, str] = {}
    for case_id, line in pairs:
        lines[case_id] = f"{lines[case_id]}\n{line}" if case_id in lines else line
    return lines
