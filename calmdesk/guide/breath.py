"""One slow breath, as a line that grows and shrinks: four seconds in, six out (S49)."""

IN, OUT = 4, 6
"""Seconds of one breath."""
WIDEST = 13
"""Dots when the breath is full."""


def breath(second: int) -> tuple[str, str]:
    """The word (`in`, `out`) and the dots for a second of breathing."""
    at = second % (IN + OUT)
    if at < IN:
        return "in", "·" * (WIDEST * (at + 1) // IN)
    return "out", "·" * max(1, WIDEST * (IN + OUT - at - 1) // OUT)
