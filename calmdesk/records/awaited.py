"""What a customer was told in a case and still waits for."""

from datetime import datetime

from sqlmodel import Session, col, select

from calmdesk.guide.promises import PromiseState
from calmdesk.records.models import NOWHEN, Promise


def awaited(session: Session, case_id: str, not_contact: str) -> dict[str, datetime]:
    """The told instant of every open promise of a case that has one, by the promise's id.
    `not_contact` is the running call, which knows its own promises, and whether one was taken
    back."""
    rows = session.exec(
        select(Promise.id, Promise.due_at).where(
            Promise.case_id == case_id,
            col(Promise.contact_id).is_distinct_from(not_contact),  # those between calls have none
            Promise.state == PromiseState.OPEN,
            Promise.due_at < NOWHEN,
        )
    )
    return dict(rows.all())
