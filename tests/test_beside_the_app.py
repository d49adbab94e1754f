"""A command that goes on for long leaves the calls to the app, and does what nobody else does."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from calmdesk.commands_record import opened
from calmdesk.guide import happenings as h
from calmdesk.guide.outcome import Outcome
from calmdesk.paths import places
from calmdesk.records import calls, people, tending
from calmdesk.records.derived import RolledDay
from calmdesk.records.store import Store
from tests.filling import roll
from tests.player import ZONE
from tests.telling import tell
from tests.test_share import lines, say
from tests.two_desks import NOW, a_call, desk, shared

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path / "kim"))
    with desk(tmp_path / "kim" / "calmdesk.db", "Kim Adeyemi") as store:
        for days in (3, 2, 1):
            over = (h.CallEnded(), h.Finished(Outcome.AGREED))
            a_call(store, h.CallerNamed("Dana"), *over, at=NOW - days * DAY)
    return tmp_path / "kim" / "calmdesk.db"


def rolled(store: Store) -> int:
    with store.reading() as session:
        return len(session.exec(select(RolledDay)).all())


def test_the_app_has_the_calls_while_a_command_is_at_work(home: Path) -> None:
    with opened(places()) as command, command.in_bulk():
        assert not command.owner
        assert not command.claim()
        app = Store.open(home, ZONE)
        try:
            assert app.owner
            assert people.home(app) == app.home == app.device
            contact, case_id = app.new_id(NOW), app.new_id(NOW)
            calls.answer(app, contact, case_id, h.Answered(), NOW)
            assert tending.due(app) == 0, "the command is still at it"
        finally:
            app.close()


def test_the_app_tends_while_a_command_reads(home: Path) -> None:
    with opened(places()):
        app = Store.open(home, ZONE)
        try:
            assert (app.owner, app.tends) == (True, True)
            assert tending.due(app) == 3
            roll(app, 9)
            assert rolled(app) == 2
        finally:
            app.close()


def test_one_at_a_time_tends_and_the_app_takes_it_up_again(home: Path) -> None:
    with opened(places()) as command:
        with command.tending() as ours:
            assert ours
            app = Store.open(home, ZONE)
            assert not app.tends
            assert (tending.due(app), roll(app, 9)) == (0, False)
            assert rolled(app) == 0
        assert not command.tends
        roll(app, 9)
        assert (app.tends, tending.due(app)) == (True, 3)
        with command.tending() as ours:
            assert not ours
            assert tending.due(command) == 0
        app.close()
        assert command.look_after()


def test_the_log_stays_small_while_a_command_writes_much(home: Path) -> None:
    log = home.with_name(f"{home.name}-wal")
    with opened(places()) as command, command.tending():
        for n in range(60):
            with command.transaction() as session:
                session.connection().exec_driver_sql(
                    "INSERT INTO meta (key, value) VALUES (?, ?)", (f"x{n}", "x" * 400_000)
                )
        assert log.stat().st_size < 12_000_000


def test_who_follows_has_what_came_found_and_days_counted(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    with desk(tmp_path / "sam" / "calmdesk.db", "Sam Ortiz") as sam:
        tell(sam, NOW, NOW + HOUR)
        assert "case" in lines(say(sam, folder))
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-m", "calmdesk", "merge", "--follow", str(folder)]
        follower = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        try:
            assert follower.stdout is not None
            assert "1 new" in follower.stdout.readline()
            with opened(places()) as beside:
                until = time.monotonic() + 120
                while (tending.waiting(beside) or rolled(beside) < 3) and time.monotonic() < until:
                    time.sleep(0.1)
                assert (tending.waiting(beside), rolled(beside)) == (0, 3)
                assert set(shared(sam)["case"]) < set(shared(beside)["case"])
            app = Store.open(home, ZONE)
            assert app.owner
            app.close()
        finally:
            follower.send_signal(signal.SIGINT)
            follower.communicate(timeout=60)
