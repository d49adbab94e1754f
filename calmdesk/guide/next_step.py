"""After a call: the outcome it speaks for, the step that comes next, and when that is due.

Times of day are wall times, naive and local; an instant is an aware UTC datetime.
"""

from collections.abc import Callable
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
    if call.promises and call.verdict is None:
        return Outcome.INVESTIGATING
    return None


def lacks_step(call: Call, outcome: Outcome) -> bool:
    """Whether a call that ends so leaves its case open without a next action (S103)."""
    if any(promise.due for promise in call.promises):
        return False
    if outcome is Outcome.INVESTIGATING:
        return call.back is None or call.back.due is None
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


def next_morning(wall: datetime, hours: WorkingHours) -> datetime:
    """Ten o'clock on the next working day: when a next step is due unless another time is named
    (S103)."""
    return datetime.combine(working_day(wall.date(), 1, hours), time(10))


def usual_follow_up(wall: datetime, hours: WorkingHours) -> datetime:
    """Two working days on, at eleven: when somebody looks whether it held (S15)."""
    return datetime.combine(working_day(wall.date(), 2, hours), time(11))


def review_time(wall: datetime, hours: WorkingHours) -> datetime:
    """Ten o'clock on the first working day when the week is over: when somebody looks whether they
    wrote a review (S87)."""
    before = wall.date() + timedelta(days=REVIEW_AFTER - 1)
    return datetime.combine(working_day(before, 1, hours), time(10))
