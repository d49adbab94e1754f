"""The coach's records: what was learned, what was chosen, what is known to be wrong."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide import happenings as h
from calmdesk.guide.filters import Filter
from calmdesk.guide.learned import Learned, in_words, learn, reach, telling, wilson
from calmdesk.guide.stages import Stage
from calmdesk.records import browse, calls, coaching, people
from calmdesk.records.ids import new_id
from calmdesk.records.reading import as_json
from calmdesk.records.store import Store
from tests.made_once import fresh

NOW = datetime(2026, 11, 21, 19, 2, tzinfo=UTC)
PRIVATE = "I am good at this, and it is not about me"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(fresh(tmp_path / "calmdesk.db"))
    yield store
    store.close()


def said(phrase: str) -> h.PhraseSaid:
    return h.PhraseSaid(phrase, "acknowledge", "I see.")


def live(store: Store, *happenings: h.Happening) -> None:
    """One call in which this happened, a second between each."""
    contact_id = new_id(NOW)
    calls.answer(store, contact_id, new_id(NOW), h.Answered(), NOW)
    for second, happening in enumerate(happenings, 1):
        calls.happen(store, contact_id, happening, NOW + timedelta(seconds=second))


# -- what was learned ---------------------------------------------------------------------------


def test_a_phrase_is_measured_by_the_mark_before_it_and_the_next_one_after(store: Store) -> None:
    live(store, h.HeatMarked(4), said("see"), h.HeatMarked(2), h.HeatMarked(5))
    live(store, h.HeatMarked(4), said("see"), h.HeatMarked(4, cold=True), h.HeatMarked(1))
    live(store, h.HeatMarked(4), said("see"))
    live(store, said("see"), h.HeatMarked(3))
    assert coaching.learned(store) == {"see": Learned(4, 2, 1, 1.0, Stage.LISTEN)}


def test_what_is_usual_is_the_stage_it_was_said_in(store: Store) -> None:
    acknowledge = h.StageEntered(Stage.ACKNOWLEDGE)
    live(store, acknowledge, h.HeatMarked(4), said("see"), said("sorry"), h.HeatMarked(3))
    live(store, acknowledge, h.HeatMarked(4), said("sorry"), h.HeatMarked(4))
    live(store, h.HeatMarked(4), h.CallEnded(), said("bye"), h.HeatMarked(1))
    learned = coaching.learned(store)
    assert learned["see"].usual == pytest.approx(2 / 3)
    assert learned["sorry"].usual == pytest.approx(4 / 3)
    assert learned["sorry"].stage is Stage.ACKNOWLEDGE
    assert learned["bye"] == Learned(1, 1, 1, 1.0, Stage.WRAP_UP)


def test_a_phrase_of_two_stages_is_held_against_both(store: Store) -> None:
    live(store, h.HeatMarked(4), said("see"), h.HeatMarked(3))
    live(store, h.StageEntered(Stage.AGREE), h.HeatMarked(4), said("see"), h.HeatMarked(5))
    assert coaching.learned(store)["see"] == Learned(2, 2, 1, 1.0, None)


def test_an_entry_of_a_newer_calmdesk_disturbs_nothing(store: Store) -> None:
    live(store, h.HeatMarked(4), said("see"), h.HeatMarked(3))
    with sqlite3.connect(store.file) as connection:
        connection.execute(
            "UPDATE event SET payload = replace(payload, '{', '{\"more\":1,') WHERE kind LIKE 'ph%'"
        )
    connection.close()
    assert coaching.learned(store)["see"].fell == 1


HAPPENINGS = st.one_of(
    st.builds(said, st.sampled_from("abc")),
    st.builds(h.HeatMarked, st.integers(1, 5), st.booleans()),
    st.builds(h.StageEntered, st.sampled_from(Stage)),
    st.just(h.CallEnded()),
    st.just(h.CallWentOn()),
    st.just(h.Heard()),
)


def counted_by_hand(lives: list[list[h.Happening]], phrase: str) -> tuple[int, int, int]:
    """Said, marked and fell of one phrase: each saying on its own, looking back and ahead."""
    times = marked = fell = 0
    for life in lives:
        for place, it in enumerate(life):
            if not isinstance(it, h.PhraseSaid) or it.phrase != phrase:
                continue
            before = [m.level for m in life[:place] if isinstance(m, h.HeatMarked)]
            after = [m.level for m in life[place:] if isinstance(m, h.HeatMarked)]
            times += 1
            marked += bool(before and after)
            fell += bool(before and after and after[0] < before[-1])
    return times, marked, fell


@given(st.lists(st.lists(HAPPENINGS, max_size=12), max_size=6))
def test_the_counts_are_those_that_a_hand_would_count(lives: list[list[h.Happening]]) -> None:
    found = learn((str(call), it) for call, life in enumerate(lives) for it in life)
    for phrase in "abc":
        learned = found.get(phrase, Learned())
        assert (learned.said, learned.marked, learned.fell) == counted_by_hand(lives, phrase)
    everything = sum(learned.usual for learned in found.values())
    assert everything == pytest.approx(sum(learned.fell for learned in found.values()))


@settings(max_examples=15)
@given(lives=st.lists(st.lists(HAPPENINGS, max_size=8), max_size=4))
def test_the_journal_on_disk_teaches_the_same(
    lives: list[list[h.Happening]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store.open(fresh(tmp_path_factory.mktemp("learned") / "calmdesk.db"))
    for life in lives:
        live(store, *life)
    found = coaching.learned(store)
    store.close()
    for phrase in "abc":
        learned = found.get(phrase, Learned())
        assert (learned.said, learned.marked, learned.fell) == counted_by_hand(lives, phrase)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    """The worked examples of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=0.0001)


