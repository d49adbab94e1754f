"""S8, S9: a contact card reaches this very agent, or it says what is missing."""

import pytest

from calmdesk.guide.contact_card import missing


@pytest.mark.parametrize(
    ("line", "email"),
    [
        ("555 0100", "sam@printco.example"),
        ("+1 (415) 555-0100", ""),
        ("", "sam.o'hara+desk@mail.printco.example"),
        ("", ""),
        ("0049 30 5550100", "sam@printco.example"),
    ],
)
def test_a_direct_number_and_a_mail_are_a_card(line: str, email: str) -> None:
    assert missing(line, email) == ""


@pytest.mark.parametrize("line", ["555 0100 ext 12", "555 0100 x12", "555 0100 Extension: 7"])
def test_an_extension_is_no_direct_number(line: str) -> None:
    assert "without an extension" in missing(line, "")


@pytest.mark.parametrize("line", ["12", "ask for Sam", "-"])
def test_a_number_that_is_dialled_only_in_the_house_is_none(line: str) -> None:
    assert "as it is dialled from outside" in missing(line, "sam@printco.example")


@pytest.mark.parametrize(
    "email", ["sam", "sam@", "sam@printco", "sam at printco.example", "a b@c.d"]
)
def test_a_mail_that_would_not_arrive_is_told(email: str) -> None:
    assert "E-mail looks like" in missing("555 0100", email).replace("An e", "E")
