"""What comes after a call: what it speaks for, the step that is lacking, and when that is due."""

from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.guide import happenings as h
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
from calmdesk.guide.promises import PromiseKind
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


def test_a_case_that_closes_or_has_a_date_lacks_no_step() -> None:
    assert lacks_step(call(), Outcome.CUT_OFF)
    assert lacks_step(call(), Outcome.INVESTIGATING)
    assert not lacks_step(call(), Outcome.AGREED)
    assert not lacks_step(call(h.Promised("p", "proof", MORNING)), Outcome.INVESTIGATING)
    followed = call(h.FollowUpSet("f", MORNING))
    assert not lacks_step(followed, Outcome.PARTLY_AGREED)
    assert lacks_step(followed, Outcome.INVESTIGATING), "a follow-up tells them no time"


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
