"""Times as agents type them: read right, or not read at all."""

import re
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.guide.english.spoken_times import read_spoken
from calmdesk.guide.english.times import FARTHEST, dated, distance, read, spell, without_time
from calmdesk.working_hours import WorkingHours, working_day

HOURS = WorkingHours()
NOW = datetime.fromisoformat("2026-11-21T14:02")
"""A Saturday."""


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read_at(text: str, now: datetime = NOW, hours: WorkingHours = HOURS) -> datetime | None:
    found = read(text, now, hours)
    return found.wall if found else None


# -- what is read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("fri 9", "2026-11-27 09:00"),
        ("at 4", "2026-11-21 16:00"),
        ("by four", "2026-11-21 16:00"),
        ("eod", "2026-11-21 17:30"),
        ("tmrw 9", "2026-11-22 09:00"),
        ("credit 38.20 by 24 nov", "2026-11-24 17:30"),
        ("mon 9", "2026-11-23 09:00"),
        ("1530", "2026-11-21 15:30"),
        ("half past 4", "2026-11-21 16:30"),
        ("2 working days", "2026-11-24 17:30"),
        ("+2h", "2026-11-21 16:02"),
        ("in half an hour", "2026-11-21 14:32"),
        ("next tue", "2026-11-24 17:30"),
    ],
)
def test_the_sentences_that_dateparser_got_wrong_are_read_right(text: str, due: str) -> None:
    assert read_at(text) == wall(due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("ring them by thu 12", "2026-11-26 12:00"),
        ("3pm", "2026-11-21 15:00"),
        ("fri 5pm", "2026-11-27 17:00"),
        ("mon 12:30pm", "2026-11-23 12:30"),
        ("12am", "2026-11-23 00:00"),
        ("noon tomorrow", "2026-11-22 12:00"),
        ("fri noon", "2026-11-27 12:00"),
        ("9am fri", "2026-11-27 09:00"),
        ("at 9 on friday", "2026-11-27 09:00"),
        ("15:30 tomorrow", "2026-11-22 15:30"),
        ("eod fri", "2026-11-27 17:30"),
        ("close of business mon", "2026-11-23 17:30"),
        ("fri 09h30", "2026-11-27 09:30"),
        ("fri 9.15", "2026-11-27 09:15"),
        ("tonight", "2026-11-21 20:00"),
        ("tonight at 9pm", "2026-11-21 21:00"),
        ("quarter to 5", "2026-11-21 16:45"),
        ("quarter past three", "2026-11-21 15:15"),
        ("24 nov at four", "2026-11-24 16:00"),
        ("nov 24 9", "2026-11-24 09:00"),
        ("24th november, 2026 at 9", "2026-11-24 09:00"),
        ("24/11", "2026-11-24 17:30"),
        ("11/24", "2026-11-24 17:30"),
        ("4 dec", "2026-12-04 17:30"),
        ("1/13", "2027-01-13 17:30"),
        ("friday 4th december", "2026-12-04 17:30"),
        ("in 3 weeks", "2026-12-12 17:30"),
        ("within 48 hours", "2026-11-23 14:02"),
        ("+90m", "2026-11-21 15:32"),
        ("in three working days", "2026-11-25 17:30"),
        ("next fri", "2026-11-27 17:30"),
        ("next sun", "2026-11-29 17:30"),
        ("FRI 9", "2026-11-27 09:00"),
        ("Thurs 9", "2026-11-26 09:00"),
    ],
)
def test_the_ways_agents_write_a_time_are_read(text: str, due: str) -> None:
    assert read_at(text) == wall(due)


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        ("at 3", "2026-11-21 15:00"),
        ("at 5", "2026-11-21 17:00"),
        ("at 9", "2026-11-23 09:00"),
        ("at 1", "2026-11-23 13:00"),
        ("at noon", "2026-11-23 12:00"),
        ("before 2", "2026-11-23 14:00"),
    ],
)
def test_a_bare_hour_is_the_next_one_within_working_hours(hour: str, due: str) -> None:
    assert read_at(hour) == wall(due)


def test_a_bare_hour_follows_the_hours_that_the_firm_works() -> None:
    late_shift = WorkingHours(opens=time(14), closes=time(22))
    assert read_at("at 9", hours=late_shift) == wall("2026-11-21 21:00")
    assert read_at("at 9", hours=WorkingHours()) == wall("2026-11-23 09:00")


