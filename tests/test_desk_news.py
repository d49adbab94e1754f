"""What is wrong stands on the Desk, each thing until it is dealt with, whatever else is wrong."""

from pathlib import Path

from calmdesk.app import CalmDesk
from calmdesk.clock import HandClock
from calmdesk.paths import Places
from calmdesk.records import calls
from calmdesk.records.store import Store
from calmdesk.screens.desk import DeskScreen
from calmdesk.settings import Settings
from calmdesk.working_hours import WorkingHours
from tests.player import SATURDAY, ZONE, Player, running

MISREAD = "The settings cannot be read. The defaults are used."
WRONG = Settings(theme="neon", keys={"call.sayd": "f5"}, hours=WorkingHours(holidays="QQQ"))


def warned(player: Player) -> str:
    desk = player.app.screen
    assert isinstance(desk, DeskScreen)
    return desk.title_line.warning


async def test_troubles_of_every_source_stand_side_by_side(tmp_path: Path) -> None:
    places = Places.within(tmp_path)
    tmp_path.joinpath("playbook").mkdir()
    tmp_path.joinpath("playbook", "phrases.toml").write_text("[[phrase]\n", encoding="utf-8")
    clock = HandClock(SATURDAY, ZONE)

    def open_store() -> Store:
        return Store.open(places.database, clock.zone)

    elsewhere = open_store()
    assert calls.claim(elsewhere)
    app = CalmDesk(places, open_store, clock=clock, settings=WRONG, trouble=MISREAD)
    async with running(app, (120, 40), clock) as player:
        lasting = (
            "theme neon is unknown; calm-dark",
            "[keys] call.sayd",
            "holidays 'QQQ'",
            "The playbook that ships is used.",
        )
        for part in (MISREAD, "Another calmdesk is open", *lasting):
            assert part in warned(player)
        assert MISREAD in player.text()
        elsewhere.close()
        await player.press("ctrl+n")
        assert player.app.place.live is not None
        await player.press("ctrl+g", "d")
        for part in (MISREAD, *lasting):
            assert part in warned(player)
        assert "Another calmdesk" not in warned(player)
