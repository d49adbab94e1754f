"""What each entry of a journal says, in words."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from calmdesk.guide import behaviour, self_check
from calmdesk.guide.english.days import with_year
from calmdesk.guide.money import spell_cost
from calmdesk.guide.notes import Sign
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.reviewing import Justice, judged
from calmdesk.guide.stages import Fault, Stage

Fields = Mapping[str, Any]
"""A happening's fields, as the journal holds them."""
Wall = Callable[[datetime], datetime]
"""Turns an instant into naive local time."""


def entry_words(
    kind: str,
    fields: Fields,
    named: Mapping[str, str],
    wall: Wall,
    currency: str,
    playbook: Playbook | None = None,
) -> str:
    """One entry in words; '' for what says nothing by itself.

    `named` gives the words of a note, offer, promise and the like by its id; an entry that names
    one says them. Amounts are in minor units of `currency`. `playbook` names what the case is about
    and its causes; None leaves their ids.
    """
    it: dict[str, Any] = defaultdict(str, fields)
    if playbook is not None:
        it["category"] = playbook.category_name(it["category"])
        it["cause"] = playbook.cause_name(it["cause"])
        it["factors"] = [playbook.cause_name(factor) for factor in it["factors"]]
    about = next((named[value] for value in _texts(fields) if value in named), "")
    if kind in _UNTIMED and not it["due"]:
        return _UNTIMED[kind]
    if kind in _SPECIAL:
        return _SPECIAL[kind](it)
    it |= {name: named.get(value, "") for name, value in fields.items() if name.endswith("_id")}
    it |= {name: _when(fields[name], wall) for name in _TIMES if name in fields}
    if not fields.get("due_before"):
        it["due_before"] = ""
    it["amount"] = spell_cost(it["text"], fields.get("amount") or 0, currency)
    if kind not in _WORDS:
        return f"{kind}: {about}" if about else kind
    words = _WORDS[kind].format_map(it)
    tails = _TAILS.get(kind, ())
    return words + "".join(tail.format_map(it) for tail in tails if it[_tail_field(tail)])


def _texts(fields: Fields) -> list[str]:
    return [value for value in fields.values() if isinstance(value, str)]


def _tail_field(tail: str) -> str:
    return tail[tail.index("{") + 1 : tail.index("}")]


def _when(value: str | None, wall: Wall) -> str:
    return with_year(wall(datetime.fromisoformat(value))) if value else "when?"


_TIMES = ("due", "due_before", "until", "check")

_WORDS = {
    "case joined": "made part of {ref}",
    "back said": "said back: “{line}”",
    "phrase said": "said: “{line}”",
    "note mended": "mended: {text} (was: {was})",
    "offered": "offered: {text} ({amount})",
    "verdict given": "would that settle it: {verdict}",
    "promised": "told: {what}, {due}",
    "promise changed": "told anew: {what}, {due}",
    "follow up set": "follow-up: {what}, {due}",
    "outcome chosen": "outcome: {outcome}",
    "finished": "saved: {outcome}",
    "category chosen": "about: {category}",
    "ask put": "",
    "summed": "summary: {text}",
    "deadline named": "too late after {due}",
    # -- promises and follow-ups
    "promise kept": "kept: {promise_id}",
    "promise missed": "missed for good: {promise_id}",
    "promise withdrawn": "withdrawn, and they know: {promise_id}",
    "promise reagreed": "agreed anew: {promise_id}, {due}",
    "promise handed over": "{to_name} keeps it now: {promise_id}",
    "reminder deferred": "reminder put off until {until}: {line_id}",
    "attempted": "rang them: {result}",
    "followed up": "followed up, {result}: {follow_up_id}",
    "follow up handed over": "{to_name} follows up: {follow_up_id}",
    "reminder recalled": "the reminder is as it was: {line_id}",
    "keeping undone": "not kept after all: {line_id}",
    "follow up withdrawn": "no follow-up any more: {follow_up_id}",
    "remedy checked": "did it arrive? {received}: {offer_id}",
    "change told": "told what has changed: {text}",
    # -- finding out, and the case
    "consulted": "asked {whom}: {question}",
    "consult answered": "answered: {answer}",
    "case handed over": "handed over to {to_name}: {brief}",
    "handover taken": "the hand-over was read",
    "taking undone": "the hand-over waits to be read after all",
    "customer told": "told them the answer, {how}",
    "case closed": "closed: {outcome}",
    "case reopened": "reopened: {why}",
    "waiting began": "waits for them: {what}",
    "waiting ended": "they answered: {waiting_id}",
    "review withdrawn": "the review was taken back",
    "customer merged": "{gone_name} is {kept_name}: one person",
    "customer parted": "{gone_name} is not {kept_name} after all",
    # -- letters and actions
    "letter drafted": "began a letter: {letter}",
    "letter read": "{reader} read a letter first",
    "letter released": "{letter} letter to {to}, {subject}: “{text}”",
    "letter sent": "the {letter} letter was sent",
    "letter dropped": "a letter was dropped",
    "action opened": "{action_kind} action for {cause}: {change}, {owner}, {due}",
    "action changed": "the action anew: {change}, {owner}, {due}",
    "action done": "the change is made; checked {check}",
    "action checked": "checked, {before} before and {after} after: {finding}",
}
"""What a kind says; in place of an id stand the words of what it names. A kind that is not here
says its own name, and what it is about."""

