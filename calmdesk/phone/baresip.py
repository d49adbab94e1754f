"""What baresip says on its ctrl_tcp, told as events: pure, told the time with every frame.

Made for 1.0.0 and 4.9.0, which differ in this:

    the agent holds      1.0.0 only says that the other side agreed to something, and `listcalls`
                         shows what; 4.x says it itself
    their side holds     4.x says so, 1.0.0 does not
    a transfer fails     1.0.0 drops the call and never says so, 4.x keeps it
    listcalls            1.0.0 shows no ids, and the calls of the account in use only

What ended a call is never read from its words: they are the same for a caller who gives up and for
one who hangs up, and differ between versions. Calls out are followed as calls, and not told of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calmdesk.phone.baresip_frames import CHANGES, WHOLE, Shown, listing, plain_id, read, text
from calmdesk.phone.events import LINKED, Kind, Listed, PhoneEvent, name_of, number_of


@dataclass(frozen=True)
class Heard:
    """The events of one frame, and what has to be asked after it."""

    events: tuple[PhoneEvent, ...] = ()
    ask: bool = False
    """Whether `listcalls` must be sent, with the token CHANGES, to know what happened."""
    listed: tuple[Listed, ...] | None = None
    """All calls, when these were asked for."""


@dataclass(eq=False)
class _Call:
    """A call, as far as baresip told of it."""

    id: str
    """baresip's own; '' for a call from a list without ids, until an event gives it."""
    uri: str
    """Of the other side, exactly as baresip writes it."""
    name: str = ""
    outgoing: bool = False
    nameless: bool = False
    """Whether it was listed with neither id nor number: it is meant as the only one of that kind."""
    answered: bool = False
    held: bool = False
    """Whether the agent has it on hold, by what baresip said last."""
    doubtful: bool = False
    """Whether a transfer of it failed: it may be gone without another word."""

    @property
    def key(self) -> str:
        """Its id, as the machine can know it."""
        return "" if self.nameless else self.id

    @property
    def number(self) -> str:
        return number_of(self.uri)

    def tells(self, kind: Kind, at: datetime) -> PhoneEvent:
        """What happened to this call."""
        name = name_of(self.name, self.number)
        return PhoneEvent(kind, at, self.key, self.number, name, LINKED)

    def turns(self, held: bool, at: datetime) -> tuple[PhoneEvent, ...]:
        """The agent's hold as baresip has it now: told when that is new, so that a hold by a key of
        calmdesk's stands."""
        if not self.answered or self.held is held:
            return ()
        self.held = held
        return (self.tells(Kind.HOLD if held else Kind.RESUME, at),)


