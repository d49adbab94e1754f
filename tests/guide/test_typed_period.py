"""Periods as a supervisor types them: read right, shown back in full, or refused in one sentence."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calmdesk.guide.english.typed_period import (
    TOO_FAR,
    TURNED,
    UNSURE,
    WHICH,
    read_period,
    show_back,
    spell_period,
)
from calmdesk.guide.periods import Days, Length, Period, longer

TODAY = date(2026, 11, 21)
"""A Saturday."""


def days_of(text: str) -> tuple[date, date]:
    """First and last day of what was typed."""
    period = read_period(text, TODAY)
    assert not isinstance(period, str), period
    return period.first, period.last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1 oct - 20 nov", "2026-10-01", "2026-11-20"),
        ("1 Oct – 20 November", "2026-10-01", "2026-11-20"),
        ("1 oct 20 nov", "2026-10-01", "2026-11-20"),
        ("from 1 oct to 20 nov", "2026-10-01", "2026-11-20"),
        ("between oct 1st and nov 20th", "2026-10-01", "2026-11-20"),
        ("2026-10-01 2026-11-20", "2026-10-01", "2026-11-20"),
        ("2026-10-01..2026-11-20", "2026-10-01", "2026-11-20"),
        ("1-20 oct", "2026-10-01", "2026-10-20"),
        ("oct 1 to 20, 2025", "2025-10-01", "2025-10-20"),
        ("1 oct - 20 nov 2025", "2025-10-01", "2025-11-20"),
        ("13/10 - 20/11", "2026-10-13", "2026-11-20"),
        ("1 dec - 20 jan", "2025-12-01", "2026-01-20"),
        ("1 oct - 30 nov", "2026-10-01", "2026-11-30"),
        ("mon - fri", "2026-11-16", "2026-11-20"),
        ("1 oct", "2026-10-01", "2026-10-01"),
        ("thu 1 oct", "2026-10-01", "2026-10-01"),
        ("dec 24", "2025-12-24", "2025-12-24"),
        ("sat", "2026-11-21", "2026-11-21"),
        ("yesterday", "2026-11-20", "2026-11-20"),
        ("the 22nd", "2026-10-22", "2026-10-22"),
        ("29 feb", "2024-02-29", "2024-02-29"),
        ("thu 29 feb - 5 mar", "2024-02-29", "2024-03-05"),
        ("since 1 oct", "2026-10-01", "2026-11-21"),
        ("from monday until yesterday", "2026-11-16", "2026-11-20"),
        ("last 30 days", "2026-10-23", "2026-11-21"),
        ("the past 2 weeks", "2026-11-08", "2026-11-21"),
        ("last 3 months", "2026-08-22", "2026-11-21"),
        ("last 1 year", "2025-11-22", "2026-11-21"),
    ],
)
def test_days_are_read_as_they_are_typed(text: str, first: str, last: str) -> None:
    assert days_of(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert isinstance(read_period(text, TODAY), Days)


@pytest.mark.parametrize(
    ("today", "text", "last"),
    [
        ("2026-11-21", "5 - 1 oct", ""),
        ("2026-11-21", "oct 5 - 1", ""),
        ("2026-11-21", "20 nov - 1 oct", ""),
        ("2026-11-21", "from 20 nov 2026 to 1 oct", ""),
        ("2026-11-21", "1 apr - 31 mar", ""),
        ("2026-11-21", "20 nov - 5 dec", "2026-12-05"),
        ("2026-11-21", "fri - mon", "2026-11-23"),
        ("2026-11-21", "fri - wed", "2026-11-25"),
        ("2026-11-21", "the 20th - the 5th", "2026-12-05"),
        ("2026-11-21", "1 jan - 31 dec", "2026-12-31"),
        ("2026-11-21", "1 oct - 31 dec", "2026-12-31"),
        ("2026-11-21", "20 nov - 10 feb", "2027-02-10"),
        ("2026-11-21", "20 nov - 1 oct 2027", "2027-10-01"),
        ("2026-11-21", "1 dec - 20 nov", "2026-11-20"),
        ("2026-12-30", "20 dec - 5 jan", "2027-01-05"),
        ("2027-01-02", "20 dec - 10 jan", "2027-01-10"),
    ],
)
def test_days_that_are_turned_are_no_year_to_come(today: str, text: str, last: str) -> None:
    found = read_period(text, date.fromisoformat(today))
    assert (found if isinstance(found, str) else str(found.last)) == (last or TURNED)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("last week", Period(Length.WEEK, date(2026, 11, 9))),
        ("this week", Period(Length.WEEK, date(2026, 11, 16))),
        ("last month", Period(Length.MONTH, date(2026, 10, 1))),
        ("This  month", Period(Length.MONTH, date(2026, 11, 1))),
        ("last year", Period(Length.YEAR, date(2025, 1, 1))),
        ("this year", Period(Length.YEAR, date(2026, 1, 1))),
        ("this quarter", Period(Length.QUARTER, date(2026, 10, 1))),
        ("oct", Period(Length.MONTH, date(2026, 10, 1))),
        ("december", Period(Length.MONTH, date(2025, 12, 1))),
        ("oct 2024", Period(Length.MONTH, date(2024, 10, 1))),
        ("2026-10", Period(Length.MONTH, date(2026, 10, 1))),
        ("q3", Period(Length.QUARTER, date(2026, 7, 1))),
        ("Q4 2025", Period(Length.QUARTER, date(2025, 10, 1))),
        ("2025", Period(Length.YEAR, date(2025, 1, 1))),
    ],
)
def test_what_has_a_name_in_the_calendar_is_that_period(text: str, period: Period) -> None:
    assert read_period(text, TODAY) == period


def test_a_quarter_that_is_still_to_come_is_that_of_last_year() -> None:
    assert read_period("q4", date(2026, 3, 1)) == Period(Length.QUARTER, date(2025, 10, 1))


def test_three_months_back_from_the_last_of_may_begin_in_a_shorter_month() -> None:
    period = read_period("last 3 months", date(2026, 5, 31))
    assert period == Days.between(date(2026, 3, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", WHICH),
        ("31 feb", "There is no 31 feb."),
        ("30 february - 3 mar", "There is no 30 february."),
        ("2026-02-29", "There is no 2026-02-29."),
        ("31/2", "There is no 31/2."),
        ("the 32nd", "There is no the 32nd."),
        ("11/12", "“11/12”: which is the month? Write 11 dec or 12 nov."),
        ("14 nov - 3 nov", TURNED),
        ("wed 1 oct", UNSURE),
        ("sun 1 oct", UNSURE),
        ("wed 29 feb", UNSURE),
        ("1/10 - 20/11", "“1/10”: which is the month? Write 1 oct or 10 jan."),
        ("next fri", UNSURE),
        ("9999", UNSURE),
        ("20 nov 2026 - 1 oct 2026", TURNED),
        ("since 1 dec 2026", TURNED),
        ("1 jan 1950", TOO_FAR),
        ("1 jan 1990 - today", TOO_FAR),
        ("last 9999 years", TOO_FAR),
    ],
)
def test_what_is_no_period_gets_one_sentence(text: str, sentence: str) -> None:
    assert read_period(text, TODAY) == sentence


@pytest.mark.parametrize("text", ["whenever", "last 0 days", "1 oct -", "1 oct - 20 nov - 3", "to"])
def test_what_is_not_read_is_named(text: str) -> None:
    sentence = (
        f"“{text}” is no period calmdesk can read; e.g. 1 oct - 20 nov, last 30 days, oct 2026"
    )
    assert read_period(text, TODAY) == sentence
    assert show_back(text, TODAY) == WHICH, "it may be half typed"


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        (
            "1 oct - 20 nov",
            "1 Oct-20 Nov 2026",
            "Thu 1 Oct 2026 to Fri 20 Nov 2026, 51 days",
        ),
        ("1-20 oct", "1-20 Oct 2026", "Thu 1 Oct 2026 to Tue 20 Oct 2026, 20 days"),
        (
            "1 dec - 20 jan",
            "1 Dec 2025-20 Jan 2026",
            "Mon 1 Dec 2025 to Tue 20 Jan 2026, 51 days",
        ),
        ("1 oct", "1 Oct 2026", "Thu 1 Oct 2026, 1 day"),
        ("oct", "Oct 2026", "Thu 1 Oct 2026 to Sat 31 Oct 2026, 31 days"),
    ],
)
def test_a_period_has_a_name_and_is_shown_back_in_full(text: str, name: str, full: str) -> None:
    period = read_period(text, TODAY)
    assert not isinstance(period, str)
    assert period.name == name
    assert spell_period(period) == full


def test_days_step_by_as_many_days() -> None:
    period = Days.between(date(2026, 10, 1), date(2026, 11, 20))
    before, after = period.step(-1), period.step(1)
    assert (before.first, before.last) == (date(2026, 8, 11), date(2026, 9, 30))
    assert (after.first, after.last) == (date(2026, 11, 21), date(2027, 1, 10))
    assert before.step(1) == period == after.step(-1)
    assert before.walls[1] == period.walls[0]


def test_after_typed_days_a_month_is_longer() -> None:
    assert longer(Days(date(2026, 11, 2), 30), TODAY) == Period(Length.MONTH, date(2026, 11, 1))
    assert longer(Days(date(2026, 9, 2), 3), TODAY) == Period(Length.MONTH, date(2026, 9, 1))
    assert longer(Period(Length.YEAR, date(2026, 1, 1)), TODAY).length is Length.WEEK


_DAY = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(_DAY, st.integers(0, 3000), _DAY)
def test_two_days_with_their_years_are_those_days_whenever_they_are_typed(
    first: date, more: int, today: date
) -> None:
    last = first + timedelta(days=more)
    for text in (f"{first} {last}", f"{first.day} {first:%b %Y} - {last.day} {last:%B %Y}"):
        assert read_period(text, today) == Days.between(first, last)


def last_of(today: date, such: Callable[[date], bool]) -> Days:
    """The last such day up to today, looked for day by day."""
    return Days(next(it for it in (today - timedelta(n) for n in range(3000)) if such(it)), 1)


@given(_DAY, _DAY)
@example(date(2024, 2, 29), date(2026, 3, 1))
@example(date(2024, 2, 29), date(2023, 2, 28))
def test_a_day_without_its_year_is_the_last_such_one(day: date, today: date) -> None:
    last = last_of(today, lambda it: (it.month, it.day) == (day.month, day.day))
    for text in (
        f"{day.day} {day:%b}",
        f"{day:%B} {day.day}",
        f"{last.first:%a} {day.day} {day:%b}",
    ):
        assert read_period(text, today) == last
    other = last.first + timedelta(days=1)
    assert read_period(f"{other:%a} {day.day} {day:%b}", today) == UNSURE


@pytest.mark.parametrize("number", range(1, 32))
def test_a_day_of_a_month_is_the_last_such_one_on_every_day_of_five_years(number: int) -> None:
    nth = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(number, "th")
    for today in (date(2024, 1, 1) + timedelta(days=n) for n in range(5 * 365)):
        last = last_of(today, lambda it: it.day == number)
        assert read_period(f"the {number}{nth}", today) == last, today


@given(_DAY, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_the_last_such_one(today: date, weekday: str) -> None:
    last = last_of(today, lambda it: f"{it:%a}".lower() == weekday)
    assert read_period(weekday, today) == last


@given(st.text(alphabet="0123456789 -/.octnvfrmlasdyq", max_size=24), _DAY)
def test_whatever_is_typed_gets_a_period_or_a_sentence(text: str, today: date) -> None:
    period = read_period(text, today)
    if not isinstance(period, str):
        assert period.first <= period.last
        assert spell_period(period)
        assert period.step(-4).walls
