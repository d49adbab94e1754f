"""`calmdesk phone`: a softphone set up, tried, and what it said."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from calmdesk.phone.set_up import LONGEST_VALUE, SOFTPHONES
from calmdesk.phone.spool import Spool, put
from tests.phone.at_the_phone import Softphone
from tests.player import playing
from tests.terminal import calmdesk


def phone(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command, as somebody who sets a softphone up does."""
    return subprocess.run(
        [sys.executable, "-m", "calmdesk", "phone", *words],
        env={**os.environ, "CALMDESK_HOME": str(home), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("softphone", "line"),
    [
        ("microsip", "cmdCallRing={} ring --"),
        ("microsip", "cmdCallAnswer={} answer --"),
        ("microsip", "cmdCallEnd={} hangup --"),
        ("microsip", "cmdCallBusy={} busy --"),
        ("twinkle", "script_incoming_call={} twinkle"),
        ("twinkle", "script_remote_release={} twinkle"),
        ("jitsi", "{} ring -- ${{caller.address}}"),
        ("baresip", "ctrl_tcp_listen     127.0.0.1:4444"),
        ("other", "when it rings            {} ring -- NUMBER"),
    ],
)
def test_the_lines_name_the_program_of_this_machine(
    softphone: str, line: str, tmp_path: Path
) -> None:
    program = str(Path(sys.executable).with_name("calmdesk-phone"))
    assert Path(program).exists(), "it is installed beside calmdesk"
    done = phone(tmp_path, "setup", softphone)
    assert done.returncode == 0
    assert line.format(program) in done.stdout.splitlines()
    assert str(tmp_path / "settings.toml") in done.stdout


def test_the_lines_that_are_printed_are_lines_that_work(tmp_path: Path) -> None:
    """What MicroSIP would start, with a number behind it that it does not quote."""
    [ring] = [
        line.partition("=")[2]
        for line in phone(tmp_path, "setup", "microsip").stdout.splitlines()
        if line.startswith("cmdCallRing=")
    ]
    env = {**os.environ, "CALMDESK_HOME": str(tmp_path)}
    done = subprocess.run([*ring.split(), "030", "-x"], env=env, capture_output=True, check=True)
    assert done.stdout == b""
    queued = Spool(str(tmp_path / "phone-spool.db"))
    assert [row[2:5] for row in queued.after(0)] == [("ring", "", "030 -x")]
    queued.close()


def test_each_says_what_was_tried_and_what_was_only_read() -> None:
    tried = {name: of("calmdesk-phone").tried for name, of in SOFTPHONES.items()}
    assert [name for name, words in tried.items() if "not run" in words] == [
        "microsip",
        "twinkle",
        "jitsi",
    ]


def test_a_path_that_microsip_would_cut_is_told() -> None:
    assert "shorter folder" in " ".join(SOFTPHONES["microsip"]("x" * LONGEST_VALUE).lines(80))
    assert "shorter folder" not in " ".join(SOFTPHONES["microsip"]("x").lines(80))


def test_the_words_keep_to_the_terminal_and_the_lines_stay_whole() -> None:
    for of in SOFTPHONES.values():
        told = of("/a/folder/with/a/name/that/is/long/calmdesk-phone")
        whole = {line for part in told.parts if not isinstance(part, str) for line in part}
        lines = told.lines(48)
        assert whole <= set(lines)
        assert all(len(line) <= 48 for line in lines if line not in whole)


def test_only_a_softphone_that_starts_the_program_needs_the_same_home(tmp_path: Path) -> None:
    assert "CALMDESK_HOME" in phone(tmp_path, "setup", "twinkle").stdout
    assert "CALMDESK_HOME" not in phone(tmp_path, "setup", "baresip").stdout


def test_a_softphone_that_is_not_known(tmp_path: Path) -> None:
    done = phone(tmp_path, "setup", "[red]zoiper")
    assert done.returncode == 2
    assert done.stderr.startswith("calmdesk: [red]zoiper is not known; one of: microsip, baresip")


def test_a_made_up_caller_whom_nobody_heard(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[phone]\nbaresip = "127.0.0.1:4444"\n')
    done = phone(tmp_path, "test")
    assert done.returncode == 1
    assert "no calmdesk took it from there" in done.stdout
    assert "does not go over its link" in done.stdout
    log = phone(tmp_path, "log").stdout
    assert log == "2 events wait for calmdesk to be opened.\n"


def test_a_made_up_caller_goes_the_whole_way_and_leaves_nothing(tmp_path: Path) -> None:
    with calmdesk(tmp_path, size=(80, 24)) as terminal:
        terminal.wait_for("Who is at this desk?")
        terminal.press("escape")
        terminal.wait_for("Waiting for a call")
        done = phone(tmp_path, "test")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "after the program began to work" in done.stdout
        terminal.wait_for_output("A test caller")
        terminal.wait_until(lambda lines: not any("rings" in it for it in lines), "no banner")
        assert not any("missed" in line for line in terminal.screen())
    heading, *log = phone(tmp_path, "log").stdout.splitlines()
    assert heading.split()[:3] == ["when", "event", "who"]
    assert [line.split()[3] for line in log] == ["ring", "hangup"]
    assert all("…100" in line and "test" in line for line in log)


def test_the_log_of_a_phone_that_never_spoke(tmp_path: Path) -> None:
    assert "Nothing yet" in phone(tmp_path, "log").stdout


def test_a_spool_that_is_none_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "phone-spool.db").write_text("no database, and quite a bit longer than one")
    done = phone(tmp_path, "log")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be read" in done.stderr


def test_a_spool_without_its_tables_is_named_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "phone-spool.db"
    Spool(str(file)).close()
    with closing(sqlite3.connect(file)) as spool:
        spool.execute("DROP TABLE log")
    done = phone(tmp_path, "log")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be read" in done.stderr


def test_calmdesk_puts_a_spool_that_is_none_aside_and_goes_on(tmp_path: Path) -> None:
    spool = tmp_path / "phone-spool.db"
    spool.write_text("no database, and quite a bit longer than one")
    with calmdesk(tmp_path, size=(80, 24)) as terminal:
        terminal.wait_for("Who is at this desk?")
        terminal.press("escape")
        terminal.wait_for("Waiting for a call")
        terminal.wait_for("was damaged")
        assert spool.with_suffix(".damaged").exists()
        put(str(spool), "ring", "", "030123", "", "hook", 4e9)
        terminal.wait_for("030123")


async def test_only_of_a_ring_the_log_says_that_its_number_is_withheld(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        softphone = Softphone(player)
        await softphone.says("ring", "answer", "hangup", number="", key="a")
        spool = Spool(softphone.file)
        try:
            assert [line[5] for line in spool.log()] == ["withheld", "", ""]
        finally:
            spool.close()
