"""What to say next: gates first, then what fits best.

A phrase whose gate is shut is never shown; among the open ones the order is fixed by the call
alone, so what an agent has learned to find stays where it is (flow.md, What is suggested).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from calmdesk.guide.listening import BRIDGE_MARK, FIRST_MARK
from calmdesk.guide.outcome import Verdict
from calmdesk.guide.stages import Fault, Stage

OPENING_OVER = 20
"""Seconds of listening after which asking what happened would break into the story."""
MOST_APOLOGIES = 2
"""After this many apologies the panel says: move to options (D1)."""

GROUPS = [
    "callback",
    "opening",
    "nod",
    "bridge",
    "acknowledge",
    "regret",
    "ownership",
    "alliance",
    "assure",
    "probing",
    "verify",
    "bridging",
    "ask",
    "options",
    "can_do",
    "read_back",
    "promise",
    "pledge",
    "no",
    "investigate",
    "boundary",
    "hold",
    "hand_over",
    "closing",
]
"""Classes of phrases that a playbook may use."""

WHILE_LISTENING = frozenset(("nod", "opening", "bridge", "regret", "boundary"))
"""Classes that may be said while they tell it: no reasons, no corrections, no offers (S4, S46)."""
FEELING = frozenset(("acknowledge", "regret", "ownership", "alliance", "assure"))
"""Classes that dwell on what happened; after the second apology only what leads on is said (D1)."""
KNOWN_ISSUE = "known issue"
"""Class of a supervisor's sentence; no playbook holds it."""

CONDITIONS = [
    "missed_promise",
    "repeat_call",
    "first_call",
    "ask_known",
    "ask_unknown",
    "heard",
    "agreed",
    "not_yet",
    "refused",
    "investigating",
    "over_limit",
    "two_minutes",
    "five_minutes",
    "long_hold",
    "cold",
    "corrective_action",
    "reached",
    "in_vain",
    "as_promised",
    "unannounced",
    "rang_us",
    "own_accord",
    "no_corrective_action",
]
"""Words that a playbook may use in `when`."""
ORDINARY = frozenset(("as_promised", "unannounced", "own_accord", "no_corrective_action"))
"""Conditions that hold in nearly every call: they make a line no more fitting."""

SLOTS = (
    *("name", "order", "day", "agent", "company", "direct_line", "email", "ask", "promised_day"),
    *("thing", "place", "named_day"),
)
"""Slots that a line may hold; a line whose slot is not known is not shown."""
NAMED = ("order", "thing", "named_day", "place")
"""Slots that hold the caller's own nouns: they prove that somebody listened."""

SLOT = re.compile(r"\{(\w+)\}")
"""A slot as it is written in a line."""


@dataclass(frozen=True)
class Phrase:
    """One line to say aloud, led by its move."""

    id: str
    group: str
    """Its class, one of GROUPS."""
    stages: frozenset[Stage]
    move: str
    """What it does, in at most three words."""
    line: str
    """At most 14 words, with slots in braces."""
    voice: str = "none"
    """Who speaks: i, company, both, none (D9)."""
    feeling: bool = False
    """Names a feeling; never shown for a cold caller."""
    heat: tuple[int, int] = (1, 5)
    fault: frozenset[Fault] = frozenset()
    """Shown only for these; empty is any."""
    subjects: frozenset[str] = frozenset()
    """Category ids that it was written for; empty is any."""
    when: frozenset[str] = frozenset()
    """Conditions that must all hold."""
    step: int = 0
    """Step of the boundary ladder; 0 elsewhere."""
    once: frozenset[str] = frozenset()
    """Words of it that are said once in a call."""
    slots: frozenset[str] = field(init=False)
    """Slots of its line."""
    named: tuple[str, ...] = field(init=False)
    """Those of them that hold the caller's own nouns."""

    def __post_init__(self) -> None:
        slots = frozenset(SLOT.findall(self.line))
        object.__setattr__(self, "slots", slots)
        object.__setattr__(self, "named", tuple(slot for slot in NAMED if slot in slots))


