"""The turns of phrase that ship: found in their examples, rewritten well, quick on any text."""

import pytest

from calmdesk.guide.language import CATEGORIES, Finding, Guard
from calmdesk.guide.language.wording import Lexicon, Wording
from calmdesk.guide.playbook import load

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
