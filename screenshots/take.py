"""Takes the pictures: the demo's day, a frozen clock, one call played by hand.

    python -m screenshots.take          write them anew
    python -m screenshots.take --check  say which are stale, and end with 1
    python -m screenshots.take cause    only the scene of that name, in each of its sizes; or several

The SVGs name no font or address that would have to be fetched. They are the same in every run with
the Textual and Rich of `versions.json`, which stands beside them.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from calmdesk.clock import HandClock
from calmdesk.demo.day import demo_app
from calmdesk.records.ids import seeded_ids
from calmdesk.screens.call import CallScreen
from calmdesk.widgets.board_list import BoardList
from screenshots.boxes import open_boxes
from screenshots.leading import lead, read_case
from screenshots.rehearsal import Keep, rehearse
from screenshots.ringing import ring
from tests.made_once import whole_demo
from tests.player import SATURDAY, ZONE, Player, running

HERE = Path(__file__).parent
VERSIONS = HERE / "versions.json"
CAPTION = "calmdesk"


def versions() -> dict[str, str]:
    """The libraries that decide how a picture looks."""
    return {name: version(name) for name in ("textual", "rich")}


class Studio:
    """One demo on a screen of one size, played by hand."""

    def __init__(self, size: tuple[int, int], theme: str = "calm-dark") -> None:
        self.size = size
        self.clock = HandClock(SATURDAY, ZONE)
        self.theme = theme
        self.pictures: dict[str, str] = {}

    async def play(self, *pictures: str) -> dict[str, str]:
        """Play the call as far as the pictures that are asked for, and take them, by name."""
        with demo_app(self.clock, self.theme, seeded_ids(11), whole_demo) as app:
            async with (
                running(app, self.size, self.clock) as self.player,
                aclosing(self._moments()) as moments,
            ):
                async for name in moments:
                    if name in pictures:
                        self.pictures[name] = await picture(self.player)
                    if len(self.pictures) == len(pictures):
                        break
        return self.pictures

    async def _moments(self) -> AsyncGenerator[str]:
        """The names of what could be taken, each when it is to be seen."""
        yield "desk"
        await self._listen()
        yield "call-listening"
        await self._to_resolve()
        yield "call-resolving"
        await self._to_wrap_up()
        yield "wrap-up"
        await self.player.press("ctrl+s")
        await self._try_a_line()
        yield "playbook"
        await self.player.press("escape", "escape", "ctrl+g", "p")
        yield "promises"
        await self.player.press("ctrl+g", "l")
        yield "learn"
        await self._write()
        yield "letter"
        await self._ring()
        yield "callback"

    async def _listen(self) -> None:
        player = self.player
        await player.press("ctrl+n")
        await player.note("@ Dana Reyes, +1 415 555 0134")
        for seconds, line in (
            (18, "flyers were due fri, told today they ship mon"),
            (26, "$ wants them fri morning"),
            (21, "* last order ever"),
            (14, "! plate failed tue @production log"),
            (19, "? proof of the plate test"),
        ):
            player.wind(seconds)
            await player.note(line)
        await player.press("ctrl+t", "5", "ctrl+t", "4")
        await self._tick(9)

    async def _to_resolve(self) -> None:
        player = self.player
        await player.press("f2")
        player.wind(14)
        await player.press("f2")
        player.wind(20)
        await player.press("enter", "ctrl+r")
        await player.write("courier at our cost, fri 9, 45")
        await player.press("enter", "enter")
        await self._tick(12)

    async def _to_wrap_up(self) -> None:
        player = self.player
        for line in ("/settle yes", "+ ring with tracking thu 12:00", "/agreed"):
            await player.note(line)
        player.wind(40)
        await player.press("f4")
        await player.note("/heat 2")
        await player.note("# late delivery")
        await player.press("tab")
        await self._tick(11)

    async def _try_a_line(self) -> None:
        player = self.player
        await player.press("ctrl+g", "b", "slash")
        await player.write("refund")
        await player.press("enter", "t")
        await player.write("I'm sorry if we let you down, but it's only two days.")
        await player.press("enter")

    async def _write(self) -> None:
        """A letter to confirm what was just agreed."""
        await self.player.press("ctrl+g", "y", "t")
        await read_case(self.player, "Dana Reyes")
        await self.player.press("l", "enter")

    async def _ring(self) -> None:
        """The first that is due is rung, and reached."""
        await self.player.press("escape", "ctrl+g", "d", "home")
        while "Due" in self.player.text() and not self._marks_due():
            await self.player.press("down")
        await self.player.press("enter", "enter")
        await self._tick(21)

    def _marks_due(self) -> bool:
        return self.player.app.screen.query_one(BoardList).marked[0] == "due"

    async def _tick(self, seconds: float) -> None:
        """Let time pass, and the screen see it."""
        self.player.wind(seconds)
        await self.player.tick()


async def picture(player: Player) -> str:
    """What a player sees, as an SVG. A call is kept just before: it shows when it was kept last, and
    half-typed words are kept by the machine's time, not by the wound clock."""
    player.still()
    if isinstance(player.app.screen, CallScreen):
        player.app.screen.saving.pulse()
    await player.tick()
    await player.pilot.wait_for_scheduled_animations()
    await player.quiet()
    return local_svg(player.app.export_screenshot(title=CAPTION))


