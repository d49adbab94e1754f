"""A filter as it is typed, on one line: `agent:sam status:open heat:hot cost:>50 reviewed:no`.

`but not` before all of it asks for all other cases of the days, which are chosen elsewhere.
What stands in quotes is taken as it stands in the record where nothing is called that.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from calmdesk.guide import money
from calmdesk.guide.filters import Filter, PromiseFilter
from calmdesk.guide.outcome import Outcome, Status
from calmdesk.guide.stages import HEATS

if TYPE_CHECKING:
    from calmdesk.guide.playbook.book import Playbook

BUT_NOT = "but not"
BUT_NOT_SAID = re.compile(r'(?<![:\w"])(?:all but|but not)(?![:\w"])', re.IGNORECASE)
PART = re.compile(r'(?P<key>\w+):(?P<value>"(?:[^"]|"")*"|[^\s"]*)(?=\s|$)|(?P<other>\S+)')
_PLAIN = re.compile(r"[^\s\"“”]+")
_LEAST = re.compile(r"(?P<sign>>=?|)\s*(?P<number>[\d.,']*\d)(?P<plus>\+?)")
_COIN = re.compile(r"[$€£¥₹]|(?<![a-z])[a-z]{3}(?![a-z])", re.IGNORECASE)
BUT_NOT_WHAT = f"{BUT_NOT}: what? Write behind it which cases are not wanted."
_LISTED = 15
"""Values that are named where none is meant."""
_OF_WORDS = ("agent", "about", "cause", "outcome")
"""Filters whose values may be several words."""
_UNKNOWN = "unknown"
"""How a cause is typed that nobody has looked for yet."""
_NAMED = 5
"""The same where they have long names."""
_MOST = 2**63 - 1
"""Minor units that the record can compare with."""
_HEATS = {"hot": "hot", "none": "0", **{str(level): str(level) for level in HEATS}}
_YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class FilterWords:
    """What a typed filter is read with."""

    categories: Mapping[str, str] = field(default_factory=dict)
    """Names of what calls are about, by their ids."""
    causes: Mapping[str, str] = field(default_factory=dict)
    currency: str = "USD"

    @classmethod
    def of(cls, playbook: "Playbook", currency: str) -> "FilterWords":
        """The words of a playbook, and the settings' currency."""
        return cls(
            {it.id: it.name for it in playbook.categories},
            {it.id: it.name for it in playbook.causes},
            currency,
        )


@dataclass(frozen=True)
class _Value:
    """What stands behind the colon."""

    text: str
    quoted: bool = False


def read_filter(text: str, words: FilterWords) -> Filter | str:
    """The filter that was typed, without its days; or one sentence that says what is not known, and
    what is. Promises are late as of the `seen_at` that is put into it."""
    others = BUT_NOT_SAID.search(outside_quotes(text))
    if others:
        if text[: others.start()].strip():
            return (
                f"“{others[0]}” stands before all of it or not at all: it asks for all other cases."
            )
        text = text[others.end() :]
        if not text.strip():
            return BUT_NOT_WHAT
    found: dict[str, Any] = {"all_but": True} if others else {}
    before: re.Match[str] | None = None
    for part in PART.finditer(text):
        if part["other"] and before and _goes_on(before):
            return (
                f'{before["key"]}:"{before["value"]} {part["other"]}" stands in quotation marks; '
                f"“{part['other']}” is no filter."
            )
        before = part
        if part["other"] or part["key"].casefold() not in _READ:
            return f"“{part['other'] or part['key']}” is no filter; {_KNOWN}."
        name, read = _READ[part["key"].casefold()]
        if name in found:
            return f"{part['key']}: is there twice; one of them is enough."
        value = _value(part["value"])
        if not value.text and not value.quoted:
            return f"{part['key']}: what? Write it right behind the colon."
        meant = read(value, words)
        if isinstance(meant, Unread):
            return f"{part['key']}: “{value.text}” is not known; {meant.known}."
        found[name] = meant
    return Filter(**found)


def is_filter(key: str) -> bool:
    """Whether a filter begins with this word."""
    return key.casefold() in _READ


def read_value(key: str, typed: str, words: FilterWords) -> Any:
    """What one filter asks for, as `Filter` holds it; `Unread` where that is not known."""
    return _READ[key][1](_value(typed), words)


def _goes_on(part: re.Match[str]) -> bool:
    """Whether what stands behind a filter may be the rest of its value, which wants quotes then."""
    return part["key"].casefold() in _OF_WORDS and not part["value"].startswith('"')


def outside_quotes(text: str) -> str:
    """The text with what stands in quotes blotted out, as long as it was."""
    return re.sub(r'"(?:[^"]|"")*"', lambda it: '"' * len(it[0]), text)


def _value(typed: str) -> _Value:
    if len(typed) > 1 and typed[0] == typed[-1] == '"':
        return _Value(typed[1:-1].replace('""', '"'), quoted=True)
    return _Value(typed)


@dataclass(frozen=True)
class Unread:
    """A value that means nothing here."""

    known: str
    """What would, as the end of a sentence."""


_Read = Callable[[_Value, FilterWords], Any]


def _one_of(names: Iterable[str]) -> _Read:
    """Reads one of some words, whole or as one of its words begins."""
    known = tuple(str(name) for name in names)

    def read(value: _Value, words: FilterWords) -> str | Unread:
        fitting = _fitting(value.text, known)
        return fitting[0] if len(fitting) == 1 else Unread(_which(fitting or known))

    return read


