"""The real app beside a softphone: it rings, is answered, is held, is hung up; and what the record
has of it."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from calmdesk.guide.listening import Kind
from calmdesk.guide.stages import Stage
from calmdesk.phone.spool import put
from calmdesk.records import people
from calmdesk.records.phone_calls import LISTED
from calmdesk.records.store import Store
from calmdesk.screens.desk import DeskScreen
from tests.made_once import fresh
from tests.phone.at_the_phone import Softphone
from tests.player import SAM, SATURDAY, ZONE, Player, playing
from tests.telling import tell

NOW = SATURDAY.astimezone(UTC)
DANA = "+1 415 555 0134"
OTHER = "+4940987654"


def know_dana(home: Path, name: str = "Dana Reyes") -> None:
    """Dana was promised a call for yesterday, and nobody rang."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    tell(store, NOW - timedelta(days=3), NOW - timedelta(days=1), name=name, number=DANA)
    store.close()


def know_dana_and_milo(home: Path) -> None:
    """Milo has her number, too."""
    know_dana(home)
    store = Store.open(home / "calmdesk.db", ZONE)
    tell(store, NOW - timedelta(days=2), None, name="Milo Reyes", number=DANA)
    store.close()


def say_while_closed(
    home: Path, *said: tuple[str, float], number: str = DANA, key: str = ""
) -> None:
    """What the hook leaves while calmdesk is closed: kinds, and seconds before it is opened."""
    for kind, ago in said:
        put(str(home / "phone-spool.db"), kind, key, number, "", "hook", NOW.timestamp() - ago)


async def opened(player: Player) -> Softphone:
    """The softphone of a player whose app has acted on what lay there."""
    phone = Softphone(player)
    await phone.heard()
    return phone


