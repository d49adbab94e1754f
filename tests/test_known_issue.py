"""Known issues on the screen: announced in one place, standing on every call about them."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from calmdesk.records import coaching
from calmdesk.records.store import Store
from calmdesk.screens.known_issue import KnownIssues
from calmdesk.widgets.guard_view import GuardView
from calmdesk.widgets.known_issue_strip import KnownIssueStrip
from tests.made_once import fresh
from tests.player import ZONE, Player, playing
from tests.test_sizes import assert_whole

SENTENCE = "A van broke down near Leeds, parcels come a day late."
NASTY = "Down [/b] for [urgent] \x1b[2J all"


def elsewhere(home: Path) -> Store:
    """A second calmdesk on the same file: the supervisor's."""
    return Store.open(fresh(home / "calmdesk.db"), ZONE)


async def to_the_day(player: Player) -> None:
    await player.press("ctrl+g", "y")


async def announce(player: Player, about: str, sentence: str, until: str) -> None:
    """Fill in the box that is open."""
    await player.write(about)
    await player.press("enter")
    await player.write(sentence)
    await player.press("enter")
    await player.write(until)
    await player.press("enter")


async def some_seconds(player: Player, seconds: float) -> None:
    player.wind(seconds)
    await player.tick()


async def test_an_issue_is_announced_on_the_day_and_stands_on_a_call_about_it(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await to_the_day(player)
        await player.press("i")
        await player.write("late")
        await player.press("enter")
        assert player.app.screen.query_one("#issue-category", Input).value == "late delivery"
        await player.write(SENTENCE)
        await player.press("enter")
        await player.write("16:00")
        assert "late delivery · until Sat 21 Nov 16:00, in 1 h" in player.text()
        await player.press("enter")
        assert "known issue  late delivery: A van" in player.text(), "the Day shows it"
        await player.press("ctrl+n")
        assert "known issue" not in player.text(), "not known yet what it is about"
        await player.note("# late")
        assert f"known issue  {SENTENCE}  until 16:00" in player.text()
        assert [issue.sentence for issue in player.screen.known] == [SENTENCE]
        await player.note("# billing")
        assert player.screen.known == ()
        assert "known issue" not in player.text()


async def test_what_a_supervisor_announces_elsewhere_arrives_in_a_running_call(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("# outage")
        other = elsewhere(tmp_path)
        now = player.clock.now()
        issue = coaching.announce(other, "outage", "Down.", now + timedelta(hours=2), now)
        await some_seconds(player, 20)
        assert [it.sentence for it in player.screen.known] == ["Down."]
        assert "known issue  Down.  until 16:02" in player.text()
        coaching.end_issue(other, issue.id, player.clock.now())
        other.close()
        await some_seconds(player, 20)
        assert player.screen.known == ()


async def test_two_calmdesks_on_one_file_see_what_the_other_announces(tmp_path: Path) -> None:
    async with playing(tmp_path) as agent:
        await agent.press("ctrl+n")
        await agent.note("# outage")
        async with playing(tmp_path, clock=agent.clock) as supervisor:
            await to_the_day(supervisor)
            await supervisor.press("i")
            await announce(supervisor, "outage", "Down.", "+2h")
            assert "outage: Down." in supervisor.text()
        await some_seconds(agent, 20)
        assert "known issue  Down.  until" in agent.text()


async def test_an_issue_vanishes_by_the_clock(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        now = player.clock.now()
        await player.app.desk.ask(
            coaching.announce, "outage", "Down.", now + timedelta(seconds=90), now
        )
        await player.press("ctrl+n")
        await player.note("# outage")
        await some_seconds(player, 20)
        assert player.screen.known != ()
        await some_seconds(player, 90)
        assert player.screen.known == ()
        assert not player.screen.query_one(KnownIssueStrip).display


async def test_a_call_that_is_over_needs_no_issue(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        now = player.clock.now()
        await player.app.desk.ask(
            coaching.announce, "outage", "Down.", now + timedelta(hours=1), now
        )
        await player.press("ctrl+n")
        await player.note("# outage")
        assert player.screen.known != ()
        await player.note("/wrap")
        assert player.screen.known == ()


async def test_of_two_issues_the_latest_is_shown_and_the_other_counted(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        now = player.clock.now()
        for minute, sentence in enumerate(("First.", "Second.")):
            at = now + timedelta(minutes=minute)
            until = now + timedelta(days=minute + 1)
            await player.app.desk.ask(coaching.announce, "outage", sentence, until, at)
        await player.press("ctrl+n")
        await player.note("# outage")
        assert "known issue  Second.  until Mon 14:02 · 1 more" in player.text()


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)], ids=str)
async def test_a_hostile_sentence_stays_on_its_line_and_leaves_room_to_work(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(tmp_path, size=size) as player:
        await to_the_day(player)
        await player.press("i")
        await announce(player, "outage", NASTY + " and on" * 30, "+2h")
        assert "Down [/b] for" in player.text()
        assert "\x1b" not in player.text()
        await player.press("i")
        assert isinstance(player.app.screen, KnownIssues)
        assert "Down [/b] for" in player.text()
        assert_whole(player)
        await player.press("escape", "ctrl+n")
        await player.note("@ Dana Reyes, Reyes Dance School, +1 415 555 0134")
        await player.note("# outage")
        for _ in range(5):
            strip = player.screen.query_one(KnownIssueStrip)
            assert strip.region.height == (2 if size == (80, 24) else 3)
            assert "Down [/b]" in player.text()
            assert "…" in player.text()
            assert "until 16:02" in player.text()
            assert player.screen.panes.region.height >= 5, "room to work in"
            await player.press("f4")


async def test_ending_an_issue_gives_its_words_back_to_be_said_anew(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_the_day(player)
        await player.press("i")
        await announce(player, "outage", "Down in Leeds.", "+2h")
        await player.press("i")
        assert "outage: Down in Leeds.  until 16:02 · Sam Ortiz" in player.text()
        player.app.screen.query_one(OptionList).focus()
        await player.press("enter")
        assert player.app.screen.query_one("#issue-sentence", Input).value == "Down in Leeds."
        assert not player.app.screen.query_one(OptionList).display
        await player.write("mon noon")
        await player.press("enter")
        assert "outage: Down in Leeds.  until Mon 12:00" in player.text()
        store = elsewhere(tmp_path)
        assert len(coaching.known_issues(store, player.clock.now())) == 1
        store.close()


async def test_what_is_missing_is_asked_for_and_nothing_is_announced(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_the_day(player)
        await player.press("i", "ctrl+s")
        assert "About what?" in player.text()
        await player.write("outage")
        await player.press("ctrl+s")
        assert "What is so?" in player.text()
        await player.write("Down.")
        for until in ("", "soonish", " 2026-11-20 09:00"):
            await player.press("ctrl+s")
            assert "Until when?" in player.text(), until
            await player.write(until)
        await player.press("ctrl+s")
        assert "Until when?" in player.text(), "what is over is no end"
        await player.press("escape")
        assert "known issue " not in player.text().splitlines()[1]


async def test_a_second_press_of_the_key_announces_nothing_twice(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_the_day(player)
        await player.press("i")
        await player.write("outage")
        await player.press("enter")
        await player.write("Down.")
        await player.press("enter")
        await player.write("+2h")
        await player.pilot.press("ctrl+s", "ctrl+s")
        await player.quiet()
        found = await player.app.desk.look(coaching.known_issues, player.clock.now())
        assert len(found) == 1


async def test_it_is_in_the_palette_too(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        titles = [command.title for command in player.app.get_system_commands(player.app.screen)]
        assert "Known issue" in titles
        await player.app.run_action("known_issues")
        await player.quiet()
        assert isinstance(player.app.screen, KnownIssues)


async def test_the_guard_reads_the_sentence_and_f7_takes_its_words(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await to_the_day(player)
        await player.press("i")
        line = player.app.screen.query_one("#issue-sentence", Input)
        await player.write("outage")
        await player.press("enter")
        await player.write("We are sorry if you were put out by the outage.")
        player.app.screen.query_one(GuardView).look(line.value)
        await player.quiet()
        assert "! an apology that is none" in player.text()
        await player.press("f7")
        assert "sorry for what happened" in line.value


async def test_it_takes_one_row_where_it_fits_on_one(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        store = elsewhere(tmp_path)
        until = player.clock.now() + timedelta(hours=2)
        sentence = "A press stood still on Tuesday; late jobs ship on Monday."
        coaching.announce(store, "late_delivery", sentence, until, player.clock.now())
        store.close()
        await to_the_day(player)
        strip = player.app.screen.query_one(KnownIssueStrip)
        assert strip.size.height == 1
        assert sentence in player.text()
