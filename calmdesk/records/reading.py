"""A case as lines to read: the same on the screen, in a terminal's pipe, and in a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any

from calmdesk.clock import local
from calmdesk.guide import behaviour
from calmdesk.guide.clocks import ClockStanding
from calmdesk.guide.english.days import with_year
from calmdesk.guide.heat import spell_heats
from calmdesk.guide.money import spell_amount, spell_cost
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Status, Verdict
from calmdesk.guide.playbook import Playbook
from calmdesk.guide.promises import PromiseState, Received
from calmdesk.guide.stages import Fault
from calmdesk.records.beside_reading import read_others, read_reviews
from calmdesk.records.call_reading import read_calls
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.journal_reading import read_journal
from calmdesk.records.journal_words import Wall
from calmdesk.records.read_lines import Line, Tone, parts, several
from calmdesk.words import called


def read_case(
    whole: CaseWhole,
    wall: Wall,
    playbook: Playbook,
    currency: str,
    clocks: Sequence[ClockStanding] = (),
    notes: Mapping[str, str] = {},
) -> list[Line]:
    """The case from top to bottom: who, its clocks, what they asked and got, promises, what was
    found out, how it was reviewed, then its journal.

    `notes` are private notes of its reviews (`reviews.notes`): for the screen of who wrote them or
    was written them, and for nothing that leaves it.
    """
    return [
        *_head(whole, wall, playbook, currency),
        *(_clock(clock, wall) for clock in clocks),
        *_deal(whole, wall, currency),
        *_promises(whole, wall),
        *_between(whole, wall, playbook),
        *read_reviews(whole, wall, notes),
        *read_others(whole, wall, playbook),
        *_sides(whole),
        Line("", ""),
        Line("", "Journal", Tone.TITLE),
        *read_journal(whole, wall, playbook, currency),
    ]


def _clock(clock: ClockStanding, wall: Wall) -> Line:
    """A clock with its state as a word; a late one is an alert."""
    due = with_year(wall(clock.due)) if clock.due is not None else ""
    sign = "" if clock.late else clock.state.sign.strip()
    words = parts([f"{sign} {clock.words}".strip(), due])
    return Line(clock.clock.label, words, Tone.ALERT if clock.late else Tone.PLAIN)


def _head(whole: CaseWhole, wall: Wall, playbook: Playbook, currency: str) -> list[Line]:
    case = whole.line
    who = [called(case.customer), case.company, whole.number]
    since = [f"since {whole.since}"] if whole.since else []
    value = [f"account {spell_amount(whole.value, currency)}"] if whole.value else []
    heat = spell_heats(case.heat_start, case.heat_end) or "not marked"
    about = playbook.category_name(case.category) or "not said"
    lines = [
        Line(case.ref, parts([*who, *since, *value]), Tone.TITLE),
        Line("opened", f"{with_year(wall(case.opened_at))} by {case.agent or 'this desk'}"),
        Line("about", f"{about} · fault {Fault(whole.fault).label} · heat {heat}"),
        Line("stands", _stands(whole)),
    ]
    if whole.told_at is not None:
        lines.append(Line("told them", f"{whole.told_how} · {with_year(wall(whole.told_at))}"))
    if whole.example:
        lines.append(Line("example", "colleagues may learn from it, with every name removed"))
    return lines + read_calls(whole, wall)


def _stands(whole: CaseWhole) -> str:
    """Its status, and how its last call ended; what was meant as the end does not read as one while
    something is still open."""
    case = whole.line
    if case.outcome == Outcome.FINAL_ANSWER and case.status == Status.CLOSED:
        return case.outcome
    if case.outcome != Outcome.FINAL_ANSWER:
        return parts(dict.fromkeys([case.stands, case.outcome]))
    waits = any(promise["state"] == PromiseState.OPEN for promise in whole.promises)
    until = " until what they were told is kept" if waits else ""
    if not waits and whole.told_at is None:
        until = " until they are told"
    return parts([f"{case.stands}{until}", "final answer given"])


def _deal(whole: CaseWhole, wall: Wall, currency: str) -> list[Line]:
    lines = []
    if whole.stake:
        lines.append(Line("at stake", whole.stake, Tone.ALERT))
    if whole.deadline_at is not None:
        lines.append(Line("too late", f"after {with_year(wall(whole.deadline_at))}", Tone.ALERT))
    if whole.may_go_public:
        lines.append(Line("in public", "may go public: a review, the press, a post", Tone.ALERT))
    if whole.ask or whole.offers:
        lines.append(Line("they asked", whole.ask or "nothing was noted"))
        lines.append(Line("they got", _got(whole, currency), beside=True))
    round_before = 0
    for offer in whole.offers:
        said = offer["verdict"] or "not answered"
        arrived = f"arrived: {offer['received']}" if offer["received"] else ""
        tone = Tone.ALERT if offer["received"] == Received.NO else Tone.PLAIN
        words = [offer["text"], spell_cost(offer["text"], offer["amount"], currency), said, arrived]
        label = "and" if offer["round"] == round_before else f"offer {offer['round']}"
        round_before = offer["round"]
        lines.append(Line(label, parts(words), tone))
    if whole.read_back:
        lines.append(Line("read back", f"{whole.read_back} ({_agreed(whole, wall)})"))
    acts = [act for contact in whole.contacts for act in contact["observed"].split()]
    if acts:
        lines.append(Line("observed", behaviour.in_words(acts)))
    if whole.summary:
        lines.append(Line("summary", whole.summary))
    return lines


def _agreed(whole: CaseWhole, wall: Wall) -> str:
    """When they agreed: the hour, on another day than it was opened that day as well."""
    if whole.agreed_at is None:
        return "not agreed"
    at = wall(whole.agreed_at)
    same = at.date() == wall(whole.line.opened_at).date()
    return f"agreed {at:%H:%M}" if same else f"agreed {with_year(at)}"


def _got(whole: CaseWhole, currency: str) -> str:
    """What they agreed to, with what it costs (S99)."""
    given = [
        parts([it["text"], spell_cost(it["text"], it["amount"], currency)])
        for it in whole.offers
        if it["verdict"] == Verdict.YES
    ]
    if given:
        return "; ".join(given)
    return "none of what was offered" if whole.offers else "nothing was offered"


def _promises(whole: CaseWhole, wall: Wall) -> list[Line]:
    """What they were told, with its state in words; then who looks, and how they were tried."""
    lines = [_promise(promise, wall) for promise in whole.promises]
    for follow in whole.follow_ups:
        words = [
            follow["what"],
            with_year(wall(follow["due_at"])),
            follow["owner"],
            follow["state"],
            follow["result"],
            f"because {follow['reason']}" if follow["reason"] else "",
        ]
        lines.append(Line("follow up", parts(words)))
    for attempt in whole.attempts:
        words = [
            attempt["result"],
            with_year(wall(attempt["at"])),
            attempt["agent"],
            attempt["note"],
        ]
        lines.append(Line("tried", parts(words)))
    return lines


def _promise(promise: dict[str, Any], wall: Wall) -> Line:
    due, first = promise["due_at"], promise["first_due_at"]
    state = f"{promise['state']}, overdue" if promise["overdue"] else promise["state"]
    given = promise["owner"] != promise["agent"]
    words = [
        promise["what"],
        with_year(wall(due)) if due else "when?",
        state,
        f"first told {with_year(wall(first))}" if first and first != due else "",
        "its time passed once"
        if promise["missed_once"] and promise["state"] == PromiseState.OPEN
        else "",
        f"because {promise['reason']}" if promise["reason"] else "",
        f"{promise['owner']} keeps it" if given else "",
        f"asked {promise['asked']}" if promise["asked"] else "",
    ]
    alert = promise["state"] == PromiseState.MISSED or promise["overdue"]
    label = "told" if promise["kind"] == "promise" else promise["kind"]
    return Line(label, parts(words), Tone.ALERT if alert else Tone.PLAIN)


def _between(whole: CaseWhole, wall: Wall, playbook: Playbook) -> list[Line]:
    """What was done about it between the calls."""
    lines = []
    for it in whole.consults:
        answer = f"answered: {it['answer']}" if it["answered_at"] else "no answer yet"
        when = with_year(wall(it["answered_at"] or it["asked_at"]))
        lines.append(Line("asked", parts([it["whom"], it["question"], answer, when])))
    for it in whole.handovers:
        read = "" if it["taken_at"] else "not read yet"
        who = f"{it['from']} to {it['to']}".strip()
        lines.append(Line("handed over", parts([who, with_year(wall(it["at"])), read])))
        lines += several(it["brief"])
    for it in whole.waitings:
        until = f"they answered {with_year(wall(it['ended_at']))}" if it["ended_at"] else "still"
        since = f"since {with_year(wall(it['began_at']))}"
        lines.append(Line("waits for", parts([it["what"], since, until])))
    for it in whole.letters:
        reader = f"read first by {it['reader']}" if it["reader"] else ""
        when = with_year(wall(it["released_at"]))
        lines.append(Line("letter", parts([it["kind"], it["released_to"], when, reader])))
        lines += several(it["text"], Tone.QUIET)
    if whole.cause:
        lines.append(Line("cause", playbook.cause_name(whole.cause)))
    if whole.factors:
        names = ", ".join(playbook.cause_name(factor) for factor in whole.factors)
        lines.append(Line("made worse", names))
    return lines


def _sides(whole: CaseWhole) -> list[Line]:
    """What the customer says and what is verified, kept apart, each with its source (S52, S53)."""
    says = [it for it in whole.notes if it["sign"] == Sign.SAYS]
    facts = [it for it in whole.notes if it["sign"] == Sign.FACT]
    lines = []
    if says:
        lines += [Line("", ""), Line("", "They say", Tone.TITLE)]
        lines += [Line("customer", it["text"]) for it in says]
    if facts:
        lines += [Line("", ""), Line("", "Verified", Tone.TITLE)]
    for it in sorted(facts, key=lambda fact: not fact["source"]):
        if it["source"]:
            lines.append(Line("fact", f"{it['text']} · source: {it['source']}"))
        else:
            lines.append(Line("not yet", f"{it['text']} · not verified: no source", Tone.QUIET))
    return lines


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
    table.pop("read_by")
    return {**line, **table}
