"""`calmdesk playbook`: begun, checked, and told with the right code."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from calmdesk.commands import app
from calmdesk.guide.playbook.entries import FILES

BAD = '[[phrase]]\nid = "mine"\nclass = "regrett"\nstages = ["listen"]\nmove = "Say it"\nline = "Sorry."\n'


def run(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.setenv("CALMDESK_HOME", str(home))
    return CliRunner().invoke(app, ["playbook", *words])


def test_init_begins_what_check_finds_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(tmp_path, monkeypatch, "init")
    assert first.exit_code == 0
    assert first.stdout.count("written") == len(FILES)
    again = run(tmp_path, monkeypatch, "init")
    assert again.stdout.count("left as it is") == len(FILES)
    done = run(tmp_path, monkeypatch, "check")
    assert done.exit_code == 0
    assert done.stdout == f"{len(FILES)} files, 0 phrases of your own, nothing wrong.\n"


def test_without_words_of_ones_own_check_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(tmp_path, monkeypatch, "check")
    assert done.exit_code == 0
    assert "calmdesk playbook init" in done.stdout
    assert not (tmp_path / "playbook").exists()


def test_a_problem_is_one_line_and_ends_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "playbook").mkdir()
    file = tmp_path / "playbook" / "phrases.toml"
    file.write_text(BAD)
    done = run(tmp_path, monkeypatch, "check")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{file}:3: mine: class 'regrett' is not known; did you mean regret.",
        "1 file, 1 phrase of your own, 1 problem.",
    ]
    assert run(tmp_path, monkeypatch, "check", str(file)).exit_code == 1


def test_a_hostile_file_steers_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "phrases.toml").write_text(BAD.replace('"mine"', '"\\u001b[2J\\u202emine"'))
    done = run(tmp_path, monkeypatch, "check", str(tmp_path))
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_a_place_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(tmp_path, monkeypatch, "check", str(tmp_path / "nowhere"))
    assert done.exit_code != 0
    assert "nowhere" in str(done.exception)
