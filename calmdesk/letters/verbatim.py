"""A stranger's words in a Markdown letter: they come out as they went in, and are never markup.

While a template works on a value, every sign of it that Markdown could read as markup is written in
a private plane of Unicode; no filter, macro or joining can make markup of it. Only in the finished
letter do the signs come back, each behind a backslash where it would mean something at its place.
"""

import re
from enum import Enum

from calmdesk.words import clean

_PLANE = 0x100000
"""Where marked signs stand. What a value itself has there is left out: it is no writing."""
_SIGNS = r"\`*_[]<>&~#+-=.)(!:"
_TO_MARK = re.compile(rf"[{re.escape(_SIGNS)}\n\t]|(?<=\s)\s|\s(?=\s)|\A\s|\s\Z")
_MARKED = re.compile("[\U00100000-\U0010ffff]")

_ALWAYS = "\\`*_[]<~"
"""Signs that mean something anywhere in a line."""
_FIRST = "-+=#>"
"""Signs that mean something where a line begins."""


class _At(Enum):
    """Where in a line of Markdown the next character stands."""

    START = 0
    """Nothing but signs and blanks stands before it."""
    NUMBER = 1
    """Nothing but a number does, which a dot would make a list."""
    INSIDE = 2


def marked(text: str) -> str:
    """A value for a template: cleaned, and with its signs marked."""
    written = _MARKED.sub("", clean(text))
    return _TO_MARK.sub(lambda found: chr(_PLANE + ord(found[0])), written)


def plain(text: str) -> str:
    """A marked value as it was."""
    return _MARKED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def unmarked(text: str) -> str:
    """A finished letter with marked values in it, as Markdown that shows them as they were."""
    written: list[str] = []
    at = _At.START
    for place, char in enumerate(text):
        if ord(char) < _PLANE:
            written.append(char)
            at = _after(at, char)
        else:
            before = written[-1][-1:] if written else ""
            written.append(_shown(plain(char), at, before, plain(text[place + 1 : place + 2])))
            at = _At.INSIDE
    return "".join(written)


def _shown(sign: str, at: _At, before: str, after: str) -> str:
    """One sign of a value, as Markdown shows it between two characters."""
    if sign.isspace():
        return f"&#{ord(sign)};"
    means = (
        sign in _ALWAYS
        or (sign in _FIRST and at is _At.START)
        or (sign in ".)" and at is _At.NUMBER)
        or (sign == "#" and before == " " and not after.isalnum())
        or (sign == "&" and (after.isalnum() or after == "#"))
        or (sign == "!" and after == "[")
        or (sign in "(:" and before == "]")
    )
    return f"\\{sign}" if means else sign


def _after(at: _At, char: str) -> _At:
    """Where the line stands after a character that is no marked one."""
    if char == "\n":
        return _At.START
    if at is _At.INSIDE or char.isalpha():
        return _At.INSIDE
    if char.isdecimal():
        return _At.NUMBER
    return _At.START if at is _At.START or char in ".)" else _At.INSIDE
