"""`calmdesk due` and `calmdesk team`: to a pipe, as JSON, and as a calendar that is read again."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from rich.cells import cell_len

from calmdesk.guide import afterwards as f
from calmdesk.guide.happenings import Happening
from calmdesk.guide.promises import Reached
from calmdesk.records import follow_through, people
from calmdesk.records.calendar import calendar
from calmdesk.records.register import dated
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SAM, ZONE
from tests.telling import Telling, tell

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
NASTY = "Ring; at once, [/b]\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:owned \\n =1+1"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(opened, SAM.name, SAM.direct_line, SAM.email)
    return opened


def run(
    home: Path, *words: str, zone: str = "America/New_York"
) -> subprocess.CompletedProcess[str]:
    """The program as it is installed, in a zone."""
    return subprocess.run(
        [sys.executable, "-m", "calmdesk", *words],
        env={**os.environ, "CALMDESK_HOME": str(home), "TZ": zone},
        capture_output=True,
        text=True,
        timeout=60,
    )


def happen(store: Store, told: Telling, happening: Happening, at: datetime = NOW) -> None:
    follow_through.happen(store, told.case_id, happening, at)


def events(data: bytes) -> dict[str, Event]:
    """The events of a calendar, by their names."""
    parsed = Calendar.from_ical(data).walk("VEVENT")
    return {str(event["uid"]): event for event in parsed if isinstance(event, Event)}


def number(event: Event) -> int:
    """Which of its versions an event is."""
    return int(str(event["sequence"]))


def exported(store: Store, now: datetime = NOW) -> dict[str, Event]:
    return events(calendar(dated(store, now), now))


def uid(told: Telling) -> str:
    return f"{told.promise_id}@calmdesk"


# -- the list -------------------------------------------------------------------------------------


def test_what_is_late_leads_with_a_sign_and_words(store: Store, tmp_path: Path) -> None:
    tell(store, NOW - 3 * HOUR, NOW + 48 * HOUR, "send the readings", name="M. Lindqvist")
    tell(store, NOW - 3 * HOUR, NOW - 90 * 60 * timedelta(seconds=1), name="Dana Reyes")
    tell(store, NOW - 3 * HOUR, None, "write", name="Olena Kovalchuk")
    store.close()
    done = run(tmp_path, "due")
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert rows[0].startswith("! ")
    assert " h late" in rows[0], "which hour depends on how long the tests before took"
    assert "Dana Reyes" in rows[0]
    assert "M. Lindqvist" in rows[1]
    assert rows[2].startswith("? no time")
    assert rows[3] == "3 due"


LONG = "ring with the driver's name, the truck's number plate and the hour of arrival"


def at_terminal(home: Path, cells: int) -> list[str]:
    """The list as a terminal of this width gets it."""
    ours, theirs = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "calmdesk", "due"],
        env={**os.environ, "CALMDESK_HOME": str(home), "COLUMNS": str(cells)},
        stdout=theirs,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 4000).decode().splitlines()
    os.close(ours)
    return shown


def test_a_pipe_gets_every_word_and_a_terminal_an_ellipsis(store: Store, tmp_path: Path) -> None:
    tell(store, NOW, NOW + HOUR, LONG, name="김서연")
    tell(store, NOW, NOW + 2 * HOUR, "write", name="Dana Reyes")
    store.close()
    piped = run(tmp_path, "due").stdout.splitlines()
    assert f"  {LONG}  Sam" in piped[0]
    for cells in (90, 120):
        rows = at_terminal(tmp_path, cells)[:2]
        assert "ring with the" in rows[0]
        assert "…  Sam " in rows[0]
        assert [cell_len(row) for row in rows] == [min(cells, cell_len(rows[0]))] * 2
        for words in ("Sam", "CD-"):
            assert len({cell_len(row[: row.index(words)]) for row in rows}) == 1, "one column"
    assert cell_len(piped[0][: piped[0].index("ring")]) == cell_len(
        piped[1][: piped[1].index("write")]
    )


def test_mine_or_everyones_as_json(store: Store, tmp_path: Path) -> None:
    mine = tell(store, NOW, NOW + HOUR)
    me, ana = store.me, people.add_colleague(store, "Ana Kovač", NOW)
    store.me = ana.id
    tell(store, NOW, NOW + 2 * HOUR, name="K. Oduya")
    store.me = me
    store.close()
    (line,) = json.loads(run(tmp_path, "due", "--json").stdout)
    assert line["id"] == mine.promise_id
    assert (line["customer"], line["owner"], line["told_by"]) == (
        "Dana Reyes",
        "Sam Ortiz",
        "Sam Ortiz",
    )
    assert datetime.fromisoformat(line["due_at"]) == NOW + HOUR
    assert line["asked"] == "dispatch, yes"
    everyones = json.loads(run(tmp_path, "due", "--all", "--json").stdout)
    assert [it["customer"] for it in everyones] == ["Dana Reyes", "K. Oduya"]


def test_what_has_no_database_is_one_sentence(tmp_path: Path) -> None:
    for words in (("due",), ("due", "--ics", "-"), ("team",)):
        done = run(tmp_path, *words)
        assert done.returncode == 2
        assert "There is no database" in done.stderr
        assert "Traceback" not in done.stderr


# -- the calendar ---------------------------------------------------------------------------------


def test_a_calendar_holds_every_line_with_its_instant_and_alarm(
    store: Store, tmp_path: Path
) -> None:
    told = tell(store, NOW, NOW + HOUR, follow_up=NOW + 48 * HOUR)
    store.close()
    file = tmp_path / "due.ics"
    done = run(tmp_path, "due", "--ics", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 due, written to" in done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    found = events(file.read_bytes())
    assert set(found) == {uid(told), f"{told.follow_up_id}@calmdesk"}
    event = found[uid(told)]
    assert event.decoded("dtstart") == NOW + HOUR
    assert event.decoded("duration") == timedelta(minutes=15)
    assert str(event["summary"]) == "Dana Reyes: ring with the plate status"
    assert "Told: ring with the plate status" in str(event["description"])
    assert "Case CD-" in str(event["description"])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-15)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe"])
def test_an_instant_is_the_same_in_every_zone_over_a_change_of_clocks(
    zone: str, store: Store, tmp_path: Path
) -> None:
    here = ZoneInfo(zone)
    changes = [
        datetime.fromisoformat(day).replace(tzinfo=here, fold=fold).astimezone(UTC)
        for day in ("2026-11-01T01:30", "2027-04-04T01:45")
        for fold in (0, 1)
    ]
    told = {tell(store, NOW, due).promise_id: due for due in changes}
    store.close()
    done = run(tmp_path, "due", "--ics", "-", zone=zone)
    found = events(done.stdout.encode())
    dues = {name.removesuffix("@calmdesk"): it.decoded("dtstart") for name, it in found.items()}
    assert dues == told
    listed = json.loads(run(tmp_path, "due", "--json", zone=zone).stdout)
    assert {it["id"]: datetime.fromisoformat(it["due_at"]) for it in listed} == told


def test_a_calendar_that_reads_it_again_moves_what_it_has(store: Store) -> None:
    told = tell(store, NOW - 2 * HOUR, NOW + HOUR)
    first = exported(store)[uid(told)]
    happen(store, told, f.PromiseReagreed(told.promise_id, NOW + 24 * HOUR, NOW + HOUR))
    happen(store, told, f.ReminderDeferred(told.promise_id, NOW + 3 * HOUR))
    (second,) = exported(store).values()
    assert first["uid"] == second["uid"]
    assert number(second) > number(first)
    assert second.decoded("last-modified") > first.decoded("last-modified")
    assert second.decoded("dtstart") == NOW + 24 * HOUR
    (alarm,) = second.walk("VALARM")
    assert alarm.decoded("trigger") == NOW + 3 * HOUR, "the reminder that was put off"
    happen(store, told, f.PromiseKept(told.promise_id))
    (third,) = exported(store, NOW + HOUR).values()
    assert (str(third["status"]), third.walk("VALARM")) == ("CANCELLED", [])
    assert number(third) > number(second)
    store.close()


def test_nothing_changed_is_the_same_number_again(store: Store) -> None:
    told = tell(store, NOW - 2 * HOUR, NOW + HOUR)
    happen(store, told, f.Attempted("a", told.promise_id, Reached.VOICEMAIL))
    first, second = exported(store)[uid(told)], exported(store, NOW + HOUR)[uid(told)]
    assert first["sequence"] == second["sequence"]
    assert first.decoded("last-modified") == second.decoded("last-modified")
    store.close()


def test_a_strangers_words_are_only_words(store: Store) -> None:
    told = tell(store, NOW, NOW + HOUR, NASTY, name=NASTY)
    data = calendar(dated(store, NOW), NOW)
    store.close()
    (event,) = events(data).values()
    assert str(event["uid"]) == uid(told)
    assert data.count(b"BEGIN:VEVENT\r\n") == 1
    assert data.count(b"\r\nSUMMARY:") == 1
    assert "owned" in str(event["summary"])
    assert all(len(row) <= 75 for row in data.split(b"\r\n"))


def test_an_earlier_calendar_of_ours_is_written_over(store: Store, tmp_path: Path) -> None:
    told = tell(store, NOW, NOW + HOUR)
    store.close()
    file = tmp_path / "due.ics"
    assert run(tmp_path, "due", "--ics", str(file)).returncode == 0
    before = file.read_bytes()
    assert run(tmp_path, "due", "--ics", str(file)).returncode == 0
    assert set(events(before)) == set(events(file.read_bytes())) == {uid(told)}
    assert [it.name for it in tmp_path.glob(".calmdesk-*")] == [], "nothing is left beside it"


@pytest.mark.parametrize("content", ["my own notes", "BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\n"])
def test_somebody_elses_file_is_left_alone(content: str, store: Store, tmp_path: Path) -> None:
    store.close()
    file = tmp_path / "notes.ics"
    file.write_text(content, encoding="utf-8", newline="")
    done = run(tmp_path, "due", "--ics", str(file))
    assert done.returncode == 2
    assert "is no calendar of calmdesk's; name another file" in done.stderr
    assert file.read_bytes().decode() == content


@pytest.mark.parametrize("place", ["missing/due.ics", "calmdesk.db/due.ics", "folder"])
def test_a_place_that_cannot_be_written_is_one_sentence(
    place: str, store: Store, tmp_path: Path
) -> None:
    store.close()
    (tmp_path / "folder").mkdir()
    done = run(tmp_path, "due", "--ics", str(tmp_path / place))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_what_has_no_time_is_said_and_left_out(store: Store, tmp_path: Path) -> None:
    tell(store, NOW, None, "write")
    store.close()
    done = run(tmp_path, "due", "--ics", "-")
    assert events(done.stdout.encode()) == {}
    assert "1 has no time and is not in the calendar." in done.stderr


# -- the team -------------------------------------------------------------------------------------


def test_a_team_is_listed_grows_and_remembers_who_left(store: Store, tmp_path: Path) -> None:
    store.close()
    assert run(tmp_path, "team").stdout.split() == ["Sam", "Ortiz", "you"]
    assert "Ana Kovač" in run(tmp_path, "team", "--add", " Ana   Kovač ").stdout
    run(tmp_path, "team", "--add", "ana kovač")
    left = run(tmp_path, "team", "--left", "ANA KOVAČ").stdout
    assert left.count("Ana Kovač") == 1, "one, however she is written"
    assert "left " in left
    assert "left " not in run(tmp_path, "team", "--add", "Ana Kovač").stdout, "she is back"


def test_a_name_that_nobody_has_names_the_nearest(store: Store, tmp_path: Path) -> None:
    people.add_colleague(store, "Ana Kovac", NOW)
    store.close()
    done = run(tmp_path, "team", "--left", "Ana Kovak")
    assert done.returncode == 2
    assert "Nobody called Ana Kovak is known here; did you mean Ana Kovac?" in done.stderr
    own = run(tmp_path, "team", "--left", "Sam Ortiz")
    assert own.returncode == 2
    assert "is at this desk" in own.stderr
    with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
        (gone,) = connection.execute("SELECT count(*) FROM agent WHERE left_at IS NOT NULL")
    connection.close()
    assert gone == (0,)


@pytest.mark.parametrize("option", ["--add", "--left"])
def test_an_empty_name_is_asked_for(store: Store, tmp_path: Path, option: str) -> None:
    store.close()
    for empty in ("", "  "):
        done = run(tmp_path, "team", option, empty)
        assert (done.returncode, done.stdout) == (2, "")
        assert f'{option} needs a name, such as {option} "Ana Lindqvist".' in done.stderr


def test_who_leaves_is_told_with_what_they_leave(store: Store, tmp_path: Path) -> None:
    jo = people.add_colleague(store, "Jo Brandt", NOW)
    people.add_colleague(store, "Kim Low", NOW)
    mine = store.me
    store.me = jo.id
    soon = NOW + timedelta(days=1)
    tell(store, NOW, soon, follow_up=soon + timedelta(days=2))
    tell(store, NOW, soon)
    store.me = mine
    tell(store, NOW, soon)
    store.close()
    said = run(tmp_path, "team", "--left", "jo brandt").stdout
    assert "Jo Brandt leaves 2 promises and 1 follow-up, now nobody's" in said
    assert "calmdesk due --all" in said
    assert "leaves" not in run(tmp_path, "team", "--left", "Kim Low").stdout
    assert "leaves" not in run(tmp_path, "team").stdout
