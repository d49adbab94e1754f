"""What a caller hears in a sentence: a phrase by its class, words of one's own by their signs.

It reads the few turns that decide a hard call, not English; a sentence that it does not know is
heard as talk, which neither raises nor lowers.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from calmdesk.guide.english.times import read
from calmdesk.guide.practice.acts import Said
from calmdesk.guide.practice.scenario import NEEDED_NOUNS, Scenario, count
from calmdesk.working_hours import WorkingHours

OWNING = "We got this wrong, and I'm sorry."
"""An apology that owns it, whose words nobody knows."""
REGRETTING = "I'm sorry this happened."
"""An apology that owns nothing, whose words nobody knows."""
_A_MONDAY = datetime.combine(date(2026, 11, 23), time(10))
_HOURS = WorkingHours()
_NO_TIME = re.compile(r"\b(?:soon|asap|shortly|in due course|when(?:ever)? (?:i|we) can)\b", re.I)


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_NOD = _any(
    r"^(?:oh|ok|okay|yes|yeah|right|sure|mm+|uh huh|i see|go on|please go on|and then|i'm listening"
    r"|i'm with you|i am with you|take your time|tell me more|i'm writing (?:this|it) down)"
    r"(?:[ ,.?]+(?:go on|and then|i see|yes|right|please))*[.?]*$"
)
_SIGNS: dict[str, re.Pattern[str]] = {
    "sorry": _any(r"\bsorry\b", r"\bapolog", r"\bregret\b"),
    "own": _any(
        r"\bour (?:mistake|fault|error)\b",
        r"\bwe (?:got (?:this|it|that) wrong|were wrong|made a mistake|let you down|failed|broke"
        r"|messed|charged you|sent you the wrong|didn'?t (?:keep|do|call|ring|come|send))",
        r"\b(?:mistake|fault) (?:is|was) ours\b",
    ),
    "promise_broken": _any(
        r"\b(?:promis\w+|we (?:said|told)|you were told|was due|were due).*"
        r"\b(?:did ?n[o']t|not|never|nobody|no one|broke|missed|wasn'?t|still)\b",
        r"\bwas promised\b",
        r"\b(?:broke|missed|did ?n[o']t (?:keep|call|ring))\b.*\b(?:promis|word|you back|call)\w*",
    ),
    "what_happened": _any(
        r"\bwhat(?:'s| is| has|) happened\b",
        r"\bwhat (?:seems to be|is|was) (?:the |your )?(?:problem|issue|matter|trouble)\b",
        r"\bhow can i help\b",
        r"\bfrom the (?:start|beginning)\b",
    ),
    "ask": _any(
        r"\bwhat (?:would|could|can|should) (?:i|we|you|put|make|settle|help|be)\b",
        r"\bwhat do you (?:need|want|hope)\b",
        r"\bhow would you (?:settle|like)\b",
        r"\bwhat matters most\b",
        r"\bdid you hope\b",
    ),
    "options": _any(
        r"\b(?:would you|do you|shall i|shall we|should i|either|which|prefer|rather|i can|we can"
        r"|two ways)\b.*\bor\b",
        r"\btwo (?:ways|options|things i can)\b",
        r"\byour choice\b",
    ),
    "no": _any(
        r"\b(?:i|we) (?:can ?no?t|can't|cannot|am not able|are not able|won't|will not be able)\b",
        r"\b(?:the answer|it|that|it's|that's) (?:is |'s )?a no\b",
        r"^no[,. ]|\b(?:answer|it)(?:'s| is) no\b",
        r"\bnot possible\b|\bisn't possible\b",
    ),
    "reason": _any(
        r"\bbecause\b",
        r"\bsince\b",
        r"\breason\b",
        r"\brules?\b",
        r"\b(?:as the|otherwise|protects?|guards?|so that)\b",
    ),
    "hold": _any(
        r"\b(?:on )?hold\b", r"\bbear with\b", r"\b(?:a|one|two|\d+) (?:moment|minutes?)\b"
    ),
    "can": _any(
        r"\b(?:i|we)(?: can| could|'ll| will|'d like to)\b(?!'t|not)",
        r"\b(?:shall i|how about|what if|would you like|can offer|let me)\b",
    ),
    "promise": _any(
        r"\b(?:i|we|you)(?:'ll| will)(?: \w+){0,3} (?:call|ring|phone|send|write|hear|get back|come"
        r"|be there|be in touch|have it|let you know)\b",
        r"\b(?:i|we) promise\b",
    ),
    "settle": _any(
        r"\b(?:settle|does that work|would that (?:do|help|work)|is that (?:all right|ok|okay|right)"
        r"|agreed)\b"
    ),
    "feeling": _any(
        r"\bfrustrat\w+",
        r"\b(?:upset|angry|upsetting|stressful|disappoint\w+|annoy\w+)\b",
        r"\bunderstand how\b",
        r"\b(?:can )?imagine\b",
        r"\b(?:you|you must|you're|it must be) (?:feel|feeling)\b",
        r"\bmust (?:be|have been)\b",
    ),
    "pass_on": _any(
        r"\b(?:my|a|the) (?:manager|supervisor|team lead|colleague who)\b", r"\bput you through\b"
    ),
    "gift": _any(r"\b(?:discount|voucher|credit|refund|money back|free of charge)\b", r"\d ?%"),
    "data": _any(
        r"\b(?:order|customer|account|serial|phone|reference|invoice) number\b.*\?",
        r"\b(?:date of birth|full name|post ?code|zip code|your (?:address|name))\b.*\?",
    ),
    "danger": _any(
        r"\b(?:hurt|in danger|at risk|injured)\b.*\?",
        r"\b(?:is|are) (?:she|he|they|you|anyone|anybody|your \w+) "
        r"(?:safe|ok|okay|all right|alright|alone)\b",
    ),
    "question": _any(r"\?\s*$"),
    "boundary": _any(r"\b(?:insults?|insulting|call me that|speak to me like)\b"),
}
_FREE = _any(
    r"named|one person|progress call|in writing|explanation|manager|in charge|priority|queue",
    r"myself|check (?:it|that)",
)
_GROUPS: dict[str, tuple[str, ...]] = {
    "regret": ("sorry",),
    "ownership": ("sorry", "own"),
    "ask": ("ask",),
    "options": ("options",),
    "no": ("no", "reason"),
    "hold": ("hold",),
    "read_back": ("settle",),
    "hand_over": ("pass_on",),
    "probing": ("probe",),
    "verify": ("data",),
    "acknowledge": ("acknowledge",),
    "alliance": ("assure",),
    "assure": ("assure",),
    "bridging": ("assure",),
    "boundary": ("boundary",),
}
_PROMISING = ("promise", "investigate", "can_do", "closing", "hand_over", "")


_ASKED_BY_NAME = {"ask", "options", "settle", "what_happened", "hold", "data"}
"""Questions that have a name of their own; any other asks for details."""


def is_nod(said: Said) -> bool:
    """Whether it is only a sign that they are listened to."""
    return said.group == "nod" or _NOD.match(said.text.replace("’", "'").strip()) is not None


def is_apology(text: str) -> bool:
    """Whether it says sorry."""
    return _SIGNS["sorry"].search(text) is not None


def names_feeling(text: str) -> bool:
    """Whether a text puts a name to what they feel; a cold caller is not told such words."""
    return bool(_SIGNS["feeling"].search(text))


def costs_nothing(text: str) -> bool:
    """Whether it shows a sign of what is put beside an offer and costs nothing (D4)."""
    return _FREE.search(text) is not None


def heard_in(said: Said, scenario: Scenario) -> frozenset[str]:
    """Everything that a sentence does, by name."""
    return frozenset(_meanings(said, scenario))


def _meanings(said: Said, scenario: Scenario) -> Iterator[str]:
    text, group = said.text.replace("’", "'"), said.group
    yield from _GROUPS.get(group, ())
    shown = {name for name, sign in _SIGNS.items() if sign.search(text)}
    own = group == ""
    for name in ("promise_broken", "what_happened", "own"):
        if name in shown:
            yield name
    if said.feeling or "feeling" in shown:
        yield "feeling"
    if "danger" in shown:
        yield "danger"
        return
    if own:
        yield from shown & {"sorry", "ask", "options", "no", "reason", "settle", "hold", "data"}
        yield from shown & {"pass_on", "can", "boundary", "gift"}
        if "question" in shown and not shown & _ASKED_BY_NAME:
            yield "probe"
    if group in _PROMISING and "promise" in shown and "?" not in text:
        if names_time(text):
            yield "timed"
        elif own:
            yield "vague"
    if count(scenario.nouns, text) >= NEEDED_NOUNS and (own or group == "acknowledge"):
        yield "nouns"


def names_time(text: str) -> bool:
    """Whether a promise says by when."""
    return _NO_TIME.search(text) is None and read(text, _A_MONDAY, _HOURS) is not None


_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_MINUTES = re.compile(r"\b(a|one|two|three|four|five|\d{1,2})\s+(minute|moment|second)", re.I)


def hold_named(text: str) -> int:
    """Seconds of hold that somebody was told; a minute when none were."""
    found = _MINUTES.search(text)
    if found is None:
        return 60
    number = _NUMBERS.get(found[1].lower()) or int(found[1] if found[1].isdecimal() else 1)
    return number * (1 if found[2].lower() == "second" else 60)
