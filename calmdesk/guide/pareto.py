"""Which causes weigh most: few of them make most of the trouble (S70)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from calmdesk.guide.shares import FEWEST

MOST_OF_IT = 0.8
"""The share at which the line is drawn."""


class Measure(StrEnum):
    """By what causes are weighed."""

    CASES = "cases"
    MINUTES = "minutes"
    COST = "cost"
    REPEATS = "repeat calls"


@dataclass(frozen=True)
class CauseLine:
    """One cause in a period, counted over the cases that it is the cause of."""

    cause: str
    """Id in the playbook, or as typed; '' for the cases whose cause nobody has looked for yet."""
    cases: int = 0
    seconds: float = 0.0
    """Handle time of all their calls: listening, talking, holding, wrapping up."""
    cost: int = 0
    """Accepted remedies, in minor units."""
    repeats: int = 0
    """Calls in which they had to ring again."""
    worsened: int = 0
    """Other cases that it made worse, as a factor beside their cause (S36)."""

    def value(self, measure: Measure) -> float:
        """What it weighs: cases, minutes, minor units, or calls."""
        return {
            Measure.CASES: self.cases,
            Measure.MINUTES: self.seconds / 60,
            Measure.COST: self.cost,
            Measure.REPEATS: self.repeats,
        }[measure]


@dataclass(frozen=True)
class Bar:
    """One cause, as it is drawn."""

    line: CauseLine
    value: float
    share: float = 0.0
    """Of all that is known, 0 to 1."""
    until: float = 0.0
    """The share of this one and all before it."""
    of_largest: float = 0.0
    """Of the largest bar, 0 to 1."""


@dataclass(frozen=True)
class Pareto:
    """The causes of a period, the heaviest first."""

    bars: tuple[Bar, ...] = ()
    """Causes that are known; those that weigh nothing are left out."""
    unknown: CauseLine = CauseLine("")
    """Cases whose cause nobody has looked for yet."""
    factors: tuple[CauseLine, ...] = ()
    """What made cases worse, the most frequent first."""
    cases: int = 0
    """Cases whose cause is known."""

    @property
    def in_percent(self) -> bool:
        """Whether there are enough cases to speak of shares."""
        return self.cases >= FEWEST

    @property
    def most_of_it(self) -> int:
        """How many of the first bars make 80 % of all; 0 without any."""
        return next((n for n, bar in enumerate(self.bars, 1) if bar.until >= MOST_OF_IT - 1e-9), 0)


def rank(lines: Iterable[CauseLine], measure: Measure) -> Pareto:
    """Put the causes in order. Those that weigh the same stand by their number of cases, then by
    their id."""
    every = list(lines)
    known = [line for line in every if line.cause and line.value(measure) > 0]
    known.sort(key=lambda line: (-line.value(measure), -line.cases, line.cause))
    factors = sorted(
        (line for line in every if line.worsened), key=lambda line: (-line.worsened, line.cause)
    )
    return Pareto(
        bars=_bars(known, measure),
        unknown=next((line for line in every if not line.cause), CauseLine("")),
        factors=tuple(factors),
        cases=sum(line.cases for line in every if line.cause),
    )


def _bars(known: Sequence[CauseLine], measure: Measure) -> tuple[Bar, ...]:
    values = [line.value(measure) for line in known]
    sums = list(accumulate(values))
    return tuple(
        Bar(line, value, value / sums[-1], so_far / sums[-1], value / values[0])
        for line, value, so_far in zip(known, values, sums, strict=True)
    )


def grouped(lines: Iterable[CauseLine], group: Callable[[str], str]) -> tuple[CauseLine, ...]:
    """The lines added up one level higher; `group` names the group of a cause. What nobody has
    looked for stays by itself."""
    found: dict[str, CauseLine] = {}
    for line in lines:
        name = group(line.cause) if line.cause else ""
        sum_ = found.get(name, CauseLine(name))
        found[name] = replace(
            sum_,
            cases=sum_.cases + line.cases,
            seconds=sum_.seconds + line.seconds,
            cost=sum_.cost + line.cost,
            repeats=sum_.repeats + line.repeats,
        )
    return tuple(found.values())


@dataclass(frozen=True)
class Unusual:
    """A cause above its usual: `late plates 9, usually 3`."""

    cause: str
    cases: int
    usual: float
    """The mean of the periods before."""

    @property
    def words(self) -> str:
        """The count beside the usual one."""
        return (
            f"{self.cases}, usually {self.usual:.0f}"
            if self.usual >= 0.5
            else f"{self.cases}, usually none"
        )


def unusual(now: CauseLine, before: Sequence[int]) -> Unusual | None:
    """A cause held against the periods before; None when it is not above them, or when there are
    none. A single case is never news."""
    if not before or not now.cause or now.cases < 2:
        return None
    usual = sum(before) / len(before)
    return (
        Unusual(now.cause, now.cases, usual)
        if now.cases > round(usual) and now.cases > usual
        else None
    )