def test_counts_say_no_more_than_they_can() -> None:
    stage = Stage.ACKNOWLEDGE
    assert in_words(Learned()) == "not said yet"
    assert in_words(Learned(1, 1, 1, 0.5, stage)) == "said once; too few to tell"
    assert telling(Learned(9, 4, 4, 0.1, stage)) == "too few to tell"
    assert in_words(Learned(41, 38, 29, 30.2, stage)) == (
        "said 41 times; heat fell after 29 of 38 marked (23 to 34 by chance), "
        "usual for Acknowledge: 30; no telling difference"
    )
    assert telling(Learned(50, 50, 45, 25.0, stage)) == "more than usual"
    assert telling(Learned(50, 50, 5, 25.0, stage)) == "less than usual"
    assert "usual for its stages: 25" in in_words(Learned(50, 50, 5, 25.0, None))


@given(st.integers(5, 400), st.data())
def test_what_is_told_agrees_with_the_numbers_beside_it(marked: int, data: st.DataObject) -> None:
    fell = data.draw(st.integers(0, marked))
    learned = Learned(marked, marked, fell, data.draw(st.floats(0, marked)), Stage.LISTEN)
    low, high = reach(learned)
    assert 0 <= low <= fell <= high <= marked
    inside = low <= round(learned.usual) <= high
    assert (telling(learned) == "no telling difference") is inside


# -- what was chosen ----------------------------------------------------------------------------


def test_a_phrase_is_pinned_muted_and_left_alone_again(store: Store) -> None:
    assert coaching.choices(store) == {}
    coaching.choose(store, "see", "pinned", NOW)
    coaching.choose(store, "sorry", "muted", NOW)
    coaching.choose(store, "see", "muted", NOW)
    assert coaching.choices(store) == {"see": "muted", "sorry": "muted"}
    coaching.choose(store, "see", "", NOW)
    coaching.choose(store, "never chosen", "", NOW)
    assert coaching.choices(store) == {"sorry": "muted"}


def test_a_choice_is_its_agents_alone(store: Store) -> None:
    coaching.choose(store, "see", "pinned", NOW)
    with sqlite3.connect(store.file) as connection:
        connection.execute(
            "INSERT INTO agent SELECT 'kim', 'Kim', '', '', created_at, '', NULL FROM agent"
        )
    connection.close()
    sam, store.me = store.me, "kim"
    assert coaching.choices(store) == {}
    coaching.choose(store, "see", "muted", NOW)
    store.me = sam
    assert coaching.choices(store) == {"see": "pinned"}


# -- known issues -------------------------------------------------------------------------------


