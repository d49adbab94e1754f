"""The time of a call drawn as one bar, in the order in which it was spent; each kind has a sign of
its own, so that it is read without colour.

Listening is shown to whoever listened, and to nobody else: of another's call, listening and talking
are one kind (`CONVERSATION`).
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from calmdesk.guide.listening import Kind, minutes

CELLS = 30
"""Cells of the longest bar; it stands in a column of 48."""
CONVERSATION = "conversation"
"""Listening and talking together."""
TimeSpent = tuple[str, float]
"""A kind of time, and its seconds."""

SIGNS: Mapping[str, str] = {
    Kind.LISTEN: "▒",
    Kind.TALK: "█",
    CONVERSATION: "█",
    Kind.HOLD: "╌",
    Kind.WRAP_UP: "▁",
}
_LABELS: Mapping[str, str] = {
    Kind.LISTEN: "listened",
    Kind.TALK: "talked",
    CONVERSATION: "listened and talked",
    Kind.HOLD: "held",
    Kind.WRAP_UP: "wrapped up",
}


def as_one(stretches: Sequence[TimeSpent]) -> tuple[TimeSpent, ...]:
    """The stretches with listening and talking as one kind; those alike that touch become one."""
    kinds = [
        (CONVERSATION if kind in (Kind.LISTEN, Kind.TALK) else kind, seconds)
        for kind, seconds in stretches
    ]
    groups = groupby(kinds, key=lambda it: it[0])
    return tuple((kind, sum(seconds for _, seconds in group)) for kind, group in groups)


def totals(stretches: Sequence[TimeSpent]) -> Mapping[str, float]:
    """Seconds of each kind that there was, in the order of the legend."""
    spent = {kind: sum(s for k, s in stretches if k == kind) for kind in SIGNS}
    return {kind: seconds for kind, seconds in spent.items() if seconds > 0}


def bar(stretches: Sequence[TimeSpent], longest: float, cells: int = CELLS) -> str:
    """The bar of one call; `longest` is the seconds of the longest call, which fills all cells.

    Each cell shows what filled most of its time. A kind that fills no cell by that still takes the
    one in which there was most of it, as long as there are cells enough.
    """
    spent = totals(stretches)
    whole = sum(spent.values())
    if not whole:
        return ""
    count = min(cells, max(len(spent), round(cells * whole / max(longest, whole))))
    shares = [_within(stretches, whole * n / count, whole * (n + 1) / count) for n in range(count)]
    shown = [max(share, key=lambda kind: share[kind]) for share in shares]
    for kind in spent:
        free = [n for n in range(count) if shown.count(shown[n]) > 1]
        if kind not in shown and free:
            shown[max(free, key=lambda n: shares[n].get(kind, 0.0))] = kind
    return "".join(SIGNS[kind] for kind in shown)


def legend(stretches: Sequence[TimeSpent], width: int = CELLS + 1) -> list[str]:
    """What each sign means and how long it took, on lines of a width at most:
    `▒ listened 1:47 · █ talked 3:20`."""
    lines: list[str] = []
    for kind, seconds in totals(stretches).items():
        part = f"{SIGNS[kind]} {_LABELS[kind]} {minutes(seconds)}"
        if lines and len(f"{lines[-1]} · {part}") <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _within(stretches: Sequence[TimeSpent], first: float, last: float) -> dict[str, float]:
    """Seconds of each kind between two seconds of the call."""
    found: dict[str, float] = {}
    began = 0.0
    for kind, seconds in stretches:
        inside = min(last, began + seconds) - max(first, began)
        if inside > 0:
            found[kind] = found.get(kind, 0.0) + inside
        began += seconds
    return found
