"""A figure beside its usual: `41 of 52, usually 38 of 50`. Nothing is said in percent of fewer than
twenty (flow.md, The supervisor)."""

from collections.abc import Sequence

from calmdesk.guide.shares import FEWEST, percent

Part = tuple[int, int]
"""So many, of so many."""


def share_words(now: Part, before: Sequence[Part]) -> str:
    """A share beside that of the periods before, taken together: `41 of 52 (79 %), usually 76 %`
    where both are of twenty or more, else in counts of one such period, `4 of 7, usually 5 of 8`.
    `none` for a share of nothing; periods of nothing say nothing of what is usual."""
    if not now[1]:
        return "none"
    words = f"{now[0]} of {now[1]}"
    told = [part for part in before if part[1]]
    part, of = sum(it[0] for it in told), sum(it[1] for it in told)
    if now[1] >= FEWEST and of >= FEWEST:
        return f"{words} ({percent(*now)}), usually {percent(part, of)}"
    if now[1] >= FEWEST:
        words += f" ({percent(*now)})"
    if not told:
        return words
    return f"{words}, usually {round(part / len(told))} of {round(of / len(told))}"


def count_words(now: int, before: Sequence[int]) -> str:
    """A count beside the mean of the periods before: `7, usually 3`, `2, usually none`."""
    if not before:
        return f"{now:,}"
    usual = round(sum(before) / len(before))
    return f"{now:,}, usually {f'{usual:,}' if usual else 'none'}"


# -- the same where there is little room -----------------------------------------------------------


def short_share(part: int, of: int) -> str:
    """`65 %` of enough of them, else `8 of 11`; `—` of none."""
    if not of:
        return "—"
    return percent(part, of) if of >= FEWEST else f"{part} of {of}"


def short_usual_share(before: Sequence[Part]) -> str:
    """The same of the periods before, all of them together; of too few for percent their mean,
    `7 of 9`. '' when there were none."""
    told = [part for part in before if part[1]]
    part, of = sum(it[0] for it in told), sum(it[1] for it in told)
    if not of or of >= FEWEST:
        return short_share(part, of) if of else ""
    return f"{round(part / len(told))} of {round(of / len(told))}"


def short_usual_count(before: Sequence[int]) -> str:
    """The mean of the periods before, a whole number; '' when there were none."""
    return f"{round(sum(before) / len(before)):,}" if before else ""
