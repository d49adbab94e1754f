"""A stranger's words, made plain."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.words import LONGEST, clean, digits, json_text, one_line, settled, shorten

_ANY = st.text(st.characters(), max_size=200)


# -- clean ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("due fri", "due fri"),
        ("one\ttwo\nthree", "one\ttwo\nthree"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("\u202edeliver\u202c", "deliver"),
        ("\u2066x\u2069\u061c", "x"),
        ("half \ud83d of an emoji", "half  of an emoji"),
        ("👩\u200d🚀 Müller", "👩\u200d🚀 Müller"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("", ""),
    ],
)
def test_what_could_steer_a_terminal_is_taken_out_and_the_words_stay(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_a_text_that_is_too_long_is_cut() -> None:
    assert clean("x" * (LONGEST + 5)) == "x" * LONGEST


@given(text=_ANY)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_pasted_no_control_code_and_no_surrogate_is_left(text: str) -> None:
    kept = clean(text)
    assert not [c for c in kept if c not in "\t\n" and unicodedata.category(c) in ("Cc", "Cs")]
    assert not {unicodedata.bidirectional(c) for c in kept} & {"LRE", "RLE", "LRO", "RLO", "PDF"}
    assert clean(kept) == kept
    kept.encode("utf-8")


# -- one line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  due   fri ", "due fri"),
        ("one\ntwo", "one two"),
        ("one\r\n\r\ntwo", "one two"),
        ("one\ttwo", "one two"),
        ("one\u00a0two", "one two"),
        ("one\u2028two", "one two"),
        ("one\x0btwo", "one two"),
        ("one\x0ctwo", "one two"),
        ("one\x85two", "one two"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_words_on_several_lines_stand_apart_on_one(text: str, line: str) -> None:
    assert one_line(text) == line


@given(text=_ANY)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_pasted_it_becomes_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line) == line


# -- settled --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("card 4111 1111 1111 1111", "card "),
        ("card 4111-1111-1111-1111", "card "),
        ("card 4111.1111.1111.1111", "card "),
        ("card 4111111111111111 ", "card "),
        ("card 41111111111", "card "),
        ("card 4111111111", "card 4111111111"),
        ("card 4111 1111 11", "card 4111 1111 11"),
        ("ring 415 555 0134", "ring 415 555 0134"),
        ("41111111111 is the number", "41111111111 is the number"),
        ("order 4471", "order 4471"),
        ("no digits", "no digits"),
        ("", ""),
    ],
)
def test_a_trailing_run_of_eleven_digits_or_more_is_not_kept(text: str, kept: str) -> None:
    assert settled(text) == kept


@given(before=st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=30), run=st.data())
@settings(max_examples=100, derandomize=True)
def test_ten_digits_stay_and_eleven_go_whatever_stands_before(
    before: str, run: st.DataObject
) -> None:
    word = f"{before}x "
    ten = run.draw(st.text("0123456789", min_size=10, max_size=10))
    more = run.draw(st.text("0123456789", min_size=1, max_size=9))
    assert settled(word + ten) == word + ten
    assert settled(word + ten + more) == word
    assert settled(word + ten + more + " left") == word + ten + more + " left"


# -- digits ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("+1 415 555 0134", "14155550134"),
        ("(415) 555-0134", "4155550134"),
        ("+44 (0)20 7946 0958", "4402079460958"),
        ("0044 20 7946 0958", "442079460958"),
        ("020 7946 0958", "02079460958"),
        ("+００49 30", "004930"),
        ("＋４９ ３０", "4930"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_number_is_matched_by_its_digits_however_it_is_spelt(number: str, found: str) -> None:
    assert digits(number) == found


def test_two_ways_of_dialling_abroad_are_one_number() -> None:
    assert digits("+44 20 7946 0958") == digits("0044-20-7946-0958")


@given(text=_ANY)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_typed_as_a_number_only_digits_are_left(text: str) -> None:
    assert digits(text) == "" or digits(text).isdecimal()


# -- shorten --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("due fri", 7, "due fri"),
        ("due fri", 6, "due f…"),
        ("due fri", 5, "due…"),
        ("due fri", 1, "…"),
        ("", 0, ""),
    ],
)
def test_a_text_that_does_not_fit_ends_in_an_ellipsis(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@given(text=_ANY, width=st.integers(1, 40))
@settings(max_examples=100, derandomize=True)
def test_a_shortened_text_is_never_wider_than_its_room(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


# -- JSON that may be shown -------------------------------------------------------------------


@given(st.dictionaries(_ANY, _ANY, max_size=3))
def test_json_is_what_it_was_and_steers_nothing(value: dict[str, str]) -> None:
    shown = json_text(value)
    assert json.loads(shown) == value
    assert all(clean(line) == line for line in shown.split("\n"))


def test_json_names_what_it_hides() -> None:
    assert "\\u009b2J\\u202e" in json_text(["\x9b2J\u202e Müller"])
    assert "Müller" in json_text(["\x9b2J\u202e Müller"])
