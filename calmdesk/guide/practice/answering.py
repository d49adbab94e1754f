"""What a caller makes of each act of the agent."""

from collections.abc import Iterable
from functools import singledispatch
from itertools import chain

from calmdesk.guide.english.said import OWNING, REGRETTING, heard_in, is_nod
from calmdesk.guide.practice import acts
from calmdesk.guide.practice.caller import FOUND_AFTER, Caller
from calmdesk.guide.practice.rules import WRONGS
from calmdesk.guide.practice.scenario import NEEDED_NOUNS, count
from calmdesk.guide.practice.speech import Line, Who
from calmdesk.guide.practice.turns import Turn, handed_over, offered, promised, settling, turns

OVERLAP = 2.0
"""Seconds before the end of an answer at which going on is no interruption: people read fast."""
BRIDGE_AFTER = 120.0
"""Seconds of a story after which a bridge phrase is welcome (D8)."""


def do(caller: Caller, act: acts.Act, second: float) -> list[Line]:
    """Let the agent have done something at a second of the call. Returns what the caller is about
    to say, with its seconds."""
    caller.stir(second)
    if not caller.over or isinstance(act, acts.WentOn):
        _answer(act, caller, second)
        caller.mind_breaking(second)
    return [ln for ln in caller.speech.lines if ln.begins >= second and ln.who is Who.THEY]


@singledispatch
def _answer(it: acts.Act, caller: Caller, second: float) -> None:
    raise NotImplementedError(f"no caller answers {type(it).__name__}")


@_answer.register
def _(it: acts.Said, caller: Caller, second: float) -> None:
    caller.speech.put(Who.YOU, it.text, second)
    if caller.held_at is not None:
        return
    if is_nod(it):
        if not caller.told(second):
            caller.feel("nod", second)
        return
    if wrong := _wrongs(it, caller):
        for rule in wrong:
            caller.feel(rule, second)
        caller.reply(wrong[-1], second)
        return
    if not caller.told(second):
        _said_meanwhile(it, caller, second)
        return
    speaking = caller.speech.speaking(second)
    if speaking is not None and speaking.ends - second > OVERLAP:
        caller.feel("talked_over", second)
    _take_turns(caller, turns(it, caller, second), second, talk=True)


def _wrongs(it: acts.Said, caller: Caller) -> list[str]:
    """The rules behind what the language guard finds in words of one's own: a phrase of the playbook
    was read where it was written. Once they are heard, a reason is no excuse."""
    if it.group:
        return []
    found = [WRONGS[category] for category in caller.review(it.text) if category in WRONGS]
    heard = caller.heard_at is not None
    return [rule for rule in dict.fromkeys(found) if not (rule == "excuse" and heard)]


def _said_meanwhile(it: acts.Said, caller: Caller, second: float) -> None:
    """A line while their story is not told: a greeting before it, little else within it."""
    meanings = heard_in(it, caller.scenario)
    begun = second >= caller.story_begins
    speaking = caller.speech.speaking(second) is not None
    bridging = it.group == "bridge" and second - caller.story_begins >= BRIDGE_AFTER
    if it.step or "boundary" in meanings:
        _take_turns(caller, turns(it, caller, second), second, talk=True)
    elif not begun and "what_happened" in meanings and caller.scenario.before is not None:
        caller.feel("what_happened", second)
        caller.reply("what_happened", second)
    elif meanings & {"sorry", "promise_broken"} and (not begun or not speaking):
        _take_turns(caller, turns(it, caller, second), second, talk=True)
    elif begun and not bridging and it.group != "opening":
        caller.feel("interrupted", second)
        caller.reply("interrupted", second)
    elif not begun:
        caller.reply("", second)


def _take_turns(caller: Caller, taken: Iterable[Turn], second: float, *, talk: bool) -> None:
    """Let each turn move the heat; the last of them is answered. `talk` is for words that did
    nothing: they are answered too."""
    answered = Turn("talk") if talk else None
    for turn in chain(taken, settling(caller)):
        for rule in turn.rules:
            caller.feel(rule, second)
        answered = turn
    if answered is not None:
        caller.reply(answered.moment, second, answered.words)


@_answer.register
def _(it: acts.TookAsTold, caller: Caller, second: float) -> None:
    if not caller.told(second + OVERLAP):
        caller.feel("cut_short", second)
        caller.reply("cut_short", second)


@_answer.register
def _(it: acts.SaidBack, caller: Caller, second: float) -> None:
    caller.speech.put(Who.YOU, it.line, second)
    if not caller.told(second):
        caller.feel("interrupted", second)
        caller.reply("interrupted", second)
    elif count(caller.scenario.nouns, it.line) >= NEEDED_NOUNS:
        caller.heard_at = second if caller.heard_at is None else caller.heard_at
        _take_turns(caller, (Turn("heard", ("heard",)),), second, talk=False)
    else:
        caller.feel("half_heard", second)
        caller.reply("half_heard", second)


@_answer.register
def _(it: acts.Apologised, caller: Caller, second: float) -> None:
    line = OWNING if it.ownership else REGRETTING
    _answer(acts.Said(line, "ownership" if it.ownership else "regret"), caller, second)


@_answer.register
def _(it: acts.OfferMade, caller: Caller, second: float) -> None:
    taken = offered(caller, it.text, second, it.remedy)
    _take_turns(caller, _when_told(taken, caller, second), second, talk=False)


@_answer.register
def _(it: acts.PromiseMade, caller: Caller, second: float) -> None:
    taken = promised(caller, it.what, it.timed, second)
    _take_turns(caller, _when_told(taken, caller, second), second, talk=False)


def _when_told(taken: Iterable[Turn], caller: Caller, second: float) -> Iterable[Turn]:
    """Offers and promises while they tell their story are interruptions; on hold nobody hears them."""
    if caller.held_at is not None:
        return ()
    return taken if caller.told(second) else (Turn("interrupted", ("interrupted",)),)


@_answer.register
def _(it: acts.HandedOver, caller: Caller, second: float) -> None:
    _take_turns(caller, (handed_over(caller),), second, talk=False)


@_answer.register
def _(it: acts.DealRead, caller: Caller, second: float) -> None:
    if caller.agreed is not None:
        caller.feel("read_back", second)
    caller.reply("read_back" if caller.agreed is not None else "not_yet", second)


@_answer.register
def _(it: acts.ContactGiven, caller: Caller, second: float) -> None:
    if caller.told(second):
        caller.feel("gave_contact", second)
        caller.reply("contact", second)


@_answer.register
def _(it: acts.HoldBegan, caller: Caller, second: float) -> None:
    if not caller.told(second):
        caller.feel("interrupted", second)
    elif caller.hold_told is None:
        caller.feel("unasked_hold", second)
    caller.begin_hold(second)
    for fact in caller.scenario.facts:
        if fact.found and not caller.found:
            caller.speech.put(Who.DESK, fact.knows, second + FOUND_AFTER)


@_answer.register
def _(it: acts.HoldEnded, caller: Caller, second: float) -> None:
    kept = caller.end_hold(second)
    if kept:
        caller.feel("kept_hold", second)
    caller.reply("back" if kept else "long_hold", second)


@_answer.register
def _(it: acts.Ended, caller: Caller, second: float) -> None:
    caller.bye(second)


@_answer.register
def _(it: acts.WentOn, caller: Caller, second: float) -> None:
    if caller.gone_at is None:
        caller.ended_at = None
