"""One person with several numbers and names: merged, parted again, found by any of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, func, select

from calmdesk.errors import Refused
from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import ExampleMarked
from calmdesk.guide.filters import Filter
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.guide.same_person import Likeness, alike, key
from calmdesk.records import (
    browse,
    calls,
    customer_details,
    customers,
    duplicates,
    examples,
    follow_through,
    glances,
    one_person,
    people,
    post,
    tending,
)
from calmdesk.records.customer_rows import Mended, Pair
from calmdesk.records.derived import PLACES, Glance, RolledDay, SearchTodo, place_of
from calmdesk.records.models import (
    Case,
    Customer,
    CustomerMerge,
    CustomerName,
    CustomerNumber,
    NotSame,
)
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE
from tests.telling import tell
from tests.test_find import PHONES

NOW = SATURDAY
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TABLES: tuple[type[SQLModel], ...] = (Case, CustomerNumber, CustomerName, NotSame, Glance)


def a_case(
    store: Store,
    name: str = "",
    number: str = "",
    company: str = "",
    *more: h.Happening,
    before: timedelta = DAY,
    since: int = 0,
) -> str:
    """A case of a caller, so long before now; saved. Returns its customer's id, or ''."""
    with store.reading() as session:  # no two in one second, whose order would be by chance
        at = NOW - before + timedelta(seconds=session.exec(select(func.count(col(Case.id)))).one())
    contact, case_id = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case_id, h.Answered(number), at)
    caller = h.CallerNamed(name, company, number, since)
    for happening in (caller, *more, h.CallEnded(), h.Finished(Outcome.AGREED)):
        calls.happen(store, contact, happening, at)
    return whose(store, case_id)


def whose(store: Store, case_id: str) -> str:
    with store.reading() as session:
        return session.exec(select(Case.customer_id).where(Case.id == case_id)).one() or ""


