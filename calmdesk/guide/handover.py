"""The brief of a hand-over: what the next person must know, so that nobody need say it again (S63)."""

from collections.abc import Sequence
from dataclasses import dataclass

from calmdesk.guide.call import Call
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Verdict
from calmdesk.guide.promises import PromiseState
from calmdesk.words import one_line, shorten

LONGEST = 110
"""Characters of one line of a brief; six such lines are read in twenty seconds."""
_EARLIER = "Earlier"


@dataclass(frozen=True)
class Facts:
    """What a brief is made of; empty fields are not known."""

    who: Sequence[str] = ()
    """Name, company, number."""
    what: Sequence[str] = ()
    """What happened, as they say; the latest last."""
    ask: str = ""
    tried: Sequence[str] = ()
    """Offers with their answer."""
    promised: Sequence[str] = ()
    """What they were told: what is still to come with its time, the rest with what became of it."""
    to_do: Sequence[str] = ()
    """What somebody has still to look after, with its time."""
    earlier: str = ""
    """Where another case of theirs was left."""
    heat: int = 0
    """1-5; 0 while it was not marked."""
    cold: bool = False


def brief(facts: Facts) -> str:
    """Six short lines: who, what, ask, tried, promised, heat. What is not known is said plainly.
    What is still to do, and where an earlier case was left, have a line where there is any."""
    cold = ", cold" if facts.cold else ""
    lines = (
        ("Who", ", ".join(part for part in facts.who if part) or "not known yet"),
        ("What", "; ".join(facts.what) or "not noted"),
        ("Ask", facts.ask or "not asked yet"),
        ("Tried", "; ".join(facts.tried) or "nothing offered yet"),
        ("Promised", "; ".join(facts.promised) or "nothing"),
        *([("To do", "; ".join(facts.to_do))] if facts.to_do else []),
        *([(_EARLIER, facts.earlier)] if facts.earlier else []),
        ("Heat", f"{facts.heat} of 5{cold}" if facts.heat else "not marked"),
    )
    return "\n".join(shorten(f"{label}: {one_line(words)}", LONGEST) for label, words in lines)


def tried(text: str, verdict: str) -> str:
    """One offer in a brief: `courier at our cost (not yet)`."""
    return f"{text} ({verdict or Verdict.NOT_YET})"


def stands(what: str, state: str, due: str, overdue: bool) -> str:
    """One promise in a brief: `ring back, Tue 24 Nov 15:00`, `ring back (kept)`. `due` is its time
    in words, '' where none was said; `overdue` says that it is past."""
    if state != PromiseState.OPEN:
        return f"{what} ({'kept late' if state == PromiseState.LATE else state})"
    late = " (not kept yet)" if overdue else ""
    return f"{what}, {due}{late}" if due else what


def earlier(case: str, asked: str, told: str, due: str) -> str:
    """Where another case was left, in one line of a brief: `CD-1 · asked ... · told ..., due ...`.
    Long words are cut, so that the time stays."""
    asked, told = one_line(asked) or "not noted", one_line(told) or "nothing"
    due = f", due {due}" if due else ""
    room = LONGEST - len(f"{_EARLIER}: {case} · asked  · told {due}")
    asked = shorten(asked, max(room // 2, room - len(told)))
    return f"{case} · asked {asked} · told {shorten(told, room - len(asked))}{due}"


def of_call(call: Call, promised: Sequence[str], to_do: Sequence[str] = ()) -> Facts:
    """The facts of a call as it stands; `promised` are its promises, and `to_do` what is to be
    looked after, with their times in words."""
    caller, heat = call.caller, call.heat
    return Facts(
        who=(caller.name, caller.company, caller.number),
        what=call.texts(Sign.SAYS)[-3:],
        ask=call.ask or next(iter(call.texts(Sign.ASK)), ""),
        tried=[tried(offer.text, offer.verdict or "") for offer in call.offers],
        promised=promised,
        to_do=to_do,
        heat=heat.level if heat else 0,
        cold=heat.cold if heat else False,
    )
