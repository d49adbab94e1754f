"""Verbs of the coach: what was learned, what an agent pinned or muted, and known issues."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from calmdesk.guide.happenings import Happening, restore
from calmdesk.guide.learned import TOLD_BY, Learned, learn
from calmdesk.records import models
from calmdesk.records.models import Agent, Event, PhraseChoice
from calmdesk.records.people_rows import Choice, KnownIssue
from calmdesk.records.store import Store
from calmdesk.words import one_line


def learned(store: Store) -> Mapping[str, Learned]:
    """What followed each phrase that was ever said, by its id: one pass over the journal."""
    with store.reading() as session:
        return learn(_told(session))


def _told(session: Session) -> Iterator[tuple[str, Happening]]:
    """What of the journal tells about phrases, call after call."""
    kinds = [kind.kind() for kind in TOLD_BY]
    entries = session.exec(
        select(Event.contact_id, Event.kind, Event.payload)
        .where(col(Event.kind).in_(kinds), col(Event.contact_id).is_not(None))
        .order_by(col(Event.contact_id), col(Event.seq))
    )
    for contact_id, kind, payload in entries:
        happening = restore(kind, payload)
        if contact_id is not None and happening is not None:
            yield contact_id, happening


def choose(store: Store, phrase_id: str, choice: Choice | Literal[""], at: datetime) -> None:
    """Pin or mute a phrase for this agent; '' takes it back."""
    with store.transaction() as session:
        row = session.get(PhraseChoice, (store.me, phrase_id))
        if not choice:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = PhraseChoice(agent_id=store.me, phrase_id=phrase_id, choice=choice, chosen_at=at)
            session.add(row)
        row.choice, row.chosen_at = choice, at


def choices(store: Store) -> Mapping[str, str]:
    """What this agent pinned or muted: `pinned` or `muted` by the phrase's id."""
    with store.reading() as session:
        mine = select(PhraseChoice.phrase_id, PhraseChoice.choice)
        return dict(session.exec(mine.where(PhraseChoice.agent_id == store.me)).all())


def announce(
    store: Store, category: str, sentence: str, until: datetime, at: datetime
) -> KnownIssue:
    """Put a known issue on every call about `category`, until an instant (S38)."""
    with store.transaction() as session:
        row = models.KnownIssue(
            id=store.new_id(at),
            category=category,
            sentence=one_line(sentence),
            until_at=until,
            agent_id=store.me,
            made_at=at,
        )
        session.add(row)
        return _issue(row, session.get_one(Agent, store.me).name)


def end_issue(store: Store, issue_id: str, at: datetime) -> None:
    """A known issue is over before its time. The first end stands."""
    with store.transaction() as session:
        row = session.get_one(models.KnownIssue, issue_id)
        row.ended_at = row.ended_at or at


def known_issues(store: Store, now: datetime) -> tuple[KnownIssue, ...]:
    """The known issues that stand now, the latest first."""
    with store.reading() as session:
        rows = session.exec(
            select(models.KnownIssue, Agent.name)
            .join(Agent, col(Agent.id) == models.KnownIssue.agent_id)
            .where(models.KnownIssue.until_at > now, col(models.KnownIssue.ended_at).is_(None))
            .order_by(col(models.KnownIssue.made_at).desc(), col(models.KnownIssue.id).desc())
        )
        return tuple(_issue(row, agent) for row, agent in rows)


def _issue(row: models.KnownIssue, agent: str) -> KnownIssue:
    return KnownIssue(row.id, row.category, row.sentence, row.until_at, agent)
