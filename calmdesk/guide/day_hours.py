"""Which hours of a day are worth a column."""

from collections.abc import Sequence

OFFICE_HOURS = range(8, 18)
"""Local hours that are shown at least."""


def shown(counts: Sequence[int]) -> range:
    """The hours from the first to the last in which something was, of counts for 0 to 23; office
    hours at least."""
    busy = [hour for hour, count in enumerate(counts) if count]
    return range(min([*busy, OFFICE_HOURS[0]]), max([*busy, OFFICE_HOURS[-1]]) + 1)