@dataclass(frozen=True)
class Situation:
    """Everything a suggestion may depend on."""

    stage: Stage
    heat: int = 3
    heat_before: int = 0
    """The mark before this one; 0 when there is none."""
    cold: bool = False
    fault: Fault = Fault.UNKNOWN
    category: str = ""
    apologies: int = 0
    regretted: bool = False
    """Regret was said; once is enough (D1)."""
    told: bool = False
    """They have told their story."""
    opened: bool = False
    """They were asked what happened; once is enough."""
    heard: bool = False
    """They said yes, that is what happened."""
    missed_promise: bool = False
    """Our own record shows a promise to them as missed."""
    seconds_known: float = 0
    """Seconds since that was known: who is calling may turn up late."""
    repeat_call: bool = False
    ask_known: bool = False
    verdict: str = ""
    """Answer to the last offers: '', yes, not yet, no."""
    agreed: bool = False
    investigating: bool = False
    over_limit: bool = False
    seconds_listened: float = 0
    on_hold: bool = False
    boundary: int = 0
    """Step of the ladder that is to be said now; 0 when none is."""
    corrective_action: bool = False
    """A change that removes the cause is under way: without one nothing is pledged (D11)."""
    reached: bool = False
    """They were rung, and are on the line."""
    in_vain: bool = False
    """They were rung, and not reached."""
    as_promised: bool = False
    """They were told of this call."""
    rang_us: bool = False
    """They rang, nobody answered, and this call returns theirs."""
    said: frozenset[str] = frozenset()
    """Phrases already said in this case."""
    said_once: frozenset[str] = frozenset()
    """Words already said that are said once in a call."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Category ids that the notes name, each with the word that named it."""
    pinned: frozenset[str] = frozenset()
    """Phrases that the agent wants first."""
    muted: frozenset[str] = frozenset()
    """Phrases that the agent does not want to see."""
    known_issue: str = ""
    """The one honest sentence about a known issue that this call is about (S38)."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """What is known for each slot; '' counts as not known."""

    def holds(self) -> frozenset[str]:
        """The conditions that hold, in the playbook's words."""
        facts = {
            "missed_promise": self.missed_promise,
            "repeat_call": self.repeat_call,
            "first_call": not self.repeat_call and not self.missed_promise,
            "ask_known": self.ask_known,
            "ask_unknown": not self.ask_known,
            "heard": self.heard,
            "agreed": self.agreed,
            "not_yet": self.verdict == "not yet",
            "refused": self.verdict == Verdict.NO,
            "investigating": self.investigating,
            "over_limit": self.over_limit,
            "two_minutes": self.seconds_listened >= FIRST_MARK,
            "five_minutes": self.seconds_listened >= BRIDGE_MARK,
            "long_hold": self.on_hold,
            "cold": self.cold,
            "corrective_action": self.corrective_action,
            "reached": self.reached,
            "in_vain": self.in_vain,
            "as_promised": self.as_promised,
            "unannounced": not self.as_promised,
            "rang_us": self.rang_us,
            "own_accord": not self.rang_us,
            "no_corrective_action": not self.corrective_action,
        }
        return frozenset(name for name, true in facts.items() if true)


@dataclass(frozen=True)
class Suggestion:
    """One phrase, its slots filled, and why it is shown, in a few words."""

    phrase: Phrase
    line: str
    reason: str
    weight: float = 0.0
    """How well it fits; only the difference to another one means anything."""


def suggest(situation: Situation, phrases: Iterable[Phrase]) -> list[Suggestion]:
    """The phrases that may be said now, the best first. Pure; equal input gives equal output."""
    holds = situation.holds()
    known = frozenset(name for name, value in situation.slots.items() if value)
    about = frozenset(situation.subjects) | {situation.category}
    told = [known_issue(situation.known_issue)] if situation.known_issue else []
    fitting = [
        (-_weight(phrase, situation, holds), place, phrase)
        for place, phrase in enumerate((*told, *phrases))
        if _open(phrase, situation, holds, known, about)
    ]
    fitting.sort(key=lambda it: it[:2])
    wanted = [it for it in fitting if it[2].id not in situation.muted] or fitting
    return [
        Suggestion(phrase, fill(phrase.line, situation.slots), _reason(phrase, situation), -lighter)
        for lighter, _, phrase in wanted
    ]


@lru_cache(maxsize=8)
def known_issue(sentence: str) -> Phrase:
    """A supervisor's sentence as a phrase: said once the story is told, before anything else."""
    return Phrase(
        id=f"known issue: {sentence}",
        group=KNOWN_ISSUE,
        stages=frozenset((Stage.ACKNOWLEDGE, Stage.CLARIFY, Stage.RESOLVE)),
        move="Tell it straight",
        line=sentence.replace("{", "(").replace("}", ")"),
    )


def fill(line: str, slots: Mapping[str, str]) -> str:
    """The line with its slots filled; the caller has made sure that each is known."""
    return SLOT.sub(lambda match: slots[match[1]], line)


def _open(
    phrase: Phrase,
    now: Situation,
    holds: frozenset[str],
    known: frozenset[str],
    about: frozenset[str],
) -> bool:
    """Every gate of one phrase, the cheap ones first."""
    return (
        now.stage in phrase.stages
        and (phrase.id not in now.said or phrase.group == "nod")
        and phrase.slots <= known
        and phrase.when <= holds
        and phrase.heat[0] <= now.heat <= phrase.heat[1]
        and (not phrase.fault or now.fault in phrase.fault)
        and (not phrase.subjects or not phrase.subjects.isdisjoint(about))
        and phrase.once.isdisjoint(now.said_once)
        and not (now.cold and phrase.feeling)
        and _allowed(phrase, now)
    )


