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
from calmdesk.records import actions, browse, learning
from calmdesk.screens.promises import PromisesScreen
from calmdesk.settings import Settings
from calmdesk.words import one_line
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


@pytest.mark.timeout(900)  # half a minute of an idle machine
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
    await _cause_found(player, home)
    await _change_opened(player)
    await _closed_too_early(player)
    await _proven(player, home)


async def _cause_found(player: Player, home: Path) -> None:
    """On the case, as the supervisor reads it; Learn counts it over the days that are typed."""
    await until(player, at(11, 3, 11, 30))
    await player.press("ctrl+g", "y")
    assert "Day  ◂ Tue 3 Nov 2026 ▸" in player.text(), "today is another day by now"
    await player.press("g", "pageup", *["right"] * 6, "enter")
    assert "Day  ◂ Fri 9 Oct 2026 ▸" in player.text()
    await player.press("enter", "y")
    for words in ("lost or late on the way", "no word while it took longer"):
        await player.write(words)
        await player.press("enter")
    assert rows(home, "SELECT cause FROM \"case\" WHERE joined_to = ''") == [("carrier",)]
    assert rows(home, "SELECT cause FROM factor") == [("no_update",)]
    found = await player.app.desk.look(
        learning.pareto, FRIDAY, player.clock.now(), player.clock.now()
    )
    assert [(line.cause, line.cases) for line in found if line.cases] == [("carrier", 1)]
    await player.press("ctrl+g", "l", "f")
    await player.write("9 oct - 3 nov")
    await player.press("enter")
    shown = player.text()
    assert "◂ 9 Oct-3 Nov 2026 ▸" in shown
    assert "1" in next(line for line in shown.splitlines() if "lost or late on the way" in line)


async def _change_opened(player: Player) -> None:
    """From the cause to the change that removes it, with its owner and its time."""
    await player.press("a")
    for words in ("a name on each label", "dispatch", "fri 6 nov 17:00"):
        await player.write(words)
        await player.press("enter")
    (action,) = await player.app.desk.look(actions.actions, player.clock.now())
    assert (action.cause, action.change) == ("carrier", "a name on each label")
    assert (action.owner, action.due_at) == ("dispatch", at(11, 6, 17))
    assert "under way" in player.text()


async def _closed_too_early(player: Player) -> None:
    """Neither is a change that is not made closed, nor one that is made and not checked."""
    refused = "It cannot be closed before its effect was checked: did the cause fall?"
    await player.press("x")
    assert refused in one_line(player.text())
    await player.press("d")
    assert "30 days before and after · checked Thu 3 Dec 11:30" in player.text()
    await player.press("ctrl+s")
    assert refused not in one_line(player.text())
    await player.press("v")
    await player.write("it fell")
    await player.press("enter")
    assert "Its check is due on Thu 3 Dec 2026 11:30" in one_line(player.text())
    await player.press("escape", "x")
    assert refused in one_line(player.text())
    desk, now = player.app.desk, player.clock.now
    (action,) = await desk.look(actions.actions, now())
    with pytest.raises(Refused, match="Its check is due on Thu 3 Dec 2026 11:30"):
        await desk.ask(actions.check_action, action.id, "it fell", now())
    with pytest.raises(Refused, match="cannot be closed before its effect was checked"):
        await desk.ask(actions.close_action, action.id, now())
    assert action.closed_at is None


async def _proven(player: Player, home: Path) -> None:
    """A month later the cause is counted again, and the change closes."""
    player.wind(timedelta(days=31).total_seconds())
    await player.press("ctrl+g", "d", "ctrl+g", "l", "2")
    assert "check due" in player.text()
    await player.press("v")
    assert "as you left it" in player.text()
    await player.write(", no parcel went astray since")
    await player.press("enter")
    desk, now = player.app.desk, player.clock.now
    (line,) = await desk.look(actions.actions, now())
    assert (line.before, line.after) == (1, 0)
    assert line.finding == "it fell, no parcel went astray since"
    await player.press("x")
    (closed,) = await desk.look(actions.actions, now())
    assert closed.closed_at is not None
    assert "1 → 0, fell" in player.text()
    (case_id,) = rows(home, "SELECT id FROM \"case\" WHERE joined_to = ''")[0]
    whole = await desk.look(browse.whole, case_id, now())
    assert whole.line.status == "closed"
