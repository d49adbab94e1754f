"""What stands on the screen of who rings, and of who is rung back, beside a softphone."""

from datetime import timedelta
from pathlib import Path

from calmdesk.guide.stages import Stage
from calmdesk.records import people
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.phone.at_the_phone import Softphone
from tests.phone.test_calls import DANA, NOW, know_dana_and_milo, opened, say_while_closed
from tests.player import SAM, ZONE, playing
from tests.telling import tell

NORA = "+14155550111"


async def test_who_never_gave_a_name_gets_the_story_back_by_the_number(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", number=NORA)
        await player.note("$ invoice doubled")
        await player.note("+ send the corrected invoice 17:50")
        await phone.says("hangup", number=NORA)
        await player.press("1", "ctrl+s")
        await phone.says("ring", number="+1 415 555 0111")
        banner = player.text().split("Ready")[0]
        assert "rings 0:00  +1 415 555 0111  call 2" in banner
        assert "asked invoice doubled" in banner
        assert "promised send the corrected invoice" in banner
        await phone.says("answer", number="+1 415 555 0111")
        assert "asked invoice doubled" in player.text()
        await player.note("@ Nora Blum")
        assert "asked invoice doubled" in player.text(), "who has a name now is still the same"
        await player.press("f12")
        assert player.call.joined


async def test_the_name_that_the_phone_shows_is_offered_and_kept_only_by_a_key(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await Softphone(player).says("ring", "answer", number=NORA, name="Nora Blum")
        await player.press("ctrl+l")
        assert "Name            Nora Blum" in player.box()
        await player.press("escape")
        assert player.call.caller.name == ""
        await player.press("ctrl+l", "E", "v", "a", "ctrl+s")
        assert player.call.caller.name == "Eva", "what is typed takes its place"
        await player.press("ctrl+l")
        assert "Name            Eva" in player.box()


async def test_whoever_rang_in_vain_is_rung_back_knowing_that(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await Softphone(player).says("ring", "hangup", number=NORA, name="Nora Blum")
        player.wind(600)
        await player.press("home", "enter")
        shown = player.text()
        assert "they rang: 14:02, nobody answered" in shown
        assert "You rang us; I'm ringing you back." in shown
        assert "how things stand" not in shown
        assert "rang as Nora Blum" in shown
        await player.press("ctrl+l")
        assert "Name            Nora Blum" in player.box()
        await player.press("escape")
        clock = player.clock
    async with playing(tmp_path, clock=clock) as player:
        assert player.call.stage is Stage.CONVEY
        assert "they rang: 14:02, nobody answered" in player.text(), "after a restart, too"
        await player.press("enter")
        assert "What did you ring us about?" in player.text()
        assert "promised you arrive" not in player.text()


async def test_who_is_named_in_the_wrap_up_is_the_customer_of_that_name(tmp_path: Path) -> None:
    store = Store.open(fresh(tmp_path / "calmdesk.db"), ZONE)
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    tell(store, NOW - timedelta(days=3), NOW - timedelta(days=1), name="Anna Weber", number="")
    store.close()
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", "answer", "hangup", number=NORA)
        await player.note("@ Anna Weber")
        await player.press("1", "ctrl+s")
        await phone.says("ring", number=NORA)
        assert "Anna Weber  +14155550111  call 3" in player.text()


async def test_a_number_of_two_makes_no_third_of_whoever_gives_no_name(tmp_path: Path) -> None:
    know_dana_and_milo(tmp_path)
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await player.press("ctrl+n")
        await phone.says("answer", number=DANA)
        await player.note("$ a wholly other matter")
        await phone.says("hangup", number=DANA)
        await player.press("1", "ctrl+s")
        await phone.says("ring", "answer", number=DANA)
        assert "wholly other matter" not in player.text()


async def test_ctrl_n_takes_whom_the_banner_names(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        phone = Softphone(player)
        await phone.says("ring", number=NORA, key="a")
        player.wind(180)
        assert player.app.phone_room is not None
        await player.app.phone_room.a_second()
        await phone.says("ring", number=DANA, key="b")
        await phone.says("ring", number=NORA, key="a")
        taken = player.text().splitlines()[0]
        assert NORA in taken
        assert "ctrl+n takes it" in taken
        await player.press("ctrl+n")
        assert player.call.caller.number == NORA


async def test_an_extension_and_an_id_alike_are_two_lines(tmp_path: Path) -> None:
    say_while_closed(
        tmp_path, ("ring", 900), ("answer", 892), ("hangup", 700), number="", key="1001"
    )
    async with playing(tmp_path) as player:
        phone = await opened(player)
        await phone.says("ring", "hangup", number="1001")
        assert "number withheld" in player.text()
        assert "missed, rang 1 s" in player.text()
