"""What raises and lowers a caller, each rule by its name, with why and what to try instead.

Changes are in tenths of a level of heat. A temper feels some rules differently, and a scenario may
again, in its `[feels]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing that an agent can do to a caller."""

    change: int
    """Tenths of a level: above 0 it raises, below it lowers."""
    why: str
    """For the debrief, in the past tense."""
    advice: str = ""
    """What to try next time; of a rule that lowers, what to try when it was never done."""
    times: int = 0
    """How often it counts in one call; 0 is every time."""


RULES: Mapping[str, Rule] = {
    # -- while they tell it (S2, S25, D7) --
    "interrupted": Rule(
        4,
        "You spoke while they were still telling it.",
        "Only a nod until they stop: “Go on”, “I'm with you”. Questions wait with ? in the line.",
    ),
    "cut_short": Rule(
        3,
        "You took the story for told before its end.",
        "Wait out the pause: most people have told it within two minutes.",
    ),
    "talked_over": Rule(
        2, "You spoke over their answer.", "Let the answer end before the next line."
    ),
    "nod": Rule(-1, "A nod, and they went on.", times=2),
    "told_whole": Rule(
        -3,
        "They told it whole, and nobody broke in.",
        "Let them tell it to the end before anything else.",
        times=1,
    ),
    # -- wording, found by the language guard; it raises at any time (S5, S93, D2) --
    "hollow_apology": Rule(
        5,
        "A hollow apology: sorry for how they feel, not for what happened.",
        "Be sorry for what happened to them, never for how they take it.",
    ),
    "blamed": Rule(
        8,
        "It sounded as if it were their own fault.",
        "Leave whose fault it was out of it until they are heard.",
    ),
    "belittled": Rule(
        7,
        "It sounded as if it were nothing.",
        "Name what it costs them, in the size that they gave it.",
    ),
    "blamed_colleague": Rule(
        3, "You put it on a colleague.", "Say “we”: to them the firm is one person."
    ),
    "brushed_off": Rule(
        6,
        "It sounded like being sent away.",
        "Say what you will do yourself, even if it is small.",
    ),
    "over_promised": Rule(
        4,
        "You promised more than anyone can keep.",
        "Promise only what is in your hands, with its time.",
    ),
    # -- reasons, offers and questions before they are heard (S15, S97, D6) --
    "excuse": Rule(
        5,
        "A reason before they were heard sounded like an excuse.",
        "Reasons come after “yes, exactly”, and in one sentence.",
    ),
    "early_offer": Rule(
        2,
        "An offer before they were heard.",
        "First say it back and get the yes, then offer.",
    ),
    "early_question": Rule(
        2, "A question before they were heard.", "Park questions with ? and ask them in Clarify."
    ),
    "early_data": Rule(
        3,
        "Details were asked before they were heard.",
        "Ask who they are after the yes, and say what it is for.",
    ),
    "early_no": Rule(
        4, "A no before they were heard.", "Hear them first: a no lands on ground then."
    ),
    # -- being heard (S3, S96) --
    "heard": Rule(
        -8,
        "You said it back in their own words, and they said yes.",
        "Say it back in their own nouns until they say yes; then f2.",
        times=1,
    ),
    "half_heard": Rule(
        1,
        "What you said back was not what they had told you.",
        "Note their own nouns and days while they talk; f2 builds the line from them.",
    ),
    "acknowledged": Rule(-1, "You named what it did to them.", times=2),
    "asked_again": Rule(
        3,
        "You asked what they had just told you.",
        "Read your notes before you ask; what is there need not be asked.",
    ),
    "what_happened": Rule(
        5,
        "You asked what happened; they have told us before.",
        "Begin with what we promised and did not do, and ask what is new since.",
    ),
    "named_broken_promise": Rule(
        -6,
        "You named the promise that we broke, before they had to.",
        "Name the broken promise in the first minute: what, and for when.",
        times=1,
    ),
    # -- apologies (D1) --
    "regret": Rule(-2, "One plain regret.", times=1),
    "owned": Rule(-4, "You owned it after they were heard.", times=1),
    "third_apology": Rule(
        3,
        "A third apology: by now they wanted options.",
        "After two apologies, move on to what you can do.",
    ),
    # -- finding the way out (S60, S98) --
    "asked_ask": Rule(
        -4,
        "You asked what would settle it.",
        "Ask what would put it right; it is often less than you fear.",
        times=1,
    ),
    "two_options": Rule(
        -4, "They had two options to choose from.", "Give two ways to choose from.", times=1
    ),
    "offer_fits": Rule(-4, "An offer that meets what they need.", times=2),
    "offer_misses": Rule(
        1,
        "An offer beside what they need.",
        "Ask what would put it right, and offer towards that.",
    ),
    "same_offer": Rule(
        2, "The same offer again.", "On “not yet”, ask what is still missing; then change it."
    ),
    "paired": Rule(
        -4,
        "Beside the offer you put something that costs nothing.",
        "Pair what costs money with what costs nothing: one named person, a progress call.",
        times=1,
    ),
    "told_fact": Rule(-2, "A plain fact that they could use.", times=2),
    "agreed": Rule(-5, "They said yes.", times=1),
    "read_back": Rule(-2, "You said the deal back.", times=1),
    "gave_contact": Rule(-1, "You gave your own line before they asked.", times=1),
    # -- promises and a no (S57, S58, S83) --
    "named_promise": Rule(
        -4,
        "A promise with a time.",
        "Say what happens next, and by when.",
        times=2,
    ),
    "vague_promise": Rule(
        3,
        "A promise without a time.",
        "Every promise with its day and hour, if only for your next call.",
    ),
    "straight_no": Rule(
        -3,
        "A straight no, with its reason.",
        "Say the no straight, its reason in one sentence, then what they can do.",
        times=1,
    ),
    "bare_no": Rule(
        3, "A no without a reason.", "A no needs its reason and something they can do."
    ),
    "passed_on": Rule(
        3,
        "They felt passed on.",
        "Before you bring somebody in: hear them, and say that you stay until it is taken up.",
    ),
    # -- hold and silence --
    "unasked_hold": Rule(
        3, "On hold without a word.", "Ask before you hold, and say for how long."
    ),
    "long_hold": Rule(
        4,
        "Longer on hold than they were told.",
        "Go back with a word before the time is over, even without an answer.",
    ),
    "kept_hold": Rule(-2, "Back from hold within the time you named.", times=1),
    "silence": Rule(
        2,
        "A long silence on the line.",
        "Say what you are doing while you do it: “I'm writing this down”.",
    ),
    # -- temper --
    "feeling_words": Rule(
        0,
        "Words about feelings, to somebody who wants facts.",
        "To a cold caller: facts, times, choices, and no words about feelings.",
    ),
    "assured": Rule(-1, "You said that you are on it.", times=2),
    "boundary_named": Rule(
        -7,
        "You named the insult calmly and went on helping.",
        "/boundary, then f5: name it once and go on helping.",
        times=1,
    ),
    "boundary_warned": Rule(-4, "You warned once, and stayed.", times=1),
    "boundary_early": Rule(
        4,
        "A boundary where nobody had insulted you.",
        "Swearing at the situation is no abuse: keep the ladder for what is aimed at you.",
    ),
    "insult_let_pass": Rule(
        2,
        "The insults went on, since nobody named them.",
        "/boundary, then f5: name it once and go on helping.",
        times=1,
    ),
}
"""Every rule by its name."""

WRONGS: Mapping[str, str] = {
    "hollow_apology": "hollow_apology",
    "blames_customer": "blamed",
    "belittles": "belittled",
    "blames_colleague": "blamed_colleague",
    "excuse": "excuse",
    "over_promise": "over_promised",
    "brush_off": "brushed_off",
    "interrupts": "interrupted",
}
"""The rule behind each category of the language guard."""

TEMPERS: Mapping[str, Mapping[str, int]] = {
    "hot": {},
    "cold": {
        "feeling_words": 4,
        "acknowledged": 0,
        "assured": 0,
        "regret": 0,
        "owned": -2,
        "told_fact": -4,
        "two_options": -5,
        "straight_no": -6,
        "vague_promise": 5,
        "nod": 0,
    },
    "frightened": {"regret": -3, "unasked_hold": 5, "silence": 4, "assured": -3, "told_fact": -3},
    "tired": {"what_happened": 7, "asked_again": 5, "named_broken_promise": -8, "passed_on": 5},
    "abusive": {"regret": -1, "insult_let_pass": 4},
}
"""How each temper feels some of the rules."""
