"""From the call screen to the caller: what happened in the call, as acts that somebody hears."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calmdesk.guide import happenings as h
from calmdesk.guide.call import Call
from calmdesk.guide.phrases import Phrase
from calmdesk.guide.practice import acts
from calmdesk.guide.practice.answering import do
from calmdesk.guide.practice.caller import Caller, Review
from calmdesk.guide.practice.scenario import Scenario

FindPhrase = Callable[[str], Phrase | None]


@dataclass(frozen=True)
class Mark:
    """The heat that the agent marked."""

    second: float
    level: int


class Play:
    """One practice call: the caller, and what the agent made of them."""

    def __init__(self, scenario: Scenario, review: Review, phrase: FindPhrase) -> None:
        self.caller = Caller(scenario, review)
        self.marks: list[Mark] = []
        self._phrase = phrase

    def follow(self, happening: h.Happening, call: Call, second: float) -> None:
        """Let the caller notice what happens next in `call`."""
        self.caller.stir(second)
        if isinstance(happening, h.HeatMarked):
            self.marks.append(Mark(second, happening.level))
        for act in heard_acts(happening, call, self._phrase):
            do(self.caller, act, second)

    def say(self, words: str, second: float) -> None:
        """The agent says something in their own words."""
        do(self.caller, acts.Said(words), second)

    def say_back(self, line: str, second: float) -> bool:
        """The agent says their story back. Returns whether they are heard."""
        do(self.caller, acts.SaidBack(line), second)
        return self.caller.heard_at is not None


def heard_acts(happening: h.Happening, call: Call, phrase: FindPhrase) -> Iterator[acts.Act]:
    """What of a happening a caller hears; `call` is the call before it. Notes, marks and forms
    are the agent's own and are not heard."""
    match happening:
        case h.PhraseSaid(phrase=name, group=group, line=line):
            known = phrase(name)
            feeling, step = (known.feeling, known.step) if known is not None else (False, 0)
            yield acts.Said(line, group, feeling, step)
        case h.StoryTold():
            yield acts.TookAsTold()
        case h.Apologised(ownership=ownership):
            yield acts.Apologised(ownership)
        case h.Offered(text=text, remedy=remedy):
            yield acts.OfferMade(text, remedy)
        case h.Promised(what=what, due=due):
            yield acts.PromiseMade(what, due is not None)
        case h.PromiseChanged(promise_id=changed, what=what, due=due):
            untimed = any(p.promise_id == changed and p.due is None for p in call.promises)
            if untimed and due is not None:
                yield acts.PromiseMade(what, timed=True)
        case h.Escalated():
            yield acts.HandedOver()
        case h.ReadBack(agreed=True):
            yield acts.DealRead()
        case h.CardGiven(line=line_given, mail=mail_given) if line_given or mail_given:
            yield acts.ContactGiven()
        case h.Held():
            yield acts.HoldBegan()
        case h.Resumed():
            yield acts.HoldEnded()
        case h.CallEnded():
            yield acts.Ended()
        case h.CallWentOn():
            yield acts.WentOn()
