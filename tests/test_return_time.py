"""An investigating case keeps a time at which they are rung, through the pilot (S50, S82)."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from calmdesk.guide.happenings import Promised
from calmdesk.guide.outcome import Outcome
from calmdesk.records import browse, follow_through, people
from calmdesk.records.case_rows import CaseWhole
from calmdesk.records.store import Store
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.tell_promise import TellPromise
from calmdesk.widgets.choice_line import ChoiceLine
from tests.made_once import fresh
from tests.player import SAM, SATURDAY, ZONE, Player, playing
from tests.telling import Telling, tell
from tests.test_sizes import SIZES, assert_whole

NOW = SATURDAY.astimezone(UTC)
HOUR = timedelta(hours=1)
MONDAY = datetime.combine(SATURDAY.date() + timedelta(days=2), time(12), ZONE)
"""Noon in New York is nine in the morning for them, in San Francisco."""


def investigating(
    home: Path, promises: int = 1, outcome: Outcome = Outcome.INVESTIGATING
) -> Telling:
    """A case of Sam's in which they wait for a return call."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    told = tell(store, NOW - 2 * HOUR, NOW - HOUR, "ring back", outcome=outcome)
    if promises > 1:
        more = Promised(store.new_id(NOW), "send the proof", NOW + 5 * HOUR, how="by phone")
        follow_through.happen(store, told.case_id, more, NOW - HOUR)
    store.close()
    return told


def kept(home: Path, told: Telling) -> CaseWhole:
    """The case in the record."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    whole = browse.whole(store, told.case_id, NOW)
    store.close()
    return whole


async def to_keys(player: Player, where: str) -> None:
    """To a place where a promise is settled with one key."""
    if where == "promises":
        await player.press("ctrl+g", "p")
    if where == "case":
        await player.press("r")


@pytest.mark.parametrize(
    ("where", "key"),
    [("desk", "k"), ("promises", "k"), ("promises", "m"), ("promises", "w"), ("case", "k")],
)
async def test_the_next_return_call_is_asked_for_when_the_last_one_is_settled(
    where: str, key: str, tmp_path: Path
) -> None:
    told = investigating(tmp_path)
    async with playing(tmp_path) as player:
        await to_keys(player, where)
        await player.press(key)
        if key != "k":
            await player.write("the press stood still")
            await player.press("enter")
        box = player.app.screen
        assert isinstance(box, TellPromise)
        assert "When do you ring back? An investigating case needs a time." in player.text()
        assert box.query_one("#tell-when-typed", Input).value == "mon 23 nov 12:00"
        box.set_focus(box.query_one("#tell-how", ChoiceLine))
        await player.press("enter", "ctrl+s")
        assert not isinstance(player.app.screen, TellPromise)
    (_, fresh) = kept(tmp_path, told).promises
    assert (fresh["state"], fresh["kind"]) == ("open", "return call")
    assert fresh["due_at"] == MONDAY


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_escape_leaves_it_and_the_desk_says_in_words_what_is_missing(
    size: tuple[int, int], tmp_path: Path
) -> None:
    investigating(tmp_path)
    async with playing(tmp_path, size=size) as player:
        await player.press("k")
        assert isinstance(player.app.screen, TellPromise)
        assert "needs a time." in player.text()
        assert_whole(player)
        await player.press("escape")
        assert isinstance(player.app.screen, DeskScreen)
        (row,) = [row for row in player.text().splitlines() if "no return time" in row]
        assert row.lstrip().startswith("!")
        assert "Dana Reyes" in row
        assert "no next step" not in player.text()


async def test_nothing_is_asked_while_another_time_stands_or_nobody_investigates(
    tmp_path: Path,
) -> None:
    investigating(tmp_path / "two", promises=2)
    async with playing(tmp_path / "two") as player:
        await player.press("ctrl+g", "p", "k")
        assert not player.app.screen.query("#tell-when")
        await player.press("k")
        assert player.app.screen.query("#tell-when"), "that was the last one"
    investigating(tmp_path / "agreed", outcome=Outcome.PARTLY_AGREED)
    async with playing(tmp_path / "agreed") as player:
        await player.press("k")
        assert isinstance(player.app.screen, DeskScreen)
        assert "no next step" in player.text()