def test_a_bare_hour_that_is_past_waits_for_a_day_that_is_worked() -> None:
    friday = wall("2026-11-20 16:40")
    assert read_at("at 9", friday) == wall("2026-11-23 09:00")
    six_days = WorkingHours(days=frozenset(range(6)))
    assert read_at("at 9", friday, six_days) == wall("2026-11-21 09:00")


def test_todays_weekday_means_next_week_once_its_hour_is_past() -> None:
    assert read_at("sat 9") == wall("2026-11-28 09:00")
    assert read_at("sat 16:00") == wall("2026-11-21 16:00")
    assert read_at("sat") == wall("2026-11-28 17:30")


def test_next_friday_is_never_this_weeks_friday() -> None:
    monday = wall("2026-11-23 10:00")
    assert read_at("fri", monday) == wall("2026-11-27 17:30")
    assert read_at("next fri", monday) == wall("2026-12-04 17:30")


def test_the_amount_of_a_credit_is_neither_an_hour_nor_a_year() -> None:
    found = read("credit 38.20 by 24 nov", NOW, HOURS)
    assert found is not None
    assert "credit 38.20 by 24 nov"[found.start : found.end] == "24 nov"
    assert (found.wall.year, found.wall.hour, found.wall.minute) == (2026, 17, 30)


def test_the_last_time_of_a_text_is_the_one_that_counts() -> None:
    assert read_at("not mon 9 but tue 10") == wall("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_working_days_leave_the_weekend_out(start: str, count: int, day: str) -> None:
    assert working_day(wall(start).date(), count, HOURS) == wall(day).date()


# -- what is not read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "31 feb",
        "31 feb 2028",
        "2026-02-31",
        "25:00",
        "fri 25:00",
        "4:60",
        "2460",
        "13pm",
        "at 24",
        "4/11",
        "4/12",
        "12/1",
        "$45 twice",
        "+1 415 555 0134",
        "#4471",
        "order 4471",
        "a discount of 10%",
        "at 4%",
        "at 4/5",
        "may",
        "march on them",
        "for 12 people",
        "a second time",
    ],
)
def test_what_names_no_real_time_is_not_guessed(text: str) -> None:
    assert read_at(text) is None


@pytest.mark.parametrize("text", ["24 jan", "5 march", "march 5", "24/2", "20 nov"])
def test_more_than_sixty_days_ahead_without_a_year_is_not_read(text: str) -> None:
    assert read_at(text) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("5 march 2027", "2027-03-05 17:30"),
        ("march 5, 2027 at 9", "2027-03-05 09:00"),
        ("24/11/2027", "2027-11-24 17:30"),
        ("2027-03-05", "2027-03-05 17:30"),
    ],
)
def test_more_than_sixty_days_ahead_is_read_when_its_year_is_written(text: str, due: str) -> None:
    assert read_at(text) == wall(due)


@pytest.mark.parametrize("text", ["in 90 days", "+99d", "in 20 weeks", "99 working days"])
def test_more_than_sixty_days_ahead_by_counting_is_not_read(text: str) -> None:
    assert read_at(text) is None


@pytest.mark.parametrize(
    "text", ["31 feb at 9", "4/11 at 9", "4/11 9am", "5 march at 9", "20 nov 9am"]
)
def test_an_hour_is_not_read_without_the_day_that_was_refused_beside_it(text: str) -> None:
    assert read_at(text) is None


# -- a day misread is a promise broken ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("fri 27 nov", "2026-11-27 17:30"),
        ("fri 27 nov 9", "2026-11-27 09:00"),
        ("fri 27 nov 09:00", "2026-11-27 09:00"),
        ("tue 24 nov 17:30", "2026-11-24 17:30"),
        ("tue 1 dec", "2026-12-01 17:30"),
        ("fri 4 dec", "2026-12-04 17:30"),
        ("fri, 4 dec", "2026-12-04 17:30"),
        ("friday 4 december at 9", "2026-12-04 09:00"),
        ("mon 7 dec 9am", "2026-12-07 09:00"),
    ],
)
def test_a_weekday_before_a_date_does_not_hide_the_date(text: str, due: str) -> None:
    assert read_at(text) == wall(due)


