"""After each happening: what is kept beside the record of its case is made to agree, or marked to
be made so at the next idle second."""

from sqlmodel import Session

from calmdesk.guide import happenings as h
from calmdesk.guide.happenings import Happening
from calmdesk.guide.notes import Sign
from calmdesk.records import glances, outdated

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
_NEW_PEOPLE = (h.Answered, h.CallerNamed, h.CaseJoined, h.Parked, h.Finished)
"""After these a case may be another customer's."""


def touched(session: Session, happening: Happening, *case_ids: str) -> None:
    """Something happened to a case; to two when a call went over from one to the other."""
    for case_id in dict.fromkeys(case_ids):
        if isinstance(happening, _NEW_PEOPLE):
            glances.look_around(session, case_id)
        elif not isinstance(happening, _WORDS_ONLY) or _is_stake(happening):
            glances.look(session, case_id)
    outdated.words_of(session, case_ids)


def _is_stake(happening: Happening) -> bool:
    """Whether a note says what is at stake: a list shows that something is."""
    return isinstance(happening, h.Noted | h.NoteMended) and happening.sign is Sign.STAKE
