"""The clocks of a case: counted in working time, honest about pauses, right in every zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.clock import instant, local
from calmdesk.errors import SettingsError
from calmdesk.guide.clocks import (
    CaseTimes,
    ClockStanding,
    ClockState,
    Pause,
    due,
    standing,
)
from calmdesk.guide.playbook import load
from calmdesk.guide.targets import CaseClock, ClockChoice, Target, Targets, Unit, chosen, target
from calmdesk.guide.working_time import later, worked
from calmdesk.working_hours import WorkingHours, working_day

LONDON = ZoneInfo("Europe/London")
HOURS = WorkingHours()
ENGLAND = WorkingHours(holidays="GB-ENG")
ZONES = [
    ZoneInfo(name)
    for name in ("America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe")
]


def at(wall: str, zone: tzinfo = LONDON) -> datetime:
    return instant(datetime.fromisoformat(wall), zone)


def span(text: str, clock: CaseClock = CaseClock.RESOLVE) -> Target:
    return target(text, clock)


def due_wall(opened: str, text: str, hours: WorkingHours = HOURS, zone: tzinfo = LONDON) -> str:
    instant_due = due(at(opened, zone), span(text), hours, zone)
    assert instant_due.tzinfo is UTC
    return f"{local(instant_due, zone):%Y-%m-%d %H:%M}"


# -- spans as they are written --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read", "shown"),
    [
        ("2h", Target(2, Unit.HOURS), "2 h"),
        ("2 hours", Target(2, Unit.HOURS), "2 h"),
        ("30 min", Target(30, Unit.MINUTES), "30 min"),
        ("5 working days", Target(5, Unit.WORKING_DAYS), "5 working days"),
        ("1 Business Day", Target(1, Unit.WORKING_DAYS), "1 working day"),
        ("8 weeks", Target(8, Unit.WEEKS), "8 weeks"),
        ("30 calendar days", Target(30, Unit.DAYS), "30 calendar days"),
        ("end of the 3rd working day", Target(3, Unit.ENDS_OF_DAY), "end of the 3rd working day"),
        ("end of 11th business day", Target(11, Unit.ENDS_OF_DAY), "end of the 11th working day"),
        (
            "10 working days of the acknowledgement",
            Target(10, Unit.WORKING_DAYS, after_acknowledgment=True),
            "10 working days after acknowledgment",
        ),
    ],
)
def test_a_span_is_read_and_shown_so_that_it_is_read_again(
    text: str, read: Target, shown: str
) -> None:
    assert span(text) == read
    assert str(read) == shown
    assert span(shown) == read


@pytest.mark.parametrize(
    "text", ["", "soon", "0h", "2", "two hours", "-1 weeks", "1000h", "2.5h", "5 woking days", "٣h"]
)
def test_a_span_that_is_none_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match='such as "2h", "5 working days"'):
        span(text)


def test_days_that_could_be_either_are_asked_about() -> None:
    with pytest.raises(ValueError, match='"5 working days" or "5 calendar days"'):
        span("5 days")


def test_only_resolve_counts_from_the_acknowledgment() -> None:
    with pytest.raises(ValueError, match="only resolve"):
        target("2h after acknowledgment", CaseClock.ACKNOWLEDGE)


# -- when a target is due -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "text", "wall"),
    [
        ("2026-11-20 10:00", "2h", "2026-11-20 12:00"),
        ("2026-11-20 16:30", "2h", "2026-11-23 10:00"),
        ("2026-11-20 15:30", "2h", "2026-11-20 17:30"),
        ("2026-11-21 12:00", "2h", "2026-11-23 11:00"),
        ("2026-11-20 07:00", "30 min", "2026-11-20 09:30"),
        ("2026-11-20 10:00", "20h", "2026-11-24 13:00"),
        ("2026-11-20 10:00", "1 working day", "2026-11-23 17:30"),
        ("2026-11-20 17:30", "1 working day", "2026-11-24 17:30"),
        ("2026-11-20 07:00", "1 working day", "2026-11-23 17:30"),
        ("2026-11-21 12:00", "1 working day", "2026-11-24 17:30"),
        ("2026-11-21 12:00", "end of the 1st working day", "2026-11-23 17:30"),
        ("2026-11-20 18:00", "end of the 3rd working day", "2026-11-25 17:30"),
        ("2026-11-20 10:12", "8 weeks", "2027-01-15 10:12"),
        ("2026-11-20 10:12", "30 calendar days", "2026-12-20 10:12"),
    ],
)
def test_a_target_is_due_in_working_time(opened: str, text: str, wall: str) -> None:
    assert due_wall(opened, text) == wall


@pytest.mark.parametrize(
    ("opened", "text", "wall"),
    [
        ("2026-12-24 16:30", "2h", "2026-12-29 10:00"),
        ("2026-12-24 10:00", "1 working day", "2026-12-29 17:30"),
        ("2026-12-25 10:00", "1 working day", "2026-12-30 17:30"),
        ("2026-12-24 10:00", "5 working days", "2027-01-05 17:30"),
        ("2026-04-02 17:00", "1h", "2026-04-07 09:30"),
    ],
)
def test_a_holiday_weekend_is_not_counted(opened: str, text: str, wall: str) -> None:
    assert due_wall(opened, text, ENGLAND) == wall


@pytest.mark.parametrize(
    ("zone", "opened", "text", "due_at"),
    [
        ("Europe/London", "2026-03-27 17:00", "1h", "2026-03-30T08:30Z"),
        ("Europe/London", "2026-10-23 17:00", "1h", "2026-10-26T09:30Z"),
        ("America/New_York", "2026-10-30 17:00", "1h", "2026-11-02T14:30Z"),
        ("America/New_York", "2026-03-06 12:00", "1 working day", "2026-03-09T21:30Z"),
        ("Australia/Lord_Howe", "2026-10-02 17:00", "1h", "2026-10-04T22:30Z"),
        ("Australia/Lord_Howe", "2026-04-03 17:00", "1h", "2026-04-05T23:00Z"),
        ("Asia/Kolkata", "2026-11-20 17:00", "1h", "2026-11-23T04:00Z"),
        ("Europe/London", "2026-09-25 10:00", "8 weeks", "2026-11-20T10:00Z"),
    ],
)
def test_a_change_of_the_clocks_moves_the_instant_and_not_the_wall(
    zone: str, opened: str, text: str, due_at: str
) -> None:
    there = ZoneInfo(zone)
    assert due(at(opened, there), span(text), HOURS, there) == datetime.fromisoformat(due_at)


def test_hours_worked_in_the_night_of_the_change_are_real_hours() -> None:
    night = WorkingHours(days=frozenset(range(7)), opens=time(0), closes=time(6))
    spring, autumn = "2026-03-29 00:00", "2026-10-25 00:00"
    assert due_wall(spring, "4h", night) == "2026-03-29 05:00"
    assert due_wall(autumn, "4h", night) == "2026-10-25 03:00"


def test_working_hours_that_a_change_of_the_clocks_swallows_are_none() -> None:
    gap = WorkingHours(days=frozenset(range(7)), opens=time(2, 30), closes=time(3, 15))
    new_york = ZoneInfo("America/New_York")
    assert due_wall("2026-03-08 00:00", "30 min", gap, new_york) == "2026-03-09 03:00"


# -- whatever the zone, hours and instant ---------------------------------------------------

MOMENTS = [
    datetime.fromisoformat(f"{moment}Z")
    for moment in (
        *["2026-03-08T07:00", "2026-11-01T06:00"],  # New York changes its clocks
        *["2026-03-29T01:00", "2026-10-25T01:00"],  # London
        *["2026-04-04T15:00", "2026-10-03T15:30"],  # Lord Howe, by half an hour
        *["2026-12-24T16:00", "2026-04-02T16:00", "2027-01-01T00:00"],  # holidays begin
    )
]
instants = st.builds(
    lambda moment, minutes: moment + timedelta(minutes=minutes),
    st.sampled_from(MOMENTS),
    st.one_of(st.integers(-90, 90), st.integers(-5000, 5000)),
)
zones = st.sampled_from(ZONES)


@st.composite
def hours_of_work(draw: st.DrawFn) -> WorkingHours:
    minutes = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)
    first, last = sorted(draw(st.lists(minutes, min_size=2, max_size=2, unique=True)))
    return WorkingHours(
        days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        opens=time(*divmod(first, 60)),
        closes=time(*divmod(last, 60)),
        holidays=draw(st.sampled_from(["", "GB-ENG", "US", "IN", "AU"])),
        closed=frozenset({date(2026, 12, 24)}),
    )


@given(opened=instants, zone=zones, hours=hours_of_work(), minutes=st.integers(1, 3000))
@settings(max_examples=200, derandomize=True)
def test_as_much_is_worked_until_it_is_due_as_the_target_says(
    opened: datetime, zone: ZoneInfo, hours: WorkingHours, minutes: int
) -> None:
    length = timedelta(minutes=minutes)
    found = later(opened, length, hours, zone)
    assert worked(opened, found, hours, zone) == length
    assert worked(opened, found - timedelta(seconds=1), hours, zone) < length
    assert hours.works(local(found, zone).date())


@given(opened=instants, zone=zones, hours=hours_of_work(), count=st.integers(1, 30))
@settings(max_examples=200, derandomize=True)
def test_days_end_when_work_does_after_just_so_many_days_of_work(
    opened: datetime, zone: ZoneInfo, hours: WorkingHours, count: int
) -> None:
    strict = due(opened, Target(count, Unit.ENDS_OF_DAY), hours, zone)
    usual = due(opened, Target(count, Unit.WORKING_DAYS), hours, zone)
    received, last = local(opened, zone).date(), local(strict, zone).date()
    assert strict == instant(datetime.combine(last, hours.closes), zone)
    days = [received + timedelta(days=n + 1) for n in range((last - received).days)]
    assert sum(map(hours.works, days)) == count
    assert usual in (strict, due(opened, Target(count + 1, Unit.ENDS_OF_DAY), hours, zone))


@given(
    opened=instants,
    zone=zones,
    hours=hours_of_work(),
    unit=st.sampled_from(list(Unit)),
    count=st.integers(1, 40),
    ahead=st.integers(0, 5000),
)
@settings(max_examples=200, derandomize=True)
def test_what_comes_in_later_is_never_due_earlier(
    opened: datetime, zone: ZoneInfo, hours: WorkingHours, unit: Unit, count: int, ahead: int
) -> None:
    goal = Target(count, unit)
    first = due(opened, goal, hours, zone)
    second = due(opened + timedelta(minutes=ahead), goal, hours, zone)
    assert opened < first
    assert first <= second + timedelta(hours=1 if unit in (Unit.DAYS, Unit.WEEKS) else 0), (
        "only two walls in a repeated or a skipped hour may change places"
    )


# -- how a clock stands ---------------------------------------------------------------------

ALL = Targets(span("2h"), span("1 working day"), span("5 working days"))
OPENED = at("2026-11-16 10:00")
"""A Monday; resolve is due the Monday after it at 17:30."""


def stands(now: str, times: CaseTimes, targets: Targets = ALL) -> dict[CaseClock, ClockStanding]:
    found = standing(times, targets, HOURS, LONDON, at(now))
    return {it.clock: it for it in found}


def test_without_targets_there_are_no_clocks() -> None:
    assert stands("2026-11-16 11:00", CaseTimes(OPENED), Targets()) == {}


def test_the_three_clocks_stand_in_their_order() -> None:
    found = standing(CaseTimes(OPENED), ALL, HOURS, LONDON, at("2026-11-16 10:30"))
    assert [it.clock.label for it in found] == ["acknowledge", "next contact", "resolve"]
    assert [it.words for it in found] == ["in 1 h", "in 1 day", "in 7 days"]
    assert {it.state for it in found} == {ClockState.FINE}
    assert found[0].due == at("2026-11-16 12:00")


@pytest.mark.parametrize(
    ("now", "state", "sign", "words"),
    [
        ("2026-11-16 11:44", ClockState.FINE, " ", "in 16 min"),
        ("2026-11-16 11:45", ClockState.AT_RISK, "·", "in 15 min"),
        ("2026-11-16 12:00", ClockState.LATE, "!", "due now"),
        ("2026-11-16 12:32", ClockState.LATE, "!", "32 min late"),
    ],
)
def test_a_clock_is_at_risk_fifteen_minutes_before_and_then_late(
    now: str, state: ClockState, sign: str, words: str
) -> None:
    clock = stands(now, CaseTimes(OPENED))[CaseClock.ACKNOWLEDGE]
    assert (clock.state, clock.state.sign, clock.words) == (state, sign, words)
    assert clock.late is (state is ClockState.LATE)


@pytest.mark.parametrize(
    ("done", "words", "late"),
    [
        ("2026-11-16 10:05", "met, 1 h early", False),
        ("2026-11-16 11:50", "met, 10 min early", False),
        ("2026-11-16 12:00", "met", False),
        ("2026-11-16 14:00", "done, 2 h late", True),
    ],
)
def test_a_clock_that_was_met_stays_met_and_says_when(done: str, words: str, late: bool) -> None:
    times = CaseTimes(OPENED, acknowledged_at=at(done))
    clock = stands("2026-11-20 10:00", times)[CaseClock.ACKNOWLEDGE]
    assert (clock.state, clock.words, clock.late) == (ClockState.MET, words, late)


def test_a_final_answer_meets_all_but_what_was_promised() -> None:
    answered = at("2026-11-16 11:00")
    times = CaseTimes(OPENED, answered_at=answered)
    found = stands("2026-11-18 10:00", times)
    assert {clock: it.state for clock, it in found.items()} == {
        CaseClock.ACKNOWLEDGE: ClockState.MET,
        CaseClock.RESOLVE: ClockState.MET,
    }
    promised = CaseTimes(OPENED, answered_at=answered, promised=(at("2026-11-18 09:00"),))
    assert stands("2026-11-18 10:00", promised)[CaseClock.NEXT_CONTACT].words == "1 h late"


def test_the_next_contact_is_the_earliest_promise_and_else_counts_from_the_last() -> None:
    reached = at("2026-11-17 15:00")
    times = CaseTimes(OPENED, last_contact=reached)
    assert stands("2026-11-17 16:00", times)[CaseClock.NEXT_CONTACT].due == at("2026-11-18 17:30")
    promised = CaseTimes(
        OPENED, last_contact=reached, promised=(at("2026-11-23 12:00"), at("2026-11-20 12:00"))
    )
    clock = stands("2026-11-17 16:00", promised)[CaseClock.NEXT_CONTACT]
    assert clock.due == at("2026-11-20 12:00")


# -- pauses ---------------------------------------------------------------------------------


def resolve(now: str, *pauses: tuple[str, str | None], targets: Targets = ALL) -> ClockStanding:
    waits: tuple[Pause, ...] = tuple((at(s), at(u) if u else None) for s, u in pauses)
    return stands(now, CaseTimes(OPENED, pauses=waits), targets)[CaseClock.RESOLVE]


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        ([("2026-11-17 12:00", "2026-11-18 12:00")], "2026-11-24 17:30"),
        ([("2026-11-17 12:00", "2026-11-17 14:00")], "2026-11-24 11:00"),
        ([("2026-11-21 09:00", "2026-11-22 18:00")], "2026-11-23 17:30"),
        ([("2026-11-10 09:00", "2026-11-16 11:00")], "2026-11-24 10:00"),
        (
            [("2026-11-17 12:00", "2026-11-17 14:00"), ("2026-11-17 13:00", "2026-11-17 15:00")],
            "2026-11-24 12:00",
        ),
        (
            [("2026-11-18 12:00", "2026-11-18 13:00"), ("2026-11-17 12:00", "2026-11-17 13:00")],
            "2026-11-24 11:00",
        ),
        ([("2026-11-24 09:00", "2026-11-24 12:00")], "2026-11-23 17:30"),
        (
            [("2026-11-17 12:00", "2026-11-17 14:00"), ("2026-11-24 10:00", "2026-11-24 12:00")],
            "2026-11-24 13:00",
        ),
        ([("2026-11-17 14:00", "2026-11-17 12:00")], "2026-11-23 17:30"),
    ],
)
def test_waiting_for_the_customer_moves_resolve_by_its_working_time(
    pauses: list[tuple[str, str | None]], moved: str
) -> None:
    """A pause outside work, after the end or before it began moves nothing; two that overlap count
    once; one that begins in the time that another gave counts."""
    assert resolve("2026-11-25 09:00", *pauses).due == at(moved)


def test_a_pause_that_lasts_is_said_with_its_beginning() -> None:
    waiting = ("2026-11-17 12:00", None)
    same_day = resolve("2026-11-17 14:00", waiting)
    assert (same_day.state, same_day.state.sign, same_day.words) == (
        ClockState.PAUSED,
        "=",
        "paused since 12:00",
    )
    assert same_day.due == at("2026-11-24 11:00")
    assert resolve("2026-11-20 14:00", waiting).words == "paused since Tue"
    assert resolve("2026-11-30 14:00", waiting).words == "paused since 17 Nov"
    assert not resolve("2026-11-30 14:00", waiting).late


def test_a_pause_that_begins_too_late_makes_nothing_good() -> None:
    clock = resolve("2026-11-25 09:00", ("2026-11-24 10:00", None))
    assert (clock.state, clock.words) == (ClockState.LATE, "1 day late")


def test_a_pause_never_moves_what_was_promised_nor_the_acknowledgment() -> None:
    promise = at("2026-11-18 12:00")
    waits: tuple[Pause, ...] = ((OPENED, None),)
    still = stands("2026-11-16 11:00", CaseTimes(OPENED, promised=(promise,)))
    paused = stands("2026-11-16 11:00", CaseTimes(OPENED, promised=(promise,), pauses=waits))
    for clock in (CaseClock.ACKNOWLEDGE, CaseClock.NEXT_CONTACT):
        assert paused[clock] == still[clock]
    assert paused[CaseClock.RESOLVE].state is ClockState.PAUSED


def test_the_final_answer_ends_a_pause() -> None:
    waits: tuple[Pause, ...] = ((at("2026-11-17 12:00"), None),)
    times = CaseTimes(OPENED, answered_at=at("2026-11-17 14:00"), pauses=waits)
    clock = stands("2026-12-17 14:00", times)[CaseClock.RESOLVE]
    assert (clock.state, clock.due) == (ClockState.MET, at("2026-11-24 11:00"))


def test_where_the_rule_says_so_waiting_stops_nothing() -> None:
    strict = Targets(resolve=span("5 working days"), pauses=False)
    clock = resolve("2026-11-17 14:00", ("2026-11-17 12:00", None), targets=strict)
    assert (clock.state, clock.due) == (ClockState.FINE, at("2026-11-23 17:30"))


@given(
    zone=zones,
    hours=hours_of_work(),
    marks=st.lists(st.integers(0, 40_000), min_size=4, max_size=4),
    now=st.integers(0, 60_000),
)
@settings(max_examples=120, derandomize=True)
def test_pauses_only_ever_give_time_and_never_more_than_they_took(
    zone: ZoneInfo, hours: WorkingHours, marks: list[int], now: int
) -> None:
    first, second, third, last = (OPENED + timedelta(minutes=mark) for mark in sorted(marks))
    times = CaseTimes(OPENED, pauses=((first, second), (third, last)))
    at_now = OPENED + timedelta(minutes=now)
    goal = Targets(resolve=Target(20, Unit.HOURS))
    (clock,) = standing(times, goal, hours, zone, at_now)
    base = later(OPENED, timedelta(hours=20), hours, zone)
    assert clock.due is not None
    assert clock.due >= base
    waited = sum(
        (worked(s, u, hours, zone) for s, u in ((first, second), (third, last))), timedelta()
    )
    assert worked(base, clock.due, hours, zone) <= waited


# -- published rules ------------------------------------------------------------------------

PRESETS = load().clocks


def test_every_preset_names_its_source_and_says_that_it_is_to_be_checked() -> None:
    assert {preset.id for preset in PRESETS} >= {
        "fca_disp",
        "fca_disp_summary",
        "housing_ombudsman_1",
        "housing_ombudsman_2",
    }
    for preset in PRESETS:
        assert any(character.isdigit() for character in preset.source), "with its section"
        assert "Check with your own rules" in preset.source
        assert preset.as_of is not None
        assert not preset.targets.off
        assert not preset.targets.pauses


def preset_due(preset: str, times: CaseTimes, hours: WorkingHours = ENGLAND) -> list[str]:
    targets = chosen(ClockChoice(preset), PRESETS)
    found = standing(times, targets, hours, LONDON, times.opened_at)
    return [f"{it.clock} {local(it.due, LONDON):%a %d %b %H:%M}" for it in found if it.due]


def test_the_third_business_day_is_counted_from_the_very_day_of_receipt() -> None:
    saturday = CaseTimes(at("2026-12-19 11:00"))
    assert preset_due("fca_disp_summary", saturday) == ["resolve Wed 23 Dec 17:30"]
    christmas = CaseTimes(at("2026-12-24 11:00"))
    assert preset_due("fca_disp_summary", christmas) == ["resolve Thu 31 Dec 17:30"]


def test_eight_weeks_are_eight_weeks_whatever_is_closed() -> None:
    assert preset_due("fca_disp", CaseTimes(at("2026-11-20 11:00"))) == ["resolve Fri 15 Jan 11:00"]


def test_the_housing_answer_counts_from_the_acknowledgment() -> None:
    opened = at("2026-11-16 11:00")
    targets = chosen(ClockChoice("housing_ombudsman_1"), PRESETS)
    waiting = standing(CaseTimes(opened), targets, ENGLAND, LONDON, opened)[1]
    assert (waiting.due, waiting.words) == (None, "counts from the acknowledgment")
    known = CaseTimes(opened, acknowledged_at=at("2026-11-18 15:00"))
    first = ["acknowledge Mon 23 Nov 17:30", "resolve Wed 02 Dec 17:30"]
    assert preset_due("housing_ombudsman_1", known) == first
    assert preset_due("housing_ombudsman_2", known)[1] == "resolve Wed 16 Dec 17:30"


def test_targets_of_ones_own_stand_over_those_of_a_preset() -> None:
    own = Targets(acknowledge=span("2h"), next_contact=span("1 working day"))
    found = chosen(ClockChoice("housing_ombudsman_1", own), PRESETS)
    assert (found.acknowledge, found.next_contact) == (span("2h"), span("1 working day"))
    assert str(found.resolve) == "end of the 10th working day after acknowledgment"
    assert not found.pauses
    assert chosen(ClockChoice("housing_ombudsman_1", own, pauses=True), PRESETS).pauses


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("housing_ombudsman", "did you mean housing_ombudsman_"), ("zzz", "known: fca_disp, ")],
)
def test_a_preset_that_is_not_known_is_named_with_what_would_be_right(
    typed: str, meant: str
) -> None:
    with pytest.raises(SettingsError, match=r"\[clocks\] preset") as caught:
        chosen(ClockChoice(typed), PRESETS)
    assert meant in str(caught.value)


def test_working_days_of_a_receipt_match_those_of_the_calendar() -> None:
    received = date(2026, 12, 24)
    assert local(due(at("2026-12-24 10:00"), span("3 working days"), ENGLAND, LONDON), LONDON) == (
        datetime.combine(working_day(received, 3, ENGLAND), time(17, 30), LONDON)
    )
