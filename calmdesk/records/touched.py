"""After each happening: what is kept beside the record of its case is made to agree, or marked to
be made so at the next idle second."""

from collections.abc import Sequence

from sqlalchemy import String, bindparam, exists, insert, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as rows_of

from calmdesk.guide import happenings as h
from calmdesk.guide.happenings import Happening
from calmdesk.guide.notes import Sign
from calmdesk.records import glances
from calmdesk.records.derived import Glance

_WORDS_ONLY = (
    h.Noted,
    h.NoteMended,
    h.QuestionAsked,
    h.QuestionDropped,
    h.PhraseSaid,
    h.Apologised,
    h.BackSaid,
    h.IdentityTicked,
    h.FaultSettled,
    h.AskPut,
    h.CardGiven,
    h.ReadBack,
    h.Summed,
    h.SelfChecked,
    h.DeadlineNamed,
    h.StageEntered,
    h.StoryTold,
    h.Heard,
    h.Held,
    h.Resumed,
    h.Escalated,
)
"""What changes nothing that a list sees, but for a note of what is at stake. Time that goes on is
counted when its span has ended."""
_NEW_PEOPLE = (h.Answered, h.CallerNamed, h.CaseJoined)
"""After these a case may be another customer's."""

_TODO = SQLModel.metadata.tables["search_todo"]
_OF_CASE = bindparam("of_case", type_=String())
_INDEX_AGAIN = insert(_TODO).from_select(
    ["case_id"], select(_OF_CASE).where(~exists().where(_TODO.c.case_id == _OF_CASE))
)


def touched(session: Session, happening: Happening, *case_ids: str) -> None:
    """Something happened to a case; to two when a call went over from one to the other."""
    for case_id in dict.fromkeys(case_ids):
        if isinstance(happening, _NEW_PEOPLE):
            glances.look_around(session, case_id)
        elif not isinstance(happening, _WORDS_ONLY) or _is_stake(happening):
            glances.look(session, case_id)
        index_again(session, case_id)


def _is_stake(happening: Happening) -> bool:
    """Whether a note says what is at stake: a list shows that something is."""
    return isinstance(happening, h.Noted | h.NoteMended) and happening.sign is Sign.STAKE


def index_theirs_again(session: Session, customer_ids: Sequence[str]) -> None:
    """The same of all cases of some customers: they are called another name, or are others."""
    cases = rows_of(Glance.case_id).where(col(Glance.customer_id).in_(customer_ids))
    new = cases.where(~exists().where(_TODO.c.case_id == Glance.case_id))
    session.connection().execute(insert(_TODO).from_select(["case_id"], new))


def index_again(session: Session, case_id: str) -> None:
    """The words of a case have changed: the search is to learn them."""
    session.connection().execute(_INDEX_AGAIN, {"of_case": case_id})
