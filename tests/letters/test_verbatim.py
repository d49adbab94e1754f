"""A stranger's words come out of every letter as they went in, and are never markup."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calmdesk.letters.facts import Contact, Facts, Promise
from calmdesk.letters.forms import render
from calmdesk.letters.writing import KINDS, Letter, write
from calmdesk.words import clean
from tests.letters.known import Page

HOSTILE = [
    "*Dana* [x](http://y) <b>",
    "# x",
    "x #",
    "x ## #",
    "#",
    "{{ 7*7 }}",
    "{% raw %}",
    "Dana\n- one\n- two",
    "Dana\n\n# Free\n\n---\n",
    "1. x",
    "12) x",
    "- x",
    "+ 1",
    "===",
    "---",
    "> x",
    "    code",
    "\tcode",
    "```\nx",
    "~~~",
    "&amp; &#60;b&#62; AT&T",
    "<script>alert(1)</script>",
    "<http://y.example>",
    "![x](http://y/z.png)",
    "[x]: http://y",
    "(http://y)",
    ": http://y",
    "x\\",
    "\\*x\\*",
    "a  b \n c ",
    "_x_ __y__ `z`",
    "!",
    "\u00a0x\u2003",
    "|a|b|\n|-|-|",
    "www.example.com kim@example.com",
]
_SIGNS = st.sampled_from("\\`*_[]<>&~#+-=.)(!:;|{}%\"'/ \n\t1aX")
_ANY = st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFFF)
_WORDS = st.text(_SIGNS, min_size=1, max_size=30) | st.text(_ANY, min_size=1, max_size=30)
PLACES = """\
# {{ customer }}

## a {{ customer }}

{{ customer }}

a {{ customer }} b{{ customer }}c

- {{ customer }}
- x{{ customer | stopped }}

1. {{ customer }}

> {{ customer }}

**{{ customer }}** x

{{ [customer, customer, customer | after("Name: ")] | lines }}

{% macro said(it) %}*x* {{ it }}{% endmacro %}
{% set kept %}y {{ customer }}{% endset %}
{{ said(customer) }} {{ kept }} {{ kept ~ customer }} {{ customer | e }} {{ customer | safe }}

{{ customer }}
{{ customer }}

[x]{{ customer }} !{{ customer }} {{ customer }}[y](z) 1{{ customer }}
"""
"""Where a firm's own letter may put a value."""


def spoken(value: str) -> Facts:
    """Facts that all say the same."""
    facts: dict[str, Any] = {
        it.name: value for it in fields(Facts) if isinstance(getattr(Facts(), it.name), str)
    }
    facts |= dict.fromkeys(("offers", "reasons", "still"), (value, value))
    facts |= dict.fromkeys(("reader", "contact"), Contact(value, value, value))
    return Facts(**facts, promises=(Promise(value, value), Promise(value)))


def shows_verbatim(letter: Letter, like: Letter, value: str) -> None:
    """The value stands in the letter character for character, and made no markup in it."""
    page = Page(letter.html)
    assert page.tags == Page(like.html).tags
    assert clean(value) in page.text
    assert " ".join(clean(value).split()) in " ".join(letter.text.split())


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A firm's folder with a letter that puts a value everywhere."""
    folder = tmp_path_factory.mktemp("letters")
    (folder / "confirmation.md.j2").write_text(PLACES)
    return folder


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_hostile_words_are_words_in_every_letter(kind: str, value: str) -> None:
    shows_verbatim(write(kind, spoken(value)), write(kind, spoken("word")), value)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_words_are_words_wherever_a_template_puts_them(places: Path, value: str) -> None:
    like = write("confirmation", spoken("word"), places)
    shows_verbatim(write("confirmation", spoken(value), places), like, value)


@given(value=_WORDS)
@settings(max_examples=150, derandomize=True)
@example("\u0085x\r\ny\x1b[31m")
def test_any_words_are_words(value: str) -> None:
    if clean(value).strip():
        shows_verbatim(
            write("confirmation", spoken(value)), write("confirmation", spoken("word")), value
        )


def test_any_words_are_words_wherever_a_template_puts_them(places: Path) -> None:
    like = write("confirmation", spoken("word"), places)

    @given(value=_WORDS)
    @settings(max_examples=250, derandomize=True)
    def each(value: str) -> None:
        if clean(value).strip():
            shows_verbatim(write("confirmation", spoken(value), places), like, value)

    each()


def test_a_stranger_cannot_hide_an_order_in_private_characters() -> None:
    hidden = "Dana\U0010001b\U0010002a"
    letter = write("confirmation", replace(Facts(), customer=hidden))
    assert letter.text.startswith("Dear Dana,\n")


# -- the edited text --------------------------------------------------------------------------


def words_shown(text: str) -> list[str]:
    """The words of a plain text; the sign before an item is none of them."""
    lines = (line.rstrip().removeprefix("- ") for line in clean(text).split("\n"))
    return " ".join(lines).split()


@given(text=st.text(_SIGNS, max_size=80) | st.text(_ANY, max_size=80) | st.sampled_from(HOSTILE))
@settings(max_examples=300, derandomize=True)
@example("- a\n  b\nc\n- d\n\n- e")
@example("- \n-")
def test_an_edited_text_is_released_word_for_word(text: str) -> None:
    assert render(text, "text", "Subject") == text
    page = Page(render(text, "html", "# Subject *x*"))
    assert page.title == "# Subject *x*"
    assert page.text.lstrip().removeprefix("# Subject *x*").split() == words_shown(text)
    body = page.tags[page.tags.index("main") :]
    assert set(body) <= {"main", "h1", "p", "ul", "li"}
