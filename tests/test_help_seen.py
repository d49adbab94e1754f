"""Help that was asked in a call: a supervisor at another desk sees it, and the agent is told."""

from pathlib import Path

import pytest

from calmdesk.guide import happenings as h
from calmdesk.guide.needing import Why
from calmdesk.records import needs
from calmdesk.records.models import Agent
from calmdesk.records.store import Store
from tests.at_the_day import rows, to_day
from tests.made_once import fresh
from tests.player import SATURDAY, ZONE, Player, playing
from tests.test_needs import TODAY


def supervisor(home: Path, name: str = "Kim Doe") -> Store:
    """Another desk on the same file."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    with store.transaction() as session:
        session.add(Agent(id="kim", name=name, created_at=SATURDAY))
    store.me = "kim"
    return store


def see(store: Store, player: Player) -> None:
    """The supervisor sees what stands first."""
    first = needs.needs(store, player.clock.now(), TODAY)[0]
    assert first.why is Why.HELP
    needs.seen(store, first.case_id, Why.HELP, player.clock.now())


@pytest.mark.parametrize("size", [(48, 30), (80, 24), (120, 40)], ids=str)
async def test_the_agent_is_told_who_saw_it(size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(tmp_path, size=size) as player:
        kim = supervisor(tmp_path)
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("/help")
        await player.tick()
        assert "help asked" in player.text().casefold()
        assert "seen by" not in player.text()
        see(kim, player)
        await player.tick()
        assert "seen by Kim Doe 14:0" in player.text()
        await player.note("/help")
        await player.tick()
        assert "seen by Kim Doe" not in player.text(), "asked again, it is to be seen again"
        see(kim, player)
        await player.tick()
        assert "seen by Kim Doe" in player.text()
        kim.close()


async def test_the_agent_is_told_that_it_was_not_seen_after_all(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        kim = supervisor(tmp_path)
        await player.press("ctrl+n")
        await player.note("/help")
        see(kim, player)
        await player.tick()
        assert player.screen.header.helped.startswith("seen by Kim Doe 14:0")
        player.wind(1)
        needs.unseen(kim, player.call.case_id, Why.HELP, player.clock.now())
        await player.tick()
        assert "seen by" not in player.text()
        assert "it stands on your supervisor's Day" in player.text()
        player.wind(60)
        see(kim, player)
        await player.tick()
        assert "seen by Kim Doe 14:0" in player.text()
        kim.close()


async def type_name(player: Player, name: str) -> None:
    """In the box that asks who is at this desk."""
    player.app.own_room.introduce()
    await player.quiet()
    await player.press("ctrl+u")
    await player.write(name)
    await player.press("ctrl+s")


async def test_two_at_one_file_are_two_people(tmp_path: Path) -> None:
    async with playing(tmp_path) as agent:
        await agent.press("ctrl+n")
        await agent.note("@ Dana Reyes")
        await agent.note("/help")
        async with playing(tmp_path, size=(120, 40)) as player:
            assert "Not Sam Ortiz? ctrl+p: Who is at this desk." in player.text()
            await type_name(player, "Kim Doe")
            assert "Kim Doe is" in player.box()
            await player.press("enter")
            assert "Ready, Kim Doe" in player.text()
            assert player.app.place.me.direct_line == "", "Sam's number is Sam's"
            await to_day(player)
            assert rows(player, "! Dana Reyes", "Sam asks for help", "1 read")
            await player.press("1")
        await agent.tick()
        assert "seen by Kim Doe" in agent.text()
        async with playing(tmp_path) as player:
            assert "Ready, Kim Doe" in player.text(), "this seat is Kim's"
            await type_name(player, "sam ortiz")
            assert "Ready, Sam Ortiz" in player.text(), "who is known is not asked about"
    async with playing(tmp_path) as agent:
        assert agent.app.place.me.name == "Sam Ortiz"
        assert agent.app.place.me.direct_line != ""


async def test_another_name_can_be_that_of_the_same_person(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await type_name(player, "")
        assert player.app.place.me.name == "Sam Ortiz", "a name is not taken away"
        await type_name(player, "Sam Ortiz-Vega")
        await player.press("down", "enter")
        assert "Ready, Sam Ortiz-Vega" in player.text()
        assert [it.name for it in player.app.place.team] == ["Sam Ortiz"]
        await type_name(player, "Kim Doe")
        await player.press("escape")
        assert player.app.place.me.name == "Sam Ortiz-Vega"
        await player.press("ctrl+n")
        await type_name(player, "Kim Doe")
        await player.press("enter")
        assert player.app.place.me.name == "Sam Ortiz-Vega", "this call is Sam's"


async def test_a_hostile_name_only_ever_is_text(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(120, 40)) as player:
        kim = supervisor(tmp_path, "Kim [/b] O'Hara [urgent]")
        await player.press("ctrl+n")
        await player.note("/help")
        see(kim, player)
        await player.tick()
        assert "seen by Kim [/b] O'Hara [urgent]" in player.text()
        kim.close()


async def test_a_call_without_a_call_for_help_asks_the_file_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.tick()
        assert not [it for it in player.app.workers if it.group == "help"]
        assert player.screen.call.help_at is None
        player.screen.did(h.HelpAsked())
        await player.tick()
        assert player.screen.call.help_at is not None


async def test_after_a_restart_it_is_still_known_who_saw_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        kim = supervisor(tmp_path)
        await player.press("ctrl+n")
        await player.note("/help")
        see(kim, player)
        kim.close()
    async with playing(tmp_path, clock=player.clock) as player:
        await player.tick()
        assert "seen by Kim Doe 14:0" in player.text()
