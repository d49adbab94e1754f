"""How long it takes until there is something to see, and until a call can be taken."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.programs import BARE, CALL, COMPILED, DESK, START, another, bare, homes, ours
from tests.bench.rows import Row, by_median
from tests.terminal import ROOT

REST = 0.15
"""Seconds between two starts, in which the machine clears the last one away."""


def _bare_paint() -> float:
    """Seconds from exec to the bare app's first frame."""
    with bare() as terminal:
        took = terminal.wait_for_output(BARE, START) - terminal.started
    time.sleep(REST)
    return took


def _paint(home: Path) -> float:
    """Seconds from exec to the Desk's first frame."""
    with ours(home) as terminal:
        took = terminal.wait_for_output(DESK, START) - terminal.started
    time.sleep(REST)
    return took


def _ready(home: Path) -> float:
    """Seconds from exec to a call screen to type in, ctrl+n being pressed at the first frame."""
    with ours(home) as terminal:
        terminal.wait_for_output(DESK, START)
        terminal.press("ctrl+n")
        took = terminal.wait_for_output(CALL, START) - terminal.started
    time.sleep(REST)
    return took


def first_paint(quick: bool) -> list[Row]:
    """Exec to the first frame that shows the Desk, in a terminal, for an agent who was here before;
    beside the first frame of a bare Textual app of four widgets."""
    with homes() as folder:
        _paint(folder / "used"), _bare_paint()
        pairs = [(_paint(folder / "used"), _bare_paint()) for _ in range(3 if quick else 15)]
    calmdesk, baseline = zip(*pairs, strict=True)
    return [by_median("first paint", calmdesk, baseline, most=1.25)]


def ready(quick: bool) -> list[Row]:
    """Exec to the call screen, ctrl+n being pressed as soon as the first frame stands; beside the
    first frame of the bare app."""
    with homes() as folder:
        _ready(another(folder)), _bare_paint()
        pairs = [(_ready(another(folder)), _bare_paint()) for _ in range(3 if quick else 9)]
    calmdesk, baseline = zip(*pairs, strict=True)
    return [by_median("ready for a call", calmdesk, baseline, most=3.0)]


def _imports(module: str) -> float:
    """Seconds that a fresh Python takes to import a module and end."""
    environment = {k: v for k, v in os.environ.items() if k not in COMPILED}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"import {module}"], cwd=ROOT, env=environment, check=True
    )
    return time.perf_counter() - began


def importing(quick: bool) -> list[Row]:
    """A fresh Python that imports calmdesk.app and ends, beside one that imports textual.app."""
    _imports("calmdesk.app"), _imports("textual.app")
    pairs = [(_imports("calmdesk.app"), _imports("textual.app")) for _ in range(3 if quick else 9)]
    calmdesk, baseline = zip(*pairs, strict=True)
    return [by_median("import calmdesk.app", calmdesk, baseline)]
