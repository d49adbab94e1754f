"""What one sentence, one offer or one promise does to a caller, and what they answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from calmdesk.guide.english.said import costs_nothing, heard_in, hold_named
from calmdesk.guide.practice.acts import Said
from calmdesk.guide.practice.caller import Caller
from calmdesk.guide.practice.scenario import Way, WayKind, count

MOST_APOLOGIES = 2
"""A third apology is one too many (D1)."""
SAME = 90.0
"""Seconds within which what was said and then written down, or the other way, is one thing."""
TELLING = 2
"""Of a fact's words, how many show that it was told."""
_FINAL = (WayKind.OFFER, WayKind.NO)
"""Ways after which nothing is open any more."""
_LADDER = ("boundary_named", "boundary_warned")


@dataclass(frozen=True)
class Turn:
    """Rules that move the heat, and the moment that is answered."""

    moment: str
    rules: tuple[str, ...] = ()
    words: str = ""
    """What they say in place of the moment's own lines; '' for those."""


def turns(said: Said, caller: Caller, second: float) -> Iterator[Turn]:
    """The turns of a sentence, the one to be answered last. Each is worked out after the one
    before it has moved the heat."""
    means = heard_in(said, caller.scenario)
    if said.step or "boundary" in means:
        yield _boundary(caller, said.step or caller.boundary + 1)
        return
    yield from _warmth(means, caller)
    if "nouns" in means and caller.heard_at is None and caller.told(second):
        caller.heard_at = second
        means -= {"probe", "settle"}  # “have I got it?” asks for the yes that follows
        yield _felt("heard")
    yield from _questions(means, caller)
    if "hold" in means:
        caller.hold_told = hold_named(said.text)
        yield Turn("hold")
    yield from _facts(said.text, caller)
    if "pass_on" in means:
        yield handed_over(caller)
    yield from _ways_out(said.text, means, caller, second)


def _felt(rule: str) -> Turn:
    """The moment that has a rule's own name."""
    return Turn(rule, (rule,))


def _boundary(caller: Caller, step: int) -> Turn:
    if caller.scenario.temper != "abusive":
        return _felt("boundary_early")
    if step != caller.boundary + 1:
        return Turn("talk")
    caller.boundary = step
    rules = _LADDER[step - 1 : step]
    return Turn(rules[0], rules) if rules else Turn("boundary_ended")


def _warmth(means: frozenset[str], caller: Caller) -> Iterator[Turn]:
    """Apologies, feelings, assurance, and the promise that was broken."""
    if "sorry" in means or "own" in means:
        yield _apology(caller, owning="own" in means)
    if "feeling" in means and "sorry" not in means:
        cold = caller.scenario.change("feeling_words") > 0
        yield _felt("feeling_words" if cold else "acknowledged")
    elif "acknowledge" in means:
        yield _felt("acknowledged")
    if "assure" in means:
        yield _felt("assured")
    if "promise_broken" in means and caller.scenario.before is not None:
        yield _felt("named_broken_promise")


def _apology(caller: Caller, *, owning: bool) -> Turn:
    caller.felt["sorry"] += 1
    if caller.felt["sorry"] > MOST_APOLOGIES:
        return _felt("third_apology")
    return _felt("owned" if owning and caller.heard_at is not None else "regret")


def _questions(means: frozenset[str], caller: Caller) -> Iterator[Turn]:
    heard = caller.heard_at is not None
    if "what_happened" in means:
        yield _felt("what_happened" if caller.scenario.before is not None else "asked_again")
    if "danger" in means:
        yield Turn("answer", ("assured",), caller.next_answer())
    if "data" in means:
        yield Turn("verify") if heard else _felt("early_data")
    if "probe" in means and "danger" not in means:
        yield Turn("answer", words=caller.next_answer()) if heard else _felt("early_question")
    if "ask" in means:
        yield Turn("ask", ("asked_ask",) if heard else (), caller.scenario.ask)


def _facts(text: str, caller: Caller) -> Iterator[Turn]:
    for fact in caller.scenario.facts:
        known = caller.found or not fact.found
        if known and fact.knows not in caller.facts and count(fact.words, text) >= TELLING:
            caller.facts.add(fact.knows)
            yield _felt("told_fact")