def cases_of(store: Store, customer_id: str) -> list[str]:
    return [it.id for it in browse.page(store, Filter(customer_id=customer_id), 0, NOW)]


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that a merge may touch; of a customer all but when they were changed."""
    with store.reading() as session:
        found = {
            table.__name__: sorted(
                (row.model_dump() for row in session.exec(select(table))), key=repr
            )
            for table in TABLES
        }
        people_rows = [row.model_dump() for row in session.exec(select(Customer))]
    found["Customer"] = [
        {name: value for name, value in row.items() if name != "updated_at"} for row in people_rows
    ]
    return found


def glances_agree(store: Store) -> bool:
    """Whether what lists see is what it would be, counted anew."""
    seen = rows(store)["Glance"]
    with store.transaction() as session:
        glances.look_at_all(session)
    return seen == rows(store)["Glance"]


# -- merged and parted -------------------------------------------------------------------------


def test_the_other_ones_cases_numbers_and_names_are_theirs(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134", "Reyes Dance")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199", "", before=2 * DAY, since=2016)
    one_person.merge(store, kept, gone, NOW)
    whole = customers.customer(store, gone, NOW)
    assert whole.person.id == kept
    assert whole.person.name == "Dana Reyes"
    assert whole.person.names == ("D. Reyes",)
    assert whole.person.numbers == ("+1 415 555 0199", "+1 415 555 0134"), "as they came"
    assert (whole.person.company, whole.person.since) == ("Reyes Dance", 2016)
    assert whole.person.cases == 2
    assert [(it.gone_id, it.cases, it.agent) for it in whole.merged] == [(gone, 1, "Sam Ortiz")]
    assert len(cases_of(store, kept)) == 2
    assert cases_of(store, gone) == []
    assert glances_agree(store)


def test_a_merge_of_one_who_rang_before_makes_a_repeat_call(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199", before=2 * DAY)
    assert [it.repeat for it in browse.page(store, Filter(), 0, NOW)] == [False, False]
    merge_id = one_person.merge(store, kept, gone, NOW)
    assert [it.repeat for it in browse.page(store, Filter(), 0, NOW)] == [True, False]
    one_person.unmerge(store, merge_id, NOW)
    assert [it.repeat for it in browse.page(store, Filter(), 0, NOW)] == [False, False]


def test_both_stand_in_the_journals_of_the_cases_that_went_over(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    (moved,), (stayed,) = cases_of(store, gone), cases_of(store, kept)
    merge_id = one_person.merge(store, kept, gone, NOW)
    one_person.unmerge(store, merge_id, NOW + MINUTE)
    told = [(it.kind, it.fields) for it in browse.whole(store, moved, NOW).journal[-2:]]
    assert [kind for kind, _ in told] == ["customer merged", "customer parted"]
    assert {it["gone_name"] for _, it in told} == {"D. Reyes"}
    assert not any("customer" in it.kind for it in browse.whole(store, stayed, NOW).journal)


def test_parting_leaves_with_the_one_kept_what_came_after(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199", before=2 * DAY)
    (old,) = cases_of(store, gone)
    merge_id = one_person.merge(store, kept, gone, NOW)
    a_case(store, "D. Reyes", "+1 415 555 0199", before=MINUTE)
    customer_details.add_number(store, kept, "+1 415 555 7777", NOW)
    assert one_person.unmerge(store, merge_id, NOW) == gone
    assert cases_of(store, gone) == [old]
    assert len(cases_of(store, kept)) == 2
    numbers = [customers.customer(store, it, NOW).person.numbers for it in (kept, gone)]
    assert numbers == [("+1 415 555 0134", "+1 415 555 7777"), ("+1 415 555 0199",)]
    assert glances_agree(store)


def test_what_was_struck_out_meanwhile_stays_struck_out(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    merge_id = one_person.merge(store, kept, gone, NOW)
    customer_details.drop_number(store, kept, "+1 415 555 0199", NOW)
    customer_details.drop_name(store, kept, "d reyes", NOW)
    one_person.unmerge(store, merge_id, NOW)
    assert customers.customer(store, gone, NOW).person.numbers == ()
    assert customers.customer(store, kept, NOW).person.names == ()


def test_nobody_is_merged_with_themselves_nor_parted_twice(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    merge_id = one_person.merge(store, kept, gone, NOW)
    before = rows(store)
    for again in ((kept, gone), (gone, kept), (kept, kept)):
        with pytest.raises(Refused, match="one person already"):
            one_person.merge(store, *again, NOW)
    with pytest.raises(Refused, match="not here any more"):
        one_person.merge(store, kept, "nobody", NOW)
    assert rows(store) == before
    one_person.unmerge(store, merge_id, NOW)
    with pytest.raises(Refused, match="parted already"):
        one_person.unmerge(store, merge_id, NOW)


@pytest.mark.parametrize("first", [0, 1], ids=["the first merge", "the last merge"])
def test_a_chain_is_one_person_and_parts_in_any_order(first: int, store: Store) -> None:
    a, b, c = (
        a_case(store, name, f"+1 415 555 010{place}", before=place * DAY)
        for place, name in enumerate(("Ana Lind", "Bo Lind", "Cy Lind"), 1)
    )
    before = rows(store)
    merges = [one_person.merge(store, b, a, NOW), one_person.merge(store, c, b, NOW)]
    whole = customers.customer(store, a, NOW)
    assert whole.person.id == c
    assert set(whole.person.names) == {"Ana Lind", "Bo Lind"}
    assert [it.gone_id for it in whole.merged] == [b, a] or len(whole.merged) == 2
    assert len(cases_of(store, c)) == 3
    one_person.unmerge(store, merges[first], NOW)
    back = (a, b)[first]
    assert customers.customer(store, back, NOW).person.id == back
    assert len(cases_of(store, back)) == (1, 2)[first]
    assert glances_agree(store)
    one_person.unmerge(store, merges[1 - first], NOW)
    assert rows(store) == before


def test_what_was_taken_over_goes_with_whom_it_came_from(store: Store) -> None:
    a = a_case(store, "Ana Lind", "+1 415 555 0101", "Printco", before=3 * DAY)
    b = a_case(store, "", "+1 415 555 0102", before=2 * DAY)
    for own in ("", "Printco"):
        c = a_case(store, f"Cy{own} Lind", "+1 415 555 0103", own, before=DAY)
        before = rows(store)
        first = one_person.merge(store, b, a, NOW)
        last = one_person.merge(store, c, b, NOW)
        assert customers.customer(store, c, NOW).person.company == "Printco"
        one_person.unmerge(store, first, NOW)
        person = customers.customer(store, c, NOW).person
        assert (person.company, person.names) == (own, ())
        one_person.unmerge(store, last, NOW)
        assert rows(store) == before


def test_a_change_makes_the_days_of_their_cases_count_again(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199", before=9 * DAY)
    with store.transaction() as session:
        for days in (9, 5, 1):
            since = place_of(NOW - days * DAY - DAY / 2)
            session.add(RolledDay(since=since, until=since + 86_400 * PLACES))
    one_person.merge(store, kept, gone, NOW)
    with store.reading() as session:
        left = [it.since for it in session.exec(select(RolledDay))]
    assert left == [place_of(NOW - 5 * DAY - DAY / 2)]


def test_the_search_is_to_learn_all_their_cases_anew(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    a_case(store, "Bo Lind", "+1 415 555 0111")

    def learnt() -> set[str]:
        with store.transaction() as session:
            found = set(session.exec(select(SearchTodo.case_id)))
            for row in session.exec(select(SearchTodo)).all():
                session.delete(row)
        return found

    learnt()
    both = {*cases_of(store, kept), *cases_of(store, gone)}
    one_person.merge(store, kept, gone, NOW)
    assert learnt() == both
    customer_details.rename(store, kept, "Dana Miller", NOW)
    assert learnt() == both


# -- whatever happens --------------------------------------------------------------------------

NAMES = st.sampled_from(["", "Ana Lind", "ana lind", "Özge Kaya", "Bo"])
NUMBERS = st.sampled_from(["", "+1 415 555 0101", "0014155550101", "+49 30 555 0102"])
CALLS = st.lists(
    st.tuples(NAMES, NUMBERS, st.sampled_from(["", "Printco"]), st.integers(1, 40)),
    min_size=2,
    max_size=7,
)
PICKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(told=CALLS, picks=PICKS, order=st.randoms(use_true_random=False))
def test_merging_and_parting_leaves_every_row_as_it_was(
    told: list[tuple[str, str, str, int]], picks: list[tuple[int, int]], order: Any
) -> None:
    with TemporaryDirectory() as folder:
        store = Store.open(fresh(Path(folder) / "calmdesk.db"), ZONE)
        try:
            for name, number, company, days in sorted(told, key=lambda it: -it[3]):
                a_case(store, name, number, company, before=days * DAY)
            before = rows(store)
            everybody = [row["id"] for row in before["Customer"]]
            merges = []
            for one, other in picks:
                try:
                    ids = everybody[one % len(everybody)], everybody[other % len(everybody)]
                    merges.append(one_person.merge(store, *ids, NOW))
                except (Refused, ZeroDivisionError):
                    continue
                merged = rows(store)
                gone = {row["id"] for row in merged["Customer"] if row["merged_into"]}
                for table in ("Case", "CustomerNumber", "CustomerName", "Glance"):
                    assert not gone & {row["customer_id"] for row in merged[table]}
                assert glances_agree(store)
            order.shuffle(merges)
            for merge_id in merges:
                one_person.unmerge(store, merge_id, NOW)
                assert glances_agree(store)
            assert rows(store) == before
        finally:
            store.close()


# -- a call that is on meanwhile ---------------------------------------------------------------


@pytest.fixture
def pair(store: Store) -> tuple[str, str, str]:
    """Two customers, and a live call of the one who will go: kept, gone, the call."""
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "Dee Miller", "+1 415 555 0199", before=2 * DAY)
    calls.answer(store, "live", "live case", h.Answered("+1 415 555 0199"), NOW)
    assert whose(store, "live case") == gone
    return kept, gone, "live"


def finish(store: Store, contact: str) -> None:
    for happening in (h.HeatMarked(3), h.CallEnded(), h.Finished(Outcome.AGREED)):
        calls.happen(store, contact, happening, NOW + MINUTE)


def test_a_call_that_is_live_meanwhile_goes_on_as_theirs(
    store: Store, pair: tuple[str, str, str]
) -> None:
    kept, gone, contact = pair
    merge_id = one_person.merge(store, kept, gone, NOW)
    calls.happen(store, contact, h.CallerNamed("Dee Miller", number="+1 415 555 0199"), NOW)
    finish(store, contact)
    assert whose(store, "live case") == kept
    assert customers.customer(store, kept, NOW).person.name == "Dana Reyes"
    assert glances_agree(store)
    one_person.unmerge(store, merge_id, NOW + MINUTE)
    assert whose(store, "live case") == gone, "it was hers before the merge"
    assert glances_agree(store)


@pytest.mark.parametrize("named", [True, False])
def test_the_same_when_another_calmdesk_merges_them(
    named: bool, store: Store, pair: tuple[str, str, str]
) -> None:
    kept, gone, contact = pair
    other = Store.open(store.file, ZONE)
    try:
        one_person.merge(other, kept, gone, NOW)
        if named:
            calls.happen(store, contact, h.CallerNamed("Dee Miller", "Miller Ltd"), NOW)
        finish(store, contact)
    finally:
        other.close()
    assert whose(store, "live case") == kept
    whole = customers.customer(store, kept, NOW)
    assert whole.person.name == "Dana Reyes"
    assert whole.person.company == ("Miller Ltd" if named else "")
    assert glances_agree(store)


def test_a_call_that_opens_again_after_a_restart_is_theirs(
    store: Store, pair: tuple[str, str, str]
) -> None:
    kept, gone, contact = pair
    one_person.merge(store, kept, gone, NOW)
    store.forget()
    opened = calls.unfinished(store, contact)
    assert opened is not None
    calls.happen(store, contact, h.CallerNamed("Dee Miller"), NOW)
    assert whose(store, "live case") == kept


# -- found by any name and number --------------------------------------------------------------


def test_of_namesakes_who_called_last_is_named_first(store: Store) -> None:
    early = a_case(store, "Dana Reyes", "+1 415 555 0134", before=3 * DAY)
    late = a_case(store, "Dana Ruiz", "+1 415 555 0199", before=2 * DAY)
    assert [it.customer_id for it in people.who_calls(store, "", "Dana", "", NOW)] == [late, early]
    a_case(store, "Dana Reyes", "+1 415 555 0134", before=DAY)
    assert [it.customer_id for it in people.who_calls(store, "", "Dana", "", NOW)] == [early, late]


@pytest.fixture
def dana(store: Store) -> str:
    """Dana Reyes, who is also Dee Miller and Özge Kaya, with three numbers."""
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134", "Reyes Dance")
    for name, number in (("Dee Miller", "+1 415 555 0199"), ("Özge Kaya", "+90 212 555 0101")):
        one_person.merge(store, kept, a_case(store, name, number), NOW)
    return kept


@pytest.mark.parametrize("name", ["Dana Reyes", "dee miller", "ÖZGE KAYA"])
def test_a_caller_who_says_another_name_of_theirs_is_the_same(
    name: str, store: Store, dana: str
) -> None:
    assert a_case(store, name, before=MINUTE) in (dana, a_case(store, name, before=MINUTE))
    assert a_case(store, name, "+1 415 555 0134", before=MINUTE) == dana
    assert a_case(store, name, "+90 212 555 0101", before=MINUTE) == dana
    whole = customers.customer(store, dana, NOW)
    assert whole.person.name == "Dana Reyes", "a call does not rename them"
    assert set(whole.person.names) == {"Dee Miller", "Özge Kaya"}


def test_one_without_a_number_is_bound_by_another_name(store: Store) -> None:
    kept, gone = a_case(store, "Dana Reyes"), a_case(store, "Özge Kaya")
    one_person.merge(store, kept, gone, NOW)
    assert a_case(store, "özge kaya", "+90 212 555 0101", before=MINUTE) == kept


@pytest.mark.parametrize("number", ["+1 415 555 0134", "001 415 555 0199", "+90 212 555 0101"])
def test_a_call_from_any_of_their_numbers_is_theirs(number: str, store: Store, dana: str) -> None:
    calls.answer(store, "c", "k", h.Answered(number), NOW)
    assert whose(store, "k") == dana
    (match,) = people.who_calls(store, number, "", "k", NOW)
    assert (match.customer_id, match.sure, match.calls) == (dana, True, 3)


@pytest.mark.parametrize("typed", ["dana", "Dee M", "özg", "Özge Kaya"])
def test_a_name_half_typed_finds_them_once(typed: str, store: Store, dana: str) -> None:
    (match,) = people.who_calls(store, "", typed, "", NOW)
    assert match.customer_id == dana
    assert set(match.names) == {"Dee Miller", "Özge Kaya"}
    assert [it.id for it in customers.named(store, typed)] == [dana]


@pytest.mark.parametrize("typed", ["+1 415 555", "0014155550199", "+90"])
def test_customers_are_found_by_the_beginning_of_a_number(
    typed: str, store: Store, dana: str
) -> None:
    assert [it.id for it in customers.named(store, typed)] == [dana] * (typed != "+90")


@pytest.mark.parametrize("written", PHONES)
def test_customers_are_found_by_a_number_in_any_spelling(written: str, store: Store) -> None:
    dana = a_case(store, "Dana Reyes", written)
    a_case(store, "Bo Lind", "+49 30 1234567")
    a_case(
        store, "Cy Moss", "", "", h.Noted("n1", Sign.SAYS, f"ring the shop at {written}, not here")
    )
    tending.build(store)
    for typed in (written, *PHONES[written]):
        assert [it.id for it in customers.named(store, typed)] == [dana], typed


def test_a_name_with_figures_in_it_stands_before_numbers_that_end_so(store: Store) -> None:
    firm = a_case(store, "Route 1234")
    other = a_case(store, "Bo Lind", "+49 30 5551234")
    tending.build(store)
    assert [it.id for it in customers.named(store, "Route 1234")] == [firm, other]


@pytest.mark.parametrize("typed", ["reyes", "REY", "rey dan", "printco", "mill", "kaya"])
def test_customers_are_found_by_any_words_of_their_names_and_firm(
    typed: str, store: Store, dana: str
) -> None:
    assert a_case(store, "Dana Reyes", "+1 415 555 0134", "The Printco", before=MINUTE) == dana
    a_case(store, "Otto Lang")
    tending.build(store)
    assert [it.id for it in customers.named(store, typed)] == [dana]


@pytest.mark.parametrize("typed", ["", "%", "_", "'", "[/b]", "🦄", "مرحبا", "0", "x" * 500])
def test_any_text_is_looked_for(typed: str, store: Store, dana: str) -> None:
    assert customers.named(store, typed) == []


def test_a_number_that_two_had_who_are_one_is_theirs_alone(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134", before=3 * DAY)
    gone = a_case(store, "Dee Miller", "+1 415 555 0134", before=2 * DAY)
    assert kept != gone
    calls.answer(store, "c1", "k1", h.Answered("+1 415 555 0134"), NOW)
    assert whose(store, "k1") == ""
    one_person.merge(store, kept, gone, NOW)
    calls.answer(store, "c2", "k2", h.Answered("+1 415 555 0134"), NOW)
    assert whose(store, "k2") == kept
    assert customers.customer(store, kept, NOW).person.numbers == ("+1 415 555 0134",)


def test_letters_and_calls_go_to_the_one_who_was_kept(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134", "Reyes Dance")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    (case_id,) = cases_of(store, gone)
    one_person.merge(store, kept, gone, NOW)
    letter = post.facts(store, case_id, NOW)
    assert (letter.customer, letter.company) == ("Dana Reyes", "Reyes Dance")
    opened = calls.ring(store, "out", case_id, "", NOW)
    assert opened is not None
    assert (opened.call.caller.name, opened.call.caller.number) == ("Dana Reyes", "+1 415 555 0199")


def test_no_name_of_theirs_stands_in_an_example(store: Store, dana: str) -> None:
    note = h.Noted("n", Sign.SAYS, "Dee Miller here, or Özge Kaya, or Dana Reyes")
    a_case(store, "Dana Reyes", "+1 415 555 0134", "", note, before=MINUTE)
    newest = cases_of(store, dana)[0]
    follow_through.happen(store, newest, ExampleMarked(True), NOW)
    (example,) = examples.examples(store)
    words = " ".join(text for _, text in example.notes)
    assert not any(name in words for name in ("Dee", "Miller", "Özge", "Dana"))


# -- mended ------------------------------------------------------------------------------------


def test_each_change_is_taken_back_whole(store: Store, dana: str) -> None:
    d = customer_details
    changes: tuple[Callable[[], Mended], ...] = (
        lambda: d.rename(store, dana, "Dana Lopez", NOW),
        lambda: d.add_name(store, dana, "Dee", NOW),
        lambda: d.drop_name(store, dana, "DEE MILLER", NOW),
        lambda: d.add_number(store, dana, "+1 415 555 0000", NOW),
        lambda: d.drop_number(store, dana, "+14155550199", NOW),
        lambda: d.mend(store, dana, "Lopez Dance", 2016, 480000, "Europe/Berlin", NOW),
    )
    for change in changes:
        before = rows(store)
        made = change()
        assert rows(store) != before
        d.put_back(store, [made], NOW)
        assert rows(store) == before


def test_a_change_is_not_taken_back_from_somebody_else(store: Store) -> None:
    gay = a_case(store, "Gay Miller", "+1 415 555 0134")
    kay = a_case(store, "Kay Miller", "+1 415 555 0199")
    made = customer_details.rename(store, gay, "Gay Two", NOW)
    one_person.merge(store, kay, gay, NOW)
    before = rows(store)
    with pytest.raises(Refused, match="one person with another customer now"):
        customer_details.put_back(store, [made], NOW)
    assert rows(store) == before


def test_who_was_mended_under_their_former_id_is_put_back(store: Store) -> None:
    gay = a_case(store, "Gay Miller", "+1 415 555 0134")
    kay = a_case(store, "Kay Miller", "+1 415 555 0199")
    one_person.merge(store, kay, gay, NOW)
    before = rows(store)
    made = customer_details.add_name(store, gay, "Kate", NOW)
    customer_details.put_back(store, [made], NOW)
    assert rows(store) == before


def test_what_a_call_brought_meanwhile_stays_when_a_change_is_taken_back(
    store: Store, dana: str
) -> None:
    made = [
        customer_details.mend(store, dana, "Lopez Dance", 2016, 480000, "Europe/Berlin", NOW),
        customer_details.drop_number(store, dana, "+1 415 555 0199", NOW),
        customer_details.add_name(store, dana, "Dee", NOW),
    ]
    customer_details.add_number(store, dana, "+1 415 555 7777", NOW)
    customer_details.add_number(store, dana, "+1 (415) 555-0199", NOW)
    customer_details.add_name(store, dana, "Donna", NOW)
    customer_details.mend(store, dana, "Lopez & Co", 2016, 480000, "Europe/Berlin", NOW)
    customer_details.put_back(store, made, NOW)
    it = customer_details.known(store, dana)
    assert (it.company, it.since, it.value, it.zone) == ("Lopez & Co", 0, 0, "")
    assert sorted(number for _, number in it.numbers) == [
        "+1 (415) 555-0199",
        "+1 415 555 0134",
        "+1 415 555 7777",
        "+90 212 555 0101",
    ]
    assert "Donna" in (names := [name for _, name in it.names])
    assert "Dee" not in names


def test_a_name_that_came_after_stands_and_none_is_forgotten(store: Store, dana: str) -> None:
    made = customer_details.rename(store, dana, "Dana Lopez", NOW)
    customer_details.rename(store, dana, "Dana Kim", NOW)
    customer_details.put_back(store, [made], NOW)
    person = customers.customer(store, dana, NOW).person
    assert person.name == "Dana Kim"
    assert {"Dana Reyes", "Dana Lopez"} <= set(person.names)


def test_a_new_name_leaves_the_old_one_as_another(store: Store, dana: str) -> None:
    customer_details.rename(store, dana, "  Dana \x1b Lopez ", NOW)
    person = customers.customer(store, dana, NOW).person
    assert person.name == "Dana Lopez"
    assert "Dana Reyes" in person.names
    newest = cases_of(store, dana)[0]
    entry = browse.whole(store, newest, NOW).journal[-2]
    assert (entry.kind, entry.fields["was"], entry.fields["now"]) == (
        "customer mended",
        "Dana Reyes",
        "Dana Lopez",
    )


def test_what_says_nothing_is_refused(store: Store, dana: str) -> None:
    before = rows(store)
    for verb, text in (
        (customer_details.rename, " "),
        (customer_details.add_name, ""),
        (customer_details.add_number, "none"),
        (customer_details.add_number, "+1 (415) 555-0134"),
    ):
        with pytest.raises(Refused):
            verb(store, dana, text, NOW)
    with pytest.raises(Refused):
        customers.customer(store, "nobody", NOW)
    assert rows(store) == before


def test_who_they_are_counts_what_is_open_and_missed(store: Store) -> None:
    told = tell(store, NOW - DAY, NOW - MINUTE, number="+1 415 555 0134")
    tell(store, NOW - 2 * DAY, NOW + DAY, "send the proof", number="+1 415 555 0134")
    customer_id = whose(store, told.case_id)
    whole = customers.customer(store, customer_id, NOW)
    assert (whole.person.cases, whole.open, whole.missed) == (2, 2, 1)
    assert [it.what for it in whole.promises] == ["ring with the plate status", "send the proof"]


# -- who may be one ----------------------------------------------------------------------------


def found(store: Store) -> list[tuple[set[str], Likeness]]:
    return [({pair.one.name, pair.other.name}, pair.like) for pair in duplicates.suggested(store)]


def test_likely_duplicates_are_suggested_with_the_reason(store: Store) -> None:
    for name, number, company in (
        ("Dana Reyes", "+1 415 555 0134", "Reyes Dance"),
        ("Kim Oduya", "+1 415 555 0134", ""),
        ("Anaïs Dubois", "+33 1 55 55 01 01", "Moulin"),
        ("DUBOIS, Anais", "+33 1 55 55 01 02", "Moulin"),
        ("Bo Lindqvist", "+46 8 555 0103", "Tryck"),
        ("Bo Lindkvist", "+46 8 555 0104", "Tryck"),
        ("Mira Novák", "+420 2 5550 105", ""),
        ("Mira Novak", "025550105", ""),
        ("Lena Weber", "+49 30 555 0106", "Weber GmbH"),
        ("Lena Weber", "+49 30 555 0107", "WEBER GMBH"),
        ("Ravi Singh", "+91 22 5555 0108", ""),
        ("Ravi Singh", "+91 22 5555 0109", ""),
    ):
        a_case(store, name, number, company)
    assert found(store) == [
        ({"Dana Reyes", "Kim Oduya"}, Likeness.NUMBER),
        ({"Anaïs Dubois", "DUBOIS, Anais"}, Likeness.NAME),
        ({"Lena Weber"}, Likeness.NAME),
        ({"Bo Lindqvist", "Bo Lindkvist"}, Likeness.SPELLING),
        ({"Mira Novák", "Mira Novak"}, Likeness.ENDING),
    ]
    assert all(pair.why for pair in duplicates.suggested(store))


def test_a_switchboard_makes_no_square_of_pairs(store: Store) -> None:
    for name in ("Ana Lind", "Bo Moss", "Cy Hart", "Di Okafor", "Eve Weber", "Eve Veber"):
        a_case(store, name, "+1 415 555 0134")
    assert found(store) == [({"Eve Weber", "Eve Veber"}, Likeness.NUMBER)]


def the_pair(store: Store) -> Pair:
    (pair,) = duplicates.suggested(store)
    return pair


def test_who_has_more_cases_is_the_one_to_keep(store: Store) -> None:
    a_case(store, "Dana Reyes", "+1 415 555 0134", before=9 * DAY)
    often = a_case(store, "Dee Miller", "+1 415 555 0134", before=8 * DAY)
    assert a_case(store, "Dee Miller", "+1 415 555 0134") == often
    assert the_pair(store).one.id == often


def test_two_who_are_not_one_are_never_suggested_again(store: Store) -> None:
    one = a_case(store, "Dana Reyes", "+1 415 555 0134")
    other = a_case(store, "Dee Miller", "+1 415 555 0134")
    assert [it.other.id for it in duplicates.likely(store, one)] in ([other], [one])
    duplicates.not_same(store, other, one, NOW)
    duplicates.not_same(store, one, other, NOW)
    assert duplicates.suggested(store) == []
    assert duplicates.likely(store, one) == []
    third = a_case(store, "Dee Miler", "+1 415 555 0199")
    one_person.merge(store, third, other, NOW)
    assert duplicates.suggested(store) == [], "nor under whom one of them turned out to be"
    duplicates.may_be_same(store, one, third)
    assert duplicates.suggested(store) == []


def test_that_they_are_not_one_can_be_taken_back(store: Store) -> None:
    one = a_case(store, "Dana Reyes", "+1 415 555 0134")
    other = a_case(store, "Dee Miller", "+1 415 555 0134")
    duplicates.not_same(store, one, other, NOW)
    duplicates.may_be_same(store, other, one)
    assert the_pair(store).ids == {one, other}
    one_person.merge(store, one, other, NOW)
    assert duplicates.suggested(store) == []


def test_two_who_were_parted_are_not_suggested_again(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "Dee Miller", "+1 415 555 0134")
    merge_id = one_person.merge(store, kept, gone, NOW)
    assert duplicates.part(store, merge_id, NOW + MINUTE) == gone
    assert duplicates.suggested(store) == []
    again = duplicates.rejoin(store, kept, gone, NOW + 2 * MINUTE)
    assert whose(store, cases_of(store, kept)[0]) == kept
    one_person.unmerge(store, again, NOW + 3 * MINUTE)
    assert the_pair(store).ids == {kept, gone}, "a merge that is taken back leaves what was"


def test_small_steps_find_what_one_look_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(6):
        a_case(store, f"Dana Reyes{place}", f"+1 415 555 01{place // 2:02}", "Reyes")
    at_once = duplicates.suggested(store)
    monkeypatch.setattr(duplicates, "STEP", 1)
    assert duplicates.suggested(store) == at_once
    assert len(at_once) == 14, "all alike, but for the first and the last, who stand far apart"


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Dana Reyes", "Reyes, Dana", True),
        ("Dana Reyes", "D. Reyes", True),
        ("Dana Reyes", "DANA  RÉYES", True),
        ("Dana Reyes", "Dana Rayes", True),
        ("Łukasz Żak", "Lukasz Zak", True),
        ("Þór Ek", "Thor Ek", True),
        ("Dana Reyes", "Sam Reyes", False),
        ("Dana Reyes", "Dana Ortiz", False),
        ("D. R.", "Dana Reyes", False),
        ("Jan Li", "Jan Lu", False),
        ("王芳", "王芳", True),
        ("🦄", "🦄", True),
        ("", "", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, are: bool) -> None:
    assert alike(key(one), key(other)) is are
    assert alike(key(other), key(one)) is are


def test_the_merge_knows_what_it_moved(store: Store) -> None:
    kept = a_case(store, "Dana Reyes", "+1 415 555 0134")
    gone = a_case(store, "D. Reyes", "+1 415 555 0199")
    (case_id,) = cases_of(store, gone)
    one_person.merge(store, kept, gone, NOW)
    with store.reading() as session:
        (row,) = session.exec(select(CustomerMerge))
    assert case_id in row.moved
    assert (row.kept_id, row.gone_id, row.undone_at) == (kept, gone, None)
