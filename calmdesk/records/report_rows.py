"""What a report counts: plain values, detached from every session.

There is nobody's name in them, and nothing of the agents' own: a report is about the work (S99).
"""

from dataclasses import dataclass, field
from datetime import datetime

from calmdesk.records.picture_rows import Pictures

Counts = tuple[tuple[str, int], ...]
"""How often each thing, the most frequent first."""


@dataclass(frozen=True)
class Calls:
    """The calls of one stretch of time."""

    began: datetime
    came_in: int = 0
    went_out: int = 0

    @property
    def count(self) -> int:
        """Calls in both directions."""
        return self.came_in + self.went_out


@dataclass(frozen=True)
class FirstContact:
    """How long they waited for somebody to ring them (S94, S16)."""

    reached: tuple[float, ...] = ()
    """Seconds until each was spoken to, the shortest first."""
    rang_first: int = 0
    """How many rang themselves before we did."""
    waiting: int = 0
    """How many have been spoken to by nobody yet."""

    @property
    def count(self) -> int:
        """All who waited."""
        return len(self.reached) + self.rang_first + self.waiting


@dataclass(frozen=True)
class Closed:
    """The cases closed in this time, whenever they were opened (S101)."""

    seconds: tuple[float, ...] = ()
    """From opening to closing, without the time that they let us wait; the shortest first."""
    in_one_talk: int = 0
    """Closed after one conversation, whoever rang, and nothing came back. The Day's `first_contact`
    is another figure: the calls of customers alone, in which they may have been rung back."""

    @property
    def count(self) -> int:
        """How many were closed."""
        return len(self.seconds)


@dataclass(frozen=True)
class Promises:
    """What became of the promises whose first told instant lies in this time (S66)."""

    at_first_time: int = 0
    """Kept by the instant that they were told first."""
    at_later_time: int = 0
    """Kept by an instant to which they agreed anew."""
    late: int = 0
    missed: int = 0
    withdrawn: int = 0
    overdue: int = 0
    """Open, and past their time."""
    waiting: int = 0
    """Open, with their time still to come."""
    untimed: int = 0
    """Given in this time without any instant; in none of the counts above."""

    @property
    def due(self) -> int:
        """All of them that had a time, kept or not."""
        return self.settled + self.overdue + self.waiting

    @property
    def settled(self) -> int:
        """All of which something became."""
        return self.at_first_time + self.at_later_time + self.late + self.missed + self.withdrawn


@dataclass(frozen=True)
class Gave:
    """One remedy that settled it, or part of it."""

    text: str
    remedy: str = ""
    """Id in the playbook; '' for one in the agent's own words."""
    amount: int = 0
    """Minor units."""
    received: str = ""
    """yes, no, not yet, as the customer says; '' while nobody asked."""


@dataclass(frozen=True)
class Asked:
    """What a customer asked, and what they were given for it (S99)."""

    ref: str
    opened_at: datetime
    ask: str
    gave: tuple[Gave, ...] = ()
    rounds: int = 0
    """Rounds of offers; 0 when nothing was offered."""
    settled_in: int = 0
    """The round whose offer they took; 0 when they took none."""
    outcome: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that a report counts, from one instant to another."""

    since: datetime
    until: datetime
    """The instant before which it ends."""
    now: datetime
    """When it was counted."""
    calls: tuple[Calls, ...]
    """One for each stretch between the edges that were asked for."""
    cases: int = 0
    """Opened in this time; a call that was made part of an earlier case opened none."""
    outcomes: Counts = ()
    """How the calls ended; '' is a call without an outcome so far."""
    categories: Counts = ()
    causes: Counts = ()
    """Of the cases whose cause was found."""
    cause_unknown: int = 0
    heat: tuple[tuple[int, ...], ...] = ((0,) * 5,) * 5
    """Cases by heat before (1-5, outer) and after (1-5, inner)."""
    heat_unmarked: int = 0
    asked: tuple[Asked, ...] = ()
    """Of every case with an ask or a remedy, the newest last."""
    first_contact: FirstContact = FirstContact()
    closed: Closed = Closed()
    listened: tuple[float, ...] = ()
    """Seconds listened in each call that came in, of all agents together, the shortest first; none
    where these would tell of one of them."""
    promises: Promises = Promises()
    progress: Promises = Promises()
    """Those of the promises that are progress reports (S67)."""
    attempts: Counts = ()
    follow_ups: Counts = ()
    """Those due in this time: held, not held, not yet, withdrawn, overdue, to come."""
    letters: Counts = ()
    pictures: Pictures = field(default_factory=Pictures)
    """What there is to look at; promises that wait are those of any time."""

    @property
    def came_in(self) -> int:
        """Calls that came in."""
        return sum(calls.came_in for calls in self.calls)

    @property
    def went_out(self) -> int:
        """Calls that went out."""
        return sum(calls.went_out for calls in self.calls)

    @property
    def calls_count(self) -> int:
        """All calls."""
        return self.came_in + self.went_out

    @property
    def gave(self) -> tuple[Gave, ...]:
        """Every remedy that was given."""
        return tuple(gave for asked in self.asked for gave in asked.gave)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened, and nothing was due."""
        counted = (self.attempts, self.follow_ups, self.letters)
        return not (
            self.cases
            or self.calls_count
            or self.closed.count
            or self.promises.due
            or self.promises.untimed
            or any(counted)
        )
