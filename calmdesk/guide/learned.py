"""What was learned about a phrase: how the heat went on after it, beside what is usual in its stage.

It says what followed, never what caused it: heat falls in most calls anyway, and that is why the
stage's own rate stands beside each count. Nothing here ranks a phrase or an agent.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, sqrt

from calmdesk.guide.happenings import CallEnded, Happening, HeatMarked, PhraseSaid, StageEntered
from calmdesk.guide.stages import Stage

FEWEST = 5
"""Sayings with a mark after them below which nothing is told."""
Z = 1.96
"""Standard deviations of a 95 % interval: of twenty phrases that differ in nothing, one seems to."""

TOLD_BY: tuple[type[Happening], ...] = (StageEntered, CallEnded, HeatMarked, PhraseSaid)
"""The only happenings of which `learn` needs to know."""


@dataclass(frozen=True)
class Learned:
    """What followed when one phrase was said."""

    said: int = 0
    marked: int = 0
    """Times with a heat before it, and one marked after it in the same call."""
    fell: int = 0
    """Times the next mark was lower than the one before it was said."""
    usual: float = 0.0
    """What `fell` would be if it had gone as after any phrase of the stages it was said in."""
    stage: Stage | None = None
    """The stage it was said in; None when it was said in several."""


Said = tuple[str, Stage]
"""A phrase, and the stage in which it was said."""


def learn(journal: Iterable[tuple[str, Happening]]) -> dict[str, Learned]:
    """Add up what followed each phrase. `journal` holds the id of a call beside each happening,
    call after call, and within a call in the order in which it happened."""
    said: Counter[Said] = Counter()
    marked: Counter[Said] = Counter()
    fell: Counter[Said] = Counter()
    call, stage, heat = "", Stage.LISTEN, 0
    waiting: list[Said] = []
    for contact_id, it in journal:
        if contact_id != call:
            call, stage, heat, waiting = contact_id, Stage.LISTEN, 0, []
        match it:
            case StageEntered():
                stage = it.stage
            case CallEnded():
                stage = Stage.WRAP_UP
            case PhraseSaid():
                said[it.phrase, stage] += 1
                if heat:
                    waiting.append((it.phrase, stage))
            case HeatMarked():
                marked.update(waiting)
                if it.level < heat:
                    fell.update(waiting)
                heat, waiting = it.level, []
    return _beside_usual(said, marked, fell)


def _beside_usual(
    said: Counter[Said], marked: Counter[Said], fell: Counter[Said]
) -> dict[str, Learned]:
    """The counts of each phrase, beside what the rates of its stages would give."""
    stage_marked = _by_stage(marked)
    stage_fell = _by_stage(fell)
    found: dict[str, Learned] = {}
    for (phrase, stage), count in said.items():
        so_far = found.get(phrase)
        before = so_far or Learned(stage=stage)
        here = marked[phrase, stage]
        rate = stage_fell[stage] / stage_marked[stage] if here else 0.0
        found[phrase] = Learned(
            said=before.said + count,
            marked=before.marked + here,
            fell=before.fell + fell[phrase, stage],
            usual=before.usual + here * rate,
            stage=stage if so_far is None else None,
        )
    return found


def _by_stage(counts: Counter[Said]) -> Counter[Stage]:
    found: Counter[Stage] = Counter()
    for (_, stage), count in counts.items():
        found[stage] += count
    return found


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of which `hits` of `of` were seen: Wilson's score interval
    (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212), which holds for few counts, too."""
    share, spread = hits / of, Z * Z / of
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / of + spread / of / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def reach(learned: Learned) -> tuple[int, int]:
    """From which to which count `fell` may lie by chance alone, in whole times."""
    low, high = wilson(learned.fell, learned.marked)
    return floor(low * learned.marked), ceil(high * learned.marked)


def telling(learned: Learned) -> str:
    """What the counts can tell: `too few to tell`, `no telling difference`, `more than usual` or
    `less than usual`."""
    if learned.marked < FEWEST:
        return "too few to tell"
    low, high = reach(learned)
    usual = round(learned.usual)
    if low <= usual <= high:
        return "no telling difference"
    return "more than usual" if usual < low else "less than usual"


def in_words(learned: Learned) -> str:
    """`said 41 times; heat fell after 29 of 38 marked (23 to 34 by chance), usual for
    Acknowledge: 30; no telling difference`."""
    if not learned.said:
        return "not said yet"
    times = "once" if learned.said == 1 else f"{learned.said} times"
    if learned.marked < FEWEST:
        return f"said {times}; {telling(learned)}"
    low, high = reach(learned)
    where = learned.stage.label if learned.stage else "its stages"
    return (
        f"said {times}; heat fell after {learned.fell} of {learned.marked} marked "
        f"({low} to {high} by chance), usual for {where}: {round(learned.usual)}; "
        f"{telling(learned)}"
    )
