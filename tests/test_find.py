"""Find: every word of every case, as it is typed, however it is spelt."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calmdesk.clock import HandClock
from calmdesk.errors import Interrupted
from calmdesk.guide import happenings as h
from calmdesk.guide.english.filter_among_words import filter_among
from calmdesk.guide.english.typed_filter import FilterWords
from calmdesk.guide.filters import Filter
from calmdesk.guide.folding import folded, tokens
from calmdesk.guide.looked_for import sought
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, calls, candidates, debriefs, people, post, search, tending
from calmdesk.records.call_rows import KeptDraft
from calmdesk.records.full_text.writing import misplaced
from calmdesk.records.models import Case, CustomerName, Review
from calmdesk.records.outdated import words_of
from calmdesk.records.people_rows import LookedBack
from calmdesk.records.search_rows import Found
from calmdesk.records.store import Store
from calmdesk.words import clean
from tests.made_once import demo, fresh
from tests.player import SATURDAY, ZONE
from tests.test_migrations import fill, old_database

NOW = SATURDAY
MINUTE = timedelta(minutes=1)
EVERYTHING = Filter()
SLOW = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def a_case(
    store: Store, name: str, *notes: str, number: str = "", minutes: int = 0, company: str = ""
) -> str:
    """A call with some notes, so many minutes after now. Returns the id of its case."""
    at = NOW + minutes * MINUTE
    contact, case = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case, h.Answered(number), at)
    happenings: list[h.Happening] = [h.CallerNamed(name, company, number)]
    happenings += [h.Noted(store.new_id(at), Sign.SAYS, note) for note in notes]
    for happening in [*happenings, h.CallEnded(), h.Finished(Outcome.AGREED)]:
        calls.happen(store, contact, happening, at)
    return case


def tended(store: Store) -> Store:
    """The same, with the search brought up to it."""
    while tending.tend(store, 1.0):
        pass
    return store


def found(store: Store, text: str, chosen: Filter = EVERYTHING) -> Found:
    return search.find(tended(store), text, chosen, NOW)


def names(store: Store, text: str, chosen: Filter = EVERYTHING) -> list[str]:
    """Whose cases are found, the best first."""
    return [row.line.customer for row in found(store, text, chosen).rows]


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Özge YILMAZ, Łódź", "ozge yilmaz lodz"),
        ("Straße Dvořák São", "strasse dvorak sao"),
        ("O'Hara e-mail", "hara ohara mail email"),
        ("CD-261121-7F3K", "cd 261121 7f3k"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("أحمد مُحَمَّد", "احمد محمد"),
        ("٤٤٧١", "4471"),
        ("e\u0301te\u0301", "ete"),
        ("😀 -- !?", ""),
    ],
)
def test_words_are_compared_without_what_people_leave_out(text: str, words: str) -> None:
    assert folded(text) == words


@SLOW
@given(st.text())
def test_a_text_is_compared_by_its_words_whichever_way_they_are_read(text: str) -> None:
    words = folded(text)
    assert words.split() == [token.word for token in tokens(text)]
    assert "\n" not in words
    assert all(text[it.start : it.end].strip() for it in tokens(text))


# -- any text ---------------------------------------------------------------------------------

ODD = [
    "",
    " ",
    "\0",
    '"',
    '""" AND ( NEAR/',
    "who: OR said:*",
    "a* b^ -c {who}: 'x'",
    "%_\\",
    "😀👩‍👩‍👧",
    "....,,,;;",
    "\ud800",
    "dana\0flyers",
    "x" * 100_000,
    "flyers due friday " * 6_000,
    "٤٤٧١ ۱۲۳ ½ ﷺ",
    "+" * 500 + "1 " * 500,
    "ก็" * 3_000,
    "(0)(0)00000",
]


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("heat:hot menus", Filter(heat="hot"), "menus"),
        ('menus Status:OPEN about:"late plates"', Filter(status="open", category="late"), "menus"),
        ("agent:", Filter(), "agent:"),
        ("http://x heat:warm note:hot re:menus", Filter(), "http://x heat:warm note:hot re:menus"),
        ('"it said heat:hot" menus', Filter(), '"it said heat:hot" menus'),
        ("but not heat:hot menus", Filter(), "but not heat:hot menus"),
        ("heat:hot heat:3", Filter(heat="hot"), "heat:3"),
        ("cost:99999999999999999999", Filter(), "cost:99999999999999999999"),
        ("agent:\ud800", Filter(), "agent:\ud800"),
        (f"agent:{'x' * 900}", Filter(), f"agent:{'x' * 900}"),
    ],
)
def test_a_filter_that_is_understood_stands_among_the_words(
    text: str, meant: Filter, rest: str
) -> None:
    chosen, left, _ = filter_among(text, FilterWords({"late": "late plates"}))
    assert (chosen, left.strip()) == (meant, rest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("heat:ho menus", "heat: “ho” is not known; write hot, none or 1 to 5."),
        ("agent: menus", "agent: what? Write it right behind the colon."),
        ("heat:hot heat:3", "heat: is there twice; one of them is enough."),
        ("heat:hot http://x re:menus heat", ""),
        ('"heat:ho"', ""),
        (f"heat:{'x' * 900}", ""),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_and_looked_for_as_it_stands(
    text: str, said: str
) -> None:
    assert filter_among(text, FilterWords()).unread == said


def test_words_are_looked_for_in_the_filter_among_them(store: Store) -> None:
    case = a_case(store, "Dana Reyes", "menus")
    a_case(store, "Ana Kos", "menus", minutes=1)
    assert names(store, "menus", Filter(until=NOW + MINUTE)) == ["Dana Reyes"]
    (row,) = search.find(store, "", Filter(until=NOW + MINUTE), NOW, filtered=True).rows
    assert (row.line.id, row.passage) == (case, row.line.ref)
    assert search.find(store, "", EVERYTHING, NOW, filtered=True).total == 2


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_whatever_is_pasted_is_a_search(text: str, store: Store) -> None:
    a_case(store, "Dana Reyes", "flyers were due friday", clean(text))
    assert isinstance(found(store, text), Found)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for many examples."""
    store = Store.open(fresh(tmp_path_factory.mktemp("find") / "calmdesk.db"), ZONE)
    a_case(store, "Dana Reyes", "flyers were due friday", number="+1 415 555 0134")
    tended(store)
    yield store
    store.close()


@SLOW
@given(st.text(max_size=200))
def test_any_text_is_a_search(shared: Store, text: str) -> None:
    search.find(shared, text, EVERYTHING, NOW)
    search.find(shared, text, Filter(agent="Sam"), NOW)


PAIRS = st.tuples(
    st.sampled_from(["agent", "about", "cause", "cost", "heat", "promise", "repeat", "worse"]),
    st.text(max_size=30) | st.sampled_from(["hot", "late", "yes", "any", ">50", '"late plates"']),
)


@SLOW
@given(st.lists(st.text(max_size=20) | PAIRS.map(":".join), max_size=5).map(" ".join))
def test_any_text_with_filters_in_it_is_a_search(shared: Store, text: str) -> None:
    chosen, left, _ = filter_among(text, FilterWords({"late": "late plates"}))
    search.find(shared, left, chosen, NOW)
    search.find(shared, "", chosen, NOW, filtered=True)


ALPHABET = "abcdefghijklmnopqrstuvwxyzäöüßçéşığåñłøжшяαβγשלأحمد東京語"


@SLOW
@given(st.text(ALPHABET, min_size=2, max_size=14), st.data())
def test_an_inserted_word_is_found_by_itself_its_beginning_and_with_a_letter_wrong(
    shared: Store, word: str, data: st.DataObject
) -> None:
    case = a_case(shared, "", f"they said {word} twice", minutes=1)
    (plain, *_) = sought(word)

    def finds(text: str) -> bool:
        # newest first among equals, and all that is alike is among the first two hundred
        return case in [row.line.id for row in found(shared, text).rows]

    assert finds(word)
    assert finds(f"{word} twice")
    if len(plain.words) == 1:
        assert finds(word[: data.draw(st.integers(2, len(word)))])
        if len(plain.words[0]) >= 5 and plain.words[0].isalpha():
            folded_word = plain.words[0]
            at = data.draw(st.integers(0, len(folded_word) - 1))
            assert finds(folded_word[:at] + "q" + folded_word[at + 1 :] + " ")


# -- what is found ----------------------------------------------------------------------------


def test_every_field_of_a_case_is_found(store: Store) -> None:
    case = a_case(store, "Dana Reyes", "the plate failed", company="Reyes Dance School")
    contact = store.new_id(NOW)
    calls.ring(store, contact, case, "", NOW)
    for happening in (
        h.AskPut("wants the brochures"),
        h.Noted("n9", Sign.STAKE, "leaving for good"),
        h.Offered("o1", "a courier tonight"),
        h.Promised("p1", "ring with the tracking", NOW + MINUTE),
        h.ReadBack("so: courier, tonight", agreed=True),
        h.Summed("settled kindly"),
        h.CategoryChosen("late_delivery"),
        h.CallEnded(),
        h.Finished(Outcome.AGREED),
    ):
        calls.happen(store, contact, happening, NOW)
    for word in (
        *("dana", "reyes", "dance school", "plate", "brochures", "leaving", "courier", "tracking"),
        *("tonight", "kindly", "delivery", "late"),
    ):
        assert [row.line.id for row in found(store, word).rows] == [case], word


@pytest.mark.parametrize("signs", ["7F3K", "012A", "0123", "A012"])
def test_a_case_is_found_by_its_reference_and_any_part_of_it(signs: str, store: Store) -> None:
    case, ref = a_case(store, "Dana Reyes"), f"CD-261121-{signs}"
    a_case(store, "Bo Lind")
    with store.transaction() as session:
        session.get_one(Case, case).ref = ref
        words_of(session, [case])
    tending.build(store)
    for typed in (ref, ref.lower(), ref[3:], ref[-4:], ref[:-1], ref.replace("-", " ")):
        rows = found(store, typed).rows
        assert rows[0].line.id == case, typed


PHONES = {
    "+1 415 555 0134": [
        "+1 415 555 0134",
        "(415) 555-0134",
        "415.555.0134",
        "001 415 555 0134",
        "5550134",
        "555-0134",
        "0134",
        "14155550134",
        "415 555",
        "+1 415",
    ],
    "+44 20 7946 0018": [
        "020 7946 0018",
        "0044 20 7946 0018",
        "+44 (0)20 7946 0018",
        "79460018",
        "0207946",
        "+442079",
    ],
    "020 7946 0018": ["+44 20 7946 0018", "0044 20 79460018", "7946 0018", "020 79"],
    "555 0134": ["+1 415 555 0134", "5550134", "555 01"],
}


@pytest.mark.parametrize("written", PHONES)
def test_a_number_is_found_in_any_spelling(written: str, store: Store) -> None:
    a_case(store, "Dana Reyes", number=written)
    a_case(store, "Bo Lind", number="+49 30 1234567")
    a_case(store, "Cy Moss", f"ring the shop at {written}, not here")
    for typed in PHONES[written]:
        assert set(names(store, typed)) == {"Dana Reyes", "Cy Moss"}, typed


def test_a_number_with_a_word_beside_it_finds_what_has_both(store: Store) -> None:
    a_case(store, "Dana Reyes", "flyers", number="+1 415 555 0134")
    a_case(store, "Dana Reyes", "posters", number="+1 415 555 0134")
    rows = found(store, "posters 415 555 0134").rows
    assert [row.passage for row in rows[:1]] == ["posters"]
    assert len(rows) == 1


def test_order_numbers_are_found_as_they_are_typed(store: Store) -> None:
    a_case(store, "Dana Reyes", "order 4471 and order 4472-B are late")
    for typed in ("4471", "447", "#4471", "4472", "4472-b", "4471 4472", "order 44"):
        assert names(store, typed) == ["Dana Reyes"], typed
    assert names(store, "4479") == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Özge Yılmaz", "ozge yilmaz"),
        ("Ozge Yilmaz", "Özge YILMAZ"),
        ("Miriam O'Hara", "ohara"),
        ("Miriam O'Hara", "hara"),
        ("Łukasz Wójcik", "lukasz wojc"),
        ("山田太郎", "太郎"),
        ("山田太郎", "山"),
        ("สมชาย ใจดี", "ใจดี"),
        ("أحمد محمد", "احمد"),
        ("김민수", "김민수"),
        ("Ελένη Παπά", "ελενη"),
        ("Андрей Ёлкин", "елкин"),
    ],
)
def test_names_of_any_script_are_found(written: str, typed: str, store: Store) -> None:
    a_case(store, written)
    a_case(store, "Bo Lind")
    assert names(store, typed) == [written]


def test_signs_without_spaces_must_stand_side_by_side(store: Store) -> None:
    a_case(store, "A", "東京に行く")
    a_case(store, "B", "京都は東")
    assert names(store, "東京") == ["A"]


def test_words_in_quotation_marks_stand_side_by_side(store: Store) -> None:
    a_case(store, "A", "the plate failed on tuesday")
    a_case(store, "B", "it failed: no plate")
    assert set(names(store, "plate failed")) == {"A", "B"}
    assert names(store, '"plate failed"') == ["A"]
    assert names(store, "“plate failed”") == ["A"]


def test_a_misspelt_word_is_taken_for_one_that_is_there(store: Store) -> None:
    a_case(store, "Dana Reyes", "the flyers, again")
    for typed in ("flyres", "flyer", "fleyrs", "fyers", "flyerss", "xlyers"):
        assert names(store, typed) == ["Dana Reyes"], typed
    assert found(store, "flyres").instead == (("flyres", ("flyers",)),)
    assert found(store, "reciept").rows == ()
    a_case(store, "Bo Lind", "sent the receipt")
    assert names(store, "reciepts") == ["Bo Lind"]


def test_a_word_that_no_case_has_is_told_and_the_others_are_looked_for(store: Store) -> None:
    a_case(store, "Dana Reyes", "the flyers, again")
    what = found(store, "flyers xqzjk")
    assert [row.line.customer for row in what.rows] == ["Dana Reyes"]
    assert what.unknown == ("xqzjk",)


def test_where_no_case_has_all_of_it_those_are_shown_that_have_some(store: Store) -> None:
    a_case(store, "Dana Reyes", "the flyers, again")
    a_case(store, "Bo Lind", "posters of two colours")
    what = found(store, "flyers colours posters")
    assert what.partly
    assert [row.line.customer for row in what.rows] == ["Bo Lind", "Dana Reyes"]


def test_a_pasted_letter_finds_the_case_it_came_from(store: Store) -> None:
    a_case(store, "Bo Lind", "we are sorry that the posters came late")
    said = "we are sorry that the plate cracked and your flyers ship on monday instead of friday"
    case = a_case(store, "Dana Reyes", said)
    assert found(store, said * 20).rows[0].line.id == case
    assert found(store, f"Dear all, {said} Kind regards, Zoe").rows[0].line.id == case


# -- the best first ---------------------------------------------------------------------------


def test_a_name_stands_before_a_note_and_a_whole_word_before_its_beginning(store: Store) -> None:
    a_case(store, "Bo Lind", "spoke with dana about it", minutes=3)
    a_case(store, "Danae Moss", minutes=2)
    a_case(store, "Dana Reyes", minutes=1)
    assert names(store, "dana") == ["Dana Reyes", "Danae Moss", "Bo Lind"]


def test_whoever_is_named_so_is_found_however_many_newer_notes_have_the_word(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = 20
    monkeypatch.setattr(import_module("calmdesk.records.search"), "NEWEST", newest)
    a_case(store, "Rose Price", minutes=-5)
    for minutes in range(newest + 1):
        a_case(store, f"Bo {minutes}", "the price is wrong", minutes=minutes)
    for typed in ("price", "price ", "pric", '"rose price"'):
        assert names(store, typed)[0] == "Rose Price", typed
    what = found(store, "price")
    assert (what.total, what.more) == (newest, True)
    assert "Rose Price" not in names(store, "price", Filter(since=NOW))
    assert names(store, "price", Filter(since=NOW - 9 * MINUTE))[0] == "Rose Price"
    assert names(store, "wrong price")[0] == f"Bo {newest}"


def test_those_who_are_named_so_come_first_where_no_case_has_all_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("calmdesk.records.search"), "NEWEST", 3)
    a_case(store, "Rose Price", minutes=-5)
    a_case(store, "Bo Lind", "a gazebo", minutes=-4)
    for minutes in range(4):
        a_case(store, f"Bo {minutes}", "the price is wrong", minutes=minutes)
    what = found(store, "price gazebo")
    assert (what.partly, what.more) == (True, True)
    assert "Rose Price" in [row.line.customer for row in what.rows]


def test_a_word_that_too_many_cases_have_is_not_sifted_for_names(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("calmdesk.records.search"), "NEWEST", 3)
    a_case(store, "Rose Price", minutes=-5)
    for minutes in range(4):
        a_case(store, f"Bo {minutes}", "the price is wrong", minutes=minutes)
    for most, who in ((5, "Rose Price"), (4, "Bo 3")):
        monkeypatch.setattr(candidates, "SIFTED", most)
        assert names(store, "price")[0] == who


def test_words_that_stand_together_come_first_and_of_equals_the_newest(store: Store) -> None:
    a_case(store, "Old", "late delivery", minutes=1)
    a_case(store, "Apart", "late on friday", "no delivery", minutes=4)
    a_case(store, "New", "late delivery", minutes=2)
    assert names(store, "late delivery") == ["New", "Old", "Apart"]


def test_what_was_looked_for_is_marked_in_the_best_piece(store: Store) -> None:
    a_case(store, "Dana Reyes", "no word of it here", "The FLYERS for Özge’s school, then")
    (row,) = found(store, "flyer ozge").rows
    assert row.where == "note"
    assert [row.passage[a:b] for a, b in row.marks] == ["FLYERS", "Özge’s"]


def test_a_long_piece_is_shown_from_shortly_before_the_mark(store: Store) -> None:
    a_case(store, "Dana Reyes", "word after word " * 80 + "then the gazebo fell")
    (row,) = found(store, "gazebo").rows
    assert row.passage.startswith("…")
    assert [row.passage[a:b] for a, b in row.marks] == ["gazebo"]
    assert row.marks[0][0] < 30


def test_a_case_of_very_many_notes_shows_the_right_one(store: Store) -> None:
    a_case(store, "Dana Reyes", *(f"note {n} of many" for n in range(300)), "the gazebo fell")
    (row,) = found(store, "gazebo").rows
    assert row.passage == "the gazebo fell"


# -- filters ----------------------------------------------------------------------------------


def test_a_filter_holds_for_what_is_found(store: Store) -> None:
    for minutes in range(3):
        a_case(store, f"Dana {minutes}", "flyers", minutes=minutes * 60)
    later = Filter(since=NOW + 30 * MINUTE)
    assert names(store, "flyers", later) == ["Dana 2", "Dana 1"]
    assert names(store, "flyers", Filter(until=NOW + 30 * MINUTE)) == ["Dana 0"]
    assert names(store, "flyers", Filter(agent="Sam")) == ["Dana 2", "Dana 1", "Dana 0"]
    assert names(store, "flyers", Filter(agent="Kim")) == []
    assert names(store, "flyers", Filter(since=NOW + 30 * MINUTE, all_but=True)) == []


def test_a_filter_gives_the_same_whichever_way_it_is_gone_after(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in range(12):
        a_case(
            store, f"Dana {minutes}", "late flyers" if minutes % 3 else "flyers", minutes=minutes
        )
    chosen = Filter(since=NOW + 2 * MINUTE, agent="Sam")
    expected = [names(store, text, chosen) for text in ("flyers", "late flyers", "fly")]
    assert [len(it) for it in expected] == [10, 7, 10]
    monkeypatch.setattr(candidates, "COMMON", 1)
    monkeypatch.setattr(candidates, "AT_ONCE", 2)
    for read in (100, 4):
        monkeypatch.setattr(candidates, "READ", read)
        assert [names(store, text, chosen) for text in ("flyers", "late flyers", "fly")] == expected


# -- never found ------------------------------------------------------------------------------


def test_what_is_private_is_never_found(store: Store) -> None:
    case = a_case(store, "Dana Reyes", "flyers")
    contact = store.new_id(NOW)
    calls.ring(store, contact, case, "", NOW)
    calls.keep_drafts(store, contact, [KeptDraft("note", "halftyped secret", 3)], NOW)
    people.introduce(store, "Sam Ortiz", "", "", "ownline secret")
    post.draft(store, case, "holding", "Draftsubject", "draftletter secret", NOW)
    debriefs.keep(store, contact, LookedBack(better="debriefed secret"), NOW)
    with store.transaction() as session:
        review = Review(
            id="r",
            case_id=case,
            agent_id=store.me,
            of_id=store.me,
            at=NOW,
            note="reviewnote secret",
        )
        session.add(review)
        session.flush()
    calls.happen(store, contact, h.Noted("n", Sign.SAYS, "posters"), NOW)
    assert names(store, "posters") == ["Dana Reyes"]
    for word in ("halftyped", "ownline", "draftletter", "Draftsubject", "debriefed", "reviewnote"):
        assert names(store, word) == [], word
    assert names(store, "secret") == []
    with store.reading() as session:
        dump = session.connection().exec_driver_sql("SELECT * FROM search_text").all()
        assert "secret" not in str(dump)


# -- kept up ----------------------------------------------------------------------------------


def test_what_is_mended_is_found_by_its_new_words_alone(store: Store) -> None:
    at = NOW
    contact, case = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, case, h.Answered(), at)
    calls.happen(store, contact, h.Noted("n1", Sign.SAYS, "the gazebo"), at)
    assert found(store, "gazebo").total == 1
    calls.happen(store, contact, h.NoteMended("n1", "the pavilion", "the gazebo"), at)
    assert found(store, "gazebo").total == 0
    assert found(store, "pavilion").total == 1
    with store.reading() as session:
        connection = session.connection()
        words = connection.exec_driver_sql("SELECT term, cases FROM search_word").all()
        assert ("pavilion", 1) in [tuple(row) for row in words]
        assert "gazebo" not in dict(tuple(row) for row in words)
        assert (
            connection.exec_driver_sql(
                "SELECT count(*) FROM search_slip WHERE term = 'gazebo'"
            ).scalar()
            == 0
        )


def test_a_new_name_of_a_customer_finds_all_their_cases(store: Store) -> None:
    number = "+1 415 555 0134"
    first = a_case(store, "", "first", number=number)
    second = a_case(store, "Dana Reyes", "second", number=number, minutes=1)
    assert {row.line.id for row in found(store, "reyes").rows} == {first, second}


def test_an_earlier_name_is_found(store: Store) -> None:
    case = a_case(store, "Dana Reyes")
    customer = browse.whole(store, case, NOW)
    with store.transaction() as session:
        of = session.get_one(Case, case).customer_id
        assert of is not None
        session.add(CustomerName(id="x", customer_id=of, name="Dana Lindqvist"))
        words_of(session, [case])
    assert customer.line.customer == "Dana Reyes"
    assert names(store, "lindqvist") == ["Dana Reyes"]


def test_a_case_that_is_joined_is_found_as_the_one_it_became_part_of(store: Store) -> None:
    first = a_case(store, "Dana Reyes", "flyers", number="+1 415 555 0134")
    ref = browse.whole(store, first, NOW).line.ref
    at = NOW + 5 * MINUTE
    contact, second = store.new_id(at), store.new_id(at)
    calls.answer(store, contact, second, h.Answered(), at)
    calls.happen(store, contact, h.Noted("n1", Sign.SAYS, "gazebo"), at)
    assert [row.line.id for row in found(store, "gazebo").rows] == [second]
    calls.happen(store, contact, h.CaseJoined(first, ref), at)
    assert [row.line.id for row in found(store, "gazebo").rows] == [first]


def test_a_released_letter_is_found(store: Store) -> None:
    case = a_case(store, "Dana Reyes")
    letter = post.draft(store, case, "holding", "Where it stands", "the gazebo is ready", NOW)
    assert found(store, "gazebo").total == 0
    post.release(store, letter, "Where it stands", "the gazebo is ready", NOW + 90 * MINUTE)
    (row,) = found(store, "gazebo").rows
    assert row.where == "letter"


def test_everything_is_indexed_a_piece_at_a_time_the_newest_first(store: Store) -> None:
    for minutes in range(30):
        a_case(store, f"Dana {minutes}", "flyers", minutes=minutes)
    left = tending.tend(store, 0.0)
    assert 0 < left < 30
    shown = [row.line.customer for row in search.find(store, "flyers", EVERYTHING, NOW).rows]
    assert shown == [f"Dana {n}" for n in range(29, left - 1, -1)]
    while tending.tend(store, 0.0):
        pass
    assert search.find(store, "flyers", EVERYTHING, NOW).total == 30


def test_all_at_once_gives_the_same_as_piece_by_piece(tmp_path: Path) -> None:
    dumps = []
    for name in ("pieces", "once"):
        store = demo(tmp_path / f"{name}.db", HandClock(NOW, ZONE))
        told: list[tuple[int, int]] = []

        def tell(done: int, of: int, told: list[tuple[int, int]] = told) -> None:
            told.append((done, of))

        if name == "once":
            tending.build(store, tell)
            assert told[0][0] == 0
            assert told[-1][0] == told[-1][1] > 50
        else:
            tended(store)
        with store.transaction() as session:
            connection = session.connection()
            connection.exec_driver_sql(
                "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
            )
            tables = ("search_text", "search_word", "search_slip", "search_number", "search_todo")
            dumps.append([connection.exec_driver_sql(f"SELECT * FROM {it}").all() for it in tables])
        store.close()
    assert dumps[0] == dumps[1]
    assert dumps[0][-1] == []


def test_a_case_that_stands_at_another_place_now_is_indexed_there(store: Store) -> None:
    for minutes in range(3):
        a_case(store, f"Dana {minutes}", f"flyers{minutes} flyers", minutes=minutes)
    tended(store)
    with store.transaction() as session:
        connection = session.connection()
        places = connection.exec_driver_sql("SELECT place FROM glance ORDER BY place").scalars()
        for place, other in zip(places.all(), (1, 2, 0), strict=True):
            connection.exec_driver_sql(
                "UPDATE glance SET place = -? WHERE place = ?", (other + 1, place)
            )
        connection.exec_driver_sql("UPDATE glance SET place = -place")
        misplaced(connection)
    assert tending.waiting(store) == 3
    for minutes in range(3):
        assert names(store, f"flyers{minutes}") == [f"Dana {minutes}"]
    assert names(store, "flyers") == ["Dana 1", "Dana 0", "Dana 2"]


def test_another_process_finds_what_was_indexed_here(store: Store) -> None:
    other = Store.open(store.file, ZONE)
    assert search.find(other, "flyers", EVERYTHING, NOW).total == 0
    a_case(store, "Dana Reyes", "flyers")
    tended(store)
    assert search.find(other, "flyers", EVERYTHING, NOW).total == 1
    other.close()


def test_a_file_of_an_older_calmdesk_is_indexed_after_its_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    old_database(file, 4, tmp_path / "scripts")
    fill(file)
    store = Store.open(file, ZONE)
    assert tending.waiting(store) == 1
    assert found(store, "CD-1").total == 1
    store.close()


# -- ended ------------------------------------------------------------------------------------


def test_a_search_that_goes_on_is_ended_from_another_thread(store: Store) -> None:
    begun = threading.Event()

    def long_one() -> None:
        with store.searching() as session:
            connection = session.connection()
            begun.set()
            connection.exec_driver_sql(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                " SELECT count(*) FROM n"
            ).all()

    with pytest.raises(Interrupted):
        store_thread(long_one, begun, store)
    a_case(store, "Dana Reyes", "flyers")
    assert found(store, "flyers").total == 1


def store_thread(work: object, begun: threading.Event, store: Store) -> None:
    """Run some work on a thread, end it once it has begun, and raise what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    begun.wait(10)
    while thread.is_alive():
        store.interrupt()
        thread.join(0.01)
    raise raised[0]
