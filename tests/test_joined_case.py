"""A call that is made part of an earlier case brings what was said in it before, too."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from calmdesk.errors import Refused
from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import Consulted, ExampleMarked
from calmdesk.guide.filters import Filter
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.records import (
    browse,
    calls,
    examples,
    follow_through,
    glances,
    people,
    post,
    register,
    tending,
)
from calmdesk.records.derived import Glance, SearchTodo
from calmdesk.records.letter_rows import LetterCase
from calmdesk.records.models import Case
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SAM, SATURDAY, ZONE

NOW = SATURDAY.astimezone(UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(opened, SAM.name, SAM.direct_line, SAM.email)
    yield opened
    opened.close()


class Ringing:
    """They ring: one call, in which things happen a minute after each other."""

    def __init__(self, store: Store, after: timedelta) -> None:
        self.store, self.at = store, NOW + after
        self.contact, self.case = store.new_id(self.at), store.new_id(self.at)
        answered = h.Answered("+1 415 555 0134")
        self.ref = calls.answer(store, self.contact, self.case, answered, self.at)

    def happen(self, *happenings: h.Happening) -> None:
        for happening in happenings:
            self.at += timedelta(minutes=1)
            calls.happen(self.store, self.contact, happening, self.at)

    def save(self, outcome: Outcome = Outcome.AGREED) -> None:
        self.happen(h.CallEnded(), h.Finished(outcome))


def first_call(store: Store, *happenings: h.Happening) -> Ringing:
    """A call that was cut off: somebody of ours is to ring them in the morning."""
    ringing = Ringing(store, -DAY)
    ringing.happen(*happenings, h.FollowUpSet("f1", NOW + 2 * DAY, "ring: the line went"))
    ringing.save(Outcome.CUT_OFF)
    return ringing


def letter(store: Store, case_id: str) -> LetterCase:
    return post.facts(store, case_id, NOW)


def test_a_task_of_another_call_is_no_part_of_what_they_agreed_to(store: Store) -> None:
    first = first_call(store)
    second = Ringing(store, -HOUR)
    second.happen(h.CaseJoined(first.case, first.ref))
    second.happen(h.FollowUpSet("f2", NOW + 3 * DAY), h.ReadBack("A new plate.", agreed=True))
    second.save()
    assert letter(store, first.case).follow_up_at == NOW + 3 * DAY


def test_a_deal_without_a_follow_up_announces_none_of_an_earlier_call(store: Store) -> None:
    first = first_call(store)
    second = Ringing(store, -HOUR)
    second.happen(h.CaseJoined(first.case, first.ref), h.ReadBack("A plate.", agreed=True))
    second.save()
    assert letter(store, first.case).follow_up_at is None


def test_a_letter_knows_what_was_said_and_agreed_before_the_call_was_joined(store: Store) -> None:
    first = first_call(store, h.BackSaid("The plate is late."))
    second = Ringing(store, -HOUR)
    second.happen(
        h.BackSaid("The new plate is scratched."),
        h.FollowUpSet("f2", NOW + 3 * DAY),
        h.ReadBack("A new plate.", agreed=True),
        h.CaseJoined(first.case, first.ref),
    )
    second.save()
    found = letter(store, first.case)
    assert (found.said_back, found.read_back) == ("The new plate is scratched.", "A new plate.")
    assert found.follow_up_at == NOW + 3 * DAY


def test_what_was_said_aloud_before_it_was_joined_is_said(store: Store) -> None:
    first = first_call(store, h.PhraseSaid("one", "acknowledge", "A weekend lost."))
    second = Ringing(store, -HOUR)
    second.happen(
        h.PhraseSaid("two", "acknowledge", "And told on the day."),
        h.CaseJoined(first.case, first.ref),
    )
    second.save()
    third = Ringing(store, -HOUR / 2)
    earlier = calls.join(store, third.contact, first.case, NOW)
    assert earlier.said == {"one", "two"}
    follow_through.happen(store, first.case, ExampleMarked(True), NOW)
    (example,) = examples.examples(store)
    assert example.said == ("A weekend lost.", "And told on the day.")


def test_a_calendar_counts_the_changes_from_before_it_was_joined(store: Store) -> None:
    first = first_call(store)
    second = Ringing(store, -HOUR)
    second.happen(
        h.Promised("p", "ring with the plate", NOW + DAY),
        h.PromiseChanged("p", "ring with the new plate", NOW + 2 * DAY),
        h.CaseJoined(first.case, first.ref),
    )
    second.save()
    (line,) = [it for it in register.dated(store, NOW) if it.line.id == "p"]
    assert line.changes == 1


# -- one after the other -----------------------------------------------------------------------


def listed(store: Store) -> list[str]:
    return [it.id for it in browse.page(store, Filter(), 0, NOW)]


def glances_agree(store: Store) -> bool:
    """Whether what lists see is what it would be, counted anew."""

    def seen() -> list[dict[str, object]]:
        with store.reading() as session:
            return [
                it.model_dump() for it in session.exec(select(Glance).order_by(col(Glance.case_id)))
            ]

    before = seen()
    with store.transaction() as session:
        glances.look_at_all(session)
    return before == seen()


def learnt(store: Store) -> set[str]:
    """What the search is to learn."""
    with store.reading() as session:
        return set(session.exec(select(SearchTodo.case_id)))


class Chain:
    """An old case, a call that is in wrap-up, and a second one that was made part of that one's
    case before it was found to be part of the old one."""

    def __init__(self, store: Store) -> None:
        self.old = first_call(store)
        self.one = Ringing(store, -3 * HOUR)
        self.one.happen(h.Noted("n1", Sign.SAYS, "the plate is late"), h.DeadlineNamed(NOW + DAY))
        self.one.happen(h.CallEnded(), h.Parked())
        self.two = Ringing(store, -2 * HOUR)
        calls.join(store, self.two.contact, self.one.case, self.two.at)
        self.two.happen(
            h.Noted("n2", Sign.SAYS, "and it is scratched"),
            h.Promised("p", "ring with the plate", NOW + DAY),
            h.HelpAsked(),
        )
        consulted = Consulted("k", "dispatch", "when can it be there?")
        follow_through.happen(store, self.one.case, consulted, NOW - 2 * HOUR)
        tending.build(store)
        calls.join(store, self.one.contact, self.old.case, NOW - HOUR)


def test_a_case_that_steps_back_takes_all_it_has_along(store: Store) -> None:
    chain = Chain(store)
    old, one, two = chain.old, chain.one, chain.two
    assert learnt(store) == {old.case, one.case}
    two.save()
    one.happen(h.Finished(Outcome.AGREED))
    assert listed(store) == [old.case]
    for wanted in (old.ref, one.ref, two.ref):
        whole = browse.whole(store, wanted, NOW)
        assert whole.line.id == old.case
        assert len(whole.contacts) == 3
        assert {it["text"] for it in whole.notes} >= {"the plate is late", "and it is scratched"}
        assert [it["id"] for it in whole.promises] == ["p"]
        assert [it["id"] for it in whole.consults] == ["k"]
        assert whole.deadline_at == NOW + DAY
        kinds = [it.kind for it in whole.journal]
        assert (kinds.count("answered"), kinds.count("consulted")) == (3, 1)
        assert post.facts(store, wanted, NOW).ref == old.ref
    assert glances_agree(store)
    with store.reading() as session:
        parts = session.exec(select(Case.joined_to).where(Case.joined_to != "")).all()
        assert set(parts) == {old.case}


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
def test_a_call_that_goes_over_with_its_case_goes_on_there(store: Store, again: bool) -> None:
    chain = Chain(store)
    old, two = chain.old, chain.two
    if again:
        store.calls.clear()
    two.happen(h.Noted("n3", Sign.SAYS, "call me tomorrow"), h.ReadBack("A plate.", agreed=True))
    opened = calls.unfinished(store, two.contact)
    assert opened is not None
    assert (opened.call.case_id, opened.call.ref) == (old.case, old.ref)
    two.save()
    whole = browse.whole(store, old.case, NOW)
    assert "call me tomorrow" in {it["text"] for it in whole.notes}
    assert whole.read_back == "A plate."
    assert listed(store) == [old.case]
    assert glances_agree(store)


def test_a_case_that_stepped_back_meanwhile_is_the_one_it_is_part_of(store: Store) -> None:
    chain = Chain(store)
    third = Ringing(store, -HOUR / 2)
    earlier = calls.join(store, third.contact, chain.one.case, NOW)
    assert (earlier.case_id, earlier.ref) == (chain.old.case, chain.old.ref)
    with pytest.raises(Refused, match="one already"):
        calls.join(store, third.contact, chain.two.case, NOW)
    third.save()
    opened = calls.ring(store, "back", chain.one.case, "", NOW)
    assert opened is not None
    assert opened.call.case_id == chain.old.case
    noted = h.Noted("n4", Sign.FACT, "found in the yard", "dispatch")
    follow_through.happen(store, chain.one.case, noted, NOW)
    whole = browse.whole(store, chain.old.case, NOW)
    assert "n4" in {it["id"] for it in whole.notes}
    assert len(whole.contacts) == 5
    assert glances_agree(store)
