"""Verbs about people: the agent at this desk, and who may be calling."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from calmdesk.guide.happenings import CallerNamed
from calmdesk.records.call_rows import Match, Story
from calmdesk.records.ids import new_id
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Case,
    Contact,
    Customer,
    CustomerNumber,
    Offer,
    Promise,
)
from calmdesk.records.people_rows import Colleague, Me
from calmdesk.records.store import Store
from calmdesk.words import digits


def me(store: Store) -> Me:
    """The agent at this desk; a name of '' means that nobody has said yet."""
    with store.reading() as session:
        agent = session.get_one(Agent, store.me)
        return _me(agent)


def team(store: Store) -> tuple[Colleague, ...]:
    """Everybody who works here or did, by name; the agent at this desk among them."""
    with store.reading() as session:
        agents = session.exec(select(Agent).where(Agent.name != "").order_by(col(Agent.name)))
        return tuple(Colleague(a.id, a.name, a.left_at, a.id == store.me) for a in agents)


def add_colleague(store: Store, name: str, at: datetime) -> Colleague:
    """Name somebody to whom things can be handed; one who left and is named again is back."""
    with store.transaction() as session:
        wanted = name.strip().casefold()  # SQLite folds the case of ASCII alone
        agents = session.exec(select(Agent))
        agent = next((it for it in agents if it.name.casefold() == wanted), None)
        if agent is None:
            agent = Agent(id=store.new_id(at), name=name.strip(), created_at=at)
            session.add(agent)
        agent.left_at = None
        return Colleague(agent.id, agent.name, None, agent.id == store.me)


def has_left(store: Store, agent_id: str, at: datetime) -> None:
    """Somebody no longer works here; what they owned stays, and is shown as nobody's."""
    with store.transaction() as session:
        session.get_one(Agent, agent_id).left_at = at


def introduce(
    store: Store, name: str, direct_line: str, email: str, own_line: str | None = None
) -> Me:
    """Keep who is at this desk. Empty fields are asked for again when first needed; None leaves
    the agent's own line as it is."""
    with store.transaction() as session:
        agent = session.get_one(Agent, store.me)
        agent.name, agent.direct_line, agent.email = name, direct_line, email
        if own_line is not None:
            agent.own_line = own_line
        return _me(agent)


def _me(agent: Agent) -> Me:
    return Me(agent.id, agent.name, agent.direct_line, agent.email, agent.own_line)


def bind_caller(
    session: Session, caller: CallerNamed, at: datetime, known_as: str | None, case_id: str
) -> str | None:
    """The customer of a caller. None while nothing is known.

    A number may be shared and a name mistyped, so a name never overwrites that of a customer who
    has other cases: the case is then bound to the one of that name, or to a new one.
    """
    number = digits(caller.number)
    if not caller.name and not number:
        return known_as
    known = session.get(Customer, known_as) if known_as else by_number(session, number)
    if known is not None and not _is(session, known, caller.name, case_id):
        known = None
    customer = known or _by_name(session, caller.name, number)
    if customer is None:
        customer = Customer(id=new_id(at), updated_at=at)
        session.add(customer)
        session.flush()
    if caller.name.casefold() != customer.name.casefold():
        customer.name = caller.name or customer.name
    customer.company = caller.company or customer.company
    customer.since = caller.since or customer.since
    customer.value = caller.value or customer.value
    customer.zone = caller.zone or customer.zone
    customer.updated_at = at
    if number and number not in _numbers(session, customer.id):
        session.add(
            CustomerNumber(
                id=new_id(at), customer_id=customer.id, number=caller.number, digits=number
            )
        )
    return customer.id


def of_customer(session: Session, case: Case) -> CallerNamed:
    """Whom to ring about a case: its customer, under the number of the last call that had one."""
    customer = session.get(Customer, case.customer_id) if case.customer_id else None
    number = session.exec(
        select(Contact.number)
        .where(Contact.case_id == case.id, Contact.number != "")
        .order_by(col(Contact.answered_at).desc())
        .limit(1)
    ).first()
    if customer is None:
        return CallerNamed(number=number or "")
    if not number:
        number = session.exec(
            select(CustomerNumber.number).where(CustomerNumber.customer_id == customer.id).limit(1)
        ).first()
    return _named(customer, number or "")


def _named(customer: Customer, number: str) -> CallerNamed:
    return CallerNamed(
        customer.name, customer.company, number, customer.since, customer.value, customer.zone
    )


def _is(session: Session, customer: Customer, name: str, case_id: str) -> bool:
    """Whether a caller of this name can be this customer: the same name, or none given on either
    side, or a customer whom only this very case knows, and whose name is thus being mended."""
    if not name or not customer.name or name.casefold() == customer.name.casefold():
        return True
    others = session.exec(
        select(Case.id).where(Case.customer_id == customer.id, Case.id != case_id).limit(1)
    )
    return others.first() is None


def by_number(session: Session, number: str) -> Customer | None:
    """The customer whose number this is: only when it is one customer's alone."""
    if not number:
        return None
    found = session.exec(
        select(Customer)
        .join(CustomerNumber, col(CustomerNumber.customer_id) == Customer.id)
        .where(CustomerNumber.digits == number)
    ).all()
    return found[0] if len(found) == 1 else None


