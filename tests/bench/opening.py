"""How long the Day takes on a record of years, from the key to the last of its screen; beside the
same on a small record, and a next page beside a plain repaint of all of it."""

import sys
from pathlib import Path

from tests.bench.holding import mebibytes
from tests.bench.million import million
from tests.bench.programs import COMPILED, START
from tests.bench.rows import Row, at, by_median, milliseconds
from tests.terminal import Terminal

SMALL, DAYS = 1_000, 1
"""Cases of the small record, and how many days before today it has: today has as many as in the
large one."""
SHOWN = 1.5
"""Times the small record's Day that the large one's may take."""
PAGE = 2.0
"""Times a plain repaint that a next page may take."""
HELD = 1.2
"""Times the small record's memory that the large one's may take."""
SIZE = (120, 40)
REST = 0.3
"""Seconds in which nothing is written: it is all there."""
BETWEEN = 0.008
"""Seconds in which nothing is written between two pictures: the first one is there."""


def opening(quick: bool) -> list[Row]:
    """The Day shown, paged through, and what it holds in memory."""
    return measure(million(20_000 if quick else 1_000_000), 5 if quick else 15)


def measure(file: Path, rounds: int) -> list[Row]:
    """The rows of one file beside those of the small one."""
    small_opened, _, _, small_held = _sat_at(million(SMALL, DAYS), rounds, pages=0)
    opened, paged, painted, held = _sat_at(file, rounds, pages=rounds)
    ratio = at(paged, 0.5) / at(painted, 0.5)
    return [
        by_median("Day shown, beside 1,000 cases", opened, small_opened, most=SHOWN),
        Row(
            "next page on the screen, beside a repaint",
            milliseconds(paged, 0.5),
            milliseconds(painted, 0.5),
            ratio,
            f"<= {PAGE}x",
            ratio <= PAGE,
        ),
        Row(
            "memory of the open Day, beside 1,000 cases",
            f"{held:.0f} MiB",
            f"{small_held:.0f} MiB",
            held / small_held,
            f"<= {HELD}x",
            held <= HELD * small_held,
        ),
    ]


def _sat_at(
    file: Path, rounds: int, pages: int
) -> tuple[list[float], list[float], list[float], float]:
    """Seconds until all of the Day is shown, until the rows of the next page are, and for a repaint;
    its memory."""
    argv = [sys.executable, "-m", "tests.bench.day_app", str(file)]
    with Terminal.start(argv, COMPILED, SIZE) as terminal:
        terminal.wait_for("Ready, Sam Ortiz", START)
        terminal.rest(1.0)
        opened = [_opened(terminal) for _ in range(rounds)]
        _to_all_of_a_month(terminal)
        paged, painted = [], []
        for _ in range(pages):
            paged.append(_took(terminal, "pagedown", BETWEEN))
            terminal.rest(REST)
            painted.append(_took(terminal, "f11", BETWEEN))
            terminal.rest(REST)
        return opened, paged, painted, mebibytes(terminal.pid)


def _opened(terminal: Terminal) -> float:
    """From the Desk to the Day, and back."""
    terminal.press("ctrl+g")
    terminal.rest(REST)
    took = _took(terminal, "y")
    terminal.press("escape")
    terminal.rest(REST)
    return took


def _to_all_of_a_month(terminal: Terminal) -> None:
    """The cases of the last month before, by time."""
    terminal.press("ctrl+g")
    terminal.rest(REST)
    for key in "ypp":
        terminal.send(key)
        terminal.rest(REST)
    terminal.press("left")
    terminal.rest(REST)


def _took(terminal: Terminal, key: str, quiet: float = REST) -> float:
    """Seconds from a key until what it changes is written; with `BETWEEN`, the first picture of it."""
    sent = terminal.send(key) if len(key) == 1 else terminal.press(key)
    terminal.wait_for_any()
    return terminal.rest(quiet) - sent
