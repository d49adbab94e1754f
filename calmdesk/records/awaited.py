"""What a customer was told in a case and still waits for."""

from datetime import datetime

from sqlmodel import Session, select

from calmdesk.guide.promises import PromiseState
from calmdesk.records.models import NOWHEN, Promise


def awaited(session: Session, case_id: str) -> dict[str, datetime]:
    """The told instant of every open promise of a case that has one, by the promise's id."""
    rows = session.exec(
        select(Promise.id, Promise.due_at).where(
            Promise.case_id == case_id,
            Promise.state == PromiseState.OPEN,
            Promise.due_at < NOWHEN,
        )
    )
    return dict(rows.all())
