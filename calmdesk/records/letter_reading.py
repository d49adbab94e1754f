"""Letters as they stand, for whoever is at this desk: why one waits is told to its writer alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from calmdesk.guide.posting import SHAKEN, held_until
from calmdesk.guide.promises import PromiseState
from calmdesk.records.letter_rows import LetterRow
from calmdesk.records.models import NOWHEN, Agent, Case, Customer, Letter, Moment, Promise


def rows(
    session: Session, me: Agent, query: SelectOfScalar[Letter], now: datetime
) -> tuple[LetterRow, ...]:
    """The letters of a query, as they stand for the agent at this desk: a handful of queries,
    however many they are."""
    letters = session.exec(query).all()
    case_ids = {letter.case_id for letter in letters}
    found = session.exec(
        select(Case, Customer.name)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(col(Case.id).in_(case_ids))
    )
    cases = {case.id: (case, name or "") for case, name in found}
    writers = dict(session.exec(select(Agent.id, Agent.name)).all())
    promised = _promised(session, case_ids, now)
    shaken_at = shaken(session, me.id, now)

    def row(letter: Letter) -> LetterRow:
        case, customer = cases[letter.case_id]
        mine = letter.agent_id == me.id
        held = held_until(shaken_at, letter.kind, case.agreed_at is not None, now)
        return LetterRow(
            id=letter.id,
            case_id=letter.case_id,
            ref=case.ref,
            customer=customer,
            kind=letter.kind,
            subject=letter.subject,
            text=letter.text,
            state=letter.state,
            made_at=letter.made_at,
            updated_at=letter.updated_at,
            writer=writers[letter.agent_id],
            mine=mine,
            held_until=held if mine and letter.state == "draft" else None,
            promised=promised[case.id],
            reader=letter.reader,
            read_at=letter.read_at,
            released_at=letter.released_at,
            released_to=letter.released_to,
            sent_at=letter.sent_at,
        )

    return tuple(row(letter) for letter in letters)


def _promised(
    session: Session, case_ids: Collection[str], now: datetime
) -> Mapping[str, tuple[datetime, ...]]:
    """The told instants of cases that are still to come, by the case."""
    due = select(Promise.case_id, Promise.due_at).where(col(Promise.case_id).in_(case_ids))
    coming = due.where(
        Promise.state == PromiseState.OPEN, Promise.due_at > now, Promise.due_at < NOWHEN
    )
    found: dict[str, tuple[datetime, ...]] = defaultdict(tuple)
    for case_id, due_at in session.exec(coming.order_by(col(Promise.due_at))):
        found[case_id] += (due_at,)
    return found


def shaken(session: Session, me: str, now: datetime) -> datetime | None:
    """When this agent was shaken last; None when they never were."""
    moments = select(Moment.at).where(Moment.agent_id == me, Moment.kind == SHAKEN)
    return session.exec(moments.where(Moment.at <= now).order_by(col(Moment.at).desc())).first()
