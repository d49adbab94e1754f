"""The time in a stake note that says when it is too late for them (S42)."""

import re

from calmdesk.guide.english.times import Reading

_BEFORE = re.compile(r"(?:^|\s)(?:by|before|until|till)(?: the)?\s*$", re.IGNORECASE)
_WITH_BEFORE = re.compile(r"(?:by|before|until|till)\s", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:since|was|were|had|did|been|ordered|bought|paid|came|called|rang|last|every|each)\b[^,;]*$",
    re.IGNORECASE,
)


def is_deadline(stake: str, when: Reading) -> bool:
    """Whether the time read in a note is a limit: named with `by` or `before` anywhere, or at the
    note's end and told of nothing that is over. No in doubt: a wrong day is worse than none."""
    before, after = stake[: when.start], stake[when.end :]
    if _BEFORE.search(before) or _WITH_BEFORE.match(stake[when.start : when.end]):
        return True
    return not after.strip(" .!,;") and _PAST.search(before) is None
