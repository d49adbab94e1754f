"""The phone's calls, and where each of them stands: pure, told the time with every event.

    idle ──ring──> ringing ──answer──> listening <──hold, resume──> on hold
                      │                    └────────hangup────────────┴──> wrap-up ──over──> idle
                      ├──hangup, busy──> missed
                      └──three minutes without a word──> unclear

At most one call is listening: answering or resuming one puts the other on hold, whatever the phone
does. Nothing here is thrown away but calls that are over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from calmdesk.phone.events import LINKED, Kind, Listed, PhoneEvent, same_number

UNHEARD = timedelta(minutes=3)
"""After so long a call that only ever rang is unclear: the phone may not tell how it ended."""
FORGOTTEN = 200
"""Calls that are over, kept so that a late event begins none of them again."""
LATE = timedelta(seconds=10)
"""Within this an event may be late; after it a phone has given its id once more."""
STILL = timedelta(minutes=10)
"""For so long a call that has become unclear may be answered or hung up after all."""


AGAIN = " again "
"""Stands in the key of a call whose id was given once more, before its instant."""


class State(StrEnum):
    """Where a call stands."""

    RINGING = "ringing"
    LISTENING = "listening"
    ON_HOLD = "on hold"
    WRAP_UP = "wrap-up"
    MISSED = "missed"
    UNCLEAR = "unclear"

    @property
    def live(self) -> bool:
        """Whether somebody is on the line."""
        return self in (State.LISTENING, State.ON_HOLD)


@dataclass(eq=False)
class PhoneCall:
    """One call of the phone."""

    key: str
    """By which it is known here: the phone's own id, or one that was made for it."""
    source: str
    number: str = ""
    name: str = ""
    id: str = ""
    """The phone's own; '' where it gives none. Some phones give one again."""
    turns: list[tuple[State, datetime]] = field(default_factory=list)
    """Each state, and the instant from which on it was that; never empty, never back in time."""
    they_hold: bool = False
    """Whether the customer's side has us on hold."""
    uncertain: bool = False
    """Whether the link to its phone was lost: how and when it ended is a guess until it is back."""

    @property
    def state(self) -> State:
        """Where it stands now."""
        return self.turns[-1][0]

    @property
    def since(self) -> datetime:
        """The instant of its last turn."""
        return self.turns[-1][1]

    @property
    def began_at(self) -> datetime:
        """The instant at which we heard of it first."""
        return self.turns[0][1]

    @property
    def answered_at(self) -> datetime | None:
        """The instant of the first answer; None when nobody did."""
        return next((at for state, at in self.turns if state.live), None)

    def seconds(self, state: State, now: datetime) -> float:
        """Seconds that it spent in one state, up to now."""
        ends = [at for _, at in self.turns[1:]] + [max(now, self.since)]
        spans = zip(self.turns, ends, strict=True)
        return sum((end - at).total_seconds() for (it, at), end in spans if it is state)

    def turn(self, state: State, at: datetime) -> None:
        """Go over into a state; never back in time, so that the parts add up to the whole."""
        self.turns.append((state, max(at, self.since) if self.turns else at))


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
    by_us: bool = False
    """Whether it follows from another call's turn, and not from what the phone said."""


class Taken(NamedTuple):
    """What one event came to."""

    changes: list[Change]
    call: PhoneCall | None
    """The call that it was of; None when it fits none."""
    became: str
    """The same in words, for the log."""