def _allowed(phrase: Phrase, now: Situation) -> bool:
    """The gates that a class of phrases carries with it."""
    if now.stage is Stage.WRAP_UP and phrase.group not in ("closing", "boundary"):
        return False  # they have hung up, or are about to
    if now.stage is Stage.CONVEY and phrase.group not in ("callback", "regret", "boundary"):
        return False  # why we ring comes before anything else
    if now.stage is Stage.LISTEN and phrase.group not in WHILE_LISTENING:
        return False
    if now.apologies >= MOST_APOLOGIES and (phrase.group in FEELING or phrase.feeling):
        return False
    match phrase.group:
        case "opening":
            news = "missed_promise" in phrase.when and now.seconds_known < OPENING_OVER
            early = now.seconds_listened < OPENING_OVER
            return (early or news) and not (now.opened or now.told)
        case "regret":
            return not now.regretted
        case "ownership":
            return _may_own(phrase, now)
        case "options" if now.stage in (Stage.ACKNOWLEDGE, Stage.CLARIFY):
            return now.apologies >= MOST_APOLOGIES and now.ask_known
        case "options" | "can_do":
            return now.ask_known or now.verdict != ""
        case "boundary":
            return now.boundary > 0 and phrase.step == now.boundary
        case "pledge":
            return now.corrective_action
        case "hold":
            return "long_hold" not in phrase.when or now.on_hold
        case _:
            return True


def _may_own(phrase: Phrase, now: Situation) -> bool:
    """D1: we own what is ours once they were heard; a promise our record shows as missed we own for
    itself as soon as they have told it, whatever `fault` says (flow.md)."""
    if "missed_promise" in phrase.when:
        return now.missed_promise and (now.told or now.heard)
    return now.heard and now.fault is Fault.OURS


_LEADS: Mapping[Stage, Sequence[str]] = {
    Stage.CONVEY: ("callback",),
    Stage.LISTEN: ("nod", "opening"),
    Stage.ACKNOWLEDGE: ("acknowledge", "regret", "alliance", "assure", "bridging"),
    Stage.CLARIFY: ("probing", "verify", "bridging", "ask"),
    Stage.RESOLVE: ("ask", "options", "can_do", "promise", "investigate", "no"),
    Stage.AGREE: ("read_back", "promise", "closing", "hand_over"),
    Stage.WRAP_UP: ("closing", "hand_over"),
}


def _weight(phrase: Phrase, now: Situation, holds: frozenset[str]) -> float:
    """How well an open phrase fits: the more particular to this call, the higher."""
    lead = _LEADS[now.stage]
    weight = 10.0 - lead.index(phrase.group) if phrase.group in lead else 0.0
    if phrase.group in ("opening", "bridge"):
        weight += 20
    weight += 6 * len(phrase.when & holds - ORDINARY)
    if phrase.subjects:
        weight += 5 if now.category in phrase.subjects else 4
    weight += 1.5 * bool(phrase.slots) + 2 * len(phrase.named)
    weight += 15 * (phrase.group == KNOWN_ISSUE) + 8 * (phrase.id in now.pinned)
    weight += 1.0 - (phrase.heat[1] - phrase.heat[0]) / 4
    if phrase.group == "ownership":
        weight += 12 if now.stage in (Stage.ACKNOWLEDGE, Stage.CLARIFY) else -12
    if phrase.group == "boundary":
        weight += 40
    if phrase.group == "ask" and (now.ask_known or now.stage is not Stage.RESOLVE):
        weight -= 12 * ("not_yet" not in phrase.when)
    if now.heat > now.heat_before > 0 and phrase.group in FEELING:
        weight += 2  # it rose: take it up before going on
    if now.apologies >= MOST_APOLOGIES:
        weight += {"options": 30, "can_do": 30, "ask": 28, "bridging": 20}.get(phrase.group, 0)
    if phrase.id in now.said:
        weight -= 3
    if now.cold and phrase.group in ("options", "can_do", "no", "probing"):
        weight += 2
    return weight


def _reason(phrase: Phrase, now: Situation) -> str:
    """Why this one, in a few words; '' when it simply belongs to the stage."""
    if phrase.group == "boundary":
        return f"boundary, step {phrase.step} of 3"
    if "missed_promise" in phrase.when:
        return "a promise was missed"
    if phrase.group == "ownership":
        return "it was ours, they are heard"
    if "five_minutes" in phrase.when:
        return "five minutes told"
    if "not_yet" in phrase.when:
        return "they said not yet"
    if now.apologies >= MOST_APOLOGIES and phrase.group in ("options", "can_do"):
        return "two apologies: now options"
    if phrase.group == KNOWN_ISSUE:
        return "a known issue"
    if phrase.id in now.pinned:
        return "you pinned it"
    if phrase.named:
        return f"they named {now.slots[phrase.named[0]]}"
    if heard := next((now.subjects[s] for s in sorted(phrase.subjects) if s in now.subjects), ""):
        return f"they said “{heard}”"
    if phrase.subjects:
        return "fits what it is about"
    if now.cold and phrase.group in ("options", "can_do", "no", "probing"):
        return "cold: facts and choices"
    return ""
