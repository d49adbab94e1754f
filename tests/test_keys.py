"""Every key: named, explained, and free where it works."""

import asyncio
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, TextArea

from calmdesk.errors import SettingsError
from calmdesk.guide.commands import COMMANDS
from calmdesk.guide.happenings import HeatMarked
from calmdesk.keys import check_keys, declared, key_rows
from calmdesk.screens.call_commands import CallCommands
from calmdesk.screens.help import Help
from calmdesk.settings import Settings
from calmdesk.widgets import note_line
from tests.player import playing

ALL = list(declared())


def test_every_key_has_an_id_words_and_a_tooltip() -> None:
    assert len(ALL) > 30
    wanting = [b for _, b in ALL if not (b.id and b.description and b.tooltip)]
    assert wanting == []


def test_no_two_keys_share_an_id() -> None:
    ids = [binding.id for _, binding in ALL]
    assert len(ids) == len(set(ids))


def swallowed() -> set[str]:
    """Keys that an Input or a TextArea takes for itself."""
    keys: set[str] = set()
    for widget in (Input, TextArea):
        for entry in widget.BINDINGS:
            assert isinstance(entry, Binding)
            keys.update(entry.key.split(","))
    return keys


def test_no_call_key_is_one_that_a_field_swallows() -> None:
    calls = [b for place, b in ALL if place in ("Everywhere", "Call") and b.priority]
    taken = {
        key
        for binding in calls
        for key in binding.key.split(",")
        if key in swallowed()
        and not (binding.id or "").startswith(("heat.", "call.better", "call.letter"))
    }  # those act only after ctrl+t, while the guard has better words, and in an agreed wrap-up
    assert taken == set()


@pytest.mark.parametrize("key", ["ctrl+a", "ctrl+k", "f6", "x", "space", "ctrl+u"])
def test_the_settings_refuse_a_key_that_a_field_swallows(key: str) -> None:
    with pytest.raises(SettingsError, match=r"call\.forward"):
        check_keys(Settings(keys={"call.forward": key}))


def test_the_settings_refuse_an_unknown_key_name() -> None:
    with pytest.raises(SettingsError, match=r"call\.forward"):
        check_keys(Settings(keys={"call.forwards": "f2"}))


def test_every_command_has_its_method_and_every_key_its_word() -> None:
    words = {command.word for command in COMMANDS}
    methods = {
        name.rstrip("_") for name in vars(CallCommands) if name.endswith("_") and name[0] != "_"
    }
    assert words == methods
    call_keys = {b.id for place, b in ALL if place == "Call" and b.priority and b.show}
    assert call_keys <= {command.key for command in COMMANDS}


def test_the_key_table_shows_the_users_own_keys() -> None:
    rows = key_rows(settings=Settings(keys={"call.hold": "f7"}))
    assert next(row for row in rows if row.id == "call.hold").key == "f7"


async def test_a_remapped_key_works(tmp_path: Path) -> None:
    async with playing(
        tmp_path, settings=Settings(keys={"call.hold": "ctrl+l", "call.caller": "ctrl+o"})
    ) as player:
        await player.press("ctrl+n", "ctrl+l")
        assert player.call.held


async def test_the_heat_chord_in_one_burst_puts_nothing_in_the_note(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for digit in "12345" * 2:
            await player.pilot.press("ctrl+t", digit)
        await player.pilot.press("ctrl+t", "c")
        await player.quiet()
        levels = [heat.level for heat in player.call.heats]
        assert levels == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 5]
        assert player.call.heat == HeatMarked(5, cold=True)
        assert player.screen.note_line.input.value == ""


async def test_the_heat_is_marked_alike_by_its_keys_and_its_word(tmp_path: Path) -> None:
    said = []
    for marks in (("c", "5", "c", "2"), ("/heat cold", "/heat 5", "/heat cold", "/heat 2")):
        async with playing(tmp_path) as player:
            await player.press("ctrl+n")
            for mark in marks:
                if mark.startswith("/"):
                    await player.note(mark)
                else:
                    await player.press("ctrl+t", mark)
            said.append(player.call.heats)
            await player.note("/wrap")
            await player.note("/outcome information")
            await player.press("ctrl+s")
    (by_keys, by_word) = said
    assert by_keys == by_word
    assert by_keys == [
        HeatMarked(4, cold=True),
        HeatMarked(5, cold=True),
        HeatMarked(5),
        HeatMarked(2),
    ]


async def test_another_key_takes_the_chord_back_and_is_typed(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.pilot.press("ctrl+t", "x", "4")
        await player.quiet()
        assert player.call.heats == []
        assert player.screen.note_line.input.value == "x4"


async def test_a_chord_that_nobody_ended_is_over_after_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_line, "ARMED", 0.05)
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.pilot.press("ctrl+t")
        async with asyncio.timeout(60):
            while player.screen.note_line.input.armed:
                await player.pilot.pause(0.02)
        await player.press("4")
        assert player.call.heats == []
        assert player.screen.note_line.input.value == "4"


async def test_f2_pressed_twice_by_accident_undoes_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.pilot.press("f2", "f2")
        await player.quiet()
        assert player.call.told_at is not None
        assert player.call.heard_at is None


async def test_escape_returns_to_the_note_line_from_anywhere(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "ctrl+r")
        await player.write("half an ask")
        await player.press("escape")
        assert player.app.focused is player.screen.note_line.input
        assert player.screen.query_one("#ask", Input).value == "half an ask"


async def test_typing_beside_a_field_goes_to_the_note_line(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("? proof")
        await player.press("f2")
        await player.press("f2")
        assert player.app.focused is not player.screen.note_line.input
        await player.press("a", "n", "d")
        assert player.screen.note_line.input.value == "and"
        assert player.call.parked, "a letter asks no question"


@pytest.mark.parametrize(
    ("place", "first"), [("y", "Keys: Day"), ("d", "Keys: Desk"), ("p", "Keys: Promises")]
)
async def test_f1_shows_the_keys_of_the_screen_first(
    place: str, first: str, tmp_path: Path
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+g", place, "f1")
        assert first in player.box().splitlines()[2]
        await player.press("f1", "escape")
        assert not isinstance(player.app.screen, Help), "it opens once"
        await player.press("ctrl+n", "f1")
        assert "Signs: first in the note line" in player.box()
