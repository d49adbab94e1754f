"""Verbs of corrective actions: a change is opened, done, checked against the record, closed (S71,
S72). Each writes its entry in the journal, of no single case."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from calmdesk.clock import instant, local
from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.actions import MOST_DAYS, is_a_person
from calmdesk.guide.english.days import with_year
from calmdesk.guide.happenings import Happening
from calmdesk.records import journal
from calmdesk.records.learn_rows import ActionLine
from calmdesk.records.models import Action, Agent, Case, Pledge
from calmdesk.records.rolling import Between
from calmdesk.records.store import Store
from calmdesk.words import one_line

MOST = 500
"""Actions of one list."""


def open_action(
    store: Store,
    action_id: str,
    cause: str,
    change: str,
    owner: str,
    due: datetime,
    at: datetime,
) -> None:
    """Open a change that is to remove a cause. Raises Refused when a word of it is missing, when
    its time is over, or when its owner is a person of the team (D3)."""
    with store.transaction() as session:
        cause, change, owner = one_line(cause), one_line(change), one_line(owner)
        if not cause:
            raise Refused("Which cause is it to remove?")
        _check(session, change, owner, due, at)
        _write(store, session, f.ActionOpened(action_id, cause, change, owner, due), at)
        session.add(
            Action(
                id=action_id,
                cause=cause,
                change=change,
                owner=owner,
                agent_id=store.me,
                opened_at=at,
                due_at=due,
            )
        )


def change_action(
    store: Store, action_id: str, change: str, owner: str, due: datetime, at: datetime
) -> None:
    """Put what is to be changed, its owner or its time another way. Raises Refused as `open_action`
    does, and once it is done."""
    with store.transaction() as session:
        action = _open(session, action_id)
        if action.done_at is not None:
            raise Refused("That change is made already; open another action for what comes next.")
        change, owner = one_line(change), one_line(owner)
        _check(session, change, owner, due, at if due != action.due_at else None)
        _write(store, session, f.ActionChanged(action_id, change, owner, due), at)
        action.change, action.owner, action.due_at = change, owner, due


def _check(session: Session, change: str, owner: str, due: datetime, at: datetime | None) -> None:
    if not change:
        raise Refused("What is to be changed?")
    if not owner:
        raise Refused("Who owns it? Name a role or a department, such as dispatch.")
    if is_a_person(owner, list(session.exec(select(Agent.name)).all())):
        raise Refused(
            "Name a role or a department, such as dispatch: a change has an owner, never a culprit."
        )
    if at is not None and due <= at:
        raise Refused("That time is over; a change needs one that is still to come.")


def action_done(store: Store, action_id: str, check: datetime, days: int, at: datetime) -> None:
    """The change is made. Raises Refused unless its check comes after the days that are counted."""
    with store.transaction() as session:
        action = _open(session, action_id)
        if action.done_at is not None:
            raise Refused("That change is made already.")
        if not 1 <= days <= MOST_DAYS:
            raise Refused(f"Count 1 to {MOST_DAYS} days before and after.")
        over = counted(store, at, days)[1][1]
        if check < over:
            wall = local(over, store.zone)
            raise Refused(
                f"The {days} days after it end on {with_year(wall)}; check it then or later."
            )
        _write(store, session, f.ActionDone(action_id, check, days), at)
        action.done_at, action.check_at, action.days = at, check, days


def counted(store: Store, done: datetime, days: int) -> tuple[Between, Between]:
    """The stretches before and after a change that are held against each other: so many local
    days each, to the same hour of the wall."""
    wall = local(done, store.zone).replace(tzinfo=None)
    began, over = (instant(wall + timedelta(days=n), store.zone) for n in (-days, days))
    return (began, done), (done, over)


def check_action(store: Store, action_id: str, finding: str, at: datetime) -> ActionLine:
    """Count its cause before and after, and keep what was found (S72). Raises Refused before the
    change was made, before its check is due, and without a finding. It may be checked again until
    it is closed: a cause may be found late."""
    with store.transaction() as session:
        action, finding = _open(session, action_id), one_line(finding)
        if action.done_at is None or action.check_at is None:
            raise Refused("The change is not made yet; then its effect can be checked.")
        if at < action.check_at:
            wall = local(action.check_at, store.zone)
            raise Refused(
                f"Its check is due on {with_year(wall)}; until then the count is not whole."
            )
        if not finding:
            raise Refused("What did you find? A few words are enough.")
        before, after = (
            _count(session, action.cause, stretch)
            for stretch in counted(store, action.done_at, action.days)
        )
        _write(store, session, f.ActionChecked(action_id, before, after, finding), at)
        action.before, action.after = before, after
        action.finding, action.checked_at = finding, at
        return _line(action)


def close_action(store: Store, action_id: str, at: datetime) -> None:
    """It is proven, or given up with what was found. Raises Refused without its check (S72)."""
    with store.transaction() as session:
        action = _open(session, action_id)
        if action.checked_at is None:
            raise Refused("It cannot be closed before its effect was checked: did the cause fall?")
        _write(store, session, f.ActionClosed(action_id), at)
        action.closed_at = at


def actions(store: Store, now: datetime) -> tuple[ActionLine, ...]:
    """Every action: checks that are due and changes that are overdue first, then open ones by
    their time, then closed ones, the latest first."""
    with store.reading() as session:
        lines = _lines(session, select(Action).order_by(col(Action.opened_at).desc()).limit(MOST))
    order = ("check due", "overdue", "checked", "under way", "done")
    open_lines = [line for line in lines if line.closed_at is None]
    open_lines.sort(key=lambda it: (order.index(it.state(now)), it.check_at or it.due_at, it.id))
    closed = [line for line in lines if line.closed_at is not None]
    closed.sort(key=lambda it: (it.closed_at or now, it.id), reverse=True)
    return (*open_lines, *closed)


def open_actions(store: Store) -> tuple[ActionLine, ...]:
    """The actions that a customer may be told of, each with what cases of its cause were about
    (D11)."""
    with store.reading() as session:
        lines = _lines(
            session,
            select(Action).where(col(Action.closed_at).is_(None)).order_by(col(Action.due_at)),
            with_categories=True,
        )
    return tuple(lines)


def cause_of(store: Store, case_id: str) -> str:
    """The cause of a case; '' while it is not known."""
    with store.reading() as session:
        return session.exec(select(Case.cause).where(Case.id == case_id)).first() or ""


def _open(session: Session, action_id: str) -> Action:
    """An action that can still change. Raises Refused when it is closed."""
    action = session.get_one(Action, action_id)
    if action.closed_at is not None:
        raise Refused("That action is closed.")
    return action


def _write(store: Store, session: Session, happening: Happening, at: datetime) -> None:
    journal.append(store, session, happening, at, case_id=None)


def _count(session: Session, cause: str, between: Between) -> int:
    """Cases of a cause that were opened in a stretch of time."""
    return session.exec(
        select(func.count())
        .select_from(Case)
        .where(
            Case.joined_to == "",
            Case.cause == cause,
            Case.opened_at >= between[0],
            Case.opened_at < between[1],
        )
    ).one()


def _lines(session: Session, query: object, with_categories: bool = False) -> list[ActionLine]:
    rows = session.exec(query).all()  # type: ignore[call-overload]
    names = dict(session.exec(select(Agent.id, Agent.name)).all())
    pledges = dict(
        session.exec(select(Pledge.action_id, func.count()).group_by(col(Pledge.action_id))).all()
    )
    about: dict[str, set[str]] = {}
    if with_categories:
        causes = {row.cause for row in rows}
        for cause, category in session.exec(
            select(Case.cause, Case.category)
            .where(col(Case.cause).in_(causes), Case.category != "")
            .distinct()
        ):
            about.setdefault(cause, set()).add(category)
    return [
        _line(
            row,
            names.get(row.agent_id, ""),
            pledges.get(row.id, 0),
            frozenset(about.get(row.cause, ())),
        )
        for row in rows
    ]


def _line(
    action: Action,
    opened_by: str = "",
    pledges: int = 0,
    categories: frozenset[str] = frozenset(),
) -> ActionLine:
    return ActionLine(
        id=action.id,
        cause=action.cause,
        change=action.change,
        owner=action.owner,
        opened_at=action.opened_at,
        due_at=action.due_at,
        done_at=action.done_at,
        check_at=action.check_at,
        days=action.days,
        before=action.before,
        after=action.after,
        finding=action.finding,
        checked_at=action.checked_at,
        closed_at=action.closed_at,
        opened_by=opened_by,
        pledges=pledges,
        categories=categories,
    )
