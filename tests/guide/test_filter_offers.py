"""What can come next while a filter is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.english.filter_offers import completed, offers, told, values
from calmdesk.guide.english.typed_filter import FilterWords, read_filter, spell_filter
from calmdesk.guide.filters import Filter

WORDS = FilterWords({"late": "late delivery"}, {"carrier": "lost on the way"})
KNOWN = values(WORDS, ["Sam Ortiz", "Ana Kovač", ""])


@pytest.mark.parametrize(
    ("typed", "next_"),
    [
        ("", ["agent:", "status:", "outcome:"]),
        ("st", ["status:"]),
        ("status:", ["live", "to finish", "open"]),
        ("status:cl", ["closed"]),
        ("heat:hot re", ["repeat:", "reviewed:"]),
        ('outcome:"closed, fi', ["closed, final answer given"]),
        ("agent:s", ["sam"]),
        ("bu", ["but not"]),
        ("heat:hot bu", []),
        ("nonsense", []),
        ("nonsense:x", []),
    ],
)
def test_fields_come_first_and_then_the_values_of_each(typed: str, next_: list[str]) -> None:
    assert offers(typed, KNOWN)[: len(next_) or None][:3] == next_[:3]


def test_what_is_offered_is_told_on_one_line() -> None:
    assert told("repeat:", KNOWN) == "repeat: yes, no"
    assert told("sta", KNOWN) == "status:"
    assert told("nonsense", KNOWN) == ""
    assert told("cause:", KNOWN) == "cause: lost on the way, unknown"
    assert told("cause:the", KNOWN) == "cause: lost on the way"
    assert told("heat:", KNOWN, 21) == "heat: hot, 5 · 5 more"


def test_a_first_name_that_two_have_is_offered_whole() -> None:
    team = ["Sam Ortiz", "Ana Kovač", "Sam Reed", "Samantha", "Anatol Moss", "Jo", "Joe Lind"]
    known = values(WORDS, team)
    whole = ["sam ortiz", "ana kovač", "sam reed", "samantha", "anatol", "jo", "joe"]
    assert known["agent"] == whole
    assert offers('agent:"Sam R', known) == ["sam reed"]
    assert completed('agent:"sam r', "sam reed") == 'agent:"sam reed" '


@pytest.mark.parametrize("field", KNOWN)
def test_every_completed_line_can_be_read(field: str) -> None:
    for value in KNOWN[field]:
        line = completed(completed(field[:3], f"{field}:"), value)
        chosen = read_filter(line, WORDS)
        assert isinstance(chosen, Filter), (line, chosen)
        assert read_filter(spell_filter(chosen, WORDS), WORDS) == chosen


@given(st.text())
def test_any_text_can_stand_there(text: str) -> None:
    for offer in offers(text, KNOWN):
        assert completed(text, offer)
