"""Verbs of reviews: a colleague's work on a case is looked at, and its agent reads what was seen.

What was written to the agent alone stands in the row of the review and nowhere else: only `notes`,
`standing` and `unread` hand it out, to its reviewer and to the agent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.filters import Filter, Sort
from calmdesk.guide.outcome import Status
from calmdesk.guide.reviewing import Judged, Justice
from calmdesk.records.choosing import Condition, conditions, ordered
from calmdesk.records.derived import Glance
from calmdesk.records.follow_through import happen
from calmdesk.records.models import Agent, Case, Contact, Customer, Review
from calmdesk.records.review_rows import ReviewForMe, ReviewWords
from calmdesk.records.store import Store
from calmdesk.words import called, clean, one_line

_ON_BOARD = 20


# -- looking at a colleague's work --------------------------------------------------------------


def review(
    store: Store, case_id: str, words: ReviewWords, at: datetime, example: bool | None = None
) -> str:
    """Keep a look at somebody's work on a case, and whether colleagues may learn from the case
    (None leaves that as it is). One that they have not read yet is mended. Returns its id. Raises
    Refused."""
    with store.transaction() as session:
        mine = {row.of_id: row.id for row in _mine(session, store.me, case_id)}
        review_id = mine.get(words.of_id) or store.new_id(at)
        said = {asked.value: words.judged.get(asked, Judged.UNSAID) for asked in Justice}
        reviewed = f.Reviewed(
            review_id,
            words.of_id,
            words.of_name,
            one_line(words.went_well),
            try_next=one_line(words.try_next),
            **said,
        )
        happen(store, case_id, reviewed, at)
        session.get_one(Review, review_id).note = clean(words.note).strip()
        if example is not None:
            _mark(store, session, case_id, example, at)
        return review_id


def take_back(
    store: Store,
    case_id: str,
    review_id: str,
    before: ReviewWords | None,
    example: bool,
    at: datetime,
) -> None:
    """Let a review say again what it said before it was mended, or be gone where it said nothing; and
    the case be an example or none, as before. Raises Refused when it was read meanwhile."""
    with store.transaction() as session:
        if before is None:
            happen(store, case_id, f.ReviewWithdrawn(review_id), at)
        elif review_id in {row.id for row in _mine(session, store.me, case_id)}:
            review(store, case_id, before, at)
        else:
            raise Refused("It was read already, and stays; write another one.")
        _mark(store, session, case_id, example, at)


def _mark(store: Store, session: Session, case_id: str, example: bool, at: datetime) -> None:
    """Colleagues may learn from a case from now on, or no longer."""
    if session.get_one(Case, case_id).example != example:
        happen(store, case_id, f.ExampleMarked(example), at)


def standing(store: Store, case_id: str) -> dict[str, ReviewWords]:
    """What this desk's agent wrote about work on a case and nobody has read yet, by the id of whose
    work it was; the latest last."""
    with store.reading() as session:
        return {
            row.of_id: _words(row, session.get_one(Agent, row.of_id).name)
            for row in _mine(session, store.me, case_id)
        }


def _mine(session: Session, me: str, case_id: str) -> Sequence[Review]:
    """What an agent wrote about a case and nobody has read yet; the latest last."""
    mine = (Review.case_id == case_id, Review.agent_id == me, col(Review.read_at).is_(None))
    return session.exec(select(Review).where(*mine).order_by(col(Review.at), col(Review.id))).all()


def _words(row: Review, of_name: str) -> ReviewWords:
    judged = {asked: Judged(getattr(row, asked)) for asked in Justice}
    return ReviewWords(row.of_id, of_name, row.went_well, judged, row.try_next, row.note)


# -- read by whom it is for ---------------------------------------------------------------------


def unread(session: Session, me: str) -> list[ReviewForMe]:
    """What was seen of the agent's own work and they have not read yet, the oldest first."""
    rows = session.exec(
        select(Review, Case.ref, Customer.name, Agent.name)
        .join(Case, col(Case.id) == Review.case_id)
        .join(Agent, col(Agent.id) == Review.agent_id)
        .outerjoin(Customer, col(Customer.id) == Case.customer_id)
        .where(Review.of_id == me, col(Review.read_at).is_(None))
        .order_by(col(Review.at))
        .limit(_ON_BOARD)
    )
    return [
        ReviewForMe(row.id, row.case_id, ref, called(name), by, row.at, _words(row, ""))
        for row, ref, name, by in rows
    ]


def read(store: Store, review_id: str, at: datetime) -> None:
    """The agent whose work it was has read it. The first time stands."""
    with store.transaction() as session:
        row = session.get(Review, review_id)
        if row is None:
            raise Refused("That review was taken back.")
        if row.of_id != store.me:
            raise Refused("It is for the agent whose work it was.")
        row.read_at = row.read_at or at


def notes(store: Store, case_id: str) -> Mapping[str, str]:
    """What was written to an agent alone, by the id of its review: of this case, and only what this
    desk's agent wrote or was written."""
    with store.reading() as session:
        between = or_(Review.agent_id == store.me, Review.of_id == store.me)
        rows = select(Review.id, Review.note).where(Review.case_id == case_id, Review.note != "")
        return dict(session.exec(rows.where(between)).all())


# -- the queue ----------------------------------------------------------------------------------


def next_to_review(
    store: Store, chosen: Filter, sort: Sort, now: datetime, after: str
) -> tuple[str, int] | None:
    """The next case of a list, behind the case `after` and then from its top, that nobody has
    reviewed and that a colleague had a call on: its id, and its row in the list. None when there is
    none. Lists by anything but time are of a month at most."""
    left = (
        *conditions(chosen),
        col(Glance.reviewed).is_(False),
        col(Glance.status) != Status.LIVE,
        col(Glance.case_id) != after,
        _a_colleagues(store.me),
    )
    with store.reading() as session:
        if sort is not Sort.TIME:
            return _next_in_order(session, chosen, sort, now, after, left)
        here = session.exec(select(Glance.place).where(Glance.case_id == after)).first()
        newest = select(Glance.place, Glance.case_id).where(*left)
        newest = newest.order_by(col(Glance.place).desc()).limit(1)
        found = here is not None and session.exec(newest.where(Glance.place < here)).first()
        found = found or session.exec(newest).first()
        if not found:
            return None
        place, case_id = found
        above = select(func.count()).select_from(Glance)
        above = above.where(*conditions(chosen), Glance.place > place)
        return case_id, int(session.exec(above).one())


def _next_in_order(
    session: Session,
    chosen: Filter,
    sort: Sort,
    now: datetime,
    after: str,
    left: tuple[Condition, ...],
) -> tuple[str, int] | None:
    query = select(Glance.place, Glance.case_id).where(*conditions(chosen))
    listed = [tuple(row) for row in session.exec(ordered(query, sort, now))]
    waiting = set(session.exec(select(Glance.case_id).where(*left)))
    here = next((row for row, (_, case_id) in enumerate(listed) if case_id == after), -1)
    rows = [*range(here + 1, len(listed)), *range(here + 1)]
    return next(((listed[row][1], row) for row in rows if listed[row][1] in waiting), None)


def _a_colleagues(me: str) -> Condition:
    theirs = select(Contact.id).where(Contact.case_id == Glance.case_id, Contact.agent_id != me)
    return theirs.exists()
