"""calmdesk and the bare app, each in a real terminal, as somebody at a desk has them."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal import Terminal, calmdesk

COMPILED: dict[str, str | None] = {"PYTHONDONTWRITEBYTECODE": None}
"""Lets Python keep what it has compiled, as it does on everybody's machine."""

DESK = "Waiting for a call."
"""On the first frame of calmdesk."""
BARE = "A bare app is waiting."
"""On the first frame of the bare app."""
CALL = "Let them tell it whole"
"""On the call screen, when a call was just taken."""
START = 30.0
"""Seconds that a start may take at most."""


def bare() -> Terminal:
    """The bare app, just started."""
    return Terminal.start([sys.executable, "-m", "tests.bench.bare_app"], COMPILED)


def ours(home: Path) -> Terminal:
    """calmdesk, just started."""
    return calmdesk(home, env=COMPILED)


@contextmanager
def homes() -> Iterator[Path]:
    """A folder with `used`, the home of an agent who was here before, and room for more."""
    folder = Path(tempfile.mkdtemp(prefix="calmdesk-bench-"))
    try:
        with ours(folder / "used") as terminal:
            terminal.wait_for("Who is at this desk?", START)
            terminal.type("Sam Ortiz")
            terminal.wait_for("Sam Ortiz")
            terminal.press("ctrl+s")
            terminal.wait_for("Ready, Sam Ortiz", START)
            terminal.press("ctrl+q")
            code = terminal.exit_code(START)
        assert code == 0, f"calmdesk ended with {code}"
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def another(folder: Path) -> Path:
    """A copy of the used home, to take a call in."""
    home = Path(tempfile.mkdtemp(prefix="home-", dir=folder))
    shutil.copytree(folder / "used", home, dirs_exist_ok=True)
    return home


@contextmanager
def call_screen(folder: Path) -> Iterator[Terminal]:
    """calmdesk with a call just taken."""
    with ours(another(folder)) as terminal:
        terminal.wait_for_output(DESK, START)
        terminal.press("ctrl+n")
        terminal.wait_for(CALL, START)
        yield terminal


@contextmanager
def bare_screen() -> Iterator[Terminal]:
    """The bare app, painted."""
    with bare() as terminal:
        terminal.wait_for(BARE, START)
        yield terminal
