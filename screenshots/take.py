"""Takes the pictures: the demo's day, a frozen clock, one call played by hand.

    python screenshots/take.py          write them anew
    python screenshots/take.py --check  say which are stale, and end with 1

The SVGs name no font or address that would have to be fetched. They are the same in every run with
the Textual and Rich of `versions.json`, which stands beside them.
"""

import asyncio
import json
import re
import sys
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from calmdesk.app import CalmDesk
from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.records.ids import seeded_ids

HERE = Path(__file__).parent
VERSIONS = HERE / "versions.json"
ZONE = ZoneInfo("America/New_York")
CAPTION = "calmdesk"


def versions() -> dict[str, str]:
    """The libraries that decide how a picture looks."""
    return {name: version(name) for name in ("textual", "rich")}


class Studio:
    """One demo on a screen of one size, played by hand."""

    def __init__(self, size: tuple[int, int], theme: str = "calm-dark") -> None:
        self.size = size
        self.clock = HandClock(datetime(2026, 11, 21, 14, 2, tzinfo=ZONE), ZONE)
        self.theme = theme
        self.pictures: dict[str, str] = {}

    async def play(self, *pictures: str) -> dict[str, str]:
        """Play the call and take the pictures that are asked for, by name."""
        with demo_app(self.clock, self.theme, seeded_ids(11)) as app:
            async with app.run_test(size=self.size) as pilot:
                self.pilot: Pilot[None] = pilot
                self.app: CalmDesk = app
                await self._until_quiet()
                self._keep("desk")
                await self._listen()
                self._keep("call-listening")
                await self._to_resolve()
                self._keep("call-resolving")
                await self._to_wrap_up()
                self._keep("wrap-up")
                await self.press("ctrl+s")
                await self.press("ctrl+g", "y")
                self._keep("day")
            app.close_desk()
        return {name: self.pictures[name] for name in pictures}

    async def _listen(self) -> None:
        await self.press("ctrl+n")
        await self.note("@ Dana Reyes, +1 415 555 0134")
        for seconds, line in (
            (18, "flyers were due fri, told today they ship mon"),
            (26, "$ wants them fri morning"),
            (21, "* last order ever"),
            (14, "! plate failed tue @production log"),
            (19, "? proof of the plate test"),
        ):
            self.clock.wind(seconds)
            await self.note(line)
        await self.press("ctrl+t", "5", "ctrl+t", "4")
        self.clock.wind(9)
        await self._until_quiet()

    async def _to_resolve(self) -> None:
        await self.press("f2")
        self.clock.wind(14)
        await self.press("f2")
        self.clock.wind(20)
        await self.press("enter", "ctrl+r")
        await self.write("courier at our cost, fri 9, 45")
        await self.press("enter", "enter")
        self.clock.wind(12)
        await self._until_quiet()

    async def _to_wrap_up(self) -> None:
        await self.press("escape")
        await self.note("/settle yes")
        await self.note("+ ring with tracking thu 12:00")
        await self.note("/agreed")
        self.clock.wind(40)
        await self.press("f4")
        await self.press("escape")
        await self.note("/heat 2")
        await self.note("# late delivery")
        await self.press("tab")
        self.clock.wind(11)
        await self._until_quiet()

    async def note(self, line: str) -> None:
        """Enter a line in the note line."""
        await self.write(line)
        await self.press("enter")

    async def write(self, text: str) -> None:
        """Put text where the cursor stands, as a paste would."""
        field = self.app.focused
        assert isinstance(field, Input), field
        field.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self._until_quiet()
        self.clock.wind(1)

    async def _until_quiet(self) -> None:
        """Wait until nothing is on its way: workers, disk, screen."""
        await self._workers()
        await self.app.keeper.settle()
        screen = self.app.screen
        for ticking in (screen, *self.app.screen_stack):
            tick = getattr(ticking, "tick", None)
            if tick is not None:
                tick()
        for field in (*screen.query(Input), *screen.query(TextArea)):
            field.cursor_blink = False
        await self._workers()
        await self.pilot.pause()

    async def _workers(self) -> None:
        """Wait for what works in the background, but for boxes that wait for their answer."""
        for worker in list(self.app.workers):
            if worker.group != "box" and not worker.is_finished:
                with suppress(WorkerCancelled):
                    await asyncio.wait_for(worker.wait(), 30)

    def _keep(self, name: str) -> None:
        self.pictures[name] = local_svg(self.app.export_screenshot(title=CAPTION))


def local_svg(svg: str) -> str:
    """The picture without anything to be fetched; spaces stay spaces in every viewer."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = svg.replace("Fira Code,monospace", "'Fira Code', 'DejaVu Sans Mono', monospace")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)


async def take() -> dict[str, str]:
    """Every picture, by file name."""
    wide = await Studio((120, 40)).play(
        "desk", "call-listening", "call-resolving", "wrap-up", "day"
    )
    small = await Studio((80, 24)).play("call-listening", "call-resolving")
    column = await Studio((48, 30)).play("desk", "call-listening", "wrap-up")
    light = await Studio((100, 30), "calm-light").play("call-listening")
    return {
        **{f"{name}.svg": svg for name, svg in wide.items()},
        **{f"{name}-80x24.svg": svg for name, svg in small.items()},
        **{f"{name}-48x30.svg": svg for name, svg in column.items()},
        **{f"{name}-light.svg": svg for name, svg in light.items()},
    }


def stale(pictures: dict[str, str]) -> list[str]:
    """Names of pictures that are missing or differ from what the program shows now."""
    return [
        name
        for name, svg in pictures.items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != svg
    ]


def main() -> None:
    pictures = asyncio.run(take())
    if "--check" in sys.argv:
        wrong = stale(pictures)
        print("stale: " + ", ".join(wrong) if wrong else f"{len(pictures)} pictures are fresh")
        sys.exit(1 if wrong else 0)
    for name, svg in pictures.items():
        (HERE / name).write_text(svg, encoding="utf-8")
    VERSIONS.write_text(json.dumps(versions(), indent=2) + "\n", encoding="utf-8")
    print(f"{len(pictures)} pictures written")


if __name__ == "__main__":
    main()