Scenes = Callable[[tuple[int, int], Keep], Awaitable[None]]
"""Plays something on a screen of a size, and takes its pictures on the way."""


async def taken(scenes: Scenes, size: tuple[int, int]) -> dict[str, str]:
    """The pictures of a play, by name."""
    pictures: dict[str, str] = {}

    async def keep(player: Player, name: str) -> None:
        pictures[name] = await picture(player)

    await scenes(size, keep)
    return pictures


def local_svg(svg: str) -> str:
    """The picture without anything to be fetched; spaces stay spaces in every viewer."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = svg.replace("Fira Code,monospace", "'Fira Code', 'DejaVu Sans Mono', monospace")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)


@dataclass(frozen=True)
class Sitting:
    """One play on a screen of one size, and the pictures of it that are kept."""

    play: Callable[[], Awaitable[dict[str, str]]]
    size: str
    """How the names of its files end; '' for the size of the first."""
    names: tuple[str, ...]

    def file(self, name: str) -> str:
        """The file of one of its pictures."""
        return f"{name}{self.size and '-'}{self.size}.svg"

    async def take(self, *scenes: str) -> dict[str, str]:
        """Its pictures by file name, or those of these scenes; it is not played for none."""
        wanted = [name for name in self.names if not scenes or name in scenes]
        played = await self.play() if wanted else {}
        return {self.file(name): played[name] for name in wanted}


def _call(size: tuple[int, int], theme: str, end: str, *names: str) -> Sitting:
    return Sitting(lambda: Studio(size, theme).play(*names), end, names)


def _scenes(scenes: Scenes, size: tuple[int, int], end: str, *names: str) -> Sitting:
    return Sitting(lambda: taken(scenes, size), end, names)


WIDE, SMALL, COLUMN = (120, 40), (80, 24), (48, 30)
SITTINGS = (
    _call(
        *(WIDE, "calm-dark", ""),
        *("desk", "call-listening", "call-resolving", "wrap-up", "playbook"),
        *("promises", "learn", "letter", "callback"),
    ),
    _scenes(rehearse, WIDE, "", "practice", "practice-debrief"),
    _scenes(lead, WIDE, "", "day", "pictures", "case", "review", "find", "customer"),
    _call(
        *(SMALL, "calm-dark", "80x24", "call-listening", "call-resolving", "playbook"),
        *("promises", "learn", "letter", "callback"),
    ),
    _scenes(rehearse, SMALL, "80x24", "practice", "practice-debrief"),
    _scenes(lead, SMALL, "80x24", "day", "pictures", "case", "review", "find", "customer"),
    _scenes(
        *(open_boxes, SMALL, "80x24", "look-back", "case-menu", "told-customer", "close-case"),
        *("cause", "action-check"),
    ),
    _call(
        *(COLUMN, "calm-dark", "48x30", "desk", "call-listening", "wrap-up", "playbook"),
        *("promises", "learn", "letter", "callback"),
    ),
    _scenes(rehearse, COLUMN, "48x30", "practice", "practice-debrief"),
    _scenes(open_boxes, COLUMN, "48x30", "case-menu"),
    _scenes(lead, COLUMN, "48x30", "day", "case", "find"),
    _scenes(ring, SMALL, "80x24", "ring", "second-call"),
    _scenes(ring, COLUMN, "48x30", "ring", "second-call"),
    _call((100, 30), "calm-light", "light", "call-listening"),
)


async def take(*scenes: str) -> dict[str, str]:
    """Every picture, by file name; or only those of these scenes, without playing the others."""
    pictures: dict[str, str] = {}
    for sitting in SITTINGS:
        pictures |= await sitting.take(*scenes)
    return pictures


def stale(pictures: dict[str, str]) -> list[str]:
    """Names of pictures that are missing or differ from what the program shows now."""
    return [
        name
        for name, svg in pictures.items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != svg
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Takes the pictures anew.")
    known = sorted({name for sitting in SITTINGS for name in sitting.names})
    scene_help = f"only these: {', '.join(known)}"
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=scene_help)
    parser.add_argument("--check", action="store_true", help="only say which are stale")
    asked = parser.parse_args()
    if unknown := set(asked.scenes) - set(known):
        parser.error(f"no such scene: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    pictures = asyncio.run(take(*asked.scenes))
    if asked.check:
        wrong = stale(pictures)
        print("stale: " + ", ".join(wrong) if wrong else f"{len(pictures)} pictures are fresh")
        sys.exit(1 if wrong else 0)
    for name, svg in pictures.items():
        (HERE / name).write_text(svg, encoding="utf-8")
    if not asked.scenes:
        VERSIONS.write_text(json.dumps(versions(), indent=2) + "\n", encoding="utf-8")
    print(f"{len(pictures)} pictures written")


if __name__ == "__main__":
    main()
