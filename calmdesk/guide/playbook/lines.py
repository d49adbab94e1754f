"""Where in a TOML file something stands. The parser does not say it, and nobody needs to know it
before there is an error to be told or an entry to be changed."""

import re
from collections.abc import Iterator
from itertools import pairwise

_TOKENS = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_HEADER = re.compile(r"\s*\[\[?[\w\s.\"'-]+\]\]?\s*(?:#.*)?$")


def entry_lines(text: str, key: str) -> list[range]:
    """The lines, from 0, of each `[[key]]` entry: from its header to its last value. Comments
    after that belong to what follows."""
    lines = _masked(text).split("\n")
    heads = [n for n, line in enumerate(lines) if _HEADER.match(line)]
    ours = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(key)}[\"']?\s*\]\]")
    return [
        range(head, _last(lines, head, after) + 1)
        for head, after in pairwise([*heads, len(lines)])
        if ours.match(lines[head])
    ]


def line_of(text: str, key: str, number: int | None = None, name: str = "") -> int:
    """The line, from 1, of the value `name` in the entry of a number, from 0; of the entry itself
    when it has no such value; without a number that of a key of the whole file. 0 when unknown."""
    lines = _masked(text).split("\n")
    if number is None:
        return next(_naming(lines, range(len(lines)), key), -1) + 1
    entries = entry_lines(text, key)
    if number >= len(entries):
        return line_of(text, key)
    entry = entries[number]
    return next(_naming(lines, entry, name), entry.start) + 1


def _naming(lines: list[str], within: range, name: str) -> Iterator[int]:
    given = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return (n for n in within if name and given.match(lines[n]))


def _last(lines: list[str], head: int, after: int) -> int:
    """The last line of an entry that is neither blank nor a comment."""
    filled = (n for n in range(after - 1, head, -1) if lines[n].split("#", 1)[0].strip())
    return next(filled, head)


def _masked(text: str) -> str:
    """The text line for line, with strings of several lines made unreadable: what stands in them
    looks like an entry and is none."""
    return _TOKENS.sub(_mask, text)


def _mask(token: re.Match[str]) -> str:
    long = token[0].startswith(('"""', "'''"))
    return re.sub(r"[^\n]", "x", token[0]) if long else token[0]
