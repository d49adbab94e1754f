"""A case that turns out to be part of another one steps back: all that it had is the other's, so that
no case is part of one that is itself part of a third."""

from collections.abc import Collection

from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, or_, select, update

from calmdesk.records.models import (
    Alarm,
    Attempt,
    Case,
    Consult,
    Contact,
    Factor,
    FollowUp,
    Handover,
    Letter,
    Note,
    Offer,
    Pledge,
    Promise,
    Review,
    Waiting,
)

_AT_ONCE = 500
_TABLES: tuple[type[SQLModel], ...] = (
    Contact,
    Note,
    Offer,
    Promise,
    FollowUp,
    Attempt,
    Consult,
    Handover,
    Waiting,
    Letter,
    Alarm,
    Review,
)
"""What a case has, and what can go over row by row."""
_OF_A_CASE = (Factor, Pledge)
"""What a case has once: by its own id, and another one."""
_SAID = (
    "customer_id",
    "category",
    "ask",
    "stake",
    "summary",
    "deadline_at",
    "heat_start",
    "heat_end",
    "cause",
)


def stands_for(session: Session, case: Case) -> Case:
    """The case of which one turned out to be part; the same when it stands by itself."""
    seen: set[str] = set()
    while case.joined_to and case.id not in seen:
        seen.add(case.id)
        case = session.get_one(Case, case.joined_to, populate_existing=True)
    return case


def take_over(session: Session, gone: Case, kept: Case) -> None:
    """Have a case take over all that another one has that is part of it now: its calls and theirs,
    what was part of it, and what is said of it alone."""
    gone.joined_to = kept.id
    for table in _TABLES:
        at_gone = table.case_id == gone.id  # type: ignore[attr-defined]
        session.exec(update(table).where(at_gone).values(case_id=kept.id))
    for of_a_case in _OF_A_CASE:
        for row in session.exec(select(of_a_case).where(of_a_case.case_id == gone.id)).all():
            session.merge(of_a_case(**{**row.model_dump(), "case_id": kept.id}))
            session.delete(row)
    session.exec(update(Case).where(col(Case.joined_to) == gone.id).values(joined_to=kept.id))
    for name in _SAID:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    if not kept.read_back:
        kept.read_back, kept.agreed_at = gone.read_back, gone.agreed_at


def straighten(session: Session, case_ids: Collection[str]) -> set[str]:
    """Have taken over what still lies with those of some cases that are part of another one: two
    calmdesks may each have gone on with one of them. Returns the cases that changed."""
    ids, changed = sorted(case_ids), set[str]()
    part = aliased(Case)
    owners = [table.case_id for table in (*_TABLES, *_OF_A_CASE)] + [part.joined_to]  # type: ignore[attr-defined]
    still_has = [select(it).where(it == Case.id).exists() for it in owners]
    for first in range(0, len(ids), _AT_ONCE):
        wanted = col(Case.id).in_(ids[first : first + _AT_ONCE])
        parts = select(Case).where(wanted, Case.joined_to != "", or_(*still_has))
        for case in session.exec(parts.execution_options(populate_existing=True)).all():
            kept = stands_for(session, case)
            if not kept.joined_to:
                take_over(session, case, kept)
                changed |= {case.id, kept.id}
    session.flush()
    return changed
