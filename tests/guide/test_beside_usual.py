"""A figure stands beside its usual; nothing is said in percent of fewer than twenty."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.guide.beside_usual import count_words, share_words
from calmdesk.guide.periods import Days, Length, Period, usual_for, usual_walls


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((41, 52), [(38, 50)] * 4, "41 of 52 (79 %), usually 76 %"),
        ((4, 7), [(5, 8), (5, 7), (4, 8), (6, 9)], "4 of 7, usually 5 of 8"),
        ((4, 7), [(40, 80)] * 4, "4 of 7, usually 40 of 80"),
        ((20, 20), [(3, 4), (1, 2)], "20 of 20 (100 %), usually 2 of 3"),
        ((20, 20), [], "20 of 20 (100 %)"),
        ((299, 300), [(1, 300)], "299 of 300 (99 %), usually 1 %"),
        ((3, 4), [], "3 of 4"),
        ((3, 4), [(0, 0), (0, 0)], "3 of 4"),
        ((3, 4), [(0, 0), (2, 4)], "3 of 4, usually 2 of 4"),
        ((0, 0), [(1, 2)], "none"),
        ((0, 5), [(0, 5)], "0 of 5, usually 0 of 5"),
    ],
)
def test_a_share_beside_its_usual(
    now: tuple[int, int], before: list[tuple[int, int]], words: str
) -> None:
    assert share_words(now, before) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (7, [3, 3, 2, 4], "7, usually 3"),
        (2, [0, 0, 1, 0], "2, usually none"),
        (0, [3], "0, usually 3"),
        (5, [], "5"),
    ],
)
def test_a_count_beside_its_usual(now: int, before: list[int], words: str) -> None:
    assert count_words(now, before) == words


PARTS = st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(PARTS, st.lists(PARTS, max_size=4))
def test_no_percentage_is_of_fewer_than_twenty(
    now: tuple[int, int], before: list[tuple[int, int]]
) -> None:
    words = share_words(now, before)
    if now[1] < 20:
        assert "%" not in words
    if sum(of for _, of in before) < 20:
        assert "%" not in words.partition("usually")[2]


def test_a_day_is_held_against_the_last_four_such_weekdays() -> None:
    saturday = Days(date(2026, 11, 21), 1)
    assert [it.first for it in usual_for(saturday)] == [
        date(2026, 11, 14),
        date(2026, 11, 7),
        date(2026, 10, 31),
        date(2026, 10, 24),
    ]
    assert {it.last for it in usual_for(saturday)} == {it.first for it in usual_for(saturday)}


def test_other_periods_are_held_against_the_four_before() -> None:
    month = Period.around(Length.MONTH, date(2026, 3, 31))
    assert [it.name for it in usual_for(month)] == ["Feb 2026", "Jan 2026", "Dec 2025", "Nov 2025"]
    three = Days.between(date(2026, 11, 19), date(2026, 11, 21))
    assert [it.first for it in usual_for(three)][:2] == [date(2026, 11, 16), date(2026, 11, 13)]
    week = Period.around(Length.WEEK, date(2026, 11, 21))
    assert [it.first for it in usual_for(week)][-1] == date(2026, 10, 19)


def at(text: str) -> datetime:
    """A naive local time."""
    return datetime.fromisoformat(text)


def test_what_is_not_over_is_held_against_as_much_of_those_before() -> None:
    march, now = Period(Length.MONTH, date(2026, 3, 1)), at("2026-03-30 14:02")
    assert [until for _, until in usual_walls(march, now)] == [
        at("2026-03-01"),  # the whole of February is less
        at("2026-01-30 14:02"),
        at("2025-12-30 14:02"),
        at("2025-11-30 14:02"),
    ]
    (day, *_) = usual_walls(Days(now.date(), 1), now)
    assert day == (at("2026-03-23"), at("2026-03-23 14:02"))
    over = usual_walls(march, now + timedelta(days=2))
    assert over == [it.walls for it in usual_for(march)]