def _fitting(typed: str, names: Iterable[str]) -> list[str]:
    """The names that are meant: the one typed whole, else those that begin so, else those of which
    a word does."""
    wanted = _plain(typed)
    known = list(names)
    if not wanted:
        return []
    whole = [it for it in known if _plain(it) == wanted]
    begun = [it for it in known if _plain(it).startswith(wanted)]
    return whole[:1] or begun or [it for it in known if f" {wanted}" in f" {_plain(it)}"]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_,]", " ", text.casefold()).split())


def _which(names: Iterable[str], most: int = _LISTED) -> str:
    """The values that may be written, as the end of a sentence."""
    spelt = [spell_value(it) for it in names]
    if not spelt:
        return "none has a name here"
    if len(spelt) > most:
        return f"write {', '.join(spelt[:most])} or one of {len(spelt) - most} others"
    return f"write {' or '.join(filter(None, [', '.join(spelt[:-1]), spelt[-1]]))}"


def _named(of: Callable[[FilterWords], Mapping[str, str]], unknown: bool = False) -> _Read:
    """Reads an entry of the playbook, by its id or name."""

    def read(value: _Value, words: FilterWords) -> str | Unread:
        entries = of(words)
        if value.text in entries:
            return value.text
        if unknown and not value.quoted and value.text.casefold() == _UNKNOWN:
            return ""
        names = {_plain(name): id for id, name in entries.items()}
        fitting = _fitting(value.text, [*entries, *entries.values()])
        ids = list(dict.fromkeys(it if it in entries else names[_plain(it)] for it in fitting))
        if len(ids) == 1:
            return ids[0]
        if value.quoted and not ids and value.text:
            return value.text
        known = [entries[id] for id in ids or entries]
        return Unread(_which([*known, *([_UNKNOWN] if unknown and not ids else [])], _NAMED))

    return read


def _agent(value: _Value, words: FilterWords) -> str | Unread:
    return value.text or Unread("write how the name begins")


def _yes(value: _Value, words: FilterWords) -> bool | Unread:
    return _YES.get(value.text.casefold(), Unread("write yes or no"))


def _heat(value: _Value, words: FilterWords) -> str | Unread:
    return _HEATS.get(value.text.casefold(), Unread("write hot, none or 1 to 5"))


def _promise(value: _Value, words: FilterWords) -> PromiseFilter | Unread:
    meant = _one_of(PromiseFilter)(value, words)
    return meant if isinstance(meant, Unread) else PromiseFilter(meant)


def _cost(value: _Value, words: FilterWords) -> int | Unread:
    """`50` and `>=50` are fifty or more, `>50` is more than that, `any` is anything."""
    if value.text.casefold() == "any":
        return 1
    typed = _LEAST.fullmatch(_COIN.sub("", value.text).strip())
    try:
        least = money.minor_units(typed["number"], words.currency) if typed else None
    except ValueError:
        least = None
    if typed is None or least is None or least >= _MOST:
        return Unread("write any or an amount, such as >50")
    return least + (typed["sign"] == ">")


_READ: dict[str, tuple[str, _Read]] = {
    "agent": ("agent", _agent),
    "status": ("status", _one_of(Status)),
    "outcome": ("outcome", _one_of(Outcome)),
    "about": ("category", _named(lambda words: words.categories)),
    "cause": ("cause", _named(lambda words: words.causes, unknown=True)),
    "worse": ("factor", _named(lambda words: words.causes)),
    "heat": ("heat", _heat),
    "promise": ("promise", _promise),
    "repeat": ("repeat", _yes),
    "cost": ("cost", _cost),
    "reviewed": ("reviewed", _yes),
}
_FIRST, _LAST = ", ".join(f"{key}:" for key in [*_READ][:-1]), [*_READ][-1]
_KNOWN = (
    f"filters begin with {_FIRST} or {_LAST}:, and “{BUT_NOT}” before them turns all of it round"
)


def spell_filter(chosen: Filter, words: FilterWords | None = None) -> str:
    """A filter as it would be typed, without its days; '' for one that lets everything through.
    `words` name the currency of its cost."""
    currency = (words or FilterWords()).currency
    parts = [BUT_NOT] if chosen.all_but else []
    for key, (name, _) in _READ.items():
        value = getattr(chosen, name)
        if value is None or (value == "" and name != "cause"):
            continue
        parts.append(f"{key}:{_spelled(name, value, currency)}")
    return " ".join(parts)


def _spelled(name: str, value: Any, currency: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _spell_cost(value, currency)
    if name == "cause" and not value:
        return _UNKNOWN
    if name == "heat" and value == "0":
        return "none"
    return spell_value(str(value), always=name == "cause" and value.casefold() == _UNKNOWN)


def spell_value(text: str, always: bool = False) -> str:
    """A value, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and not always:
        return text
    return '"' + text.replace('"', '""') + '"'


def _spell_cost(least: int, currency: str) -> str:
    if least == 1:
        return "any"
    whole = 10 ** money.places(currency)
    if least % whole and (least - 1) % whole == 0:
        return f">{(least - 1) // whole}"
    places = money.places(currency)
    part = f".{least % whole:0{places}}" if least % whole else ""
    return f">={least // whole}{part}"
