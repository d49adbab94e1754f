"""A key and the telephone at one moment, in every order that the loop may give them: one call is one
call, and none is lost."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path

import pytest

from calmdesk.phone.events import Kind, PhoneEvent
from calmdesk.phone.spool import put
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.phone_room import PhoneRoom
from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import DANA, OTHER
from tests.player import Player, playing


def room_of(player: Player) -> PhoneRoom:
    """What follows the telephone."""
    room = player.app.phone_room
    assert room is not None
    return room


async def begun(key: Awaitable[object], turns: int) -> asyncio.Future[object]:
    """A key was pressed, and the loop has turned so often since."""
    task = asyncio.ensure_future(key)
    for _ in range(turns):
        await asyncio.sleep(0)
    return task


@pytest.mark.parametrize("turns", [0, 2, 3, 4, 8, 20])
async def test_ctrl_n_and_an_answer_without_a_ring_are_one_call(tmp_path: Path, turns: int) -> None:
    async with playing(tmp_path) as player:
        room = room_of(player)
        answer = PhoneEvent(Kind.ANSWER, player.app.place.now(), "", DANA)
        key = await begun(player.app._press_keys(["ctrl+n"]), turns)
        room.then(lambda: room.take([answer]))
        await key
        await player.quiet()
        assert not player.app.call_room.waiting
        assert player.call.caller.number == DANA


async def test_ctrl_n_just_before_the_phone_says_all_of_it_is_that_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await player.app._press_keys(["ctrl+n"])
        await player.quiet()
        call, at = player.call, player.clock.now().timestamp()
        for kind in ("ring", "answer"):
            put(phone.file, kind, "", DANA, "", "hook", at)
        await phone.heard()
        assert player.call is call
        assert not player.app.call_room.waiting
        await phone.says("hangup", number=DANA)
        assert player.call.ended_at is not None


async def test_ctrl_n_once_too_often_brings_no_other_caller_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", number=DANA)
        await player.press("ctrl+n", "ctrl+n")
        assert player.call.caller.number == DANA
        assert not player.call.held
        player.wind(2)
        await player.press("ctrl+n")
        assert player.call.caller.number == OTHER, "that was meant"


@pytest.mark.parametrize("turns", [0, 1, 2, 5, 12, 20])
@pytest.mark.parametrize("number", [OTHER, ""])
async def test_who_hangs_up_while_they_are_brought_back_is_gone(
    tmp_path: Path, number: str, turns: int
) -> None:
    async with playing(tmp_path) as player:
        phone, room = Softphone(player), room_of(player)
        await phone.says("ring", "answer", number=number, key="A")
        first = player.call
        await phone.says("ring", "answer", "hangup", key="B")
        back = await begun(player.app.call_room.back_to_waiting(), turns)
        room.then(room.a_second)
        hangup = PhoneEvent(Kind.HANGUP, player.app.place.now(), "A", number)
        room.then(lambda: room.take([hangup]))
        await back
        await player.quiet()
        assert first.ended_at is not None


@pytest.mark.parametrize("turns", [0, 1, 2, 5, 12, 20])
async def test_saving_as_the_next_call_is_answered_takes_that_one_down_by_no_means(
    tmp_path: Path, turns: int
) -> None:
    async with playing(tmp_path) as player:
        phone, room = Softphone(player), player.app.call_room
        await phone.says("ring", "answer", "hangup", number=OTHER)
        await player.press("enter")
        saved = player.screen
        at = player.app.place.now() + timedelta(seconds=5)
        key = await begun(saved.action_save(), turns)
        await room.answered(DANA, at, {saved.call.contact_id})
        await key
        await player.quiet()
        assert room.screen is player.app.screen
        assert player.call.caller.number == DANA
        await player.press("ctrl+g", "d")
        assert ("To finish" in player.text()) == (not saved.call.finished)


@pytest.mark.parametrize("turns", range(0, 40, 5))
async def test_the_private_minutes_open_over_no_call(tmp_path: Path, turns: int) -> None:
    async with playing(tmp_path) as player:
        phone, room = Softphone(player), player.app.call_room
        await phone.says("ring", "answer", number=OTHER)
        await player.note("/shaken")
        await phone.says("hangup", number=OTHER)
        await player.note("/outcome explained")
        saved = player.screen
        at = player.app.place.now() + timedelta(seconds=5)
        key = await begun(saved.action_save(), turns)
        await room.answered(DANA, at, {saved.call.contact_id})
        await key
        await player.quiet()
        assert player.call.caller.number == DANA
        assert player.app._screen_stacks["call"] == [room.screen]


async def test_a_place_that_was_offered_and_is_gone_leads_to_the_desk(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", "hangup", number=OTHER)
        await player.press("ctrl+g", "y", "ctrl+g")
        await phone.says("ring", "answer", number=DANA)
        assert player.call.caller.number == DANA
        assert len(player.app._screen_stacks["day"]) == 1, "no box waits there"
        await player.app.go("call")
        assert player.app.screen is player.app.call_room.screen
        await player.app.call_room.close(player.call.contact_id)
        await player.app.go("call")
        assert isinstance(player.app.screen, DeskScreen)


async def test_keys_and_the_phone_at_the_same_moment_lose_no_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", "answer", number=DANA)
        player.wind(2)
        room = player.app.call_room
        await asyncio.gather(
            room.answered("0301", player.app.place.now() + timedelta(seconds=5), ()),
            player.app.action_take_call(),
        )
        await player.quiet()
        assert room.screen is player.app.screen
        assert {DANA, OTHER, "0301"} == {
            it.caller.number for it in [*room.waiting.calls, player.call]
        }
        assert [it.held for it in room.waiting.calls] == [True, True]


async def test_saving_while_the_next_call_is_answered_loses_none(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", "answer", "hangup", number=DANA)
        room = player.app.call_room
        at = player.app.place.now() + timedelta(seconds=5)
        saved = player.call.contact_id
        await asyncio.gather(room.close(saved), room.answered("0301", at, ()))
        await player.quiet()
        assert room.screen is player.app.screen
        assert {OTHER, "0301"} == {it.caller.number for it in [*room.waiting.calls, player.call]}


# -- events that come late, twice, or under an id that another call had ------------------------


async def test_a_ring_that_comes_after_its_answer_is_no_second_call(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("answer", "ring", number=DANA)
        player.wind(60)
        await phone.says("hangup", number=DANA)
        assert player.call.ended_at is not None


@pytest.mark.parametrize("before", [("ring", "hangup"), ("ring", "answer", "hangup")])
async def test_an_id_that_the_next_caller_has_at_once_is_theirs(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says(*before, number=OTHER, key="line 1")
        await phone.says("ring", number=DANA, key="line 1")
        assert "rings 0:0" in player.text()
        await phone.says("answer", number=DANA, key="line 1")
        assert player.call.caller.number == DANA
        await phone.says("hangup", number="", key="line 1")
        assert player.call.ended_at is not None


async def test_the_end_of_a_withheld_call_is_heard_though_one_before_never_ended(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number="")
        player.wind(60)
        await phone.says("ring", "answer", "hangup", number="")
        assert player.call.ended_at is not None
        await player.press("ctrl+g", "d")
        assert "unclear whether answered" in player.text()


async def test_who_is_answered_ten_minutes_into_a_call_of_a_keys_is_somebody_else(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await player.press("ctrl+n")
        first = player.call
        player.wind(600)
        await phone.says("answer", number=DANA)
        assert player.call is not first
        assert first.caller.number == ""


# -- a made-up caller ---------------------------------------------------------------------------


async def made_up(phone: Softphone) -> None:
    """`calmdesk phone test` lets one ring, and is ended before it can tell the end."""
    at = phone.player.clock.now().timestamp()
    put(phone.file, "ring", "test-1", "+15550100", "A test caller", "test", at)
    await phone.heard()
    assert "A test caller" in phone.player.text()


async def test_a_made_up_caller_does_not_ring_for_long(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await made_up(Softphone(player))
        player.wind(10)
        await room_of(player).a_second()
        await player.quiet()
        assert "A test caller" not in player.text()


async def test_a_made_up_caller_is_nobody_to_take(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await made_up(Softphone(player))
        await player.press("ctrl+n")
        assert "A test caller" not in player.text()
        assert player.app.call_room.screen is None


# -- a fault of ours, and what was left ----------------------------------------------------------


async def test_a_fault_of_ours_is_told_and_the_telephone_is_followed_on(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone, room = Softphone(player), room_of(player)

        async def fault() -> None:
            raise KeyError(DANA)

        room.then(fault)
        await player.quiet()
        assert "The telephone was not followed (KeyError in" in player.text()
        assert DANA not in player.text()
        await phone.says("ring", number=OTHER)
        assert "rings 0:00" in player.text()
        assert "not followed" not in player.text()


async def test_a_call_that_was_saved_is_not_begun_again_by_what_was_not_let_go_of(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        phone.lets_go_of_nothing()
        await phone.says("ring", "answer", number=DANA)
        await player.note("/wrap")
        await player.press("enter", "ctrl+s")
        assert player.app.call_room.screen is None
        player.wind(1800)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        await Softphone(player).heard()
        assert player.app.call_room.screen is None
        assert "missed" not in player.text()


async def test_a_ring_too_old_to_be_shown_is_not_what_ctrl_n_takes(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        at = player.clock.now().timestamp()
        put(phone.file, "ring", "", OTHER, "", "hook", at - 150)
        await phone.heard()
        await player.press("ctrl+n")
        assert player.call.caller.number == ""
