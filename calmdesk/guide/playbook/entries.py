"""What each kind of entry may hold: one builder a kind, each telling what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from calmdesk.guide.language.categories import CATEGORIES
from calmdesk.guide.language.wording import Wording
from calmdesk.guide.phrases import CONDITIONS, GROUPS, SLOTS, Phrase
from calmdesk.guide.playbook.book import OTHER, Category, Cause
from calmdesk.guide.playbook.reading import Row, unknown
from calmdesk.guide.remedies import Remedy
from calmdesk.guide.stages import Fault, Stage
from calmdesk.guide.targets import CaseClock, Preset, Target, Targets, target

MOST_LINE, MOST_MOVE = 14, 3
"""Words of a line and of a move."""
LONGEST = 200
"""Characters of a line or a move, in whatever script: one has to be read at a glance."""
VOICES = ("i", "company", "both", "none")
PHRASE_KEYS = (
    "id",
    "class",
    "stages",
    "move",
    "line",
    "voice",
    "feeling",
    "heat",
    "fault",
    "subjects",
    "when",
    "step",
)
"""The keys of a phrase, in the order in which they are written."""

_WELL_BRACED = re.compile(r"(?:[^{}]|\{\w+\})*")


@dataclass(frozen=True)
class Kind:
    """One kind of entry: the key of its tables, and what builds it."""

    key: str
    build: Callable[[Row], Any]


def phrase(row: Row) -> Phrase:
    """A phrase, with a line that fits one breath and slots that can be filled."""
    row.only(*PHRASE_KEYS)
    built = Phrase(
        id=row.id,
        group=row.choice("class", tuple(GROUPS), ""),
        stages=frozenset(Stage(s) for s in row.words("stages", tuple(Stage))),
        move=row.text("move"),
        line=row.text("line"),
        voice=row.choice("voice", VOICES, "none"),
        feeling=row.flag("feeling"),
        heat=_heat(row),
        fault=frozenset(Fault(f) for f in row.words("fault", tuple(Fault))),
        subjects=frozenset(row.words("subjects")),
        when=frozenset(row.words("when", tuple(CONDITIONS))),
        step=_step(row),
    )
    if not row.values.get("stages"):
        row.tell("stages", "stages must name where it is shown, such as listen")
    _check_slots(row, built)
    _check_length(row, "line", built.line, MOST_LINE)
    _check_length(row, "move", built.move, MOST_MOVE)
    return built


def _check_slots(row: Row, built: Phrase) -> None:
    if set(built.line) & {"{", "}"} and not _WELL_BRACED.fullmatch(built.line):
        row.tell("line", unknown(f"line: a slot in {built.line!r}", built.line, SLOTS))
    for slot in sorted(built.slots - set(SLOTS)):
        row.tell("line", unknown(f"line: slot {{{slot}}}", slot, SLOTS))


def _check_length(row: Row, name: str, text: str, most: int) -> None:
    words = len(text.split())
    if words > most:
        row.tell(name, f"{name} has {words} words; it may have at most {most} words")
    elif len(text) > LONGEST:
        row.tell(name, f"{name} has {len(text)} characters; it may have at most {LONGEST}")


def _heat(row: Row) -> tuple[int, int]:
    heat = row.values.get("heat", [1, 5])
    levels = isinstance(heat, list) and len(heat) == 2 and all(_is_level(h) for h in heat)
    if not levels or heat[0] > heat[1]:
        row.tell("heat", "heat must be two numbers from 1 to 5, such as [3, 5]")
        return 1, 5
    return heat[0], heat[1]


def _is_level(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5


def _step(row: Row) -> int:
    step = row.values.get("step", 0)
    if isinstance(step, bool) or step not in (0, 1, 2, 3):
        row.tell("step", "step must be 1, 2 or 3, and only in the class boundary")
        return 0
    return int(step)


def category(row: Row) -> Category:
    """What a call can be about."""
    row.only("id", "name", "words", "heard")
    heard = row.words("heard") if "heard" in row.values else None
    return Category(row.id, row.text("name"), row.words("words"), heard)


def remedy(row: Row) -> Remedy:
    """What a customer can be given."""
    row.only("id", "name", "costs", "paid", "off", "words")
    return Remedy(
        row.id,
        row.text("name"),
        row.flag("costs"),
        row.flag("paid"),
        off=row.flag("off"),
        words=row.words("words"),
    )


def cause(row: Row) -> Cause:
    """Why it happened, by process (D3)."""
    row.only("id", "name", "words", "asked", "group")
    group = row.text("group", "") or OTHER
    return Cause(row.id, row.text("name"), row.words("words"), row.flag("asked", True), group)


def wording(row: Row) -> Wording:
    """A turn of phrase that the language guard knows; without a pattern, the reason that holds for
    its whole category."""
    row.only("id", "category", "pattern", "why", "instead", "example", "always")
    return Wording(
        id=row.id,
        category=row.choice("category", tuple(CATEGORIES), ""),
        pattern=row.text("pattern", ""),
        why=row.text("why"),
        instead=row.text("instead", "") if "instead" in row.values else None,
        example=row.text("example", ""),
        always=row.flag("always"),
    )


def preset(row: Row) -> Preset:
    """The targets of a published rule, for the clocks of a case."""
    row.only("id", "name", *CaseClock, "pauses", "source", "as_of")
    targets = Targets(
        **{clock.value: _target(row, clock) for clock in CaseClock},
        pauses=row.flag("pauses", True),
    )
    if targets.off and not any(clock in row.values for clock in CaseClock):
        row.tell("id", f"it names no time: one of {', '.join(CaseClock)}")
    return Preset(row.id, row.text("name"), targets, row.text("source", ""), row.day("as_of"))


def _target(row: Row, clock: CaseClock) -> Target | None:
    if clock not in row.values:
        return None
    try:
        return target(row.text(clock), clock)
    except ValueError as error:
        row.tell(clock, f"{clock} must be {error}")
        return None


WORDING = "wording.toml"
"""The file of the turns of phrase that the language guard knows."""
KINDS: Mapping[str, Kind] = {
    "phrases.toml": Kind("phrase", phrase),
    "categories.toml": Kind("category", category),
    "remedies.toml": Kind("remedy", remedy),
    "causes.toml": Kind("cause", cause),
    "clocks.toml": Kind("clock", preset),
    WORDING: Kind("wording", wording),
}
"""Files of entries, by their names."""

CARDS = "cards.toml"
"""The file of the cards: two values of the whole file."""
CARD_KEYS = ("emergency", "escalate_say")
HEARING = "hearing.toml"
"""The file of how notes are typed: tables and lists of words."""
FILES = (*KINDS, CARDS, HEARING)
"""Every file that a playbook reads."""
