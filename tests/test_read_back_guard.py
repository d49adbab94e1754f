"""The language guard beside the read-back: marked as it is typed, never in the way."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from calmdesk.guide.language import Finding
from calmdesk.guide.stages import Stage
from calmdesk.widgets.agree_pane import AgreePane
from calmdesk.widgets.guard_view import GuardView, overlapping
from tests.player import Player, playing
from tests.test_sizes import SIZES

HARD = "Let me stop you there. The flyers come on Friday at nine."


async def agreeing(player: Player, text: str) -> TextArea:
    """In Agree, with a read-back that was written by hand and looked at."""
    for keys in (("ctrl+n", "f2"), ("f2", "f4", "f4")):
        await player.press(*keys)
    assert player.call.stage is Stage.AGREE
    area = player.screen.query_one("#readback", TextArea)
    area.focus()
    area.text = ""
    await player.quiet()
    await player.write(text)
    guard = player.screen.query_one(AgreePane).guard_view
    guard.look(area.text)
    await player.quiet()
    return area


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_what_cuts_them_off_is_told_and_one_key_takes_the_better_words(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        area = await agreeing(player, HARD)
        assert "cuts them off" in player.text()
        await player.press("f7")
        assert "stop you" not in area.text
        assert area.text.endswith("The flyers come on Friday at nine.")
        await player.note("/agreed")
        assert "stop you" not in player.call.read_back


async def test_a_good_read_back_leaves_no_line_at_all(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreeing(player, "We send the flyers by courier on Friday at nine, at our cost.")
        assert not player.screen.query_one(GuardView).display
        await player.press("f7")
        assert player.screen.query_one("#readback", TextArea).text.startswith("We send")


async def test_the_words_can_be_said_as_they_are(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await agreeing(player, HARD)
        await player.note("/agreed")
        assert player.call.read_back == HARD
        assert player.call.agreed_at is not None


async def test_the_word_for_the_key_takes_them_too_and_says_when_there_are_none(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        area = await agreeing(player, HARD)
        await player.note("/better")
        assert "stop you" not in area.text
        player.screen.query_one(AgreePane).guard_view.look(area.text)
        await player.quiet()
        await player.note("/better")
        assert "no better words" in player.text()


async def test_what_the_customer_says_is_never_looked_at(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("let me stop you there, you should have read the terms")
        assert not player.screen.query(GuardView)


def test_what_is_wrong_at_one_place_is_told_at_once() -> None:
    spans = [(0, 9), (4, 12), (12, 20), (15, 16), (30, 31)]
    found = [Finding(start, end, "excuse", "It is one.") for start, end in spans]
    assert [len(place) for place in overlapping(found)] == [2, 2, 1]
    assert overlapping([]) == []
