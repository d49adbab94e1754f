"""How logs spell days, hours, amounts and the names of their columns."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.clock import instant
from calmdesk.exchange.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    Unclear,
    clock_time,
    iso,
    spelling,
)
from calmdesk.exchange.encodings import encoding_of
from calmdesk.exchange.headers import Field, guess
from calmdesk.exchange.spelt_numbers import amount_of, seconds_of
from calmdesk.exchange.typed_times import Instants

WALL = datetime(2024, 3, 21, 14, 5, 9)  # noqa: DTZ001
DAY = datetime.combine(WALL.date(), time())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-21T14:05:09", WALL),
        ("2024-03-21 14:05:09", WALL),
        ("2024-03-21 14:05:09.000", WALL),
        ("2024-03-21", DAY),
        ("2024/3/21", DAY),
        ("2024.03.21 14:05:09", WALL),
        ("20240321", DAY),
        ("20240321 140509", WALL),
        ("21/03/2024 14:05:09", WALL),
        ("21.3.2024, 14:05:09", WALL),
        ("21.03.24", DAY),
        ("Thu 21/03/2024", DAY),
        ("03/21/2024 2:05:09 PM", WALL),
        ("3/21/24 2:05:09 p.m.", WALL),
        ("21 March 2024 14.05.09", WALL),
        ("21 Mar 2024", DAY),
        ("21-Mar-24", DAY),
        ("21st of March, 2024 at 14:05:09", WALL),
        ("March 21, 2024", DAY),
        ("Thursday, Mar 21st 2024 2:05:09 pm", WALL),
        ("45372.58690972222", WALL),
        ("45372", DAY),
        ("1711029909", WALL.replace(tzinfo=UTC)),
        ("1711029909000", WALL.replace(tzinfo=UTC)),
        ("2024-03-21T14:05:09Z", WALL.replace(tzinfo=UTC)),
        ("2024-03-21T16:05:09+02:00", WALL.replace(tzinfo=UTC)),
        ("21/03/2024 12:05 am", DAY + timedelta(minutes=5)),
    ],
)
def test_usual_spellings_of_a_time_are_read(text: str, expected: datetime) -> None:
    found = spelling("Date", [text]).read(text)
    assert found is not None
    assert found == expected
    assert (found.tzinfo is None) == (expected.tzinfo is None)


@pytest.mark.parametrize("text", ["31/02/2024", "2024-13-01", "21/03/2024 25:00", "soon", "7"])
def test_what_is_no_time_is_none(text: str) -> None:
    read = spelling("Date", ["21/03/2024", "22/03/2024", "23/03/2024"]).read
    assert read(text) is None


def test_day_and_month_are_told_from_the_whole_sample() -> None:
    assert spelling("Date", ["04/05/2024", "21/03/2024"]).order == DAY_FIRST
    assert spelling("Date", ["04/05/2024", "03/21/2024"]).order == MONTH_FIRST
    assert spelling("Date", ["04.05.2024", "06.07.2024"]).order == DAY_FIRST, "dots stand so"
    assert spelling("Date", ["04/04/2024"]).read("04/04/2024") == datetime(2024, 4, 4)  # noqa: DTZ001


@pytest.mark.parametrize(
    "sample", [["04/05/2024", "06/07/2024"], ["21/03/2024", "03/22/2024", "04/05/2024"]]
)
def test_what_cannot_be_told_is_asked(sample: list[str]) -> None:
    with pytest.raises(Unclear, match="--dates"):
        spelling("Date", sample)
    assert spelling("Date", sample, MONTH_FIRST).read("04/05/2024") == datetime(2024, 4, 5)  # noqa: DTZ001
    assert spelling("Date", sample, DAY_FIRST).read("04/05/2024") == datetime(2024, 5, 4)  # noqa: DTZ001


@pytest.mark.parametrize(
    "sample", [["26-11-02"], ["26-11-02", "26-11-03"], ["99/11/02"], ["26.10.31", "26.11.02"]]
)
def test_a_year_of_two_digits_that_may_stand_first_is_asked_for(sample: list[str]) -> None:
    with pytest.raises(Unclear, match="--dates year-first"):
        spelling("Date", sample)
    years = {"26-11-02": 2026, "99/11/02": 1999, "26.10.31": 2026}
    found = spelling("Date", sample, YEAR_FIRST).read(sample[0])
    assert found is not None
    assert found.year == years[sample[0]]


def test_a_log_has_more_days_than_years() -> None:
    for sample in (["21-03-24", "22-03-24"], ["21-03-24", "22-03-24", "99-03-24"], ["21.03.24"]):
        found = spelling("Date", sample)
        assert (found.order, found.read("21-03-24")) == (DAY_FIRST, DAY)
    assert spelling("Date", ["21/03/2024"], YEAR_FIRST).order == DAY_FIRST, "said of another column"


@pytest.mark.parametrize("sample", ["2026-01-02 10:00", "02/01/2026 10:00", "2 Jan 2026 10:00"])
def test_a_zone_as_far_as_a_day_is_no_zone(sample: str) -> None:
    read = spelling("Date", [sample], DAY_FIRST).read
    assert read(f"{sample} +99:00") is None
    assert read(f"{sample} +02:00") is not None


@given(st.datetimes(datetime(1971, 1, 1), datetime(2068, 1, 1)))  # noqa: DTZ001
@pytest.mark.parametrize(
    "form",
    ["%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d %b %Y %H:%M", "%d.%m.%y %H:%M", "%Y%m%d %H%M"],
)
def test_any_time_comes_back(form: str, at: datetime) -> None:
    wall = at.replace(second=0, microsecond=0)
    sure = wall.replace(day=28)
    order = MONTH_FIRST if form.startswith("%m") else DAY_FIRST
    assert spelling("Date", [sure.strftime(form)], order).read(wall.strftime(form)) == wall


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_none(text: str) -> None:
    iso(text)
    clock_time(text)
    seconds_of(text)
    amount_of(text, "USD")
    for sample in ("21/03/2024", "03/21/2024", "21 Mar 2024", "45372", "1711029909"):
        spelling("Date", [sample]).read(text)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2068, 1, 1)))  # noqa: DTZ001
@pytest.mark.parametrize("name", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_walls_are_instants_of_their_zone(name: str, wall: datetime) -> None:
    zone = ZoneInfo(name)
    assert Instants(zone).of(wall) == instant(wall, zone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", time(14, 5)),
        ("2.05 pm", time(14, 5)),
        ("2 PM", time(14)),
        ("1899-12-31T14:05:09", time(14, 5, 9)),
        ("noon", None),
        ("25:00", None),
        ("14", None),
    ],
)
def test_hours_in_a_column_of_their_own(text: str, expected: time | None) -> None:
    assert clock_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7", 420), ("7.5", 450), ("7,5", 450), ("7:30", 450), ("0:07:30", 450), ("1:00:00", 3600)],
)
def test_minutes_are_read(text: str, expected: int) -> None:
    assert seconds_of(text) == expected


@pytest.mark.parametrize("text", ["", "long", "-3", "nan", "inf", "1:2:3:4", "9999999"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert seconds_of(text) is None


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("£1,200.50", "GBP", "1200.50"),
        ("45", "USD", "45.00"),
        ("1.200,50 €", "EUR", "1200.50"),
        ("1000", "JPY", "1000"),
        ("-5", "USD", ""),
        ("(5.00)", "USD", ""),
        ("none", "USD", ""),
        ("0", "USD", ""),
    ],
)
def test_amounts_are_read(text: str, currency: str, expected: str) -> None:
    assert amount_of(text, currency) == expected


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date opened", Field.OPENED),
        ("DATE_RECEIVED", Field.OPENED),
        ("dateReceived", Field.OPENED),
        ("Date recieved", Field.OPENED),
        ("Eingangsdatum", Field.OPENED),
        ("Kunde", Field.CUSTOMER),
        ("Customer Nmae", Field.CUSTOMER),
        ("Complainant's name", Field.CUSTOMER),
        ("Tel. No.", Field.NUMBER),
        ("Ticket #", Field.REFERENCE),
        ("Root Cause", Field.CAUSE),
        ("Assigned To", Field.AGENT),
        ("Type of complaint", Field.CATEGORY),
        ("Résolution", Field.SUMMARY),
        ("Date Closed", Field.CLOSED),
    ],
)
def test_columns_are_known_by_many_names(header: str, field: Field) -> None:
    assert guess([header]) == {field: header}


@pytest.mark.parametrize("header", ["", "x", "Branch", "Colour", "column 7", "Weather"])
def test_a_column_that_says_nothing_is_guessed_to_be_nothing(header: str) -> None:
    assert guess([header]) == {}


def test_each_column_is_one_thing_and_the_likeliest() -> None:
    header = ["Date", "Date received", "Name", "Customer name", "Phone", "Mobile"]
    assert guess(header) == {
        Field.OPENED: "Date received",
        Field.CUSTOMER: "Customer name",
        Field.NUMBER: "Phone",
    }


def test_a_file_that_is_nearly_unicode_is_not(tmp_path: Path) -> None:
    """One old byte far down is enough."""
    file = tmp_path / "log.csv"
    file.write_bytes("é".encode() * 2_000_000 + b"\xe9")
    assert encoding_of(file) == "cp1252"
    file.write_bytes("é".encode() * 2_000_000)
    assert encoding_of(file) == "utf-8"
