"""The brief of a hand-over, filled from what is written down, so that nobody need write it (S63)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from calmdesk.guide.call import Call
from calmdesk.guide.handover import Facts, brief, earlier, of_call, stands, tried
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Status
from calmdesk.guide.promises import FollowUpKind, PromiseState
from calmdesk.records.case_rows import CaseWhole
from calmdesk.widgets.stage_pane import Around

if TYPE_CHECKING:
    from calmdesk.records.call_rows import Match


def call_brief(
    call: Call, around: Around, whole: CaseWhole | None = None, match: Match | None = None
) -> str:
    """The brief of a call as it stands; where its case is older than the call, that of the case.
    `match` is the customer who seems to be calling: another case of theirs is named in it."""
    older = whole if whole is not None and len(whole.contacts) > 1 else None
    facts = _of_call(call, around) if older is None else _of_case(older, around)
    return brief(replace(facts, earlier=_earlier(call, around, match)))


def case_brief(whole: CaseWhole, around: Around) -> str:
    """The brief of a case between its calls."""
    return brief(_of_case(whole, around))


def _of_call(call: Call, around: Around) -> Facts:
    promised = [f"{it.what}, {around.dated(it.due)}" if it.due else it.what for it in call.promises]
    follow_up = call.follow_up
    to_do = [f"{FollowUpKind.HELD.words}, {around.dated(follow_up.due)}"] if follow_up else []
    return of_call(call, promised, to_do)


def _of_case(whole: CaseWhole, around: Around) -> Facts:
    line = whole.line
    return Facts(
        who=(line.customer, line.company, whole.number),
        what=[it["text"] for it in whole.notes if it["sign"] == Sign.SAYS][-3:],
        ask=whole.ask,
        tried=[tried(it["text"], it["verdict"]) for it in whole.offers],
        promised=_promised(whole, around),
        to_do=_to_do(whole, around),
        heat=line.heat_end or line.heat_start,
        cold=whole.cold,
    )


def _promised(whole: CaseWhole, around: Around) -> list[str]:
    """All that they were told, what is still to come first; not what was struck out in its call."""
    told = [
        it
        for it in whole.promises
        if it["state"] != PromiseState.WITHDRAWN or it["settled_at"] is not None
    ]
    told.sort(key=lambda it: it["state"] != PromiseState.OPEN)
    return [stands(it["what"], it["state"], _due(it, around), it["overdue"]) for it in told]


def _to_do(whole: CaseWhole, around: Around) -> list[str]:
    """Open follow-ups; whoever handed the case on before looks after that alone."""
    return [
        f"{it['what'] or FollowUpKind(it['kind']).words}, {_due(it, around)}"
        for it in whole.follow_ups
        if it["state"] == PromiseState.OPEN and it["kind"] != FollowUpKind.HANDED_OVER
    ]


def _due(row: dict[str, Any], around: Around) -> str:
    return around.dated(row["due_at"]) if row["due_at"] else ""


def _earlier(call: Call, around: Around, match: Match | None) -> str:
    """Where another case of the caller was left; '' when there is none."""
    story = match.story if match is not None else None
    if match is None or story is None or story.case_id == call.case_id:
        return ""
    who = "" if match.sure else f"maybe {match.caller.name}, "
    closed = ", closed" if story.status == Status.CLOSED else ""
    due = around.dated(story.due_at) if story.due_at else ""
    told = story.promised or story.last_told
    return earlier(f"{who}{story.ref}{closed}", story.asked, told, due)
