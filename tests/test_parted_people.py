"""Two customers who are made one person at one laptop, or parted there, are so at the other."""

from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.guide import happenings as h
from calmdesk.records import customers, follow_through, identity, one_person, people
from calmdesk.records.customer_rows import Person
from calmdesk.records.derived import Glance, SearchTodo
from calmdesk.records.glances import look_at_all
from calmdesk.records.models import Case, Customer, CustomerMerge
from calmdesk.records.store import Store
from tests.two_desks import NOW, SECOND, a_call, bring, broken, desk, shared

HOUR = timedelta(hours=1)
DANA, BO = "+1 415 555 0134", "+1 415 555 0199"


def whose(store: Store, case_id: str) -> str:
    with store.reading() as session:
        return session.get_one(Case, case_id).customer_id or ""


def dana_and_bo(store: Store) -> tuple[str, str]:
    """A case each of two customers. Returns the ids of the cases."""
    dana, _ = a_call(store, h.CallerNamed("Dana Reyes", "", DANA))
    bo, _ = a_call(store, h.CallerNamed("Bo Lind", "Lind Ltd", BO), at=NOW + SECOND)
    return dana, bo


def person(store: Store, case_id: str) -> Person:
    return customers.customer(store, whose(store, case_id), NOW).person


def rings(store: Store, number: str) -> list[str]:
    """Who calls from a number, by name."""
    return [it.caller.name for it in people.who_calls(store, number, "", "", NOW)]


def agree(*stores: Store) -> None:
    """All hold the same, and what lists see of it is what the rows say."""
    for store in stores:
        assert shared(store) == shared(stores[0])
        assert broken(store) == []
        with store.transaction() as session:
            seen = {it.case_id: it.model_dump() for it in session.exec(select(Glance))}
            look_at_all(session)
            assert {it.case_id: it.model_dump() for it in session.exec(select(Glance))} == seen


@pytest.mark.parametrize("known_before", [False, True])
def test_what_was_made_one_and_parted_here_is_so_there(
    known_before: bool, sam: Store, ana: Store
) -> None:
    dana, bo = dana_and_bo(sam)
    if known_before:
        bring(ana, sam)
    merge_id = one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    bring(ana, sam)
    assert whose(ana, bo) == whose(ana, dana)
    assert person(ana, dana).names == ("Bo Lind",)
    assert sorted(person(ana, dana).numbers) == [DANA, BO]
    assert rings(ana, BO) == ["Dana Reyes"]
    agree(sam, ana)
    one_person.unmerge(sam, merge_id, NOW + 2 * HOUR)
    with ana.transaction() as session:
        for it in session.exec(select(SearchTodo)).all():
            session.delete(it)
    assert bring(ana, sam).taken.newer >= 1
    assert (person(ana, dana).names, person(ana, dana).numbers) == ((), (DANA,))
    assert (person(ana, bo).name, person(ana, bo).numbers) == ("Bo Lind", (BO,))
    assert (rings(ana, DANA), rings(ana, BO)) == (["Dana Reyes"], ["Bo Lind"])
    with ana.reading() as session:
        assert {dana, bo} <= set(session.exec(select(SearchTodo.case_id)))
    agree(sam, ana)
    before = shared(ana)
    assert not bring(ana, sam).taken.anything
    assert not bring(sam, ana).taken.anything
    assert shared(ana) == before == shared(sam)


def test_who_was_made_one_elsewhere_can_be_parted_here(sam: Store, ana: Store) -> None:
    dana, bo = dana_and_bo(sam)
    one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    bring(ana, sam)
    (merged,) = customers.customer(ana, whose(ana, dana), NOW).merged
    assert (merged.agent, merged.cases) == ("Sam Ortiz", 1)
    one_person.unmerge(ana, merged.merge_id, NOW + 2 * HOUR)
    bring(sam, ana)
    assert (person(sam, dana).names, person(sam, bo).numbers) == ((), (BO,))
    agree(sam, ana)
    assert not bring(ana, sam).taken.anything
    one_person.merge(sam, whose(sam, bo), whose(sam, dana), NOW + 3 * HOUR)
    bring(ana, sam)
    assert person(ana, dana).name == "Bo Lind"
    agree(sam, ana)


def test_a_case_that_went_on_here_goes_to_whom_it_went_there(sam: Store, ana: Store) -> None:
    dana, bo = dana_and_bo(sam)
    merge_id = one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    bring(ana, sam)
    one_person.unmerge(sam, merge_id, NOW + 2 * HOUR)
    follow_through.happen(ana, bo, f.CauseFound("plates"), NOW + 3 * HOUR)
    bring(ana, sam)
    assert person(ana, bo).name == "Bo Lind"
    bring(sam, ana)
    agree(sam, ana)