@pytest.mark.parametrize("days", [1, 2, 5, 13, 40, 59])
@pytest.mark.parametrize("hour", ["09:00", "11:00", "16:30"])
def test_a_time_that_calmdesk_shows_is_read_back_as_the_same_time(days: int, hour: str) -> None:
    """The promise box and the follow-up field are filled like this, and read again."""
    due = datetime.combine(NOW.date() + timedelta(days=days), time.fromisoformat(hour))
    shown = spell(due, NOW).partition(",")[0]
    assert read_at(shown) == due
    assert read_at(shown.lower()) == due


@given(
    now=st.datetimes(wall("2020-01-01"), wall("2035-01-01")),
    minutes=st.integers(1, 548 * 24 * 60),
)
def test_what_is_dated_is_read_back_up_to_a_year_and_a_half_ahead(
    now: datetime, minutes: int
) -> None:
    due = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    assert read_at(dated(due, now), now) == due
    assert read_at(dated(due, now).lower(), now) == due
    if due - now <= FARTHEST and due.year == now.year:
        assert str(due.year) not in dated(due, now), "no word more than is needed"


@given(
    now=st.datetimes(wall("2020-01-01"), wall("2035-01-01")),
    minutes=st.integers(0, 548 * 24 * 60),
)
def test_what_is_dated_and_over_is_never_read_as_another_time(now: datetime, minutes: int) -> None:
    """Of this year it stands without a year, and the grammar reads what is still to come."""
    due = now.replace(second=0, microsecond=0) - timedelta(minutes=minutes)
    assert read_at(dated(due, now), now) == (None if due.year == now.year else due)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("the day after tomorrow", "2026-11-23 00:00", "2026-11-23 23:59"),
        ("a week on thursday", "2026-12-03 00:00", "2026-12-03 23:59"),
        ("thursday week", "2026-12-03 00:00", "2026-12-03 23:59"),
        ("fri the 4th", "2026-12-04 00:00", "2026-12-04 23:59"),
        ("the 4th at 9", "2026-12-04 09:00", "2026-12-04 09:00"),
        ("tue 1/12", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("tomorrow morning", "2026-11-22 06:00", "2026-11-22 12:00"),
        ("fri morning", "2026-11-27 06:00", "2026-11-27 12:00"),
        ("at nine pm", "2026-11-21 21:00", "2026-11-21 21:00"),
        ("fri at nine pm", "2026-11-27 21:00", "2026-11-27 21:00"),
        ("by ten to four", "2026-11-21 15:50", "2026-11-21 15:50"),
        ("at 5 to 4", "2026-11-21 15:55", "2026-11-21 15:55"),
        ("in 1 hour and 20 minutes", "2026-11-21 15:22", "2026-11-21 15:22"),
        ("in 2 working hours", "2026-11-21 16:02", "2026-11-23 17:30"),
    ],
)
def test_a_time_that_is_only_half_understood_is_left_unread(
    text: str, earliest: str, latest: str
) -> None:
    due = read_at(text)
    assert due is None or wall(earliest) <= due <= wall(latest)


# -- on the customer's own wall -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due", "words"),
    [
        ("tue 15:00 theirs", "2026-11-24 15:00", "tue 15:00 theirs"),
        ("ring tue 15:00 their time please", "2026-11-24 15:00", "tue 15:00 their time"),
        ("tue 15:00 (their local time)", "2026-11-24 15:00", "tue 15:00 (their local time)"),
        ("by fri, in their time zone", "2026-11-27 17:30", "by fri, in their time zone"),
        ("1530 theirs", "2026-11-21 15:30", "1530 theirs"),
        ("at 4 THEIRS", "2026-11-21 16:00", "at 4 THEIRS"),
    ],
)
def test_words_behind_a_time_put_it_on_their_wall(text: str, due: str, words: str) -> None:
    found = read(text, NOW, HOURS)
    assert found is not None
    assert found.theirs
    assert found.wall == wall(due)
    assert words.endswith(text[found.start : found.end])
    assert text[: found.end].endswith(words)


