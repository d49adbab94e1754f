"""The installed program in a real pseudo-terminal."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal, calmdesk

CALMDESK = [sys.executable, "-m", "calmdesk"]


def show(home: Path, *words: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        [*CALMDESK, *words],
        env={**os.environ, "CALMDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def skip_hello(terminal: Terminal) -> None:
    """The first run asks who is here; it can wait."""
    terminal.wait_for("Who is at this desk?")
    terminal.press("escape")
    terminal.wait_for("Waiting for a call")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
class TestInATerminal:
    def test_a_call_is_taken_by_hand_and_read_again(self, tmp_path: Path) -> None:
        with calmdesk(tmp_path) as terminal:
            skip_hello(terminal)
            terminal.press("ctrl+n")
            terminal.wait_for("Let them tell it whole")
            terminal.type("@ Dana Reyes\r")
            terminal.type("flyers were due fri, told today they ship mon\r")
            terminal.type("$ wants them fri\r")
            terminal.press("ctrl+t")
            terminal.type("4")
            terminal.wait_for("heat 4")
            terminal.press("f2")
            terminal.wait_for("got it?")
            terminal.read_for(1.0)  # the second f2 of a double press would not count
            terminal.press("f2")
            terminal.wait_for("[Clarify]")
            terminal.type("= courier fri 9, 45\r")
            terminal.type("/settle yes\r")
            terminal.wait_for("[Resolve]")
            terminal.type("/agreed\r")
            terminal.wait_for("[Agree]")
            terminal.type("/wrap\r")
            terminal.wait_for("How did it end?")
            terminal.press("ctrl+s")
            terminal.wait_for("today 1 call")
            terminal.press("ctrl+q")
            assert terminal.exit_code() == 0
        (case,) = json.loads(show(tmp_path, "cases", "--format", "json"))
        assert case["customer"] == "Dana Reyes"
        assert case["outcome"] == "agreed"
        whole = json.loads(show(tmp_path, "show", case["ref"], "--json"))
        assert whole["ask"] == "wants them fri"
        assert "Dana Reyes" in show(tmp_path, "show", case["ref"])

    def test_calmdesk_call_goes_straight_into_a_call(self, tmp_path: Path) -> None:
        with calmdesk(tmp_path, "call", "+1 415 555 0134") as terminal:
            terminal.wait_for("+1 415 555 0134")
            terminal.wait_for("Let them tell it whole")
            terminal.type("it is late\r")
            terminal.wait_for("it is late")

    @pytest.mark.parametrize(
        ("how", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (None, None)]
    )
    def test_however_it_ends_the_words_are_kept(
        self, how: signal.Signals | None, code: int | None, tmp_path: Path
    ) -> None:
        with calmdesk(tmp_path, "call") as terminal:
            terminal.wait_for("Let them tell it whole")
            terminal.type("kept line\r")
            terminal.wait_for("kept line")
            terminal.type("and half a li")
            terminal.wait_for("and half a li")
            if how is None:
                terminal.close()
            else:
                terminal.signal(how)
            assert terminal.exit_code() == (129 if code is None else code)
        with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
            notes = connection.execute("SELECT text FROM note").fetchall()
            draft = connection.execute("SELECT text FROM draft WHERE field = 'note'").fetchall()
        connection.close()
        assert notes == [("kept line",)]
        assert draft == [("and half a li",)]
        with calmdesk(tmp_path) as terminal:
            terminal.wait_for("and half a li")
            terminal.wait_for("kept line")

    def test_a_byte_that_is_no_text_does_not_end_the_call(self, tmp_path: Path) -> None:
        with calmdesk(tmp_path, "call") as terminal:
            terminal.wait_for("Let them tell it whole")
            terminal.send(b"caf\xe9 \xff ok\r")
            terminal.wait_for("ok")
            terminal.type("still here\r")
            terminal.wait_for("still here")

    def test_a_hostile_name_sends_no_order_to_the_terminal(self, tmp_path: Path) -> None:
        with calmdesk(tmp_path, "call") as terminal:
            terminal.wait_for("Let them tell it whole")
            terminal.wait_for("kept")
        with sqlite3.connect(tmp_path / "calmdesk.db") as connection:
            (contact, case, agent) = connection.execute(
                "SELECT id, case_id, agent_id FROM contact"
            ).fetchone()
            nasty = "Mr [/b] O'Hara \x1b]0;PWNED\x07 \x9b2J \x1b[2J"
            connection.execute(
                "INSERT INTO customer (id, name, company, since, value, updated_at)"
                " VALUES ('x', ?, ?, 0, 0, '2026-11-21')",
                (nasty, nasty),
            )
            connection.execute('UPDATE "case" SET customer_id = ?, status = ?', ("x", "open"))
            connection.execute("UPDATE contact SET state = 'finished'")
            connection.execute(
                "INSERT INTO promise (id, case_id, contact_id, agent_id, owner_id, told_at, what,"
                " due_at, feasible, asked, state) VALUES"
                " ('p', ?, ?, ?, ?, '2026-11-21', ?, '2026-11-21', 0, '', 'open')",
                (case, contact, agent, agent, nasty),
            )
        connection.close()
        with calmdesk(tmp_path, size=(120, 40)) as terminal:
            skip_hello(terminal)
            terminal.wait_for("Mr [/b] O'Hara")
            assert b"PWNED\x07" not in terminal.output
            assert b"]0;PWNED" not in terminal.output.replace(b"O'Hara ]0;PWNED", b"")
            assert b"\x1b]0;PWNED" not in terminal.output

    @pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)])
    def test_the_demo_shows_a_full_day(self, size: tuple[int, int], tmp_path: Path) -> None:
        with calmdesk(tmp_path, "demo", size=size) as terminal:
            terminal.wait_for("Helen Achterberg")
            terminal.wait_for("made up")
            terminal.press("ctrl+q")
            assert terminal.exit_code() == 0
        assert not (tmp_path / "calmdesk.db").exists(), "nothing is kept"
