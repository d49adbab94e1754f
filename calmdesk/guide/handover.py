"""The brief of a hand-over: what the next person must know, so that nobody need say it again (S63)."""

from collections.abc import Sequence
from dataclasses import dataclass

from calmdesk.guide.call import Call
from calmdesk.guide.notes import Sign
from calmdesk.guide.outcome import Verdict
from calmdesk.words import one_line, shorten

LONGEST = 110
"""Characters of one line of a brief; six such lines are read in twenty seconds."""


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
    """What they were told and waits for, with its time."""
    heat: int = 0
    """1-5; 0 while it was not marked."""
    cold: bool = False


def brief(facts: Facts) -> str:
    """Six short lines: who, what, ask, tried, promised, heat. What is not known is said plainly."""
    cold = ", cold" if facts.cold else ""
    lines = (
        ("Who", ", ".join(part for part in facts.who if part) or "not known yet"),
        ("What", "; ".join(facts.what) or "not noted"),
        ("Ask", facts.ask or "not asked yet"),
        ("Tried", "; ".join(facts.tried) or "nothing offered yet"),
        ("Promised", "; ".join(facts.promised) or "nothing"),
        ("Heat", f"{facts.heat} of 5{cold}" if facts.heat else "not marked"),
    )
    return "\n".join(shorten(f"{label}: {one_line(words)}", LONGEST) for label, words in lines)


def tried(text: str, verdict: str) -> str:
    """One offer in a brief: `courier at our cost (not yet)`."""
    return f"{text} ({verdict or Verdict.NOT_YET})"


def of_call(call: Call, promised: Sequence[str]) -> Facts:
    """The facts of a call as it stands; `promised` are its promises with their times in words."""
    caller, heat = call.caller, call.heat
    return Facts(
        who=(caller.name, caller.company, caller.number),
        what=call.texts(Sign.SAYS)[-3:],
        ask=call.ask or next(iter(call.texts(Sign.ASK)), ""),
        tried=[tried(offer.text, offer.verdict or "") for offer in call.offers],
        promised=promised,
        heat=heat.level if heat else 0,
        cold=heat.cold if heat else False,
    )
