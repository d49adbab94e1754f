"""A phrase as it is typed into a form: words where the file has lists, and checked by the same rules."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calmdesk.guide.english.said import names_feeling
from calmdesk.guide.phrases import CONDITIONS, GROUPS, SLOT, Phrase
from calmdesk.guide.playbook.book import Playbook
from calmdesk.guide.playbook.entries import phrase as build
from calmdesk.guide.playbook.reading import Row, unknown
from calmdesk.guide.playbook.writing import values
from calmdesk.guide.stages import Stage
from calmdesk.words import one_line

FIELDS = ("line", "move", "class", "stages", "heat", "subjects", "when")
"""What is typed; the other values of a phrase stay as they are."""
LISTS = ("stages", "subjects", "when")

_HEAT = re.compile(r"([1-5])(?:\s*(?:-|–|to|,|\s)\s*([1-5]))?")


@dataclass(frozen=True)
class Typed:
    """What was typed, read."""

    phrase: Phrase
    wrong: Mapping[str, str]
    """What is wrong, by field; nothing is kept while there is something."""


def words_for(field: str, book: Playbook) -> Sequence[str]:
    """The words that a field takes; none for one that takes any."""
    return {
        "class": GROUPS,
        "stages": [stage.value for stage in Stage],
        "subjects": [category.id for category in book.categories],
        "when": CONDITIONS,
    }.get(field, ())


def spelled(phrase: Phrase) -> dict[str, str]:
    """A phrase as it would be typed."""
    given = values(phrase)
    return {field: _spelled(given.get(field, "")) for field in FIELDS}


def _spelled(value: Any) -> str:
    if isinstance(value, str):
        return value
    joint = "-" if all(isinstance(part, int) for part in value) else ", "
    return joint.join(str(part) for part in value)


def read_typed(
    typed: Mapping[str, str], phrase_id: str, base: Phrase | None, book: Playbook
) -> Typed:
    """Read what was typed for the phrase of an id; `base` is the phrase as it was."""
    wrong: dict[str, str] = {}
    given = {**(values(base) if base else {}), "id": phrase_id}
    for field in FIELDS:
        given[field] = _value(field, one_line(typed.get(field, "")))
    given = {key: value for key, value in given.items() if value != []}
    given["feeling"] = given.get("feeling", False) or names_feeling(given["line"])

    def tell(key: str, what: str) -> None:
        wrong.setdefault(key, what)

    phrase = build(Row(given, tell))
    known = words_for("subjects", book)
    for subject in sorted(phrase.subjects - set(known)):
        wrong.setdefault("subjects", unknown(f"the category {subject!r}", subject, tuple(known)))
    return Typed(phrase, wrong)


def _value(field: str, typed: str) -> Any:
    if field in LISTS:
        return [_word(part) for part in typed.split(",") if part.strip()]
    if field == "class":
        return _word(typed)
    if field == "heat":
        found = _HEAT.fullmatch(typed)
        return [int(found[1]), int(found[2] or found[1])] if found else typed or []
    return typed


def _word(typed: str) -> str:
    return typed.strip().casefold().replace(" ", "_").replace("-", "_")


def last_word(typed: str, several: bool) -> str:
    """The word that is being typed, as the file writes it; '' when none is."""
    return _word(typed.rpartition(",")[2] if several else typed)


def completed(typed: str, words: Sequence[str], several: bool) -> str:
    """What is typed with its last word completed; '' when there is nothing to complete."""
    begun = last_word(typed, several)
    if not begun or typed.endswith(" "):
        return ""
    before = {_word(word) for word in typed.split(",")[:-1]} if several else set()
    fresh = (word for word in words if word not in before and word != begun)
    found = next((word for word in fresh if word.startswith(begun)), "")
    return typed + found[len(begun) :] if found else ""


def new_id(line: str, taken: Collection[str]) -> str:
    """An id for a phrase of one's own, after its first words."""
    words = re.findall(r"[a-z0-9']+", SLOT.sub("", line.casefold()))[:4]
    stem = "-".join(["my", *(word.replace("'", "") for word in words)]) if words else "my-phrase"
    ids = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(id for id in ids if id not in taken)
