"""Text into sentences: where each ends, and where a point ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.language.sentences import sentences


def parts(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("That's fine. I can do it!", ["That's fine.", "I can do it!"]),
        ("That's fine.I can do it.", ["That's fine.", "I can do it."]),
        ("Ask Dr. Smith at No. 4. She knows.", ["Ask Dr. Smith at No. 4.", "She knows."]),
        ("Is it so? No. It is not.", ["Is it so?", "No.", "It is not."]),
        ("See www.Example.com e.g. today.", ["See www.Example.com e.g. today."]),
        ("It is $4.50 (really). J. R. Reyes", ["It is $4.50 (really).", "J. R. Reyes"]),
        ("Wrapped\nwords\n\nNext", ["Wrapped\nwords", "Next"]),
        ("- one\n- two", ["- one", "- two"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text: str, told: list[str]) -> None:
    assert parts(text) == told


@given(st.text(alphabet="Aab .!?…\n-'’4", max_size=200))
def test_every_word_is_in_one_sentence_and_in_its_place(text: str) -> None:
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


def test_a_wall_of_text_is_cut_and_read_to_its_end() -> None:
    wall = "word " * 200 + "end"
    assert len(parts(wall)) > 3
    assert parts(wall)[-1].endswith("end")