@pytest.mark.parametrize(
    "text", ["tue 15:00", "theirs, tue 15:00", "the fault is theirs: ring tue 15:00 and ask"]
)
def test_those_words_elsewhere_change_no_time(text: str) -> None:
    found = read(text, NOW, HOURS)
    assert found is not None
    assert (found.theirs, found.wall) == (False, wall("2026-11-24 15:00"))


def test_dateparser_is_not_asked_for_a_time_on_their_wall() -> None:
    assert read_spoken("one hour from now, their time", NOW, HOURS) is None


# -- whatever is typed ----------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        *["mon", "tue", "sat", "friday", "next", "this", "today", "tonight", "tmrw", "tomorrow"],
        *["at", "by", "in", "within", "on", "for", "before", "half", "quarter", "past", "to"],
        *["an", "a", "one", "four", "twelve", "hour", "days", "weeks", "working", "noon", "eod"],
        *["jan", "feb", "24 nov", "31 dec", "march 5", "24/11", "4/11", "2027", "2028-02-29"],
        *["0", "9", "12", "24", "31", "99", "999", "1530", "2460", "25:00", "9.30", "38.20"],
        *["am", "pm", "+2h", "+75d", "+999 weeks", "in 90 days", "99 working days", ",", "%", "$"],
        *["theirs", "their time", "(their zone)"],
    ]
)
typed = st.one_of(st.text(max_size=40), st.lists(_WORDS, max_size=6).map(" ".join))
walls = st.datetimes(min_value=wall("2020-01-01"), max_value=wall("2035-01-01"))


@given(text=typed, now=walls)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_typed_reading_it_never_fails(text: str, now: datetime) -> None:
    found = read(text, now, HOURS)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(text=typed)
@settings(max_examples=100, derandomize=True)
def test_no_reading_lies_beyond_sixty_days_unless_a_year_is_written(text: str) -> None:
    found = read(text, NOW, HOURS)
    if found is not None and not re.search(r"\d{4}", text):
        assert abs(found.wall - NOW) <= FARTHEST


@pytest.mark.parametrize("text", ["ſep 5", "5 ſep", "in fıve hours", "ſix working days"])
def test_letters_that_only_look_like_english_ones_never_fail(text: str) -> None:
    """A long s or a dotless i equals the plain letter to a pattern that ignores case."""
    assert read_at(text) is None


# -- how a time is shown --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("2026-11-27 09:00", "Fri 27 Nov 09:00, in 5 days"),
        ("2026-11-21 15:00", "Sat 21 Nov 15:00, in 58 min"),
        ("2026-11-21 13:30", "Sat 21 Nov 13:30, 32 min late"),
        ("2026-12-04 16:05", "Fri 4 Dec 16:05, in 13 days"),
        ("2027-01-04 09:00", "Mon 4 Jan 2027 09:00, in 43 days"),
        ("2026-03-02 09:00", "Mon 2 Mar 09:00, 264 days late"),
    ],
)
def test_a_time_is_spelt_with_its_day_and_its_distance(due: str, shown: str) -> None:
    assert spell(wall(due), NOW) == shown


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "in 0 min"),
        (1, "in 1 min"),
        (59, "in 59 min"),
        (60, "in 1 h"),
        (23 * 60 + 59, "in 23 h"),
        (24 * 60, "in 1 day"),
        (47 * 60, "in 1 day"),
        (48 * 60, "in 2 days"),
        (-1, "1 min late"),
        (-59, "59 min late"),
        (-60, "1 h late"),
        (-24 * 60, "1 day late"),
        (-72 * 60, "3 days late"),
    ],
)
def test_a_distance_counts_minutes_then_hours_then_days(minutes: int, words: str) -> None:
    assert distance(NOW + timedelta(minutes=minutes), NOW) == words


def test_two_hours_are_two_hours_a_second_after_they_were_typed() -> None:
    assert distance(NOW + timedelta(hours=2), NOW + timedelta(seconds=1)) == "in 2 h"
    assert distance(NOW + timedelta(hours=1), NOW + timedelta(seconds=1)) == "in 1 h"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ring them by thu 12", "ring them"),
        ("credit 38.20 by 24 nov", "credit 38.20"),
        ("plates ready, fri 9", "plates ready"),
        ("fri 9, courier", "courier"),
        ("send it on fri 9 to them", "send it to them"),
        ("fri 9", "fri 9"),
        ("by fri 9", "by fri 9"),
    ],
)
def test_what_was_promised_stands_without_its_time(text: str, left: str) -> None:
    found = read(text, NOW, HOURS)
    assert found is not None
    assert without_time(text, found) == left


