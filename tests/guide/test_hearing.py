"""What the notes name, as hurried fingers typed them."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.hearing import Heard, Hearing
from calmdesk.guide.phrases import Situation, suggest
from calmdesk.guide.playbook import load
from calmdesk.guide.spelling import Words
from calmdesk.guide.stages import Stage

BOOK = load()
HEAR = BOOK.hearing.listen


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refnd", "refund"),
        ("rfnd", "refund"),
        ("refunds", "refund"),
        ("deliv", "delivery"),
        ("cancellations", "cancel"),
        ("dlvry", "delivery"),
        ("curier", "courier"),
        ("chrg", "charge"),
        ("overchargd", "overcharged"),
        ("warrenty", "warranty"),
        ("invoce", "invoice"),
        ("pwd", "password"),
    ],
)
def test_a_hurried_word_is_the_word_that_is_meant(typed: str, meant: str) -> None:
    assert BOOK.hearing.spelling.meant(typed) == meant


@pytest.mark.parametrize(
    "word", ["show", "work", "came", "print", "police", "hand", "push", "pass", "over", "sign"]
)
def test_an_ordinary_word_is_never_another_one_cut_short(word: str) -> None:
    assert BOOK.hearing.spelling.meant(word) == ""


def test_a_quantity_is_no_order_and_a_name_or_a_month_no_place() -> None:
    assert HEAR(["order 500 flyers late"]).order == ""
    assert HEAR(["job 3rd time wrong"]).order == ""
    assert HEAR(["order number: AB-4471", "job 4472"]).order == "job 4472"
    assert HEAR(["order number: AB-4471"]).order == "order AB-4471"
    assert HEAR(["spoke to Kim, promised in March, closed at Christmas"]).place == ""


@pytest.mark.parametrize(
    ("note", "order"),
    [
        ("ordr 4471", "order 4471"),
        ("ord 4471 late", "order 4471"),
        ("oder no. 4471", "order 4471"),
        ("inv 20391", "invoice 20391"),
        ("acct 99812", "account 99812"),
        ("tkt 55123", "ticket 55123"),
        ("#4471 is late", "order 4471"),
        ("Order #AB-4471, late", "order AB-4471"),
        ("order 4471 shows delivered", "order 4471"),
        ("order 4471.", "order 4471"),
        ("order 4471, 3 days late", "order 4471"),
        ("order 300 copies", ""),
        ("order 300 tulips", ""),
        ("order 1500 sofas", ""),
        ("claim 2026-11-22", ""),
        ("claim 22/11/2026", ""),
        ("claim 22.11.2026", ""),
        ("invoice 1200.50 wrong", ""),
        ("invoice 1,200 wrong", ""),
        ("invoice 1200,50 wrong", ""),
        ("refund 1200", ""),
        ("she claims 500", ""),
        ("orders 300", ""),
    ],
)
def test_a_number_is_an_order_only_where_it_is_one(note: str, order: str) -> None:
    assert HEAR([note]).order == order


@pytest.mark.parametrize(
    "word", ["there", "she", "said", "the", "ok", "4471", "x", "", "снег", "🙂"]
)
def test_a_word_that_is_none_of_them_means_nothing(word: str) -> None:
    assert BOOK.hearing.spelling.meant(word) == ""


@pytest.mark.parametrize(
    ("note", "subject"),
    [
        ("flyers were due fri, told today they ship mon", "late_delivery"),
        ("chrgd twice in march", "billing"),
        ("wants her money back", "refund"),
        ("fitter never came, waited in all day", "appointment"),
        ("hung up on her", "staff_conduct"),
        ("locked out of the account", "account_access"),
        ("smells gas", "safety"),
        ("deliv late", "late_delivery"),
        ("sofa still not here", "late_delivery"),
        ("parcel 4471 late", "late_delivery"),
        ("the site is down", "outage"),
        ("nobody came", "appointment"),
        ("bill wrong twice", "billing"),
        ("refnd", "refund"),
        ("washing machine is late", "late_delivery"),
    ],
)
def test_a_note_names_its_subject(note: str, subject: str) -> None:
    assert subject in HEAR([note]).subjects


@pytest.mark.parametrize(
    ("note", "subjects"),
    [
        ("parcel came on time but smashed", {"damaged"}),
        ("lately the app keeps freezing", {"outage"}),
        ("parcel left by the door", set()),
        ("she feels let down, charged twice", {"billing"}),
        ("wrote it down last time too", set()),
        ("spoke to Bill twice about the roof", set()),
        ("Miss Jones, kitchen installed badly", set()),
        ("bill wrong twice", {"billing"}),
        ("courier was polite, no charge", set()),
        ("gave the account number, question about the website", set()),
        ("who is in charge, late shift", set()),
        ("feels let down again", set()),
        ("engineer never called back", set()),
        ("price went down", set()),
    ],
)
def test_a_stray_word_brings_no_subject(note: str, subjects: set[str]) -> None:
    assert set(HEAR([note]).subjects) == subjects


@pytest.mark.parametrize(
    ("notes", "thing"),
    [
        (["been on the phone 40 min", "fridge still not here"], "fridge"),
        (["van never came with the fridge"], "fridge"),
        (["rang from her car about the sofa"], "sofa"),
        (["parcel left by the door"], "parcel"),
        (["sofa left at their front door"], "sofa"),
        (["left in her old car"], ""),
        (["works at Boots"], ""),
        (["works at boots"], ""),
        (["problem with the boiler"], "boiler"),
        (["has a sofa and a carpet"], ""),
        (["tkt 55123, sofa late"], "sofa"),
        (["parcel 4471 late"], "parcel"),
        (["has a sofa and a carpet", "carpet faulty"], "carpet"),
        (["sofa and carpet", "sofas are late, not the carpet", "the sofa"], "sofa"),
        (["has a laptop and a printer", "printer smashed, laptop fine"], "printer"),
    ],
)
def test_the_thing_is_what_the_call_is_about(notes: list[str], thing: str) -> None:
    assert HEAR(notes).thing == thing


def test_a_language_is_no_place() -> None:
    assert HEAR(["spoke in Spanish"]).place == ""
    assert HEAR(["spoke in Spanish, lives in Leeds"]).place == "Leeds"


def test_the_reason_says_the_thing_that_was_named() -> None:
    assert HEAR(["internet is down"]).subjects == {"outage": "internet down"}


def test_a_capital_letter_within_a_sentence_is_a_name() -> None:
    assert HEAR(["asked for Bill"]).thing == ""
    assert HEAR(["too high. Bill wrong"]).thing == "bill"
    assert HEAR(["the PARCEL is late"]).thing == "parcel"
    german = Hearing(Words(things=("Sofa",)), {})
    assert german.listen(["das Sofa"]).thing == "Sofa"


def test_days_things_places_and_numbers_are_taken_in_their_own_nouns() -> None:
    notes = [
        "flyers due fri for the fair in Leeds",
        "job 4471",
        "told yest they ship mon",
        "by tue",
    ]
    heard = HEAR(notes)
    assert (heard.thing, heard.day, heard.place, heard.order) == (
        "flyers",
        "Tuesday",
        "Leeds",
        "job 4471",
    )


def test_a_short_day_that_is_a_word_too_counts_only_after_by_or_on() -> None:
    assert HEAR(["the parcel sat there"]).day == ""
    assert HEAR(["due on sat"]).day == "Saturday"


def test_two_words_that_belong_together_are_one_thing() -> None:
    assert HEAR(["washing machine leaks"]).thing == "washing machine"


def test_no_notes_and_empty_notes_name_nothing() -> None:
    assert HEAR([]) == HEAR(["", "   ", "👩‍🚀", "снег идёт", "\x1b[2J"]) == Heard()


def test_ten_thousand_words_are_read_in_a_moment() -> None:
    assert HEAR(["refund " * 10_000]).subjects == {"refund": "refund"}


@given(st.lists(st.text(max_size=80), max_size=6))
def test_whatever_is_typed_is_heard_without_harm(notes: list[str]) -> None:
    assert isinstance(HEAR(notes), Heard)


def test_another_language_brings_its_own_words() -> None:
    german = Words(stemmer="german", short={"lfg": "Lieferung"}, days={"mo": "Montag"})
    hearing = Hearing(german, {"late_delivery": ["Lieferung"]})
    assert hearing.listen(["Lieferungen kamen mo"]) == Heard(
        {"late_delivery": "lieferung"}, day="Montag"
    )


# -- what it does to the suggestions --------------------------------------------------------


def first(stage: Stage, *notes: str) -> tuple[str, str]:
    """The first suggestion after these notes: its line, and why it is there."""
    heard = HEAR(notes)
    now = Situation(
        stage,
        told=stage is not Stage.LISTEN,
        ask_known=True,
        subjects=heard.subjects,
        slots={"thing": heard.thing, "named_day": heard.day, "place": heard.place},
    )
    shown = suggest(now, BOOK.by_stage[stage])
    return shown[0].line, shown[0].reason


def test_the_first_line_proves_that_somebody_listened() -> None:
    line, reason = first(Stage.ACKNOWLEDGE, "flyers due fri")
    assert "flyers" in line
    assert "Friday" in line
    assert reason == "they named flyers"


@pytest.mark.parametrize(
    ("note", "false"),
    [
        ("parcel left by the door", "the date slipped"),
        ("lately the app keeps freezing", "the date slipped"),
        ("wrote it down last time too", "Without it"),
        ("spoke to Bill twice about the roof", "your money"),
        ("boiler leaking again", "nobody came"),
        ("wants to cancel", "your money"),
    ],
)
def test_no_line_states_what_nobody_said(note: str, false: str) -> None:
    heard = HEAR([note])
    now = Situation(Stage.ACKNOWLEDGE, told=True, subjects=heard.subjects)
    assert not any(false in it.line for it in suggest(now, BOOK.by_stage[Stage.ACKNOWLEDGE]))


def test_what_they_said_brings_the_lines_about_it_without_a_category() -> None:
    now = Situation(Stage.RESOLVE, told=True, ask_known=True, subjects={"refund": "refund"})
    shown = suggest(now, BOOK.by_stage[Stage.RESOLVE])
    about = [it for it in shown if "refund" in it.phrase.subjects]
    assert about[0].reason == "they said “refund”"
    assert shown.index(about[0]) < 3


def test_a_slot_that_is_not_filled_hides_the_line_and_no_brace_is_ever_shown() -> None:
    now = Situation(Stage.ACKNOWLEDGE, told=True, slots={"thing": "flyers", "named_day": ""})
    lines = [it.line for it in suggest(now, BOOK.by_stage[Stage.ACKNOWLEDGE])]
    assert any("flyers" in line for line in lines)
    assert not any("{" in line for line in lines)


def test_threads_that_listen_at_once_hear_what_one_alone_hears() -> None:
    subjects = {"refund": ["refund", "reimbursement"], "repair": ["repairing", "installation"]}
    endings = ("nation", "rest", "happen", "possib", "organiz", "refund", "repair", "install")
    notes = [
        f"{one}{two}{end}ingly {end}s" for one in "abcd" for two in "abcdef" for end in endings
    ]
    alone = Hearing(BOOK.words, subjects).listen
    right = [alone([note]) for note in notes]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of a word
    try:
        together = Hearing(BOOK.words, subjects).listen
        with ThreadPoolExecutor(4) as pool:
            shares = [pool.submit(lambda: [together([note]) for note in notes]) for _ in range(4)]
            heard = [share.result() for share in shares]
    finally:
        sys.setswitchinterval(usual)
    assert heard == [right] * 4