def test_an_issue_stands_until_its_time_or_its_end(store: Store) -> None:
    people.introduce(store, "Kim Adeyemi", "", "")
    until = NOW + timedelta(hours=2)
    late = coaching.announce(store, "late_delivery", "A van broke down.", until, NOW)
    down = coaching.announce(store, "outage", "The line is down.", until, NOW + timedelta(1 / 48))
    assert coaching.known_issues(store, NOW) == (down, late), "the latest first"
    assert late.agent == "Kim Adeyemi"
    coaching.end_issue(store, down.id, NOW)
    assert coaching.known_issues(store, NOW) == (late,)
    assert coaching.known_issues(store, until - timedelta(seconds=1)) == (late,)
    assert coaching.known_issues(store, until) == ()


def test_ending_an_issue_keeps_it_and_its_first_end(store: Store) -> None:
    issue = coaching.announce(store, "outage", "Down.", NOW + timedelta(hours=1), NOW)
    coaching.end_issue(store, issue.id, NOW + timedelta(minutes=5))
    coaching.end_issue(store, issue.id, NOW + timedelta(minutes=9))
    with sqlite3.connect(store.file) as connection:
        (row,) = connection.execute("SELECT sentence, ended_at FROM known_issue").fetchall()
    connection.close()
    assert row[0] == "Down."
    assert str(row[1]).startswith("2026-11-21 19:07")


def test_an_issue_belongs_to_calls_of_its_category_before_its_time(store: Store) -> None:
    issue = coaching.announce(store, "outage", "Down.", NOW + timedelta(hours=1), NOW)
    assert issue.stands(NOW, "outage")
    assert issue.stands(NOW, "Outage")
    assert not issue.stands(NOW, "billing")
    assert not issue.stands(NOW, "")
    assert not issue.stands(NOW + timedelta(hours=1), "outage")


def test_what_one_calmdesk_announces_another_on_the_same_file_reads(store: Store) -> None:
    other = Store.open(store.file)
    issue = coaching.announce(other, "outage", "Down.", NOW + timedelta(hours=1), NOW)
    assert coaching.known_issues(store, NOW) == (issue,)
    coaching.end_issue(store, issue.id, NOW)
    assert coaching.known_issues(other, NOW) == ()
    other.close()


def test_a_hostile_sentence_is_kept_as_one_plain_line(store: Store) -> None:
    nasty = "Down [/b]\x1b[2J\nsince \u202enoon"
    issue = coaching.announce(store, "outage", nasty, NOW + timedelta(hours=1), NOW)
    assert issue.sentence == "Down [/b][2J since noon"
    assert coaching.known_issues(store, NOW) == (issue,)


# -- the agent's own line -----------------------------------------------------------------------


def test_the_own_line_is_kept_and_stays_when_it_is_not_asked_for(store: Store) -> None:
    people.introduce(store, "Sam", "1", "s@x", PRIVATE)
    assert people.me(store).own_line == PRIVATE
    people.introduce(store, "Sam", "2", "s@x")
    assert people.me(store).own_line == PRIVATE
    people.introduce(store, "Sam", "2", "s@x", "")
    assert people.me(store).own_line == ""


def test_the_own_line_and_the_moments_are_in_no_list_and_no_export(store: Store) -> None:
    me = people.introduce(store, "Sam", "1", "s@x", PRIVATE)
    contact_id = new_id(NOW)
    calls.answer(store, contact_id, new_id(NOW), h.Answered(), NOW)
    calls.moment(store, contact_id, "shaken", NOW)
    calls.happen(store, contact_id, h.HeatMarked(4), NOW)
    (line,) = browse.page(store, Filter(), 0, NOW)
    whole = browse.whole(store, line.id, NOW)
    board = browse.board(store, NOW, NOW, NOW)
    shown = f"{line} {whole} {board} {as_json(whole, None)} {me}"
    assert PRIVATE not in shown
    assert "shaken" not in shown


HOUSE = Path(__file__).parent.parent / "calmdesk"
PRIVATE_WORDS = ("own_line", "Moment", "PhraseChoice", "phrase_choice", "ebrief")


@pytest.mark.parametrize(
    "file", ["records/browse.py", "records/reading.py", "records/reporting.py", "commands.py"]
)
def test_what_lists_and_exports_does_not_know_the_agents_own(file: str) -> None:
    text = (HOUSE / file).read_text(encoding="utf-8")
    assert [word for word in PRIVATE_WORDS if word in text] == []
