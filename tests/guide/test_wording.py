"""The turns of phrase that ship: found in their examples, rewritten well, quick on any text."""

import pytest

from calmdesk.guide.english.sample import reviewed
from calmdesk.guide.language import CATEGORIES, Finding, Guard
from calmdesk.guide.language.sieve import Sieve
from calmdesk.guide.language.wording import Lexicon, Wording
from calmdesk.guide.playbook import load
from calmdesk.words import STRAIGHT
from tests.language.labelled import half

BOOK = load()
WORDINGS = BOOK.lexicon.wordings
each = pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: str(wording.id))


def told(wording: Wording) -> Finding:
    """What a wording says of its own example."""
    found = Guard(Lexicon((wording,))).review(wording.example)
    assert found, wording.id
    return found[0]


def test_every_category_has_its_reason_and_its_wordings() -> None:
    assert set(BOOK.lexicon.why) == set(CATEGORIES)
    counts = dict.fromkeys(CATEGORIES, 0)
    for wording in WORDINGS:
        counts[wording.category] += 1
    assert min(counts.values()) >= 15


@each
def test_a_wording_finds_its_example_and_says_why_in_one_line(wording: Wording) -> None:
    assert wording.example
    assert wording.trouble() == ""
    assert 1 <= len(wording.why.split()) <= 12
    assert wording.find("") is None


@each
def test_what_stands_instead_is_not_found_again(wording: Wording) -> None:
    if wording.instead is not None:
        better = told(wording).mend(wording.example)
        assert better != wording.example
        assert "  " not in better
        assert wording.find(better) is None, better


def test_a_pattern_that_never_ends_finds_nothing_and_holds_nobody_up() -> None:
    endless = Wording("endless", "excuse", r"(?:a|a|aa)+b(?<=zz)", "It is slow.", always=True)
    found = Guard(Lexicon((endless,))).review("a" * 5000 + "c")
    assert found == []


def test_the_sieve_lets_every_wording_through_that_stands_in_a_text() -> None:
    texts = [wording.example for wording in WORDINGS] + [one.text for one in half("tune")[::3]]
    looked_for = 0
    for text in (text.translate(STRAIGHT) for text in [*texts, *map(str.upper, texts[::3])]):
        possible = list(BOOK.lexicon.possible(text))
        looked_for += len(possible)
        assert {it.id for it in possible} >= {it.id for it in WORDINGS if it.find(text)}
    assert looked_for < len(WORDINGS) * len(texts) / 3, "it holds hardly anything back"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?<!not )\bsimply(?! put)", "It is SIMPLY so."),
        (r"\b(?P<said>no|hold on),? (?P=said)\b", "Hold on, hold on"),
        (r"schade ums Geld", "Schade  ums Geld".replace("  ", " ")),
        (r"natürlich|selbstverständlich", "NATÜRLICH nicht"),
        (r"(?:foo){e<=1}", "a fao here"),
        (r"(?>never|ever)++ again", "Never again"),
        (r"\p{Lu}{3,}", "WHAT"),
        (r"[hm]{2,}", "mhm"),
        (r"(?=sorry)s", "Sorry"),
    ],
)
def test_the_sieve_holds_back_nothing_of_a_pattern_of_a_firms_own(pattern: str, text: str) -> None:
    wording = Wording("own", "excuse", pattern, "It is theirs.", always=True)
    assert wording.find(text)
    assert Sieve([r"\bother\b", wording.expression]).possible(text) in ([1], [0, 1])


def test_a_sieve_of_nothing_holds_nothing() -> None:
    assert Sieve([]).possible("Any text.") == []


def test_better_words_for_a_phrase_hold_its_slots_and_not_the_sample() -> None:
    own = Wording("own", "excuse", r"as policy says, (\w+)", "It is a rule.", r"\1, here is how")
    line = "Well, as policy says, {name}, it waits until {day}."
    (found,) = reviewed(Guard(Lexicon((own,))).review, line)
    assert line[found.start : found.end] == "as policy says, {name}"
    assert found.mend(line) == "Well, {name}, here is how, it waits until {day}."
