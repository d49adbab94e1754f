"""Words as a search compares them: without capitals, accents and whatever else two people spell
differently. What is typed and what was written are folded alike, and so they meet.

Where a script sets no spaces between its words, as Chinese, Japanese and Thai, each sign counts as a
word; what is typed there must then stand side by side.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

LONGEST = 40
"""Letters of a word that are compared."""
PARTS = 4
"""Parts of a hyphened word that are joined as well; more are a list of words."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_PLAIN = re.compile("[a-z0-9]+(?:['-][a-z0-9]+)*")
_JOINT = re.compile("['’ʼ-]")
_KEPT = (0, 7, 8, 9)
"""Combining classes of marks that make another letter of what they stand on, as in Hindi or kana; the
others are accents, and points that are left out as often as not."""
OTHER_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"ŋ": "n", "ŧ": "t", "ى": "ي", "ة": "ه", "ـ": ""}
)
"""Letters that are no letter and an accent to Unicode, and are typed as one."""


class Token(NamedTuple):
    """A word of a text, and where it stands."""

    start: int
    end: int
    word: str
    """Folded."""
    lone: bool = False
    """Whether it is one sign of a script without spaces."""


def folded(text: str) -> str:
    """The words of a text on one line, spaces between."""
    if text.isascii():
        found = _PLAIN.findall(text.lower())
        return " ".join(
            " ".join(_of(each)) if "-" in each or "'" in each else each[:LONGEST] for each in found
        )
    return " ".join(token.word for token in tokens(text))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text with their places, in the order of `folded`."""
    for found in _words().finditer(text):
        start, end = found.span()
        typed = found[0]
        if _is_joint(typed):
            for word, first, last in _spans(typed):
                yield Token(start + first, start + last, word)
        elif word := _folded(typed):
            yield Token(start, end, word, lone=found.lastgroup == "lone")


def _is_joint(typed: str) -> bool:
    return _JOINT.search(typed) is not None


def _of(typed: str) -> Iterator[str]:
    return (word for word, _, _ in _spans(typed))


def _spans(typed: str) -> Iterator[tuple[str, int, int]]:
    """What `O'Hara` and `e-mail` are found by: their parts, and the whole without its joint; each
    with its place. Figures are not joined: `555-0134` is two."""
    at, parts = 0, []
    for part in _JOINT.split(typed):
        parts.append((_folded(part), at, at + len(part)))
        at += len(part) + 1
    figures = any(sign.isdecimal() for sign in typed)
    for part in parts:
        if len(part[0]) > 1 or (figures and part[0]):
            yield part
    whole = "".join(word for word, _, _ in parts)[:LONGEST]
    if whole and not figures and len(parts) <= PARTS:
        yield whole, 0, len(typed)


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    """One word, folded; '' when nothing of it can be compared."""
    if word.isascii():
        return word.lower()[:LONGEST]
    apart = unicodedata.normalize("NFKD", word.casefold())
    apart = unicodedata.normalize("NFKD", apart.casefold())
    kept = (_sign(c) for c in apart if unicodedata.combining(c) in _KEPT)
    return unicodedata.normalize("NFC", "".join(kept).translate(OTHER_LETTERS))[:LONGEST]


def _sign(sign: str) -> str:
    """One sign of a word; figures of any script as our own, and nothing for what is no letter."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else ""


@cache
def _words() -> re.Pattern[str]:
    """Finds words; marks and joiners belong to the letter before them."""
    marks = "".join(
        re.escape(c) for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c)[0] == "M"
    )
    letter = rf"[^\W_{_SPACELESS}]"
    word = rf"{letter}(?:{letter}|[{marks}\u200c\u200d])*"
    return re.compile(rf"(?P<lone>(?=[^\W_])[{_SPACELESS}][{marks}]*)|{word}(?:['’ʼ-]{word})*")


LAST = chr(sys.maxunicode)
"""Behind every word that begins alike: the end of a range of beginnings."""