def test_what_comes_of_one_who_is_another_here_is_the_others(
    sam: Store, ana: Store, tmp_path: Path
) -> None:
    dana, bo = dana_and_bo(sam)
    eve, _ = a_call(sam, h.CallerNamed("Eve Adler", "", "+1 415 555 0177"), at=NOW + 2 * SECOND)
    bring(ana, sam)
    one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    one_person.merge(sam, whose(sam, eve), whose(sam, dana), NOW + HOUR + SECOND)
    at = NOW + 2 * HOUR
    later, _ = a_call(
        ana, h.CallerNamed("Bo Lind", "", BO), h.CallerNamed(number="+49 40 1"), at=at
    )
    assert whose(ana, later) == whose(ana, bo)
    with desk(tmp_path / "kim" / "calmdesk.db", "Kim Adeyemi") as kim:
        bring(kim, ana)
        for store in (sam, kim):
            bring(store, ana)
            bring(store, sam)
            assert whose(store, later) == whose(store, eve)
            assert "+49 40 1" in person(store, eve).numbers
        bring(ana, kim)
        agree(sam, ana, kim)
        assert not bring(sam, kim).taken.anything


def test_two_who_were_made_one_at_both_desks_each_the_other_way_are_one(
    sam: Store, ana: Store
) -> None:
    dana, bo = dana_and_bo(sam)
    bring(ana, sam)
    one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    one_person.merge(ana, whose(ana, bo), whose(ana, dana), NOW + 2 * HOUR)
    bring(sam, ana)
    bring(ana, sam)
    bring(sam, ana)
    agree(sam, ana)
    assert person(sam, bo).name == "Dana Reyes"
    (merged,) = customers.customer(sam, whose(sam, dana), NOW).merged
    one_person.unmerge(sam, merged.merge_id, NOW + 3 * HOUR)
    bring(ana, sam)
    agree(sam, ana)
    assert (person(ana, dana).name, person(ana, bo).name) == ("Dana Reyes", "Bo Lind")


def test_a_merge_that_cannot_be_read_is_refused(sam: Store, ana: Store) -> None:
    dana, bo = dana_and_bo(sam)
    one_person.merge(sam, whose(sam, dana), whose(sam, bo), NOW + HOUR)
    with sam.transaction() as session:
        session.exec(select(CustomerMerge)).one().moved = '{"cases": [3]}'
    assert bring(ana, sam).taken.refused == 2
    assert shared(ana)["case"] == {}


def test_one_who_is_said_to_be_themselves_is_found(sam: Store) -> None:
    dana, _ = dana_and_bo(sam)
    with sam.transaction() as session:
        session.get_one(Customer, whose(sam, dana)).merged_into = whose(sam, dana)
    themselves = whose(sam, dana)
    with sam.reading() as session:
        assert identity.root(session, themselves) == themselves


STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(("bring", "merge", "part")), st.integers(0, 5)),
    max_size=9,
)
PAIRS = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))


@given(steps=STEPS)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_both_come_to_the_same_whoever_is_made_one_with_whom(
    steps: list[tuple[int, str, int]],
) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        names = ("Sam Ortiz", "Ana Lindqvist")
        desks = [stack.enter_context(desk(folder / n / "calmdesk.db", n)) for n in names]
        for n, name in enumerate(("Dana", "Bo", "Eve")):
            a_call(desks[0], h.CallerNamed(name, "", f"+1 415 555 010{n}"), at=NOW + n * SECOND)
        bring(desks[1], desks[0])
        for n, (which, deed, number) in enumerate(steps, 1):
            store, at = desks[which], NOW + n * HOUR
            with store.reading() as session:
                three = sorted(session.exec(select(Customer.id)))
                standing = session.exec(
                    select(CustomerMerge.id).where(col(CustomerMerge.undone_at).is_(None))
                ).all()
            with suppress(Refused):
                if deed == "bring":
                    bring(store, desks[1 - which])
                elif deed == "merge":
                    kept, gone = PAIRS[number]
                    one_person.merge(store, three[kept], three[gone], at)
                elif standing:
                    one_person.unmerge(store, sorted(standing)[number % len(standing)], at)
            for other in desks:
                with other.reading() as session:
                    assert all(identity.root(session, it) for it in three)
        for which in (0, 1, 0):
            bring(desks[which], desks[1 - which])
        rows = [shared(it) for it in desks]
        for part in ("customer_number", "customer_merge", "case"):
            assert rows[0][part] == rows[1][part]
        assert not bring(desks[0], desks[1]).taken.anything
        assert not bring(desks[1], desks[0]).taken.anything
