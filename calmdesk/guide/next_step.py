"""After a call: the outcome it speaks for, the step that comes next, and when that is due.

Times of day are wall times, naive and local; an instant is an aware UTC datetime.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from calmdesk.guide.afterwards import ReminderDeferred
from calmdesk.guide.call import Call
from calmdesk.guide.happenings import FollowUpSet, Promised
from calmdesk.guide.outcome import NEXT_STEP, RING_BACK, Outcome, Verdict
from calmdesk.guide.promises import FollowUpResult, PromiseKind
from calmdesk.working_hours import WorkingHours, working_day

LAST_STEP = 3
"""The step of the boundary ladder that ends a call."""
CUT_OFF_FOR = timedelta(minutes=10)
"""How long after a line went they are rung back."""
REVIEW_AFTER = 7
"""Days until somebody looks whether they wrote a review (S87)."""
THEIR_DAY = (time(9), time(18))
"""From when and until when, on their own wall, nobody minds being rung."""
WEEKEND = (5, 6)
MORE_DAYS = 5
"""Working days after the usual one that are tried where none of its hours is day for them."""
QUARTER = timedelta(minutes=15)
DAY_OF_QUARTERS = 96

Theirs = Callable[[datetime], datetime | None]
"""A time of our wall on the customer's; None while their zone is not known."""


def _not_known(wall: datetime) -> None:
    return None


def likely(call: Call) -> Outcome | None:
    """The outcome that the call itself speaks for; None when it speaks for none."""
    if call.boundary >= LAST_STEP:
        return Outcome.ENDED_AFTER_WARNING
    if call.back is not None and call.back.in_vain:
        return Outcome.NOT_REACHED
    if call.back is not None and call.back.held is FollowUpResult.HELD and not call.back.reopens:
        return Outcome.HELD
    if call.agreed_at is not None:
        return Outcome.AGREED
    if call.escalated is not None and call.verdict is Verdict.NO:
        return Outcome.HANDED_OVER
    if (call.promises or _told_anew(call)) and call.verdict is None:
        return Outcome.INVESTIGATING
    return None


def _told_anew(call: Call) -> bool:
    """Whether a call that went out left the promise open, with another instant (S50)."""
    return call.back is not None and call.back.due is not None and not call.back.kept


def waits_until(call: Call, told: Mapping[str, datetime]) -> list[datetime]:
    """The instants at which the customer was told that something comes and still waits for it.
    `told` is what they were told on the case before the call, by the promise's id."""
    before = dict(told)
    if call.back is not None and call.back.kept:
        before.pop(call.back.about, None)
    elif call.back is not None and call.back.due is not None:
        before[call.back.about] = call.back.due
    before |= {it.promise_id: it.due for it in call.promises if it.due is not None}
    return list(before.values())


def lacks_step(
    call: Call, outcome: Outcome, now: datetime, told: Mapping[str, datetime] | None = None
) -> bool:
    """Whether a call that ends so leaves its case open without a next action (S103). An
    investigating case needs a told time that still lies ahead, whenever they were told it (S50)."""
    if outcome is Outcome.INVESTIGATING:
        return all(due <= now for due in waits_until(call, told or {}))
    if any(promise.due for promise in call.promises):
        return False
    return call.follow_up is None and outcome in NEXT_STEP


def next_step(
    outcome: Outcome, step_id: str, now: datetime, morning: datetime
) -> FollowUpSet | Promised:
    """The next action to offer where one is lacking, due at the instant `morning` unless the line
    went. To ring back with what was found is more: they must have been told when (S50, S51)."""
    if outcome is Outcome.INVESTIGATING:
        return Promised(step_id, RING_BACK, morning, of_kind=PromiseKind.RETURN_CALL)
    cut_off = outcome is Outcome.CUT_OFF
    due = now.replace(second=0, microsecond=0) + CUT_OFF_FOR if cut_off else morning
    return FollowUpSet(step_id, due, NEXT_STEP[outcome])


def try_again(
    call: Call, until: datetime, new_id: Callable[[], str]
) -> ReminderDeferred | FollowUpSet:
    """After a call in vain: the reminder of the promise, put off to the instant of the next try; a
    call that is for none gets a follow-up."""
    if call.back is not None and call.back.about:
        return ReminderDeferred(call.back.about, until)
    return FollowUpSet(new_id(), until, "ring them")


def next_morning(
    wall: datetime, hours: WorkingHours, theirs: Theirs = _not_known, usual: time = time(10)
) -> datetime:
    """The next working day, at ten where that suits: when a next step is due unless another time
    is named (S103)."""
    day = working_day(wall.date(), 1, hours)
    return suiting(datetime.combine(day, usual), hours, theirs)


def usual_follow_up(wall: datetime, hours: WorkingHours, theirs: Theirs = _not_known) -> datetime:
    """Two working days on, at eleven where that suits: when somebody looks whether it held
    (S15)."""
    day = working_day(wall.date(), 2, hours)
    return suiting(datetime.combine(day, time(11)), hours, theirs)


def suiting(usual: datetime, hours: WorkingHours, theirs: Theirs) -> datetime:
    """The time nearest to the usual one, on its day, at which we work and nobody minds being rung;
    else on the next working day that has one. Where none of these has, it is the first at which we
    work and that is nearest to day for them."""
    day, worked = usual, []
    for _ in range(1 + MORE_DAYS):
        worked += _worked(day, hours)
        day = datetime.combine(working_day(day.date(), 1, hours), usual.time())
    return min(worked, key=lambda at: _minded(theirs(at), hours), default=usual)


def _worked(usual: datetime, hours: WorkingHours) -> list[datetime]:
    """The quarters at which we work on the day of the usual time, the nearest to it first."""
    quarters = (usual + QUARTER * step for step in range(-DAY_OF_QUARTERS, DAY_OF_QUARTERS))
    worked = (at for at in quarters if hours.opens <= at.time() < hours.closes)
    today = (at for at in worked if at.date() == usual.date())
    return sorted(today, key=lambda at: abs(at - usual))


def _minded(there: datetime | None, hours: WorkingHours) -> timedelta:
    """How much somebody minds being rung at a time of theirs: how far from their day it is, and a
    day more on a Saturday or Sunday, unless we work on it ourselves."""
    if there is None:
        return timedelta(0)
    weekend = there.weekday() in WEEKEND and not hours.works(there.date())
    begins, ends = (datetime.combine(there, at) for at in THEIR_DAY)
    apart = max(begins - there, there - ends + QUARTER, timedelta(0))
    return timedelta(days=weekend) + min(apart, timedelta(days=1) - apart - (ends - begins))


def review_time(wall: datetime, hours: WorkingHours) -> datetime:
    """Ten o'clock on the first working day when the week is over: when somebody looks whether they
    wrote a review (S87)."""
    before = wall.date() + timedelta(days=REVIEW_AFTER - 1)
    return datetime.combine(working_day(before, 1, hours), time(10))
