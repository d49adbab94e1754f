"""A share in percent, the same wherever it stands."""

FEWEST = 20
"""Of fewer than so many nothing is said in percent, only counts (flow.md, The supervisor)."""


def percent(part: float, of: float) -> str:
    """`35 %`; 0 and 100 only when it is none or all of them. Raises ZeroDivisionError of nothing."""
    rounded = round(100 * part / of)
    if 0 < part < of:
        rounded = min(99, max(1, rounded))
    return f"{rounded} %"
