"""Which line stands on the call screen, and when it may change."""

from pathlib import Path

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
