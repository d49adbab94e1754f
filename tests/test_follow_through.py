"""Promises between calls: every state they can come to, and what is refused."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import Happening
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.promises import FollowUpResult, PromiseState, Reached
from calmdesk.records import browse, follow_through, people, register
from calmdesk.records.call_rows import Story
from calmdesk.records.line_reading import read_line
from calmdesk.records.line_rows import DueLine
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SAM, SATURDAY, ZONE
from tests.telling import Telling, tell

NOW = SATURDAY.astimezone(UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(opened, SAM.name, SAM.direct_line, SAM.email)
    yield opened
    opened.close()


def happen(store: Store, told: Telling, happening: Happening, at: datetime = NOW) -> None:
    follow_through.happen(store, told.case_id, happening, at)


def line(store: Store, line_id: str, now: datetime = NOW) -> DueLine:
    """A line of the register, open or settled."""
    lines = [*register.register(store, True), *register.settled(store, now, True)]
    return next(it for it in lines if it.id == line_id)


def shown(store: Store, line_id: str, now: datetime = NOW, zone: ZoneInfo = ZONE) -> str:
    """What is read of a line."""
    read = read_line(
        line(store, line_id, now),
        register.history(store, line_id),
        lambda at: at.astimezone(zone).replace(tzinfo=None),
        now,
    )
    return "\n".join(f"{it.label} {it.words}" for it in read)


def kinds(store: Store, line_id: str) -> list[str]:
    return [entry.kind for entry in register.history(store, line_id).journal]


# -- what becomes of a promise ------------------------------------------------------------------


def test_a_promise_kept_in_time_is_kept_and_its_case_closes(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    assert line(store, told.promise_id).state == PromiseState.OPEN
    happen(store, told, f.PromiseKept(told.promise_id), NOW + HOUR / 2)
    (kept,) = register.settled(store, NOW + HOUR)
    assert (kept.state, kept.settled_at) == (PromiseState.KEPT, NOW + HOUR / 2)
    assert register.register(store) == []
    assert browse.whole(store, told.case_id, NOW).line.status == "closed"


def test_a_promise_kept_after_its_time_is_late_for_good(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    later = NOW + 2 * HOUR
    happen(store, told, f.PromiseKept(told.promise_id), later)
    late = line(store, told.promise_id, later)
    assert (late.state, late.missed_once) == (PromiseState.LATE, True)


def test_a_missed_or_withdrawn_promise_keeps_its_reason(store: Store) -> None:
    missed, withdrawn = tell(store, NOW, NOW + HOUR), tell(store, NOW, NOW + HOUR)
    later = NOW + 2 * HOUR
    happen(store, missed, f.PromiseMissed(missed.promise_id, "the press stood still"), later)
    gone = f.PromiseWithdrawn(withdrawn.promise_id, "they cancelled the order")
    happen(store, withdrawn, gone, later)
    assert line(store, missed.promise_id, later).state == PromiseState.MISSED
    assert "the press stood still" in shown(store, missed.promise_id, later)
    assert "withdrawn, Sat 21 Nov 16:02: they cancelled the order" in shown(
        store, withdrawn.promise_id, later
    )
    assert register.register(store) == []


def test_a_settled_promise_is_settled_and_nothing_of_a_refusal_is_kept(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    happen(store, told, f.PromiseKept(told.promise_id))
    before = kinds(store, told.promise_id)
    for again in (
        f.PromiseKept(told.promise_id),
        f.PromiseMissed(told.promise_id, "why"),
        f.PromiseWithdrawn(told.promise_id, "why"),
        f.PromiseReagreed(told.promise_id, NOW + 3 * HOUR),
    ):
        with pytest.raises(Refused, match="is settled already: kept"):
            happen(store, told, again)
    assert kinds(store, told.promise_id) == before


def test_a_slip_of_the_finger_is_taken_back_and_the_case_is_open_again(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    happen(store, told, f.PromiseKept(told.promise_id))
    happen(store, told, f.KeepingUndone(told.promise_id))
    assert line(store, told.promise_id).state == PromiseState.OPEN
    assert browse.whole(store, told.case_id, NOW).line.status == "open"
    assert kinds(store, told.promise_id)[-2:] == ["promise kept", "keeping undone"]
    with pytest.raises(Refused, match="not marked as kept"):
        happen(store, told, f.KeepingUndone(told.promise_id))


# -- the told instant and the reminder ------------------------------------------------------------


def test_a_reminder_that_is_put_off_never_moves_what_was_told(store: Store) -> None:
    due = NOW + HOUR / 6
    told = tell(store, NOW, due)
    assert [it.id for it in register.near(store, NOW)] == [told.promise_id]
    happen(store, told, f.ReminderDeferred(told.promise_id, NOW + HOUR))
    put_off = line(store, told.promise_id)
    assert (put_off.due_at, put_off.deferred_until) == (due, NOW + HOUR)
    assert [it.rests(NOW) for it in register.near(store, NOW)] == [True]
    assert [it.id for it in register.near(store, NOW + HOUR)] == [told.promise_id]
    assert "put off to Sat 21 Nov 15:02; what they were told stays" in shown(store, told.promise_id)
    happen(store, told, f.ReminderRecalled(told.promise_id))
    assert [it.id for it in register.near(store, NOW)] == [told.promise_id]


def test_a_reminder_and_a_promise_need_a_time_that_is_to_come(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    with pytest.raises(Refused, match="That time is over"):
        happen(store, told, f.ReminderDeferred(told.promise_id, NOW))
    with pytest.raises(Refused, match="That time is over"):
        happen(store, told, f.PromiseReagreed(told.promise_id, NOW - HOUR))
    assert line(store, told.promise_id).deferred_until is None


def test_only_a_customer_who_agrees_moves_the_instant_and_the_first_one_stays(
    store: Store,
) -> None:
    told = tell(store, NOW, NOW + HOUR)
    later = NOW + 2 * HOUR
    happen(store, told, f.PromiseReagreed(told.promise_id, NOW + 24 * HOUR, NOW + HOUR), later)
    moved = line(store, told.promise_id)
    assert (moved.due_at, moved.first_due_at) == (NOW + 24 * HOUR, NOW + HOUR)
    assert moved.missed_once, "the first instant had passed"
    assert "first told Sat 21 Nov 15:02" in shown(store, told.promise_id)
    assert "Sun 22 Nov 2026 14:02, was Sat 21 Nov 2026 15:02" in shown(store, told.promise_id)


# -- whose it is ----------------------------------------------------------------------------------


def test_a_promise_changes_hands_and_whoever_gave_it_stays_informed(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    ana = people.add_colleague(store, "Ana Kovač", NOW)
    handed = f.PromiseHandedOver(told.promise_id, ana.id, ana.name, "she wants the proof")
    happen(store, told, handed)
    assert register.register(store) == []
    (theirs,) = browse.board(store, NOW, NOW, NOW).handed_on
    assert (theirs.owner, theirs.giver, theirs.mine) == ("Ana Kovač", "Sam Ortiz", False)
    assert "Ana Kovač keeps it now: ring with the plate status (she wants the proof)" in shown(
        store, told.promise_id
    )
    happen(store, told, f.PromiseKept(told.promise_id))
    assert [it.id for it in register.settled(store, NOW)] == [told.promise_id], "the giver sees it"


@pytest.mark.parametrize(("first", "other"), [("Özge", "Ozge"), ("ANA KOVAČ", "Ana Kovac")])
def test_a_colleague_is_one_however_the_name_is_written(
    store: Store, first: str, other: str
) -> None:
    one = people.add_colleague(store, first, NOW)
    people.has_left(store, one.id, NOW)
    for written in (first, first.lower(), f" {first.upper()} "):
        assert people.add_colleague(store, written, NOW) == one, "back, and no second one"
    assert people.add_colleague(store, other, NOW).id != one.id
    assert {it.name for it in people.team(store)} == {first, other, "Sam Ortiz"}


def test_nothing_is_handed_to_somebody_who_left_or_was_never_here(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR, follow_up=NOW + 48 * HOUR)
    ana = people.add_colleague(store, "Ana Kovač", NOW)
    people.has_left(store, ana.id, NOW)
    for handed in (
        f.PromiseHandedOver(told.promise_id, ana.id, ana.name),
        f.FollowUpHandedOver(told.follow_up_id, ana.id, ana.name),
        f.CaseHandedOver("h1", ana.id, ana.name, "brief"),
    ):
        with pytest.raises(Refused, match="Ana Kovač has left; name somebody else"):
            happen(store, told, handed)
    with pytest.raises(Refused, match="Nobody called Zoe is known here; calmdesk team"):
        happen(store, told, f.PromiseHandedOver(told.promise_id, "nobody", "Zoe"))
    assert line(store, told.promise_id).mine


def test_what_somebody_who_left_promised_is_nobodys_and_everybody_sees_it(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    ana = people.add_colleague(store, "Ana Kovač", NOW)
    happen(store, told, f.PromiseHandedOver(told.promise_id, ana.id, ana.name))
    assert register.register(store) == []
    people.has_left(store, ana.id, NOW)
    (nobodys,) = register.register(store)
    assert (nobodys.owner, nobodys.owner_left, nobodys.mine) == ("Ana Kovač", True, False)
    assert "Ana Kovač has left; nobody keeps it" in shown(store, told.promise_id)


# -- tries and follow-ups -------------------------------------------------------------------------


def test_a_try_in_vain_is_kept_and_is_no_contact(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    for number, result in enumerate((Reached.VOICEMAIL, Reached.NO_ANSWER), 1):
        tried = f.Attempted(f"try {number}", told.promise_id, result, "left my name")
        happen(store, told, tried, NOW + number * timedelta(minutes=5))
    tried_line = line(store, told.promise_id)
    assert (tried_line.state, tried_line.tries, tried_line.last_try) == ("open", 2, "no answer")
    assert "tried Sat 21 Nov 14:07 voicemail: left my name · Sam Ortiz" in shown(
        store, told.promise_id
    )


def test_a_follow_up_can_hold_wait_reopen_or_be_withdrawn(store: Store) -> None:
    def one() -> Telling:
        told = tell(store, NOW, NOW + HOUR, follow_up=NOW + 48 * HOUR)
        happen(store, told, f.PromiseKept(told.promise_id))
        return told

    held, waits, failed, gone = one(), one(), one(), one()
    happen(store, held, f.FollowedUp(held.follow_up_id))
    happen(store, waits, f.FollowedUp(waits.follow_up_id, FollowUpResult.NOT_YET))
    happen(store, failed, f.FollowedUp(failed.follow_up_id, FollowUpResult.NOT_HELD))
    happen(store, gone, f.FollowUpWithdrawn(gone.follow_up_id, "they moved away"))
    states = {it.id: it.state for it in register.settled(store, NOW) if it.follow_up}
    assert states == {
        held.follow_up_id: "kept",
        failed.follow_up_id: "kept",
        gone.follow_up_id: "withdrawn",
    }
    assert line(store, waits.follow_up_id).state == "open"
    assert browse.whole(store, failed.case_id, NOW).line.status == "open", "it opens again"
    assert browse.whole(store, held.case_id, NOW).line.status == "closed"
    happen(store, held, f.KeepingUndone(held.follow_up_id))
    assert line(store, held.follow_up_id).state == "open"


def test_a_case_does_not_close_over_an_open_promise_or_an_untold_customer(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR, outcome=Outcome.INVESTIGATING)
    closed = f.CaseClosed(Outcome.FINAL_ANSWER)
    with pytest.raises(Refused, match="Tell the customer first"):
        happen(store, told, closed)
    happen(store, told, f.CustomerTold("by letter"))
    with pytest.raises(Refused, match="A promise on it is open"):
        happen(store, told, closed)
    happen(store, told, f.PromiseWithdrawn(told.promise_id, "the answer is no"))
    happen(store, told, closed)
    assert browse.whole(store, told.case_id, NOW).line.status == "closed"


# -- the clocks change ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("America/New_York", datetime.fromisoformat("2026-11-01T01:40")),
        ("Europe/London", datetime.fromisoformat("2026-10-25T01:40")),
    ],
)
def test_an_hour_that_comes_twice_makes_nothing_late_before_its_instant(
    zone: str, at: datetime, store: Store
) -> None:
    here = ZoneInfo(zone)
    now = at.replace(tzinfo=here).astimezone(UTC)
    due = now + HOUR
    told = tell(store, now, due)
    assert due.astimezone(here).replace(tzinfo=None) == at, "the wall says the same again"
    assert "in 1 h" in shown(store, told.promise_id, now, here)
    assert register.near(store, now) == []
    assert register.near(store, now + HOUR * 0.75) != []
    happen(store, told, f.PromiseKept(told.promise_id), now + HOUR * 0.9)
    assert line(store, told.promise_id, due).state == PromiseState.KEPT


def test_their_own_wall_is_told_where_it_is_another(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    with sqlite3.connect(store.file) as connection:
        connection.execute("UPDATE customer SET zone = 'Europe/London'")
    connection.close()
    assert "20:02 theirs (Europe/London)" in shown(store, told.promise_id)
    with sqlite3.connect(store.file) as connection:
        connection.execute("UPDATE customer SET zone = '../../etc/passwd'")
    connection.close()
    assert "theirs" not in shown(store, told.promise_id)


@pytest.mark.parametrize("again", ["özge demir", "ÖZGE DEMIR", "Özge Demir"])
def test_a_customer_is_met_again_by_a_name_of_any_alphabet(store: Store, again: str) -> None:
    tell(store, NOW, NOW + HOUR, name="Özge Demir", number="")
    (match,) = people.who_calls(store, "", again[:6], "", NOW + HOUR)
    assert match.caller.name == "Özge Demir"
    tell(store, NOW + HOUR, None, name=again, number="")
    with sqlite3.connect(store.file) as connection:
        assert connection.execute("SELECT count(*) FROM customer").fetchone() == (1,)
    connection.close()


# -- before hello ---------------------------------------------------------------------------------


def story(store: Store, now: datetime) -> Story:
    (match,) = people.who_calls(store, "+1 415 555 0134", "", "", now)
    assert match.story is not None
    return match.story


def test_the_pop_shows_a_reagreed_promise_with_both_instants(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    happen(store, told, f.PromiseReagreed(told.promise_id, NOW + 24 * HOUR), NOW + 2 * HOUR)
    before = story(store, NOW + 3 * HOUR)
    assert (before.due_at, before.first_due_at) == (NOW + 24 * HOUR, NOW + HOUR)
    assert not before.missed, "they agreed to it"
    assert story(store, NOW + 25 * HOUR).missed


def test_the_pop_does_not_shout_of_what_was_kept_late(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    happen(store, told, f.PromiseKept(told.promise_id), NOW + 2 * HOUR)
    after = story(store, NOW + 3 * HOUR)
    assert not after.missed
    assert after.promised == ""


def test_the_pop_never_shows_a_withdrawn_promise_as_told(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR)
    happen(store, told, f.PromiseWithdrawn(told.promise_id, "they cancelled"))
    after = story(store, NOW + 3 * HOUR)
    assert (after.promised, after.missed) == ("", False)
    assert "plate status" not in after.last_told
