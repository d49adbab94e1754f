"""What else is taken for a typed word: what it may go on to, a telephone number however spelt, and
words that are spelt alike."""

from dataclasses import replace

from sqlalchemy import Connection

from calmdesk.guide.looked_for import Sought
from calmdesk.guide.misspelt import can_slip, nearest
from calmdesk.guide.ranking import Wanted
from calmdesk.records.full_text import asking

GOES_ON_FROM = 3
"""Letters from which a word may go on; the one that is being typed goes on from its first."""
GOES_ON = 12
"""Words that it may go on to, those that most cases have."""
BEING_TYPED = 40
"""The same of the one that is being typed."""
FIGURES_FROM = 3
"""Figures from which a number may go on; less would be too many."""
ALIKE = 6
"""Words that a misspelt one may be meant for."""

SURE = 5
"""Letters from which even a word that cases have may be meant for another."""

USUAL = 100
"""Cases from which a word is meant as it stands."""


def widened(connection: Connection, it: Sought) -> list[Wanted]:
    """One thing that is looked for, with all that is taken for it; several when figures are no
    telephone number, but numbers side by side."""
    if it.run:
        return _run(connection, it)
    if len(it.words) > 1:
        return [Wanted(it, side_by_side=it.words)]
    (word,) = it.words
    if any(map(str.isdecimal, word)):
        return [_figures(it)]
    terms: dict[str, float] = {}
    cases = asking.known(connection, [word]).get(word, 0)
    if cases:
        terms[word] = 1.0
    if it.begun or len(word) >= GOES_ON_FROM:
        on = asking.going_on(connection, word, BEING_TYPED if it.begun else GOES_ON)
        terms |= {term: 0.5 + 0.4 * len(word) / len(term) for term, _ in on}
        cases = max([cases, *(count for _, count in on)])
    return [Wanted(it, terms, cases=cases)]


def _run(connection: Connection, it: Sought) -> list[Wanted]:
    phones = dict.fromkeys(asking.telephones(connection, it.run, BEING_TYPED), 0.9)
    if len(it.words) == 1:
        plain = _figures(it)
        return [replace(plain, terms={**phones, **plain.terms}, cases=len(phones))]
    if phones:
        return [Wanted(it, phones, side_by_side=it.words, cases=len(phones))]
    last = len(it.words) - 1
    each = (Sought((w,), begun=it.begun and n == last) for n, w in enumerate(it.words))
    return [_figures(one) for one in each]


def _figures(it: Sought) -> Wanted:
    """A word with figures in it: there are too many to count them, so it is taken as it is."""
    (word,) = it.words
    begun = word if it.begun and len(word) >= FIGURES_FROM else ""
    return Wanted(it, {word: 1.0}, begun=begun)


def misspelt(connection: Connection, it: Wanted) -> Wanted:
    """The same with words that are spelt alike; the very same when there are none."""
    (word, *others) = it.sought.words
    sure = it.terms and (len(word) < SURE or it.cases >= USUAL)
    if others or it.sought.run or sure or not can_slip(word):
        return it
    near = nearest(word, asking.alike(connection, word), ALIKE)
    terms = {term: 0.4 / far for term, far in near if term not in it.terms}
    return replace(it, terms={**it.terms, **terms}) if terms else it
