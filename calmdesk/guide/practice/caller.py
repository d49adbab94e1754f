"""The caller: how hot they are and why, what they say next, and what time alone brings.

`answering.do` is the way in which an act of the agent reaches them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from calmdesk.guide.practice.ending import BY_WAY, Ending
from calmdesk.guide.practice.rules import RULES
from calmdesk.guide.practice.scenario import LEVEL, Scenario, Way
from calmdesk.guide.practice.speech import ANSWER_AFTER, Line, Speech

Review = Callable[[str], Iterable[str]]
"""The categories that the language guard finds in a text."""

GREETING = 5.0
"""Seconds that they leave for a greeting, between their first words and their story."""
SILENCE = 30.0
"""Seconds without a word or a keystroke after which they ask whether somebody is there."""
MOST_SILENCES = 3
HOLD_GRACE = 10.0
"""Seconds by which a hold may pass the time that was told."""
MOST_HOLD = 300.0
FOUND_AFTER = 8.0
"""Seconds of hold after which the agent finds what there is to be found."""
HIGHEST = 60


CALM = 25
"""Heat below which a call that settled nothing was at least left calm."""
TAKES_BACK = 10
"""How far above the heat of their yes they take it back."""


@dataclass(frozen=True)
class Moment:
    """One move of the heat."""

    second: float
    rule: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """Tenths of a level; above 0 it was raised."""
        return self.after - self.before

    @property
    def why(self) -> str:
        """In words, for the debrief."""
        return RULES[self.rule].why


class Caller:
    """One caller of one practice call. Every move of its heat has a rule, a second and a reason."""

    def __init__(self, scenario: Scenario, review: Review) -> None:
        self.scenario = scenario
        self.review = review
        self.heat = scenario.heat
        self.log: list[Moment] = []
        self.speech = Speech()
        self.felt: Counter[str] = Counter()
        """How often each rule was met, whether or not it still counted."""
        self.heard_at: float | None = None
        self.agreed: Way | None = None
        self.gone_at: float | None = None
        """When they hung up; None while they did not."""
        self.ended_at: float | None = None
        self.held_at: float | None = None
        self.hold_told: int | None = None
        """Seconds of hold that they were told; None when they were not asked."""
        self.boundary = 0
        """Step of the ladder that was said, in its order."""
        self.found = False
        """Whether what can be found on hold was found."""
        self.said_no = False
        """Whether they had a straight no with its reason."""
        self.offers: set[str] = set()
        """Names of the offers that were made."""
        self.tabled: list[Way] = []
        """Ways that were put to them; they take one as soon as they are settled enough."""
        self.facts: set[str] = set()
        """Facts that they were told."""
        self.dealt: dict[str, tuple[float, bool]] = {}
        """When an offer or a promise was last made, and whether aloud."""
        self._unsaid: list[Line] = []
        """What of their story was broken off by a hold."""
        self._too_long = 0
        """How often the running hold passed what they were told."""
        self._used: Counter[str] = Counter()
        self._stirred = 0.0
        self._story_closed = False
        self._begin()

    def _begin(self) -> None:
        self.speech.plan([self._line("opening")], ANSWER_AFTER)
        self.speech.plan(self.scenario.tells, self.speech.until + GREETING, story=0)

    # -- what is read from it ---------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Whether nobody listens any more."""
        return self.gone_at is not None or self.ended_at is not None

    @property
    def story_begins(self) -> float:
        """The second of the first word of their story."""
        return min(line.begins for line in self.speech.lines if line.piece is not None)

    @property
    def story_ends(self) -> float:
        """The second at which their story is told, as things stand."""
        return max(line.ends for line in self.speech.lines if line.piece is not None)

    def told(self, second: float) -> bool:
        """Whether they have told it all by a second."""
        return not self._unsaid and second >= self.story_ends

    @property
    def ending(self) -> Ending:
        """How it ended, or would if it ended now."""
        if self.gone_at is not None:
            return Ending.HUNG_UP
        if self.agreed is not None:
            return BY_WAY[self.agreed.kind]
        if self.boundary == len(("name it", "warn", "end it")):
            return Ending.ENDED_AFTER_WARNING
        return Ending.LEFT_OPEN if self.heat < CALM else Ending.LEFT_HOT

    # -- how it changes ---------------------------------------------------------------------

    def stir(self, second: float) -> None:
        """The agent does something, or is typing: that is no silence."""
        self.pass_time(second)
        self._stirred = max(self._stirred, second)

    def pass_time(self, second: float) -> None:
        """Let time pass until a second. What it brings is dated by the script, not by the look."""
        while not self.over and self._next_event(second):
            self.mind_breaking(second)

    def _next_event(self, second: float) -> bool:
        """Let the next thing happen that time alone brings; False when there is none by then."""
        if not self._story_closed and self.told(second):
            self._story_closed = True
            self._close_story(self.story_ends)
            return True
        if self.held_at is not None:
            return self._hold_on(self.held_at, second)
        quiet = max(self._stirred, self.speech.until)
        if self.agreed is None and second - quiet >= SILENCE:
            self._fall_silent(quiet + SILENCE)
            return True
        return False

    def _close_story(self, at: float) -> None:
        if not (self.felt["interrupted"] or self.felt["cut_short"]):
            self.feel("told_whole", at)
        if self.scenario.temper == "abusive" and not self.boundary:
            self.feel("insult_let_pass", at)

    def _hold_on(self, since: float, second: float) -> bool:
        allowed = (self.hold_told if self.hold_told is not None else 30) + HOLD_GRACE
        at = since + allowed + 60 * self._too_long
        if at > second:
            return False
        self._too_long += 1
        self.feel("long_hold", at)
        if at - since >= MOST_HOLD:
            self.hang_up(at)
        return True

    def _fall_silent(self, at: float) -> None:
        self._stirred = at
        self.feel("silence", at)
        if self.felt["silence"] > MOST_SILENCES:
            self.hang_up(at)
        else:
            self.reply("silence", at)

    def mind_breaking(self, second: float) -> None:
        """Enough is enough: they hang up, or take a yes back."""
        if not self.over and self.heat >= self.scenario.breaks:
            self.hang_up(second)
        elif self.agreed is not None and self.heat > self.agreed.at + TAKES_BACK:
            self.agreed = None

    def hang_up(self, second: float) -> None:
        """They say a last thing and are gone."""
        self.held_at = None
        self.speech.cut(second)
        self.speech.plan([self._line("hang_up")], second + ANSWER_AFTER)
        self.gone_at = self.speech.until

    def begin_hold(self, second: float) -> None:
        """They are put on hold, and say nothing."""
        self._unsaid = [line for line in self.speech.cut(second) if line.piece is not None]
        self.held_at = second
        self._too_long = 0

    def end_hold(self, second: float) -> bool:
        """They are back. Returns whether it was as they were told."""
        since = self.held_at if self.held_at is not None else second
        kept = self.hold_told is not None and not self._too_long
        self.found = self.found or second - since >= FOUND_AFTER
        self.speech.lines = [line for line in self.speech.lines if line.begins <= second]
        self.held_at = self.hold_told = None
        self._go_on(self._unsaid, second)
        self._unsaid = []
        return kept

    # -- what it feels and says -------------------------------------------------------------

    def feel(self, rule: str, second: float) -> None:
        """Let a rule move the heat, as often as it counts."""
        self.felt[rule] += 1
        most = RULES[rule].times
        change = self.scenario.change(rule)
        if not change or (most and self.felt[rule] > most):
            return
        before = self.heat
        self.heat = min(HIGHEST, max(LEVEL, before + change))
        self.log.append(Moment(second, rule, before, self.heat))

    def reply(self, moment: str, second: float, text: str = "") -> None:
        """Break off, answer, and go on with the story where it was broken off."""
        rest = [line for line in self.speech.cut(second) if line.piece is not None]
        words = text or self._line(moment)
        if words:
            self.speech.plan([words], second + ANSWER_AFTER)
        self._go_on(rest, second)

    def _go_on(self, rest: list[Line], second: float) -> None:
        if rest:
            texts = [self._as_told_now(line) for line in rest]
            self.speech.plan(texts, second + ANSWER_AFTER, story=rest[0].piece)

    def _as_told_now(self, line: Line) -> str:
        """A piece of their story as it is told from here on: without insults once they were named."""
        if self.boundary and self.scenario.softer and line.piece is not None:
            return self.scenario.softer[line.piece]
        return line.text

    def bye(self, second: float) -> None:
        """The agent ends the call; they say goodbye, if they were not talking."""
        self.speech.cut(second)
        self.speech.plan([self._line("bye")], second)
        self.ended_at = second

    def _line(self, moment: str) -> str:
        """What they say at a moment: one line after the other, the last again and again."""
        lines = self.scenario.lines(moment, self.heat)
        if not lines:
            return ""
        place = min(self._used[moment], len(lines) - 1)
        self._used[moment] += 1
        return lines[place]

    def next_answer(self) -> str:
        """Their next answer to a question; '' when they have told all."""
        self._used["answers"] += 1
        told = self._used["answers"] - 1
        return self.scenario.answers[told] if told < len(self.scenario.answers) else ""
