"""What the clocks of a case ask the record: when it was received, acknowledged, answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from calmdesk.guide.clocks import CaseTimes, Pause
from calmdesk.guide.promises import PromiseState, Reached
from calmdesk.records.models import NOWHEN, Attempt, Case, Contact, Letter, Promise, Waiting
from calmdesk.records.rung import WAS_TRIED
from calmdesk.records.store import Store


def case_times(store: Store, case_ids: Sequence[str]) -> Mapping[str, CaseTimes]:
    """The instants of these cases, by id: five queries, however many they are.

    Acknowledged is when they said yes, heard, or when a letter left the house, whichever came
    first; contact is a call in which they were on the line, a voicemail is none (S16).
    """
    with store.reading() as session:
        acknowledged: dict[str, datetime] = {}
        contacts: dict[str, datetime] = {}
        spoken = session.exec(
            select(Contact.case_id, Contact.heard_at, Contact.answered_at, Contact.direction)
            .where(col(Contact.case_id).in_(case_ids))
            .order_by(col(Contact.answered_at))
        )
        for case_id, heard_at, answered_at, direction in spoken:
            if heard_at is not None:
                acknowledged.setdefault(case_id, heard_at)
            if direction == "in":
                contacts[case_id] = answered_at
        reached = session.exec(
            select(Attempt.case_id, Attempt.at)
            .where(col(Attempt.case_id).in_(case_ids), WAS_TRIED)
            .where(Attempt.result == Reached.REACHED)
            .order_by(col(Attempt.at))
        )
        for case_id, at in reached:
            contacts[case_id] = max(at, contacts.get(case_id, at))
        written = session.exec(
            select(Letter.case_id, Letter.released_at).where(
                col(Letter.case_id).in_(case_ids), col(Letter.released_at).is_not(None)
            )
        )
        for case_id, released_at in written:
            if released_at is not None:
                acknowledged[case_id] = min(released_at, acknowledged.get(case_id, released_at))
        promised: dict[str, list[datetime]] = defaultdict(list)
        for case_id, due_at in session.exec(
            select(Promise.case_id, Promise.due_at).where(
                col(Promise.case_id).in_(case_ids),
                Promise.state == PromiseState.OPEN,
                Promise.due_at != NOWHEN,
            )
        ):
            promised[case_id].append(due_at)
        pauses: dict[str, list[Pause]] = defaultdict(list)
        for wait in session.exec(select(Waiting).where(col(Waiting.case_id).in_(case_ids))):
            pauses[wait.case_id].append((wait.began_at, wait.ended_at))
        cases = session.exec(select(Case).where(col(Case.id).in_(case_ids))).all()
        return {
            case.id: CaseTimes(
                opened_at=case.opened_at,
                acknowledged_at=acknowledged.get(case.id),
                last_contact=contacts.get(case.id),
                answered_at=case.closed_at,
                promised=tuple(promised[case.id]),
                pauses=tuple(pauses[case.id]),
            )
            for case in cases
        }
