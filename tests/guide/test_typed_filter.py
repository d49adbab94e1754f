"""A filter is typed on one line, and spelt as it would be typed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.english.typed_filter import (
    FilterWords,
    read_filter,
    spell_filter,
)
from calmdesk.guide.filters import Filter, PromiseFilter
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.playbook import load

CATEGORIES = {"late": "late delivery", "billing": "billed twice", "late_plates": "late plates"}
CAUSES = {"carrier": "carrier was late", "no_update": "nobody told them", "unknown_x": "Unknown"}
WORDS = FilterWords(CATEGORIES, CAUSES)
NOW = datetime(2026, 11, 21, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Filter()),
        ("agent:sam status:open", Filter(agent="sam", status="open")),
        ('agent:"Sam Ortiz"', Filter(agent="Sam Ortiz")),
        ("status:to", Filter(status="to finish")),
        ("heat:hot", Filter(heat="hot")),
        ("heat:none", Filter(heat="0")),
        ("promise:late repeat:yes", Filter(promise=PromiseFilter.LATE, repeat=True)),
        ("cost:any", Filter(cost=1)),
        ("cost:50", Filter(cost=5000)),
        ("cost:>=50", Filter(cost=5000)),
        ("cost:50+", Filter(cost=5000)),
        ("cost:>50", Filter(cost=5001)),
        ("cost:>$1,200.50", Filter(cost=120_051)),
        ("reviewed:no", Filter(reviewed=False)),
        ("about:late", Filter(category="late")),
        ('about:"late delivery"', Filter(category="late")),
        ("about:billed", Filter(category="billing")),
        ('about:"own words"', Filter(category="own words")),
        ("cause:carrier", Filter(cause="carrier")),
        ("cause:unknown", Filter(cause="")),
        ("worse:nobody", Filter(factor="no_update")),
        ("outcome:agreed", Filter(outcome="agreed")),
        ("outcome:final", Filter(outcome=Outcome.FINAL_ANSWER)),
        ('outcome:"declined, reason given"', Filter(outcome=Outcome.DECLINED)),
        ("but not outcome:agreed", Filter(outcome="agreed", all_but=True)),
        ("All but OUTCOME:Agreed", Filter(outcome="agreed", all_but=True)),
        ('agent:"but not"', Filter(agent="but not")),
        ("  agent:sam   ", Filter(agent="sam")),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: Filter) -> None:
    assert read_filter(typed, WORDS) == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("sam", "“sam” is no filter; filters begin with agent:, status:,"),
        ("agent:Jo Brandt", 'agent:"Jo Brandt" stands in quotation marks; “Brandt” is no filter.'),
        ("heat:hot Brandt", "“Brandt” is no filter; filters begin with agent:"),
        ("colour:red", "“colour” is no filter; filters begin with agent:,"),
        ("x", "cost: or reviewed:, and “but not” before them turns all of it round."),
        ("agent:sam agent:ana", "agent: is there twice"),
        ("agent:", "agent: what?"),
        ("status:purple", "“purple” is not known; write live, "),
        ("outcome:e", 'write explained or "ended after warning"'),
        ("outcome:agreed but not agent:sam", "stands before all of it"),
        ("outcome:agreed but not", "stands before all of it"),
        (" all but ", "but not: what?"),
        ("heat:9", "write hot, none or 1 to 5"),
        ("cost:lots", "write any or an amount, such as >50"),
        ("repeat:perhaps", "write yes or no"),
        ("about:colour", 'write "late delivery", "billed twice" or "late plates"'),
        ("cause:gremlins", 'write "carrier was late", "nobody told them", Unknown or unknown'),
        ("promise:gone", "write late, open, kept, broken or none"),
        ('agent:"sam', "is no filter"),
    ],
)
def test_what_is_not_known_is_said_in_one_sentence(typed: str, told: str) -> None:
    answer = read_filter(typed, WORDS)
    assert isinstance(answer, str)
    assert told in answer
    assert answer.endswith(".")


def test_every_key_and_value_that_is_named_is_known() -> None:
    answer = read_filter("nothing", WORDS)
    assert isinstance(answer, str)
    for key in ("agent", "about", "cause", "worse", "reviewed", "cost"):
        assert f"{key}:" in answer


def test_an_empty_filter_is_spelt_as_nothing() -> None:
    assert spell_filter(Filter()) == ""
    assert spell_filter(Filter(since=NOW, until=NOW, seen_at=NOW)) == ""


def test_it_is_spelt_in_few_words() -> None:
    chosen = Filter(agent="Sam Ortiz", heat="hot", cost=5001, reviewed=False, all_but=True)
    assert spell_filter(chosen) == 'but not agent:"Sam Ortiz" heat:hot cost:>50 reviewed:no'


ANY = st.text(min_size=1, max_size=20)
MAYBE = st.one_of(st.none(), st.booleans())
FILTERS = st.builds(
    Filter,
    since=st.one_of(st.none(), st.just(NOW)),
    agent=st.one_of(st.just(""), ANY),
    status=st.sampled_from(["", *(it.value for it in Status)]),
    cause=st.one_of(st.none(), st.sampled_from(["", *CAUSES]), ANY.map(lambda it: f"{it} typed")),
    factor=st.sampled_from(["", *CAUSES]),
    outcome=st.sampled_from(["", *(it.value for it in Outcome)]),
    category=st.sampled_from(["", *CATEGORIES, 'in "own" words']),
    heat=st.sampled_from(["", "hot", *"012345"]),
    promise=st.one_of(st.none(), st.sampled_from(PromiseFilter)),
    repeat=MAYBE,
    cost=st.one_of(st.none(), st.integers(0, 10**9)),
    reviewed=MAYBE,
    all_but=st.booleans(),
).filter(lambda it: it.timeless != Filter(all_but=True))


@given(FILTERS, st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_is_spelt_is_read_again(chosen: Filter, currency: str) -> None:
    words = FilterWords(CATEGORIES, CAUSES, currency)
    assert read_filter(spell_filter(chosen, words), words) == chosen.timeless


@given(st.text(max_size=200))
def test_any_text_is_a_filter_or_a_sentence(typed: str) -> None:
    answer = read_filter(typed, WORDS)
    assert isinstance(answer, Filter) or answer.endswith(".")


def test_every_entry_of_the_playbook_can_be_typed() -> None:
    playbook = load()
    words = FilterWords.of(playbook, "USD")
    for it in playbook.categories:
        assert read_filter(f"about:{it.id}", words) == Filter(category=it.id)
        assert read_filter(f'about:"{it.name}"', words) == Filter(category=it.id)
    for cause in playbook.causes:
        assert read_filter(f"cause:{cause.id} worse:{cause.id}", words) == Filter(
            cause=cause.id, factor=cause.id
        )
