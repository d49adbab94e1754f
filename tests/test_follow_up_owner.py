"""A follow-up is mine or a colleague's, and never somebody's who has left."""

from pathlib import Path

from calmdesk.records import browse, people, register
from calmdesk.records.store import Store
from tests.made_once import fresh
from tests.player import SAM, SATURDAY, ZONE, playing


def _team(home: Path) -> None:
    """Sam's desk, with a colleague, and one who left."""
    store = Store.open(fresh(home / "calmdesk.db"), ZONE)
    people.introduce(store, SAM.name, SAM.direct_line, SAM.email)
    people.add_colleague(store, "Ana Kovac", SATURDAY)
    left = people.add_colleague(store, "Lee Park", SATURDAY)
    people.has_left(store, left.id, SATURDAY)
    store.close()


async def test_a_colleague_makes_the_follow_up_and_the_read_back_says_so(tmp_path: Path) -> None:
    _team(tmp_path)
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes")
        await player.note("/follow tue 15:00 @ana")
        assert player.call.follow_up is not None
        assert player.call.follow_up.owner == "Ana Kovac"
        await player.press("f4", "f4", "f4", "f4")
        shown = " ".join(player.text().split())
        assert "Ana Kovac rings you Tuesday 24 November at 15:00" in shown
        assert "tue 24 nov 15:00 @Ana Kovac" in shown
        await player.note("/wrap")
        await player.note("/outcome agreed")
        await player.press("ctrl+s")
        lines = await player.app.desk.look(register.register, True)
        assert [(line.owner, line.mine) for line in lines] == [("Ana Kovac", False)]
        board = await player.app.desk.look(
            browse.board, player.clock.now(), SATURDAY, player.clock.now()
        )
        assert not board.due


async def test_nobody_who_left_or_is_unknown_gets_one(tmp_path: Path) -> None:
    _team(tmp_path)
    async with playing(tmp_path) as player:
        await player.press("ctrl+n")
        for typed, sentence in (
            ("/follow tue 15:00 @lee", "Lee Park has left; name somebody else."),
            ("/follow tue 15:00 @zoe", "Nobody called zoe is known here"),
            ("/follow tomorow 25:00", "when? e.g. fri 11, or fri 11 @Ana"),
        ):
            await player.note(typed)
            assert sentence in player.screen.note_line.hint
            assert player.screen.note_line.input.value == typed, "nothing typed is lost"
            player.screen.note_line.write("")
        assert player.call.follow_up is None
