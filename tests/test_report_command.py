"""`calmdesk report`: on the command line, into a pipe and into a file."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calmdesk.clock import HandClock
from calmdesk.commands import app
from calmdesk.demo.day import READER, STORIES, SUPERVISOR
from tests import made_once
from tests.player import ZONE

NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")
FORMATS = ("text", "md", "html", "json")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the demo's day."""
    home = tmp_path_factory.mktemp("demo")
    made_once.demo(
        home / "calmdesk.db", HandClock(datetime(2026, 11, 21, 14, 2, tzinfo=ZONE), ZONE)
    ).close()
    return home


@pytest.fixture
def home(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the user's own."""
    monkeypatch.setenv("CALMDESK_HOME", str(demo))
    return demo


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["report", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(home: Path, *words: str) -> str:
    """The one sentence of the installed program, which ends with 2."""
    done = subprocess.run(
        [sys.executable, "-m", "calmdesk", "report", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "CALMDESK_HOME": str(home)},
        timeout=60,
    )
    (sentence,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence.startswith("calmdesk: ")
    return sentence


def test_a_files_name_says_the_form(home: Path, tmp_path: Path) -> None:
    html, plain = tmp_path / "r.html", tmp_path / "r.txt"
    run(*NOVEMBER, "--output", str(html))
    run(*NOVEMBER, "--output", str(plain))
    assert html.read_text(encoding="utf-8").startswith("<!")
    assert "<" not in plain.read_text(encoding="utf-8")[:200]
    assert "let it end in .txt" in refused(home, *NOVEMBER, "--output", str(tmp_path / "r.pdf"))


def test_every_format_says_the_same_sixty_cases(home: Path) -> None:
    assert "60 opened" in run(*NOVEMBER)
    assert "| 60 opened" in run(*NOVEMBER, "--format", "md")
    assert "60 opened" in run(*NOVEMBER, "--format", "html")
    assert json.loads(run(*NOVEMBER, "--format", "json"))["cases"] == 60


@pytest.mark.parametrize("form", FORMATS)
def test_no_agent_is_named_in_any_format(home: Path, form: str) -> None:
    written = run(*NOVEMBER, "--format", form)
    stories = tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]
    agents = {story["agent"] for story in stories} | {READER, SUPERVISOR}
    assert not [agent for agent in agents if agent in written]


def test_a_day_a_week_and_a_month_are_those_in_which_the_day_lies(home: Path) -> None:
    assert "Saturday 21 November 2026\n" in run("2026-11-21")
    assert run("2026-11-21", "--day").splitlines()[3] == "Saturday 21 November 2026"
    week = run("2026-11-11", "--week").splitlines()
    assert week[3] == "Monday 9 November to Sunday 15 November 2026"
    month = run("2025-02-11", "--month").splitlines()
    assert month[3] == "Saturday 1 February to Friday 28 February 2025"


def test_without_a_word_it_is_today(home: Path) -> None:
    plain = json.loads(run("--format", "json"))
    assert plain["first_day"] == plain["last_day"] == plain["counted_at"][:10]
    assert json.loads(run("--week", "--format", "json"))["last_day"] == plain["last_day"]


def test_the_firm_and_its_currency_are_those_of_the_settings(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = '[firm]\ncompany = "Printco & Sons"\ncurrency = "EUR"\n'
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    words = ("--database", str(home / "calmdesk.db"), "report", *NOVEMBER)
    done = CliRunner().invoke(app, words)
    assert "Printco & Sons" in done.stdout
    assert "€" in done.stdout
    assert "$" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("tomorow",),
        ("2026-13-01",),
        ("--from", "25:00"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--to", "2026-11-01"),
        ("--from", "1900-01-01"),
        ("--from", "0001-01-01", "--to", "9999-12-31"),
        ("--week", "--month"),
        ("--day", "--week"),
        ("2026-11-01", "--from", "2026-11-01"),
    ],
)
def test_days_that_cannot_be_are_one_sentence(demo: Path, words: tuple[str, ...]) -> None:
    assert refused(demo, *words).endswith(".")


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    assert "There is no database" in refused(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_for_its_owner_alone_and_is_what_a_pipe_gets(
    home: Path, tmp_path: Path
) -> None:
    output = tmp_path / "report.html"
    assert run(*NOVEMBER, "--format", "html", "--output", str(output)) == ""
    lines = output.read_text(encoding="utf-8").splitlines()
    piped = run(*NOVEMBER, "--format", "html").splitlines()
    assert [line for line in lines if "Counted on" not in line] == [
        line for line in piped if "Counted on" not in line
    ]
    if os.name == "posix":
        assert output.stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_written_over_only_by_force(home: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.txt"
    output.write_text("mine", encoding="utf-8")
    assert "is there already" in refused(home, *NOVEMBER, "--output", str(output))
    assert output.read_text(encoding="utf-8") == "mine"
    run(*NOVEMBER, "--output", str(output), "--force")
    assert "60 opened" in output.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [output]


def test_a_place_that_cannot_be_written_is_one_sentence_and_nothing_is_lost(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    for place in ("nowhere/report.html", "a file/report.html", "."):
        sentence = refused(home, *NOVEMBER, "--output", str(tmp_path / place))
        assert str(tmp_path / place).rstrip("/.") in sentence
        assert refused(home, *NOVEMBER, "--output", str(tmp_path / place), "--force")
    assert [it.name for it in tmp_path.iterdir()] == ["a file"]
