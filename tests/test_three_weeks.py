"""Three weeks of one case: two changes of the clocks, a holiday weekend, a promise that is missed and
one that is kept, a voicemail, a remedy that never came, a cause, and a change that is proven."""

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from calmdesk.clock import HandClock
from calmdesk.commands import app as commands
from calmdesk.errors import Refused
from calmdesk.guide import afterwards as f
from calmdesk.records import actions, browse, follow_through, learning
from calmdesk.screens.promises import PromisesScreen
from calmdesk.settings import Settings
from calmdesk.working_hours import WorkingHours
from tests.player import ZONE, Player, playing

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 10, 9, 15, 0, tzinfo=ZONE)
"""The Friday before Columbus Day, in New York. London changes its clocks on 25 October, New York on
1 November."""
AMERICAN = Settings(company="Printco", hours=WorkingHours(holidays="US"))


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the record holds."""
    with sqlite3.connect(home / "calmdesk.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


async def until(player: Player, when: datetime) -> None:
    """Let time pass until an instant, and the screen see it."""
    player.wind((when - player.clock.now()).total_seconds())
    await player.tick()
    await player.press("ctrl+g", "d")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A time of that year on New York's wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def choose(player: Player, id: str, value: str) -> None:
    """Choose in a line of choices, with the keys."""
    line: Any = player.screen.query_one(f"#{id}")
    player.screen.set_focus(line)
    values = [choice for choice, _ in line.choices]
    while values[line.mark] != value:
        await player.press("right")
    await player.press("enter")


async def test_three_weeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock(FRIDAY, ZONE)
    async with playing(tmp_path, clock=clock, settings=AMERICAN, size=(110, 40)) as player:
        await _first_call(player)
        await _finding_out(player)
        await _missed_and_sorry(player, tmp_path)
        await _kept(player, tmp_path)
        await _voicemail(player, tmp_path)
        await _reached_and_not_arrived(player, tmp_path)
        await _closed(player, tmp_path)
        await _mended(player, tmp_path)

    monkeypatch.setenv("CALMDESK_HOME", str(tmp_path))
    told = CliRunner().invoke(
        commands, ["report", "--from", "2026-10-09", "--to", "2026-11-10", "--format", "json"]
    )
    assert told.exit_code == 0, told.output
    report = json.loads(told.stdout)
    assert "Sam" not in told.stdout, "no agent is named"
    assert report["promises"]["missed"] == 1
    (ref,) = rows(tmp_path, "SELECT ref FROM \"case\" WHERE joined_to = ''")[0]
    shown = CliRunner().invoke(commands, ["show", ref])
    for words in (
        "apologised for our part",
        "rang them: voicemail",
        "did it arrive? no",
        "cause:",
        "closed",
    ):
        assert words in shown.stdout


async def _first_call(player: Player) -> None:
    """Friday afternoon: nobody can say yet, and the ring-back skips the holiday weekend."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, Reyes Dance School, +44 20 7946 0134")
    await player.press("ctrl+t", "4")
    await player.note("flyers never came")
    await player.note("$ wants her flyers")
    await player.note("/wrap")
    await player.note("/outcome investigating")
    assert "ring back with what I found, Tue 13 Oct 10:00" in player.text(), "Monday is no workday"
    await player.press("ctrl+s")
    assert player.app.place.live is None


async def _finding_out(player: Player) -> None:
    """Somebody is asked, and answers; a fact has its source."""
    await until(player, at(10, 13, 9))
    await player.press("r")
    for key, typed in (("a", ("the print room", "did her plate pass?")), ("f", None)):
        await player.press(key)
        for words in typed or ("the plate failed on Thursday", "production log"):
            await player.write(words)
            await player.press("enter")
        if typed:
            await player.press("down", "enter")  # no note is needed
    await player.press("n")
    await player.write("it failed, and was remade")
    await player.press("enter")
    shown = player.text()
    assert "answered: it" in shown
    assert "was remade" in shown
    assert "production log" in shown


async def _missed_and_sorry(player: Player, home: Path) -> None:
    """Wednesday: she rings herself. The missed promise leads, and is owned; a new deal is made."""
    await until(player, at(10, 14, 11))
    assert "1 day late" in player.text()
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, +44 20 7946 0134")
    assert "! promise missed" in player.text()
    await player.press("f12", "f2", "f2")
    await player.note("/own")
    await player.note("/fault ours")
    await player.note("$ the flyers, at last")
    await player.press("ctrl+r")
    await player.write("reprint by courier, 45")
    await player.press("enter")
    await player.note("/settle yes")
    await player.note("+ the reprint arrives tue 15:00 theirs")
    (promise,) = player.call.promises
    assert promise.due == datetime(2026, 10, 20, 15, 0, tzinfo=LONDON)
    await player.note("/follow thu 22 oct 11:00")
    await player.note("/agreed")
    await player.note("# late delivery")
    await player.note("/wrap")
    await player.press("ctrl+s")
    await player.press("ctrl+g", "p")
    screen: Any = player.app.screen
    assert isinstance(screen, PromisesScreen)
    await player.press("home", "m")
    await player.write("nobody was reminded")
    await player.press("ctrl+s")
    assert rows(home, "SELECT state, reason FROM promise WHERE kind = 'return call'") == [
        ("missed", "nobody was reminded")
    ]


