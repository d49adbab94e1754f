"""The rows that one happening brings with it: the way to each, and what all of them need."""

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from sqlmodel import Session

from calmdesk.guide.call import Call
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.happenings import Happening
from calmdesk.records.models import Case, Contact


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a happening changes: a case, and its rows."""

    session: Session
    me: str
    """Id of the agent who made it happen."""
    at: datetime
    case: Case
    contact_id: str | None = None
    """The call in which it happened; None between calls."""


@dataclass(frozen=True, kw_only=True)
class CallChange(Change):
    """What a happening of a live call changes; it has been added to the call already."""

    call: Call
    contact: Contact
    dialling: Dialling


@singledispatch
def put(happening: Happening, to: Change) -> None:
    """Put the rows that a happening brings with it; most bring none. Raises Refused when what is
    asked for cannot be."""
