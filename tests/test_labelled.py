"""The sentences that the guard is measured on: none of them was learned from."""

import re

from calmdesk.guide.language import CATEGORIES
from tests.language.labelled import half, read


def bare(text: str) -> str:
    """The words alone."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def test_no_lesson_is_among_the_sentences_that_are_measured() -> None:
    lessons = {bare(one.text) for one in read("lessons")}
    assert len(lessons) > 20_000
    assert not lessons & {bare(one.text) for one in read("labelled")}


def test_each_half_is_half_good_and_has_every_category() -> None:
    for part in (half("tune"), half("test")):
        good = sum(not one.labels for one in part) / len(part)
        assert 0.4 < good < 0.6
        for category in CATEGORIES:
            assert sum(category in one.labels for one in part) >= 30
    texts = [bare(one.text) for one in read("labelled")]
    assert len(texts) == len(set(texts)) >= 1_200
