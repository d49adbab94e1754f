"""The line that says their story back: only what was typed, short, and no wrong day."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide.call import Note
from calmdesk.guide.english import acknowledge
from calmdesk.guide.english.acknowledge import MOST_WORDS
from calmdesk.guide.notes import Sign, parse
from calmdesk.guide.playbook import load

AT = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
LONG_NAMES = {
    "mon": "monday",
    "tue": "tuesday",
    "tues": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "thurs": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
    "tmrw": "tomorrow",
    "yest": "yesterday",
}
WORDS = load().words
"""How days are typed: the playbook's."""
FRAME = {"have", "i", "got", "it", "you", "need"}


def noted(*lines: str) -> list[Note]:
    """Notes as the note line would make them."""
    entries = [parse(line) for line in lines]
    return [Note(str(n), AT, e.sign, e.text, e.source) for n, e in enumerate(entries)]


def say_back(notes: Sequence[Note], ask: str = "") -> str:
    return acknowledge.say_back(notes, WORDS, ask)


def need(ask: str) -> str:
    return acknowledge.need(ask, WORDS)


def words_of(text: str) -> set[str]:
    bare = (word.strip(".,;!?").upper().casefold() for word in text.split())
    return {word for word in bare if word}


def test_the_three_scraps_of_a_late_job_become_one_sentence() -> None:
    line = say_back(noted("due fri", "told today mon", "$ needs them fri"))
    assert line == "Due Friday, told today Monday, you need them Friday. Have I got it?"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["due fri,", "told mon;"], "Due Friday, told Monday. Have I got it?"),
        (["DUE FRI"], "DUE Friday. Have I got it?"),
        (["told tues, then thurs"], "Told Tuesday, then Thursday. Have I got it?"),
        (["rang yest"], "Rang yesterday. Have I got it?"),
        (["due sat"], "Due Saturday. Have I got it?"),
        (["open on sun."], "Open on Sunday. Have I got it?"),
        (["$ wants them by wed"], "You need them by Wednesday. Have I got it?"),
        (["$ refund"], "You need refund. Have I got it?"),
        (["box was crushed", "they need it fri", "$ a new one"], None),
    ],
)
def test_hurried_day_names_are_said_in_full(lines: list[str], said: str | None) -> None:
    line = say_back(noted(*lines))
    assert line == (said or "Box was crushed, you need a new one. Have I got it?")


@pytest.mark.parametrize(
    "line",
    [
        "the parcel sat there",
        "sat in the depot all week",
        "the parcel was sat in the depot",
        "plates left in the sun",
        "the couple wed in june",
        "a monstrous delay",
        "a friendly word would do",
    ],
)
def test_a_word_that_only_looks_like_a_day_is_no_day(line: str) -> None:
    assert say_back(noted(line)).casefold() == f"{line}. have i got it?"


def test_the_ask_comes_last_and_the_newest_one_counts() -> None:
    line = say_back(noted("$ refund", "box was crushed", "$ wants a new one"))
    assert line == "Box was crushed, you need a new one. Have I got it?"


def test_an_ask_that_was_put_counts_before_a_noted_one() -> None:
    assert say_back(noted("$ refund"), "wants them fri") == "You need them Friday. Have I got it?"


@pytest.mark.parametrize(
    "unsure",
    [
        "my order is late",
        "they never rang",
        "customer is waiting",
        "why so late?",
        "cx shouting",
        "rude on the phone",
        "order #4471 late",
        "fri/sat or so",
        "due {day}",
        "a b c d e f g h i j k l m",
    ],
)
def test_where_unsure_the_ask_stands_alone(unsure: str) -> None:
    assert say_back(noted(unsure, "$ them fri")) == "You need them Friday. Have I got it?"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["my order is late"],
        ["! plates broke @production log"],
        ["? who took the call"],
        ["+ ring back thu 12"],
        ["* last order ever"],
        ["$ wants my money {now}"],
        ["..."],
        ["!!!", "- -"],
    ],
)
def test_with_nothing_that_can_be_said_there_is_no_line(lines: list[str]) -> None:
    assert say_back(noted(*lines)) == ""


