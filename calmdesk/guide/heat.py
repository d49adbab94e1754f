"""How far the caller is from settled: a level, or the cold that may come with it."""

from dataclasses import replace

from calmdesk.guide.happenings import HeatMarked

ICE_COLD = 4
"""The level of a caller who is cold, while none was marked: furious *or ice-cold*."""


def heat_marked(before: HeatMarked | None, level: int | None, cold: bool = False) -> HeatMarked:
    """The mark that follows the last one. A level, 1 to 5, leaves a cold caller cold, and makes one
    so with `cold`; without a level, None, it is the cold that changes: on, and off again."""
    last = before or HeatMarked(ICE_COLD)
    if level is None:
        return replace(last, cold=not last.cold)
    return HeatMarked(level, cold or last.cold)


def spell_heats(before: int, after: int) -> str:
    """The heat of a case from first to last, `5→2`; `5→` while they are on the line, as nobody was
    left at any yet; '' where none was marked."""
    return f"{before}→{after or ''}" if before else ""