class Machine:
    """Takes events, and says what changed."""

    def __init__(self, made_up: Callable[[PhoneEvent], str]) -> None:
        """`made_up` makes a key for a call whose phone gives none, from its first event."""
        self._made_up = made_up
        self.calls: dict[str, PhoneCall] = {}
        """Calls that are not over, by key, the oldest first."""
        self._over: dict[str, datetime] = {}
        """Keys and ids of calls that are over, and when they were, the oldest first."""

    # -- what the phone says ----------------------------------------------------------------

    def take(self, event: PhoneEvent) -> Taken:
        """Let an event have happened. Nothing changes by one that fits no call."""
        key = event.key or self._made_up(event)
        call = self._known(key, event) or self._meant(event)
        if call is None:
            over_at = self._over.get(key)
            if over_at is not None and event.at <= over_at + LATE:
                return Taken([], None, "ignored: that call is over")
            if event.kind not in (Kind.RING, Kind.ANSWER):
                self._end(key, event.at)
                return Taken([], None, "ignored: no such call")
            call = self._begin(key, event)
        self._fill(call, event)
        changes = self._turned(event.kind, call, event.at)
        return Taken(changes, call, changes[-1].what if changes else f"{call.state} already")

    def _known(self, key: str, event: PhoneEvent) -> PhoneCall | None:
        """The call of this key, or the latest of this id; not one that had long ended when it rings
        anew."""
        by_id = [it for it in self.calls.values() if event.key and it.id == event.key]
        call = by_id[-1] if by_id else self.calls.get(key)
        begins = event.kind in (Kind.RING, Kind.ANSWER)
        if call is not None and call.state is State.WRAP_UP and begins:
            return call if event.at <= call.since + LATE else None
        return call

    def _turned(self, kind: Kind, call: PhoneCall, at: datetime) -> list[Change]:
        state = call.state if call.turns else None
        waiting = state in (None, State.RINGING, State.UNCLEAR)
        match kind:
            case Kind.RING if state in (None, State.UNCLEAR):
                return [self._turn(call, State.RINGING, What.RANG, at)]
            case Kind.ANSWER if waiting:
                aside = self._put_aside(call, at)
                return [*aside, self._turn(call, State.LISTENING, What.ANSWERED, at)]
            case Kind.HANGUP | Kind.BUSY if waiting:
                return [self._turn(call, State.MISSED, What.MISSED, at)]
            case Kind.HANGUP if call.state.live:
                return [self._turn(call, State.WRAP_UP, What.ENDED, at)]
            case Kind.HOLD if state is State.LISTENING:
                return [self._turn(call, State.ON_HOLD, What.HELD, at)]
            case Kind.RESUME if state is State.ON_HOLD:
                aside = self._put_aside(call, at)
                return [*aside, self._turn(call, State.LISTENING, What.RESUMED, at)]
            case Kind.THEY_HOLD if call.state.live and not call.they_hold:
                call.they_hold = True
                return [Change(What.THEY_HOLD, call, at)]
            case Kind.THEY_RESUME if call.they_hold:
                call.they_hold = False
                return [Change(What.THEY_RESUME, call, at)]
            case _:
                return []

    def _turn(
        self, call: PhoneCall, state: State, what: What, at: datetime, by_us: bool = False
    ) -> Change:
        call.turn(state, at)
        if state is State.MISSED:
            self.over(call.key, at)
        return Change(what, call, call.since, by_us)

    def _put_aside(self, call: PhoneCall, at: datetime) -> list[Change]:
        """One call is listened to at a time: whichever else is goes on hold."""
        return [
            self._turn(other, State.ON_HOLD, What.HELD, at, by_us=True)
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

    # -- which call is meant ----------------------------------------------------------------

    def _meant(self, event: PhoneEvent) -> PhoneCall | None:
        """The call of an event that came without a known id: among those without one, by its number
        and by what fits the event; else the only one that it can be, where either has no number.
        Two callers who withhold their numbers are never taken for one another's."""
        fitting = [it for it in self.calls.values() if not (event.key and it.id)]
        fitting = [it for it in fitting if _fits(event, it)]
        likeliest = [it for it in fitting if it.state is _LIKELIEST.get(event.kind)]
        return _only(event, likeliest) or _only(event, fitting)

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
            call = _listed_as(it, left)
            key = (call.id or call.key) if call is not None else it.key
            for kind in _UP_TO[it.kind]:
                taken = self.take(PhoneEvent(kind, at, key, it.number, source=source))
                changes += taken.changes
                if taken.call in left:  # also one that was known without its id
                    left.remove(taken.call)
                    taken.call.uncertain = False
            if it.kind is Kind.ANSWER and call is not None:
                back = PhoneEvent(Kind.RESUME, at, key, it.number, source=source)
                changes += self.take(back).changes
        for call in left:
            call.uncertain = True
            gone = PhoneEvent(Kind.HANGUP, at, call.id or call.key, source=source)
            changes += self.take(gone).changes
        return changes

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
        self._end(key, at)
        if call is not None and call.id:
            self._end(call.id, at)

    def _end(self, key: str, at: datetime) -> None:
        self._over[key] = max(at, self._over.pop(key, at))
        while len(self._over) > FORGOTTEN:
            del self._over[next(iter(self._over))]

    @property
    def ringing(self) -> list[PhoneCall]:
        """Calls that ring, the oldest first."""
        return [it for it in self.calls.values() if it.state is State.RINGING]

    @property
    def live(self) -> list[PhoneCall]:
        """Calls with somebody on the line."""
        return [it for it in self.calls.values() if it.state.live]


KEYS = "keys"
"""The source of a call that a key began."""
_LIVE = (State.LISTENING, State.ON_HOLD)
_FITTING = {
    Kind.RING: (State.RINGING,),
    Kind.ANSWER: (State.RINGING, *_LIVE),
    Kind.HANGUP: (State.RINGING, *_LIVE),
    Kind.BUSY: (State.RINGING, *_LIVE),
}
"""States in which a call can be meant by an event; by all others, live ones."""
_LIKELIEST = {
    Kind.ANSWER: State.RINGING,
    Kind.HOLD: State.LISTENING,
    Kind.RESUME: State.ON_HOLD,
}
"""Those that are asked first."""
_UP_TO = {
    Kind.RING: (Kind.RING,),
    Kind.ANSWER: (Kind.ANSWER,),
    Kind.HOLD: (Kind.ANSWER, Kind.HOLD),
}
"""The events by which a call came to stand where it is listed."""


def _fits(event: PhoneEvent, call: PhoneCall) -> bool:
    """Whether an event may be of a call, as it stands. One that is unclear may for a while, by its
    number alone, and rings no more."""
    if call.state is State.UNCLEAR:
        of_it = event.kind in (Kind.ANSWER, Kind.HANGUP, Kind.BUSY) and bool(event.number)
        return of_it and same_number(call.number, event.number) and event.at - call.since <= STILL
    return call.state in _FITTING.get(event.kind, _LIVE)


def _only(event: PhoneEvent, calls: Sequence[PhoneCall]) -> PhoneCall | None:
    """The one of these that an event means; None when it can be none or several. A number is never
    that of a call which a key began, but for an answer: they may be ringing somebody else beside it."""
    if event.number:
        same = [it for it in calls if it.number and same_number(it.number, event.number)]
        if same:
            return same[-1]
    if event.kind is Kind.RING or (event.key and event.kind is not Kind.ANSWER):
        return None
    nameless = [it for it in calls if not it.number]
    if event.number and event.kind is not Kind.ANSWER:
        nameless = [it for it in nameless if it.source != KEYS]
    able = nameless if nameless or event.number else list(calls)
    return able[0] if len(able) == 1 else None


def _listed_as(it: Listed, calls: Iterable[PhoneCall]) -> PhoneCall | None:
    """The one of our calls that is listed; by its number where the phone lists no ids."""
    if it.key:
        return next((call for call in calls if it.key in (call.id, call.key)), None)
    return next((call for call in calls if same_number(call.number, it.number)), None)
