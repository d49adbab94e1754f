"""A time far ahead, or over, outlives the forms that are filled with it, through the pilot."""

from datetime import datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from calmdesk.clock import HandClock
from calmdesk.guide import happenings as h
from calmdesk.screens.promise import PromiseScreen
from tests.player import ZONE, Player, playing
from tests.test_case_work import a_case, choose, fill, whole

JUNE = datetime(2026, 6, 3, 9, 30, tzinfo=ZONE)
"""A Wednesday."""


async def at_agree(player: Player, *notes: str) -> None:
    """A call with these notes, at its last stage before the wrap-up."""
    await player.press("ctrl+n")
    for note in notes:
        await player.note(note)
    for _ in range(4):
        await player.press("f4")


@pytest.mark.parametrize(
    ("note", "later", "shown"),
    [
        ("+ send the proof 1 sep 2026 12:00", 0, "tue 1 sep 2026 12:00"),
        ("+ send the proof +5m", 600, "wed 3 jun 09:35"),
    ],
    ids=["far", "over"],
)
async def test_a_promise_that_is_ticked_keeps_its_time(
    tmp_path: Path, note: str, later: int, shown: str
) -> None:
    async with playing(tmp_path, size=(120, 40), clock=HandClock(JUNE, ZONE)) as player:
        await at_agree(player, note)
        (before,) = player.call.promises
        player.wind(later)
        player.screen.query_one("#promises").focus()
        await player.press("down", "enter")
        box = player.app.screen
        assert isinstance(box, PromiseScreen)
        assert box.query_one("#promise-when", Input).value == shown
        box.set_focus(box.query_one("#promise-feasible"))
        await player.press("space", "ctrl+s")
        (promise,) = player.call.promises
        assert promise.feasible
        assert promise.due == before.due is not None


async def test_a_follow_up_far_ahead_can_be_mended_where_it_stands(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, size=(120, 40), clock=HandClock(JUNE, ZONE)) as player:
        await at_agree(player, "@ Dana Reyes", "/follow 1 sep 2026 11:00")
        assert player.call.follow_up is not None
        due = player.call.follow_up.due
        field = player.screen.query_one("#follow", Input)
        assert field.value == "tue 1 sep 2026 11:00"
        field.focus()
        field.value = field.value.replace("11:00", "12:00")
        await player.press("enter")
        assert (player.call.follow_up.due - due).total_seconds() == 3600


async def test_the_next_of_two_reports_far_apart_is_told_as_it_stands(tmp_path: Path) -> None:
    async with playing(tmp_path, clock=HandClock(JUNE, ZONE)) as player:
        await a_case(player)
        await player.press("p")
        await fill(player, "tell-what", "a word on the reprint")
        await fill(player, "tell-when-typed", "14 aug 2026 14:00")
        await choose(player, "tell-kind", 2)
        await choose(player, "tell-how", 1)
        await player.press("ctrl+s")
        await player.press("k", "down", "enter")
        field = player.app.screen.query_one("#tell-when-typed", Input)
        assert field.value == "mon 26 oct 2026 18:00"
        await choose(player, "tell-how", 0)
        await player.press("ctrl+s")
        reports = [p for p in (await whole(player)).promises if p["kind"] == "progress report"]
        assert [p["state"] for p in reports] == ["kept", "open"]


async def test_a_time_entered_at_the_wrap_up_is_the_one_that_is_saved(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40), clock=HandClock(JUNE, ZONE)) as player:
        await player.press("ctrl+n")
        player.screen.did(h.Promised("p", "send a proof"))
        await player.quiet()
        await player.note("/wrap")
        field = player.screen.query_one("#when-p", Input)
        player.screen.set_focus(field)
        await player.write("tue 9")
        await player.press("enter")
        (promise,) = player.call.promises
        due = promise.due
        assert due == datetime(2026, 6, 9, 9, tzinfo=ZONE)
        assert field.value == "tue 9 jun 09:00"
        call = player.call
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        assert call.promises[0].due == due