def test_a_scrap_of_mere_punctuation_leaves_no_gap() -> None:
    assert say_back(noted("!!!", "$ refund")) == "You need refund. Have I got it?"


def test_an_ask_that_is_a_question_is_not_bent_into_a_need() -> None:
    assert "?." not in say_back(noted("due fri", "$ when will it come?"))


def test_the_earliest_facts_are_left_out_first() -> None:
    facts = [f"fact{n} is six words long now" for n in range(5)]
    line = say_back(noted(*facts, "$ them fri"))
    assert "fact4" in line
    assert "fact0" not in line
    assert line.endswith("you need them Friday. Have I got it?")
    assert len(line.split()) < MOST_WORDS


def test_the_line_is_under_twenty_five_words() -> None:
    assert MOST_WORDS == 25
    twenty_one = " ".join(["word"] * 18)
    assert len(say_back([], twenty_one).split()) == 24
    assert say_back([], f"{twenty_one} word") == ""


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("wants them fri", "them Friday"),
        ("needs a refund", "a refund"),
        ("they want a refund", "a refund"),
        ("she would like a call mon", "a call Monday"),
        ("asks for a manager", "a manager"),
        ("a refund.", "a refund"),
        ("", ""),
        ("my money back", ""),
        ("{ask}", ""),
        ("order #4471", ""),
        ("...", ""),
    ],
)
def test_what_they_need_is_said_to_them(ask: str, said: str) -> None:
    assert need(ask) == said


# -- whatever is noted ----------------------------------------------------------------------

_SCRAP_WORDS = st.sampled_from(
    [
        *LONG_NAMES,
        *["Fri", "SAT", "mon,", "fri.", "due", "was", "on", "by", "told", "today", "they", "need"],
        *[
            "plates",
            "box",
            "crushed",
            "late",
            "wants",
            "wants them",
            "my",
            "rude",
            "{day}",
            "#4471",
        ],
        *["Reyes", "two", "days", "not", "rang", "why?", "refund", "fri/sat", "<b>", "I"],
    ]
)
_SCRAPS = st.lists(_SCRAP_WORDS, min_size=1, max_size=14).map(" ".join)
_SIGNS = st.sampled_from([Sign.SAYS, Sign.SAYS, Sign.SAYS, Sign.ASK, Sign.FACT, Sign.QUESTION])
_NOTES = st.lists(
    st.builds(lambda sign, text: Note("n", AT, sign, text), _SIGNS, _SCRAPS), max_size=8
)
_ANY_NOTES = st.lists(
    st.builds(lambda sign, text: Note("n", AT, sign, text), _SIGNS, st.text(max_size=60)),
    max_size=8,
)


@given(notes=_NOTES, ask=st.one_of(st.just(""), _SCRAPS))
@settings(max_examples=100, derandomize=True)
def test_whatever_is_noted_only_typed_words_and_the_frame_are_said(
    notes: list[Note], ask: str
) -> None:
    typed = words_of(" ".join([*(n.text for n in notes), ask]))
    full_days = {LONG_NAMES[word] for word in typed if word in LONG_NAMES}
    assert words_of(say_back(notes, ask)) <= typed | full_days | FRAME


@given(
    notes=st.one_of(_NOTES, _ANY_NOTES), ask=st.one_of(st.just(""), _SCRAPS, st.text(max_size=60))
)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_noted_the_line_is_short_and_has_no_brace(notes: list[Note], ask: str) -> None:
    line = say_back(notes, ask)
    assert len(line.split()) < 25
    assert not set("{}<>#@") & set(line)
    assert line == "" or line.endswith("Have I got it?")


@given(notes=_NOTES)
@settings(max_examples=100, derandomize=True)
def test_facts_questions_and_promises_are_never_said_back_as_their_story(
    notes: list[Note],
) -> None:
    told = [n for n in notes if n.sign in (Sign.SAYS, Sign.ASK)]
    assert say_back(notes) == say_back(told)


def test_hurried_words_are_said_in_full() -> None:
    line = acknowledge.say_back(noted("deliv missed yest"), WORDS, "wants the refnd by tues")
    assert line == "Delivery missed yesterday, you need the refund by Tuesday. Have I got it?"
