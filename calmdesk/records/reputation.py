"""Which cases may be told in public: derived from what the record holds, never ticked (S18, S87)."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from calmdesk.guide.english.reputation import names_publicity
from calmdesk.guide.notes import Sign
from calmdesk.guide.promises import FollowUpKind, PromiseState
from calmdesk.records.models import FollowUp, Note


def may_go_public(session: Session, case_ids: Collection[str]) -> set[str]:
    """The cases, of these, for which a review is or was watched, or whose stake names the public."""
    watched = session.exec(
        select(FollowUp.case_id).where(
            col(FollowUp.case_id).in_(case_ids),
            FollowUp.kind == FollowUpKind.REVIEW,
            FollowUp.state != PromiseState.WITHDRAWN,
        )
    )
    stakes = session.exec(
        select(Note.case_id, Note.text).where(
            col(Note.case_id).in_(case_ids), Note.sign == Sign.STAKE
        )
    )
    return {*watched, *(case_id for case_id, text in stakes if names_publicity(text))}
