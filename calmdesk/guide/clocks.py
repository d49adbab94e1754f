"""The three clocks of a case: acknowledge, next contact, resolve (D6), and how each stands.

Pure: handed the instants of the case, the targets, the working hours and now. A promised time is
never moved by a pause, and it stands before any target. Off until the settings name a target.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from calmdesk.clock import instant, local
from calmdesk.guide import promises
from calmdesk.guide.english.times import distance
from calmdesk.guide.targets import CaseClock, Target, Targets, Unit
from calmdesk.guide.working_time import closing, later, taken_up, worked
from calmdesk.working_hours import WorkingHours

Pause = tuple[datetime, datetime | None]
"""Since when and until when the customer was waited for; None while they still are."""


class ClockState(StrEnum):
    """How a clock stands; never told by colour alone."""

    FINE = ""
    AT_RISK = "soon"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"

    @property
    def sign(self) -> str:
        """The mark before the line."""
        return {"": " ", "soon": "·", "late": "!", "paused": "=", "met": "✓"}[self.value]


@dataclass(frozen=True)
class CaseTimes:
    """What the clocks of a case ask about it; all instants in UTC."""

    opened_at: datetime
    """When it was received."""
    acknowledged_at: datetime | None = None
    last_contact: datetime | None = None
    """When the customer was last reached; None is since receipt."""
    answered_at: datetime | None = None
    """When the final answer was given; None while the case is open."""
    promised: tuple[datetime, ...] = ()
    """When the promises that are still open are due."""
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class ClockStanding:
    """How one clock stands now."""

    clock: CaseClock
    due: datetime | None
    """UTC; None while it does not run yet."""
    state: ClockState
    words: str
    """Such as `in 3 h`, `paused since Mon`, `met, 4 h early`."""
    late: bool = False
    """Whether its time has passed without it, also when it was met afterwards."""


def due(opened_at: datetime, target: Target, hours: WorkingHours, zone: tzinfo | None) -> datetime:
    """The UTC instant at which a target that counts from `opened_at` is due."""
    match target.unit:
        case Unit.MINUTES:
            return later(opened_at, timedelta(minutes=target.count), hours, zone)
        case Unit.HOURS:
            return later(opened_at, timedelta(hours=target.count), hours, zone)
        case Unit.WORKING_DAYS:
            return closing(taken_up(opened_at, hours, zone), target.count, hours, zone)
        case Unit.ENDS_OF_DAY:
            return closing(opened_at, target.count, hours, zone)
    days = target.count * (7 if target.unit is Unit.WEEKS else 1)
    wall = local(opened_at, zone).replace(tzinfo=None)
    return instant(wall + timedelta(days=days), zone)


def standing(
    times: CaseTimes, targets: Targets, hours: WorkingHours, zone: tzinfo | None, now: datetime
) -> tuple[ClockStanding, ...]:
    """How each clock of a case stands now, in the order acknowledge, next contact, resolve. A clock
    without a target is left out; so are all while the settings name none."""
    if targets.off:
        return ()
    case = _Case(times, targets, hours, zone, now)
    return tuple(s for s in (case.acknowledge(), case.next_contact(), case.resolve()) if s)


@dataclass(frozen=True)
class _Case:
    """One case at one instant."""

    times: CaseTimes
    targets: Targets
    hours: WorkingHours
    zone: tzinfo | None
    now: datetime

    def acknowledge(self) -> ClockStanding | None:
        target = self.targets.acknowledge
        if target is None:
            return None
        done = self.times.acknowledged_at or self.times.answered_at
        return self._against(CaseClock.ACKNOWLEDGE, self._due(self.times.opened_at, target), done)

    def next_contact(self) -> ClockStanding | None:
        """The earliest promised time if there is one, else so long after the last contact."""
        times, target = self.times, self.targets.next_contact
        if times.promised:
            return self._against(CaseClock.NEXT_CONTACT, min(times.promised))
        if target is None or times.answered_at is not None:
            return None
        since = times.last_contact or times.opened_at
        return self._against(CaseClock.NEXT_CONTACT, self._due(since, target))

    def resolve(self) -> ClockStanding | None:
        times, target = self.times, self.targets.resolve
        if target is None:
            return None
        since = times.acknowledged_at if target.after_acknowledgment else times.opened_at
        if since is None:
            if times.answered_at is not None:
                return ClockStanding(CaseClock.RESOLVE, None, ClockState.MET, "met")
            words = "counts from the acknowledgment"
            return ClockStanding(CaseClock.RESOLVE, None, ClockState.FINE, words)
        moved, paused = self._paused(since, self._due(since, target))
        if paused is not None and times.answered_at is None:
            words = f"paused since {self._since(paused)}"
            return ClockStanding(CaseClock.RESOLVE, moved, ClockState.PAUSED, words)
        return self._against(CaseClock.RESOLVE, moved, times.answered_at)

    def _due(self, since: datetime, target: Target) -> datetime:
        return due(since, target, self.hours, self.zone)

    def _paused(self, since: datetime, base: datetime) -> tuple[datetime, datetime | None]:
        """A due instant moved by the working time of the pauses before it, and since when it stands
        still now. A pause that begins when it is late already moves nothing."""
        if not self.targets.pauses:
            return base, None
        moved, standing_since = base, None
        for begins, ends in self._waits(since):
            if begins >= moved:
                break
            until = self._end if ends is None else ends
            moved = later(
                moved, worked(begins, until, self.hours, self.zone), self.hours, self.zone
            )
            standing_since = begins if ends is None else None
        return moved, standing_since

    @property
    def _end(self) -> datetime:
        """Up to when the case is looked at."""
        return min(self.now, self.times.answered_at or self.now)

    def _waits(self, since: datetime) -> Iterator[Pause]:
        """The pauses in order, each beginning where none before it still lasts."""
        for begins, ends in sorted(self.times.pauses, key=lambda pause: pause[0]):
            begins = max(begins, since)
            if begins >= self._end:
                return
            running = ends is None or ends > self._end
            if running or begins < (ends or self._end):
                yield begins, None if running else ends
            if running:
                return
            since = max(begins, ends or begins)

    def _against(
        self, clock: CaseClock, due: datetime, done: datetime | None = None
    ) -> ClockStanding:
        """A due instant against now, or against when it was met."""
        if done is not None:
            late = done > due
            return ClockStanding(clock, due, ClockState.MET, _met(due, done), late)
        state = ClockState(promises.standing(due, self.now).value)
        words = distance(due, self.now) if due != self.now else "due now"
        return ClockStanding(clock, due, state, words, state is ClockState.LATE)

    def _since(self, at: datetime) -> str:
        """When something began, as short as it is clear: `14:02`, `Mon`, `3 Nov`."""
        wall, today = local(at, self.zone), local(self.now, self.zone).date()
        if wall.date() == today:
            return f"{wall:%H:%M}"
        return f"{wall:%a}" if (today - wall.date()).days < 7 else f"{wall.day} {wall:%b}"


def _met(due: datetime, done: datetime) -> str:
    if done > due:
        return f"done, {distance(due, done)}"
    if due - done < timedelta(minutes=1):
        return "met"
    return f"met, {distance(due, done).removeprefix('in ')} early"
