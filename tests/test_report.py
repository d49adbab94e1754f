"""What a report counts, on a real file, and what it does not."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calmdesk.clock import HandClock
from calmdesk.demo.day import STORIES
from calmdesk.errors import CalmdeskError
from calmdesk.guide import afterwards as f
from calmdesk.guide.filters import Filter
from calmdesk.guide.happenings import (
    Answered,
    CallEnded,
    Finished,
    NotRung,
    OutcomeChosen,
    PromiseTakenBack,
)
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.promises import FollowUpResult, PromiseKind, Reached, Received
from calmdesk.guide.shares import percent
from calmdesk.records import calls, figures, people, reporting
from calmdesk.records.people_rows import Me
from calmdesk.records.report_rows import FirstContact, Promises, Report
from calmdesk.records.store import Store
from calmdesk.reports.counting import how_long, lasted, share
from calmdesk.reports.period import Period, month, week
from tests.made_once import demo, fresh
from tests.player import ZONE
from tests.reporting import Lived, Living, Put

DAY = datetime(2026, 11, 18, tzinfo=UTC)
"""A Wednesday."""
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"))
    yield opened
    opened.close()


@pytest.fixture
def living(store: Store) -> Living:
    return Living(store)


def counted(store: Store, days: int = 1, now: datetime = DAY + timedelta(days=3)) -> Report:
    """The report of `days` days from DAY."""
    last = DAY.date() + timedelta(days=days - 1)
    return reporting.report(store, Period(DAY.date(), last, UTC).edges(), now)


def promised(
    due: datetime, kind: PromiseKind = PromiseKind.PROMISE
) -> list[tuple[str, datetime | None, PromiseKind]]:
    """One promise of a call."""
    return [("ring back", due, kind)]


def test_calls_are_counted_by_hour_and_direction_and_cases_once(
    store: Store, living: Living
) -> None:
    case = living.call(DAY + 9 * HOUR, outcome=Outcome.PARTLY_AGREED)
    living.call(DAY + 10 * HOUR, joins=case)
    living.ring(case, DAY + 10.5 * HOUR)
    living.call(DAY + 24 * HOUR)
    report = counted(store)
    by_hour = {it.began.hour: (it.came_in, it.went_out) for it in report.calls if it.count}
    assert by_hour == {9: (1, 0), 10: (1, 1)}
    assert (report.cases, report.came_in, report.went_out) == (1, 2, 1)
    assert dict(report.outcomes) == {"partly agreed": 1, "agreed": 1, "it held": 1}


def test_a_call_that_was_begun_and_not_rung_is_none_here_or_on_the_day(
    store: Store, living: Living
) -> None:
    living.call(DAY + HOUR)
    back = promised(DAY + 9 * HOUR, PromiseKind.RETURN_CALL)
    again = living.call(DAY + 3 * HOUR, promises=back)
    contact = store.new_id(DAY)
    calls.ring(store, contact, again.case_id, "", DAY + 4 * HOUR)
    tried = f.Attempted("tried", again.promises[0], Reached.REACHED)
    calls.happen(store, contact, tried, DAY + 4 * HOUR)
    calls.happen(store, contact, OutcomeChosen(Outcome.EXPLAINED), DAY + 4 * HOUR)
    calls.happen(store, contact, NotRung(), DAY + 4 * HOUR)
    living.after(again, f.PromiseKept(again.promises[0]), DAY + 5 * HOUR)
    report = counted(store)
    assert (report.came_in, report.went_out, report.outcomes) == (2, 0, (("agreed", 2),))
    assert report.attempts == ()
    day = figures.figures(store, Filter(DAY, DAY + 24 * HOUR), (), DAY + 24 * HOUR)
    assert sum(day.hours) == report.came_in
    assert (report.closed.in_one_talk, report.closed.count) == (2, 2)
    assert (report.first_contact.reached, report.first_contact.waiting) == ((), 1)


def test_a_live_call_counts_and_has_no_outcome_yet(store: Store, living: Living) -> None:
    living.call(DAY + HOUR, outcome=None)
    report = counted(store)
    assert (report.cases, report.outcomes, report.closed.count) == (1, (("", 1),), 0)


def test_what_was_asked_stands_beside_what_was_given_in_its_round(
    store: Store, living: Living
) -> None:
    half = Put("half back", 2000, "part_refund", Verdict.NOT_YET)
    whole = Put("all of it back", 4000, "full_refund")
    living.call(DAY + HOUR, ask="all of it", offers=[half, whole])
    living.call(
        DAY + 2 * HOUR, ask="an apology", offers=[Put("in writing", 0, "written_explanation")]
    )
    living.call(DAY + 3 * HOUR, ask="the moon", outcome=Outcome.DECLINED)
    two, one, none = counted(store).asked
    assert (two.ask, two.rounds, two.settled_in, two.gave[0].amount) == ("all of it", 2, 2, 4000)
    assert (one.rounds, one.settled_in, one.gave[0].remedy) == (1, 1, "written_explanation")
    assert (none.rounds, none.settled_in, none.gave, none.outcome) == (
        0,
        0,
        (),
        "declined, reason given",
    )


def test_rounds_go_on_over_the_calls_of_a_case(store: Store, living: Living) -> None:
    no = Put("a voucher", 500, "voucher", Verdict.NO)
    case = living.call(DAY + HOUR, ask="money", offers=[no], outcome=Outcome.PARTLY_AGREED)
    living.call(DAY + 2 * HOUR, offers=[Put("full refund", 900, "full_refund")], joins=case)
    (asked,) = counted(store).asked
    assert (asked.rounds, asked.settled_in) == (2, 2)


def test_each_promise_is_counted_once_by_what_became_of_it(store: Store, living: Living) -> None:
    due = DAY + 12 * HOUR

    for hours in (11, 13):  # in time, and late
        case = living.call(DAY + HOUR, promises=promised(due))
        living.after(case, f.PromiseKept(case.promises[0]), DAY + hours * HOUR)
    living.call(DAY + HOUR, promises=promised(due))  # open still
    case = living.call(DAY + HOUR, promises=promised(due))
    living.after(case, f.PromiseMissed(case.promises[0], "lost"), DAY + 14 * HOUR)
    case = living.call(DAY + HOUR, promises=promised(due))
    living.after(case, f.PromiseWithdrawn(case.promises[0], "not needed"), DAY + 9 * HOUR)
    case = living.call(DAY + HOUR, promises=promised(due))
    living.after(case, f.PromiseReagreed(case.promises[0], DAY + 30 * HOUR), DAY + 11 * HOUR)
    living.after(case, f.PromiseKept(case.promises[0]), DAY + 29 * HOUR)
    living.call(DAY + HOUR, promises=promised(DAY + 40 * HOUR))  # of another day
    living.call(DAY + HOUR, promises=[("when it is there", None, PromiseKind.PROMISE)])
    report = counted(store)
    assert report.promises == Promises(
        at_first_time=1, at_later_time=1, late=1, missed=1, withdrawn=1, overdue=1, untimed=1
    )
    assert report.promises.due == 6
    early = counted(store, now=DAY + 10 * HOUR)
    assert (early.promises.waiting, early.promises.overdue) == (1, 0)


def test_what_was_taken_back_within_the_call_was_never_promised(
    store: Store, living: Living
) -> None:
    case = living.call(DAY + HOUR, promises=promised(DAY + 2 * HOUR), outcome=None)
    taken = PromiseTakenBack(case.promises[0])
    calls.happen(store, case.contact_id, taken, DAY + 1.1 * HOUR)
    assert counted(store).promises == Promises()


def test_progress_reports_are_promises_and_counted_on_their_own(
    store: Store, living: Living
) -> None:
    case = living.call(DAY + HOUR, promises=promised(DAY + 5 * HOUR, PromiseKind.PROGRESS))
    living.after(case, f.PromiseKept(case.promises[0]), DAY + 4 * HOUR)
    living.call(DAY + HOUR, promises=promised(DAY + 5 * HOUR))
    report = counted(store)
    assert (report.promises.due, report.progress) == (2, Promises(at_first_time=1))


def test_until_we_rang_them_goes_from_the_promise_to_the_first_time_they_were_reached(
    store: Store, living: Living
) -> None:
    back = promised(DAY + 9 * HOUR, PromiseKind.RETURN_CALL)
    reached = living.call(DAY + HOUR, promises=back, outcome=Outcome.INVESTIGATING)
    living.ring(reached, DAY + 2 * HOUR, Reached.VOICEMAIL, Outcome.NOT_REACHED)
    living.ring(reached, DAY + 5 * HOUR)
    again = living.call(DAY + HOUR, promises=back, outcome=Outcome.INVESTIGATING)
    living.call(DAY + 3 * HOUR, joins=again)
    living.ring(again, DAY + 4 * HOUR)
    living.call(DAY + HOUR, promises=back, outcome=Outcome.INVESTIGATING)
    living.call(DAY + HOUR, promises=promised(DAY + 9 * HOUR))  # no call was promised
    looked_into = promised(DAY + 9 * HOUR)
    living.call(DAY + HOUR, promises=looked_into, outcome=Outcome.INVESTIGATING)
    waited = counted(store).first_contact
    assert (len(waited.reached), waited.rang_first, waited.waiting) == (1, 1, 2)
    assert waited.reached[0] == pytest.approx(4 * 3600, abs=5)


def test_where_we_heard_of_it_otherwise_it_goes_from_the_opening(
    store: Store, living: Living
) -> None:
    case, contact = store.new_id(DAY), store.new_id(DAY)
    calls.answer(store, contact, case, Answered("", "out"), DAY + HOUR)
    for happening in (CallEnded(), Finished(Outcome.NOT_REACHED)):
        calls.happen(store, contact, happening, DAY + HOUR)
    living.ring(Lived(case, contact), DAY + 3 * HOUR)
    assert counted(store).first_contact == FirstContact(reached=(2 * 3600,))


def test_settled_in_one_conversation_is_one_and_nothing_came_back(
    store: Store, living: Living
) -> None:
    living.call(DAY + HOUR)
    look = living.call(DAY + HOUR, follow_up=DAY + 8 * HOUR)
    living.ring(look, DAY + 8 * HOUR, look=True)
    living.ring(look, DAY + 9 * HOUR, Reached.NO_ANSWER, Outcome.NOT_REACHED)
    assert counted(store).closed.in_one_talk == 2
    twice = living.call(DAY + 2 * HOUR)
    living.call(DAY + 3 * HOUR, joins=twice)
    absent = living.call(DAY + 2 * HOUR, offers=[Put("a voucher", 500, "voucher")])
    living.after(absent, f.RemedyChecked(absent.offers[0], Received.NO), DAY + 4 * HOUR)
    living.after(absent, f.CustomerTold("by letter"), DAY + 5 * HOUR)
    living.after(absent, f.CaseClosed(Outcome.AGREED), DAY + 5 * HOUR)
    living.call(DAY + 2 * HOUR, outcome=Outcome.PARTLY_AGREED)  # open still
    closed = counted(store).closed
    assert (closed.in_one_talk, closed.count) == (2, 4)


@pytest.mark.parametrize(("agents", "calls", "told"), [(3, 21, 21), (2, 21, 0), (3, 19, 0)])
def test_listening_is_told_of_all_agents_together_and_of_nobody_alone(
    store: Store, living: Living, agents: int, calls: int, told: int
) -> None:
    for number in range(calls):
        people.sit_down(store, f"Agent {number % agents}", DAY)
        living.call(DAY + timedelta(minutes=5 * number), ask="to know why")
    listened = counted(store).listened
    assert len(listened) == told
    assert all(0 < seconds < 60 for seconds in listened)


def test_until_it_was_closed_leaves_out_the_time_in_which_they_let_us_wait(
    store: Store, living: Living
) -> None:
    case = living.call(DAY + HOUR, promises=promised(DAY + 20 * HOUR))
    living.after(case, f.WaitingBegan("w1", "a photo of the label"), DAY + 3 * HOUR)
    living.after(case, f.WaitingEnded("w1"), DAY + 8 * HOUR)
    living.after(case, f.PromiseKept(case.promises[0]), DAY + 11 * HOUR)
    (seconds,) = counted(store).closed.seconds
    assert seconds == 5 * 3600


def test_a_case_closed_today_counts_today_whenever_it_was_opened(
    store: Store, living: Living
) -> None:
    case = living.call(DAY - 40 * HOUR, promises=promised(DAY + HOUR))
    living.after(case, f.PromiseKept(case.promises[0]), DAY + HOUR)
    report = counted(store)
    assert (report.cases, report.closed.count, report.promises.at_first_time) == (0, 1, 1)


def test_heat_is_a_distribution_and_half_marked_cases_are_told(
    store: Store, living: Living
) -> None:
    for before, after in ((5, 2), (5, 2), (2, 2), (1, 3)):
        living.call(DAY + HOUR, heat=(before, after))
    living.call(DAY + HOUR)
    report = counted(store)
    assert report.heat[4] == (0, 2, 0, 0, 0)
    assert report.heat[1] == (0, 1, 0, 0, 0)
    assert report.heat[0] == (0, 0, 1, 0, 0)
    assert (sum(map(sum, report.heat)), report.heat_unmarked) == (4, 1)


def test_causes_tries_follow_ups_and_letters_are_counted(store: Store, living: Living) -> None:
    case = living.call(DAY + HOUR, cause="carrier", category="billing", follow_up=DAY + 5 * HOUR)
    living.call(DAY + HOUR, cause="carrier", follow_up=DAY + 5 * HOUR)
    living.call(DAY + HOUR, cause="supplier")
    living.call(DAY + HOUR)
    living.ring(case, DAY + 2 * HOUR, Reached.VOICEMAIL, Outcome.NOT_REACHED)
    living.after(case, f.FollowedUp(case.follow_up, FollowUpResult.NOT_HELD), DAY + 5 * HOUR)
    report = counted(store)
    assert (report.causes, report.cause_unknown) == ((("carrier", 2), ("supplier", 1)), 1)
    assert report.categories == (("", 3), ("billing", 1))
    assert report.attempts == (("voicemail", 1),)
    assert report.follow_ups == (("not held", 1), ("overdue", 1))


def test_an_empty_day_is_empty(store: Store) -> None:
    report = counted(store)
    assert report.is_empty
    assert report.first_contact == FirstContact()


def test_nobody_is_named_and_nothing_of_the_agents_own_is_in_it(
    store: Store, living: Living
) -> None:
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example", "breathe, then speak")
    case = living.call(DAY + HOUR, ask="a date")
    calls.moment(store, case.contact_id, "shaken", DAY + HOUR)
    said = repr(counted(store))
    assert people.me(store) == Me(
        store.me, "Sam Ortiz", "555 0100", "sam@printco.example", "breathe, then speak"
    )
    for own in ("Sam", store.me, "breathe", "shaken", "555 0100"):
        assert own not in said


def test_the_demos_day_adds_up(tmp_path: Path) -> None:
    clock = HandClock(datetime(2026, 11, 21, 14, 2, tzinfo=ZONE), ZONE)
    store = demo(tmp_path / "calmdesk.db", clock)
    period = Period(date(2026, 11, 1), date(2026, 11, 21), ZONE)
    report = reporting.report(store, period.edges(), clock.now())
    store.close()
    assert (report.cases, report.came_in) == (60, 60)
    assert sum(map(sum, report.heat)) + report.heat_unmarked == 60
    assert sum(count for _, count in report.outcomes) == 60
    stories = tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]
    states = Counter(it["state"] for story in stories for it in story["promises"])
    kept = report.promises
    assert kept.missed == states["missed"]
    assert kept.at_first_time + kept.late == states["kept"]


# -- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Asia/Kolkata", date(2026, 11, 1), 24),
    ],
)
def test_a_day_on_which_the_clocks_change_has_the_hours_that_it_has(
    zone: str, day: date, hours: int
) -> None:
    edges = Period(day, day, ZoneInfo(zone)).edges()
    assert len(edges) - 1 == hours
    assert edges[-1] - edges[0] == hours * HOUR
    assert edges[0].astimezone(ZoneInfo(zone)).isoformat().startswith(f"{day}T00:00:00")


def test_weeks_begin_on_monday_and_end_today_or_on_sunday() -> None:
    today = date(2026, 11, 18)
    assert week(today, today) == Period(date(2026, 11, 16), today)
    assert week(date(2026, 11, 4), today) == Period(date(2026, 11, 2), date(2026, 11, 8))
    assert month(today, today) == Period(date(2026, 11, 1), today)
    assert month(date(2025, 12, 9), today) == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert month(date(2024, 2, 9), today).last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "hour"),
        (date(2026, 3, 1), date(2026, 3, 31), "day"),
        (date(2026, 1, 1), date(2026, 6, 30), "week"),
        (date(2025, 1, 1), date(2026, 12, 31), "month"),
        (date(2018, 6, 1), date(2026, 12, 31), "year"),
    ],
)
def test_a_chart_never_has_more_bars_than_can_be_read(first: date, last: date, step: str) -> None:
    period = Period(first, last, ZoneInfo("Europe/Berlin"))
    edges = period.edges()
    assert period.step == step
    assert 1 <= len(edges) - 1 <= 41
    assert list(edges) == sorted(set(edges))


def test_days_that_make_no_period_are_refused_in_a_sentence() -> None:
    for first, last in (
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(1, 1, 1), date(1, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (date(2000, 1, 1), date(2026, 1, 1)),
    ):
        with pytest.raises(CalmdeskError):
            Period(first, last)


# -- figures in words ---------------------------------------------------------------------------


def test_of_fewer_than_twenty_there_is_no_percentage() -> None:
    assert share(7, 12) == "7 of 12"
    assert share(7, 20) == "35 % (7 of 20)"
    assert share(0, 0) == "–"


def test_only_all_is_a_hundred_and_only_none_is_nothing() -> None:
    assert [percent(part, 1000) for part in (0, 1, 999, 1000)] == ["0 %", "1 %", "99 %", "100 %"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under 1 min"),
        (90, "2 min"),
        (3599, "1 h"),
        (3 * 3600 + 600, "3 h 10 min"),
        (86_399, "1 d"),
        (52 * 3600, "2 d 4 h"),
    ],
)
def test_lengths_of_time_are_told_as_people_tell_them(seconds: float, words: str) -> None:
    assert lasted(seconds) == words


def test_of_few_lengths_the_longest_is_told_and_of_many_the_ninetieth_in_a_hundred() -> None:
    minute = 60.0
    assert how_long([minute]) == "1 min"
    assert how_long([minute, 3 * minute]) == "half within 2 min, the longest 3 min"
    ten = [minute * number for number in range(1, 11)]
    assert how_long(ten) == "half within 6 min, 9 in 10 within 9 min"
