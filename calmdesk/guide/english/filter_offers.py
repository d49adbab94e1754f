"""What can be typed next in a filter: the fields, then the values of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from calmdesk.guide.english.typed_filter import BUT_NOT, FilterWords, spell_value
from calmdesk.guide.filters import PromiseFilter
from calmdesk.guide.outcome import Outcome, Status

_ANSWERS = ("yes", "no")


def values(words: FilterWords, agents: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Each field of a filter and what it can be, as typed. `agents` are the names of a team."""
    return {
        "agent": _short([name.casefold() for name in agents if name.split()]),
        "status": [*Status],
        "outcome": [*Outcome],
        "about": [*words.categories.values()],
        "cause": [*words.causes.values(), "unknown"],
        "worse": [*words.causes.values()],
        "heat": ["hot", "5", "4", "3", "2", "1", "none"],
        "promise": [*PromiseFilter],
        "repeat": _ANSWERS,
        "cost": ["any", ">50", ">100"],
        "reviewed": _ANSWERS,
    }


def _short(names: Sequence[str]) -> list[str]:
    """Names by their first words; whole where the first word is somebody else's as well."""

    def short(name: str) -> str:
        first = name.split()[0]
        return first if [it for it in names if it.startswith(first)] == [name] else name

    return [short(name) for name in names]


def begun(text: str) -> tuple[str, str]:
    """What is typed whole, and the part that is being typed; a space in quotes ends none."""
    inside, last = False, 0
    for place, letter in enumerate(text):
        inside = inside != (letter == '"')
        if letter == " " and not inside:
            last = place + 1
    return text[:last], text[last:]


def offers(text: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    """What the part that is being typed can become: fields with their colon, or values alone."""
    before, part = begun(text)
    key, colon, typed = part.partition(":")
    if not colon:
        used = {it.partition(":")[0] for it in before.split()}
        fields = [f"{it}:" for it in known if it.startswith(key.casefold()) and it not in used]
        return fields + [BUT_NOT] * (not before and BUT_NOT.startswith(key.casefold()))
    wanted = typed.strip('"').casefold()
    values = known.get(key.casefold(), ())
    begun_so = [it for it in values if it.casefold().startswith(wanted)]
    return begun_so or [it for it in values if f" {wanted}" in it.casefold()]


def completed(text: str, offer: str) -> str:
    """The line with an offer taken."""
    before, part = begun(text)
    key, colon, _ = part.partition(":")
    if not colon:
        return f"{before}{offer}{'' if offer.endswith(':') else ' '}"
    return f"{before}{key}:{spell_value(offer)} "


def told(text: str, known: Mapping[str, Sequence[str]], room: int = 200) -> str:
    """The offers as help; '' when there are none. Values stand on one line of so many letters, which
    says how many more there are."""
    found = [str(it) for it in offers(text, known)]
    _, part = begun(text)
    if not found:
        return ""
    if ":" not in part:
        return " ".join(found)
    line = f"{part.partition(':')[0]}: {', '.join(found)}"
    for count in range(len(found) - 1, 0, -1):
        if len(line) <= room:
            break
        more = f" · {len(found) - count} more"
        line = f"{part.partition(':')[0]}: {', '.join(found[:count])}{more}"
    return line
