"""A stranger's words, made plain: they are only ever text, never markup and never an order.

The screen has a second guard of its own (`theme.Scrub`); this one stands before the database.
"""

import json
import re
import unicodedata
from typing import Any

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ud800-\udfff]"
)
"""Control codes, bidirectional overrides and lone surrogates. Joiners stay: emoji need them."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Everything that somebody's program ends a line with."""

_DIGIT_RUN = re.compile(r"(?:\d[ .-]?){11,}$")

STRAIGHT = str.maketrans("’‘“”", "''\"\"")
"""Curly marks as straight ones, one for one: places in the text stay what they are."""

LONGEST = 20_000
"""Characters kept of one piece of text; a screen that holds more stops answering."""


def clean(text: str) -> str:
    """The text without what could steer a terminal; line ends become newlines."""
    text = _LINE_ENDS.sub("\n", text)
    return _CONTROLS.sub("", text)[:LONGEST]


def shown(text: str) -> str:
    """The text as a terminal may be given it: without what could steer it."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, its words kept apart by single spaces."""
    return " ".join(clean(text).split())


def json_text(value: Any) -> str:
    """Plain values as JSON that may be shown: what could steer a terminal is written as `\\u009b`,
    and is for a program what it was."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _CONTROLS.sub(lambda it: f"\\u{ord(it[0]):04x}", text)


def settled(text: str) -> str:
    """The text without a trailing run of eleven or more digits, which may be half a card number."""
    return _DIGIT_RUN.sub("", text)


def digits(number: str) -> str:
    """The digits of a telephone number, to match spellings of it; '' when there are none."""
    plain = number if number.isascii() else unicodedata.normalize("NFKC", number)
    plain = plain.strip()
    found = "".join(filter(str.isdecimal, plain))
    return found[2:] if found.startswith("00") and not plain.startswith("+") else found


def called(name: str | None, number: str | None = "") -> str:
    """What a customer goes by in a line: their name, else their number, else that neither is known."""
    return name or number or "unknown caller"


def count(number: int, what: str) -> str:
    """So many of something: `1 case`, `2 cases`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def shorten(text: str, width: int) -> str:
    """The text within `width` characters, an ellipsis in place of what is left out."""
    return text if len(text) <= width else text[: max(0, width - 1)].rstrip() + "…"
