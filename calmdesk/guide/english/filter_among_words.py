"""Filters among the words that somebody looks for: `heat:hot menus` is `menus` in the hot cases."""

from typing import NamedTuple

from calmdesk.guide.english.typed_filter import (
    BUT_NOT_SAID,
    PART,
    FilterWords,
    is_filter,
    outside_quotes,
    read_filter,
)
from calmdesk.guide.filters import Filter
from calmdesk.words import LONGEST, STRAIGHT, clean

LONGEST_PART = 200
"""Characters of one filter; what is longer was pasted, and is looked for."""


class Among(NamedTuple):
    """What of a text is a filter."""

    chosen: Filter
    rest: str
    """The text without it, which is looked for."""
    unread: str
    """A sentence about what looks like a filter and cannot be read; '' when there is none."""


def filter_among(text: str, words: FilterWords) -> Among:
    """The filter of every `name:value` that is understood. Whatever else stands there is looked for
    as it is: a name that is no filter's, a value that means nothing, what stands in quotation marks
    or is there twice; all of it where it says `but not`."""
    straight = text[:LONGEST].translate(STRAIGHT)
    outside = outside_quotes(straight)
    chosen, taken, rest, unread, at = Filter(), "", "", "", 0
    if BUT_NOT_SAID.search(outside):
        return Among(chosen, text, unread)
    for part in PART.finditer(straight):
        typed = part[0]
        if not part["key"] or outside[part.start()] == '"' or len(typed) > LONGEST_PART:
            continue
        read = read_filter(f"{taken} {typed}", words) if clean(typed) == typed else ""
        if isinstance(read, Filter):
            chosen, taken = read, f"{taken} {typed}"
            rest, at = rest + text[at : part.start()], part.end()
        elif is_filter(part["key"]):
            unread = unread or read
    return Among(chosen, rest + text[at:], unread)