async def _kept(player: Player, home: Path) -> None:
    """Monday: it is there a day early, and leaves the list."""
    await until(player, at(10, 19, 16))
    assert "the reprint arrives" in player.text()
    await player.press("home", "k")
    assert rows(home, "SELECT state, missed_once FROM promise WHERE kind = 'promise'") == [
        ("kept", 0)
    ]
    assert rows(home, "SELECT status FROM \"case\" WHERE joined_to = ''") == [("closed",)]


async def _voicemail(player: Player, home: Path) -> None:
    """Thursday: a voicemail is a try and no contact; the next is on Monday, when London's clocks
    have changed and New York's have not."""
    await until(player, at(10, 22, 11, 5))
    await player.press("home", "enter")
    assert "16:00 theirs" in player.text(), "five hours apart"
    await choose(player, "try", "voicemail")
    again: Any = player.screen.query_one("#again")
    player.screen.set_focus(again)
    again.value = ""
    await player.write("mon 26 oct 11:00")
    assert "15:00 theirs" in player.text(), "four hours apart"
    await player.press("ctrl+s")
    assert rows(home, "SELECT result FROM attempt") == [("voicemail",)]
    assert rows(home, "SELECT status FROM \"case\" WHERE joined_to = ''") == [("closed",)]


async def _reached_and_not_arrived(player: Player, home: Path) -> None:
    """Monday: reached, and it never came. The case is open again, with a new promise."""
    await until(player, at(10, 26, 11, 1))
    await player.press("home", "enter")
    assert "1 in vain, last voicemail" in player.text()
    await choose(player, "try", "reached")
    (offer,) = rows(home, "SELECT id FROM offer WHERE amount > 0")[0]
    await choose(player, f"given-{offer}", "no")
    await choose(player, "held", "not held")
    assert rows(home, "SELECT status, told_at FROM \"case\" WHERE joined_to = ''") == [
        ("open", None)
    ]
    await player.press("f4")
    await player.note("the courier left it at another school")
    await player.note("+ the flyers are handed to her mon 2 nov 15:00 theirs")
    (promise,) = player.call.promises
    assert promise.due == at(11, 2, 10), "New York has changed by then: five hours apart again"
    await player.note("/follow tue 3 nov 11:00")
    await player.note("/agreed")
    await player.note("/wrap")
    await player.press("ctrl+s")
    assert rows(home, "SELECT status FROM \"case\" WHERE joined_to = ''") == [("open",)]


async def _closed(player: Player, home: Path) -> None:
    """It is handed to her; she is reached, it held, and the case closes."""
    await until(player, at(11, 2, 9, 50))
    assert "in 10 min" in player.text()
    await player.press("home", "k")
    await until(player, at(11, 3, 11))
    await player.press("home", "enter")
    await choose(player, "try", "reached")
    (offer,) = rows(home, "SELECT id FROM offer WHERE amount > 0")[0]
    await choose(player, f"given-{offer}", "yes")
    await choose(player, "held", "held")
    await player.press("f4", "ctrl+s")
    assert rows(home, "SELECT status, outcome FROM \"case\" WHERE joined_to = ''") == [
        ("closed", "it held")
    ]
    assert rows(home, "SELECT count(*) FROM event WHERE kind = 'answered'") == [(5,)]


async def _mended(player: Player, home: Path) -> None:
    """The cause is counted; a change is made, and closes only with the proof that it helped."""
    desk, now = player.app.desk, player.clock.now
    (case_id,) = rows(home, "SELECT id FROM \"case\" WHERE joined_to = ''")[0]
    await desk.ask(follow_through.happen, case_id, f.CauseFound("carrier", ("no_update",)), now())
    found = await desk.look(learning.pareto, FRIDAY, now(), now())
    assert [(line.cause, line.cases) for line in found if line.cases] == [("carrier", 1)]
    due = at(11, 6, 17)
    await desk.ask(
        actions.open_action, "a", "carrier", "a name on each label", "dispatch", due, now()
    )
    with pytest.raises(Refused, match="checked"):
        await desk.ask(actions.close_action, "a", now())
    check = now() + timedelta(days=31)
    await desk.ask(actions.action_done, "a", check, 30, now())
    with pytest.raises(Refused):
        await desk.ask(actions.check_action, "a", "it fell", now())
    with pytest.raises(Refused):
        await desk.ask(actions.close_action, "a", now())
    player.wind(timedelta(days=31).total_seconds())
    line = await desk.ask(actions.check_action, "a", "no parcel went astray since", now())
    assert (line.before, line.after) == (1, 0)
    await desk.ask(actions.close_action, "a", now())
    (closed,) = await desk.look(actions.actions, now())
    assert closed.closed_at is not None
    await player.press("ctrl+g", "l", "2")
    assert "1 → 0, fell" in player.text()
    whole = await desk.look(browse.whole, case_id, now())
    assert whole.line.status == "closed"
