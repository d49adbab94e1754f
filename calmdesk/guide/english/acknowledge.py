"""The one line that says their story back: only what was typed, in their own nouns, under 25 words.

"Due Friday, told today Monday, you need them Friday. Have I got it?" Where unsure, the ask alone.
"""

import re
from collections.abc import Sequence

from calmdesk.guide.call import Note
from calmdesk.guide.notes import Sign
from calmdesk.guide.spelling import Words

MOST_WORDS = 25
"""The line stays under this many words, its closing question counted."""

_CLOSING = "Have I got it?"
WANTS = re.compile(r"^(?:they |he |she )?(?:wants?|needs?|asks? for|would like)\s+", re.IGNORECASE)
_UNSAYABLE = re.compile(
    r"[{}<>\[\]|\\/@#=*^~_]|\b(?:cust|cx|lol|wtf|idiot|rude|liar|lying)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"\b(?:i|my|mine|myself|me|we|ours?|us)\b", re.IGNORECASE)
"""Words that mean another when somebody else says them."""
_LETTER = re.compile(r"[^\W\d_]")
_THIRD = re.compile(r"^(?:they|he|she|customer|caller)\b", re.IGNORECASE)


def say_back(notes: Sequence[Note], words: Words, ask: str = "") -> str:
    """The line built from what was noted, or '' when nothing that can be said was noted.

    Facts first, in the order they were told, then what they need. Facts are left out from the
    earliest on until it is short enough; the ask alone stays when no fact fits.
    """
    wants = need(ask or next((n.text for n in reversed(notes) if n.sign is Sign.ASK), ""), words)
    facts = [_spoken(n.text, words) for n in notes if n.sign is Sign.SAYS and _sayable(n.text)]
    for first in range(len(facts) + 1):
        line = _line([*facts[first:], *([f"you need {wants}"] if wants else [])])
        if line and len(line.split()) < MOST_WORDS:
            return line
    return ""


def _line(parts: list[str]) -> str:
    if not parts:
        return ""
    told = ", ".join(parts)
    return f"{told[:1].upper()}{told[1:]}. {_CLOSING}"


def need(ask: str, words: Words) -> str:
    """What they need, to be said to them: `wants them fri` is `them Friday`; '' when it cannot be
    said as it was noted."""
    bare = WANTS.sub("", ask.strip())
    if (
        not _LETTER.search(bare)
        or "?" in bare
        or _UNSAYABLE.search(bare)
        or FIRST_PERSON.search(bare)
    ):
        return ""
    return _spoken(bare, words)


def _sayable(text: str) -> bool:
    """Whether a scrap can be said to them as it stands: short, no symbols, nobody's name-calling,
    and not told from a side that would sound wrong when the agent says it."""
    return (
        len(text.split()) <= 12
        and _LETTER.search(text) is not None
        and not _UNSAYABLE.search(text)
        and not FIRST_PERSON.search(text)
        and not _THIRD.match(text)
        and "?" not in text
    )


def _spoken(text: str, words: Words) -> str:
    """The scrap with its hurried words and day names written out."""
    text = text.strip().rstrip(".,;!")
    text = re.sub(r"\bthey need\b", "you need", text, flags=re.IGNORECASE)
    typed = text.split(" ")
    for place, word in enumerate(typed):
        bare = word.rstrip(".,;")
        day = words.day(bare, typed[place - 1] if place else "")
        if said := day or words.short.get(bare.casefold(), ""):
            typed[place] = said + word[len(bare) :]
    return " ".join(typed)
