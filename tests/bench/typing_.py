"""How long a typed key takes to stand on the screen."""

from random import Random

from tests.bench.programs import bare_screen, call_screen, homes
from tests.bench.rows import Row, by_share
from tests.terminal import Terminal

PACE = 1 / 12
"""Seconds to a key: a fast typist."""
LINE = 28
"""Keys after which Enter is pressed."""
TAIL = 4
"""Typed characters that are looked for together: no other repaint holds them by chance."""


def _block(terminal: Terminal, keys: int, random: Random) -> list[float]:
    """Type until `keys` keys were timed. The first few of each line are not: too short to be told
    from other words on the screen."""
    taken: list[float] = []
    line = ""
    while len(taken) < keys:
        if len(line) == LINE:
            terminal.press("enter")
            terminal.read_for(PACE)
            line = ""
        line += random.choice([key for key in "bfgjkqvwxyz " if key != line[-1:]])
        sent = terminal.send(line[-1])
        if len(line) >= TAIL and line[-1] != " ":
            taken.append(terminal.wait_for_output(line[-TAIL:]) - sent)
        terminal.read_for(PACE * random.uniform(0.8, 1.2) - (taken[-1] if taken else 0.0))
    return taken


def key_to_screen(quick: bool) -> list[Row]:
    """A key sent to the terminal until the output shows it, at twelve a second: on the call screen
    while the timer runs, suggestions are live and notes are kept; beside the Input of a bare app."""
    random = Random(7)
    blocks, keys = (2, 25) if quick else (4, 45)
    calmdesk: list[float] = []
    baseline: list[float] = []
    with homes() as folder:
        for _ in range(blocks):
            with call_screen(folder) as terminal:
                terminal.read_for(0.5)
                calmdesk += _block(terminal, keys, random)
            with bare_screen() as terminal:
                terminal.read_for(0.5)
                baseline += _block(terminal, keys, random)
    return [
        by_share("key to screen", calmdesk, baseline, 0.50, most=1.5),
        by_share("key to screen", calmdesk, baseline, 0.95, most=2.5),
    ]
