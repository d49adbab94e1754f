"""One number in every spelling: as a phone gives it, as somebody typed it, as it is dialled here."""

from itertools import product

import pytest

from calmdesk.errors import SettingsError
from calmdesk.guide.dialling import Dialling, check_region
from calmdesk.phone.events import number_of
from calmdesk.words import digits

BERLIN = [
    "+493012345678",
    "+49 30 12345678",
    "+49 (0)30 / 123 456 78",
    "0049 30 12345678",
    "0049 (0) 30 12345678",
    "030 / 123 45-678",
    "03012345678",
    "(030) 12345678",
    "030.1234.5678",
    "\uff10\uff13\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    "\uff0b\uff14\uff19\uff13\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    "tel:+49-30-12345678",
    "tel:030-12345678;phone-context=+49",
    "TEL:12345678;phone-context=+49-30",
    "sip:+493012345678@127.0.0.1:15070",
    "sip:%2B493012345678@voice.example",
    "sips:03012345678@voice.example;user=phone",
    "sip:03012345678;phone-context=voice.example@voice.example;user=phone",
    "sip:+493012345678;npdi@voice.example",
    "<sip:00493012345678@voice.example;transport=tcp>",
]
WITH_LINE = ["0 030 12345678", "003012345678", "0-030/12345678"]
NEW_YORK = [
    "+12125550123",
    "+1 (212) 555-0123",
    "1-212-555-0123",
    "212.555.0123",
    "(212) 555-0123",
    "2125550123",
    "001 212 555 0123",
    "sip:12125550123@voice.example",
    "tel:555-0123;phone-context=+1-212",
]
LONDON = [
    "+442079460018",
    "+44 (0)20 7946 0018",
    "0044 20 7946 0018",
    "020 7946 0018",
    "02079460018",
    "(020) 7946-0018",
]
PARIS = [
    "+33123456789",
    "+33 (0)1 23 45 67 89",
    "0033123456789",
    "01 23 45 67 89",
    "01.23.45.67.89",
]
ROME = ["+390669812345", "0039 06 698 12345", "06 698 12345", "06/69812345"]
MILAN_MOBILE = ["+393331234567", "0039 333 1234567", "333 1234567"]
STOCKHOLM = ["+46812345678", "+46 (0)8-123 456 78", "0046 8 123 456 78", "08-123 456 78"]
FAMILIES = {
    "DE": (Dialling("DE"), "+493012345678", BERLIN),
    "DE, line 0": (Dialling("DE", "0"), "+493012345678", BERLIN + WITH_LINE),
    "US": (Dialling("US"), "+12125550123", NEW_YORK),
    "US, line 9": (
        *(Dialling("US", "9"), "+12125550123"),
        [*NEW_YORK, "9 212 555 0123", "9,1 212-555-0123"],
    ),
    "US, abroad": (Dialling("US", "9"), "+442079460018", ["011 44 20 7946 0018", *LONDON[:2]]),
    "GB": (Dialling("GB"), "+442079460018", LONDON),
    "GB, line 9": (Dialling("GB", "9"), "+442079460018", [*LONDON, "9 020 7946 0018"]),
    "FR": (Dialling("FR", "0"), "+33123456789", [*PARIS, "0 01 23 45 67 89"]),
    "IT": (Dialling("IT", "0"), "+390669812345", [*ROME, "0 06 698 12345"]),
    "IT, mobile": (Dialling("IT"), "+393331234567", MILAN_MOBILE),
    "SE": (Dialling("SE"), "+46812345678", STOCKHOLM),
    "no country": (Dialling(), "+442079460018", LONDON[:2]),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_one_number_is_one_in_every_spelling(family: str) -> None:
    dialling, whole, texts = FAMILIES[family]
    numbers = [number_of(text) for text in texts]
    assert {number: dialling.abroad(number) for number in numbers} == dict.fromkeys(numbers, whole)
    missed = [
        (kept, asked)
        for kept, asked in product(map(dialling.kept, numbers), numbers)
        if digits(kept) not in dialling.spellings(asked)
    ]
    assert missed == []


RAW = [
    "1001",
    "110",
    "112",
    "911",
    "116117",
    "*21#",
    "555 0100",
    "7",
    "5550100",
    "12345678",
    "99999999999999999999",
]


@pytest.mark.parametrize("dialling", [Dialling(), Dialling("DE", "0"), Dialling("US", "9")])
@pytest.mark.parametrize("number", RAW)
def test_what_is_no_valid_number_is_compared_figure_for_figure(
    number: str, dialling: Dialling
) -> None:
    assert dialling.spellings(number) == (digits(number),)
    assert dialling.abroad(number) == ""


@pytest.mark.parametrize(
    "text", ["", " ", "+", "anonymous", "erika", "erika.muster2", "agent2125550123", "Ärger7"]
)
def test_what_is_no_number_has_no_spelling(text: str) -> None:
    assert Dialling("US", "9").spellings(text) == ()


@pytest.mark.parametrize(
    ("dialling", "number", "whole"),
    [
        # with an outside line of 0 many of them could be one at home, behind it
        (Dialling("DE", "0"), "0049 4931 12345", "+49493112345"),
        (Dialling("DE", "0"), "0034 930 965 634", "+34930965634"),
        (Dialling("IT", "0"), "0331 123456", "+390331123456"),
        # a number at home may begin as the outside line does
        (Dialling("US", "9"), "917 555 0123", "+19175550123"),
        (Dialling("DE", "0"), "030 12345678", "+493012345678"),
        (Dialling("DE", "0"), "0-0049-30-12345678", "+493012345678"),
        # and one of another country is none of ours
        (Dialling("US"), "030 12345678", ""),
        (Dialling(), "030 12345678", ""),
    ],
)
def test_a_number_is_read_as_it_stands_before_a_line_is_taken_off(
    dialling: Dialling, number: str, whole: str
) -> None:
    assert dialling.abroad(number) == whole


@pytest.mark.parametrize(("region", "hint"), [("UK", "is GB"), ("ZZ", "such as GB"), ("EU", "")])
def test_two_letters_that_are_no_country_are_told_and_left_out(region: str, hint: str) -> None:
    with pytest.raises(SettingsError, match=rf"\[phone\] region, {region} is no country; .*{hint}"):
        check_region(Dialling(region))
    for number in BERLIN[:3]:
        assert Dialling(region, "0").spellings(number) == Dialling("", "0").spellings(number)
    check_region(Dialling("GB"))
    check_region(Dialling())


def test_a_number_of_another_is_no_spelling() -> None:
    spelt = Dialling("DE", "0").spellings("+493012345678")
    others = ("+43 3012345678", "+1 301 234 5678", "030 12345679", "0331 12345678", "12345678")
    for other in others:
        assert digits(other) not in spelt


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("03012345678", "+49 30 12345678"),
        ("0 030/123456 78", "+49 30 12345678"),
        ("+12125550123", "+1 212 555 0123"),
        ("1001", "1001"),
        ("555 0100", "555 0100"),
        ("12345678", "12 345 678"),
        ("99999999999999999999", "99 999 999 999 999 999 999"),
        ("erika", "erika"),
    ],
)
def test_a_number_to_dial_by_hand_stands_in_groups(number: str, shown: str) -> None:
    assert Dialling("DE", "0").readable(number) == shown
