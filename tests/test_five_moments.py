"""The five moments of flow.md that must be exactly right."""

from pathlib import Path

from calmdesk.guide.english.acknowledge import MOST_WORDS
from calmdesk.guide.filters import Filter
from calmdesk.records import browse
from calmdesk.records.reading import as_json
from calmdesk.screens.desk import DeskScreen
from calmdesk.screens.pause import Pause
from tests.player import Player, playing


async def _a_promise_was_missed(player: Player) -> None:
    """Monday's call: she was told that we ring back on Thursday at noon; nobody did."""
    await player.press("ctrl+n")
    await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134, since 2016")
    await player.note("$ flyers by friday")
    await player.note("+ ring back with the plate status mon 12:00")
    await player.note("/outcome investigating")
    await player.note("/wrap")
    await player.press("ctrl+s")
    player.wind(4 * 24 * 3600)


async def test_before_hello_the_broken_promise_stands_there_with_its_date(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await _a_promise_was_missed(player)
        await player.app.action_take_call("+1 415 555 0134")
        await player.quiet()
        shown = player.text()
        assert "asked flyers by friday" in shown
        assert "! promised ring back with the plate status" in shown
        assert "Mon 23 Nov 12:00, 2 days late" in shown
        assert "maybe" not in shown, "the number is hers alone"
        assert "Sam" not in shown, "no colleague is named"
        assert player.app.focused is player.screen.note_line.input, "no focus is taken"
        first = player.screen.panel.first
        assert first is not None
        assert "missed_promise" in first.phrase.when
        assert "what happened" not in first.line.lower()


async def test_before_hello_a_name_alone_is_an_honest_maybe(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await _a_promise_was_missed(player)
        await player.press("ctrl+n")
        await player.note("@ dana reyes")
        assert "maybe Dana Reyes" in player.text()


async def test_yes_exactly_the_scraps_become_one_sentence_in_their_nouns(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("due fri, told today mon")
        await player.note("$ wants them fri")
        await player.press("f2")
        line = player.screen.query_one("#back").text  # type: ignore[attr-defined]
        assert line == "Due Friday, told today Monday, you need them Friday. Have I got it?"
        assert len(line.split()) < MOST_WORDS
        await player.press("tab", "end")
        await player.write(" No?")
        await player.press("f2")
        assert player.call.back_said.endswith("Have I got it? No?"), "it is theirs to edit"
        assert player.call.heard_at is not None


async def test_on_my_side_one_key_breathes_and_the_ladder_protects(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.press("f9")
        shown = player.text()
        assert "breathe in" in shown
        assert "“" not in shown, "silence: no phrase stands there"
        await player.press("f9")
        for step in (1, 2, 3):
            await player.note("/boundary")
            first = player.screen.panel.first
            assert first is not None
            assert (first.phrase.group, first.phrase.step) == ("boundary", step)
            await player.press("f5")
            assert player.call.boundary == step
        await player.note("/shaken")
        await player.note("/wrap")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, Pause), "three private minutes, not Ready"
        await player.press("enter")
        assert isinstance(player.app.screen, DeskScreen)
        (case,) = await player.app.desk.look(browse.page, Filter(), 0, player.clock.now())
        whole = await player.app.desk.look(browse.whole, case.id, player.clock.now())
        assert "shaken" not in str(as_json(whole, None)), "none of it is in any list or export"
        assert whole.line.outcome == "ended after warning"


async def test_hang_up_and_it_is_done(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("flyers two days late")
        await player.note("$ wants them fri")
        await player.press("f2")
        await player.press("f2")
        await player.note("= courier fri 9, 45")
        await player.note("/settle yes")
        await player.note("+ ring with tracking thu 12:00")
        await player.note("/agreed")
        await player.note("/wrap")
        before = player.clock.now()
        await player.press("ctrl+s")
        assert player.app.place.live is None, "one key: the outcome came out of the call"
        assert (player.clock.now() - before).total_seconds() <= 5
        (case,) = await player.app.desk.look(browse.page, Filter(), 0, player.clock.now())
        whole = await player.app.desk.look(browse.whole, case.id, player.clock.now())
        assert whole.line.outcome == "agreed"
        assert whole.ask == "wants them fri"
        assert [offer["verdict"] for offer in whole.offers] == ["yes"]
        assert "Ring with tracking: Thursday 26 November at 12:00." in whole.read_back
        assert [promise["what"] for promise in whole.promises] == ["ring with tracking"]
        assert len(whole.follow_ups) == 1, "on by default"


async def test_the_supervisors_ten_seconds_begin_with_a_missed_promise(tmp_path: Path) -> None:
    """The Day marks it; *Needs you* comes with its own issue."""
    async with playing(tmp_path) as player:
        await _a_promise_was_missed(player)
        player.wind(-4 * 24 * 3600 + 3 * 24 * 3600)
        await player.press("ctrl+g", "y")
        for _ in range(3):
            await player.press("left")
        line = next(line for line in player.text().splitlines() if "Dana Reyes" in line)
        assert line.strip().startswith("!"), line
