"""A call that is made part of an earlier case brings what was said in it before, too."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from calmdesk.guide import happenings as h
from calmdesk.guide.afterwards import ExampleMarked
from calmdesk.guide.outcome import Outcome
from calmdesk.records import calls, examples, follow_through, people, post, register
from calmdesk.records.letter_rows import LetterCase
from calmdesk.records.store import Store
from tests.player import SAM, SATURDAY, ZONE

NOW = SATURDAY.astimezone(UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "calmdesk.db", ZONE)
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
    earlier = calls.join(store, third.contact, first.case, first.ref, NOW)
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
