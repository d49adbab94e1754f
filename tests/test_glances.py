"""What lists see of a case is what its rows say, however it came about."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from calmdesk.clock import HandClock
from calmdesk.guide import happenings as h
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.risk import Risk
from calmdesk.records import calls, glances
from calmdesk.records.derived import PLACES, Glance, RolledDay, place_of
from calmdesk.records.store import Store
from tests.made_once import demo, fresh
from tests.player import SATURDAY, ZONE

NOW = SATURDAY
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    yield store
    store.close()


def seen(store: Store) -> dict[str, dict[str, Any]]:
    """All glances, by the id of their case."""
    with store.transaction() as session:
        return {it.case_id: it.model_dump() for it in session.exec(select(Glance))}


def anew(store: Store) -> dict[str, dict[str, Any]]:
    """All glances, counted again from the record."""
    with store.transaction() as session:
        glances.look_at_all(session)
    return seen(store)


def a_call(store: Store, name: str, *happenings: h.Happening, minutes: int = 0) -> str:
    """A call with some happenings, so many minutes after now. Returns the id of its case."""
    at = NOW + minutes * MINUTE
    contact, case = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case, h.Answered(), at)
    for happening in (h.CallerNamed(name), *happenings):
        at += timedelta(seconds=20)
        calls.happen(store, contact, happening, at)
    return case


def test_the_demo_is_seen_as_its_rows_say(tmp_path: Path) -> None:
    store = demo(tmp_path / "demo.db", HandClock(NOW, ZONE))
    before = seen(store)
    assert len(before) > 50
    assert any(it["risk"] for it in before.values())
    assert any(it["repeat"] for it in before.values())
    assert anew(store) == before
    store.close()


def test_a_case_of_an_older_file_is_seen_after_its_upgrade(tmp_path: Path) -> None:
    store = demo(tmp_path / "demo.db", HandClock(NOW, ZONE))
    before = seen(store)
    with store.transaction() as session:
        connection = session.connection()
        connection.exec_driver_sql("DELETE FROM glance")
        connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'glances'")
    store.close()
    again = Store.open(fresh(tmp_path / "demo.db"), ZONE)
    assert seen(again) == before
    again.close()


def test_cases_of_one_second_stand_one_behind_the_other(store: Store) -> None:
    for name in ("Ada", "Bo", "Cy"):
        a_call(store, name)
    assert sorted(it["place"] for it in seen(store).values()) == [
        place_of(NOW),
        place_of(NOW) + 1,
        place_of(NOW) + 2,
    ]


def test_a_full_second_spills_into_the_next(store: Store) -> None:
    with store.transaction() as session:
        assert glances.free_place(session, place_of(NOW)) == place_of(NOW)
    a_call(store, "Ada")
    with store.transaction() as session:
        session.connection().exec_driver_sql(f"UPDATE glance SET place = place + {PLACES - 1}")
        assert glances.free_place(session, place_of(NOW)) == place_of(NOW) + PLACES


def test_many_cases_of_one_second_each_find_a_place(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glances, "AT_ONCE", 7)
    monkeypatch.setattr(glances, "PLACES", 5)
    monkeypatch.setattr("calmdesk.records.derived.PLACES", 5)
    ids = [a_call(store, f"Caller {number}") for number in range(40)]
    ids += [a_call(store, f"Caller {number}", minutes=1) for number in range(3)]
    found = anew(store)
    places = [found[case]["place"] for case in ids]
    assert sorted(set(places)) == sorted(places)
    assert all(
        place >= place_of(found[case]["opened_at"]) for case, place in zip(ids, places, strict=True)
    )


def test_a_second_matter_within_a_month_is_a_repeat_call(store: Store) -> None:
    first = a_call(store, "Dana Reyes")
    second = a_call(store, "Dana Reyes", minutes=60)
    found = seen(store)
    assert (found[first]["repeat"], found[second]["repeat"]) == (False, True)
    assert found[second]["risk"] == Risk.REPEAT
    assert anew(store) == found


def test_a_customer_named_late_makes_the_next_case_a_repeat(store: Store) -> None:
    contact, case = store.new_id(NOW), store.new_id(NOW)
    calls.answer(store, contact, case, h.Answered(), NOW)
    second = a_call(store, "Dana Reyes", minutes=5)
    assert not seen(store)[second]["repeat"]
    calls.happen(store, contact, h.CallerNamed("Dana Reyes"), NOW + 9 * MINUTE)
    assert seen(store)[second]["repeat"]


def test_a_joined_case_is_seen_no_more(store: Store) -> None:
    first = a_call(store, "Dana Reyes", h.CallEnded(), h.Finished(Outcome.CUT_OFF))
    contact, second = store.new_id(NOW + MINUTE), store.new_id(NOW + MINUTE)
    calls.answer(store, contact, second, h.Answered(), NOW + 9 * MINUTE)
    assert second in seen(store)
    calls.join(store, contact, first, NOW + 10 * MINUTE)
    found = seen(store)
    assert second not in found
    assert found[first]["calls"] == 2
    assert anew(store) == found


@pytest.mark.parametrize(
    ("happening", "sign"),
    [
        (h.HelpAsked(), Risk.HELP),
        (h.SafetyRaised(), Risk.SAFETY),
        (h.BoundarySet(1, "insults"), Risk.UNSEEMLY),
        (h.BehaviourSeen(("abuse",)), Risk.UNSEEMLY),
        (h.Noted("n1", Sign.STAKE, "last order ever"), Risk.AT_STAKE),
    ],
)
def test_each_sign_is_on_the_case(happening: h.Happening, sign: Risk, store: Store) -> None:
    case = a_call(store, "Dana Reyes", happening)
    assert seen(store)[case]["risk"] == sign


def test_a_change_of_a_case_makes_its_day_count_again(store: Store) -> None:
    case = a_call(store, "Dana Reyes")
    day = place_of(NOW - timedelta(hours=9))
    with store.transaction() as session:
        session.add(RolledDay(since=day, until=day + 86_400 * PLACES))
        session.add(RolledDay(since=day - 86_400 * PLACES, until=day))
    with store.transaction() as session:
        glances.look(session, case)
    with store.transaction() as session:
        assert [it.until for it in session.exec(select(RolledDay))] == [day]