class Translator:
    """Takes frames, and says what they mean for the calls that come in."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        """Calls that are not over, the oldest first."""

    def heard(self, frame: bytes, at: datetime) -> Heard:
        """What a frame says; nothing, for one that is not understood."""
        said = read(frame)
        if said.get("event") is True:
            return self._event(said, at)
        token = text(said, "token")
        lines = listing(said) if token in (WHOLE, CHANGES) else None
        if lines is None:
            return Heard()
        if token == WHOLE:
            return self._whole(lines)
        return Heard(tuple(self._changes(lines, at)))

    # -- events -----------------------------------------------------------------------------

    def _event(self, said: dict[str, Any], at: datetime) -> Heard:
        what, key = text(said, "type"), plain_id(text(said, "id"))
        if what not in _TYPES or not key:
            return Heard()  # of the rest some come several times a second
        call = self._meant(what, key, said)
        if what == "CALL_CLOSED":
            self._calls.remove(call)
        if call.outgoing:
            return Heard()
        if what == "CALL_ESTABLISHED":
            self._answered(call)
        if kind := _KINDS.get(what):
            return Heard((call.tells(kind, at),))
        if what == "TRANSFER_FAILED":
            call.doubtful = True
            return Heard(ask=True)
        return _sound(call, said, at)

    def _meant(self, what: str, key: str, said: dict[str, Any]) -> _Call:
        """The call of an event; one that was listed without its id has it from now on."""
        uri, name = text(said, "peeruri"), text(said, "peerdisplayname")
        call = next((it for it in self._calls if it.id == key), None)
        if call is None and what != "CALL_INCOMING":
            answers = what == "CALL_ESTABLISHED"
            same = (it for it in self._calls if not it.id and it.uri == uri)
            call = next((it for it in same if not (answers and it.answered)), None)
        if call is None:
            call = _Call(key, uri, outgoing=text(said, "direction") != "incoming")
            self._calls.append(call)
        call.id, call.name = key, call.name or name
        return call

    def _answered(self, call: _Call) -> None:
        """A call is listened to: the others are on hold, before baresip has come to say so."""
        for other in self._calls:
            other.held = other.answered
        call.answered, call.held = True, False

    # -- listings ---------------------------------------------------------------------------

    def _whole(self, lines: list[Shown]) -> Heard:
        """All calls as they stand: those that are not there are forgotten, the others taken up."""
        self._calls = [call or _taken_up(line) for line, call in self._paired(lines)]
        listed = []
        for line, call in zip(lines, self._calls, strict=True):
            call.answered, call.held, call.doubtful = line.answered, line.held, False
            if not call.outgoing:
                listed.append(Listed(line.kind or Kind.RING, call.key, call.number))
        return Heard(listed=tuple(listed))

    def _changes(self, lines: list[Shown], at: datetime) -> Iterator[PhoneEvent]:
        """What an event left open: which calls are on hold, and whether one is gone."""
        pairs = self._paired(lines)
        talking = sum(line.kind is Kind.ANSWER for line in lines)
        for line, call in pairs:
            one = line.held or talking == 1  # of several nobody knows which one is meant
            if call is not None and line.answered and one and not call.outgoing:
                yield from call.turns(line.held, at)
        there = [call for _, call in pairs]
        for call in [it for it in self._calls if it.doubtful]:
            call.doubtful = False
            if call not in there:
                self._calls.remove(call)
                yield call.tells(Kind.HANGUP, at)

    def _paired(self, lines: list[Shown]) -> list[tuple[Shown, _Call | None]]:
        """Each line with the call that it shows: by id where there is one, else by URI; and of
        several with the same, the one that fits best."""
        left, pairs = list(self._calls), []
        for line in lines:
            able = [it for it in left if (it.id == line.id if line.id else it.uri == line.uri)]
            able.sort(key=lambda it: (it.doubtful, it.answered != line.answered))
            call = able[0] if able else None
            if call is not None:
                left.remove(call)
            pairs.append((line, call))
        return pairs


_KINDS = {
    "CALL_INCOMING": Kind.RING,
    "CALL_ESTABLISHED": Kind.ANSWER,
    "CALL_CLOSED": Kind.HANGUP,
    "CALL_HOLD": Kind.THEY_HOLD,
    "CALL_RESUME": Kind.THEY_RESUME,
}
_TYPES = {*_KINDS, "CALL_OUTGOING", "CALL_LOCAL_SDP", "CALL_REMOTE_SDP", "TRANSFER_FAILED"}
"""Events that are listened to; what a newer baresip adds is ignored."""


def _taken_up(line: Shown) -> _Call:
    """A call that nothing is known of but a line of a list."""
    nameless = not line.id and not number_of(line.uri)
    return _Call(line.id, line.uri, outgoing=line.kind is None, nameless=nameless)


def _sound(call: _Call, said: dict[str, Any], at: datetime) -> Heard:
    """The agent's hold, as it shows in what two sides agree about the sound of a call."""
    what, way = (text(said, "type"), text(said, "param")), text(said, "localaudiodir")
    if what == ("CALL_LOCAL_SDP", "offer") and way:
        return Heard(call.turns(way in ("sendonly", "inactive"), at))
    return Heard(ask=what == ("CALL_REMOTE_SDP", "answer") and not way and call.answered)