# -- what only dateparser reads -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("three days from now", "2026-11-24 17:30"),
        ("the 24th", "2026-11-24 17:30"),
        ("ring back on the 24th", "2026-11-24 17:30"),
        ("the 4th", "2026-12-04 17:30"),
        ("mon the 30th at ten am", "2026-11-30 10:00"),
        ("this afternoon", "2026-11-21 17:30"),
    ],
)
def test_a_day_named_in_more_words_is_read_as_well(text: str, due: str) -> None:
    assert read_at(text) == wall(due)


def test_a_date_that_has_another_weekday_is_not_believed() -> None:
    assert read_at("fri 28 nov") is None
    assert read_at("mon 27/11") is None


@pytest.mark.parametrize(("text", "due"), [("in a fortnight", "2026-12-05 17:30")])
def test_a_day_that_only_dateparser_reads_means_its_end(text: str, due: str) -> None:
    assert read_at(text) is None
    found = read_spoken(text, NOW, HOURS)
    assert found is not None
    assert found.wall == wall(due)


def test_an_hour_that_only_dateparser_reads_stays_that_hour() -> None:
    text = "ring back an hour and a half from now"
    found = read_spoken("one hour from now", NOW, HOURS)
    assert found is not None
    assert found.wall == wall("2026-11-21 15:02")
    assert (found.start, found.end) == (0, len("one hour from now"))
    assert read_at(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "credit 38.20 by 24 nov",
        "1530",
        "fri 9",
        "at 4",
        "24 jan",
        "5 march",
        "the order 4471 of 2016",
        "+1 415 555 0134",
    ],
)
def test_dateparser_is_not_believed_beyond_sixty_days_or_in_the_past(text: str) -> None:
    found = read_spoken(text, NOW, HOURS)
    assert found is None or NOW < found.wall <= NOW + FARTHEST


@pytest.mark.parametrize(
    "text", ["25:00", "the 24th at 25:00", "monday 4:75", "nothing of the kind", "", "$45 twice"]
)
def test_dateparser_finds_nothing_where_there_is_nothing(text: str) -> None:
    assert read_spoken(text, NOW, HOURS) is None


def test_half_an_hour_from_now_is_not_an_hour_from_now() -> None:
    found = read_spoken("half an hour from now", NOW, HOURS)
    assert found is None or found.wall == wall("2026-11-21 14:32")


@given(text=typed)
@settings(max_examples=100, derandomize=True)
def test_whatever_is_typed_dateparser_is_believed_only_about_the_next_sixty_days(text: str) -> None:
    found = read_spoken(text, NOW, HOURS)
    assert found is None or NOW < found.wall <= NOW + FARTHEST


@pytest.mark.parametrize(
    "text",
    [
        *("ring back yesterday 9:00", "two days ago 9:00", "at 9 two days ago", "back last friday"),
        *("9:00 yesterday", "sent wed last week", "9 or 10 tue", "tue 9 or 10", "tue or wed"),
        *("tue 15:00 est", "at 3pm ET", "by 4 pst", "15:00 gmt", "tue 15:00 CEST"),
    ],
)
def test_what_is_over_or_one_of_two_or_of_a_third_place_is_no_time(text: str) -> None:
    assert read(text, NOW, HOURS) is None
    assert read_spoken(text, NOW, HOURS) is None, "nor is dateparser believed then"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("promised yesterday, ring tue 9", "Tue 24 09:00"),
        ("it was due last week, ring fri 9", "Fri 27 09:00"),
        ("call tue 9 at the post office", "Tue 24 09:00"),
        ("by fri 17:00 at the latest", "Fri 27 17:00"),
        ("fri 12 at most", "Fri 27 12:00"),
    ],
)
def test_a_time_apart_from_such_words_stays_one(text: str, due: str) -> None:
    reading = read(text, NOW, HOURS)
    assert reading is not None
    assert f"{reading.wall:%a %d %H:%M}" == due
