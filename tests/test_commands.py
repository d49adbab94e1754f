"""The command line: lists to a pipe, one case, places, keys."""

import csv
import io
import json
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calmdesk import __version__
from calmdesk.clock import HandClock
from calmdesk.commands import app
from calmdesk.guide.playbook import load
from tests import made_once
from tests.player import ZONE


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the demo's day, on the day itself."""
    home = tmp_path_factory.mktemp("demo")
    made_once.demo(
        home / "calmdesk.db", HandClock(datetime(2026, 11, 21, 14, 2, tzinfo=ZONE), ZONE)
    ).close()
    return home


def run(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setenv("CALMDESK_HOME", str(home))
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_range_lists_every_case_once(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cases", "--from", "2026-11-01", "--to", "2026-11-22", "--format", "json")
    rows = json.loads(run(demo, monkeypatch, *words))
    assert len(rows) == 60
    assert len({row["ref"] for row in rows}) == 60
    opened = [datetime.fromisoformat(row["opened_at"]) for row in rows]
    assert opened == sorted(opened, reverse=True)


def test_csv_and_json_say_the_same(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cases", "--from", "2026-11-01", "--to", "2026-11-22", "--format")
    as_csv = list(csv.DictReader(io.StringIO(run(demo, monkeypatch, *words, "csv"))))
    as_json = json.loads(run(demo, monkeypatch, *words, "json"))
    assert [row["ref"] for row in as_csv] == [row["ref"] for row in as_json]
    numbers = [row["customer"] for row in as_csv if row["customer"].startswith("'+")]
    assert numbers, "a number is no formula"


def test_offers_of_the_demo_are_remedies_that_the_playbook_knows(demo: Path) -> None:
    remedies = "select remedy, count(*) from offer where remedy != '' group by remedy"
    with sqlite3.connect(demo / "calmdesk.db") as connection:
        given = dict(connection.execute(remedies).fetchall())
    connection.close()
    assert set(given) >= {"courier", "free_delivery", "full_refund", "part_refund", "credit"}
    assert set(given) <= {remedy.id for remedy in load().remedies}


def test_the_table_says_what_it_was_about_in_the_playbooks_words(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = run(demo, monkeypatch, "cases", "--from", "2026-11-01")
    assert "late delivery" in table
    assert "late_delivery" not in table
    words = ("cases", "--from", "2026-11-01", "--format", "csv")
    assert "late_delivery" in run(demo, monkeypatch, *words), "a program reads the id"


def test_an_agent_and_a_status_can_be_chosen(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cases", "--from", "2026-11-01", "--format", "json")
    sams = json.loads(run(demo, monkeypatch, *words, "--agent", "sam"))
    assert {row["agent"] for row in sams} == {"Sam Ortiz"}
    looking = json.loads(run(demo, monkeypatch, *words, "--status", "investigating"))
    assert len(looking) == 8


def test_a_case_is_shown_whatever_is_wrong_with_the_playbook(
    demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = ("cases", "--from", "2026-11-01", "--format", "json")
    ref = json.loads(run(demo, monkeypatch, *words))[0]["ref"]
    (tmp_path / "playbook").mkdir()
    (tmp_path / "playbook" / "phrases.toml").write_text("[[phrase]\n", encoding="utf-8")
    shutil.copy(demo / "calmdesk.db", tmp_path)
    whole = run(demo, monkeypatch, "show", ref)
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    done = CliRunner().invoke(app, ["show", ref])
    assert (done.exit_code, done.stdout) == (0, whole)
    (told,) = done.stderr.splitlines()
    assert "phrases.toml" in told
    assert told.endswith("The playbook that ships is used.")


def test_a_day_without_calls_says_so(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(demo, monkeypatch, "cases", "--day", "2001-01-01").strip() == "0 cases"
    empty = run(demo, monkeypatch, "cases", "--day", "2001-01-01", "--format", "csv")
    assert empty.startswith("ref,opened_at")


def test_a_case_is_read_in_words_and_in_json(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("cases", "--from", "2026-11-01", "--format", "json")
    row = next(
        r for r in json.loads(run(demo, monkeypatch, *words)) if r["customer"] == "Dana Reyes"
    )
    shown = run(demo, monkeypatch, "show", row["ref"].lower())
    assert "Reyes Dance School" in shown
    assert "ring back with the plate status" in shown
    assert "Journal" in shown
    whole = json.loads(run(demo, monkeypatch, "show", row["ref"], "--json"))
    assert whole["promises"][0]["state"] == "missed"
    assert whole["journal"][0]["kind"] == "answered"


def test_another_database_can_be_named(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--database", str(demo / "calmdesk.db"), "cases", "--from", "2026-11-01")
    assert "60 cases" in run(tmp_path, monkeypatch, *words)
    assert str(demo / "calmdesk.db") in run(tmp_path, monkeypatch, *words[:2], "where")


def test_the_list_of_commands_breaks_no_line_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = run(tmp_path, monkeypatch, "--help")
    assert "neither kept nor logged. A letter is released in the app, by its" in said


def test_places_keys_and_version_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = run(tmp_path, monkeypatch, "where")
    assert str(tmp_path / "settings.toml") in where
    assert "ctrl+n" in run(tmp_path, monkeypatch, "keys")
    assert run(tmp_path, monkeypatch, "--version").strip() == f"calmdesk {__version__}"


@pytest.mark.parametrize("hour", [1, 9, 14, 23])
def test_the_demo_is_a_day_that_ends_just_now_whenever_it_is_shown(
    hour: int, tmp_path: Path
) -> None:
    from calmdesk.guide.filters import Filter
    from calmdesk.records import browse, coaching

    clock = HandClock(datetime(2026, 11, 21, hour, 5, tzinfo=ZONE), ZONE)
    store = made_once.demo(tmp_path / "calmdesk.db", clock)
    now = clock.now()
    (latest, *_) = browse.page(store, Filter(), 0, now)
    board = browse.board(store, now, now - timedelta(hours=12), now + timedelta(days=3))
    (issue,) = coaching.known_issues(store, now)
    store.close()
    assert timedelta(hours=1) < issue.until_at - now < timedelta(hours=3)
    assert timedelta() <= now - latest.opened_at < timedelta(hours=1)
    late = [line for line in board.due if line.due_at < now]
    assert [line.customer for line in late] == ["Helen Achterberg"]
    assert now - late[0].due_at < timedelta(hours=1)


def test_the_letter_of_a_case_is_printed_and_nothing_is_logged(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = run(demo, monkeypatch, "cases", "--from", "2026-11-01", "--format", "json")
    ref = json.loads(listed)[0]["ref"]
    entries = "select count(*) from event union all select count(*) from letter"
    with sqlite3.connect(demo / "calmdesk.db") as connection:
        before = connection.execute(entries).fetchall()
    assert "You are still waiting" in run(demo, monkeypatch, "letter", ref, "holding")
    printed = CliRunner().invoke(app, ["letter", ref, "final_answer", "--format", "html"])
    assert printed.stdout.startswith("<!doctype html>")
    assert printed.stderr.splitlines()[0] == "DRAFT, not released"
    assert "DRAFT" not in printed.stdout
    spelled = [
        CliRunner().invoke(app, ["letter", ref, "holding", "--format", form]).stdout
        for form in ("md", "markdown")
    ]
    assert spelled[0] == spelled[1]
    assert spelled[0].startswith("# Where your case stands")
    file = tmp_path / "letter.html"
    for option in ("-o", "--output"):
        done = CliRunner().invoke(app, ["letter", ref, "final_answer", option, str(file)])
        assert done.exit_code == 2, "only the app releases a letter"
    assert not file.exists()
    with sqlite3.connect(demo / "calmdesk.db") as connection:
        assert connection.execute(entries).fetchall() == before
    connection.close()


def test_a_confirmation_of_the_demo_names_a_promised_time_as_it_was_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = datetime(2026, 11, 21, 14, 2).astimezone()
    made_once.demo(tmp_path / "calmdesk.db", HandClock(here, None)).close()
    listed = run(tmp_path, monkeypatch, "cases", "--from", "2026-11-01", "--format", "json")
    elsewhere = 0
    for row in json.loads(listed):
        if row["outcome"] != "agreed":
            continue
        words = " ".join(run(tmp_path, monkeypatch, "letter", row["ref"], "confirmation").split())
        _, _, told = words.partition("you agreed to: ")
        read_back, _, promised = told.partition(" You can hold me to each of these: - ")
        promised = promised.partition(" We will ring you")[0].partition(" If I have any")[0]
        for promise in filter(None, promised.split(" - ")):
            assert read_back.count(f"{promise[0].upper()}{promise[1:]}.") == 1, words
            elsewhere += promise.endswith(" your time")
    assert elsewhere


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("CD-1", "holding"), "No case has the reference CD-1"),
        (("CD-1", "holdin"), "did you mean holding?"),
        (("CD-1", "final_anser"), "did you mean final_answer?"),
    ],
)
def test_a_letter_that_cannot_be_is_one_sentence(
    demo: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setenv("CALMDESK_HOME", str(demo))
    done = CliRunner().invoke(app, ["letter", *words])
    assert sentence in str(done.exception)