def _by_name(session: Session, name: str, number: str) -> Customer | None:
    if not name:
        return None
    names, wanted = _folded(name)
    found = session.exec(select(Customer).where(names == wanted)).all()
    alike = [c for c in found if not number or not _numbers(session, c.id)]
    return alike[0] if len(alike) == 1 else None


def _folded(name: str) -> tuple[ColumnElement[str], str]:
    """The customers' names, and a typed one, each without its case. SQLite's own `lower` is the
    quicker one and knows ASCII alone: an Özge would never be met again."""
    if name.isascii():
        return func.lower(Customer.name), name.lower()
    return func.casefold(Customer.name), name.casefold()


def _numbers(session: Session, customer_id: str) -> set[str]:
    return set(
        session.exec(select(CustomerNumber.digits).where(CustomerNumber.customer_id == customer_id))
    )


MOST_MATCHES = 5


def who_calls(store: Store, number: str, name: str, not_case: str, now: datetime) -> list[Match]:
    """Customers who may be the caller, sure ones first, each with the story so far.

    A number is sure; a name, or the beginning of one, is a maybe. `not_case` is the running case,
    which is no earlier one: whom only it knows is nobody we met before.
    """
    with store.reading() as session:
        found: dict[str, tuple[Customer, bool]] = {}
        if wanted := digits(number):
            numbered = session.exec(
                select(Customer)
                .join(CustomerNumber, col(CustomerNumber.customer_id) == Customer.id)
                .where(CustomerNumber.digits == wanted)
            ).all()
            found.update({c.id: (c, len(numbered) == 1) for c in numbered})
        if len(name.strip()) >= 2:
            names, wanted = _folded(name.strip())
            named = session.exec(
                select(Customer)
                .where(names.startswith(wanted, autoescape=True))
                .order_by(col(Customer.updated_at).desc())
                .limit(MOST_MATCHES)
            )
            for customer in named:
                found.setdefault(customer.id, (customer, False))
        ranked = sorted(found.values(), key=lambda it: not it[1])[:MOST_MATCHES]
        matches = [_match(session, c, sure, not_case, now) for c, sure in ranked]
        return [match for match in matches if match.calls]


def _match(session: Session, customer: Customer, sure: bool, not_case: str, now: datetime) -> Match:
    from calmdesk.records.browse import case_lines

    number = session.exec(
        select(CustomerNumber.number).where(CustomerNumber.customer_id == customer.id).limit(1)
    ).first()
    calls = session.exec(
        select(func.count())
        .select_from(Contact)
        .join(Case, col(Case.id) == Contact.case_id)
        .where(Case.customer_id == customer.id, Case.id != not_case)
    ).one()
    cases = session.exec(
        select(Case)
        .where(Case.customer_id == customer.id, Case.joined_to == "", Case.id != not_case)
        .order_by(col(Case.opened_at).desc())
        .limit(10)
    ).all()
    return Match(
        customer_id=customer.id,
        caller=_named(customer, number or ""),
        sure=sure,
        calls=calls,
        had=_had(session, [case.id for case in cases]),
        story=_story(session, list(cases), now),
        cases=tuple(case_lines(session, list(cases), now)),
    )


def _had(session: Session, case_ids: list[str]) -> tuple[str, ...]:
    """What was given in these cases, the latest first, each once."""
    given = session.exec(
        select(Offer.text)
        .where(col(Offer.case_id).in_(case_ids), Offer.verdict == "yes")
        .order_by(col(Offer.at).desc())
        .limit(5)
    )
    return tuple(dict.fromkeys(given))


def _story(session: Session, cases: list[Case], now: datetime) -> Story | None:
    """The story of the case that matters most: one with a missed promise, an open one, the last."""
    if not cases:
        return None
    by_case = {case.id: _worst_promise(session, case.id, now) for case in cases}

    def urgency(case: Case) -> tuple[bool, bool]:
        promise = by_case[case.id]
        return (promise is not None and promise[1], case.status != "closed")

    case = max(cases, key=urgency)
    worst = by_case[case.id]
    told = session.exec(
        select(Promise)
        .where(Promise.case_id == case.id, Promise.state != "withdrawn")
        .order_by(col(Promise.told_at).desc())
        .limit(1)
    ).first()
    return Story(
        case_id=case.id,
        ref=case.ref,
        asked=case.ask,
        promised=worst[0].what if worst else "",
        due_at=worst[0].due_at if worst and worst[0].due_at != NOWHEN else None,
        first_due_at=worst[0].first_due_at if worst and _was_moved(worst[0]) else None,
        missed=worst is not None and worst[1],
        last_told=(told.what if told else "") or case.read_back or case.summary,
        last_at=told.told_at if told else case.updated_at,
        status=case.status,
    )


def _was_moved(promise: Promise) -> bool:
    """Whether they agreed to another instant than the one they were told first."""
    return promise.first_due_at not in (promise.due_at, NOWHEN)


def _worst_promise(session: Session, case_id: str, now: datetime) -> tuple[Promise, bool] | None:
    """The promise of a case to know before hello, and whether it was missed."""
    promises = session.exec(
        select(Promise)
        .where(Promise.case_id == case_id, col(Promise.state).in_(["open", "missed"]))
        .order_by(col(Promise.due_at))
    ).all()
    missed = [p for p in promises if p.state == "missed" or p.due_at <= now]
    if missed:
        return missed[-1], True
    return (promises[0], False) if promises else None
