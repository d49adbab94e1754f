"""Which line stands on the call screen, and when it may change."""

from pathlib import Path

import pytest

from calmdesk.guide.phrases import Suggestion
from calmdesk.guide.playbook import load
from calmdesk.screens.suggesting import GLANCE, STEADY
from tests.player import Player, playing


def line(player: Player) -> Suggestion:
    """The large suggestion."""
    first = player.screen.panel.first
    assert first is not None
    return first


async def later(player: Player, seconds: float) -> None:
    """Let time pass, and the screen see it."""
    player.wind(seconds)
    await player.tick()


async def test_a_line_that_nobody_asked_for_waits_until_the_one_before_has_stood_its_while(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await later(player, 117)
        await player.press("f8")
        shown = line(player)
        assert shown.phrase.group == "nod"
        await later(player, STEADY - 2)  # past two minutes: a bridge would fit now
        assert line(player) == shown
        await later(player, 3)
        assert line(player).phrase.group == "bridge"


async def test_f5_means_the_line_that_was_being_read_when_another_took_its_place(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await later(player, 100)
        read = line(player)
        await later(player, 21)
        new = line(player)
        assert (read.phrase.group, new.phrase.group) == ("nod", "bridge")
        await player.press("f5")
        assert player.screen.call.said == {read.phrase.id}
        await later(player, GLANCE * 2)
        await player.press("f5")
        assert player.screen.call.said == {read.phrase.id, new.phrase.id}


async def test_the_order_does_not_follow_what_was_learned_or_said_elsewhere(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "f2")
        shown = [it.phrase.id for it in player.screen.panel.suggestions]
        await player.press("ctrl+t", "5", "ctrl+t", "2")
        await player.press("ctrl+t", "3")
        assert player.screen.panel.suggestions[0].phrase.id == shown[0]


async def test_a_pinned_phrase_comes_first_and_a_muted_one_not_at_all(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        player.app.place.choices = {"ack-fell-through": "pinned", "ack-clear": "muted"}
        await player.press("f2")
        assert line(player).phrase.id == "ack-fell-through"
        assert line(player).reason == "you pinned it"


async def test_muting_everything_leaves_no_panel_empty(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        player.app.place.choices = {phrase.id: "muted" for phrase in load().phrases}
        await player.press("f2")
        assert line(player).line


async def test_notes_in_any_script_and_of_any_length_leave_the_panel_calm(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for words in ("🙂🙂", "снег идёт", "谢谢", "[b]x[/b] {thing} {day}"):
            await player.note(words)
        player.screen.note_line.write("refund " * 10_000)
        await player.press("enter", "f2")
        assert line(player).line
        assert "{" not in line(player).line


async def test_what_is_noted_now_reaches_the_large_line_after_its_while(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n", "f2")
        await later(player, 2)
        await player.press("f2")
        before = line(player)
        await player.note("charged twice on invoice 4471")
        assert line(player) == before
        await later(player, STEADY)
        player.screen.show_suggestions()
        assert "billing" in line(player).phrase.subjects


async def test_what_is_noted_now_changes_no_word_of_the_line_that_is_being_read(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("the delivery was promised for fri")
        await player.press("f2")
        shown = line(player)
        assert "Friday" in shown.line
        await player.note("then she said mon")
        assert line(player) == shown
        await later(player, STEADY + 1)
        assert line(player).line != shown.line
        await player.press("f5")
        assert player.screen.call.said == {shown.phrase.id}


async def test_what_presses_comes_by_itself_once_the_line_before_has_stood_its_while(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("the flyers came late")
        await player.press("f2")
        await later(player, 2)
        await player.press("f2")
        assert player.call.heard_at is not None
        await player.note("/fault ours")
        assert line(player).phrase.group != "ownership"
        await later(player, STEADY + 1)
        assert line(player).phrase.group == "ownership"


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)], ids=str)
async def test_the_reason_and_the_other_lines_are_there_at_every_size(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await player.press("ctrl+n")
        await player.note("the delivery was promised for fri")
        await player.press("f2")
        assert line(player).reason
        assert line(player).reason in player.text()
        words = " ".join(player.text().split())
        for suggestion in player.screen.panel.suggestions:
            assert suggestion.line in words
        assert len(player.screen.panel.suggestions) >= 2


async def test_a_promise_that_comes_due_while_they_talk_turns_late(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        await player.note("+ ring Dana back +1h")
        await player.note("/wrap")
        await player.note("/outcome investigating")
        await player.press("ctrl+s")
        player.wind(3600 - 90)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        assert "in 2 min" in player.text()
        await later(player, 180)
        assert player.screen.header.missed
        assert "late" in player.text()
        assert "missed_promise" in line(player).phrase.when
