"""Marking the heat: a level, and the cold that may come with it."""

import pytest

from calmdesk.guide.happenings import HeatMarked
from calmdesk.guide.heat import heat_marked

COLD, LOUD = HeatMarked(4, cold=True), HeatMarked(5)


@pytest.mark.parametrize(
    ("before", "level", "cold", "marked"),
    [
        (None, 3, False, HeatMarked(3)),
        (LOUD, 2, False, HeatMarked(2)),
        (COLD, 2, False, HeatMarked(2, cold=True)),
        (LOUD, 4, True, COLD),
        (COLD, 4, True, COLD),
        (None, None, True, COLD),
        (LOUD, None, True, HeatMarked(5, cold=True)),
        (COLD, None, True, HeatMarked(4)),
    ],
)
def test_a_level_leaves_the_cold_and_cold_alone_goes_on_and_off(
    before: HeatMarked | None, level: int | None, cold: bool, marked: HeatMarked
) -> None:
    assert heat_marked(before, level, cold) == marked
