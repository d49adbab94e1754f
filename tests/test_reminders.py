"""What comes due is told once, by the terminal, and never over a call."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from calmdesk import app
from calmdesk.app import CalmDesk
from calmdesk.clock import HandClock
from calmdesk.paths import Places
from calmdesk.records import people
from calmdesk.records.line_rows import DueLine
from calmdesk.records.reminding import Reminding, reminder
from calmdesk.records.store import Store
from calmdesk.settings import PhoneChoice, Settings
from calmdesk.terminal import notification
from tests.player import SATURDAY, ZONE, running
from tests.telling import Telling, tell
from tests.terminal import calmdesk

MINUTE = timedelta(minutes=1)
NOW = SATURDAY.astimezone(UTC)


class Heard(CalmDesk):
    """Counts the bells that a terminal would ring; without one, Textual rings none."""

    CSS_PATH = str(Path(app.__file__).with_name("calmdesk.tcss"))
    bells = 0

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rang = asyncio.Event()

    def bell(self) -> None:
        self.bells += 1
        self.rang.set()

    async def looks(self) -> None:
        """Read what is near."""
        assert self.reminders is not None
        await self.reminders.look()


def at_home(home: Path, remind: str = "bell") -> tuple[Heard, HandClock]:
    """calmdesk at the desk of Sam, who promised nothing yet."""
    clock = HandClock(SATURDAY, ZONE)
    places = Places.within(home)
    store = Store.open(places.database, ZONE)
    people.introduce(store, "Sam Ortiz", "555 0100", "sam@printco.example")
    store.close()
    settings = Settings(phone=PhoneChoice(remind=remind))
    return Heard(
        places, lambda: Store.open(places.database, ZONE), clock=clock, settings=settings
    ), clock


def promised(home: Path, due: datetime, what: str = "ring back") -> Telling:
    """Something promised, in a call before."""
    store = Store.open(home / "calmdesk.db", ZONE)
    try:
        return tell(store, NOW - 60 * MINUTE, due, what)
    finally:
        store.close()


async def test_what_comes_due_rings_once_whatever_is_shown(tmp_path: Path) -> None:
    sams, clock = at_home(tmp_path)
    promised(tmp_path, NOW + 30 * MINUTE)
    async with running(sams, (100, 30), clock) as player:
        await sams.looks()
        assert sams.bells == 0, "half an hour is left"
        await player.press("ctrl+g", "y")
        player.wind(16 * 60)
        await asyncio.wait_for(sams.rang.wait(), 20)
        for _ in range(3):
            player.wind(21)
            await sams.looks()
        player.wind(20 * 60)
        await sams.looks()
        assert sams.bells == 1


async def test_a_call_is_not_disturbed_and_all_of_it_is_told_after(tmp_path: Path) -> None:
    sams, clock = at_home(tmp_path)
    promised(tmp_path, NOW + 20 * MINUTE)
    promised(tmp_path, NOW + 22 * MINUTE, "tell them the result")
    async with running(sams, (100, 30), clock) as player:
        await player.press("ctrl+n")
        player.wind(40 * 60)
        await sams.looks()
        await player.press("ctrl+g", "d")
        await sams.looks()
        assert sams.bells == 0, "somebody is on the line, behind the Desk too"
        await player.press("ctrl+g", "c")
        await player.note("/wrap")
        await sams.looks()
        assert sams.bells == 0, "the wrap-up is in front"
        await player.note("/outcome information")
        await player.press("ctrl+s")
        assert sams.place.live is None
        await asyncio.wait_for(sams.rang.wait(), 20)
        await sams.looks()
        assert sams.bells == 1


async def test_nothing_rings_where_it_is_off(tmp_path: Path) -> None:
    sams, clock = at_home(tmp_path, "off")
    promised(tmp_path, NOW + 10 * MINUTE)
    async with running(sams, (100, 30), clock):
        await sams.looks()
        assert sams.bells == 0


def test_a_line_is_told_once_for_each_instant() -> None:
    line = DueLine("1", "c", "CD-1", "Dana Reyes", "ring back", NOW)
    put_off = DueLine(
        "1", "c", "CD-1", "Dana Reyes", "ring back", NOW, deferred_until=NOW + 10 * MINUTE
    )
    reminding = Reminding()
    assert reminding.fresh([line], NOW) == [line]
    assert reminding.fresh([line], NOW + MINUTE) == []
    assert reminding.fresh([put_off], NOW + MINUTE) == [], "it rests"
    assert reminding.fresh([put_off], NOW + 10 * MINUTE) == [put_off]
    assert reminding.fresh([line], NOW + 11 * MINUTE) == [], "taken back: told before"


def test_the_words_name_no_customer() -> None:
    wall = SATURDAY.replace(tzinfo=None)
    line = DueLine("1", "c", "CD-1", "Dana Reyes", "ring back\x1b]0;x\x07", NOW)
    look = DueLine("2", "c", "CD-1", "Dana Reyes", "see that it held", NOW, follow_up=True)
    assert reminder([line], NOW, lambda _: wall) == "A promise is due: ring back]0;x, 14:02"
    assert reminder([look], NOW, lambda _: wall).startswith("A follow-up is due: see that it held")
    both = reminder([look, line], NOW, lambda _: wall)
    assert both == "2 promises and follow-ups are due, first: see that it held, 14:02"


def test_each_terminal_is_notified_in_its_own_words() -> None:
    assert notification("due\x1b\\", {}) == "\x1b]9;due\\\x07"
    assert notification("due", {"VTE_VERSION": "7200"}) == "\x1b]777;notify;calmdesk;due\x07"


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
@pytest.mark.parametrize(("remind", "told"), [("bell", b"\x07"), ("desktop", b"\x1b]9;A promise")])
def test_a_real_terminal_is_told(remind: str, told: bytes, tmp_path: Path) -> None:
    at_home(tmp_path)
    promised(tmp_path, datetime.now(UTC))
    (tmp_path / "settings.toml").write_text(f'[phone]\nremind = "{remind}"\n', encoding="utf-8")
    with calmdesk(tmp_path) as terminal:
        terminal.wait_for("Waiting for a call", 20)
        terminal.wait_until(lambda _: told in terminal.output, remind, 20)
