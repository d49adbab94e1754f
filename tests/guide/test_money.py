"""Amounts, offers and remedies: what is money, what is an hour, and who may give it."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide import playbook
from calmdesk.guide.english.times import read
from calmdesk.guide.money import (
    find_amount,
    minor_units,
    places,
    spell_about,
    spell_amount,
    spell_cost,
)
from calmdesk.guide.remedies import (
    NONE_EXPLAINED,
    OfferWords,
    Remedy,
    match,
    menu,
    over_limit,
    pair,
    read_offer,
    spoken,
)
from calmdesk.working_hours import WorkingHours

NOW = datetime.fromisoformat("2026-11-21T14:02")
REMEDIES = playbook.load().remedies
CURRENCIES = ["USD", "EUR", "GBP", "JPY", "KWD", "CHF", "SEK"]


# -- numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "currency", "minor"),
    [
        ("45", "USD", 4500),
        ("45.5", "USD", 4550),
        ("45.00", "USD", 4500),
        ("1,234.56", "USD", 123456),
        ("0.005", "USD", 1),
        ("0", "USD", 0),
        ("45", "JPY", 45),
        ("45", "KWD", 45000),
        ("0.045", "KWD", 45),
        ("45", "SEK", 4500),
    ],
)
def test_an_amount_is_counted_in_the_smallest_coin(number: str, currency: str, minor: int) -> None:
    assert minor_units(number, currency) == minor


@pytest.mark.parametrize("number", ["", "abc", "4.5.6", "--", "nan", "inf"])
def test_what_is_no_number_is_a_value_error(number: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        minor_units(number, "USD")


@pytest.mark.parametrize(("currency", "count"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("XYZ", 2)])
def test_most_currencies_have_two_places(currency: str, count: int) -> None:
    assert places(currency) == count


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (4500, "USD", "$45.00"),
        (5, "USD", "$0.05"),
        (123456789, "USD", "$1,234,567.89"),
        (4500, "JPY", "¥4,500"),
        (4500, "KWD", "4.500 KWD"),
        (4500, "EUR", "€45.00"),
        (4500, "CHF", "45.00 CHF"),
        (0, "USD", "free"),
        (0, "JPY", "free"),
    ],
)
def test_an_amount_is_spelt_as_people_write_it(minor: int, currency: str, words: str) -> None:
    assert spell_amount(minor, currency) == words


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (160_790, "USD", "$1,608"),
        (160_750, "EUR", "€1,608"),
        (4500, "JPY", "¥4,500"),
        (0, "USD", "none"),
    ],
)
def test_about_how_much_is_said_in_whole_units(minor: int, currency: str, words: str) -> None:
    assert spell_about(minor, currency) == words


@given(minor=st.integers(1, 10**12), currency=st.sampled_from(CURRENCIES))
@settings(max_examples=100, derandomize=True)
def test_an_amount_that_is_spelt_is_read_back_as_the_same_amount(minor: int, currency: str) -> None:
    found = find_amount(f"part refund {spell_amount(minor, currency)}", currency)
    assert found is not None
    assert found.minor == minor


# -- an amount in a text --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("$45", 4500),
        ("$ 45", 4500),
        ("$45 twice", 4500),
        ("45.00", 4500),
        ("credit 38.20 by 24 nov", 3820),
        ("$1,234.50 back", 123450),
        ("courier 45", 4500),
        ("45", 4500),
        ("courier 45 USD", 4500),
        ("courier 45 usd", 4500),
        ("courier USD 45", 4500),
        ("€45 of them", 4500),
        ("10% off and $5 back", 500),
    ],
)
def test_an_amount_is_found_in_an_offer(text: str, minor: int) -> None:
    found = find_amount(text, "USD")
    assert found is not None
    assert found.minor == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "free",
        "10%",
        "10% off",
        "10 % off",
        "10.00%",
        "10.50 % off",
        "45, then we ring",
        "two tickets",
        "$",
        "order A45",
    ],
)
def test_a_percentage_or_a_number_in_passing_is_no_amount(text: str) -> None:
    assert find_amount(text, "USD") is None


def test_an_amount_knows_where_it_stands() -> None:
    text = "refund $45.50 today"
    found = find_amount(text, "USD")
    assert found is not None
    assert text[found.start : found.end] == "$45.50"


@given(text=st.text(max_size=60), currency=st.sampled_from(CURRENCIES))
@settings(max_examples=100, derandomize=True)
def test_whatever_is_typed_an_amount_lies_within_it_and_is_not_negative(
    text: str, currency: str
) -> None:
    found = find_amount(text, currency)
    if found is not None:
        assert found.minor >= 0
        assert 0 <= found.start < found.end <= len(text)


# -- an offer as typed ----------------------------------------------------------------------


def offer(text: str, currency: str = "USD") -> OfferWords:
    return read_offer(text, read(text, NOW, WorkingHours()), currency, REMEDIES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "courier at our cost, fri 9, 45",
            OfferWords("courier at our cost, fri 9", 4500, "courier"),
        ),
        ("courier at our cost by fri 9", OfferWords("courier at our cost by fri 9", 0, "courier")),
        ("ready by 15.30", OfferWords("ready by 15.30")),
        ("redo it by 4", OfferWords("redo it by 4")),
        ("part refund 45 USD", OfferWords("part refund", 4500, "part_refund")),
        ("credit 38.20 by 24 nov", OfferWords("credit by 24 nov", 3820)),
        ("voucher 10%, fri 9", OfferWords("voucher 10%, fri 9", 0, "voucher")),
        ("none, explained", OfferWords("none, explained", 0, NONE_EXPLAINED)),
        ("her own idea", OfferWords("her own idea")),
    ],
)
def test_the_hour_of_an_offer_is_no_amount(text: str, words: OfferWords) -> None:
    assert offer(text) == words


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("900 off", "$900.00"),
        ("900 off the bill", "$900.00"),
        ("30 off", "$30.00"),
        ("credit of 20 on next bill", "$20.00"),
        ("Refund of 45 and courier fri 9", "$45.00"),
        ("refund 45, courier fri 9", "$45.00"),
        ("20 credit on the account", "$20.00"),
        ("knock 15 off the invoice", "$15.00"),
        ("take 45 from the bill", "$45.00"),
        ("waive the fee of 35 this once", "$35.00"),
        ("waive the 35 fee", "$35.00"),
        ("45 dollars and a call", "$45.00"),
        ("15 back on the card", "$15.00"),
        ("discount of 12.5 now", "$12.50"),
        ("voucher for 25 to use by friday", "$25.00"),
        ("refund them 1,200 on the card", "$1,200.00"),
        ("deduct 60 from the next bill", "$60.00"),
        ("25 gift card", "$25.00"),
        ("30 compensation by friday", "$30.00"),
        ("25% and 30 off", "$30.00"),
        ("courier at our cost, fri 9, 45", "$45.00"),
        ("10% off", "amount?"),
        ("10 % off the next bill", "amount?"),
        ("voucher", "amount?"),
        ("half back", "amount?"),
        ("45, then we ring", "amount?"),
        ("courier 45 and a call", "amount?"),
        ("45 for the delay", "amount?"),
        ("free delivery and 30 for the delay", "amount?"),
        ("20 off each", "amount?"),
        ("credit 20 per month", "amount?"),
        ("credit for 3 months", "amount?"),
        ("refund for 2 tickets", "amount?"),
        ("20 off each, free", "free"),
        ("no refund, with the reason", "free"),
        ("courier for 2 boxes", "free"),
        ("500 copies done again", "free"),
        ("courier fri 9", "free"),
        ("ring tue 10 or wed 11 and again", "free"),
        ("courier between 9 and 12 on friday", "free"),
        ("order 4711 first in the queue", "free"),
        ("ring ext 45 today", "free"),
        ("call 555 0100 for it", "free"),
        ("12-month warranty", "free"),
        ("send it to her credit card", "free"),
        ("a written explanation", "free"),
    ],
)
def test_an_offer_costs_what_its_words_say_and_is_never_free_by_mistake(
    text: str, cost: str
) -> None:
    words = offer(text)
    assert spell_cost(words.text, words.amount, "USD") == cost


def test_an_offer_in_yen_counts_whole_yen() -> None:
    assert offer("voucher 4500", "JPY") == OfferWords("voucher", 4500, "voucher")


# -- remedies -------------------------------------------------------------------------------


def remedy(remedy_id: str) -> Remedy:
    return next(r for r in REMEDIES if r.id == remedy_id)


def test_money_is_paired_with_something_that_costs_nothing() -> None:
    beside = pair(REMEDIES, {"courier"}, costly=True)
    assert beside is not None
    assert not beside.costs
    assert beside.id != NONE_EXPLAINED


def test_what_is_on_the_table_is_not_paired_again() -> None:
    first = pair(REMEDIES, {"courier"}, costly=True)
    assert first is not None
    second = pair(REMEDIES, {"courier", first.id}, costly=True)
    assert second is not None
    assert second.id not in ("courier", first.id)


def test_a_free_offer_needs_nothing_beside_it() -> None:
    assert pair(REMEDIES, {"priority"}, costly=False) is None


def test_nothing_is_paired_when_every_free_remedy_is_on_the_table() -> None:
    tabled = {r.id for r in REMEDIES if not r.costs and r.id != NONE_EXPLAINED}
    assert pair(REMEDIES, tabled, costly=True) is None


def test_a_playbook_of_costly_remedies_only_pairs_nothing() -> None:
    assert pair([r for r in REMEDIES if r.costs], set(), costly=True) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Courier at our cost, fri 9", "courier"),
        ("we make it a FULL REFUND", "full_refund"),
        ("voucher", "voucher"),
        ("done again at our cost", "redo"),
    ],
)
def test_a_remedy_is_known_by_its_name(text: str, found: str) -> None:
    assert match(REMEDIES, text) == remedy(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("delivery free, 12", "free_delivery"),
        ("Free  shipping on the rest", "free_delivery"),
        ("express courier fri 9", "courier"),
        ("her MONEY BACK by fri", "full_refund"),
        ("refund of 38.20", "full_refund"),
        ("half back on the card", "part_refund"),
        ("three months credited", "credit"),
        ("courier to the hall, freight back", "free_delivery"),
        ("no refund, with the reason", NONE_EXPLAINED),
    ],
)
def test_a_remedy_is_also_known_by_its_words(text: str, found: str) -> None:
    assert match(REMEDIES, text) == remedy(found)
    assert offer(text).remedy == found


@pytest.mark.parametrize("text", ["ask the couriers", "refunding rules", "accredited", "creditor"])
def test_a_word_within_another_word_is_no_remedy(text: str) -> None:
    assert match(REMEDIES, text) is None


def test_a_word_of_a_remedy_that_is_off_or_blank_says_nothing() -> None:
    off = Remedy("a", "A gift", costs=True, off=True, words=("flowers",))
    blank = Remedy("b", "B card", costs=True, words=("", "  "))
    assert match([off, blank], "flowers for the dancers") is None


def test_a_firm_gives_its_remedies_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "remedies.toml").write_text(
        '[[remedy]]\nid = "visit"\nname = "a visit at the press"\nwords = ["press tour"]',
        encoding="utf-8",
    )
    own = playbook.load(tmp_path).remedies
    found = match(own, "a press tour on fri")
    assert found is not None
    assert found.id == "visit"


def test_the_longer_name_wins_when_one_holds_the_other() -> None:
    short, long = Remedy("a", "refund", costs=True), Remedy("b", "part refund", costs=True)
    assert match([short, long], "part refund 45") == long
    assert match([long, short], "part refund 45") == long


def test_an_offer_in_own_words_is_no_remedy() -> None:
    assert match(REMEDIES, "flowers for the dancers") is None


def test_every_shipped_remedy_that_is_paid_also_costs() -> None:
    assert [r.id for r in REMEDIES if r.paid and not r.costs] == []


def test_s11_s75_s76_the_menu_goes_from_words_to_money_to_none_with_its_reason() -> None:
    free, costs, none = menu(REMEDIES)
    assert free.startswith("Free: ")
    assert "a written explanation" in free
    for name in ("part refund", "full refund", "voucher", "delivery free of charge"):
        assert name in costs
    assert none == "Or: none, explained"


def test_s34_something_better_is_sold_only_where_the_firm_switched_it_on(tmp_path: Path) -> None:
    better = "a better one at a lower price"
    assert better not in " ".join(menu(REMEDIES))
    assert match(REMEDIES, f"{better}, 45") is None
    (tmp_path / "remedies.toml").write_text(
        f'[[remedy]]\nid = "better_one"\nname = "{better}"\ncosts = true', encoding="utf-8"
    )
    own = playbook.load(tmp_path).remedies
    assert better in " ".join(menu(own))
    assert match(own, f"{better}, 45") == Remedy("better_one", better, costs=True)


def test_a_remedy_that_is_off_is_not_put_beside_another() -> None:
    off, on = Remedy("a", "A", costs=False, off=True), Remedy("b", "B", costs=False)
    assert pair([off, on], set(), costly=True) == on
    assert pair([off], set(), costly=True) is None
    assert menu([off]) == ()


@pytest.mark.parametrize(
    ("amounts", "limit", "over"),
    [
        ([4500], None, 0),
        ([], 0, 0),
        ([4500], 4500, 0),
        ([4500], 4499, 1),
        ([4500, 3000], 5000, 2500),
        ([1], 0, 1),
    ],
)
def test_the_offers_together_are_held_against_the_limit(
    amounts: list[int], limit: int | None, over: int
) -> None:
    assert over_limit(amounts, limit) == over


def test_what_they_get_is_read_back_and_what_we_spend_is_not() -> None:
    assert spoken("part refund", 4500, remedy("part_refund"), "USD") == "part refund, $45.00"
    assert spoken("courier", 4500, remedy("courier"), "USD") == "courier"
    assert spoken("voucher", 0, remedy("voucher"), "USD") == "voucher"
    assert spoken("her own idea", 4500, None, "USD") == "her own idea"
