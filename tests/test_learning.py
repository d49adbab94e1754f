"""What the log teaches: causes counted, changes proven, examples without their names."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.clock import HandClock, instant
from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.actions import ActionState, effect
from calmdesk.guide.filters import Filter
from calmdesk.guide.nameless import Nameless, Names
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.pareto import CauseLine, grouped, rank
from calmdesk.guide.pareto import Measure as By
from calmdesk.guide.periods import Length, Period
from calmdesk.records import actions, browse, calls, examples, follow_through, learning, people
from calmdesk.records.ids import new_id
from calmdesk.records.learn_rows import ActionLine
from calmdesk.records.store import Store
from tests.made_once import demo, fresh

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), NEW_YORK)
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    yield store
    store.close()


@dataclass
class Lived:
    """A case that was lived through the verbs."""

    case_id: str
    contact_id: str
    at: datetime


def case(
    store: Store,
    cause: str = "",
    *happenings: h.Happening,
    at: datetime = NOW,
    factors: tuple[str, ...] = (),
    outcome: Outcome = Outcome.AGREED,
) -> Lived:
    """One call of three minutes, saved, and its cause found."""
    contact_id, case_id = new_id(at), new_id(at)
    calls.answer(store, contact_id, case_id, h.Answered("+1 415 555 0134"), at)
    for happening in happenings:
        calls.happen(store, contact_id, happening, at + timedelta(seconds=60))
    calls.happen(store, contact_id, h.CallEnded(), at + timedelta(seconds=120))
    calls.happen(store, contact_id, h.Finished(outcome), at + timedelta(seconds=180))
    if cause or factors:
        follow_through.happen(store, case_id, f.CauseFound(cause, factors), at + DAY / 24)
    return Lived(case_id, contact_id, at)


def again(store: Store, lived: Lived, at: datetime) -> None:
    """They ring once more about the same matter."""
    contact_id = new_id(at)
    calls.answer(store, contact_id, new_id(at), h.Answered("+1 415 555 0134"), at)
    calls.happen(store, contact_id, h.CaseJoined(lived.case_id, "CD"), at)
    calls.happen(store, contact_id, h.CallEnded(), at + timedelta(seconds=60))
    calls.happen(store, contact_id, h.Finished(Outcome.AGREED), at + timedelta(seconds=60))


def given_remedy(amount: int, verdict: Verdict = Verdict.YES) -> list[h.Happening]:
    return [h.Offered(new_id(NOW), "courier", amount), h.VerdictGiven(verdict)]


def pareto(store: Store, since: datetime, until: datetime) -> dict[str, CauseLine]:
    return {line.cause: line for line in learning.pareto(store, since, until, NOW + DAY)}


def month(store: Store) -> dict[str, CauseLine]:
    return pareto(store, NOW - 20 * DAY, NOW + DAY)


# -- causes, counted ----------------------------------------------------------------------------


def test_a_cause_is_counted_by_cases_minutes_cost_and_repeat_calls(store: Store) -> None:
    case(store, "carrier", *given_remedy(4500))
    case(store, "carrier", *given_remedy(2000, Verdict.NO))
    first = case(store, "carrier")
    again(store, first, NOW + timedelta(hours=2))
    case(store, "equipment", *given_remedy(100))
    found = month(store)
    assert found["carrier"] == CauseLine("carrier", 3, 3 * 180 + 60, 4500, 1)
    assert found["equipment"] == CauseLine("equipment", 1, 180, 100, 0)


def test_what_nobody_has_looked_for_is_one_line_and_a_question_is_none(store: Store) -> None:
    case(store)
    case(store)
    case(store, outcome=Outcome.INFORMATION)
    case(store, "terms_unclear", outcome=Outcome.INFORMATION)
    found = month(store)
    assert (found[""].cases, found["terms_unclear"].cases) == (2, 1)


def test_a_call_we_made_is_no_repeat_call(store: Store) -> None:
    lived = case(store, "carrier")
    calls.ring(store, new_id(NOW), lived.case_id, "", NOW + DAY / 2)
    found = month(store)
    assert found["carrier"].repeats == 0
    assert found["carrier"].seconds > 180, "but it took its time"
    assert "service_made_it_worse" not in found


def test_service_made_it_worse_is_read_from_the_record(store: Store) -> None:
    def told(promise_id: str, due: datetime) -> h.Happening:
        return h.Promised(promise_id, "ring back", due)

    late = case(store, "carrier", told("late", NOW + timedelta(hours=1)))
    follow_through.happen(store, late.case_id, f.PromiseKept("late"), NOW + timedelta(hours=2))
    kept = case(store, "carrier", told("kept", NOW + timedelta(hours=1)))
    follow_through.happen(store, kept.case_id, f.PromiseKept("kept"), NOW + timedelta(minutes=5))
    missed = case(store, "equipment", told("missed", NOW + timedelta(hours=1)))
    follow_through.happen(store, missed.case_id, f.PromiseMissed("missed", "ill"), NOW + DAY / 24)
    case(store, "supplier", told("open", NOW + timedelta(hours=3)))
    case(store, "supplier", told("ahead", NOW + 9 * DAY))
    again(store, case(store), NOW + timedelta(hours=2))
    worse = month(store)["service_made_it_worse"]
    assert (worse.cases, worse.worsened) == (0, 4)
    chosen = Filter(factor="service_made_it_worse", seen_at=NOW + DAY)
    assert browse.count(store, chosen) == 4
    early = learning.pareto(store, NOW - DAY, NOW + DAY, NOW + timedelta(hours=2))
    assert {line.cause: line.worsened for line in early}["service_made_it_worse"] == 3


def test_contributing_factors_are_counted_beside_their_cause(store: Store) -> None:
    case(store, "carrier", factors=("no_update", "hard_to_reach"))
    case(store, "no_update", factors=("hard_to_reach",))
    found = month(store)
    assert (found["no_update"].cases, found["no_update"].worsened) == (1, 1)
    assert (found["hard_to_reach"].cases, found["hard_to_reach"].worsened) == (0, 2)
    assert browse.count(store, Filter(factor="hard_to_reach")) == 2


def test_the_cases_of_a_cause_are_those_that_were_counted(store: Store) -> None:
    carried = [case(store, "carrier").case_id for _ in range(3)]
    case(store, "equipment")
    case(store)
    case(store, outcome=Outcome.INFORMATION)
    for cause, line in month(store).items():
        chosen = Filter(NOW - 20 * DAY, NOW + DAY, cause=cause)
        assert browse.count(store, chosen) == line.cases
    rows = browse.page(store, Filter(cause="carrier"), 0, NOW)
    assert sorted(row.id for row in rows) == sorted(carried)
    assert browse.count(store, Filter()) == 6


def test_a_period_begins_at_midnight_here_through_a_change_of_the_clocks(tmp_path: Path) -> None:
    for zone, day in ((NEW_YORK, date(2026, 11, 1)), (BERLIN, date(2026, 10, 25))):
        store = Store.open(fresh(tmp_path / f"{day}.db"), zone)
        week = Period.around(Length.WEEK, day)
        since, until = (instant(wall, zone) for wall in week.walls)
        assert until - since == timedelta(days=7, hours=1)
        for at in (since - timedelta(seconds=1), since, until - timedelta(seconds=1), until):
            case(store, "carrier", at=at)
        assert pareto(store, since, until)["carrier"].cases == 2
        store.close()


@pytest.mark.parametrize(
    ("length", "day", "first", "after", "name"),
    [
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 4), "28 Dec 2026-3 Jan 2027"),
        ("week", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 23), "16-22 Nov 2026"),
        ("week", date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 7), "30 Nov-6 Dec 2026"),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1), "Dec 2026"),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1), "Oct-Dec 2026"),
        ("year", date(2028, 2, 29), date(2028, 1, 1), date(2029, 1, 1), "2028"),
    ],
)
def test_periods_end_where_the_calendar_says(
    length: str, day: date, first: date, after: date, name: str
) -> None:
    period = Period.around(Length(length), day)
    assert (period.first, period.step(1).first, period.name) == (first, after, name)


@given(st.sampled_from(Length), st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-30, 30))
def test_periods_follow_each_other_without_a_gap(length: Length, day: date, count: int) -> None:
    period = Period.around(length, day)
    assert period.first <= day < period.step(1).first
    assert period.step(count).step(-count) == period
    assert Period.around(length, period.step(count).first) == period.step(count)


def test_a_cause_above_its_usual_is_named(store: Store) -> None:
    week = Period.around(Length.WEEK, date(2026, 11, 18))
    stretches = [
        tuple(instant(wall, NEW_YORK) for wall in week.step(-back).walls) for back in range(5)
    ]
    for back, count in enumerate((9, 3, 2, 4, 3)):
        for _ in range(count):
            case(store, "equipment", at=stretches[back][0] + timedelta(hours=9))
    case(store, "carrier", at=stretches[0][0] + timedelta(hours=9))
    (since, until), *before = [(began, over) for began, over in stretches]
    (found,) = learning.above_usual(store, since, until, before)
    assert (found.cause, found.cases, found.usual) == ("equipment", 9, 3.0)
    assert found.words == "9, usually 3"


def test_before_the_record_began_nothing_was_usual(store: Store) -> None:
    week = Period.around(Length.WEEK, date(2026, 11, 18))
    stretches = [
        (instant(began, NEW_YORK), instant(over, NEW_YORK))
        for began, over in (week.step(-back).walls for back in range(5))
    ]
    for _ in range(3):
        case(store, "equipment", at=stretches[0][0] + timedelta(hours=9))
    assert learning.above_usual(store, *stretches[0], stretches[1:]) == ()
    case(store, "equipment", at=stretches[1][0] + timedelta(hours=9))
    (found,) = learning.above_usual(store, *stretches[0], stretches[1:])
    assert found.usual == 1.0, "of the one week that there was"


# -- the Pareto ---------------------------------------------------------------------------------

LINES = [CauseLine("a", 12), CauseLine("b", 6), CauseLine("c", 2), CauseLine("", 30)]


def test_the_heaviest_cause_stands_first_and_shares_add_up() -> None:
    drawn = rank(LINES, By.CASES)
    assert [bar.line.cause for bar in drawn.bars] == ["a", "b", "c"]
    assert [round(bar.until, 2) for bar in drawn.bars] == [0.6, 0.9, 1.0]
    assert drawn.most_of_it == 2
    assert drawn.in_percent
    assert drawn.unknown.cases == 30


def test_under_twenty_cases_nothing_is_said_in_percent() -> None:
    assert not rank([CauseLine("a", 19), CauseLine("", 50)], By.CASES).in_percent
    assert rank([CauseLine("a", 20)], By.CASES).in_percent
    assert rank([], By.CASES).bars == ()


COUNTS = st.lists(st.integers(0, 50), max_size=12)


@given(COUNTS, st.sampled_from(By))
def test_every_bar_is_at_most_the_one_before_it(counts: list[int], by: By) -> None:
    lines = [CauseLine(f"c{n}", it, it * 61.0, it * 7, it // 2) for n, it in enumerate(counts)]
    drawn = rank(lines, by)
    values = [bar.value for bar in drawn.bars]
    assert values == sorted(values, reverse=True)
    assert all(value > 0 for value in values)
    assert not drawn.bars or drawn.bars[-1].until == pytest.approx(1)
    assert drawn.most_of_it <= len(drawn.bars)


def test_causes_add_up_one_level_higher() -> None:
    lines = [CauseLine("a", 1, 60, 5, 1), CauseLine("b", 2, 30, 1, 0), CauseLine("", 4)]
    assert set(grouped(lines, lambda cause: "x")) == {
        CauseLine("x", 3, 90, 6, 1),
        CauseLine("", 4),
    }


# -- corrective actions -------------------------------------------------------------------------


def opened(store: Store, action_id: str = "a1", at: datetime = NOW, **changed: Any) -> None:
    words = {"cause": "carrier", "change": "another courier", "owner": "dispatch"} | changed
    due = words.pop("due", at + 7 * DAY)
    actions.open_action(store, action_id, due=due, at=at, **words)


def only(store: Store, now: datetime = NOW) -> ActionLine:
    (line,) = actions.actions(store, now)
    return line


def test_an_action_is_opened_done_checked_and_closed(store: Store) -> None:
    for days in (-25, -20, -3, 2, 40):
        case(store, "carrier", at=NOW + days * DAY)
    case(store, "equipment", at=NOW - DAY)
    opened(store, at=NOW - 30 * DAY, due=NOW + DAY)
    assert only(store).state(NOW) is ActionState.UNDER_WAY
    assert only(store).state(NOW + 2 * DAY) is ActionState.OVERDUE
    actions.action_done(store, "a1", NOW + 31 * DAY, 30, NOW)
    assert only(store).state(NOW + DAY) is ActionState.WAITING
    assert only(store).state(NOW + 31 * DAY) is ActionState.CHECK_DUE
    late = NOW + 32 * DAY
    line = actions.check_action(store, "a1", "far fewer are lost", late)
    assert (line.before, line.after, line.effect) == (3, 1, "3 → 1, fell")
    assert only(store).state(late) is ActionState.CHECKED
    actions.close_action(store, "a1", late)
    closed = only(store)
    assert closed.state(late) is ActionState.CLOSED
    assert (closed.finding, closed.opened_by) == ("far fewer are lost", "Sam Ortiz")


def test_s72_an_action_cannot_be_closed_without_its_check(store: Store) -> None:
    opened(store)
    with pytest.raises(Refused, match="checked"):
        actions.close_action(store, "a1", NOW)
    actions.action_done(store, "a1", NOW + 30 * DAY, 30, NOW)
    with pytest.raises(Refused, match="checked"):
        actions.close_action(store, "a1", NOW + 30 * DAY)
    assert only(store).closed_at is None


def test_the_check_waits_for_its_date_and_wants_a_finding(store: Store) -> None:
    opened(store)
    with pytest.raises(Refused, match="not made yet"):
        actions.check_action(store, "a1", "fewer", NOW)
    with pytest.raises(Refused, match=r"30 days after it end on Mon 21 Dec 2026 14:02"):
        actions.action_done(store, "a1", NOW + 29 * DAY, 30, NOW)
    with pytest.raises(Refused, match="1 to 365 days"):
        actions.action_done(store, "a1", NOW + 29 * DAY, 0, NOW)
    actions.action_done(store, "a1", NOW + 30 * DAY, 30, NOW)
    with pytest.raises(Refused, match=r"due on Mon 21 Dec 2026 14:02"):
        actions.check_action(store, "a1", "fewer", NOW + 29 * DAY)
    with pytest.raises(Refused, match="What did you find"):
        actions.check_action(store, "a1", "  ", NOW + 30 * DAY)
    assert only(store).checked_at is None


def test_days_before_and_after_are_days_of_the_wall(store: Store) -> None:
    done = datetime(2026, 10, 20, 9, 30, tzinfo=NEW_YORK)
    (began, middle), (_, over) = actions.counted(store, done, 30)
    assert began == datetime(2026, 9, 20, 9, 30, tzinfo=NEW_YORK)
    assert over == datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK)
    assert over - middle == timedelta(days=30, hours=1), "the clocks went back in between"


@pytest.mark.parametrize(
    "owner", ["Sam Ortiz", "sam", "ORTIZ", "Sam  ortiz, dispatch", "ask Sam Ortiz"]
)
def test_d3_an_owner_is_a_role_and_never_somebody_of_the_team(store: Store, owner: str) -> None:
    with pytest.raises(Refused, match="role or a department"):
        opened(store, owner=owner)
    assert actions.actions(store, NOW) == ()


@pytest.mark.parametrize("owner", ["dispatch", "the print room", "Samples", "shift lead"])
def test_a_role_or_department_may_own_it(store: Store, owner: str) -> None:
    opened(store, owner=owner)
    assert only(store).owner == owner


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cause": " "}, "Which cause"),
        ({"change": ""}, "What is to be changed"),
        ({"owner": " "}, "Who owns it"),
        ({"due": NOW}, "That time is over"),
    ],
)
def test_what_is_missing_gets_one_sentence(
    store: Store, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        opened(store, **changed)
    assert actions.actions(store, NOW) == ()


def test_an_action_can_be_put_another_way_until_it_is_done(store: Store) -> None:
    opened(store)
    actions.change_action(store, "a1", "two couriers", "logistics", NOW + 9 * DAY, NOW + DAY)
    assert (only(store).change, only(store).owner) == ("two couriers", "logistics")
    actions.change_action(store, "a1", "three", "logistics", NOW + 9 * DAY, NOW + 10 * DAY)
    assert only(store).change == "three", "an overdue time may stay as it is"
    with pytest.raises(Refused, match="culprit"):
        actions.change_action(store, "a1", "three", "Sam", NOW + 9 * DAY, NOW + DAY)
    actions.action_done(store, "a1", NOW + 50 * DAY, 30, NOW + 11 * DAY)
    with pytest.raises(Refused, match="made already"):
        actions.change_action(store, "a1", "four", "logistics", NOW + 60 * DAY, NOW + 12 * DAY)


def test_what_asks_for_somebody_stands_first(store: Store) -> None:
    opened(store, "far", due=NOW + 9 * DAY)
    opened(store, "near", due=NOW + 3 * DAY)
    opened(store, "late", due=NOW + DAY)
    opened(store, "check", due=NOW + DAY)
    actions.action_done(store, "check", NOW + DAY, 1, NOW)
    opened(store, "closed", due=NOW + DAY)
    actions.action_done(store, "closed", NOW + DAY, 1, NOW)
    actions.check_action(store, "closed", "fewer", NOW + DAY)
    actions.close_action(store, "closed", NOW + DAY)
    ids = [line.id for line in actions.actions(store, NOW + 2 * DAY)]
    assert ids == ["check", "late", "near", "far", "closed"]


def test_every_step_stands_in_the_journal_and_the_chain_holds(store: Store) -> None:
    opened(store)
    actions.change_action(store, "a1", "two couriers", "logistics", NOW + 9 * DAY, NOW)
    actions.action_done(store, "a1", NOW + DAY, 1, NOW)
    actions.check_action(store, "a1", "fewer", NOW + DAY)
    actions.close_action(store, "a1", NOW + DAY)
    with pytest.raises(Refused, match="closed"):
        actions.check_action(store, "a1", "fewer", NOW + DAY)
    with sqlite3.connect(store.file) as connection:
        rows = connection.execute(
            "SELECT case_id, kind, payload FROM event WHERE kind LIKE 'action %' ORDER BY seq"
        ).fetchall()
    connection.close()
    assert [row[1].removeprefix("action ") for row in rows] == [
        "opened",
        "changed",
        "done",
        "checked",
        "closed",
    ]
    assert {row[0] for row in rows} == {None}
    assert json.loads(rows[3][2])["finding"] == "fewer"


def test_a_pledge_is_counted_with_its_action(store: Store) -> None:
    opened(store)
    lived = case(store, "carrier", h.CategoryChosen("late_delivery"))
    follow_through.happen(store, lived.case_id, f.Pledged("a1", "another courier"), NOW)
    (line,) = actions.open_actions(store)
    assert line.pledges == only(store).pledges == 1
    assert line.categories == {"late_delivery"}
    assert actions.cause_of(store, lived.case_id) == "carrier"


def test_the_effect_is_told_as_it_is() -> None:
    assert effect(9, 3) == "9 → 3, fell"
    assert effect(3, 9) == "3 → 9, rose"
    assert effect(3, 3) == "3 → 3, as before"


# -- examples -----------------------------------------------------------------------------------


def read(text: str, **names: tuple[str, ...]) -> str:
    return Nameless(Names(**names)).read(text)


@pytest.mark.parametrize(
    ("name", "text", "without"),
    [
        ("Dana Reyes", "Dana's flyers; reyes rang", "the customer's flyers; the customer rang"),
        ("Dana Reyes", "MRS. REYES and dana  reyes", "the customer and the customer"),
        ("Al", "al says he always calls", "the customer says he always calls"),
        ("Al [x] (", "so Al [x] ( said", "so the customer said"),
        (".*", "nothing here", "nothing here"),
        ("José O’Hara", "jose o'hara, JOSÉ", "the customer"),
        ("Anne-Marie", "anne-marie or Marie", "the customer or the customer"),
        ("Mr the of", "the end of it", "the end of it"),
        ("\\d+ |", "12 or | 13", "12 or | 13"),
        ("Customer", "the customer rang", "the the customer rang"),
        ("", "as it was", "as it was"),
    ],
)
def test_a_name_goes_wherever_it_stands(name: str, text: str, without: str) -> None:
    assert read(text, customers=(name,)) == without


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Reyes Dance School, reyes dance", "their firm"),
        ("the Reyes account", "the their firm account"),
        ("sam ortiz told them", "a colleague told them"),
        ("mail sam@printco.example now", "mail an e-mail address now"),
        ("ring +1 415 555 0134 or 415-555-0134", "ring 555 … or 555 …"),
        ("CD-261121-7f3k and order #4471", "the case and order …"),
        ("invoice no. 88-AB2, ref: X9/1", "invoice no. …, ref …"),
        (
            "45.00 off, $1,200.50, 48,000 and 150000 EUR",
            "45.00 off, $1,200.50, 48,000 and 150000 EUR",
        ),
        ("fri 27 nov 09:00, 2026-11-27, 24/11 09:00", "fri 27 nov 09:00, 2026-11-27, 24/11 09:00"),
        ("sat 13:55. 57.00 back, 57.00 24/11", "sat 13:55. 57.00 back, 57.00 24/11"),
        ("415.555.0134, (415) 555 0134, 0049 30 123456", "555 …"),
        ("$150000 and 2026-11-27 14:02:03", "$150000 and 2026-11-27 14:02:03"),
        ("see https://printco.example/4471?x=1", "see a web address"),
        ("\ue000 \ue003", " "),
    ],
)
def test_what_points_at_somebody_goes_and_amounts_stay(text: str, without: str) -> None:
    names = {
        "companies": ("Reyes Dance School",),
        "colleagues": ("Sam Ortiz",),
        "numbers": ("+1 415 555 0134",),
    }
    assert read(text, **names) == without


@given(st.text(min_size=2, max_size=20), st.text(max_size=30), st.text(max_size=30))
def test_no_name_however_odd_is_left_in(name: str, before: str, after: str) -> None:
    shown = read(f"{before} {name} {after}", customers=(name,))
    whole = " ".join(name.split())
    if any(c.isalnum() for c in whole) and whole not in f"{before} {after}":
        assert f" {whole} " not in f" {shown} " or whole in "the customer 555 … a web address"


def test_s84_an_example_leaves_the_record_without_its_names(store: Store) -> None:
    def note(sign: Sign, text: str) -> h.Happening:
        return h.Noted(new_id(NOW), sign, text)

    lived = case(
        store,
        "carrier",
        h.CallerNamed("Dana Reyes", "Reyes Dance School", "+1 415 555 0134"),
        note(Sign.CALLER, "Dana Reyes, Reyes Dance School"),
        note(Sign.SAYS, "Dana says order 4471 never came, ring 415 555 0199"),
        h.AskPut("flyers at Reyes Dance School by fri"),
        h.CategoryChosen("late_delivery"),
        h.HeatMarked(5),
        h.PhraseSaid("x", "acknowledge", "Dana, that is a whole weekend lost."),
        *given_remedy(4500),
        h.HeatMarked(1),
    )
    assert examples.examples(store) == ()
    follow_through.happen(store, lived.case_id, f.ExampleMarked(True), NOW)
    (found,) = examples.examples(store)
    assert found.notes == (("", "the customer says order … never came, ring 555 …"),)
    assert found.ask == "flyers at their firm by fri"
    assert found.said == ("the customer, that is a whole weekend lost.",)
    assert found.offers == (("courier", 4500, "yes"),)
    assert (found.heat_start, found.heat_end, found.category) == (5, 1, "late_delivery")
    shown = repr(found)
    for name in ("Dana", "Reyes", "Sam", "4471", "0134", "0199"):
        assert name not in shown
    follow_through.happen(store, lived.case_id, f.ExampleMarked(False), NOW)
    assert examples.examples(store) == ()


def test_the_demos_firm_has_learned_something(tmp_path: Path) -> None:
    clock = HandClock(NOW, NEW_YORK)
    store = demo(tmp_path / "demo.db", clock)
    found = learning.pareto(store, NOW - 30 * DAY, NOW + DAY, NOW)
    assert rank(found, By.CASES).in_percent
    assert {line.state(NOW) for line in actions.actions(store, NOW)} == {
        ActionState.CHECK_DUE,
        ActionState.OVERDUE,
        ActionState.UNDER_WAY,
    }
    (example,) = examples.examples(store)
    assert example.heat_start > example.heat_end
    store.close()
