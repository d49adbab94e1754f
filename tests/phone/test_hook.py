"""What a softphone starts: quick, silent, and whatever it is called with is only text."""

import os
import shlex
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from platformdirs.macos import MacOS

from calmdesk import paths
from calmdesk.phone.hook import NOT_PUT, PUT, WRONG
from calmdesk.phone.spool import LONGEST, MOST, Spool, put, spool_file

HOOK = [sys.executable, "-m", "calmdesk.phone.hook"]


def start(
    home: Path, *words: str | bytes, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Start the hook as a softphone does, and wait for its end."""
    environment = {**os.environ, "CALMDESK_HOME": str(home), **(env or {})}
    return subprocess.run(
        [*HOOK, *words], env=environment, capture_output=True, timeout=60, check=False
    )


def queued(home: Path) -> list[tuple[str, str, str, str]]:
    """What lies in the spool: kind, id, number, name."""
    it = Spool(str(home / "phone-spool.db"))
    try:
        return [(kind, key, number, name) for _, _, kind, key, number, name, _ in it.after(0)]
    finally:
        it.close()


@pytest.mark.parametrize(
    "code",
    [
        "from calmdesk.phone.hook import main; main(['ring', '1'])",
        "import sys; sys.argv = ['calmdesk', 'phone', 'ring', '1']; from calmdesk.cli import main; main()",
    ],
    ids=["calmdesk-phone", "calmdesk phone"],
)
def test_nothing_heavy_is_loaded_while_the_softphone_waits(code: str, tmp_path: Path) -> None:
    heavy = ("textual", "typer", "sqlmodel", "sqlalchemy", "platformdirs", "rich", "asyncio")
    tail = f"import sys; print([m for m in {heavy!r} if m in sys.modules])"
    whole = f"try:\n    {code}\nexcept SystemExit as end:\n    assert end.code == 0\n{tail}"
    env = {**os.environ, "CALMDESK_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", whole], env=env, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
    assert len(queued(tmp_path)) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ring", "030 123"], ("ring", "", "030 123", "")),
        (["ring", "--", "030", "123"], ("ring", "", "030 123", "")),
        (["answer", "--id=a", "--name", "O'Hara", "1"], ("answer", "a", "1", "O'Hara")),
        (["hold", "--id", "a"], ("hold", "a", "", "")),
        (["hangup"], ("hangup", "", "", "")),
        (["busy", "--", "--id=a"], ("busy", "", "--id=a", "")),
        (["ring", "--help"], ("ring", "", "--help", "")),
        (["ring", "-x", "--verbose=1"], ("ring", "", "-x --verbose=1", "")),
        (["ring", "--", '"; calc.exe "'], ("ring", "", '"; calc.exe "', "")),
        (["ring", "--", "1\n2\x1b[31m"], ("ring", "", "1\n2\x1b[31m", "")),
        (["ring", "--", "9" * 500], ("ring", "", "9" * LONGEST, "")),
        (["ring", "--", b"\xff\xfe1"], ("ring", "", "??1", "")),
        (["ring", "--id"], ("ring", "", "", "")),
    ],
)
def test_whatever_it_is_called_with_is_only_text(
    words: list[str | bytes], expected: tuple[str, str, str, str], tmp_path: Path
) -> None:
    done = start(tmp_path, *words)
    assert (done.returncode, done.stdout, done.stderr) == (PUT, b"", b"")
    assert queued(tmp_path) == [expected]


@pytest.mark.parametrize("words", [[], ["call"], ["--help"], ["RING"]])
def test_called_wrongly_it_says_how_and_queues_nothing(words: list[str], tmp_path: Path) -> None:
    done = start(tmp_path, *words)
    assert (done.returncode, done.stdout) == (WRONG, b"")
    assert done.stderr.startswith(b"usage: calmdesk-phone ring|answer")
    assert not (tmp_path / "phone-spool.db").exists()


def test_where_nothing_can_be_written_it_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = start(tmp_path / "file" / "home", "ring", "1")
    assert (done.returncode, done.stdout) == (NOT_PUT, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"phone-spool.db cannot be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is stood in")
@pytest.mark.parametrize(("home", "code"), [("{}", 0), ("below", NOT_PUT)])
def test_where_it_is_started_need_not_be_there_any_more(
    home: str, code: int, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    environment = {**os.environ, "CALMDESK_HOME": home.format(tmp_path)}
    there = shlex.quote(str(gone))
    started = ["/bin/sh", "-c", f"cd {there} && rmdir {there} && exec {shlex.join(HOOK)} ring 1"]
    done = subprocess.run(started, env=environment, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (code, b"")
    assert b"Traceback" not in done.stderr


def test_a_spool_that_stays_locked_holds_the_softphone_up_only_so_long(tmp_path: Path) -> None:
    start(tmp_path, "ring", "1")
    holding = sqlite3.connect(tmp_path / "phone-spool.db", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        done = start(tmp_path, "ring", "2")
    finally:
        holding.close()
    assert done.returncode == NOT_PUT
    assert b"locked" in done.stderr


def test_eight_at_once_on_a_spool_that_is_not_there_yet_lose_nothing(tmp_path: Path) -> None:
    env = {**os.environ, "CALMDESK_HOME": str(tmp_path)}
    code = (
        "from calmdesk.phone import spool; spool.WAIT = 60\n"
        "from calmdesk.phone.hook import hook\n"
        "for number in '12345': assert hook(['ring', number], 1.0) == 0"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], env=env) for _ in range(8)]
    assert [it.wait(60) for it in running] == [0] * 8
    assert sorted(number for _, _, number, _ in queued(tmp_path)) == sorted("12345" * 8)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        (
            {
                "TWINKLE_TRIGGER": "in_call",
                "SIP_CALL_ID": "a@b",
                "SIP_FROM_USER": "030",
                "SIP_FROM_DISPLAY": "Erika",
            },
            [("ring", "a@b", "030", "Erika")],
        ),
        ({"TWINKLE_TRIGGER": "in_call_answered", "SIP_CALL_ID": "a"}, [("answer", "a", "", "")]),
        ({"TWINKLE_TRIGGER": "in_call_failed", "SIP_CALL_ID": "a"}, [("hangup", "a", "", "")]),
        ({"TWINKLE_TRIGGER": "remote_release", "SIP_CALL_ID": "a"}, [("hangup", "a", "", "")]),
        (
            {"TWINKLE_TRIGGER": "local_release", "SIP_CALL_ID": "a", "SIP_FROM_USER": "agent"},
            [("hangup", "a", "", "")],  # it is the agent who hung up, and their name
        ),
        ({"TWINKLE_TRIGGER": "out_call"}, []),
        ({}, []),
    ],
)
def test_twinkle_says_it_in_its_environment(
    env: dict[str, str], expected: list[tuple[str, ...]], tmp_path: Path
) -> None:
    done = start(tmp_path, "twinkle", env=env)
    assert (done.returncode, done.stdout) == (PUT, b"")
    assert ([*queued(tmp_path)] if expected else []) == expected


# -- the spool ------------------------------------------------------------------------------


def test_it_is_private_and_bounded_and_forgets(tmp_path: Path) -> None:
    home = tmp_path / "made"
    file = str(home / "phone-spool.db")
    for number in range(MOST + 20):
        put(file, "ring", "", f"555{number:06}", "", "hook", 1.0)
    reading = Spool(file)
    left = reading.after(0)
    assert len(left) == MOST
    assert left[-1][4] == f"555{MOST + 19:06}", "the latest stay"
    files = [Path(file), Path(file + "-wal"), Path(file + "-shm")]
    assert [stat.S_IMODE(it.stat().st_mode) for it in files] == [0o600] * 3
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    reading.done([row[0] for row in left], [(1, 1.0, 0.1, "hook", "ring", "…019", "rings")])
    assert reading.after(0) == []
    assert [line[-1] for line in reading.log()] == ["rings"]
    reading.close()
    assert b"555001019" not in b"".join(it.read_bytes() for it in home.iterdir())


def test_every_event_is_handed_over_until_it_is_dealt_with(tmp_path: Path) -> None:
    file = str(tmp_path / "phone-spool.db")
    for _ in range(3):
        put(file, "ring", "", "1", "", "hook", 1.0)
    first = Spool(file)
    assert first.changed()
    first.done([1], [])
    first.close()
    second = Spool(file)
    assert [row[0] for row in second.after(0)] == [2, 3]
    second.close()
    put(file, "ring", "", "1", "", "hook", 1.0)
    third = Spool(file)
    assert third.after(0)[-1][0] == 4, "no id comes twice"
    third.close()


@pytest.mark.parametrize(
    "env",
    [
        {"HOME": "/home/sam"},
        {"HOME": "/home/sam", "XDG_DATA_HOME": "/data"},
        {"HOME": "/home/sam", "XDG_DATA_HOME": "  "},
        {"HOME": "/home/sam", "XDG_DATA_HOME": "elsewhere"},
        {"HOME": "/home/sam", "CALMDESK_HOME": "here"},
        {"HOME": "/home/sam", "CALMDESK_HOME": "/srv/desk"},
        {"HOME": "/home/sam", "CALMDESK_HOME": "~/desk"},
    ],
)
def test_the_hook_and_the_app_mean_the_same_file(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "CALMDESK_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert spool_file() == str(paths.places().spool)


def test_on_a_mac_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/Users/sam")
    monkeypatch.delenv("CALMDESK_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    found = spool_file()
    monkeypatch.undo()
    monkeypatch.setenv("HOME", "/Users/sam")
    assert Path(found).parent == Path(MacOS("calmdesk", appauthor=False).user_data_dir)
