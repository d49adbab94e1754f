"""Which contacts are calls, and when we reached customers. Only `reached` is contact: a call in vain is
none (S16)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from calmdesk.guide.outcome import CallState, Outcome
from calmdesk.guide.promises import Reached
from calmdesk.records.models import Attempt, Case, Contact

IS_CALL = col(Contact.state) != CallState.NOT_RUNG
"""Which contacts count: not those in which they were not rung after all."""

_none = aliased(Contact)
WAS_TRIED = ~(
    select(_none.id)
    .where(_none.id == Attempt.contact_id, _none.state == CallState.NOT_RUNG)
    .correlate(Attempt)
    .exists()
)
"""Which tries count: those without a call, and those of one that is."""


def reached(session: Session, of_cases: Any) -> Mapping[str, list[datetime]]:
    """When customers were reached by us, by case, of the cases that the clause finds; a call counts
    from when it was begun."""
    began = func.coalesce(Contact.answered_at, Attempt.at)
    tries = select(Attempt.case_id, began).join(Case, col(Case.id) == Attempt.case_id)
    tries = tries.outerjoin(Contact, col(Contact.id) == Attempt.contact_id)
    tries = tries.where(of_cases, Attempt.result == Reached.REACHED, WAS_TRIED)
    calls = select(Contact.case_id, Contact.answered_at)
    calls = calls.join(Case, col(Case.id) == Contact.case_id).where(of_cases)
    spoken = col(Contact.outcome).not_in(["", Outcome.NOT_REACHED])
    calls = calls.where(IS_CALL, Contact.direction == "out", spoken)
    found = defaultdict(list)
    for case_id, at in (*session.exec(tries), *session.exec(calls)):
        found[case_id].append(at)
    return found
