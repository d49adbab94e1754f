"""Bad input gets one plain sentence that names the file, and no traceback."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from calmdesk.errors import StoreDamaged, StoreError
from calmdesk.records.store import Store
from tests.terminal import Terminal, calmdesk

CALMDESK = [sys.executable, "-m", "calmdesk"]


def run(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CALMDESK, *words],
        env={**os.environ, "CALMDESK_HOME": str(home), **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def assert_plain(text: str, *names: str) -> None:
    """One sentence or two, with these names in it, and nothing of a traceback."""
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) <= 3, text
    for name in names:
        assert name in text


def whole_database(home: Path) -> Path:
    file = home / "calmdesk.db"
    Store.open(file).close()
    return file


def test_a_reference_that_nobody_has(tmp_path: Path) -> None:
    whole_database(tmp_path)
    done = run(tmp_path, "show", "CD-000000-XXXX")
    assert done.returncode == 2
    assert_plain(done.stderr, "CD-000000-XXXX")


def test_no_database_yet_is_not_made_by_looking(tmp_path: Path) -> None:
    done = run(tmp_path, "cases")
    assert done.returncode == 2
    assert_plain(done.stderr, "calmdesk.db", "calmdesk demo")
    assert not (tmp_path / "calmdesk.db").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here is always full")
@pytest.mark.parametrize("words", ["export", "cases", "--help"])
def test_output_that_has_no_room_is_told(words: str, tmp_path: Path) -> None:
    whole_database(tmp_path)
    env = {**os.environ, "CALMDESK_HOME": str(tmp_path)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*CALMDESK, *words.split()],
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert_plain(done.stderr, "calmdesk: The output cannot be written (No space left")


def test_output_that_nobody_reads_on_is_left_without_a_word(tmp_path: Path) -> None:
    env = {**os.environ, "CALMDESK_HOME": str(tmp_path)}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*CALMDESK, "keys"], env=env, stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_day_that_is_none(tmp_path: Path) -> None:
    whole_database(tmp_path)
    done = run(tmp_path, "cases", "--day", "yesterdy")
    assert done.returncode == 2
    assert_plain(done.stderr, "yesterdy")


@pytest.mark.parametrize("content", [b"", b"not a database at all, " * 200, b"\0" * 8192])
def test_a_damaged_database_is_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "calmdesk.db"
    file.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"calmdesk\.db"):
        Store.open(file)
    assert file.read_bytes() == content
    done = run(tmp_path, "cases")
    assert done.returncode == 2
    assert_plain(done.stderr, "calmdesk.db")


def test_half_a_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = whole_database(tmp_path)
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(half)
    for wal in tmp_path.glob("*.db-*"):
        wal.unlink()
    done = run(tmp_path, "cases")
    if done.returncode:
        assert_plain(done.stderr, "calmdesk.db")
    assert file.read_bytes() == half


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calmdesk.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE other (id)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreDamaged):
        Store.open(file)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="CALMDESK_HOME"):
        Store.open(tmp_path / "file" / "calmdesk.db")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_the_database_is_private(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = whole_database(home)
    assert home.stat().st_mode & 0o777 == 0o700
    store = Store.open(file)
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()}
    store.close()
    assert modes
    assert set(modes.values()) == {0o600}, modes


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
class TestOnScreen:
    def test_broken_settings_give_a_working_screen(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text("[firm\ncompany = 3")
        with calmdesk(tmp_path) as terminal:
            terminal.wait_for("Who is at this desk?", 20)
            terminal.press("escape")
            terminal.wait_for("settings.toml", 10)  # the sentence wraps where the path ends
            terminal.wait_for("defaults", 10)
            terminal.press("ctrl+n")
            terminal.wait_for("Let them tell it whole", 20)

    def test_an_unknown_phrase_tag_gives_a_working_screen(self, tmp_path: Path) -> None:
        (tmp_path / "playbook").mkdir()
        (tmp_path / "playbook" / "phrases.toml").write_text(
            '[[phrase]]\nid = "mine"\nclass = "regrett"\nstages = ["listen"]\n'
            'move = "Say it"\nline = "Sorry."\n'
        )
        with calmdesk(tmp_path) as terminal:
            terminal.wait_for("Who is at this desk?", 20)
            terminal.press("escape")
            terminal.wait_for("class 'regrett' is not known", 10)
            terminal.press("ctrl+n")
            terminal.wait_for("Let them tell it whole", 20)

    def test_a_key_that_a_field_swallows_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text('[keys]\n"call.forward" = "ctrl+k"\n')
        with calmdesk(tmp_path) as terminal:
            terminal.wait_for("Who is at this desk?", 20)
            terminal.press("escape")
            terminal.wait_for("ctrl+k", 10)

    def test_a_damaged_database_ends_with_one_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "calmdesk.db").write_bytes(b"no database " * 500)
        with calmdesk(tmp_path) as terminal:
            assert terminal.exit_code() == 2
            printed = terminal.output.decode(errors="replace")
            assert "is not a whole calmdesk database" in printed
            assert "Traceback" not in printed

    def test_a_terminal_without_utf8_is_told(self, tmp_path: Path) -> None:
        with calmdesk(tmp_path, env={"PYTHONIOENCODING": "latin-1"}) as terminal:
            assert terminal.exit_code() == 2
            assert "needs UTF-8" in terminal.output.decode(errors="replace")

    def test_a_pipe_is_no_terminal(self, tmp_path: Path) -> None:
        done = run(tmp_path)
        assert done.returncode == 2
        assert_plain(done.stderr, "calmdesk cases")

    @pytest.mark.skipif(
        os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv"
    )
    def test_a_read_only_folder_ends_with_one_sentence(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        whole_database(home)
        for path in home.iterdir():
            path.chmod(0o444)
        home.chmod(0o555)
        bound = "--bounding-set=-dac_override,-dac_read_search"  # root that must keep to modes
        argv = ["setpriv", bound, *CALMDESK]
        with Terminal.start(argv, {"CALMDESK_HOME": str(home)}) as terminal:
            code = terminal.exit_code()
            printed = terminal.output.decode(errors="replace")
        home.chmod(0o755)
        assert "Traceback" not in printed
        assert code == 2, printed[-500:]
        assert str(home) in printed.replace("\r\n", "")
