"""A caller is the same customer however the phone, or a colleague, spells their number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from calmdesk.clock import HandClock
from calmdesk.errors import Refused
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.same_person import Likeness
from calmdesk.records import customer_details, customers, duplicates, people
from calmdesk.records.models import Customer, CustomerNumber
from calmdesk.records.store import Store
from calmdesk.settings import PhoneChoice, Settings
from tests.made_once import fresh
from tests.phone.at_the_phone import Softphone
from tests.player import SATURDAY, ZONE, playing
from tests.test_commands import run
from tests.test_customers import a_case

NOW = SATURDAY
GERMAN = Dialling("DE", "0")
TYPED, RUNG = "030 / 123 45-678", "+493012345678"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE, dialling=GERMAN)
    yield store
    store.close()


def known(store: Store) -> list[tuple[str, str | None]]:
    """Customers and their numbers, as spelt."""
    with store.reading() as session:
        query = select(Customer.name, CustomerNumber.number).join(
            CustomerNumber, col(CustomerNumber.customer_id) == Customer.id, isouter=True
        )
        return sorted(((name, number) for name, number in session.exec(query)), key=repr)


@pytest.mark.parametrize("rung", [RUNG, "0049 30 12345678", "003012345678", "+49 (0)30 12345678"])
def test_a_call_is_bound_to_the_customer_of_the_number_in_another_spelling(
    rung: str, store: Store
) -> None:
    first = a_case(store, "Erika Muster", TYPED)
    assert a_case(store, "", rung) == a_case(store, "Erika Muster", rung) == first
    assert known(store) == [("Erika Muster", TYPED)]


def test_a_name_that_was_known_without_a_number_is_kept_with_one(store: Store) -> None:
    first = a_case(store, "Erika Muster")
    assert a_case(store, "Erika Muster", RUNG) == a_case(store, "", TYPED) == first
    assert known(store) == [("Erika Muster", RUNG)]


def test_the_line_to_the_outside_is_not_kept_with_the_number(store: Store) -> None:
    first = a_case(store, "Erika Muster", "0030 12345678")
    assert known(store) == [("Erika Muster", "030 12345678")]
    assert a_case(store, "", TYPED) == a_case(store, "", "003012345678") == first


def test_somebody_else_at_the_same_number_is_somebody_else(store: Store) -> None:
    first = a_case(store, "Erika Muster", TYPED)
    assert a_case(store, "Jan Holm", RUNG) != first
    matches = people.who_calls(store, "0049 30 12345678", "", "", NOW)
    assert {(it.caller.name, it.sure) for it in matches} == {
        ("Erika Muster", False),
        ("Jan Holm", False),
    }


def test_before_hello_their_story_is_there(store: Store) -> None:
    a_case(store, "Erika Muster", TYPED)
    (match,) = people.who_calls(store, RUNG, "", "", NOW)
    assert (match.caller.name, match.sure, match.calls) == ("Erika Muster", True, 1)


@pytest.mark.parametrize("number", ["1001", "110", "12345678", "555 0100"])
def test_what_is_no_valid_number_is_known_by_its_very_figures(number: str, store: Store) -> None:
    first = a_case(store, "Erika Muster", number)
    assert a_case(store, "", number) == first
    for other in (f"+49 {number}", f"030 {number}", f"0{number}", f"{number}0"):
        assert people.who_calls(store, other, "", "", NOW) == []


def test_withheld_callers_and_users_without_a_number_are_nobodys(store: Store) -> None:
    a_case(store, "Erika Muster", "")
    a_case(store, "Jan Holm", "erika2")
    for nobody in ("", "john2", "+"):
        assert a_case(store, "", nobody) == ""
        assert people.who_calls(store, nobody, "", "", NOW) == []
    assert known(store) == [("Erika Muster", None), ("Jan Holm", None)]


def test_without_a_country_a_number_at_home_is_none_abroad(tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    first = a_case(store, "Erika Muster", TYPED)
    assert a_case(store, "", RUNG) != first
    assert a_case(store, "", "03012345678") == first
    second = a_case(store, "Ana Ortiz", "+44 (0)20 7946 0018")
    assert a_case(store, "", "00442079460018") == second
    store.close()


@pytest.mark.parametrize("typed", [RUNG, "0 030 12345678", "+49 (0)30 12345678"])
def test_a_customer_is_found_by_their_number_as_it_is_typed(typed: str, store: Store) -> None:
    a_case(store, "Erika Muster", TYPED)
    assert [it.name for it in customers.named(store, typed)] == ["Erika Muster"]


def test_a_number_that_is_theirs_in_another_spelling_is_not_added(store: Store) -> None:
    first = a_case(store, "Erika Muster", TYPED)
    with pytest.raises(Refused, match="theirs already"):
        customer_details.add_number(store, first, RUNG, NOW)
    customer_details.add_number(store, first, "030 12345679", NOW)


def test_customers_of_one_number_in_two_spellings_are_likely_one(tmp_path: Path) -> None:
    """They were kept before anybody said in which country the telephone stands."""
    before = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    ids = frozenset({a_case(before, "Erika Muster", TYPED), a_case(before, "E. M.-Holm", RUNG)})
    a_case(before, "Jan Holm", "0331 12345678")
    before.close()
    store = Store.open(tmp_path / "calmdesk.db", ZONE, dialling=GERMAN)
    for pairs in (duplicates.suggested(store), duplicates.likely(store, min(ids))):
        assert [(pair.ids, pair.like) for pair in pairs] == [(ids, Likeness.NUMBER)]
    store.close()


async def test_in_the_app_the_country_stands_in_the_settings(tmp_path: Path) -> None:
    settings = Settings(phone=PhoneChoice(dialling=GERMAN))
    clock = HandClock(SATURDAY, ZONE)
    async with playing(tmp_path, settings=settings, clock=clock) as player:
        await player.press("ctrl+n")
        await player.note(f"@ Erika Muster, {TYPED}")
        await player.note("$ wants her flyers fri")
        await player.note("/wrap")
        await player.note("/outcome explained")
        await player.press("ctrl+s")
        phone = Softphone(player)
        await phone.says("ring", number="0030 12345678")
        await phone.says("hangup", number="0030 12345678")
        (missed,) = [line for line in player.text().splitlines() if "missed, rang" in line]
        assert "Erika Muster" in missed
        await phone.says("ring", number=RUNG)
        assert "wants her flyers" in player.text()
        await phone.says("answer", number=RUNG)
        assert player.screen.match is not None
        assert player.screen.match.sure
    store = Store.open(tmp_path / "calmdesk.db", ZONE)
    with store.reading() as session:
        assert session.exec(select(func.count()).select_from(Customer)).one() == 1
    store.close()


def test_the_command_knows_the_country_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    a_case(store, "Erika Muster", TYPED)
    store.close()
    assert "Nobody" in run(tmp_path, monkeypatch, "customers", RUNG), "no words are tended yet"
    chosen = '[phone]\nregion = "DE"\noutside = "0"\n'
    (tmp_path / "settings.toml").write_text(chosen, encoding="utf-8")
    assert "Erika Muster" in run(tmp_path, monkeypatch, "customers", RUNG)
