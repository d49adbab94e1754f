"""One call of the phone: where it stands, and for how long it stood where."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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
    """Each state, and the instant from which on it was that, never back in time; empty until
    the event that begins it has turned it."""
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
