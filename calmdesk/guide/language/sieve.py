"""The sieve: which of some hundred patterns could stand in a text at all, told in one look.

RE2's filter knows for each pattern the letters without which it cannot match. Looking for those
takes some millionths of a second for all patterns together; only the few that are left are then
really looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

_LETTER = r"[^()\\\[]|\\.|\[(?:[^\]\\]|\\.)*\]"
_AROUND = rf"\(\?<?[!=](?:{_LETTER}|(?<group>\((?:{_LETTER}|(?&group))*\)))*\)"
"""A look ahead or behind, which RE2 does not have; without it a pattern can only match more."""
_NAMED = re.compile(r"\(\?P=\w+\)")
"""The words of an earlier group once more; RE2 does not have them either."""
_BEYOND = re.compile(r"[^\x00-\x7f]|\{\D")
"""What RE2 reads in its own way: letters beyond ASCII, and braces that hold no number."""


class Sieve:
    """What of `patterns`, regular expressions for which capitals do not matter, is worth a look."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns

    def possible(self, text: str) -> list[int]:
        """The places, in order, of those patterns that could match somewhere in a text."""
        filtered, places, always = self._parts
        near = filtered.Match(text.lower(), True) if places else None
        return sorted([*(places[at] for at in near or ()), *always])

    @cached_property
    def _parts(self) -> tuple[Any, list[int], list[int]]:
        """The filter, the place of each pattern in it, and the places it has nothing to say of."""
        import re2
        import regex

        around = regex.compile(_AROUND)
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        filtered = re2.Filter()
        places: list[int] = []
        always: list[int] = []
        for place, pattern in enumerate(self._patterns):
            wider = _NAMED.sub(".*", around.sub("", pattern))
            try:
                if _BEYOND.search(wider):
                    raise re2.error(wider)
                filtered.Add(wider, options)
            except re2.error:
                always.append(place)
            else:
                places.append(place)
        if places:
            filtered.Compile()
        return filtered, places, always
