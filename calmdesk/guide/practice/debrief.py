"""After a practice call: the heat curve, what raised it, what lowered it, and what to try.

It never scolds and gives no marks: it says what happened, when, and what else there was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from calmdesk.guide.practice.caller import Caller, Moment
from calmdesk.guide.practice.ending import Ending
from calmdesk.guide.practice.following import Mark
from calmdesk.guide.practice.rules import RULES
from calmdesk.guide.practice.scenario import LEVEL, Scenario, level
from calmdesk.guide.stages import HEAT_ANCHORS

MOST_TRIES = 3
UNDONE = ("heard", "asked_ask", "named_promise", "two_options")
"""Rules that lower, in the order in which they are missed most."""
THEIRS, YOURS, BOTH = "●", "○", "◉"
"""The real heat, the agent's estimate, and both on one spot."""

_ENDED = {
    Ending.SETTLED: "They said that settles it.",
    Ending.CALL_BACK: "They wait for your call, and they know when it comes.",
    Ending.ANSWERED: "They have a straight no, its reason, and something they can do.",
    Ending.HANDED_OVER: "Somebody else goes on with it, and they know.",
    Ending.ENDED_AFTER_WARNING: "You ended it after a warning. In such a call that is a good end.",
    Ending.LEFT_OPEN: "It ended calm, with nothing settled yet.",
    Ending.LEFT_HOT: "It ended while they were still upset.",
    Ending.HUNG_UP: "They hung up. Here it costs nothing, and it can be played again.",
}


@dataclass(frozen=True)
class Debrief:
    """What one practice call adds up to."""

    scenario: Scenario
    ending: Ending
    seconds: float
    """How long they were on the line."""
    listened: float
    log: tuple[Moment, ...]
    marks: tuple[Mark, ...]

    @property
    def ended(self) -> str:
        """How it ended, in one sentence."""
        return _ENDED[self.ending]

    @property
    def raised(self) -> Sequence[Moment]:
        """What raised the heat, in its order."""
        return [moment for moment in self.log if moment.change > 0]

    @property
    def lowered(self) -> Sequence[Moment]:
        """What lowered the heat, in its order."""
        return [moment for moment in self.log if moment.change < 0]

    @property
    def last_straw(self) -> Moment | None:
        """What raised it last before they hung up; None when they did not."""
        return self.raised[-1] if self.ending is Ending.HUNG_UP and self.raised else None

    @property
    def interruptions(self) -> int:
        """How often the story was broken into."""
        return sum(moment.rule in ("interrupted", "cut_short") for moment in self.log)

    def heat_at(self, second: float) -> int:
        """The real heat at a second, in steps of a level."""
        before = [moment.after for moment in self.log if moment.second <= second]
        return before[-1] if before else self.scenario.heat

    def tries(self) -> Sequence[str]:
        """At most three things to try: what raised it most, what was never done, then what this
        caller in particular needs."""
        by_rule: dict[str, int] = {}
        for moment in self.raised:
            by_rule[moment.rule] = by_rule.get(moment.rule, 0) + moment.change
        worst = sorted(by_rule, key=lambda rule: -by_rule[rule])
        done = {moment.rule for moment in self.log}
        undone = [] if self.ending.won else [rule for rule in UNDONE if rule not in done]
        advice = [RULES[rule].advice for rule in (*worst, *undone)]
        wanted = [*advice[: MOST_TRIES - 1], *self.scenario.tries, *advice[MOST_TRIES - 1 :]]
        return list(dict.fromkeys(filter(None, wanted)))[:MOST_TRIES]

    def ways(self, taken: str) -> Sequence[str]:
        """How else it could have been won; `taken` is the way that was."""
        return [way.hint for way in self.scenario.ways if way.id != taken]

    def estimates(self) -> Sequence[tuple[Mark, int]]:
        """Each heat that the agent marked, beside the real one."""
        return [(mark, level(self.heat_at(mark.second))) for mark in self.marks]

    def curve(self, columns: int) -> Sequence[str]:
        """The heat over time, a row a level from 5 to 1, then what happened, then the clock."""
        columns = max(10, columns)
        step = max(1.0, self.seconds / columns)
        width = min(columns, max(1, round(self.seconds / step)))
        theirs = [level(self.heat_at((place + 1) * step)) for place in range(width)]
        yours = {min(width - 1, int(mark.second / step)): mark.level for mark in self.marks}
        rows = []
        for row in sorted(HEAT_ANCHORS, reverse=True):
            spots = [_spot(row, theirs[n], yours.get(n)) for n in range(width)]
            rows.append(f"{row} {_NAMES[row]:<11} {''.join(spots)}")
        rows.append(f"{'':<14}{self._happened(width, step)}")
        rows.append(f"{'':<14}{_clock(self.seconds, width)}")
        return rows

    def _happened(self, width: int, step: float) -> str:
        marks = [" "] * width
        for moment in self.log:
            place = min(width - 1, int(moment.second / step))
            sign = "▲" if moment.change > 0 else "▼"
            marks[place] = sign if marks[place] in (" ", sign) else "↕"
        return "".join(marks)


_NAMES = {5: "threatening", 4: "furious", 3: "upset", 2: "irked", 1: "settled"}


def _spot(row: int, theirs: int, yours: int | None) -> str:
    if row == theirs:
        return BOTH if row == yours else THEIRS
    return YOURS if row == yours else " "


def _clock(seconds: float, width: int) -> str:
    end = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return f"0:00{end:>{max(len(end) + 1, width - 4)}}"


def spoken_heat(heat: int) -> str:
    """`4.1`, for a move that is smaller than a level; what boils over is told as 5."""
    return f"{min(5.0, heat / LEVEL):.1f}"


def look_back(caller: Caller, marks: Sequence[Mark], listened: float, until: float) -> Debrief:
    """What the call adds up to; `until` is its last second if nobody ended it before."""
    ends = [at for at in (caller.gone_at, caller.ended_at) if at is not None]
    return Debrief(
        scenario=caller.scenario,
        ending=caller.ending,
        seconds=min(ends, default=until),
        listened=listened,
        log=tuple(caller.log),
        marks=tuple(marks),
    )
