"""A row of the bench's table, and the numbers that go into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Row:
    """One measurement beside its baseline."""

    what: str
    calmdesk: str
    baseline: str
    ratio: float | None
    goal: str = ""
    met: bool | None = None
    """None where no goal is set."""

    @property
    def verdict(self) -> str:
        """`ok`, `over`, or nothing where no goal is set."""
        return {True: "ok", False: "over", None: ""}[self.met]


def at(samples: Sequence[float], share: float) -> float:
    """The value that `share` of the samples do not exceed (nearest rank)."""
    return sorted(samples)[max(0, ceil(share * len(samples)) - 1)]


def seconds(samples: Sequence[float]) -> str:
    """`0.412 s (0.40-0.44)`: the median, and from the least to the most."""
    return f"{median(samples):.3f} s ({min(samples):.2f}-{max(samples):.2f})"


def milliseconds(samples: Sequence[float], *shares: float) -> str:
    """`1.20 / 3.41 ms`: the samples at these shares."""
    return " / ".join(f"{1000 * at(samples, share):.2f}" for share in shares) + " ms"


def by_median(
    what: str, ours: Sequence[float], theirs: Sequence[float], most: float | None = None
) -> Row:
    """A row of medians in seconds; `most` is the ratio that must not be exceeded."""
    ratio = median(ours) / median(theirs)
    goal, met = ("", None) if most is None else (f"<= {most}x", ratio <= most)
    return Row(what, seconds(ours), seconds(theirs), ratio, goal, met)


def by_share(
    what: str, ours: Sequence[float], theirs: Sequence[float], share: float, most: float
) -> Row:
    """A row of one percentile in milliseconds; `most` is the ratio that must not be exceeded."""
    ratio = at(ours, share) / at(theirs, share)
    return Row(
        f"{what}, p{100 * share:.0f}",
        milliseconds(ours, share),
        milliseconds(theirs, share),
        ratio,
        f"<= {most}x",
        ratio <= most,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as text, in columns."""
    heads = ["what", "calmdesk", "baseline", "ratio", "goal", ""]
    cells = [heads] + [
        [
            row.what,
            row.calmdesk,
            row.baseline,
            "" if row.ratio is None else f"{row.ratio:.2f}x",
            row.goal,
            row.verdict,
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