_UNTIMED = {"deadline named": "no time is named after all"}
"""What a kind says that names no time."""

_TAILS = {
    "note mended": (" (source: {source})",),
    "promise reagreed": (", was {due_before}",),
    "promise missed": (", because {reason}",),
    "promise withdrawn": (", because {reason}",),
    "follow up withdrawn": (", because {reason}",),
    "promise handed over": (" ({note})",),
    "follow up handed over": (" ({note})",),
    "promised": (", {how}", " (asked {asked})"),
    "promise changed": (" (asked {asked})",),
    "follow up set": (", {owner}",),
    "attempted": (", {note}",),
    "customer told": (": “{text}”",),
    "consult answered": (" (asked: {consult_id})",),
}
"""What is added when its field says anything."""


# -- what needs more than a sentence ----------------------------------------------------------

_SAID_BETTER = (Sign.CALLER, Sign.PROMISE, Sign.OFFER, Sign.CATEGORY)
"""Notes that are followed by an entry which says the same, and more."""


def _noted(it: Fields) -> str:
    sign = Sign(it["sign"])
    if sign in _SAID_BETTER:
        return ""
    source = f" (source: {it['source']})" if it["source"] else ""
    return f"{sign.word}: {it['text']}{source}" if sign.word else f"{it['text']}{source}"


def _answered(it: Fields) -> str:
    return f"{'rang' if it['direction'] == 'out' else 'answered'} {it['number']}".strip()


def _caller(it: Fields) -> str:
    return "caller: " + ", ".join(str(it[k]) for k in ("name", "company", "number") if it[k])


def _heat(it: Fields) -> str:
    return f"heat {it['level']}{' cold' if it['cold'] else ''}"


def _read_back(it: Fields) -> str:
    return f"read back, {'agreed' if it['agreed'] else 'not agreed'}: “{it['text']}”"


def _card(it: Fields) -> str:
    given = [name for name, key in (("direct line", "line"), ("e-mail", "mail")) if it[key]]
    return f"gave {' and '.join(given)}" if given else ""


def _boundary(it: Fields) -> str:
    act = f": {it['act']}" if it["act"] else ""
    return f"boundary, step {it['step']}{act}"


def _pledged(it: Fields) -> str:
    without = "" if it["action_id"] else ", while no change was under way"
    change = f": {it['change']}" if it["change"] else ""
    return f"told that it will not happen again{without}{change}"


def _customer(it: Fields) -> str:
    if it["field"] == "account value":
        return "their account value was mended"
    was = f" (was: {it['was']})" if it["was"] else ""
    return f"their {it['field']}: {it['now'] or 'none after all'}{was}"


def _cause(it: Fields) -> str:
    worse = f"; made worse by {', '.join(it['factors'])}" if it["factors"] else ""
    return f"cause: {it['cause']}{worse}"


def _reviewed(it: Fields) -> str:
    said = [
        f"looked at the work of {it['of_name'] or 'a colleague'}",
        f"went well: {it['went_well']}",
        judged({asked: it[asked] for asked in Justice}),
        f"one thing to try: {it['try_next']}" if it["try_next"] else "",
    ]
    return " · ".join(part for part in said if part)


def _imported(it: Fields) -> str:
    rest = "".join(f"\n{name}: {words}" for name, words in it["fields"].items())
    return f"taken over from {it['file']}, line {it['line']}{rest}"


def _merged(it: Fields) -> str:
    whose = f"in the record of {it['of']}" if it["of"] else "in the other"
    return f"two records of it became one; {whose} stood {'; '.join(it['lost'])}"


_SPECIAL: dict[str, Callable[[Fields], str]] = {
    "noted": _noted,
    "answered": _answered,
    "caller named": _caller,
    "stage entered": lambda it: f"stage {Stage(it['stage']).label}",
    "heat marked": _heat,
    "apologised": lambda it: "apologised for our part" if it["ownership"] else "apologised",
    "fault settled": lambda it: f"fault: {Fault(it['fault']).label}",
    "read back": _read_back,
    "card given": _card,
    "escalated": lambda it: f"called in {it['name']} {it['number']}".strip(),
    "boundary set": _boundary,
    "slept": lambda it: (
        "calmdesk was away; the time is " + ("counted" if it["counted"] else "left out")
    ),
    "identity ticked": lambda it: (
        "they are who they say" if it["verified"] else "not verified after all"
    ),
    "behaviour seen": lambda it: (
        f"observed: {behaviour.in_words(it['acts']) or 'nothing after all'}"
    ),
    "self checked": lambda it: (
        f"asked myself: {self_check.in_words(tuple(it['ticks'])) or 'none ticked'}"
    ),
    "pledged": _pledged,
    "imported": _imported,
    "merged": _merged,
    "cause found": _cause,
    "reviewed": _reviewed,
    "customer mended": _customer,
    "example marked": lambda it: "an example to learn from" if it["example"] else "no example",
}