async def test_a_whole_call_without_a_key(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        focused = player.app.focused
        await phone.says("ring", name="Erika Muster")
        assert "rings 0:00  Erika Muster  +493012345678" in player.text()
        assert player.app.focused is focused
        await phone.says("answer")
        assert "rings 0" not in player.text()
        assert "the phone shows Erika Muster" in player.text()
        assert player.call.caller.number == "+493012345678"
        await phone.says("hold")
        assert player.call.held
        player.wind(9)
        await phone.says("resume")
        assert player.call.seconds(Kind.HOLD, player.clock.now()) == 10
        await phone.says("hangup")
        assert player.call.ended_at is not None
        assert phone.log == ["rings", "answered", "on hold", "back", "ended"]
    async with playing(tmp_path) as player:
        assert player.call.stage is Stage.WRAP_UP


async def test_the_broken_promise_stands_there_before_hello(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number=DANA)
        banner = player.text().split("Ready")[0]
        assert "Dana Reyes  +1 415 555 0134  call 2" in banner
        assert "! promised ring with the plate status" in banner
        assert "1 day late" in banner
        assert "f12" not in banner, "there is no call yet to make part of it"
        await phone.says("answer", number=DANA)
        assert "f12 same matter" in player.text()
        await player.press("f12")
        assert player.call.joined


async def test_two_who_share_a_number_are_offered_and_not_guessed(tmp_path: Path) -> None:
    know_dana_and_milo(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number=DANA)
        assert "maybe Dana Reyes (! promise missed) · Milo Reyes" in player.text()
        await phone.says("answer", number=DANA)
        assert "maybe Dana Reyes · Milo Reyes" in player.text()
        assert player.call.caller.name == ""


async def test_a_missed_call_is_a_line_with_a_call_back_and_no_case(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring")
        player.wind(11)
        await phone.says("hangup")
        assert "missed, rang 12 s" in player.text()
        await player.press("k")
        assert "missed, rang 12 s" not in player.text()
        await player.press("u")
        assert "missed, rang 12 s" in player.text()
        await player.press("enter")
        assert player.call.caller.number == "+493012345678"
        assert player.call.stage is Stage.CONVEY
        await player.press("ctrl+g", "d")
        assert "missed, rang 12 s" not in player.text()


async def test_what_was_not_rung_back_after_all_is_missed_still(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup", number=DANA)
        await player.press("home", "down", "enter")
        assert player.call.back is not None, "on the case that is open"
        assert "ring with the plate status" in player.text()
        player.screen.never_rung()
        await player.quiet()
        assert isinstance(player.app.screen, DeskScreen)
        assert "missed, rang 1 s" in player.text()


async def test_a_call_while_calmdesk_was_closed_is_told_and_can_be_written_down(
    tmp_path: Path,
) -> None:
    know_dana(tmp_path)
    say_while_closed(tmp_path, ("ring", 900), ("answer", 892), ("hangup", 700))
    async with playing(tmp_path) as player:
        await opened(player)
        assert isinstance(player.app.screen, DeskScreen)
        assert "call while calmdesk was closed, 3:12" in player.text()
        await player.press("home", "down", "enter")
        call = player.call
        assert call.stage is Stage.WRAP_UP
        assert call.ended_at is not None
        assert (call.ended_at - call.answered_at).total_seconds() == 192


async def test_a_call_of_yesterday_whose_end_was_never_told_is_not_on_today(tmp_path: Path) -> None:
    know_dana(tmp_path)
    say_while_closed(tmp_path, ("ring", 60_010), ("answer", 60_000))
    async with playing(tmp_path) as player:
        phone = await opened(player)
        assert isinstance(player.app.screen, DeskScreen)
        assert "call while closed, length unknown" in player.text()
        await phone.says("ring", "answer", number=DANA)
        assert player.call.answered_at > NOW


async def test_an_old_ring_never_pops_and_a_young_one_does(tmp_path: Path) -> None:
    say_while_closed(tmp_path, ("ring", 200))
    say_while_closed(tmp_path, ("ring", 5), number=OTHER)
    async with playing(tmp_path) as player:
        await opened(player)
        assert "rings 0:05  +4940987654" in player.text()
        assert player.text().count("rings 0:") == 1
        await player.app.phone_room.a_second()  # type: ignore[union-attr]
        await player.quiet()
        assert "unclear whether answered" in player.text()


async def test_what_still_rings_is_shown_again_after_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await Softphone(player).says("ring")
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = await opened(player)
        assert "rings 0:01" in player.text()
        await phone.says("answer")
        assert player.call.answered_at == clock.now() - timedelta(seconds=1)


async def test_a_call_that_ended_while_calmdesk_was_closed_opens_in_its_wrap_up(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=DANA)
        contact = player.call.contact_id
        clock = player.clock
    say_while_closed(tmp_path, ("hangup", -5))
    clock.wind(20)
    async with playing(tmp_path, clock=clock) as player:
        await opened(player)
        assert player.call.contact_id == contact
        assert player.call.stage is Stage.WRAP_UP
        assert player.call.ended_at == NOW + timedelta(seconds=5)


async def test_what_was_acted_on_before_a_crash_is_not_done_again(tmp_path: Path) -> None:
    """Killed before it could let go of the events: they come again, and change nothing."""
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        phone.lets_go_of_nothing()
        await phone.says("ring", "hangup", number=OTHER)
        await phone.says("ring", "answer", "hold", number=DANA)
        contact, clock = player.call.contact_id, player.clock
    async with playing(tmp_path, clock=clock) as player:
        await opened(player)
        assert player.call.contact_id == contact
        assert player.call.held
        await player.press("ctrl+g", "d")
        assert player.text().count("missed, rang 1 s") == 1


async def test_ctrl_n_takes_the_call_that_rings_and_the_phones_answer_is_the_same_call(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number=DANA)
        await player.press("ctrl+n")
        contact = player.call.contact_id
        assert player.call.caller.number == DANA
        await phone.says("answer", number=DANA)
        assert player.call.contact_id == contact
        await phone.says("hangup", number=DANA)
        assert player.call.stage is Stage.WRAP_UP


async def test_the_phones_answer_is_of_the_call_that_a_key_began(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await player.press("ctrl+n")
        await player.note("the flyers never came")
        contact = player.call.contact_id
        await phone.says("answer", number=DANA)
        assert player.call.contact_id == contact
        assert player.call.caller.number == DANA
        assert "! promised" in player.text() or "1 day late" in player.text()
        await phone.says("hangup", number=DANA)
        assert player.call.stage is Stage.WRAP_UP


async def test_a_second_call_waits_as_a_banner_and_each_keeps_its_own(tmp_path: Path) -> None:
    know_dana(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await player.note("the first caller's words")
        await player.write("half ty")
        first = player.call
        focused = player.app.focused
        await phone.says("ring", number=DANA)
        assert "rings 0:00  Dana Reyes" in player.text()
        assert "! promised ring with the plate status" in player.text()
        assert player.app.focused is focused
        await phone.says("answer", number=DANA)
        second = player.call
        assert second is not first
        assert first.held
        assert "on hold 0:00  +4940987654" in player.text()
        assert "the first caller's words" not in player.text()
        await player.note("the second caller's words")
        await phone.says("hangup", number=DANA)
        assert player.call.contact_id == second.contact_id
        assert second.stage is Stage.WRAP_UP
        await phone.says("resume", number=OTHER)
        assert player.call.contact_id == first.contact_id
        assert not player.call.held
        assert "the first caller's words" in player.text()
        assert "half ty" in player.text()
        await phone.says("hangup", number=OTHER)
        await player.press("ctrl+n", "ctrl+g", "d")
        assert "To finish" in player.text(), "the wrap-up of the second is not lost"


async def test_who_hangs_up_on_hold_leaves_a_wrap_up_behind(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", "answer", number=DANA)
        second = player.call
        await phone.says("hangup", number=OTHER)
        assert player.call.contact_id == second.contact_id
        await phone.says("hangup", number=DANA)
        await player.press("ctrl+g", "d")
        assert "To finish" in player.text()
        assert OTHER in player.text()


async def test_both_live_calls_are_there_after_a_restart(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=OTHER)
        await phone.says("ring", "answer", number=DANA)
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        phone = Softphone(player)
        assert player.call.caller.number == DANA
        await phone.says("hangup", number=DANA)
        await player.press("ctrl+n")
        assert player.call.caller.number == OTHER
        assert player.call.held


@pytest.mark.parametrize(
    "name",
    ["Mr [/b] O'Hara [urgent]", "\x1b[31mred\x07", "a" * 5_000, "‮evil", "\ud800 half"],
)
async def test_what_a_stranger_calls_themselves_is_only_text(tmp_path: Path, name: str) -> None:
    async with playing(tmp_path, size=(48, 30)) as player:
        phone = Softphone(player)
        await phone.says("ring", name=name, number="[red]+1 415[/]")
        assert "rings 0:00" in player.text()
        await phone.says("answer", name=name, number="[red]+1 415[/]")
        assert player.call.caller.number == "[red]+1 415[/]"


async def test_a_withheld_number_is_nobodys(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number="anonymous", name="Anonymous")
        assert "number withheld" in player.text()
        await phone.says("hangup", number="anonymous")
        assert "number withheld" in player.text(), "the line to ring back"
        await player.press("home", "enter")
        assert isinstance(player.app.screen, DeskScreen)
        await phone.says("ring", "answer", number="anonymous", name="Anonymous")
        assert player.call.caller.number == ""
        assert player.screen.match is None


async def test_a_wrap_up_is_parked_when_the_next_call_is_answered(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", "hangup", number=OTHER)
        wrapped = player.call
        await phone.says("ring", number=DANA)
        assert player.call is wrapped
        await phone.says("answer", number=DANA)
        assert player.call is not wrapped
        await player.press("ctrl+g", "d")
        assert "To finish" in player.text()


async def test_a_hold_that_is_heard_of_late_has_its_own_time(tmp_path: Path) -> None:
    said = (("answer", 600), ("hold", 480), ("resume", 120))
    say_while_closed(tmp_path, *said)
    async with playing(tmp_path) as player:
        await opened(player)
        assert player.call.seconds(Kind.HOLD, player.clock.now()) == 360
        assert player.call.seconds(Kind.LISTEN, player.clock.now()) == 240


async def test_what_the_phone_said_is_there_again_after_a_click_in_the_softphone(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", name="Erika Muster")
        player.app.app_focus = False
        await player.quiet()
        assert "you are typing elsewhere" in player.text()
        player.app.app_focus = True
        await player.quiet()
        assert "the phone shows Erika Muster" in player.text()


async def test_who_was_spoken_with_since_need_not_be_rung_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup")
        await phone.says("ring", "hangup", number=OTHER)
        assert player.text().count("missed, rang 1 s") == 2
        await phone.says("ring", "answer")
        await player.press("ctrl+g", "d")
        assert player.text().count("missed, rang 1 s") == 1


async def test_who_rang_three_times_in_vain_is_one_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        for number in ("+49 30 12345678", "+493012345678", "0049 30 12345678"):
            await phone.says("ring", "hangup", number=number)
        await phone.says("ring", "hangup", number="")
        await phone.says("ring", "hangup", number="")
        assert "missed, rang 3 times" in player.text()
        assert player.text().count("number withheld") == 2, "nobody knows that these are one"
        await player.press("end", "k")
        assert "+49" not in player.text(), "all three are dealt with"
        await player.press("u", "enter")
        await player.press("ctrl+g", "d")
        assert "+49" not in player.text(), "and rung back with one call"


async def test_how_many_more_rang_in_vain_is_told(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 60)) as player:
        phone = Softphone(player)
        for number in range(LISTED + 3):
            await phone.says("ring", "hangup", number=f"+49301234567{number:02}")
        assert player.text().count("missed, rang 1 s") == LISTED
        assert "3 more" in player.text()


async def test_dealing_with_two_missed_calls_is_taken_back_one_by_one(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup")
        await phone.says("ring", "hangup", number=OTHER)
        await player.press("home", "k", "k")
        assert "missed" not in player.text()
        await player.press("u", "u")
        assert player.text().count("missed, rang 1 s") == 2


async def test_a_caller_who_is_answered_without_a_ring_is_offered_too(tmp_path: Path) -> None:
    know_dana_and_milo(tmp_path)
    async with playing(tmp_path) as player:
        await Softphone(player).says("answer", number=DANA)
        assert "maybe Dana Reyes · Milo Reyes" in player.text()


async def test_the_latest_ring_is_the_one_that_is_taken(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number=OTHER)
        await phone.says("ring", number=DANA)
        taken = [line for line in player.text().splitlines() if "takes it" in line]
        assert len(taken) == 1
        assert DANA in taken[0]
        await player.press("ctrl+n")
        assert player.call.caller.number == DANA
