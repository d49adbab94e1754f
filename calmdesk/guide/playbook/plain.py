"""A phrase in plain words: what its class is for, and when it is shown."""

from collections.abc import Sequence

from calmdesk.guide.phrases import Phrase
from calmdesk.guide.playbook.book import Playbook
from calmdesk.guide.stages import HEAT_ANCHORS

WHY = {
    "callback": "You ring them: why, then what has changed, then whether it arrived.",
    "opening": "The first words. A broken promise or an earlier call is named, not asked about.",
    "nod": "A word or two that says: go on. Nothing else is needed while they tell it.",
    "bridge": "A gentle way from telling to summing up, never pressed.",
    "acknowledge": "It arrived: in their own nouns, with no reasons and no questions of yours.",
    "regret": "Sorry for what happened or what it cost them. Once, short.",
    "ownership": "We got it wrong. Only when it was ours, or for a promise shown as missed.",
    "alliance": "The two of you against the problem.",
    "assure": "It is heard, believed and in hand.",
    "probing": "The facts that are still missing, one question at a time.",
    "verify": "Who is calling, with a reason that serves them.",
    "bridging": "From what happened to what can be done.",
    "ask": "What they want, before anything is offered.",
    "options": "Two choices, so that the decision is theirs.",
    "can_do": "What can be done, and by when, before anything that cannot.",
    "read_back": "The deal said back, so that both heard the same.",
    "promise": "What you will do, and by when. Only what is in your hands.",
    "pledge": "It will not happen again. Only when a change is really under way.",
    "no": "Straight, with its reason and another way.",
    "investigate": "Not known yet: find out, and call by a time they can count on.",
    "boundary": "A ladder, shown when you ask for it. Swearing at the situation is no reason.",
    "hold": "Ask first, and come back with a word.",
    "hand_over": "Somebody else carries on, and they do not start again.",
    "closing": "Thanks, your details before they ask, and what comes next.",
}
"""What each class of phrases is for."""

WHEN = {
    "missed_promise": "a promise to them was missed",
    "repeat_call": "they called before on this",
    "first_call": "it is their first call on this",
    "ask_known": "you noted what they ask",
    "ask_unknown": "what they ask is not noted yet",
    "heard": "they said yes, that is it",
    "agreed": "it is agreed",
    "not_yet": "they said not yet",
    "refused": "they said no",
    "investigating": "you will find out and ring back",
    "over_limit": "the offer is over your limit",
    "two_minutes": "two minutes were listened to",
    "five_minutes": "five minutes were listened to",
    "long_hold": "they are on hold",
    "cold": "the caller is cold",
    "corrective_action": "a change is under way",
    "reached": "you rang them, and they are on the line",
    "in_vain": "you rang them, and did not reach them",
    "as_promised": "they were told that you would ring",
    "unannounced": "they were not told that you would ring",
    "rang_us": "they rang, and you ring them back",
    "own_accord": "you ring, and they did not ring before",
    "no_corrective_action": "no change is under way",
}
"""Each condition as a clause."""

_VOICES = {"i": "you", "company": "the firm", "both": "you and they, with one plan"}


def group_name(group: str) -> str:
    """A class as it is shown."""
    return group.replace("_", " ")


def shown_when(phrase: Phrase, book: Playbook) -> list[tuple[str, str]]:
    """When a phrase is shown, as labels and words; what always fits is left out."""
    low, high = phrase.heat
    stages = [stage.label for stage in sorted(phrase.stages, key=lambda s: s.number)]
    rows = [
        ("in", _or(stages)),
        ("when", " and ".join(WHEN[condition] for condition in sorted(phrase.when))),
        ("about", _or([book.category_name(subject) for subject in sorted(phrase.subjects)])),
        ("fault", _or([fault.label for fault in sorted(phrase.fault)])),
        ("heat", "" if (low, high) == (1, 5) else _heat(low, high)),
        ("knowing", _or([slot.replace("_", " ") for slot in sorted(phrase.slots)], "and")),
        ("not", "to a cold caller" if phrase.feeling else ""),
        ("step", f"{phrase.step} of the ladder" if phrase.step else ""),
        ("speaks", _VOICES.get(phrase.voice, "")),
    ]
    return [(label, words) for label, words in rows if words]


def _heat(low: int, high: int) -> str:
    if low == high:
        return f"{low}, {HEAT_ANCHORS[low]}"
    return f"{low} to {high}, {HEAT_ANCHORS[low]} to {HEAT_ANCHORS[high]}"


def _or(words: Sequence[str], joint: str = "or") -> str:
    """Words as a list that is said: a, b or c."""
    *first, last = words or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last