def _ways_out(text: str, means: frozenset[str], caller: Caller, second: float) -> Iterator[Turn]:
    heard = caller.heard_at is not None
    if "no" in means:
        caller.said_no = caller.said_no or (heard and "reason" in means)
        right = "straight_no" if "reason" in means else "bare_no"
        yield _felt(right if heard else "early_no")
    if "options" in means:
        yield _felt("two_options" if heard else "early_offer")
    known = _way(caller, text, WayKind.OFFER, WayKind.NO) is not None
    if means & {"can", "options"} and (known or "gift" in means):
        yield from offered(caller, text, second, said=True)
    if means & {"timed", "vague"}:
        yield from promised(caller, text, "timed" in means, second, said=True)
    if "settle" in means:
        yield Turn("settles" if caller.agreed is not None else "not_yet")


def _way(caller: Caller, text: str, *kinds: WayKind, remedy: str = "") -> Way | None:
    """The way that a text is, the one they can say yes to soonest when it is several."""
    fitting = [w for w in caller.scenario.ways if w.kind in kinds and w.fits(text, remedy)]
    return max(fitting, key=lambda w: w.at, default=None)


def offered(
    caller: Caller, text: str, second: float, remedy: str = "", *, said: bool = False
) -> Iterator[Turn]:
    """An offer, in words or put on the table."""
    way = _way(caller, text, WayKind.OFFER, WayKind.NO, remedy=remedy)
    name = way.id if way is not None else text.strip().casefold()
    if _same_thing(caller, name, second, said):
        return
    if caller.agreed is not None and caller.agreed.kind in _FINAL:
        yield Turn("settles")
        return
    if caller.heard_at is None:
        yield _felt("early_offer")
        return
    again = name in caller.offers
    if way is not None:
        caller.offers.add(name)
        caller.tabled.append(way)
    if way is not None and len(caller.offers) > 1 and not again:
        yield _felt("two_options")
    if way is None and caller.tabled and costs_nothing(f"{text} {remedy}"):
        yield _felt("paired")
    elif way is None:
        yield Turn("no", ("offer_misses",))
    elif again and caller.heat > way.at:
        yield Turn("not_yet", ("same_offer",))
    else:
        yield Turn("not_yet", () if again else ("offer_fits",))


def promised(
    caller: Caller, what: str, timed: bool, second: float, *, said: bool = False
) -> Iterator[Turn]:
    """Something that they were told will happen."""
    way = _way(caller, what, WayKind.CALL_BACK, WayKind.NO)
    name = f"promise {way.id}" if way is not None else "promise"
    if _same_thing(caller, name, second, said):
        return
    if not timed:
        yield _felt("vague_promise")
        return
    yield _felt("named_promise")
    if way is not None and caller.heard_at is not None:
        caller.tabled.append(way)


def handed_over(caller: Caller) -> Turn:
    """Somebody else is to decide or to go on."""
    way = next((w for w in caller.scenario.ways if w.kind is WayKind.HAND_OVER), None)
    if caller.heard_at is None:
        return _felt("passed_on")
    if way is not None:
        caller.tabled.append(way)
    return Turn("not_yet")


def settling(caller: Caller) -> Iterator[Turn]:
    """Their yes to what lies on the table, as soon as they are settled enough for it, and a no was
    said where one was due."""
    for way in caller.tabled:
        waits = way.kind is WayKind.NO and not caller.said_no
        better = caller.agreed is None or (caller.agreed.kind not in _FINAL and way.kind in _FINAL)
        if better and caller.heat <= way.at and not waits:
            caller.agreed = way
            yield Turn("yes", ("agreed",), way.yes)
            return


def _same_thing(caller: Caller, name: str, second: float, said: bool) -> bool:
    """Whether it was just said and is now written down, or the other way round."""
    before = caller.dealt.get(name)
    caller.dealt[name] = (second, said)
    return before is not None and before[1] is not said and second - before[0] <= SAME
