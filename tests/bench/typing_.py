"""How long a typed key takes to stand on the screen."""

import time
from random import Random

from tests.bench.programs import bare_screen, call_screen, homes
from tests.bench.rows import Row, by_share
from tests.terminal import Terminal

PACE = 1 / 12
"""Seconds to a key: a fast typist."""
BLOCK = 18
"""Keys to a turn, and to a line: then Enter is pressed, and it is the other program's turn."""
TAIL = 4
"""Typed characters that are looked for together: no other repaint holds them by chance."""


def _line(terminal: Terminal, random: Random) -> list[float]:
    """Type a line and enter it. Returns what each key took, but for spaces and the first few, which
    cannot be told from other words on the screen."""
    terminal.read_for(0.1)
    taken: list[float] = []
    line = ""
    for _ in range(BLOCK):
        line += random.choice([key for key in "bfgjkqvwxyz " if key != line[-1:]])
        sent = terminal.send(line[-1])
        if len(line) >= TAIL and line[-1] != " ":
            taken.append(terminal.wait_for_output(line[-TAIL:]) - sent)
        terminal.read_for(sent + PACE * random.uniform(0.8, 1.2) - time.perf_counter())
    terminal.press("enter")
    terminal.read_for(2 * PACE)
    return taken


def key_to_screen(quick: bool) -> list[Row]:
    """A key sent to the terminal until the output shows it, at twelve a second: on the call screen
    while the timer runs, suggestions are live and notes are kept; beside the Input of a bare app."""
    random = Random(7)
    calmdesk: list[float] = []
    baseline: list[float] = []
    with homes() as folder, call_screen(folder) as ours, bare_screen() as bare:
        ours.read_for(0.5)
        for _ in range(4 if quick else 16):
            calmdesk += _line(ours, random)
            baseline += _line(bare, random)
    return [
        by_share("key to screen", calmdesk, baseline, 0.50, most=1.5),
        by_share("key to screen", calmdesk, baseline, 0.95, most=2.5),
    ]
