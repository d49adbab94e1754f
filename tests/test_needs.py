"""Who needs somebody today: why, in which order, and no longer once it was seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from calmdesk.clock import instant
from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.needing import Step, Why
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import Reached
from calmdesk.guide.risk import Risk
from calmdesk.records import browse, calls, follow_through, glances, needs, people, saved_filters
from calmdesk.records.day_rows import Need
from calmdesk.records.derived import Glance
from calmdesk.records.ids import new_id
from calmdesk.records.models import Agent, Alarm, Customer, Event, Review
from calmdesk.records.store import Store
from tests.player import SATURDAY, ZONE

NOW = SATURDAY
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TODAY = (
    instant(datetime.combine(NOW.date(), time()), ZONE),
    instant(datetime.combine(NOW.date() + timedelta(days=1), time()), ZONE),
)


@pytest.fixture
def kim(store: Store) -> Iterator[Store]:
    """The desk of a supervisor on the same file."""
    second = Store.open(store.file, ZONE)
    with second.transaction() as session:
        session.add(Agent(id="kim", name="Kim Doe", created_at=NOW))
    second.me = "kim"
    yield second
    second.close()


@dataclass
class Rung:
    """A call and its case."""

    contact_id: str
    case_id: str


def ring(store: Store, name: str, *happenings: h.Happening, at: datetime = NOW - HOUR) -> Rung:
    """Somebody rings; the call goes on."""
    rung = Rung(store.new_id(at), store.new_id(at))
    calls.answer(store, rung.contact_id, rung.case_id, h.Answered(), at)
    for happening in (h.CallerNamed(name), *happenings):
        at += timedelta(seconds=20)
        calls.happen(store, rung.contact_id, happening, at)
    return rung


def end(store: Store, rung: Rung, outcome: Outcome, at: datetime) -> None:
    calls.happen(store, rung.contact_id, h.CallEnded(), at)
    calls.happen(store, rung.contact_id, h.Finished(outcome), at)


def over(
    store: Store,
    name: str,
    *happenings: h.Happening,
    outcome: Outcome = Outcome.EXPLAINED,
    at: datetime = NOW - HOUR,
) -> str:
    """A call that is over. Returns the id of its case."""
    rung = ring(store, name, *happenings, at=at)
    end(store, rung, outcome, at + 10 * MINUTE)
    return rung.case_id


def stake(words: str) -> h.Happening:
    return h.Noted(new_id(NOW), Sign.STAKE, words)


def promise(due: datetime | None, promise_id: str = "p") -> h.Happening:
    return h.Promised(promise_id, "ring back", due)


def account(store: Store, name: str, value: int) -> None:
    with store.transaction() as session:
        of_them = update(Customer).where(col(Customer.name) == name)
        session.connection().execute(of_them.values(value=value))


def shown(store: Store, now: datetime = NOW) -> list[tuple[Why, str]]:
    return [(it.why, it.who) for it in needs.needs(store, now, TODAY)]


def only(store: Store, now: datetime = NOW) -> Need:
    (need,) = needs.needs(store, now, TODAY)
    return need


# -- why ----------------------------------------------------------------------------------------


def test_nothing_needs_anybody(store: Store, kim: Store) -> None:
    over(store, "Dana Reyes", h.HeatMarked(2))
    ring(store, "Bo Lind")
    assert shown(kim) == []


def test_help_is_asked_until_somebody_saw_it_or_the_call_is_over(store: Store, kim: Store) -> None:
    rung = ring(store, "Dana Reyes", h.HelpAsked())
    need = only(kim)
    assert (need.why, need.who, need.words) == (Why.HELP, "Dana Reyes", "Sam asks for help")
    assert (need.contact_id, need.step) == (rung.contact_id, Step.READ)
    assert need.since == NOW - HOUR + timedelta(seconds=40)
    calls.happen(store, rung.contact_id, h.CallEnded(), NOW)
    assert shown(kim) == []
    calls.happen(store, rung.contact_id, h.CallWentOn(), NOW)
    assert shown(kim) == [(Why.HELP, "Dana Reyes")]


def test_danger_stays_until_it_was_seen(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.SafetyRaised(), outcome=Outcome.AGREED)
    assert only(kim, NOW + 50 * HOUR).why is Why.SAFETY
    needs.seen(kim, case, Why.SAFETY, NOW)
    assert shown(kim) == []


def test_a_case_that_was_handed_to_me_waits_to_be_taken(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes")
    handed = f.CaseHandedOver("h1", "kim", "Kim Doe", "Ring her.")
    follow_through.happen(store, case, handed, NOW)
    need = only(kim)
    assert (need.why, need.words, need.step) == (Why.HANDED, "Sam hands it to you", Step.TAKE)
    assert shown(store) == []
    follow_through.happen(kim, case, f.HandoverTaken("h1"), NOW)
    assert shown(kim) == []


def test_a_taking_is_taken_back_unless_more_came_of_it(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes")
    handed = f.CaseHandedOver("h1", "kim", "Kim Doe", "Ring her.")
    follow_through.happen(store, case, handed, NOW)
    back = f.TakingUndone("h1")
    with pytest.raises(Refused, match="not as it was taken"):
        follow_through.happen(kim, case, back, NOW)
    follow_through.happen(kim, case, f.HandoverTaken("h1"), NOW)
    with pytest.raises(Refused, match="not as it was taken"):
        follow_through.happen(store, case, back, NOW)
    follow_through.happen(kim, case, back, NOW)
    assert only(kim).why is Why.HANDED
    follow_through.happen(kim, case, f.HandoverTaken("h1"), NOW)
    rung = calls.ring(store, new_id(NOW), case, "", NOW + MINUTE)
    assert rung is not None
    with pytest.raises(Refused, match="a call about it since"):
        follow_through.happen(kim, case, back, NOW)
    for happening in (h.CallEnded(), h.Finished(Outcome.INVESTIGATING)):
        calls.happen(store, rung.call.contact_id, happening, NOW + MINUTE)
    with pytest.raises(Refused, match="a call about it since"):
        follow_through.happen(kim, case, back, NOW)
    onward = f.CaseHandedOver("h2", store.me, "Sam Ortiz", "Yours after all.")
    follow_through.happen(kim, case, onward, NOW)
    with pytest.raises(Refused, match="not as it was taken"):
        follow_through.happen(kim, case, back, NOW)


def test_a_promise_needs_somebody_while_its_owner_is_in_another_call(
    store: Store, kim: Store
) -> None:
    due = NOW + 20 * MINUTE
    case = over(store, "Dana Reyes", promise(due), outcome=Outcome.INVESTIGATING)
    assert shown(kim, due) == [], "its owner is free"
    rung = ring(store, "Bo Lind", at=NOW)
    assert shown(kim, NOW) == []
    need = only(kim, due - 15 * MINUTE)
    assert (need.why, need.words) == (Why.LATE, "promise due, Sam in a call")
    assert (need.case_id, need.line_id, need.since) == (case, "p", due)
    assert need.step is Step.REASSIGN
    assert only(kim, due).words == "promise late, Sam in a call"
    calls.happen(store, rung.contact_id, h.CallEnded(), NOW)
    assert shown(kim, due) == [], "in the wrap-up they see it themselves"


def test_a_promise_is_no_need_while_they_are_being_rung(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", promise(NOW), outcome=Outcome.INVESTIGATING)
    calls.ring(store, "c1", case, "p", NOW)
    assert shown(kim) == []


def test_those_who_threaten_to_leave_stand_by_their_account(store: Store, kim: Store) -> None:
    for name, words in (
        ("Dana Reyes", "last order ever"),
        ("Bo Lind", "we cancel"),
        ("Cy Moss", "going to your competitor"),
        ("Eve Hart", "fair on friday"),
    ):
        over(store, name, stake(words), promise(NOW + 9 * HOUR, name), outcome=Outcome.CUT_OFF)
    account(store, "Cy Moss", 4_800_000)
    account(store, "Bo Lind", 12_000)
    assert shown(kim) == [
        (Why.LEAVING, "Cy Moss"),
        (Why.LEAVING, "Bo Lind"),
        (Why.LEAVING, "Dana Reyes"),
    ]
    first = needs.needs(kim, NOW, TODAY)[0]
    assert (first.words, first.value) == ("threatens to leave", 4_800_000)


def test_a_threat_is_over_when_they_agreed_or_the_case_is_closed(store: Store, kim: Store) -> None:
    over(store, "Dana Reyes", stake("we cancel"), promise(NOW + HOUR), outcome=Outcome.AGREED)
    over(store, "Bo Lind", stake("we cancel"), outcome=Outcome.EXPLAINED)
    assert shown(kim) == []
    ring(store, "Cy Moss", stake("we cancel"))
    assert shown(kim) == [(Why.LEAVING, "Cy Moss")]


def test_who_was_left_hot_is_to_be_rung_until_it_was_reviewed(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5))
    hot = ring(store, "Bo Lind", h.HeatMarked(5))
    need = only(kim)
    assert (need.why, need.who, need.step) == (Why.HOT, "Dana Reyes", Step.RING)
    end(store, hot, Outcome.AGREED, NOW)
    assert shown(kim) == [(Why.HOT, "Dana Reyes"), (Why.HOT, "Bo Lind")]
    with kim.transaction() as session:
        session.add(Review(id="r", case_id=case, agent_id="kim", of_id=store.me, at=NOW))
        glances.look(session, case)
    assert shown(kim) == [(Why.HOT, "Bo Lind")]


def ring_back(store: Store, case: str, outcome: Outcome, *happenings: h.Happening) -> None:
    """They are rung, until now."""
    contact = store.new_id(NOW - MINUTE)
    calls.ring(store, contact, case, "", NOW - MINUTE)
    for happening in happenings:
        calls.happen(store, contact, happening, NOW - MINUTE)
    end(store, Rung(contact, case), outcome, NOW)


@pytest.mark.parametrize("heat", [(), (h.HeatMarked(2),)])
def test_who_was_rung_and_reached_is_left_hot_no_more(
    heat: tuple[h.Happening, ...], store: Store, kim: Store
) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5))
    assert shown(kim) == [(Why.HOT, "Dana Reyes")]
    ring_back(store, case, Outcome.EXPLAINED, *heat)
    assert shown(kim) == []


def test_a_try_that_reached_them_from_another_telephone_is_a_call_too(
    store: Store, kim: Store
) -> None:
    again = promise(NOW + HOUR)
    case = over(store, "Dana Reyes", again, h.HeatMarked(5), outcome=Outcome.INVESTIGATING)
    follow_through.happen(store, case, f.Attempted("a1", "p", Reached.VOICEMAIL), NOW)
    assert shown(kim) == [(Why.HOT, "Dana Reyes")]
    follow_through.happen(store, case, f.Attempted("a2", "p", Reached.REACHED), NOW)
    assert shown(kim) == []


def test_a_call_in_vain_leaves_them_as_hot_and_as_old(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5))
    before = only(kim)
    ring_back(store, case, Outcome.NOT_REACHED)
    assert only(kim) == before


def test_who_is_left_hot_again_when_rung_is_to_be_rung_again(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5))
    reached = f.Attempted("a1", "", Reached.REACHED)
    ring_back(store, case, Outcome.DECLINED, reached, h.HeatMarked(4))
    need = only(kim)
    assert (need.why, need.since) == (Why.HOT, NOW)


def test_heat_that_came_from_another_log_is_that_of_its_last_call(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5))
    with store.transaction() as session:
        session.connection().execute(delete(Event).where(col(Event.case_id) == case))
    assert shown(kim) == [(Why.HOT, "Dana Reyes")]


def test_nobody_is_left_hot_while_they_are_on_the_line(store: Store, kim: Store) -> None:
    hot = ring(store, "Bo Lind", h.HeatMarked(5))
    assert kept(store, hot.case_id).hot is False
    assert browse.count(store, Filter(heat="hot")) == 0
    assert Risk.LEFT_HOT not in Risk(kept(store, hot.case_id).risk)
    end(store, hot, Outcome.DECLINED, NOW)
    assert kept(store, hot.case_id).hot is True
    assert Risk.LEFT_HOT in Risk(kept(store, hot.case_id).risk)


def kept(store: Store, case_id: str) -> Glance:
    with store.reading() as session:
        return session.exec(select(Glance).where(Glance.case_id == case_id)).one()


def test_a_final_no_of_today_is_read(store: Store, kim: Store) -> None:
    over(store, "Dana Reyes", outcome=Outcome.FINAL_ANSWER)
    over(store, "Bo Lind", outcome=Outcome.FINAL_ANSWER, at=NOW - 30 * HOUR)
    over(store, "Cy Moss", h.HeatMarked(5), at=NOW - 30 * HOUR)
    assert shown(kim) == [(Why.FINAL, "Dana Reyes")]
    assert only(kim).step is Step.READ


def busy(store: Store) -> None:
    """One case of each reason, the least pressing first."""
    over(store, "Final", outcome=Outcome.FINAL_ANSWER)
    over(store, "Hot", h.HeatMarked(4))
    over(store, "Late", promise(NOW), h.HeatMarked(5), outcome=Outcome.INVESTIGATING)
    handed = over(store, "Handed")
    over(store, "Leaving", stake("we cancel"), h.HeatMarked(5), outcome=Outcome.CUT_OFF)
    follow_through.happen(store, handed, f.CaseHandedOver("h", "kim", "Kim Doe", "Ring."), NOW)
    ring(store, "Help", stake("we cancel"), h.HelpAsked())
    ring(store, "Safety", h.HelpAsked(), h.SafetyRaised())


def test_the_most_pressing_stands_first_and_each_case_once(store: Store, kim: Store) -> None:
    busy(store)
    assert [who for _, who in shown(kim)] == [
        *("Safety", "Help", "Handed", "Late", "Leaving", "Hot", "Final")
    ]
    assert [why for why, _ in shown(kim)] == list(Why)
    needs.seen(kim, case_named(kim, "Late"), Why.LATE, NOW)
    assert (Why.HOT, "Late") in shown(kim), "its next reason comes forward"


def test_every_reason_is_said_in_six_words(store: Store, kim: Store) -> None:
    people.introduce(store, "Anna-Maria van der Berg zu Hohenstein-Öhringen", "", "")
    busy(store)
    for need in needs.needs(kim, NOW + MINUTE, TODAY):
        assert 1 <= len(need.words.split()) <= 6
    people.introduce(store, "", "", "")
    over(store, "Soon", promise(NOW + MINUTE, "p2"), outcome=Outcome.INVESTIGATING)
    words = [need.words for need in needs.needs(kim, NOW, TODAY)]
    assert "promise due, somebody in a call" in words
    assert all(len(it.split()) <= 6 for it in words)


def test_who_is_not_named_goes_by_their_number(store: Store, kim: Store) -> None:
    contact, case = store.new_id(NOW), store.new_id(NOW)
    calls.answer(store, contact, case, h.Answered("+1 415 555 0134"), NOW)
    calls.happen(store, contact, h.HelpAsked(), NOW)
    assert only(kim).who == "+1 415 555 0134"


# -- seen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", Why)
def test_what_was_seen_is_shown_no_more_until_it_is_taken_back(
    why: Why, store: Store, kim: Store
) -> None:
    busy(store)
    before = needs.needs(kim, NOW, TODAY)
    case = next(it.case_id for it in before if it.why is why)
    needs.seen(kim, case, why, NOW)
    assert (case, why) not in [(it.case_id, it.why) for it in needs.needs(kim, NOW, TODAY)]
    needs.unseen(kim, case, why, NOW)
    assert needs.needs(kim, NOW, TODAY) == before


def test_what_is_marked_last_stands_though_the_clock_was_put_back(store: Store, kim: Store) -> None:
    rung = ring(store, "Dana Reyes", h.HelpAsked())
    needs.seen(kim, rung.case_id, Why.HELP, NOW)
    needs.unseen(store, rung.case_id, Why.HELP, NOW - MINUTE)
    assert marked_at(store) > NOW
    needs.seen(kim, rung.case_id, Why.HELP, NOW - HOUR)
    assert marked_at(store) > NOW
    assert shown(kim) == []


def marked_at(store: Store) -> datetime:
    """When the only alarm was marked last."""
    with store.reading() as session:
        at = session.exec(select(Alarm.seen_at)).one()
    assert at is not None
    return at


def case_named(store: Store, name: str) -> str:
    return next(it.id for it in browse.page(store, Filter(), 0, NOW) if it.customer == name)


def test_what_is_raised_anew_is_shown_again(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5), at=NOW - 2 * HOUR)
    needs.seen(kim, case, Why.HOT, NOW - HOUR)
    assert shown(kim) == []
    ring_back(store, case, Outcome.CUT_OFF, h.HeatMarked(5))
    assert shown(kim) == [(Why.HOT, "Dana Reyes")]
    assert only(kim).since == NOW


def test_a_call_in_vain_brings_nothing_back_that_was_seen(store: Store, kim: Store) -> None:
    case = over(store, "Dana Reyes", h.HeatMarked(5), at=NOW - 2 * HOUR)
    needs.seen(kim, case, Why.HOT, NOW - HOUR)
    ring_back(store, case, Outcome.NOT_REACHED)
    assert shown(kim) == []


def test_help_that_was_seen_is_told_and_can_be_asked_again(store: Store, kim: Store) -> None:
    rung = ring(store, "Dana Reyes", h.HelpAsked())
    assert needs.seen_by(store, rung.contact_id) is None
    assert risk(store, rung.case_id) & Risk.HELP
    needs.seen(kim, rung.case_id, Why.HELP, NOW)
    assert needs.seen_by(store, rung.contact_id) == ("Kim Doe", NOW)
    assert not risk(store, rung.case_id) & Risk.HELP
    needs.unseen(kim, rung.case_id, Why.HELP, NOW)
    assert needs.seen_by(store, rung.contact_id) is None
    assert shown(kim) == [(Why.HELP, "Dana Reyes")]
    needs.seen(kim, rung.case_id, Why.HELP, NOW)
    calls.happen(store, rung.contact_id, h.HelpAsked(), NOW + MINUTE)
    assert needs.seen_by(store, rung.contact_id) is None
    assert shown(kim) == [(Why.HELP, "Dana Reyes")]


def risk(store: Store, case_id: str) -> Risk:
    return browse.whole(store, case_id, NOW).line.risk


def test_help_of_a_call_that_is_over_is_no_risk_any_more(store: Store) -> None:
    rung = ring(store, "Dana Reyes", h.HelpAsked())
    end(store, rung, Outcome.EXPLAINED, NOW)
    assert not risk(store, rung.case_id) & Risk.HELP


# -- filters that are kept ----------------------------------------------------------------------


def test_a_filter_is_kept_by_name_for_its_own_agent(store: Store, kim: Store) -> None:
    saved_filters.save(kim, " hot  ones ", "heat:hot", NOW)
    saved_filters.save(kim, "Ana", "agent:ana", NOW)
    saved_filters.save(kim, "HOT ONES", "heat:hot reviewed:no", NOW)
    found = [(it.name, it.words) for it in saved_filters.saved(kim)]
    assert found == [("Ana", "agent:ana"), ("HOT ONES", "heat:hot reviewed:no")]
    assert saved_filters.saved(store) == ()
    saved_filters.drop(kim, "ana")
    assert [it.name for it in saved_filters.saved(kim)] == ["HOT ONES"]


@pytest.mark.parametrize(("name", "words"), [("", "heat:hot"), ("hot", " ")])
def test_a_filter_without_name_or_words_is_refused(name: str, words: str, store: Store) -> None:
    with pytest.raises(Refused):
        saved_filters.save(store, name, words, NOW)
    assert saved_filters.saved(store) == ()
