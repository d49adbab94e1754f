"""Verbs that hand out many cases at once, as rows of a sheet (`exchange.columns`).

A page is some thousand cases in the order of time, the oldest first; it is asked for behind the
place of the one before, so that no reading lasts and memory stays as it is. Nothing private is in
a row: neither what agents tell themselves, nor a review's words, nor a letter that has not left.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, func, select

from calmdesk.exchange.columns import CASES, Kind
from calmdesk.exchange.stored_times import Wall
from calmdesk.guide.filters import Filter
from calmdesk.guide.money import places
from calmdesk.guide.playbook import Playbook
from calmdesk.records.choosing import conditions
from calmdesk.records.derived import Glance
from calmdesk.records.export_lines import Several, as_stored, plain_rows
from calmdesk.records.models import (
    Agent,
    Case,
    Customer,
)
from calmdesk.records.store import Store

AT_ONCE = 1_000
"""Cases of a page."""
Row = list[Any]


def case_rows(
    store: Store, chosen: Filter, playbook: Playbook, currency: str
) -> Iterator[list[Row]]:
    """The cases of a filter, a page at a time."""
    pages = _Pages(store, chosen, playbook, currency)
    place = -1
    while True:
        place, rows = pages.after(place)
        if not rows:
            return
        yield rows


def _flag(column: Any) -> Any:
    return sa.case((column, "yes"), else_="no")


_READ: dict[str, Any] = {
    "ref": col(Case.ref),
    "opened_at": as_stored(Case.opened_at),
    "agent": col(Glance.agent_id),
    "customer": func.coalesce(Customer.name, ""),
    "company": func.coalesce(Customer.company, ""),
    "numbers": col(Glance.customer_id),
    "category": col(Case.category),
    "category_name": col(Case.category),
    "cause": col(Case.cause),
    "cause_name": col(Case.cause),
    "fault": col(Case.fault),
    "ask": col(Case.ask),
    "stake": col(Case.stake),
    "heat_before": func.nullif(Case.heat_start, 0),
    "heat_after": func.nullif(Case.heat_end, 0),
    "outcome": col(Case.outcome),
    "status": col(Case.status),
    "agreed_at": as_stored(Case.agreed_at),
    "read_back": col(Case.read_back),
    "summary": col(Case.summary),
    "promises_open": col(Glance.promises_open),
    "promises_kept": col(Glance.promises_kept),
    "promises_late": col(Glance.promises_late),
    "promises_missed": col(Glance.promises_missed),
    "next_due": as_stored(Glance.next_at),
    "cost": col(Glance.cost),
    "calls": col(Glance.calls),
    "repeat": _flag(Glance.repeat),
    "reviewed": _flag(Glance.reviewed),
    "example": _flag(Case.example),
    "told_at": as_stored(Case.told_at),
    "told_how": col(Case.told_how),
    "closed_at": as_stored(Case.closed_at),
    "case_id": col(Glance.case_id),
    "customer_id": col(Glance.customer_id),
}
"""What is read for each column; the columns that are not here are filled in."""
_AT = {column.name: at for at, column in enumerate(CASES)}
_INSTANTS = [_AT[name] for name in _READ if CASES[_AT[name]].kind is Kind.INSTANT]
_PAGE = (
    sa.select(
        *(_READ.get(column.name, sa.literal_column("''")).label(column.name) for column in CASES),
        col(Glance.place),
    )
    .select_from(Glance)
    .join(Case, col(Case.id) == Glance.case_id)
    .outerjoin(Customer, col(Customer.id) == Glance.customer_id)
    .order_by(col(Glance.place))
    .limit(AT_ONCE)
)


def along_the_table(chosen: Filter) -> list[Any]:
    """The conditions of a filter, tested row by row as pages follow each other along the table: an
    index of one of them would be sorted anew for each page."""
    days = conditions(Filter(chosen.since, chosen.until))
    others = conditions(chosen.of_any_day)
    return [*days, *(func.coalesce(other, sa.literal(False)) for other in others)]


_CASE, _AGENT, _NUMBERS = _AT["case_id"], _AT["agent"], _AT["numbers"]
_CATEGORY, _CAUSE = _AT["category_name"], _AT["cause_name"]
_COST, _CURRENCY, _CALL_TIMES = _AT["cost"], _AT["currency"], _AT["call_times"]
_MINUTES, _PROMISES, _FOLLOW_UPS = _AT["handle_minutes"], _AT["promises"], _AT["follow_ups"]
_OFFERS, _REVIEWED_AT, _REVIEWED_BY = _AT["offers"], _AT["reviewed_at"], _AT["reviewed_by"]
_NO_CALLS = ("", 0)


class _Pages:
    """Pages of one export; what is the same on all of them is asked once."""

    def __init__(self, store: Store, chosen: Filter, playbook: Playbook, currency: str) -> None:
        self._store = store
        self._chosen = along_the_table(chosen)
        self._page = _PAGE.where(*self._chosen)
        self._wall = Wall(store.zone)
        self._currency = currency
        self._scale, self._digits = 10 ** places(currency), places(currency)
        self._categories = {it.id: it.name for it in playbook.categories}
        self._causes = {it.id: it.name for it in playbook.causes}
        self._costs: dict[int, str] = {}

    def after(self, place: int) -> tuple[int, list[Row]]:
        """The page behind a place, and the place of its last row."""
        with self._store.reading() as session:
            found = plain_rows(session, self._page.where(col(Glance.place) > place))
            if not found:
                return place, []
            self._agents = dict(session.exec(select(Agent.id, Agent.name)).all())
            rows = [list(it) for it in found]
            places = [row.pop() for row in rows]
            within = (col(Glance.place).between(place + 1, places[-1]), *self._chosen)
            more = Several(session, within, self)
        for row in rows:
            self._fill(row, more)
        return places[-1], rows

    def _fill(self, row: Row, more: Several) -> None:
        """Say ids, instants and amounts of a row as they are read, and add what it has several of."""
        case_id, iso = row[_CASE], self._wall.iso
        for at in _INSTANTS:
            if row[at] is not None:
                row[at] = iso(row[at])
        row[_AGENT] = self._agents.get(row[_AGENT], "")
        row[_NUMBERS] = more.numbers.get(row[_NUMBERS], "")
        row[_CATEGORY] = self._categories.get(row[_CATEGORY], "")
        row[_CAUSE] = self._causes.get(row[_CAUSE], "")
        row[_COST], row[_CURRENCY] = self.amount(row[_COST]), self._currency
        row[_CALL_TIMES], seconds = more.calls.get(case_id, _NO_CALLS)
        row[_MINUTES] = round(seconds / 60, 2)
        row[_PROMISES] = more.promises.get(case_id, "")
        row[_FOLLOW_UPS] = more.follow_ups.get(case_id, "")
        row[_OFFERS] = more.offers.get(case_id, "")
        if case_id in more.reviews:
            row[_REVIEWED_AT], row[_REVIEWED_BY] = more.reviews[case_id]

    def amount(self, minor: int) -> str:
        """An amount in units of the currency, `45.00`."""
        return f"{minor / self._scale:.{self._digits}f}"

    def iso(self, stored: str | None) -> str:
        """An instant on the agent's wall."""
        return self._wall.iso(stored)

    def named(self, agent: str) -> str:
        """The name of an agent."""
        return self._agents.get(agent, "")
