"""The command line lists cases by a filter as it is typed on the Day."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from calmdesk.clock import HandClock
from calmdesk.commands import app
from tests import made_once
from tests.player import ZONE

FROM = ("--from", "2026-11-01", "--to", "2026-11-22")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    made_once.demo(
        home / "calmdesk.db", HandClock(datetime(2026, 11, 21, 14, 2, tzinfo=ZONE), ZONE)
    ).close()
    return home


def listed(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[dict[str, Any]]:
    monkeypatch.setenv("CALMDESK_HOME", str(home))
    done = CliRunner().invoke(app, ["cases", *FROM, "--format", "json", *words])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_a_filter_and_its_complement_are_all(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hot = listed(demo, monkeypatch, "--filter", "heat:hot")
    others = listed(demo, monkeypatch, "--filter", "but not heat:hot")
    every = listed(demo, monkeypatch)
    assert hot
    assert all(row["heat_end"] >= 4 for row in hot)
    assert len(hot) + len(others) == len(every) == 60


def test_options_and_filter_choose_together(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = listed(demo, monkeypatch, "--filter", "status:open outcome:agreed")
    mixed = listed(demo, monkeypatch, "--status", "open", "--filter", "outcome:agreed")
    assert typed == mixed != []
    late = listed(demo, monkeypatch, "--filter", "promise:late")
    assert 0 < len(late) < 60, "late as of this hour"


@pytest.mark.parametrize(
    ("option", "value", "typed"),
    [
        ("--status", "Inv", "status:investigating"),
        ("--outcome", "Agreed", "outcome:agreed"),
        ("--category", "late", "about:late_delivery"),
        ("--cause", "unknown", "cause:unknown"),
        ("--cause", "", "cause:unknown"),
    ],
)
def test_an_option_is_read_as_a_filter_is(
    option: str, value: str, typed: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(demo, monkeypatch, option, value)
    assert found == listed(demo, monkeypatch, "--filter", typed) != []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--status", "opne"), "--status: “opne” is not known; write live, "),
        (("--outcome", "maybe"), "--outcome: “maybe” is not known; write "),
        (("--category", "gremlins"), "--category: “gremlins” is not known; write "),
        (("--cause", "gremlins"), "--cause: “gremlins” is not known; write "),
        (("--category", '"printing'), '--category: “"printing” is not known; write '),
        (("--filter", "colour:red"), "“colour” is no filter; filters begin with agent:,"),
        (("--filter", "status:open but not"), "“but not” stands before all of it"),
        (("--filter", "about:gremlins"), "about: “gremlins” is not known; write"),
        (("--filter", "agent:ana", "--agent", "sam"), "--agent asks for into the filter"),
        (("--filter", "but not heat:hot", "--status", "open"), "--status asks for"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    words: tuple[str, ...], told: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from calmdesk.errors import CalmdeskError

    monkeypatch.setenv("CALMDESK_HOME", str(demo))
    done = CliRunner().invoke(app, ["cases", *words])
    assert isinstance(done.exception, CalmdeskError)
    assert told in str(done.exception)
