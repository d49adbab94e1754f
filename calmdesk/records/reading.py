"""A case as lines to read: the same on the screen, in a terminal's pipe, and in a picture."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from calmdesk.clock import local
from calmdesk.guide import behaviour, self_check
from calmdesk.guide.listening import minutes
from calmdesk.guide.money import spell_amount
from calmdesk.guide.notes import Sign
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.stages import Fault, Stage
from calmdesk.records.rows import CaseWhole


class Tone(StrEnum):
    """How a line is meant."""

    TITLE = "title"
    PLAIN = "plain"
    QUIET = "quiet"
    ALERT = "alert"


@dataclass(frozen=True)
class Line:
    """One line: a label, its words, and their tone."""

    label: str
    words: str
    tone: Tone = Tone.PLAIN


Wall = Callable[[datetime], datetime]
"""Turns an instant into naive local time."""


def read_case(whole: CaseWhole, wall: Wall, playbook: Playbook, currency: str) -> list[Line]:
    """The case from top to bottom: who, what they asked and got, promises, then its journal."""
    return [
        *_head(whole, wall, playbook, currency),
        *_deal(whole, wall, currency),
        Line("", ""),
        Line("", "Journal", Tone.TITLE),
        *_journal(whole, wall, currency),
    ]


def _head(whole: CaseWhole, wall: Wall, playbook: Playbook, currency: str) -> list[Line]:
    case = whole.line
    who = [case.customer or "unknown caller", case.company, whole.number]
    since = [f"since {whole.since}"] if whole.since else []
    value = [f"account {spell_amount(whole.value, currency)}"] if whole.value else []
    heat = f"{case.heat_start}→{case.heat_end}" if case.heat_start else "not marked"
    about = playbook.category_name(case.category) or "not said"
    lines = [
        Line(case.ref, " · ".join(part for part in [*who, *since, *value] if part), Tone.TITLE),
        Line("opened", f"{_day(wall(case.opened_at))} by {case.agent or 'this desk'}"),
        Line("about", f"{about} · fault {Fault(whole.fault).label} · heat {heat}"),
        Line("stands", case.status + (f" · {case.outcome}" if case.outcome else "")),
    ]
    for contact in whole.contacts:
        spent = [
            f"{name} {minutes(contact[f'{kind}_seconds'])}"
            for name, kind in (
                ("listened", "listen"),
                ("talked", "talk"),
                ("held", "hold"),
                ("wrapped up", "wrap_up"),
            )
            if contact[f"{kind}_seconds"]
        ]
        lines.append(Line("call", f"{_day(wall(contact['answered_at']))} · {' · '.join(spent)}"))
    return lines


def _deal(whole: CaseWhole, wall: Wall, currency: str) -> list[Line]:
    lines = []
    if whole.stake:
        lines.append(Line("at stake", whole.stake, Tone.ALERT))
    if whole.deadline_at is not None:
        lines.append(Line("too late", f"after {_day(wall(whole.deadline_at))}", Tone.ALERT))
    if whole.may_go_public:
        lines.append(Line("in public", "may go public: a review, the press, a post", Tone.ALERT))
    if whole.ask:
        lines.append(Line("they asked", whole.ask))
    for offer in whole.offers:
        said = offer["verdict"] or "not answered"
        cost = spell_amount(offer["amount"], currency)
        lines.append(Line(f"offer {offer['round']}", f"{offer['text']} · {cost} · {said}"))
    if whole.read_back:
        agreed = f" (agreed {wall(whole.agreed_at):%H:%M})" if whole.agreed_at else " (not agreed)"
        lines.append(Line("read back", whole.read_back + agreed))
    for promise in whole.promises:
        when = _day(wall(promise["due_at"])) if promise["due_at"] else "when?"
        asked = f" · asked {promise['asked']}" if promise["asked"] else ""
        tone = Tone.ALERT if promise["state"] == "missed" else Tone.PLAIN
        lines.append(Line("told", f"{promise['what']} · {when} · {promise['state']}{asked}", tone))
    for follow in whole.follow_ups:
        lines.append(
            Line(
                "follow up",
                f"{follow['what']} · {_day(wall(follow['due_at']))} · {follow['state']}",
            )
        )
    acts = [act for contact in whole.contacts for act in contact["observed"].split()]
    if acts:
        lines.append(Line("observed", behaviour.in_words(acts)))
    if whole.summary:
        lines.append(Line("summary", whole.summary))
    return lines


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y} {at:%H:%M}"


def _journal(whole: CaseWhole, wall: Wall, currency: str) -> list[Line]:
    """The journal, in words; what an entry only names by its id is named by its own words."""
    named = {row["id"]: row.get("text") or row.get("what") or "" for row in _named(whole)}
    lines = []
    for entry in whole.journal:
        words = _words(entry.kind, entry.fields, wall, currency)
        ids = [v for v in entry.fields.values() if isinstance(v, str) and v in named]
        about = named[ids[0]] if ids else ""
        if words == entry.kind and about:
            words = f"{words}: {about}"
        if words:
            clock = minutes(entry.clock or 0)
            lines.append(Line(f"{clock:>6} {wall(entry.at):%H:%M}", words))
    return lines


def _named(whole: CaseWhole) -> list[dict[str, Any]]:
    return [*whole.notes, *whole.offers, *whole.promises, *whole.follow_ups]


def _words(kind: str, it: dict[str, Any], wall: Wall, currency: str) -> str:
    """One entry of the journal in words; '' for what says nothing by itself."""
    due = _day(wall(datetime.fromisoformat(it["due"]))) if it.get("due") else "when?"
    match kind:
        case "noted":
            if Sign(it["sign"]) in _SAID_BETTER:
                return ""
            sign = Sign(it["sign"]).word
            source = f" (source: {it['source']})" if it["source"] else ""
            return f"{sign}: {it['text']}{source}" if sign else it["text"]
        case "note mended":
            return f"mended: {it['text']} (was: {it['was']})"
        case "answered":
            return f"answered {it['number']}".strip()
        case "caller named":
            return "caller: " + ", ".join(
                str(it[k]) for k in ("name", "company", "number") if it[k]
            )
        case "case joined":
            return f"made part of {it['ref']}"
        case "stage entered":
            return f"stage {Stage(it['stage']).label}"
        case "heat marked":
            return f"heat {it['level']}{' cold' if it['cold'] else ''}"
        case "phrase said":
            return f"said: “{it['line']}”"
        case "apologised":
            return "apologised for our part" if it["ownership"] else "apologised"
        case "back said":
            return f"said back: “{it['line']}”"
        case "fault settled":
            return f"fault: {Fault(it['fault']).label}"
        case "offered":
            return f"offered: {it['text']} ({spell_amount(it['amount'], currency)})"
        case "verdict given":
            return f"would that settle it: {it['verdict']}"
        case "read back":
            return f"read back, {'agreed' if it['agreed'] else 'not agreed'}: “{it['text']}”"
        case "promised":
            return f"told: {it['what']}, {due}"
        case "promise changed":
            return f"told anew: {it['what']}, {due}"
        case "follow up set":
            return f"follow-up: {it['what']}, {due}"
        case "card given":
            given = [name for name, key in (("direct line", "line"), ("e-mail", "mail")) if it[key]]
            return f"gave {' and '.join(given)}" if given else ""
        case "escalated":
            return f"called in {it['name']} {it['number']}".strip()
        case "boundary set":
            return (
                f"boundary, step {it['step']}: {it['act']}"
                if it["act"]
                else f"boundary, step {it['step']}"
            )
        case "outcome chosen" | "finished":
            return f"{'saved' if kind == 'finished' else 'outcome'}: {it['outcome']}"
        case "slept":
            return "calmdesk was away; the time is " + ("counted" if it["counted"] else "left out")
        case "identity ticked":
            return "they are who they say" if it["verified"] else "not verified after all"
        case "category chosen":
            return f"about: {it['category']}"
        case "ask put":
            return ""
        case "deadline named":
            return f"too late after {due}" if it["due"] else "no time is named after all"
        case "behaviour seen":
            return f"observed: {behaviour.in_words(it['acts']) or 'nothing after all'}"
        case "self checked":
            return f"asked myself: {self_check.in_words(tuple(it['ticks'])) or 'none ticked'}"
        case "summed":
            return f"summary: {it['text']}"
        case _:
            return kind


_SAID_BETTER = (Sign.CALLER, Sign.PROMISE, Sign.OFFER, Sign.CATEGORY)
"""Notes that are followed by an entry which says the same, and more."""


def as_json(whole: CaseWhole, zone: tzinfo | None) -> dict[str, Any]:
    """The case as plain values for JSON: instants in ISO 8601 with the local offset, amounts in
    minor units."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return local(value, zone).isoformat()
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [plain(inner) for inner in value]
        return value

    table: dict[str, Any] = plain(asdict(whole))
    line = table.pop("line")
    return {**line, **table}
