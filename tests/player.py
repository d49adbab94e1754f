"""Plays calmdesk by hand: the real app on a real file, with a clock that is wound."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel
from textual._styles_cache import StylesCache
from textual.filter import ANSIToTruecolor
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from calmdesk.app import CalmDesk
from calmdesk.clock import HandClock
from calmdesk.guide.call import Call
from calmdesk.paths import Places
from calmdesk.records import people
from calmdesk.records.people_rows import Me
from calmdesk.records.store import Store
from calmdesk.screens.call import CallScreen
from calmdesk.settings import Settings
from calmdesk.widgets import note_line
from tests.made_once import fresh
from tests.stillness import ask_the_loop, still

ZONE = ZoneInfo("America/New_York")
SATURDAY = datetime(2026, 11, 21, 14, 2, tzinfo=ZONE)
"""When plays begin: the Saturday of the design's sketches, two minutes past two."""
AT_ONCE = 25
"""Plays after which what they left is cleared away."""
_PLAYED = count(1)
ask_the_loop()
note_line.ARMED = 60.0  # the heat's digit counts after ctrl+t, however slow the machine is
SAM = Me("", "Sam Ortiz", "555 0100", "sam@printco.example")


def _sit_down(file: Path, clock: HandClock, me: Me | None) -> None:
    """At the first play of a home: its database, and who is at the desk."""
    if file.exists():
        return
    fresh(file)
    if me is not None:
        store = Store.open(file, clock.zone)
        people.introduce(store, me.name, me.direct_line, me.email)
        store.close()


class Player:
    """Hands on the keyboard of one app."""

    def __init__(self, app: CalmDesk, pilot: Pilot[None], clock: HandClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    @property
    def screen(self) -> CallScreen:
        """The call screen; the play must be on it."""
        screen = self.app.screen
        assert isinstance(screen, CallScreen), screen
        return screen

    @property
    def call(self) -> Call:
        """The live call."""
        assert self.app.place.live is not None
        return self.app.place.live

    async def note(self, line: str) -> None:
        """Enter a line in the note line, whatever has the focus."""
        await self.press("escape")
        await self.write(line)
        await self.press("enter")

    async def write(self, text: str) -> None:
        """Put text where the cursor stands, as a paste does."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea), field
        if isinstance(field, Input):
            field.insert_text_at_cursor(text)
        else:
            field.insert(text)
        await self.quiet()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each until all is quiet; a second passes after them."""
        for key in keys:
            await self.app._press_keys([key])
            await self.quiet()
        self.wind(1)

    def wind(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.wind(seconds)

    async def tick(self) -> None:
        """Let the screen see that time has passed."""
        for screen in self.app.screen_stack:
            tick = getattr(screen, "tick", None)
            if tick is not None:
                tick()
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until nothing is on its way but boxes that wait for their answer."""
        while True:
            await still(self.app)
            if not self.app.keeper.state.waiting or self.app.keeper.state.trouble:
                return
            await asyncio.wait_for(self.app.keeper.settle(), 30)

    def text(self) -> str:
        """What stands on the screen, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in lines)

    def box(self) -> str:
        """What stands in the box over the screen, line by line."""
        x, y, width, height = self.app.screen.query_one(".box").region
        lines = self.app.screen._compositor.render_strips()[y : y + height]
        return "\n".join(strip.crop(x, x + width).text for strip in lines)

    def still(self) -> None:
        """Stop the cursors' blinking, for pictures.

        A text area keeps the rows it has drawn, also those of a moment without its cursor.
        """
        for field in self.app.screen.query(Input):
            field.cursor_blink = False
        for area in self.app.screen.query(TextArea):
            area.cursor_blink = False
            area.notify_style_update()


@asynccontextmanager
async def playing(
    home: Path,
    *,
    size: tuple[int, int] = (100, 30),
    clock: HandClock | None = None,
    settings: Settings | None = None,
    call: str | None = None,
    me: Me | None = SAM,
) -> AsyncIterator[Player]:
    """The app on `home`'s database, at the desk of `me` (None: nobody has said yet)."""
    clock = clock or HandClock(SATURDAY, ZONE)
    places = Places.within(home)
    _sit_down(places.database, clock, me)

    def open_store() -> Store:
        dialling = (settings or Settings()).phone.dialling
        return Store.open(places.database, clock.zone, dialling=dialling)

    app = CalmDesk(places, open_store, clock=clock, settings=settings, call=call)
    async with running(app, size, clock) as player:
        yield player


def _forget_apps() -> None:
    """An app has Python never look again at what stands when it is painted, and libraries remember
    the statements of its file and the colours of its screen. After hundreds of them memory would be
    full; to look at all of it after each would take as long as the play."""
    if next(_PLAYED) % AT_ONCE == 0:
        for mapper in SQLModel._sa_registry.mappers:
            mapper._compiled_cache.clear()
        StylesCache.get_inner_outer.cache_clear()
        ANSIToTruecolor.truecolor_style.cache_clear()
        gc.unfreeze()
        gc.collect()


@asynccontextmanager
async def running(app: CalmDesk, size: tuple[int, int], clock: HandClock) -> AsyncIterator[Player]:
    """An app under way at a size, ended properly at last."""
    said: list[Any] = []
    vars(app)["NOTIFICATION_TIMEOUT"] = 600.0  # what was said is there to be looked at
    try:
        async with app.run_test(size=size) as pilot:
            player = Player(app, pilot, clock)
            await player.quiet()
            yield player
            await player.quiet()
            app.workers.cancel_all()  # as when it is left by a key: before the screens go
    finally:
        said = app.close_desk()
        _forget_apps()
    assert said == []
