"""A scenario: who calls, what they tell, what they feel about what is done, and how it can be won."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from calmdesk.guide.practice.rules import RULES, TEMPERS

LEVEL = 10
"""Steps of one level of heat: the caller is finer than the agent's 1 to 5."""
BANDS = {"hot": 35, "warm": 25, "calm": 0}
"""How they talk, and the heat from which on they talk like that."""
NEEDED_NOUNS = 2
"""Of their own nouns, how many make a line that was said back theirs."""
HARD = {1: "a first call", 2: "harder", 3: "hard"}


class WayKind(StrEnum):
    """What a way out of the call is."""

    OFFER = "offer"
    CALL_BACK = "call_back"
    NO = "no"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Way:
    """One way in which this call can be won."""

    id: str
    kind: WayKind
    hint: str
    """For the debrief: how it could have been won."""
    yes: str
    """What the caller says to it."""
    at: int
    """The heat up to which they can say yes."""
    words: tuple[str, ...] = ()
    """Beginnings of words by which an offer or a promise is known as this one."""
    remedies: tuple[str, ...] = ()

    def fits(self, text: str, remedy: str = "") -> bool:
        """Whether an offer or a promise is this way."""
        return remedy in self.remedies if remedy in self.remedies else count(self.words, text) > 0


@dataclass(frozen=True)
class Fact:
    """Something the agent knows, or finds out while the caller holds."""

    knows: str
    words: tuple[str, ...]
    """Beginnings of words of which two show that it was told."""
    found: bool = False
    """Whether it is known only after the caller was put on hold."""


@dataclass(frozen=True)
class Before:
    """An earlier call on the matter, whose promise was not kept."""

    days_ago: int
    ask: str
    promised: str
    late_hours: int
    calls: int = 1
    """How often they rang before, that call counted."""


@dataclass(frozen=True)
class Scenario:
    """One caller, as read from one file; its id is the file's name."""

    id: str
    title: str
    about: str
    """Id of the category."""
    firm: str
    trade: str
    hard: int
    brief: str
    lesson: str
    temper: str
    heat: int
    """Heat at the first word, in steps of a level."""
    breaks: int
    """Heat at which they hang up."""
    name: str
    number: str
    tells: tuple[str, ...]
    nouns: tuple[str, ...]
    ask: str
    ways: tuple[Way, ...]
    says: Mapping[str, Mapping[str, Sequence[str]]]
    """Lines by moment and band; what is missing is said in the shipped common words."""
    day: str = ""
    """When it is in this call, such as `Tuesday, ten in the morning`; '' when it does not matter."""
    company: str = ""
    since: int = 0
    limit: int = 0
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    tries: tuple[str, ...] = ()
    softer: tuple[str, ...] = ()
    """The story without its insults, piece by piece: so it goes on once they were named."""
    answers: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    before: Before | None = None
    feels: Mapping[str, int] = field(default_factory=dict)
    """What this caller feels otherwise than their temper, by rule."""

    def change(self, rule: str) -> int:
        """What a rule changes for this caller, in steps of a level."""
        usual = TEMPERS[self.temper].get(rule, RULES[rule].change)
        return self.feels.get(rule, usual)

    def lines(self, moment: str, heat: int) -> Sequence[str]:
        """What they say at a moment and a heat: in the band, else in the nearest hotter or calmer."""
        known = self.says.get(moment, {})
        bands = list(BANDS)
        here = bands.index(band(heat))
        near = sorted(bands, key=lambda name: abs(bands.index(name) - here))
        return next((known[name] for name in near if known.get(name)), ())


def band(heat: int) -> str:
    """How somebody of this heat talks."""
    return next(name for name, least in BANDS.items() if heat >= least)


def level(heat: int) -> int:
    """The heat as an agent would mark it, 1 to 5."""
    return min(5, max(1, round(heat / LEVEL)))


def count(beginnings: Sequence[str], text: str) -> int:
    """How many of these stand in a text; each is the beginning of a word, or several by `|`."""
    return sum(bool(re.search(rf"\b(?:{_either(b)})", text, re.IGNORECASE)) for b in beginnings)


def _either(beginning: str) -> str:
    return "|".join(re.escape(part.strip()) for part in beginning.split("|") if part.strip())
