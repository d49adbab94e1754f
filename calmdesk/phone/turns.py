"""The turns that a call takes: which event makes what of it, and what calmdesk is told of that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calmdesk.phone.events import Kind
from calmdesk.phone.phone_call import PhoneCall, State


class What(StrEnum):
    """What a change is about."""

    RANG = "rings"
    ANSWERED = "answered"
    HELD = "on hold"
    RESUMED = "back"
    ENDED = "ended"
    MISSED = "missed"
    UNCLEAR = "unclear"
    THEY_HOLD = "their side holds"
    THEY_RESUME = "their side is back"
    LINK_LOST = "link lost"
    LINK_BACK = "link back"


@dataclass(frozen=True)
class Change:
    """Something that calmdesk acts on."""

    what: What
    call: PhoneCall
    at: datetime


_WAITING = (None, State.RINGING, State.UNCLEAR)
_LIVE = [it for it in State if it.live]
TABLE: dict[tuple[Kind, State | None], tuple[State, What]] = {
    (Kind.RING, None): (State.RINGING, What.RANG),
    (Kind.RING, State.UNCLEAR): (State.RINGING, What.RANG),
    **{(Kind.ANSWER, it): (State.LISTENING, What.ANSWERED) for it in _WAITING},
    **{(Kind.HANGUP, it): (State.MISSED, What.MISSED) for it in _WAITING},
    **{(Kind.BUSY, it): (State.MISSED, What.MISSED) for it in _WAITING},
    **{(Kind.HANGUP, it): (State.WRAP_UP, What.ENDED) for it in _LIVE},
    (Kind.HOLD, State.LISTENING): (State.ON_HOLD, What.HELD),
    (Kind.RESUME, State.ON_HOLD): (State.LISTENING, What.RESUMED),
}
"""What an event makes of a call that stands so, None before its first; by all others it stays."""
THEIRS = {
    Kind.THEY_HOLD: (True, What.THEY_HOLD),
    Kind.THEY_RESUME: (False, What.THEY_RESUME),
}
"""What their side does: whether they have us on hold then. No turn: our own hold is another matter."""
