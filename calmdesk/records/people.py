"""Verbs about people: the agent at this desk, and who may be calling."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from calmdesk.guide.outcome import Status, Verdict
from calmdesk.guide.promises import PromiseState
from calmdesk.records import identity
from calmdesk.records.call_rows import Match, Story
from calmdesk.records.derived import Glance
from calmdesk.records.models import (
    NOWHEN,
    Agent,
    Case,
    Contact,
    Customer,
    CustomerName,
    CustomerNumber,
    Meta,
    Offer,
    Promise,
)
from calmdesk.records.people_rows import Colleague, Me
from calmdesk.records.rung import IS_CALL
from calmdesk.records.store import Store


def me(store: Store) -> Me:
    """The agent at this desk; a name of '' means that nobody has said yet."""
    with store.reading() as session:
        agent = session.get_one(Agent, store.me)
        return _me(agent)


def home(store: Store) -> str:
    """By which this record goes among others; '' while another calmdesk speaks for it."""
    return store.home if store.owner else ""


def team(store: Store) -> tuple[Colleague, ...]:
    """Everybody who works here or did, by name; the agent at this desk among them. Whoever is known
    from several desks is one: at their own desk, work handed to either is theirs (`taking`)."""
    with store.reading() as session:
        agents = session.exec(select(Agent).where(Agent.name != "").order_by(col(Agent.name)))
        one: dict[str, Agent] = {}
        for it in agents:
            same = one.setdefault(it.name.casefold(), it)
            one[it.name.casefold()] = max(same, it, key=lambda a: _rank(a, store.me))
        return tuple(Colleague(a.id, a.name, a.left_at, a.id == store.me) for a in one.values())


def _rank(agent: Agent, me: str) -> tuple[bool, bool, datetime]:
    """Which of the rows of one person stands for them: their own, one who works here, the latest."""
    return agent.id == me, agent.left_at is None, agent.created_at


def add_colleague(store: Store, name: str, at: datetime) -> Colleague:
    """Name somebody to whom things can be handed; one who left and is named again is back."""
    with store.transaction() as session:
        agent = _by_name(store, session, name, at)
        return Colleague(agent.id, agent.name, None, agent.id == store.me)


def sit_down(store: Store, name: str, at: datetime) -> Me:
    """Somebody else is at this desk, from now on and when it is started again: a colleague, or
    somebody new. Whoever was keeps what is theirs."""
    with store.transaction() as session:
        agent = _by_name(store, session, name, at)
        session.merge(Meta(key=store.seat, value=agent.id))
    store.me = agent.id
    return _me(agent)


def _by_name(store: Store, session: Session, name: str, at: datetime) -> Agent:
    """Who is called that, and works here; a new one where nobody is."""
    wanted = name.strip().casefold()  # SQLite folds the case of ASCII alone
    agents = session.exec(select(Agent))
    agent = next((it for it in agents if it.name.casefold() == wanted), None)
    if agent is None:
        agent = Agent(id=store.new_id(at), name=name.strip(), created_at=at)
        session.add(agent)
    agent.left_at = None
    return agent


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


MOST_MATCHES = 5


def who_calls(
    store: Store, number: str, name: str, not_case: str, now: datetime, on_case: str = ""
) -> list[Match]:
    """Customers who may be the caller, sure ones first, each with the story so far.

    A number is sure; a name, or the beginning of one, is a maybe. `not_case` is the running case,
    which is no earlier one: whom only it knows is nobody we met before. `on_case` is the earlier
    case that the call is part of, or about: of its customer it is the story.
    """
    with store.reading() as session:
        found: dict[str, tuple[Customer, bool]] = {}
        numbered = identity.all_by_number(session, store.dialling.spellings(number))
        found.update({c.id: (c, len(numbered) == 1) for c in numbered})
        if len(name.strip()) >= 2:
            for customer in named(session, name.strip(), MOST_MATCHES):
                found.setdefault(customer.id, (customer, False))
        ranked = sorted(found.values(), key=lambda it: not it[1])[:MOST_MATCHES]
        about = session.get(Case, on_case) if on_case else None
        matches = [_match(session, c, sure, not_case, now, about) for c, sure in ranked]
        return [it for it in matches if it.calls or (it.story and it.story.case_id == on_case)]


def named(session: Session, beginning: str, most: int) -> list[Customer]:
    """Customers one of whose names begins like this, those with the latest case first."""
    aliases = select(CustomerName.customer_id).where(identity.begins(CustomerName.name, beginning))
    latest = select(func.max(Glance.place)).where(Glance.customer_id == col(Customer.id))
    found: list[Customer] = []
    for condition in (identity.begins(Customer.name, beginning), col(Customer.id).in_(aliases)):
        query = select(Customer).where(condition, identity.STANDS)
        found += session.exec(query.order_by(latest.scalar_subquery().desc()).limit(most))
    return list({customer.id: customer for customer in found}.values())[:most]


def _match(
    session: Session,
    customer: Customer,
    sure: bool,
    not_case: str,
    now: datetime,
    about: Case | None,
) -> Match:
    from calmdesk.records.browse import case_lines

    number = session.exec(
        select(CustomerNumber.number).where(CustomerNumber.customer_id == customer.id).limit(1)
    ).first()
    part_of_it = about is not None and about.id == not_case
    earlier = Case.id != ("" if part_of_it else not_case)
    calls = session.exec(
        select(func.count())
        .select_from(Contact)
        .join(Case, col(Case.id) == Contact.case_id)
        .where(Case.customer_id == customer.id, earlier, IS_CALL)
    ).one()
    cases = session.exec(
        select(Case)
        .where(Case.customer_id == customer.id, Case.joined_to == "", earlier)
        .order_by(col(Case.opened_at).desc())
        .limit(10)
    ).all()
    told = [about] if about is not None and about.customer_id == customer.id else cases
    others = session.exec(select(CustomerName.name).where(CustomerName.customer_id == customer.id))
    return Match(
        customer_id=customer.id,
        caller=identity.as_caller(customer, number or ""),
        names=tuple(others),
        sure=sure,
        calls=calls - part_of_it,  # this one is no earlier call
        had=had(session, [case.id for case in cases]),
        story=_story(session, told, now),
        cases=tuple(case_lines(session, list(cases), now)),
    )


def had(session: Session, case_ids: list[str]) -> tuple[str, ...]:
    """What was given in these cases, the latest first, each once."""
    given = session.exec(
        select(Offer.text)
        .where(col(Offer.case_id).in_(case_ids), Offer.verdict == Verdict.YES)
        .order_by(col(Offer.at).desc())
        .limit(5)
    )
    return tuple(dict.fromkeys(given))


def _story(session: Session, cases: Sequence[Case], now: datetime) -> Story | None:
    """The story of the case that matters most: one with a missed promise, an open one, the last."""
    if not cases:
        return None
    by_case = {case.id: _worst_promise(session, case.id, now) for case in cases}

    def urgency(case: Case) -> tuple[bool, bool]:
        promise = by_case[case.id]
        return (promise is not None and promise[1], case.status != Status.CLOSED)

    case = max(cases, key=urgency)
    worst = by_case[case.id]
    told = session.exec(
        select(Promise)
        .where(Promise.case_id == case.id, Promise.state != PromiseState.WITHDRAWN)
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
        .where(
            Promise.case_id == case_id,
            col(Promise.state).in_([PromiseState.OPEN, PromiseState.MISSED]),
        )
        .order_by(col(Promise.due_at))
    ).all()
    missed = [p for p in promises if p.state == PromiseState.MISSED or p.due_at <= now]
    if missed:
        return missed[-1], True
    return (promises[0], False) if promises else None
