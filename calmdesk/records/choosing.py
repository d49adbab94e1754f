"""A filter and an order, as conditions on the glances of cases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlalchemy.orm import aliased
from sqlmodel import and_, case, col, func, not_, or_, select

from calmdesk.guide.filters import Filter, PromiseFilter, Sort
from calmdesk.guide.playbook.book import SERVICE
from calmdesk.guide.risk import Risk
from calmdesk.records.derived import Glance, place_of
from calmdesk.records.models import Agent, Customer, Factor

Condition = ColumnElement[bool]


def conditions(chosen: Filter) -> list[Condition]:
    """What a case must be to be in a list; its days and the list of which it is
    chosen first, since `all_but` stays within them."""
    days: list[Condition] = []
    if chosen.since is not None:
        days.append(col(Glance.place) >= place_of(chosen.since))
    if chosen.until is not None:
        days.append(col(Glance.place) < place_of(chosen.until))
    listed = _listed(chosen.within, chosen.seen_at) if chosen.within is not None else []
    wanted = _wanted(chosen)
    if chosen.all_but:
        return [*days, *listed, not_(and_(True, *wanted))]
    return [*days, *listed, *wanted]


def _listed(within: Filter, now: datetime | None) -> list[Condition]:
    """What a case must be to be in the list of which others are chosen."""
    return conditions(replace(within, seen_at=now))


def _wanted(chosen: Filter) -> list[Condition]:
    exact = {
        Glance.status: chosen.status,
        Glance.outcome: chosen.outcome,
        Glance.category: chosen.category,
        Glance.customer_id: chosen.customer_id,
    }
    found = [col(column) == value for column, value in exact.items() if value]
    if chosen.agent:
        found.append(col(Glance.agent_id).in_(_called(chosen.agent)))
    if chosen.cause is not None:
        found += [col(Glance.cause) == chosen.cause, col(Glance.complaint).is_(True)]
    if chosen.factor:
        found += [col(Glance.complaint).is_(True), worsened_by(chosen.factor, chosen.seen_at)]
    if chosen.heat:
        hot = chosen.heat == "hot"
        found.append(col(Glance.hot).is_(True) if hot else col(Glance.heat_end) == int(chosen.heat))
    if chosen.promise is not None:
        found.append(_PROMISE[chosen.promise](chosen.seen_at))
    if chosen.repeat is not None:
        found.append(col(Glance.repeat).is_(chosen.repeat))
    if chosen.cost is not None:
        found.append(col(Glance.cost) >= chosen.cost)
    if chosen.reviewed is not None:
        found.append(col(Glance.reviewed).is_(chosen.reviewed))
    return found


def _called(typed: str) -> Any:
    """Ids of the colleague of just this name; where nobody has it, of those whose names begin so."""
    name, wanted, other = func.casefold(Agent.name), typed.casefold(), aliased(Agent)
    known = select(other.id).where(func.casefold(other.name) == wanted).exists()
    begun = and_(not_(known), name.startswith(wanted, autoescape=True))
    return select(Agent.id).where(or_(name == wanted, begun))


def worsened_by(factor: str, now: datetime | None) -> Condition:
    """Cases that something made worse. That our service did is read from the record: a promise
    that was missed, or is past its time at `now`, or a second call of theirs on the same matter
    (S36)."""
    if factor == SERVICE:
        return or_(col(Glance.worsened).is_(True), late(now))
    noted = select(Factor.case_id).where(Factor.cause == factor, Factor.case_id == Glance.case_id)
    return noted.exists()


def late(now: datetime | None) -> Condition:
    """Cases on which a promise is open and past its time."""
    return col(Glance.promise_due_at) <= now if now is not None else literal(False)


def _kept(now: datetime | None) -> Condition:
    return and_(
        col(Glance.promises_kept) > 0, col(Glance.broken).is_(False), Glance.promises_open == 0
    )


_PROMISE: dict[PromiseFilter, Callable[[datetime | None], Condition]] = {
    PromiseFilter.LATE: late,
    PromiseFilter.OPEN: lambda now: col(Glance.promises_open) > 0,
    PromiseFilter.KEPT: _kept,
    PromiseFilter.BROKEN: lambda now: or_(col(Glance.broken).is_(True), late(now)),
    PromiseFilter.NONE: lambda now: and_(
        Glance.promises_open == 0, Glance.promises_kept == 0, col(Glance.broken).is_(False)
    ),
}


def ordered(query: Any, sort: Sort, now: datetime) -> Any:
    """The order of a list; those that are alike stand newest first."""
    if sort is Sort.AGENT:
        query = query.outerjoin(Agent, col(Agent.id) == Glance.agent_id)
    if sort is Sort.CUSTOMER:
        query = query.outerjoin(Customer, col(Customer.id) == Glance.customer_id)
    return query.order_by(*_ORDERS[sort](now), col(Glance.place).desc())


_ORDERS: dict[Sort, Callable[[datetime], list[Any]]] = {
    Sort.TIME: lambda now: [],
    Sort.RISK: lambda now: [
        (
            col(Glance.risk)
            + case(
                (
                    and_(late(now), col(Glance.risk).op("&")(int(Risk.MISSED)) == 0),
                    int(Risk.MISSED),
                ),
                else_=0,
            )
        ).desc()
    ],
    Sort.AGENT: lambda now: [func.casefold(func.coalesce(Agent.name, ""))],
    Sort.CUSTOMER: lambda now: [
        func.coalesce(Customer.name, "") == "",
        func.casefold(func.coalesce(Customer.name, "")),
    ],
    Sort.CATEGORY: lambda now: [Glance.category],
    Sort.HEAT: lambda now: [col(Glance.heat_end).desc(), col(Glance.heat_start).desc()],
    Sort.OUTCOME: lambda now: [Glance.outcome, Glance.status],
    Sort.NEXT: lambda now: [Glance.next_at],
    Sort.COST: lambda now: [col(Glance.cost).desc()],
}
