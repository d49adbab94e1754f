"""Where a case stands: closed only when the customer was told and nobody waits for anything."""

from datetime import datetime

from sqlmodel import Session, select

from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.promises import PromiseState
from calmdesk.records.models import Case, Promise


def stand(session: Session, case: Case, outcome: Outcome, at: datetime) -> None:
    """Let a case stand as its last outcome says (S83)."""
    session.flush()
    case.status = outcome.status(waits(session, case) or case.told_at is None)
    case.closed_at = at if case.status == Status.CLOSED else None


def waits(session: Session, case: Case) -> bool:
    """Whether a promise on the case is open."""
    session.flush()
    waiting = (
        select(Promise.id)
        .where(Promise.case_id == case.id, Promise.state == PromiseState.OPEN)
        .limit(1)
    )
    return session.exec(waiting).first() is not None
