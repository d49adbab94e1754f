"""What a stranger's phone says of itself: the number in it, and the name beside it."""

from datetime import UTC, datetime

import pytest

from calmdesk.phone.events import NAME, NUMBER, WITHHELD, event_of, name_of, number_of, same_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+493012345678", "+493012345678"),
        ("sip:+493012345678@127.0.0.1:15070", "+493012345678"),
        ("sips:+493012345678@voice.example;transport=tls", "+493012345678"),
        ("<sip:03012345678@voice.example>", "03012345678"),
        ('"<sip:03012345678@voice.example>"', "03012345678"),
        ("sip:%2B493012345678@voice.example", "+493012345678"),
        ("sip:+493012345678;npdi;rn=+4930@voice.example", "+493012345678"),
        ("tel:+49-30-12345678", "+49-30-12345678"),
        ("tel:030-12345678;phone-context=+49", "+49030-12345678"),
        ("sip:5550100;phone-context=%2B1-415@voice.example", "+1-4155550100"),
        ("tel:7042;phone-context=office.example", "7042"),
        ("tel:+4930123;phone-context=+1", "+4930123"),
        ("sip:1001@pbx", "1001"),
        ("sip:erika.muster@voice.example", "erika.muster"),
        ("1001@192.0.2.7", "1001"),
        ("030 / 123 45-678", "030 / 123 45-678"),
        ('"Erika Muster" <sip:+493012345678@voice.example>', "+493012345678"),
        ("Erika <tel:030-12345678>", "030-12345678"),
        ("Anonymous <sip:anonymous@10.0.0.1>", ""),
        ("Caller ID blocked", ""),
        # no user part: what is left is where it came from
        ("sip:127.0.0.1:15070", ""),
        ("127.0.0.1", ""),
        ("pbx.voice.example", ""),
        ("sip:anonymous@anonymous.invalid", ""),
        ("sip:whoever@anonymous.invalid", ""),
        ("", ""),
        # a stranger's words steer nothing
        ("+49\x1b[2J30\n123", "+49[2J30 123"),
        ("\u202e030123\u2066", "030123"),
        ("9" * 500, "9" * NUMBER),
    ],
)
def test_the_number_is_found_in_what_a_phone_gives(text: str, number: str) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("word", sorted(WITHHELD))
def test_a_withheld_number_is_none_and_so_is_its_name(word: str) -> None:
    for text in (word, word.title(), f"sip:{word}@voice.example", f'"{word.upper()}"'):
        assert number_of(text) == ""
    assert name_of(word.title(), "") == ""


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("Erika Muster", "+493012345678", "Erika Muster"),
        ('"Erika Muster"', "+493012345678", "Erika Muster"),
        ("+493012345678", "+493012345678", ""),
        ("030 / 123 45-678", "+493012345678", ""),
        ("\uff10\uff13\uff10", "+493012345678", ""),
        ("erika", "erika", ""),
        ("Studio 54", "+493012345678", "Studio 54"),
        ("Erika\x1b]0;x\x07\nMuster", "", "Erika]0;x Muster"),
        ("x" * 500, "", "x" * NAME),
    ],
)
def test_a_name_that_only_says_the_number_again_is_none(text: str, number: str, name: str) -> None:
    assert name_of(text, number) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+49 30 12345678", "+493012345678", True),
        ("030/123", "030 123", True),
        ("Erika", "erika", True),
        ("john2", "erika2", False),
        ("2", "erika2", False),
        ("030123", "030124", False),
    ],
)
def test_two_texts_of_a_phone_are_one_number(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same


def test_an_event_of_a_later_calmdesk_is_none() -> None:
    row = (7, 0.0, "ring", "k", "sip:1001@pbx", "Erika", "hook")
    event = event_of(row)
    assert event is not None
    assert (event.number, event.name, event.place) == ("1001", "Erika", 7)
    assert event.at == datetime(1970, 1, 1, tzinfo=UTC)
    assert event_of((7, 0.0, "waves", "k", "", "", "hook")) is None
    assert event_of((7, 1e300, "ring", "k", "", "", "hook")) is None
