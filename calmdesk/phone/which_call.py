"""Which of our calls the phone means: by its own id, by the number, or as the only one it can be.

Two callers who withhold their numbers are never taken for one another's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from calmdesk.phone.events import KEYS, Kind, Listed, PhoneEvent, other_number, same_number
from calmdesk.phone.phone_call import PhoneCall, State

AT_ONCE = timedelta(seconds=1)
"""Within this a key press and the telephone's answer are one call."""
LATE = timedelta(seconds=10)
"""Within this an event may be late; after it a phone has given its id once more."""
NAMELESS = timedelta(minutes=1)
"""For so long a call that a key began may turn out to be one that the phone says was answered."""
STILL = timedelta(minutes=10)
"""For so long a call that has become unclear may be answered or hung up after all."""
BEGINS = (Kind.RING, Kind.ANSWER)
"""Events by which a call begins."""
_OF_RINGING = (*BEGINS, Kind.HANGUP, Kind.BUSY)
_LIKELIEST = {
    Kind.ANSWER: State.RINGING,
    Kind.HOLD: State.LISTENING,
    Kind.RESUME: State.ON_HOLD,
}
"""States whose calls are asked first."""


def of_id(calls: Iterable[PhoneCall], key: str, event: PhoneEvent) -> PhoneCall | None:
    """The latest call of this id, or the one of this key; not one that had long ended when it rings
    anew, nor that of another caller: a line's number may have been given for an id."""
    found = None
    for call in calls:
        if (event.key and call.id == event.key) or (found is None and call.key == key):
            found = call
    if found is None or event.kind not in BEGINS:
        return found
    ended = found.state is State.WRAP_UP
    another = (ended or event.kind is Kind.RING) and other_number(found.number, event.number)
    return None if another or (ended and event.at > found.since + LATE) else found


def meant(calls: Iterable[PhoneCall], event: PhoneEvent) -> PhoneCall | None:
    """The call of an event that came without a known id: among those without one, by its number and
    by what fits the event; else the only one that it can be, where either has no number."""
    fitting = [it for it in calls if not (event.key and it.id) and _fits(event, it)]
    likeliest = [it for it in fitting if it.state is _LIKELIEST.get(event.kind)]
    return _only(event, likeliest) or _only(event, fitting)


def began_by_key(before: PhoneCall, call: PhoneCall, at: datetime) -> bool:
    """Whether a key began the call that the phone says was answered, at the same moment."""
    able = before.source == KEYS != call.source and before.state is State.LISTENING
    same = not other_number(before.number, call.number)
    return able and same and abs(at - before.began_at) < AT_ONCE


def listed(it: Listed, calls: Iterable[PhoneCall]) -> PhoneCall | None:
    """The call that is listed; where the phone lists no ids by its number, and best as one that
    stands so, too."""
    if it.key:
        return next((call for call in calls if it.key in (call.id, call.key)), None)
    alike = [call for call in calls if same_number(call.number, it.number)]
    so = [call for call in alike if (call.state is State.RINGING) is (it.kind is Kind.RING)]
    return next(iter(so or alike), None)


def _fits(event: PhoneEvent, call: PhoneCall) -> bool:
    """Whether an event may be of a call, as it stands. One that is unclear may for a while, by its
    number alone, and rings no more."""
    if call.state is State.UNCLEAR:
        of_it = event.kind in (Kind.ANSWER, Kind.HANGUP, Kind.BUSY) and bool(event.number)
        return of_it and same_number(call.number, event.number) and event.at - call.since <= STILL
    if call.state is State.RINGING:
        return event.kind in _OF_RINGING
    if event.kind is Kind.RING:  # that comes after its answer
        rang = call.turns[0][0] is State.RINGING
        return call.state.live and not rang and event.at - call.began_at <= LATE
    return call.state.live


def _only(event: PhoneEvent, calls: Sequence[PhoneCall]) -> PhoneCall | None:
    """The one of these that an event means; None when it can be none or several. A number is never
    that of a call which a key began, but for an answer soon after: they may be ringing somebody else
    beside it. Of those that ring without a number the latest is answered: no end may have been told
    of the others."""
    if event.number:
        same = [it for it in calls if it.number and same_number(it.number, event.number)]
        if same:
            return same[-1]
    if event.kind is Kind.RING or (event.key and event.kind is not Kind.ANSWER):
        return None
    nameless = [it for it in calls if not it.number]
    if event.number:
        soon = event.kind is Kind.ANSWER
        nameless = [
            it
            for it in nameless
            if it.source != KEYS or (soon and event.at - it.began_at <= NAMELESS)
        ]
    able = nameless if nameless or event.number else list(calls)
    if event.kind is Kind.ANSWER and not event.number:
        able = [it for it in able if it.state is State.RINGING][-1:] or able
    return able[0] if len(able) == 1 else None
