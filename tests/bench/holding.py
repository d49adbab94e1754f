"""How much memory a long call takes."""

import resource
import sys
from pathlib import Path

from tests.bench.programs import bare_screen, call_screen, homes
from tests.bench.rows import Row
from tests.terminal import Terminal

MOST = 3.0
"""Times the bare app's memory that must not be exceeded."""


def _type_notes(terminal: Terminal, notes: int) -> None:
    for number in range(notes):
        words = f"note {number} the flyers were promised for friday zq{number}"
        terminal.type(words)
        terminal.wait_for_output(f"zq{number}")
        terminal.press("enter")
        terminal.read_for(0.05)
    terminal.read_for(1.0)


def mebibytes(pid: int) -> float:
    """What a process holds in memory just now (its resident set)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def memory(quick: bool) -> list[Row]:
    """The resident set on the call screen after 60 notes; beside the bare app's after 60 lines."""
    if not sys.platform.startswith("linux"):
        return []
    notes = 20 if quick else 60
    with homes() as folder, call_screen(folder) as terminal:
        _type_notes(terminal, notes)
        ours = mebibytes(terminal.pid)
    with bare_screen() as terminal:
        _type_notes(terminal, notes)
        theirs = mebibytes(terminal.pid)
    what = f"memory after {notes} notes"
    ratio = ours / theirs
    return [Row(what, f"{ours:.0f} MiB", f"{theirs:.0f} MiB", ratio, f"<= {MOST}x", ratio <= MOST)]
