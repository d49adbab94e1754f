"""From the live call to what a suggestion may depend on."""

from __future__ import annotations

from datetime import datetime

from calmdesk.guide.call import Call
from calmdesk.guide.english.acknowledge import need
from calmdesk.guide.english.spoken import day_said, names_a_thing
from calmdesk.guide.hearing import Heard
from calmdesk.guide.listening import Kind
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Outcome, Verdict
from calmdesk.guide.phrases import Situation
from calmdesk.guide.promises import Reached
from calmdesk.guide.remedies import over_limit
from calmdesk.guide.spelling import Words
from calmdesk.records.call_rows import Errand, Match
from calmdesk.screens.workplace import Workplace

_CUSTOMERS = (Sign.SAYS, Sign.ASK, Sign.FACT, Sign.STAKE)
"""Notes that hold the customer's matter, in their own nouns."""


def hear(call: Call, place: Workplace) -> Heard:
    """What the customer named in this call, as far as it was noted."""
    return place.words().hearing.listen([n.text for n in call.notes if n.sign in _CUSTOMERS])


def about(call: Call, place: Workplace) -> frozenset[str]:
    """Category ids that the call is about: the chosen one, else those that its notes name."""
    return frozenset((call.category,) if call.category else hear(call, place).subjects)


def situation(
    call: Call,
    match: Match | None,
    place: Workplace,
    *,
    said_before: frozenset[str],
    boundary: int,
    seconds_known: float = 0,
    known_issue: str = "",
    errand: Errand | None = None,
    corrective_action: bool = False,
) -> Situation:
    """The situation of a call now. `boundary` is the step to be said, 0 when none is; `errand` is
    what an outgoing call is for."""
    now = place.now()
    heat = call.heat
    words = place.words()
    heard = hear(call, place)
    said = frozenset(call.said) | said_before
    limit = place.settings.limit
    return Situation(
        stage=call.stage,
        heat=heat.level if heat else 3,
        heat_before=call.heat_before,
        cold=heat.cold if heat else False,
        fault=call.fault,
        category=call.category,
        apologies=call.sorries,
        regretted="regret" in call.said_groups,
        opened="opening" in call.said_groups,
        told=call.told_at is not None,
        heard=call.heard_at is not None,
        missed_promise=match is not None and match.missed
        if errand is None
        else _owed(errand, now) is not None,
        seconds_known=seconds_known,
        repeat_call=call.joined or bool(match and match.calls),
        ask_known=bool(call.ask),
        verdict=call.verdict or "",
        agreed=call.agreed_at is not None,
        investigating=call.outcome is Outcome.INVESTIGATING,
        over_limit=call.verdict is not Verdict.YES
        and over_limit([o.amount for o in call.table], limit) > 0,
        seconds_listened=call.seconds(Kind.LISTEN, now),
        on_hold=call.held,
        boundary=boundary,
        reached=call.back is not None and call.back.reached is Reached.REACHED,
        in_vain=call.back is not None and call.back.in_vain,
        as_promised=_told(errand),
        rang_us=errand is not None and errand.rang is not None,
        known_issue=known_issue,
        corrective_action=corrective_action,
        pinned=place.pinned,
        muted=place.muted,
        said=said,
        said_once=frozenset(
            once for id in call.said if id in words.by_id for once in words.by_id[id].once
        ),
        subjects=heard.subjects,
        slots=_slots(call, match, place, heard, _owed(errand, now)),
    )


def missed(call: Call, match: Match | None, errand: Errand | None, now: datetime) -> bool:
    """Whether our own record shows a promise to them as missed, and nobody made it good yet: the
    one that an outgoing call is for, else that of their story."""
    back = call.back
    if back is None or errand is None or errand.line is None:
        return match is not None and match.missed
    return _owed(errand, now) is not None and not back.kept and back.due is None


def _told(errand: Errand | None) -> bool:
    """Whether an outgoing call is for a promise; a follow-up is ours alone."""
    return errand is not None and errand.line is not None and not errand.line.follow_up


def _owed(errand: Errand | None, now: datetime) -> datetime | None:
    """The told instant of the promise that an outgoing call is for, once it is over."""
    line = errand.line if errand and _told(errand) else None
    return line.due_at if line and line.due_at <= now else None


def _slots(
    call: Call, match: Match | None, place: Workplace, heard: Heard, owed: datetime | None
) -> dict[str, str]:
    """What is known for each slot; '' where nothing is. `owed` is the instant of the promise that
    an outgoing call is late for."""
    story = match.story if match else None
    missed = owed or (story.due_at if story and story.missed else None)
    promised = place.wall(missed) if missed else None
    return {
        "name": call.caller.name,
        "order": heard.order,
        "thing": heard.thing,
        "place": heard.place,
        "named_day": heard.day,
        "day": _next_day(call, place),
        "agent": place.me.name,
        "company": place.settings.company,
        "direct_line": place.me.direct_line,
        "email": place.me.email,
        "ask": _ask(call, place.words().words),
        "promised_day": day_said(promised, place.wall()) if promised else "",
    }


def _next_day(call: Call, place: Workplace) -> str:
    """The day of what they were told; '' unless all of it is due on one day."""
    dues = [place.wall(promise.due) for promise in call.promises if promise.due is not None]
    one_day = len({due.date() for due in dues}) == 1
    return day_said(dues[0], place.wall()) if one_day else ""


def _ask(call: Call, words: Words) -> str:
    """Their ask, where it can stand behind a colon: short, and led by the thing itself."""
    wanted = need(call.ask, words)
    return wanted if len(wanted.split()) <= 6 and names_a_thing(wanted) else ""
