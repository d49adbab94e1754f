"""Whom imported cases belong to: customers by number and name, as `identity.bind_caller` finds them,
and agents by name. Everybody is known by heart, until somebody else changes who they are; new ones
are rows yet to be written."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, update

from calmdesk.exchange.stored_times import stored
from calmdesk.exchange.taken import Taken
from calmdesk.records.bulk import Rows
from calmdesk.records.ids import NewId
from calmdesk.records.models import Agent, Customer, CustomerName, CustomerNumber
from calmdesk.records.store import Store
from calmdesk.words import digits

Row = dict[str, Any]
_COLUMNS = {
    "agent": "id name created_at",
    "customer": "id name company updated_at",
    "customer_number": "id customer_id number digits",
}
_SIGN = sa.text(
    "SELECT count(*), sum(merged_into != ''), sum(length(name) + length(company)),"
    " sum(CAST(strftime('%s', updated_at) AS INTEGER)),"
    " (SELECT count(*) FROM customer_number), (SELECT count(*) FROM customer_name),"
    " (SELECT count(*) FROM agent) FROM customer"
)


def sign(session: Session) -> tuple[int | None, ...]:
    """By which it is seen that nobody else named, merged or added somebody; far quicker than to
    read everybody."""
    return tuple(session.connection().execute(_SIGN).one())


class People:
    """Everybody whom the record knows."""

    def __init__(self, store: Store, session: Session, ids: NewId) -> None:
        self._ids = ids
        self._digits = lru_cache(1 << 16)(digits)
        self._names: dict[str, str] = {}
        """The folded name of each customer, '' while it is not known."""
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._with_company: set[str] = set()
        self._numbered: set[str] = set()
        self._merged: dict[str, str] = {}
        self._read(session)
        self._agents = {
            name.strip().casefold(): agent
            for agent, name in session.connection().execute(
                sa.select(col(Agent.id), col(Agent.name)).order_by(col(Agent.created_at).desc())
            )
        }
        self._agents[""] = store.me
        self.new: dict[str, dict[str, Row]] = {"agent": {}, "customer": {}, "customer_number": {}}
        """Rows yet to be written, by table and id."""
        self._mended: list[Row] = []

    def _read(self, session: Session) -> None:
        found: Any = session.connection().execute
        everybody = sa.select(
            col(Customer.id), col(Customer.name), col(Customer.company), col(Customer.merged_into)
        )
        for customer, name, company, merged in found(everybody):
            if merged:
                self._merged[customer] = merged
                continue
            self._names[customer] = name.casefold()
            if name:
                self._by_name[name.casefold()].append(customer)
            if company:
                self._with_company.add(customer)
        for customer, name in found(
            sa.select(col(CustomerName.customer_id), col(CustomerName.name))
        ):
            if customer not in self._by_name[name.casefold()]:
                self._by_name[name.casefold()].append(customer)
        for customer, number in found(
            sa.select(col(CustomerNumber.customer_id), col(CustomerNumber.digits))
        ):
            self._by_number[number].append(customer)
            self._numbered.add(customer)

    def agent(self, name: str, at: datetime) -> str:
        """The agent of a name; a new one where nobody has it, the one at this desk for ''."""
        folded = name.strip().casefold()
        if folded not in self._agents:
            agent = self._agents[folded] = self._ids(at)
            self.new["agent"][agent] = {"id": agent, "name": name.strip(), "created_at": stored(at)}
        return self._agents[folded]

    def customer(self, it: Taken) -> str | None:
        """Whose case it is; None where nothing says."""
        if it.customer_id:
            return self._own(it)
        number = self._digits(it.numbers[0]) if it.numbers else ""
        if not it.customer and not number:
            return None
        folded = it.customer.casefold()
        found = self._of_number(number, folded) or self._of_name(folded, bool(number))
        return self._fill(found or self._add(self._ids(it.opened), it), it)

    def _own(self, it: Taken) -> str:
        """The very customer of one of our own sheets, or whom they turned out to be
        (`identity.root`)."""
        customer, seen = it.customer_id, set[str]()
        while customer in self._merged and customer not in seen:
            seen.add(customer)
            customer = self._merged[customer]
        if customer not in self._names:
            self._add(customer, it)
        return self._fill(customer, it)

    def _of_number(self, number: str, folded: str) -> str:
        """The customer whose number it is: one's alone, and under no other name."""
        having = self._by_number.get(number, ()) if number else ()
        if len(having) != 1:
            return ""
        name = self._names.get(having[0], "")
        same = not folded or not name or name == folded or having[0] in self._by_name[folded]
        return having[0] if same else ""

    def _of_name(self, folded: str, with_number: bool) -> str:
        if not folded:
            return ""
        alike = [
            customer
            for customer in self._by_name.get(folded, ())
            if not with_number or customer not in self._numbered
        ]
        return alike[0] if len(alike) == 1 else ""

    def _add(self, customer: str, it: Taken) -> str:
        self._names[customer] = ""
        self.new["customer"][customer] = {
            "id": customer,
            "name": "",
            "company": "",
            "updated_at": stored(it.opened),
        }
        return customer

    def _fill(self, customer: str, it: Taken) -> str:
        """What a log knows of somebody beside what the record knows; it changes none of that."""
        mended: Row = {}
        if it.customer and not self._names[customer]:
            mended["name"] = it.customer
            self._names[customer] = it.customer.casefold()
            self._by_name[self._names[customer]].append(customer)
        if it.company and customer not in self._with_company:
            mended["company"] = it.company
            self._with_company.add(customer)
        if mended and (new := self.new["customer"].get(customer)) is not None:
            new |= mended
        elif mended:
            self._mended.append({"id": customer, **mended})
        for place, number in enumerate(it.numbers):
            self._number(customer, number, it.opened, place)
        return customer

    def _number(self, customer: str, number: str, at: datetime, place: int) -> None:
        plain = self._digits(number)
        if not plain or customer in self._by_number[plain]:
            return
        self._by_number[plain].append(customer)
        self._numbered.add(customer)
        made = self._ids(at)
        ordered = f"{made[:15]}{min(place, 0xFFF):03x}{made[18:]}"  # they stay in their order
        row = {"id": ordered, "customer_id": customer, "number": number, "digits": plain}
        self.new["customer_number"][ordered] = row

    def tables(self) -> Iterator[Rows]:
        """The rows of everybody who is new since they were last asked for."""
        for table, columns in _COLUMNS.items():
            rows = Rows(table, columns)
            in_order = itemgetter(*columns.split())
            rows.values.extend(in_order(new) for new in self.new[table].values())
            self.new[table].clear()
            yield rows

    def mend(self, session: Session) -> None:
        """Fill in what is still not known of customers who were there."""
        for row in self._mended:
            for name in row.keys() - {"id"}:
                empty = (col(Customer.id) == row["id"]) & (getattr(Customer, name) == "")
                session.connection().execute(
                    update(Customer).where(empty).values({name: row[name]})
                )
        self._mended.clear()
