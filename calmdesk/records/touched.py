"""After each happening: what is kept beside the record of its case is made to agree, or marked to
be made so at the next idle second."""

from sqlalchemy import exists, insert, literal, select
from sqlmodel import Session, SQLModel

from calmdesk.guide import happenings as h
from calmdesk.guide.happenings import Happening
from calmdesk.records import glances

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
"""What changes nothing that a list sees. Time that goes on is counted when its span has ended."""
_NEW_PEOPLE = (h.Answered, h.CallerNamed, h.CaseJoined)
"""After these a case may be another customer's."""

_TODO = SQLModel.metadata.tables["search_todo"]


def touched(session: Session, happening: Happening, *case_ids: str) -> None:
    """Something happened to a case; to two when a call went over from one to the other."""
    for case_id in dict.fromkeys(case_ids):
        if isinstance(happening, _NEW_PEOPLE):
            glances.look_around(session, case_id)
        elif not isinstance(happening, _WORDS_ONLY):
            glances.look(session, case_id)
        index_again(session, case_id)


def index_again(session: Session, case_id: str) -> None:
    """The words of a case have changed: the search is to learn them."""
    there = exists().where(_TODO.c.case_id == case_id)
    session.connection().execute(
        insert(_TODO).from_select(["case_id"], select(literal(case_id)).where(~there))
    )
