"""Whom we ring: the number to be dialled by hand, or handed to the system's own handler."""

import os
import sys
from pathlib import Path

import pytest

from calmdesk.errors import DialError
from calmdesk.guide.dialling import Dialling
from calmdesk.guide.stages import Stage
from calmdesk.phone import dial
from calmdesk.settings import PhoneChoice, Settings
from tests.phone.at_the_phone import Softphone
from tests.phone.real import wait_for
from tests.player import Player, playing
from tests.test_outgoing_call import choose, promised

GERMAN = Dialling("DE", "0")
NUMBER = "+1 415 555 0134"
OPENS = "open" if sys.platform == "darwin" else "xdg-open"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no program for it")


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("030 / 123 45-678", "tel:+493012345678"),
        ("0 030 12345678", "tel:+493012345678"),
        ("+1 415 555 0134", "tel:+14155550134"),
        ("1001", "tel:1001"),
        ("(555) 01-00", "tel:5550100"),
        ("\uff11\uff10\uff10\uff11", "tel:1001"),
        ("030 12345678 ext. 7", "tel:+493012345678"),
    ],
)
def test_a_number_goes_out_as_it_is_dialled_from_anywhere(number: str, address: str) -> None:
    assert dial.address("tel", number, GERMAN) == address
    assert dial.address("sip", number, GERMAN) == address.replace("tel:", "sip:")


HOSTILE = [
    *("", " ", "+", "erika", "sip:x@evil.example", "--help", "-x", "1;calc.exe", "1&2", "1|2"),
    *("$(touch x)", "`id`", "1001;phone-context=evil.example", "1001@evil.example", "tel:1001"),
    *("*21*09001234567#", "#31#1001", "1001,,9", "1001%00", "1001?body=x", "1" * 33),
    *("10\x0001", "1001\u202e", "http://evil.example/1001", "１００１\x1b[2J"),
]


@pytest.mark.parametrize("number", HOSTILE)
def test_what_is_more_than_figures_is_handed_to_nobody(number: str) -> None:
    with pytest.raises(DialError, match="dial it by hand"):
        dial.address("tel", number, GERMAN)


def handler(folder: Path, monkeypatch: pytest.MonkeyPatch, ends: str = "exit 0") -> Path:
    """A handler of addresses, alone on the path. Returns the file in which it writes with what it
    was begun."""
    said, folder = folder / "said", folder / "bin"
    folder.mkdir()
    program = folder / OPENS
    tell = 'printf "%s\\n" "$#" "$@"'
    program.write_text(f'#!/bin/sh\n{tell} >"{said}"\n{tell}\n{tell} >&2\n{ends}\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(dial, "PATIENCE", 60.0)
    return said


async def rung(player: Player) -> list[str]:
    """What stands at the number once they are rung."""
    await promised(player)
    await player.press("enter")
    assert player.call.stage is Stage.CONVEY
    return [line.strip() for line in player.text().splitlines() if NUMBER in line]


def choosing(way: str) -> Settings:
    return Settings(phone=PhoneChoice(call_back=way))


@posix
@pytest.mark.parametrize("way", ["tel", "sip"])
async def test_the_handler_is_given_the_number_and_nothing_else(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = handler(tmp_path, monkeypatch)
    async with playing(tmp_path, settings=choosing(way)) as player:
        assert await rung(player) == [f"handed to the softphone: {NUMBER}"]
        assert said.read_text() == f"1\n{way}:+14155550134\n"
        await choose(player, "try", "reached")
        assert "handed to the softphone" in player.text()


@posix
async def test_a_missed_caller_of_whom_no_case_is_known_is_rung_back_by_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = handler(tmp_path, monkeypatch)
    async with playing(tmp_path, settings=choosing("tel")) as player:
        phone = Softphone(player)
        await phone.says("ring", "hangup")
        assert not said.exists()
        await player.press("enter")
        assert "handed to the softphone: +49 30 12345678" in player.text()
        assert said.read_text() == "1\ntel:+493012345678\n"
        await phone.says("ring", "answer", number=NUMBER)
        assert "415" not in said.read_text(), "who rings us is handed to nobody"


@posix
async def test_a_handler_that_goes_on_running_has_the_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = tmp_path / "over"
    said = handler(tmp_path, monkeypatch, f"while ! [ -e {over} ]; do /bin/sleep 0.05; done")
    monkeypatch.setattr(dial, "PATIENCE", 0.2)
    try:
        async with playing(tmp_path, settings=choosing("tel")) as player:
            (line,) = await rung(player)
            assert line.startswith("handed to the softphone:")
            wait_for(said.exists, "the handler")
    finally:
        over.touch()


@posix
@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ("exit 3", "No program here took the tel: address"),
        ("", "This machine cannot hand a number to your softphone"),
    ],
)
async def test_where_nothing_takes_the_number_it_is_dialled_by_hand(
    ends: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ends:
        handler(tmp_path, monkeypatch, ends)
    else:
        monkeypatch.setenv("PATH", os.fspath(tmp_path))
    async with playing(tmp_path, settings=choosing("tel")) as player:
        (line,) = await rung(player)
        assert line.startswith("dial")
        (told,) = [it.message for it in player.app._notifications]
        assert told.startswith(sentence)
        assert "dial it by hand" in told


@posix
async def test_a_number_of_a_hostile_caller_goes_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = handler(tmp_path, monkeypatch)
    async with playing(tmp_path, settings=choosing("tel")) as player:
        await player.app.action_take_call("*21*0900 1234567# [bold]$(id)")
        await player.quiet()
        await player.note("+ ring with the plate status +1h")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        await player.press("ctrl+s")
        player.wind(3600)
        await player.tick()
        await player.press("enter")
        assert player.call.stage is Stage.CONVEY
        assert "dial *21*0900 1234567# [bold]$(id)" in player.text()
        assert not said.exists()


@posix
@pytest.mark.parametrize("size", [(48, 30), (80, 24)])
async def test_by_itself_nothing_is_handed_over_and_the_number_is_whole(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = handler(tmp_path, monkeypatch)
    async with playing(tmp_path, size=size) as player:
        assert await rung(player) == [f"dial {NUMBER}"]
        assert not said.exists()
        await choose(player, "try", "not rung")
        assert player.app.call_room.screen is None


@posix
async def test_a_call_that_is_opened_again_is_not_handed_over_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = handler(tmp_path, monkeypatch)
    async with playing(tmp_path, settings=choosing("tel")) as player:
        await rung(player)
        clock = player.clock
    said.unlink()
    async with playing(tmp_path, settings=choosing("tel"), clock=clock) as player:
        assert player.call.stage is Stage.CONVEY
        assert f"dial {NUMBER}" in player.text()
    assert not said.exists()
