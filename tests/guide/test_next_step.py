"""What comes after a call: what it speaks for, the step that is lacking, and when that is due."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import Attempted, PromiseKept, PromiseReagreed
from calmdesk.guide.call import Call
from calmdesk.guide.next_step import (
    lacks_step,
    likely,
    next_morning,
    next_step,
    review_time,
    try_again,
    usual_follow_up,
)
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import PromiseKind, Reached
from calmdesk.working_hours import WorkingHours

AT = datetime(2026, 11, 20, 19, 2, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 14, 2)  # noqa: DTZ001
HOURS = WorkingHours()


def call(*happenings: h.Happening) -> Call:
    made = Call("contact", "case", "261120-1", AT)
    for happening in (h.Answered(""), *happenings):
        made.add(happening, AT)
    return made


@pytest.mark.parametrize(
    ("happenings", "outcome"),
    [
        ([], None),
        ([h.BoundarySet(3)], Outcome.ENDED_AFTER_WARNING),
        ([h.Promised("p", "ring back")], Outcome.INVESTIGATING),
        ([h.Promised("p", "ring back"), h.VerdictGiven(Verdict.YES)], None),
        ([h.Escalated("Kim"), h.VerdictGiven(Verdict.NO)], Outcome.HANDED_OVER),
        ([h.Escalated("Kim")], None),
        ([h.ReadBack("A proof on Friday.", agreed=True)], Outcome.AGREED),
    ],
)
def test_a_call_speaks_for_an_outcome_or_for_none(
    happenings: list[h.Happening], outcome: Outcome | None
) -> None:
    assert likely(call(*happenings)) is outcome


def test_a_promise_agreed_anew_speaks_for_going_on_unless_something_better_is_known() -> None:
    anew = [h.Answered("", "out", about="p"), PromiseReagreed("p", MORNING, AT)]
    assert likely(call(*anew)) is Outcome.INVESTIGATING
    assert likely(call(*anew, PromiseKept("p"))) is None, "it was kept in the call after all"
    assert likely(call(*anew, Attempted("t", "p", Reached.VOICEMAIL))) is Outcome.NOT_REACHED
    assert likely(call(*anew, h.ReadBack("A proof.", agreed=True))) is Outcome.AGREED
    assert likely(call(*anew, h.VerdictGiven(Verdict.NO))) is None


def test_a_case_that_closes_or_has_a_date_lacks_no_step() -> None:
    assert lacks_step(call(), Outcome.CUT_OFF, AT)
    assert lacks_step(call(), Outcome.INVESTIGATING, AT)
    assert not lacks_step(call(), Outcome.AGREED, AT)
    assert not lacks_step(call(h.Promised("p", "proof", MORNING)), Outcome.INVESTIGATING, AT)
    followed = call(h.FollowUpSet("f", MORNING))
    assert not lacks_step(followed, Outcome.PARTLY_AGREED, AT)
    assert lacks_step(followed, Outcome.INVESTIGATING, AT), "a follow-up tells them no time"


def test_an_investigating_case_needs_a_told_time_that_lies_ahead_whenever_it_was_told() -> None:
    rung = [h.Answered("", "out", about="p")]
    told, over = {"p": MORNING}, {"p": AT - timedelta(minutes=1)}

    def lacks(told: dict[str, datetime], *more: h.Happening) -> bool:
        return lacks_step(call(*rung, *more), Outcome.INVESTIGATING, AT, told)

    assert lacks({})
    assert lacks(over)
    assert not lacks(told)
    assert lacks(told, PromiseKept("p")), "they wait for nothing any more"
    assert not lacks(told | {"q": MORNING}, PromiseKept("p"))
    assert not lacks(over, PromiseReagreed("p", MORNING))
    assert lacks(over, PromiseReagreed("p", AT)), "the new time is over as well"
    assert lacks(over, h.Promised("n", "ring back", AT))
    assert not lacks(over, h.Promised("n", "ring back", MORNING))


def test_a_line_that_went_is_rung_within_minutes_and_all_else_in_the_morning() -> None:
    soon = next_step(Outcome.CUT_OFF, "id", AT, MORNING)
    assert soon.due == AT.replace(second=0) + timedelta(minutes=10)
    later = next_step(Outcome.PARTLY_AGREED, "id", AT, MORNING)
    assert isinstance(later, h.FollowUpSet)
    assert later.due == MORNING
    told = next_step(Outcome.INVESTIGATING, "id", AT, MORNING)
    assert isinstance(told, h.Promised)
    assert (told.due, told.of_kind) == (MORNING, PromiseKind.RETURN_CALL)


def test_a_call_in_vain_that_was_for_no_promise_gets_a_follow_up() -> None:
    assert try_again(call(), MORNING, lambda: "new") == h.FollowUpSet("new", MORNING, "ring them")


def test_what_is_due_later_is_due_on_a_working_day() -> None:
    assert next_morning(FRIDAY, HOURS) == datetime(2026, 11, 23, 10)  # noqa: DTZ001
    assert usual_follow_up(FRIDAY, HOURS) == datetime(2026, 11, 24, 11)  # noqa: DTZ001
    assert review_time(FRIDAY, HOURS) == datetime(2026, 11, 27, 10)  # noqa: DTZ001
    saturday = FRIDAY + timedelta(days=1)
    assert review_time(saturday, HOURS) == datetime(2026, 11, 30, 10)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("ahead", "due"),
    [
        (0, "11:00"),
        (-3, "12:00"),  # eleven is eight in the morning for them
        (-6, "15:00"),
        (6, "11:00"),
        (7, "10:45"),
        (8.75, "09:00"),
        (5.75, "11:00"),
        (11, "09:00"),  # no hour of ours is day for them: eight in the evening is nearest
        (-9, "17:15"),  # and a quarter past eight in the morning
        (17, "16:00"),  # their next day
    ],
)
def test_a_follow_up_is_at_the_nearest_hour_that_is_day_for_both(ahead: float, due: str) -> None:
    def theirs(wall: datetime) -> datetime:
        return wall + timedelta(hours=ahead)

    assert f"{usual_follow_up(FRIDAY, HOURS, theirs):%d %H:%M}" == f"24 {due}"


@pytest.mark.parametrize(
    ("ours", "zone", "today", "due", "there"),
    [
        # only at the end of our day is it morning in Sydney: Friday's is their Saturday
        ("America/New_York", "Australia/Sydney", "2026-11-18", "Thu 19 17:00", "Fri 09:00"),
        ("America/New_York", "Australia/Sydney", "2026-11-19", "Mon 23 17:00", "Tue 09:00"),
        ("America/New_York", "Australia/Sydney", "2026-11-20", "Mon 23 17:00", "Tue 09:00"),
        # until our clocks change on 1 Nov no hour suits both
        ("America/New_York", "Australia/Sydney", "2026-10-28", "Mon 02 17:00", "Tue 09:00"),
        # from 8 March, when they have changed again, none does: early is nearer to day than night
        ("America/New_York", "Australia/Sydney", "2026-03-05", "Mon 09 17:15", "Tue 08:15"),
        ("Australia/Sydney", "America/New_York", "2026-11-20", "Tue 24 09:45", "Mon 17:45"),
        ("Australia/Sydney", "America/New_York", "2026-11-23", "Tue 24 09:45", "Mon 17:45"),
        ("Asia/Tokyo", "America/Los_Angeles", "2026-11-20", "Tue 24 10:00", "Mon 17:00"),
        ("America/Los_Angeles", "Asia/Tokyo", "2026-11-19", "Mon 23 16:00", "Tue 09:00"),
        ("America/Los_Angeles", "Asia/Tokyo", "2026-06-18", "Mon 22 17:00", "Tue 09:00"),
        ("America/New_York", "Asia/Tokyo", "2026-11-19", "Mon 23 17:15", "Tue 07:15"),
        ("America/New_York", "America/Los_Angeles", "2026-11-19", "Fri 20 12:00", "Fri 09:00"),
        ("Europe/London", "America/Los_Angeles", "2026-11-20", "Mon 23 17:00", "Mon 09:00"),
        # for a week of March they are an hour nearer
        ("Europe/London", "America/Los_Angeles", "2026-03-12", "Fri 13 16:00", "Fri 09:00"),
    ],
)
def test_nobody_is_rung_at_their_weekend(
    ours: str, zone: str, today: str, due: str, there: str
) -> None:
    def theirs(wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(ours)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    morning = next_morning(datetime.fromisoformat(f"{today}T15:00"), HOURS, theirs)
    assert (f"{morning:%a %d %H:%M}", f"{theirs(morning):%a %H:%M}") == (due, there)


def test_the_day_on_which_a_time_suits_both_is_one_that_we_work() -> None:
    def theirs(wall: datetime) -> datetime:
        return wall + timedelta(hours=16)

    thursday, friday = FRIDAY - timedelta(days=1), FRIDAY
    away = replace(HOURS, closed=frozenset({datetime(2026, 11, 23).date()}))  # noqa: DTZ001
    assert f"{next_morning(thursday, away, theirs):%d %H:%M}" == "24 17:00"
    saturdays = replace(HOURS, days=frozenset(range(6)))
    assert f"{next_morning(thursday, saturdays, theirs):%d %H:%M}" == "20 17:00"
    assert f"{next_morning(friday, saturdays, lambda wall: wall):%d %H:%M}" == "21 10:00"
    only_fridays = replace(HOURS, days=frozenset({4}))
    assert f"{next_morning(thursday, only_fridays, theirs):%d %H:%M}" == "20 17:00"


def test_a_next_step_lies_within_hours_that_are_worked() -> None:
    late = WorkingHours(opens=time(14), closes=time(22))
    assert next_morning(FRIDAY, late) == datetime(2026, 11, 23, 14)  # noqa: DTZ001
    early = WorkingHours(opens=time(6), closes=time(10))
    assert f"{usual_follow_up(FRIDAY, early):%H:%M}" == "09:45"
    far = next_morning(FRIDAY, late, lambda wall: wall + timedelta(hours=12))
    assert f"{far:%H:%M}" == "21:00"
