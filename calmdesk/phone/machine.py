"""The phone's calls, and where each of them stands: pure, told the time with every event.

    idle ──ring──> ringing ──answer──> listening <──hold, resume──> on hold
                      │                    └────────hangup────────────┴──> wrap-up ──over──> idle
                      ├──hangup, busy──> missed
                      └──three minutes without a word──> unclear

At most one call is listening: answering or resuming one puts the other on hold, whatever the phone
does. Nothing here is thrown away but calls that are over.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from calmdesk.phone import which_call
from calmdesk.phone.events import (
    LINKED,
    Kind,
    Listed,
    PhoneEvent,
    other_number,
    same_number,
)
from calmdesk.phone.phone_call import PhoneCall, State
from calmdesk.phone.turns import TABLE, THEIRS, Change, What
from calmdesk.phone.which_call import BEGINS, LATE, STILL

UNHEARD = timedelta(minutes=3)
"""After so long a call that only ever rang is unclear: the phone may not tell how it ended."""
FORGOTTEN = 200
"""Calls that are over, kept so that a late event begins none of them again."""
AGAIN = "\n"
"""Stands in the key of a call whose id was given once more, before its instant: in no id of a phone,
for that is one line."""
_UP_TO = {
    Kind.RING: (Kind.RING,),
    Kind.ANSWER: (Kind.ANSWER, Kind.RESUME),
    Kind.HOLD: (Kind.ANSWER, Kind.HOLD),
}
"""The events by which a call came to stand where it is listed."""


class Taken(NamedTuple):
    """The changes that one event brought."""

    changes: list[Change]
    call: PhoneCall | None
    """The call that it was of; None when it fits none."""
    became: str
    """What it came to, in words for the log."""


class Over(NamedTuple):
    """What is left of a call that is over."""

    at: datetime
    number: str


class Machine:
    """Takes events, and says what changed."""

    def __init__(self, made_up: Callable[[PhoneEvent], str]) -> None:
        """`made_up` makes a key for a call whose phone gives none, from its first event."""
        self._made_up = made_up
        self.calls: dict[str, PhoneCall] = {}
        """Calls that are not over, by key, the oldest first."""
        self._over: dict[str, Over] = {}
        """Calls that are over, by key and by id, the oldest first."""

    # -- what the phone says ----------------------------------------------------------------

    def take(self, event: PhoneEvent) -> Taken:
        """Let an event have happened. Nothing changes by one that fits no call."""
        key = event.key or self._made_up(event)
        calls = self.calls.values()
        call = which_call.of_id(calls, key, event) or which_call.meant(calls, event)
        if call is None:
            if self._is_late(key, event):
                return Taken([], None, "ignored: that call is over")
            if event.kind not in BEGINS:
                self._end(key, event.at, event.number)
                return Taken([], None, "ignored: no such call")
            call = self._begin(key, event)
        self._fill(call, event)
        changes = self._turned(event.kind, call, event.at)
        became = changes[-1].what if changes else f"{call.state} already"
        if event.kind is Kind.ANSWER and not event.key and not event.number:
            changes += self._given_up(call, event.at)
        return Taken(changes, call, became)

    def _is_late(self, key: str, event: PhoneEvent) -> bool:
        """Whether it is of a call that is over, and not of the next one of the same id."""
        over = self._over.get(key)
        if over is None or other_number(over.number, event.number):
            return False
        return event.at <= over.at + LATE

    def _forget_key(self, call: PhoneCall, at: datetime) -> None:
        """A key that was pressed at the moment of the answer began this very call, not one beside."""
        for before in [*self.calls.values()]:
            if which_call.began_by_key(before, call, at):
                self.over(before.key, at)

    def _given_up(self, answered: PhoneCall, at: datetime) -> list[Change]:
        """Those of the same phone that rang before, withheld and without an id: nobody knows of them
        any more, and no end that is told would be theirs alone."""
        return [
            self._turn(call, State.UNCLEAR, What.UNCLEAR, at)
            for call in self.calls.values()
            if call.state is State.RINGING
            and call.source == answered.source
            and not call.id
            and not call.number
        ]

    def _turned(self, kind: Kind, call: PhoneCall, at: datetime) -> list[Change]:
        if kind in THEIRS:
            they_hold, what = THEIRS[kind]
            if not call.state.live or call.they_hold is they_hold:
                return []
            call.they_hold = they_hold
            return [Change(what, call, at)]
        turn = TABLE.get((kind, call.state if call.turns else None))
        if turn is None:
            return []
        state, what = turn
        if what is What.ANSWERED:
            self._forget_key(call, at)
        aside = self._put_aside(call, at) if state is State.LISTENING else []
        return [*aside, self._turn(call, state, what, at)]

    def _turn(self, call: PhoneCall, state: State, what: What, at: datetime) -> Change:
        call.turn(state, at)
        if state is State.MISSED:
            self.over(call.key, at)
        return Change(what, call, call.since)

    def _put_aside(self, call: PhoneCall, at: datetime) -> list[Change]:
        """One call is listened to at a time: whichever else is goes on hold."""
        return [
            self._turn(other, State.ON_HOLD, What.HELD, at)
            for other in self.calls.values()
            if other is not call and other.state is State.LISTENING
        ]

    def _begin(self, key: str, event: PhoneEvent) -> PhoneCall:
        key = self._free(key, event.at)
        call = PhoneCall(key, event.source, event.number, event.name, id=event.key)
        self.calls[key] = call
        return call

    def _fill(self, call: PhoneCall, event: PhoneEvent) -> None:
        """What one event left out another one may say."""
        call.number = call.number or event.number
        call.name = call.name or event.name
        if event.key not in ("", call.key) and not call.id:  # the phone gives its own id by now
            own = self._free(event.key, event.at)
            self.calls = {own if it is call else key: it for key, it in self.calls.items()}
            call.key, call.id, call.source = own, event.key, event.source

    def _free(self, key: str, at: datetime) -> str:
        """The key for a call of this id, which the phone may have given to one before."""
        free = key
        while free in self.calls or free in self._over:
            free = f"{free}{AGAIN}{at.timestamp():.3f}"
        return free

    # -- the link, and time -----------------------------------------------------------------

    def lost(self, source: str, at: datetime) -> list[Change]:
        """The link to a phone is down: its calls stay as they are."""
        calls = self._of(source)
        for call in calls:
            call.uncertain = True
        return [Change(What.LINK_LOST, it, at) for it in calls]

    def found(self, source: str, listed: Sequence[Listed], at: datetime) -> list[Change]:
        """The link is up again, and these calls are there: what is gone is over, at an instant that
        nobody knows; what is new is taken up."""
        known = self._of(source)
        changes = [Change(What.LINK_BACK, it, at) for it in known]
        left = list(known)
        for it in listed:
            if self._goes_on(it, at):
                continue
            call = which_call.listed(it, left)
            key = (call.id or call.key) if call is not None else it.key
            for kind in _UP_TO[it.kind]:
                taken = self.take(PhoneEvent(kind, at, key, it.number, source=source))
                changes += taken.changes
                key = taken.call.key if taken.call is not None else key
                if taken.call in left:  # also one that was known without its id
                    left.remove(taken.call)
                    taken.call.uncertain = False
        for call in left:
            call.uncertain = True
            gone = PhoneEvent(Kind.HANGUP, at, call.id or call.key, source=source)
            changes += self.take(gone).changes
        return changes

    def _goes_on(self, it: Listed, at: datetime) -> bool:
        """Whether it is one that a key ended, while they say goodbye still."""
        if it.kind is Kind.RING:
            return False
        wrap_ups = [call for call in self.calls.values() if call.state is State.WRAP_UP]
        if it.key:
            return it.key in self._over or any(it.key == call.id for call in wrap_ups)
        numbers = {call.number for call in wrap_ups}
        numbers |= {over.number for over in self._over.values() if at - over.at <= STILL}
        return any(same_number(number, it.number) for number in numbers if number)

    def _of(self, source: str) -> list[PhoneCall]:
        return [
            call
            for call in self.calls.values()
            if call.source == source and (call.state.live or call.state is State.RINGING)
        ]

    def tick(self, now: datetime) -> list[Change]:
        """Let time pass: a call that rang for long without a word more is unclear, unless there is a
        link to its phone, by which that is told."""
        changes = [
            self._turn(call, State.UNCLEAR, What.UNCLEAR, now)
            for call in self.calls.values()
            if call.state is State.RINGING
            and (call.source != LINKED or call.uncertain)
            and now - call.since >= UNHEARD
        ]
        for call in [*self.calls.values()]:
            if call.state is State.UNCLEAR and now - call.since > STILL:
                self.over(call.key, now)
        return changes

    # -- what the keys say ------------------------------------------------------------------

    def begun(
        self, key: str, number: str, source: str, at: datetime, own_id: bool = False
    ) -> PhoneCall:
        """A call began without the phone's saying so: by a key, or before calmdesk was started. With
        `own_id` the key is the phone's own id."""
        call = PhoneCall(key, source, number, id=key.partition(AGAIN)[0] if own_id else "")
        self._put_aside(call, at)
        call.turn(State.LISTENING, at)
        self.calls[key] = call
        return call

    def stands(self, key: str, state: State, at: datetime) -> None:
        """The agent has the last word on where a call stands."""
        call = self.calls.get(key)
        if call is not None and call.state is not state:
            if state is State.LISTENING:
                self._put_aside(call, at)
            call.turn(state, at)

    def over(self, key: str, at: datetime) -> None:
        """A call is saved, skipped or missed, or was in an earlier calmdesk: it is forgotten, and an
        event that is late begins it no more."""
        call = self.calls.pop(key, None)
        number = call.number if call is not None else ""
        self._end(key, at, number)
        if call is not None and call.id:
            self._end(call.id, at, number)

    def _end(self, key: str, at: datetime, number: str) -> None:
        before = self._over.pop(key, None)
        self._over[key] = Over(at if before is None else max(at, before.at), number)
        while len(self._over) > FORGOTTEN:
            del self._over[next(iter(self._over))]

    @property
    def live(self) -> list[PhoneCall]:
        """Calls with somebody on the line."""
        return [it for it in self.calls.values() if it.state.live]
